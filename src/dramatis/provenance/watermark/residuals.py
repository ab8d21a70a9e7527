"""From a film to what may be a watermark: averages of frames, without the picture's large shapes and strong edges."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span

SHORT_SIDE = 360
"""Pixels of the frames that are looked at; the waves of the watermark are six pixels and longer there."""
SIGMA = 6.0
"""Pixels: shapes that are larger than this are taken out."""
_QUIET = 0.6  # levels: smaller differences are as good as none
_STRONG = 2.5  # standard deviations of the surroundings: larger differences are edges
_WINDOW, _MOST_WINDOWS = 1.0, 240  # seconds of a window, windows of a film

Plane = NDArray[np.float32]
Luma = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Window:
    """A stretch of a film: `weighted` differences from the surroundings, `H W`, and their `weights`."""

    span: Span
    weighted: NDArray[np.float16]
    weights: NDArray[np.float16]


def windows(frames: Iterable[tuple[float, Luma]], seconds: float) -> Iterator[Window]:
    """Windows of a film of about so many seconds, from its frames (time, luma of SHORT_SIDE)."""
    length = max(_WINDOW, seconds / _MOST_WINDOWS)
    total: Plane | None = None
    count, start, last = 0, 0.0, 0.0
    for time, luma in frames:
        if total is not None and time - start >= length - 1e-6:
            yield _window(Span(start, time), total / count)
            total, count, start = None, 0, time
        total = luma.astype(np.float32) if total is None else total + luma
        count, last = count + 1, time
    if total is not None:
        yield _window(Span(start, max(start, last)), total / count)


def transfer(cycles: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much of a wave with so many cycles a pixel is left."""
    return 1.0 - np.exp(-2.0 * (np.pi * SIGMA * cycles) ** 2)


def _window(span: Span, mean: Plane) -> Window:
    """Differences are weighted by the inverse of their local variance: a flat wall says more than hair."""
    fine = mean - cv2.GaussianBlur(mean, (0, 0), SIGMA)
    variance = cv2.GaussianBlur(fine * fine, (0, 0), SIGMA) + _QUIET**2
    most = _STRONG * np.sqrt(variance)
    return Window(span, (np.clip(fine, -most, most) / variance).astype(np.float16), (1.0 / variance).astype(np.float16))
