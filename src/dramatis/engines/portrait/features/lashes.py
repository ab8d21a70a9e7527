"""Lashes: detects the dark line above an eye and single hairs on it in the picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.features.eyepatch import EyePatch, Plane, Row, gentle, running_median, smooth_row, step, strip

_REACH = 0.18  # how far above the rim lashes are looked for, in widths of the eye
_ROOM = 0.6  # share of the way to the brow that lashes may reach
_ENDS = 0.35  # share of the lashes' darkness at which they end
_THIN, _THICK = 0.022, 0.10  # least and largest thickness of a line of lashes, in widths


@dataclass(frozen=True, eq=False)
class Lashes:
    """The dark line above an eye: for each column its ends in rows below the rim, its thickness in rows when it is drawn, and its
    darkness (0..1); its colour."""

    top: Row
    end: Row
    thick: Row
    dark: Row
    colour: NDArray[np.float32]


def lashes_of(eye_patch: EyePatch, room: float) -> Lashes:
    """Find the lashes along the upper rim, which is `room` rows below the brow."""
    import cv2

    width = eye_patch.width
    most = min(_REACH * width, _ROOM * room)
    up, down, near = round(most), round(0.05 * width), round(min(0.09 * width, 0.8 * most))
    band = strip(eye_patch.patch, eye_patch.upper - up, up + down + 1)
    band = np.asarray(cv2.GaussianBlur(band, (0, 0), sigmaX=0.012 * width, sigmaY=0.5), np.float32)
    white = (np.abs(eye_patch.place) > 0.4) & (np.abs(eye_patch.place) < 0.9)  # beside the iris
    share, colour = _darkness(band, slice(up - near, up + near // 2), white, width)
    most_dark = share[up - near : up + down].max(axis=0, keepdims=True)
    first = share[up - near : up + down] >= 0.65 * most_dark  # from above: below the lashes an iris may be darker
    ends = _ends(share, up - near + np.argmax(first, axis=0), np.maximum(most_dark, 0.3))
    clear = ends[0] >= 0
    usual = float(np.median(ends[0][clear & white])) if (clear & white).any() else up - near
    top = np.where(clear, ends[0], max(usual, up - 0.06 * width)).astype(np.float32)
    thick = float(np.percentile((ends[1] - top)[white], 35))
    end = np.minimum(ends[1], top + max(2.0, 1.4 * thick)).astype(np.float32)
    top, end = (running_median(row, 0.15 * width) - up for row in (top, end))
    dark = smooth_row(most_dark[0], 0.08 * width) * (0.9 * (1 - step(np.abs(eye_patch.place), 0.72, 1.10)))
    top = np.minimum(gentle(top, eye_patch.place), smooth_row(top, 0.05 * width) + 0.03 * width)
    end = gentle(end, eye_patch.place)
    thick_row = np.clip(end - top, _THIN * width, _THICK * width) * (1 - 0.6 * np.clip(np.abs(eye_patch.place), 0, 1) ** 3)
    return Lashes(top, end, thick_row.astype(np.float32), dark, colour)


def _darkness(
    strip: NDArray[np.float32], near: slice, white: NDArray[np.bool_], width: float
) -> tuple[Plane, NDArray[np.float32]]:
    """How far each pixel of a strip over the rim is from skin (0) to lashes (1), and the lashes' colour; `near`: rows at the rim,
    `white`: columns beside the iris."""
    grey = strip.mean(axis=2)
    colours = strip[near, white].reshape(-1, 3)
    colour = colours[np.argsort(colours.mean(axis=1))[: max(1, len(colours) // 12)]].mean(axis=0)
    above = grey[: max(2, near.start + (near.stop - near.start) // 2)]
    skin = smooth_row(np.percentile(above, 80, axis=0).astype(np.float32), 0.06 * width)
    return np.clip((skin - grey) / np.maximum(skin - colour.mean(), 12.0), 0, 1), np.asarray(colour, np.float32)


def _ends(share: Plane, peak: NDArray[np.int_], dark: Plane) -> NDArray[np.int_]:
    """`2 W`: the rows above (-1: none) and below a peak at which a strip is no longer dark."""
    rows = np.arange(len(share))[:, None]
    light = share < _ENDS * dark
    top = np.where(light & (rows < peak), rows, -1).max(axis=0)
    return np.stack([top, np.where(light & (rows > peak), rows, len(share)).min(axis=0)])


def single_hairs(eye_patch: EyePatch, room: float) -> Plane:
    """Single lashes (`H W`, 0..1): dark, narrower than they are high, above the rim, which is `room` rows below the brow."""
    import cv2

    most = min(1.6 * _REACH * eye_patch.width, _ROOM * room)
    grey = np.ascontiguousarray(eye_patch.patch.mean(axis=2))
    side = 2 * round(0.035 * eye_patch.width) + 1
    aside, along = (cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones(shape, np.uint8)) - grey for shape in ((1, side), (side, 1)))
    hairs = np.clip((aside - 0.8 * along - 0.03 * grey) / np.maximum(0.3 * (grey + aside), 8.0), 0, 1)
    up = eye_patch.upper[None, :] - np.arange(len(grey), dtype=np.float32)[:, None]
    zone = step(up, 0.0, 0.02 * eye_patch.width) * (1 - step(up, 0.8 * most, most))
    return np.asarray(hairs * zone * (1 - step(np.abs(eye_patch.place), 1.15, 1.35))[None, :], np.float32)


def fringe_of(eye_patch: EyePatch, hairs: Plane) -> Plane:
    """Lashes that hang from a closed rim (`rows W`), as strong as `hairs` stand on the open one and longest outwards."""
    import cv2

    width, chance = eye_patch.width, np.random.default_rng(1)
    hung = np.zeros((max(2, round(0.14 * width)), len(eye_patch.place)), np.float32)
    strength = np.clip(smooth_row(hairs.sum(axis=0) / (0.02 * width), 0.12 * width) - 0.15, 0, 1)
    side = 1.0 if strength[eye_patch.place > 0].sum() > strength[eye_patch.place < 0].sum() else -1.0
    lines, pen = [], max(1, round(0.008 * width))
    for at in np.linspace(-0.8, 0.9, 26) + chance.uniform(-0.02, 0.02, 26):
        col = int(np.argmin(np.abs(eye_patch.place - side * at)))
        length = (0.05 + 0.06 * np.clip(at + 0.5, 0, 1)) * width * chance.uniform(0.6, 1.0)
        lean = side * (0.25 + 0.5 * at) * length
        lines += [(col + lean * t, length * t, lean / 5, length / 5, float(strength[col]) * (1 - t)) for t in np.arange(5) / 5]
    for x, y, dx, dy, dark in lines:
        start, end = (round(16 * x), round(16 * y)), (round(16 * (x + dx)), round(16 * (y + dy)))
        cv2.line(hung, start, end, dark, pen, cv2.LINE_8, 4)
    return np.asarray(cv2.GaussianBlur(hung, (0, 0), max(0.6, 0.006 * width)), np.float32)
