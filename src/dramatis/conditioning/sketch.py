"""A performance as the mannequin that does it: its lines, and how they change a picture, in the codec's own terms."""

import torch
from torch import Tensor

from dramatis.conditioning.mannequin import drawn
from dramatis.conditioning.windows import STEP
from dramatis.models.codec import SPACE, Codec
from dramatis.models.performance import LAYERS


@torch.no_grad()
def sketched(performance: Tensor, codec: Codec, grid: tuple[int, int, int]) -> Tensor:
    """`B T 4 N` (`models/performance.py`) -> `B L C T H W` on a `grid` of (C, H, W), the codec's first channels."""
    channels, rows, columns = grid
    size = (SPACE * columns, SPACE * rows)
    traced = torch.stack([codec.traced(_lines(frame, size), channels) for frame in performance.flatten(0, 1)])
    return traced.view(*performance.shape[:2], len(LAYERS), *grid).permute(0, 2, 3, 1, 4, 5)


def lined(performance: Tensor, begins: bool, size: tuple[int, int]) -> Tensor:
    """The lines of every frame of `T 4 N`, of the film's first latent frame one alone if it `begins` with that: `frames L H W`
    in -1..1, at a `size` of (width, height).
    """
    frames = performance.flatten(0, 1)[STEP - 1 if begins else 0 :]
    return torch.from_numpy(drawn(frames.numpy(), size))


def _lines(frame: Tensor, size: tuple[int, int]) -> Tensor:
    """Drawings of one latent frame's performance `4 N`: `L 4 H W`."""
    stands = bool((frame == frame[:1]).all())
    pictures = drawn(frame[:1].numpy() if stands else frame.numpy(), size)
    return torch.from_numpy(pictures).transpose(0, 1).expand(-1, len(frame), -1, -1)
