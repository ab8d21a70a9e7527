"""Rotary positions over time, height and width (RoFormer, arXiv 2104.09864; three axes as in Wan, arXiv 2503.20314).

A head's channels are shared out among the axes; coordinates are real numbers, so frames of any rate and pictures of any
size meet in one space.
"""

import torch
from torch import Tensor

Rotation = tuple[Tensor, Tensor]
"""Cosine and sine, each `B N 1 head_dim/2`."""


def rotation(coordinates: Tensor, head_dim: int, theta: float) -> Rotation:
    """The rotation at each token's (t, y, x), `B N 3`; angles are made in double precision."""
    third = 2 * (head_dim // 6)
    parts = []
    for axis, channels in enumerate((head_dim - 2 * third, third, third)):
        exponents = torch.arange(0, channels, 2, dtype=torch.float64, device=coordinates.device) / channels
        parts.append(coordinates[..., axis, None].double() * theta**-exponents)
    angles = torch.cat(parts, -1)[:, :, None]
    return angles.cos().float(), angles.sin().float()


def rotate(x: Tensor, by: Rotation) -> Tensor:
    """`B N heads head_dim`, neighbouring channels being the two axes of one plane."""
    cos, sin = by
    even, odd = x.unflatten(-1, (-1, 2)).unbind(-1)
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2).type_as(x)
