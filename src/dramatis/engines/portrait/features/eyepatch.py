"""An eye in an upright patch: colours, rims and corners, and operations on rows and strips of such a patch.

Columns run from corner to corner and rows down across the lids, so that rims, lashes and skin are rows: one value a column.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.cutouts.layers import fill
from dramatis.engines.portrait.features.slits import Curve, Slit

Row = NDArray[np.float32]
"""One value for each column of a patch."""
Plane = NDArray[np.float32]
"""`H W`."""

_COLUMNS = 160  # of a patch, between the eye's corners, at least
_SIDE, _ABOVE, _BELOW = 0.24, 0.36, 0.26  # room around the rims, in widths of the eye
_NEAR_END = 4  # points of a rim that are replaced by the eye's own corner


@dataclass(frozen=True, eq=False)
class EyePatch:
    """An eye in its patch: the picture's colours (`patch`, `H W 3`), the transform (2x3) from the canvas's pixels, the corners
    (`2 2`, which may lie outside of the mesh's), the rims at rest and the closed one, the eye's width in columns, and each
    column's place (-1 and 1: the corners)."""

    patch: NDArray[np.float32]
    to_patch: NDArray[np.float64]
    ends: NDArray[np.float32]
    upper: Row
    lower: Row
    closed: Row
    width: float
    place: Row
    turned: float
    """By how much the eye is narrower than the other one: a turned head foreshortens it, and the mesh misses more of it."""

    @property
    def scale(self) -> float:
        """Patch pixels for one of the canvas."""
        return float(np.hypot(*self.to_patch[0, :2]))

    def rows(self, rim: Curve) -> Row:
        """A rim (canvas pixels) as a row of the patch for each of its columns."""
        return _rows(self.to_patch, rim, len(self.place), self.ends)


def eye_patch_of(
    person: NDArray[np.uint8], corner: tuple[float, float], slit: Slit, shut: Curve, turned: float = 1.0
) -> EyePatch:
    """Cut an eye out of a person's colours (`H W 3..4`, whose first pixel lies at `corner`); `shut`: its closed upper rim;
    `turned`: as in `EyePatch`.
    """
    import cv2

    to_patch, size = _frame(slit)
    onto = to_patch.copy()
    onto[:, 2] += to_patch[:, :2] @ np.asarray(corner, np.float64)
    colours = np.ascontiguousarray(person[..., :3])
    patch = cv2.warpAffine(colours, onto, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    ends = _ends(patch, to_patch, slit, 0.14 * turned)
    upper, lower, closed = (_rows(to_patch, rim, size[0], ends) for rim in (slit.upper, slit.lower, shut))
    width = float(ends[1, 0] - ends[0, 0])
    place = (2 * (np.arange(size[0]) - ends[0, 0]) / width - 1).astype(np.float32)
    return EyePatch(patch, to_patch, ends, upper, lower, closed, width, place, turned)


def _frame(slit: Slit) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """The transform to an eye's upright patch, and the patch's size (width, height)."""
    along = (slit.upper[-1] - slit.upper[0]).astype(np.float64) / slit.width
    turn = np.array([along, [-along[1], along[0]]])
    scale = max(1.0, _COLUMNS / slit.width)
    middle = (slit.upper[0] + slit.upper[-1]) / 2
    at = (np.concatenate([slit.upper, slit.lower]) - middle) @ turn.T
    low = at.min(axis=0) - np.array([_SIDE, _ABOVE]) * slit.width
    high = at.max(axis=0) + np.array([_SIDE, _BELOW]) * slit.width
    size = np.ceil((high - low) * scale).astype(int)
    shift = -scale * (turn @ middle + low)
    return np.concatenate([scale * turn, shift[:, None]], axis=1), (int(size[0]), int(size[1]))


def _rows(to_patch: NDArray[np.float64], rim: Curve, width: int, ends: NDArray[np.float32] | None = None) -> Row:
    """A rim (canvas pixels) as a row of the patch for each of its columns; `ends` (patch pixels) replace its ends."""
    at = rim @ to_patch[:, :2].T + to_patch[:, 2]
    if ends is not None:
        at = np.concatenate([ends[:1], at[_NEAR_END:-_NEAR_END], ends[1:]])
    return np.interp(np.arange(width), at[:, 0], at[:, 1]).astype(np.float32)


def step(values: NDArray[np.float32] | np.float32, low: float, high: float) -> NDArray[np.float32]:
    """Smooth step from 0 at `low` to 1 at `high`."""
    t = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def smooth_row(row: Row, sigma: float) -> Row:
    import cv2

    return np.asarray(cv2.GaussianBlur(row[None], (0, 0), max(0.5, sigma), borderType=cv2.BORDER_REPLICATE)[0], np.float32)


def running_median(row: Row, reach: float) -> Row:
    """Running median over `reach` columns."""
    half = max(1, round(reach / 2))
    padded = np.pad(row, half, mode="edge")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1), axis=1), np.float32)


