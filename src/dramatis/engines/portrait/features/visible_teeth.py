"""Rows of teeth that the picture itself shows between parted lips, if it shows nearly all of them: kept at their place.

The opening is laid out flat (columns across, rows from the upper rim to the lower one); in each column the upper row is all
down to where its teeth end, gums too, and the lower row all from where its teeth begin.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.geometry import anatomy as a
from dramatis.engines.portrait.geometry.anatomy import HeadFrame
from dramatis.media.still import Pixels

_COLUMNS, _ROWS = 160, 64
_LEAST = 0.63  # of the opening's columns: a part of a row beside painted teeth is seen as a patch
_AJAR = 0.075  # of the mouth's width: lips that are less apart show no whole teeth
_PROFILE = 0.65  # of the mouth's width: what is seen of it where the head is turned so far that teeth hide behind lips
_BITE = (0.42, 0.86)  # of the opening, from above: where the rows of a closed bite may meet
_DARKER = 0.75  # than its teeth is the line between two rows that bite on each other
_GUMS = 0.5  # of its teeth's brightness: what is above an upper row; above a lower one it is dark
_LONGEST = 11.0  # mm of an upper tooth
_UNEVEN = 0.1  # of the opening: how far teeth stand out of their row
_LEAST_HEIGHT = 0.14  # of the opening: lower teeth that show less are none
_BETWEEN = 3  # rows without teeth that part the two rows of teeth

Plane = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class VisibleTeeth:
    """The picture's rows of teeth over a box of it (`H W`, 0..1).

    `upper` and `lower` say where they are, `beyond` where no other upper tooth may be: below them. `colours` is the picture,
    `tint` the teeth's mean colour (None: it shows none).
    """

    colours: Plane
    upper: Plane
    lower: Plane
    beyond: Plane
    tint: NDArray[np.float32] | None = None


def visible_teeth(pixels: Pixels, head: HeadFrame, box: tuple[int, int, int, int], white: NDArray[np.float32]) -> VisibleTeeth:
    """Read the rows of teeth off a picture whose whites of the eyes are `white`; `box` are whole pixels of it."""
    import cv2

    view = _view(pixels, box)
    none = np.zeros(view.shape[:2], np.float32)
    across = head.to_picture(head.points[291] - head.points[61])
    if np.hypot(*across) < _PROFILE * head.mouth:
        return VisibleTeeth(view, none, none, none)
    flat, column, row, gap = _laid_out(head, box)
    if gap.max() < max(_AJAR * head.mouth, 5):
        return VisibleTeeth(view, none, none, none)
    seen = cv2.remap(view, *flat, cv2.INTER_LINEAR)
    teeth = _pale(seen, _lips(pixels, head), white)
    high = np.hypot(*(plane[-1] - plane[0] for plane in flat)) / (head.mouth / 50)
    tops, ends, starts = _rows_of(teeth, seen.mean(axis=2), high)
    if not (np.isfinite(ends).any() or np.isfinite(starts).any()):
        return VisibleTeeth(view, none, none, none)
    inside = np.clip((np.minimum(row, _ROWS - row) * gap / _ROWS + 1.0) / 1.5, 0, 1)
    inside *= (column > 0) & (column < _COLUMNS - 1)
    (top, _), (end, above), (start, below) = (_along(edge, column) for edge in (tops, ends, starts))
    upper = above * inside * np.clip((np.minimum(end - row, row - top) * gap / _ROWS / 1.4 + 0.5), 0, 1)
    lower = below * inside * np.clip((row - start) * gap / _ROWS / 1.4 + 0.5, 0, 1)
    beyond = above * (row > end)
    planes = [plane.astype(np.float32) for plane in (upper, lower * (1 - upper), beyond)]
    return VisibleTeeth(view, planes[0], planes[1], planes[2], seen[teeth].mean(axis=0))


def _view(pixels: Pixels, box: tuple[int, int, int, int]) -> Plane:
    """The picture in a box that may reach out of it, black there."""
    x0, y0, x1, y1 = box
    view = np.zeros((y1 - y0, x1 - x0, 3), np.float32)
    inside = pixels[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]
    top, left = max(0, -y0), max(0, -x0)
    view[top : top + inside.shape[0], left : left + inside.shape[1]] = inside
    return view


def _laid_out(head: HeadFrame, box: tuple[int, int, int, int]) -> tuple[tuple[Plane, Plane], Plane, Plane, Plane]:
    """Where in the box the flat opening's cells lie (x and y), and for each of the box's pixels its column, row, and the gap in
    pixels there."""
    upper, lower = (head.origin[:2] + head.to_picture(head.points[list(r[0])]) - box[:2] for r in (a.UPPER_LIP, a.LOWER_LIP))
    along = upper[-1] - upper[0]
    width = float(np.hypot(*along))
    along /= width
    normal = np.array([-along[1], along[0]])
    normal *= np.sign(normal @ head.axes[1, :2]) or 1
    at = np.linspace(0, width, _COLUMNS)
    tops, bottoms = (np.interp(at, (rim - upper[0]) @ along, (rim - upper[0]) @ normal) for rim in (upper, lower))
    gaps = np.maximum(bottoms - tops, 1e-3)
    share = (np.arange(_ROWS)[:, None] + 0.5) / _ROWS
    cells = upper[0] + at[None, :, None] * along + (tops + share * gaps)[..., None] * normal
    ys, xs = np.mgrid[: box[3] - box[1], : box[2] - box[0]]
    offset = np.stack([xs, ys], axis=-1) - upper[0]
    column = (offset @ along) / width * (_COLUMNS - 1)
    top, gap = (np.interp(column, np.arange(_COLUMNS), values) for values in (tops, gaps))
    row = (offset @ normal - top) / gap * _ROWS
    flat = (cells[..., 0].astype(np.float32), cells[..., 1].astype(np.float32))
    return flat, column.astype(np.float32), row.astype(np.float32), gap.astype(np.float32)


def _lips(pixels: Pixels, head: HeadFrame) -> NDArray[np.float32]:
    """The lips' colour."""
    spots = np.round(head.origin[:2] + head.to_picture(head.points[[0, 17, 11, 16, 72, 302, 85, 315]])).astype(int)
    spots = np.clip(spots, 0, (pixels.shape[1] - 1, pixels.shape[0] - 1))
    return np.asarray(np.median(pixels[spots[:, 1], spots[:, 0]].astype(np.float32), axis=0))


