"""From a film to what may be a watermark: averages of frames, without the picture's shapes and strong edges.

An edge-preserving filter takes the shapes out, so that an even area says something of the mark up to its border.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.provenance.watermark.spread_spectrum import BANDS, WaveBand

SHORT_SIDE = 240
"""Pixels of the frames that are looked at."""
_SHORTEST = 6.0  # pixels of the shortest wave in a window
_SIGMA = 1 / 3  # of the longest wave: what is larger belongs to the picture
_EDGE = 8.0  # levels: larger steps belong to the picture
_QUIET = 0.5  # levels: smaller differences are as good as none
_STRONG = 3.0  # standard deviations of the surroundings: larger differences are edges
_WINDOW, _MOST_WINDOWS = 1.0, 240  # seconds of a window, windows of a film

Plane = NDArray[np.float32]
Luma = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Average:
    """The mean luma of a stretch of a film, `H W`."""

    span: Span
    luma: Plane


@dataclass(frozen=True, eq=False)
class Window:
    """A stretch of a film: differences from the picture's shapes, `H W`, weighted by the inverse of their variance."""

    span: Span
    weighted: Plane


Residuals = Mapping[WaveBand, tuple[Window, ...]]
"""The windows of a film for each band."""


def averages(frames: Iterable[tuple[float, Luma]], seconds: float) -> Iterator[Average]:
    """Averages of a film of about so many seconds, from its frames (time, luma of SHORT_SIDE)."""
    length = max(_WINDOW, seconds / _MOST_WINDOWS)
    total: Plane | None = None
    count, start, last = 0, 0.0, 0.0
    for time, luma in frames:
        if total is not None and time - start >= length - 1e-6:
            yield Average(Span(start, time), total / count)
            total, count, start = None, 0, time
        total = luma.astype(np.float32) if total is None else total + luma
        count, last = count + 1, time
    if total is not None:
        yield Average(Span(start, max(start, last)), total / count)


def short_side(band: WaveBand) -> int:
    """Pixels of the windows in which the waves of a band are looked for."""
    return round(_SHORTEST * band.fastest)


def residuals(film: Iterable[Average]) -> Residuals:
    """What may be waves, for each band."""
    means = tuple(film)
    return {band: tuple(Window(one.span, _weighted(one.luma, band)) for one in means) for band in BANDS if means}


def _weighted(mean: Plane, band: WaveBand) -> Plane:
    scale, sigma = short_side(band) / min(mean.shape), _SIGMA * short_side(band) / band.slowest
    if scale != 1:
        size = (round(mean.shape[1] * scale), round(mean.shape[0] * scale))
        mean = cv2.resize(mean, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    fine = mean - cv2.bilateralFilter(mean, -1, _EDGE, sigma)
    variance = cv2.GaussianBlur(fine * fine, (0, 0), sigma) + _QUIET**2
    most = _STRONG * np.sqrt(variance)
    return np.asarray(np.clip(fine, -most, most) / variance, np.float32)
