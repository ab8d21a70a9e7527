"""What lies between two frames of the clip: both large frames, warped by the flows of the small ones.

Where they do not agree (`agreement.py`), the nearer one is shown alone. A mouth goes from one to the other as the voice does, and
may be ahead of the rest of the picture or behind it. Where the voice closes it between two open frames, or opens it wider than
both, it is made lower or higher.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dramatis.engines.finish.agreement import agree
from dramatis.engines.finish.mouth_motion import MouthMotion
from dramatis.media.still import Pixels
from dramatis.models.interpolator import Interpolator
from dramatis.models.mouth_finder import MouthFinder

_EVEN = 0.01  # of the way: a mouth that is ahead by less goes with the picture
_SURE = 0.5  # shares of a mouth below this are not counted where its middle is sought
_REACH = 1.75  # standard deviations of what the finder finds: nothing beyond moves
Frame = tuple[Pixels, Pixels]
"""A frame of the clip, small and large."""


@dataclass(frozen=True, eq=False)
class Between:
    """The networks that make what lies between two frames."""

    interpolator: Interpolator
    mouth_finder: MouthFinder

    def __call__(self, first: Frame, second: Frame, at: float, mouth: MouthMotion) -> Pixels:
        """The large frame at an instant `at` between two frames of the clip, 0 (the first) to 1 (the second)."""
        signals = _signal(first[0]), _signal(second[0])
        shares = self._mouths(signals, at, mouth)
        instants = at + (mouth.phase - at) * shares.amax(0, keepdim=True)
        with torch.autocast("cpu", torch.bfloat16):
            flows, share = self.interpolator(*signals, instants)
        if not agree(*signals, flows):
            share = torch.full_like(share, float(at < 0.5))
        size = first[1].shape[1::-1]
        weight = cv2.resize(share[0, 0].numpy(), size, interpolation=cv2.INTER_LINEAR)
        before, after = warp(first[1], flows[0, :2]), warp(second[1], flows[0, 2:])
        made = np.asarray(cv2.blendLinear(before, after, weight, 1 - weight), np.uint8)
        return opened(made, ((1 - at) * shares[0, 0] + at * shares[1, 0]).numpy(), mouth.wider)

    def _mouths(self, frames: tuple[Tensor, Tensor], at: float, mouth: MouthMotion) -> Tensor:
        """The share of each pixel that belongs to a mouth, `2 1 H W`; nothing where mouths go with the picture."""
        if abs(mouth.phase - at) < _EVEN and mouth.wider == 1:
            return torch.zeros_like(torch.cat(frames)[:, :1])
        return self.mouth_finder(torch.cat(frames))


def opened(large: Pixels, mouth: NDArray[np.float32], wider: float) -> Pixels:
    """A large frame whose mouth, the shares of the small frame's pixels `h w`, is so many times as high, about its middle."""
    sure = np.maximum(mouth - _SURE, 0)
    if wider == 1 or sure.sum() < 1:
        return large
    grown = large.shape[0] / mouth.shape[0]
    (top, tall), (left, wide) = ((grown * at, grown * spread) for at, spread in map(_moments, (sure.sum(1), sure.sum(0))))
    tall, wide = _REACH * tall, _REACH * wide
    rows, columns = _within(top, tall, large.shape[0]), _within(left, wide, large.shape[1])
    y, x = np.mgrid[rows, columns].astype(np.float32)
    near = np.maximum(1 - ((x - left) / wide) ** 2 - ((y - top) / tall) ** 2, 0) ** 2
    made = large.copy()
    moved = y + (y - top) * (1 / wider - 1) * near
    made[rows, columns] = cv2.remap(large, x, moved, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return made


def _moments(shares: NDArray[np.float32]) -> tuple[float, float]:
    """Mean place and standard deviation along one axis, in pixels from the edge."""
    places = np.arange(len(shares)) + 0.5
    middle = np.average(places, weights=shares)
    return float(middle), float(np.sqrt(np.average((places - middle) ** 2, weights=shares) + 1 / 12))


def _within(middle: float, reach: float, length: int) -> slice:
    """The pixels that may move."""
    return slice(max(0, int(middle - reach)), min(length, int(middle + reach) + 1))


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