def _pale(seen: Plane, lips: NDArray[np.float32], white: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Where teeth are: nearer to white than to the lips in hue, and not dark."""

    def paleness(colour: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(colour[..., 1:].min(axis=-1) / np.maximum(colour[..., 0], 1))

    least = 0.5 * (paleness(lips) + paleness(white))
    return np.asarray((paleness(seen) > least) & (seen.mean(axis=2) > 0.7 * lips.mean()))


def _rows_of(teeth: NDArray[np.bool_], light: Plane, high: Plane) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """The rows of each column where its upper teeth (or gums) begin and end, and where its lower teeth begin; NaN: none.

    `high` is how high the opening is in each column, in mm of a mouth 50 mm wide.
    """
    tops, ends, starts = (np.full(_COLUMNS, np.nan) for _ in range(3))
    for column in range(_COLUMNS):
        runs = _runs(teeth[:, column], light[:, column], _LONGEST / float(high[column]) * _ROWS)
        for index, (first, last) in enumerate(runs):
            least = _GUMS * float(np.median(light[first : last + 1, column]))
            gums = index == 0 and (first == 0 or light[:first, column].mean() > least)
            if gums or first + last < 1.1 * _ROWS:
                tops[column] = (
                    first if index == 0 and light[:first, column].min(initial=255) < least else np.nanmin([tops[column], 0])
                )
                ends[column] = last + 1
            elif np.isnan(starts[column]) and last - first > _LEAST_HEIGHT * _ROWS:
                starts[column] = first
    uneven = _UNEVEN if np.isfinite(ends).sum() > 3 * np.isfinite(starts).sum() else 0.3 * _UNEVEN
    return _steady(tops, uneven), _steady(ends, uneven), _steady(starts, uneven)


def _runs(teeth: NDArray[np.bool_], light: NDArray[Any], longest: float) -> list[tuple[int, int]]:
    """First and last rows of the teeth in a column; where rows bite on each other, the darkest line between parts them.

    So it is where that is dark, or where a tooth would be longer than `longest` rows.
    """
    low, high = (round(share * _ROWS) for share in _BITE)
    rows = np.flatnonzero(teeth)
    found = []
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > _BETWEEN) + 1):
        if len(run) <= 0.06 * _ROWS:
            continue
        first, last = int(run[0]), int(run[-1])
        meet = low + int(np.argmin(light[low:high]))
        dark = light[meet] < _DARKER * np.median(light[run])
        if first < low and last > high and (dark or len(run) > longest):
            found += [(first, meet - 1), (meet + 1, last)]
        else:
            found.append((first, last))
    return found


def _steady(edge: NDArray[Any], uneven: float) -> NDArray[Any]:
    """An edge of a row of teeth: an arc, and what its teeth differ from it; from the row's first column to its last."""
    at = np.flatnonzero(np.isfinite(edge))
    nothing = np.full_like(edge, np.nan)
    if len(at) < _LEAST * len(edge):
        return nothing
    first, last = (int(end) for end in np.percentile(at, (2, 98)))
    weight = np.ones(len(at))
    for _ in range(8):
        arc = np.polyfit(at / len(edge), edge[at], 2, w=weight)
        weight = 1 / (1 + np.abs(edge[at] - np.polyval(arc, at / len(edge))) / 2)
    columns = np.arange(len(edge))
    row = np.polyval(arc, columns / len(edge))
    whole = np.pad(np.interp(columns, at, edge[at]), 4, mode="edge")
    middle = np.median(np.stack([whole[k : k + len(edge)] for k in range(9)]), axis=0)
    steady = row + np.clip(middle - row, -uneven * _ROWS, uneven * _ROWS)
    return np.where((columns >= first) & (columns <= last), steady, nothing)


def _along(edge: NDArray[Any], column: Plane) -> tuple[Plane, Plane]:
    """An edge's row at (fractional) columns, and how far it is one there: 1, falling to 0 at its ends."""
    known = np.isfinite(edge)
    at = np.arange(len(edge))
    if not known.any():
        return np.zeros_like(column), np.zeros_like(column)
    row = np.interp(column, at[known], edge[known])
    share = np.interp(column, at, np.convolve(known, np.ones(13) / 13, mode="same"))
    return row.astype(np.float32), (np.clip(2 * share - 1, 0, 1) if known.any() else share).astype(np.float32)
