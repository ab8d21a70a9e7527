"""As it begins it is bicubic interpolation; what is even stays even whatever it learnt; neighbours are seen."""

import torch
from torch.nn.functional import interpolate

from dramatis.models.upscaler import SCALE, Upscaler, UpscalerConfig

CLOSE = {"atol": 1e-5, "rtol": 0.0}
TINY = UpscalerConfig(1, (8, 8, 8), (1, 1, 1), 8)


def upscaler(learnt: bool = True) -> Upscaler:
    torch.manual_seed(0)
    made = Upscaler(TINY)
    if learnt:
        for weight in made.parameters():
            torch.nn.init.normal_(weight, std=0.1)
    return made.eval().requires_grad_(False)


def frames() -> torch.Tensor:
    """Of a size that is no multiple of four."""
    return torch.rand(2, 3, 3, 14, 22, generator=torch.Generator().manual_seed(1)) * 1.8 - 0.9


def test_it_begins_with_bicubic_interpolation() -> None:
    made = upscaler(learnt=False)(frames())
    assert made.shape == (2, 3, 14 * SCALE, 22 * SCALE)
    torch.testing.assert_close(made, interpolate(frames()[:, 1], scale_factor=SCALE, mode="bicubic"), **CLOSE)


def test_pixels_are_mixed_where_they_are() -> None:
    """With weights for the pixel above alone, a bright pixel shows one pixel further down, in all its 8x8 parts."""
    net, dark = upscaler(learnt=False), -torch.ones(1, 3, 3, 8, 8)
    weights = net.proj_out.bias.data.view(-1, 15)
    weights[:, 1] = 1.0
    dark[:, :, :, 3, 4] = 1.0
    change = net(dark) - interpolate(dark[:, 1], scale_factor=SCALE, mode="bicubic")
    below = change[0, 0, 4 * SCALE : 5 * SCALE, 4 * SCALE : 5 * SCALE]
    torch.testing.assert_close(below, torch.full_like(below, 2.0), **CLOSE)
    change[0, :, 3 * SCALE : 5 * SCALE, 4 * SCALE : 5 * SCALE] = 0
    assert float(change.abs().max()) < 1e-5


def test_neighbours_are_seen() -> None:
    net, film = upscaler(), frames()
    other = torch.cat([film[:, :2], -film[:, 2:]], 1)
    assert not torch.allclose(net(other), net(film), atol=1e-3)
