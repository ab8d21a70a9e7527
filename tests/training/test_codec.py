"""The codec's training: it shows what it was fitted to, and channels vary as much as they change the picture."""

import numpy as np
import torch
from torch import Tensor

from dramatis.models.codec import Codec, CodecConfig
from dramatis.training.codec import Drawn, with_components, with_statistics


def draw(number: int) -> Drawn:
    """A square of one of a few colours that stands still, with a mouth in its middle."""
    rng = np.random.default_rng(number)
    frames = np.full((9, 32, 32, 3), rng.integers(0, 255, 3), np.uint8)
    frames[:, :16, :16] = rng.integers(0, 255, 3)
    box = np.array([[4, 4, 12, 12], [0, 0, 16, 16]], np.float32)
    return frames, np.broadcast_to(box, (9, 2, 4)).copy()


def fitted() -> Codec:
    torch.manual_seed(0)
    return with_components(Codec(CodecConfig(8)), map(draw, range(12))).requires_grad_(False)


def films() -> Tensor:
    return torch.from_numpy(np.stack([draw(number)[0] for number in range(12)])).movedim(-1, 2).float() / 127.5 - 1


def test_components_show_what_was_drawn() -> None:
    """Flat patches have three components: eight channels show them all."""
    codec = fitted()
    latents = codec.encode(films())
    assert (codec.decode(latents) - films()).abs().max() < 0.02
    assert 0.3 < latents[:, :3].std() < 3


def test_channels_vary_as_what_they_change_and_pictures_stay() -> None:
    codec = fitted()
    before = codec.decode(codec.encode(films()))
    latents = with_statistics(codec, [films()], 2).encode(films())
    assert torch.allclose(codec.decode(latents), before, atol=1e-5)
    change = []
    for channel in range(3):
        stirred = latents.clone()
        stirred[:, channel] += 0.01
        change.append((codec.pixels(stirred) - codec.pixels(latents)).square().mean().sqrt() / 0.01)
    torch.testing.assert_close(torch.stack(change), change[0].expand(3), atol=0, rtol=0.01)  # a unit is as large in all
    sizes = latents[:, :2].std((0, 2, 3, 4))
    torch.testing.assert_close(sizes.square().mean(), torch.tensor(1.0), atol=0.01, rtol=0)
