"""Seams between tiles are deblocked; what was drawn stays."""

import torch
from torch import Tensor

from dramatis.engines.native.deblock import deblock
from dramatis.models.compression import SPACE

SIDE = 3 * SPACE


def slope() -> Tensor:
    """A picture without seams, `1 3 H W`."""
    line = torch.linspace(-0.5, 0.5, SIDE)
    return (line[:, None] + 0.5 * line).expand(1, 3, -1, -1)


def rough(picture: Tensor) -> float:
    """How much slopes change from pixel to pixel, in the mean: in `slope`, not at all."""
    bends = torch.cat([picture.diff(n=2, dim=-1).flatten(), picture.diff(n=2, dim=-2).flatten()])
    return float(bends.abs().mean())


def test_tiles_that_are_not_equally_bright_meet() -> None:
    torch.manual_seed(0)
    offsets = 0.05 * torch.randn(1, 3, 3, 3).repeat_interleave(SPACE, 2).repeat_interleave(SPACE, 3)
    seamed = slope() + offsets
    assert rough(deblock(seamed)) < 0.3 * rough(seamed)


def test_a_picture_without_seams_and_an_edge_that_was_drawn_stay() -> None:
    torch.testing.assert_close(deblock(slope()), slope(), atol=1e-6, rtol=0)
    edge = torch.full((1, 3, SIDE, SIDE), -0.8)
    edge[..., SPACE:] = 0.8
    torch.testing.assert_close(deblock(edge), edge, atol=1e-6, rtol=0)
