"""Whether two frames, each warped to the instant between them, show the same: where they do not, a blend is two faces in one.

What is small, such as lips that part or a lid that closes, may differ: it is blended. What is large was moved too far for the
flows.
"""

import cv2
import numpy as np
from torch import Tensor

from dramatis.models.interpolator import warp

_DIFFERENT = 30.0  # of 255, in the mean around a pixel
_AROUND = 2.0  # pixels of the small frames
_LARGE = 0.015  # of the picture


def agree(first: Tensor, second: Tensor, flows: Tensor) -> bool:
    """Whether no large part differs, for frames `1 3 h w` in -1..1 and flows `1 4 h w` into the first and the second."""
    apart = (warp(first, flows[:, :2]) - warp(second, flows[:, 2:])).abs().amax(1)[0].float().numpy() * 127.5
    different = (cv2.GaussianBlur(apart, (0, 0), _AROUND) > _DIFFERENT).astype(np.uint8)
    _, _, parts, _ = cv2.connectedComponentsWithStats(different)  # the first is what does not differ
    return bool((parts[1:, cv2.CC_STAT_AREA] <= _LARGE * different.size).all())