def gentle(row: Row, place: Row) -> Row:
    """A row's cubic between the corners without its outliers, held outside: a line of lashes does not waver."""
    inside = np.abs(place) < 0.85
    basis, values = np.vander(place[inside], 4), row[inside]
    weight = np.ones(len(values))
    for _ in range(5):
        fit = np.linalg.lstsq(basis * weight[:, None], values * weight, rcond=None)[0]
        away = np.abs(values - basis @ fit)
        weight = 1 / (1 + (away / max(0.5, 1.5 * float(np.median(away)))) ** 2)
    return np.asarray(np.vander(np.clip(place, -0.85, 0.85), 4) @ fit, np.float32)


def strip(patch: NDArray[np.float32], start: Row, rows: int) -> NDArray[np.float32]:
    """`rows` of a patch from a row on, for each column."""
    import cv2

    at = start[None, :] + np.arange(rows, dtype=np.float32)[:, None]
    cols = np.tile(np.arange(patch.shape[1], dtype=np.float32), (rows, 1))
    return np.asarray(cv2.remap(patch, cols, at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def laid(strip: Plane, start: Row, height: int) -> Plane:
    """`height W`: a strip laid down from a row on; 0 elsewhere."""
    import cv2

    at = np.arange(height, dtype=np.float32)[:, None] - start[None, :]
    cols = np.tile(np.arange(strip.shape[1], dtype=np.float32), (height, 1))
    return np.asarray(cv2.remap(strip, cols, at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT), np.float32)


def disc(radius: float) -> NDArray[np.uint8]:
    import cv2

    side = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def white_of(patch: NDArray[np.float32], opening: NDArray[np.bool_], top: Row, reach: float) -> NDArray[np.bool_]:
    """An opening and what is no skin and hangs together with it, not above `top` and no further than `reach`: the white of
    an eye that is larger than the mesh's."""
    import cv2

    near = cv2.dilate(opening.astype(np.uint8), disc(reach)) > 0
    near &= np.arange(len(patch))[:, None] >= top[None, :]
    skin = fill(patch, 1 - near.astype(np.float32))
    apart = patch - skin
    bright = apart.mean(axis=2) > -0.12 * skin.mean(axis=2)
    odd = near & bright & (np.abs(apart).max(axis=2) > 0.10 * skin.mean(axis=2)) | opening
    _, labels = cv2.connectedComponents(odd.astype(np.uint8))
    return np.asarray(labels == np.bincount(labels[opening]).argmax(), np.bool_)


def _ends(patch: NDArray[np.float32], to_patch: NDArray[np.float64], slit: Slit, reach: float) -> NDArray[np.float32]:
    """`2 2`: the eye's corners in the patch: the mesh's, or up to `reach` widths further out where the picture shows white."""
    size = (patch.shape[1], patch.shape[0])
    at = np.stack([slit.upper[0], slit.upper[-1]]) @ to_patch[:, :2].T + to_patch[:, 2]
    width = float(at[1, 0] - at[0, 0])
    upper, lower = (_rows(to_patch, rim, size[0]) for rim in (slit.upper, slit.lower))
    down, cols = np.arange(size[1], dtype=np.float32)[:, None], np.arange(size[0])
    opening = (down >= upper) & (down <= lower) & (cols >= at[0, 0]) & (cols <= at[1, 0])
    if not opening.any():
        return at.astype(np.float32)
    white = white_of(patch, opening, upper - 0.05 * width, reach * width)
    tall = np.flatnonzero(white.sum(axis=0) > 0.015 * width)
    for k, found in enumerate((tall[0], tall[-1])):
        if (at[k, 0] - found) * (1 - 2 * k) > 0.01 * width:
            inward = slice(found, found + 3) if k == 0 else slice(found - 2, found + 1)
            at[k] = found, at[k, 1] + np.clip(np.nonzero(white[:, inward])[0].mean() - at[k, 1], -0.03 * width, 0.03 * width)
    return at.astype(np.float32)
