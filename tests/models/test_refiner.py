"""As it begins it changes nothing; streamed and whole agree; nothing depends on the future."""

import torch

from dramatis.models.pose_sequence import LAYERS
from dramatis.models.refiner import Refiner, RefinerConfig

CLOSE = {"atol": 1e-4, "rtol": 0.0}
TINY = RefinerConfig(16, 16, (1, 1, 1))


def refiner(learnt: bool = True) -> Refiner:
    torch.manual_seed(0)
    made = Refiner(TINY)
    if learnt:
        for weight in made.parameters():
            torch.nn.init.normal_(weight, std=0.1)
    return made.eval().requires_grad_(False)


def film(frames: int = 9) -> tuple[torch.Tensor, torch.Tensor]:
    chance = torch.Generator().manual_seed(1)
    pictures, lines = (torch.rand(2, frames, count, 32, 48, generator=chance) * 1.8 - 0.9 for count in (3, len(LAYERS)))
    return pictures, lines


def test_it_begins_by_changing_nothing() -> None:
    frames, lines = film()
    assert torch.equal(refiner(learnt=False)(frames, lines)[0], frames)


def test_streamed_is_whole() -> None:
    net, (frames, lines) = refiner(), film()
    whole, _ = net(frames, lines)
    first, cache = net(frames[:, :1], lines[:, :1])
    second, cache = net(frames[:, 1:5], lines[:, 1:5], cache)
    third, _ = net(frames[:, 5:], lines[:, 5:], cache)
    torch.testing.assert_close(torch.cat([first, second, third], 1), whole, **CLOSE)
    torch.testing.assert_close(net(frames[:, :5], lines[:, :5])[0], whole[:, :5], **CLOSE)


def test_lines_and_the_frame_before_are_seen() -> None:
    net, (frames, lines) = refiner(), film()
    whole, _ = net(frames, lines)
    assert not torch.allclose(net(frames, 0 * lines)[0], whole, atol=1e-2)
    other = torch.cat([-frames[:, :1], frames[:, 1:]], 1)
    assert not torch.allclose(net(other, lines)[0][:, 1], whole[:, 1], atol=1e-3)
