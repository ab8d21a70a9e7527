"""The stage's truth as pose sequences (`models/pose_sequence.py`): what the motion model learns and the video model is given."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dramatis.models.pose_sequence import CAMERA, NUMBERS, POINTS, SUMS
from dramatis.stage.people.pose import Pose
from dramatis.stage.truth import Truth

_DIFFERENCES = np.linalg.inv(SUMS)
_FARTHEST = 1.0  # picture heights from the middle: what is beyond is not told apart


def pose_noise(pose: Tensor, most: float, chance: torch.Generator) -> Tensor:
    """By how much pose sequences `B T 4 N` are told wrongly, in standard deviations, `B 1 1 N`: all of a film's frames alike."""
    batch, numbers = len(pose), pose.shape[-1]
    return most * torch.rand((batch, 1, 1, 1), generator=chance) * torch.randn((batch, 1, 1, numbers), generator=chance)


def true_pose(truth: Truth, size: tuple[int, int]) -> NDArray[np.float32]:
    """The pose sequence of the first character of a film of `size` (width, height) at an even rate, `T len(NUMBERS)`."""
    middle, height = np.array(size, np.float64) / 2, size[1]
    points = np.clip((truth.points[:, 0] - middle) / height, -_FARTHEST, _FARTHEST)
    places = (_DIFFERENCES @ points).reshape(len(truth.times), 2 * len(POINTS))
    heads = (truth.heads[:, 0, 3] - truth.heads[:, 0, 1]) / height
    numbers = [_numbers(pose) | {"size": head} for pose, head in zip(truth.poses[0], heads, strict=True)]
    names = NUMBERS[2 * len(POINTS) : -len(CAMERA)]
    body = np.array([[values[name] for name in names] for values in numbers])
    return np.concatenate((places, body, _camera(truth, height)), 1).astype(np.float32)


def _numbers(pose: Pose) -> dict[str, float]:
    jaw, spread, pucker, funnel, press, upper, lower, tongue = (float(value) for value in pose.mouth)
    return {
        "jaw": jaw, "spread": spread, "pucker": pucker, "funnel": funnel,
        "press": press, "upper": upper, "lower": lower, "tongue": tongue,
        "smile": pose.smile, "purse": pose.purse,
        "brow_inner": pose.brows[0], "brow_outer": pose.brows[1], "one_brow": pose.one_brow,
        "lids": pose.lids, "squint": pose.squint, "gaze_right": pose.gaze[0], "gaze_down": pose.gaze[1], "tears": pose.tears,
        "yaw": pose.yaw, "pitch": pose.pitch, "roll": pose.roll, "flush": pose.flush,
        "turn": pose.turn, "shrug": pose.shrug, "bow": pose.bow,
        "left_waving": pose.waving[0], "right_waving": pose.waving[1],
    }  # fmt: skip


def _camera(truth: Truth, height: int) -> NDArray[np.float64]:
    """How fast the people's plane grows and moves, `T 3`; a single frame does not tell."""
    if len(truth.times) < 2:
        return np.zeros((len(truth.times), 3))
    zoom, shift = np.log(truth.camera[:, :1].astype(np.float64)), truth.camera[:, 1:].astype(np.float64) / height
    moved: NDArray[np.float64] = np.gradient(np.concatenate((zoom, shift), 1), truth.times, axis=0)
    return moved
