"""Drift of a film: how colours and sharpness of its last seconds differ from those of its first ones.

A picture is divided into cells. Of each cell counts the median over time, and of colours only cells that stand still, so that
acting does not count: a raised hand or an open mouth is no drift. Both parts have to show the same set from the same place.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Rate
from dramatis.media.still import Pixels

Grid = NDArray[np.float64]
SECONDS = 10.0
"""Length of the first and the last part; a third of the film if it is shorter than three of them."""
CELLS = 12
"""Cells along each side of a picture."""
SAMPLES = 40
"""Frames of a part that are looked at."""
_FINE = 8  # pixels along each side of a cell, for its colour
_STILL = 3.0  # delta E: what a cell that stands still differs from its own colour at most, usually
_LEAST = 0.2  # share of cells that have to stand still


@dataclass(frozen=True, eq=False)
class PartLook:
    """A part of a film: the colour of each cell (`CELLS CELLS 3`, CIELAB), which cells stand still, and the root mean square of
    the Laplacian of each cell's luma (`CELLS CELLS`, grey levels).
    """

    colours: Grid
    still: NDArray[np.bool_]
    detail: Grid


def ends(frames: int, rate: Rate) -> tuple[list[int], list[int]]:
    """Numbers of the frames of a film's first and of its last part that are looked at."""
    length = max(1, min(rate.nearest(SECONDS), frames // 3))
    places = np.unique(np.linspace(0, length - 1, min(length, SAMPLES)).round().astype(int))
    return places.tolist(), (frames - length + places).tolist()


def look_of(frames: Iterable[Pixels]) -> PartLook:
    """A part of a film from some of its frames, `H W 3`, at the film's own size."""
    seen = [(_colours(frame), _detail(frame)) for frame in frames]
    colours = np.stack([colour for colour, _ in seen])
    usual = np.median(colours, axis=0)
    apart = np.linalg.norm(colours - usual, axis=-1)
    return PartLook(usual, np.median(apart, axis=0) < _STILL, np.median(np.stack([detail for _, detail in seen]), axis=0))


def colour_shift(first: PartLook, last: PartLook) -> float | None:
    """Mean distance of the colours of cells that stand still in both parts: delta E of CIE 1976, which is stricter than that of
    2000 for vivid colours. None if hardly a cell stands still.
    """
    both = first.still & last.still
    if both.mean() < _LEAST:
        return None
    return float(np.linalg.norm(first.colours - last.colours, axis=-1)[both].mean())


def sharpness_ratio(first: PartLook, last: PartLook) -> float:
    """How sharp the last part is against the first: 1 means as sharp, less means blurred, more means sharpened or noisy."""
    return float(np.sqrt(np.square(last.detail).mean() / max(float(np.square(first.detail).mean()), 1e-12)))


def _colours(frame: Pixels) -> Grid:
    """The median colour of each cell, channel by channel."""
    import cv2

    side = CELLS * _FINE
    small = cv2.resize(frame, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    lab = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), np.float64)
    return np.median(lab.reshape(CELLS, _FINE, CELLS, _FINE, 3), axis=(1, 3))


def _detail(frame: Pixels) -> Grid:
    import cv2

    luma = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY).astype(np.float32)
    energy = np.square(cv2.Laplacian(luma, cv2.CV_32F))
    return np.sqrt(np.asarray(cv2.resize(energy, (CELLS, CELLS), interpolation=cv2.INTER_AREA), np.float64))
