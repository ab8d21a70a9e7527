"""What lies between two frames of the clip: both large frames, warped by the flows of the small ones.

A mouth goes from one to the other as the voice does, and may be ahead of the rest of the picture or behind it.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dramatis.media.still import Pixels
from dramatis.models.interpolator import Interpolator
from dramatis.models.mouth_finder import MouthFinder

_EVEN = 0.01  # of the way: a mouth that is ahead by less goes with the picture
Frame = tuple[Pixels, Pixels]
"""A frame of the clip, small and large."""


@dataclass(frozen=True, eq=False)
class Between:
    """The networks that make what lies between two frames."""

    interpolator: Interpolator
    mouth_finder: MouthFinder

    def __call__(self, first: Frame, second: Frame, at: float, phase: float) -> Pixels:
        """The large frame at an instant `at` between two frames of the clip, 0 (the first) to 1 (the second); its mouth has come
        as far as `phase`.
        """
        signals = _signal(first[0]), _signal(second[0])
        with torch.autocast("cpu", torch.bfloat16):
            flows, share = self.interpolator(*signals, self._instants(signals, at, phase))
        size = first[1].shape[1::-1]
        weight = cv2.resize(share[0, 0].numpy(), size, interpolation=cv2.INTER_LINEAR)
        before, after = warp(first[1], flows[0, :2]), warp(second[1], flows[0, 2:])
        return np.asarray(cv2.blendLinear(before, after, weight, 1 - weight), np.uint8)

    def _instants(self, frames: tuple[Tensor, Tensor], at: float, phase: float) -> Tensor:
        """Of each pixel, `1 1 H W`: the mouth's is the phase."""
        even = torch.full_like(frames[0][:, :1], at)
        if abs(phase - at) < _EVEN:
            return even
        shares = self.mouth_finder(torch.cat(frames)).amax(0, keepdim=True)
        return even + (phase - at) * shares


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
