"""Poses move evenly from one latent frame to the next; mouths, and what pictures show, stay as they are."""

import torch
from torch import Tensor

from dramatis.conditioning.grid import by_frames
from dramatis.engines.native.temporal_deblock import deblock_poses
from dramatis.models.compression import TIME
from dramatis.models.pose_sequence import NUMBERS

YAW, JAW = NUMBERS.index("yaw"), NUMBERS.index("jaw")


def staircase() -> Tensor:
    """Every number is a step higher in each latent frame, `1 8 4 N`."""
    return torch.arange(8.0)[None, :, None, None].expand(1, -1, TIME, len(NUMBERS))


def test_a_staircase_becomes_a_ramp() -> None:
    turned = by_frames(deblock_poses(staircase()))[:, YAW]
    torch.testing.assert_close(turned[3:-2].diff(), torch.full((len(turned) - 6,), 1 / TIME))


def test_a_mouth_and_what_is_given_stay() -> None:
    given = torch.zeros(1, 8, TIME, dtype=torch.bool)
    given[:, 4] = True
    made = deblock_poses(staircase(), given)
    torch.testing.assert_close(made[..., JAW], staircase()[..., JAW])
    torch.testing.assert_close(made[:, 4], staircase()[:, 4])


def test_what_moves_evenly_stays() -> None:
    even = torch.arange(8.0 * TIME).view(1, 8, TIME, 1).repeat(1, 1, 1, len(NUMBERS))
    torch.testing.assert_close(deblock_poses(even), even)
