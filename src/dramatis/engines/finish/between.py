"""What lies between two frames of the clip: both large frames, warped by the flows of the small ones."""

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dramatis.media.still import Pixels
from dramatis.models.interpolator import Interpolator

Frame = tuple[Pixels, Pixels]
"""A frame of the clip, small and large."""


def between(first: Frame, second: Frame, at: float, model: Interpolator) -> Pixels:
    """The large frame at an instant between two frames of the clip, 0 (the first) to 1 (the second)."""
    with torch.autocast("cpu", torch.bfloat16):
        flows, share = model(_signal(first[0]), _signal(second[0]), torch.tensor([at]))
    size = first[1].shape[1::-1]
    weight = cv2.resize(share[0, 0].numpy(), size, interpolation=cv2.INTER_LINEAR)
    before, after = warp(first[1], flows[0, :2]), warp(second[1], flows[0, 2:])
    return np.asarray(cv2.blendLinear(before, after, weight, 1 - weight), np.uint8)


def warp(large: Pixels, flow: Tensor) -> Pixels:
    """A large frame, each pixel from where a flow of the small frame points, `2 h w` (x, y) in small pixels."""
    height, width = large.shape[:2]
    x, y = (cv2.resize(part.numpy(), (width, height), interpolation=cv2.INTER_LINEAR) for part in flow)
    columns = x * (width / flow.shape[2]) + _steps(width)
    rows = y * (height / flow.shape[1]) + _steps(height)[:, None]
    return np.asarray(cv2.remap(large, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _steps(count: int) -> NDArray[np.float32]:
    return np.arange(count, dtype=np.float32)


def _signal(frame: Pixels) -> Tensor:
    """`1 3 H W` in -1..1."""
    return torch.from_numpy(frame).permute(2, 0, 1)[None].float() / 127.5 - 1
