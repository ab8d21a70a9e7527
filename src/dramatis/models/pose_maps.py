"""A pose sequence as pictures, as the video transformer is shown it: where each keypoint is, and what is done there."""

import torch
from jaxtyping import Float
from torch import Tensor

from dramatis.models.compression import TIME
from dramatis.models.pose_sequence import NUMBERS, PLACED, POINTS, SUMS

WIDTH = TIME * len(NUMBERS)
"""Numbers of a latent frame's pose sequence."""
_REACH = 0.09  # picture heights: how far around a keypoint it is seen
CHANNELS = TIME * (3 * len(POINTS) + sum(len(names) for names in PLACED.values()))
"""Channels of a pose sequence as pictures."""


def pose_maps(
    pose: Float[Tensor, "b t 4 n"], natural: Float[Tensor, "b t 4 n"], rows: Float[Tensor, " h"], columns: Float[Tensor, " w"]
) -> Float[Tensor, "b maps t h w"]:
    """A pose sequence as pictures, `B CHANNELS T H W`: around each keypoint how near it is, in which direction, and its numbers.

    `pose` `B T 4 N` in standard deviations, `natural` the same in the units of `NUMBERS`; `rows` `H` and `columns` `W` are
    the places of latents in picture heights from the middle.
    """
    batch, frames = pose.shape[:2]
    measured = natural[..., : 2 * len(POINTS)].reshape(*natural.shape[:-1], len(POINTS), 2)
    places = natural.new_tensor(SUMS) @ measured
    right = (columns - places[..., :1]) / _REACH
    down = (rows - places[..., 1:]) / _REACH
    near = torch.exp(-0.5 * down[..., :, None] ** 2) * torch.exp(-0.5 * right[..., None, :] ** 2)
    maps = [near, near * down[..., :, None], near * right[..., None, :]]
    for point, names in PLACED.items():
        numbers = pose[..., [NUMBERS.index(name) for name in names]]
        maps.append(near[..., POINTS.index(point), None, :, :] * numbers[..., None, None])
    return torch.cat(maps, 3).flatten(2, 3).transpose(1, 2).reshape(batch, CHANNELS, frames, len(rows), len(columns))
