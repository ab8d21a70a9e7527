"""A run's losses as a picture: each figure of the log over the steps, smoothed, on a logarithmic scale."""

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dramatis.media.still import Still

SHOWN = ("loss", "mouth")
"""Figures that are drawn, where the log has them."""
_SIZE, _EDGE = (960, 480), 48
_COLOURS = ((40, 90, 200), (200, 70, 40))
_SMOOTH = 25  # steps

Series = NDArray[np.float64]


def curve(log: Path) -> Still:
    """The picture of a `losses.csv`; an empty one where nothing was logged yet."""
    from PIL import Image, ImageDraw

    with log.open(newline="") as file:
        rows = list(csv.DictReader(file))
    picture = Image.new("RGB", _SIZE, "white")
    pen = ImageDraw.Draw(picture)
    steps = np.array([float(row["step"]) for row in rows])
    series = {name: _smooth(np.array([float(row[name]) for row in rows])) for name in SHOWN if rows and name in rows[0]}
    if series:
        low, high = (bound(np.concatenate(list(series.values()))) for bound in (np.min, np.max))
        for (name, values), colour in zip(series.items(), _COLOURS, strict=False):
            pen.line(_points(steps, np.log(values), (np.log(low), np.log(high))), fill=colour, width=2)
            pen.text((_SIZE[0] - 200, 12 + 16 * SHOWN.index(name)), f"{name} {values[-1]:.3f}", fill=colour)
        pen.text((6, _EDGE), f"{high:.3g}", fill="black")
        pen.text((6, _SIZE[1] - _EDGE), f"{low:.3g}", fill="black")
        pen.text((_SIZE[0] // 2, _SIZE[1] - 24), f"{steps[-1]:.0f} steps", fill="black")
    return Still(np.asarray(picture, np.uint8))


def _smooth(values: Series) -> Series:
    """Means of the last `_SMOOTH` steps."""
    summed = np.concatenate([[0.0], np.cumsum(np.maximum(values, 1e-6))])
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(0, ends - _SMOOTH)
    return (summed[ends] - summed[starts]) / (ends - starts)


def _points(steps: Series, heights: Series, bounds: tuple[float, float]) -> list[tuple[float, float]]:
    width, height = _SIZE[0] - 2 * _EDGE, _SIZE[1] - 2 * _EDGE
    across = _EDGE + width * (steps - steps[0]) / max(1.0, steps[-1] - steps[0])
    down = _EDGE + height * (bounds[1] - heights) / max(1e-6, bounds[1] - bounds[0])
    return list(zip(across.tolist(), down.tolist(), strict=True))
