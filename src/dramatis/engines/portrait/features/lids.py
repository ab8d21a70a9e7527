"""Lids: skin and lashes of a closing eye, made once from the picture.

A closing lid slides over the eyeball: skin comes out from under its fold and follows the rim with its lashes.
The closed lid is painted once, in the eye's own upright frame: skin continued from around the eye, rounded by light from
above, with the picture's grain. A frame shows it from the lashes' place at rest down to where the rim is, and ends it in a
line of lashes as dark and as thick as the picture's. What lies above the lashes (fold, brow, a frame of glasses) is not touched.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.cutouts.layers import fill
from dramatis.engines.portrait.features.eyepatch import (
    EyePatch,
    Plane,
    Row,
    disc,
    eye_patch_of,
    gentle,
    laid,
    running_median,
    step,
    strip,
    white_of,
)
from dramatis.engines.portrait.features.lashes import Lashes, fringe_of, lashes_of, single_hairs
from dramatis.engines.portrait.features.slits import Curve, Slit

_COMES_FROM = 0.12  # share of a line that lies beside an eye where it is none of the eye's own: lashes lie around it
_HANGS = 0.5  # a lid that is shut further shows the lashes that hang from it
_SLIGHT = 0.08  # a lid lowered by less than this share is blended in
_UNSEEN = 0.5 / 255


@dataclass(frozen=True, eq=False)
class Lid:
    """The lids of one eye, in the patch in which the picture showed it (`eye_patch`).

    `skin` (`H W 3`, 0..255) is the shut eye, `cover` (0..1) how far it replaces the picture, `lashes` the line on the upper rim,
    and `fringe` (`rows W`, 0..1) the single lashes that hang from it when it is closed.
    """

    eye_patch: EyePatch
    skin: NDArray[np.float32]
    cover: Plane
    lashes: Lashes
    fringe: Plane

    @cached_property
    def colours(self) -> NDArray[np.uint8]:
        """The skin in bytes."""
        return np.clip(self.skin + 0.5, 0, 255).astype(np.uint8)

    @cached_property
    def to_lashes(self) -> NDArray[np.float32]:
        """From the skin's colours to that of the lashes."""
        return self.lashes.colour - self.skin

    @cached_property
    def rows(self) -> tuple[int, int]:
        """First and last row, exclusive, that the skin covers."""
        return _extent((self.cover > _UNSEEN).any(axis=1))

    @cached_property
    def cols(self) -> tuple[int, int]:
        """First and last column, exclusive, that skin or lashes cover."""
        return _extent((self.cover > _UNSEEN).any(axis=0) | (self.lashes.dark > _UNSEEN) | (self.fringe > _UNSEEN).any(axis=0))

    def lowered(self, rims: tuple[Curve, Curve], shut: float) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
        """The eye closed by `shut` (0..1) to rims (upper, lower) in canvas pixels: RGBA of what changes of the patch, and the
        transform (2x3) to it from the canvas.
        """
        import cv2

        lashes, height = self.lashes, len(self.cover)
        upper, lower = (self.eye_patch.rows(rim) for rim in rims)
        end = upper + lashes.end * (1 - shut) + 0.4 * lashes.thick * shut
        hung = (len(self.fringe) - 0.1 * lashes.thick) * np.float32(shut > _HANGS)
        band = _span(end - 1.3 * lashes.thick, end + np.maximum(hung, 0.25 * lashes.thick), height)
        top, bottom = self.rows
        top, bottom = min(top, band.start), max(bottom, band.stop)
        cols = slice(*self.cols)
        cover = np.zeros((bottom - top, cols.stop - cols.start), np.float32)
        own = slice(self.rows[0] - top, self.rows[1] - top)
        cover[own] = self._covering(end[cols], lower[cols], shut)
        colours = self.colours[top:bottom, cols].copy()
        near = slice(band.start - top, band.stop - top)
        line = self._line(band, end, shut)[:, cols]
        both = line + cover[near] * (1 - line)
        share = cv2.cvtColor(line / np.maximum(both, 1e-3), cv2.COLOR_GRAY2RGB)
        colours[near] = cv2.convertScaleAbs(cv2.add(self.skin[band, cols], cv2.multiply(self.to_lashes[band, cols], share)))
        cover[near] = both
        alpha = cv2.convertScaleAbs(cover, alpha=255 * min(1.0, shut / _SLIGHT))
        part = cv2.merge([*cv2.split(colours), alpha])
        to_part = self.eye_patch.to_patch.copy()
        to_part[:, 2] -= (cols.start, top)
        return np.asarray(part, np.uint8), to_part

    def _covering(self, end: Row, lower: Row, shut: float) -> Plane:
        """How far skin covers `rows` and `cols` (0..1): from the lashes' place at rest to `end`."""
        size, cols = self.cover.shape[1], slice(*self.cols)
        rows = np.arange(*self.rows, dtype=np.float32)[:, None]
        soft = max(1.0, 0.012 * size)
        below = step(rows - (end - 0.5 * self.lashes.thick[cols]), -soft, soft) * (1 - step(np.float32(shut), 0.84, 1.0))
        beyond = step(np.abs(self.eye_patch.place[cols]), 0.88, 1.0) * step(np.float32(shut), 0.1, 0.5)
        shown = 1 - below * (1 - beyond)  # what of an eye lies beyond the mesh's corners does not wait for the lid
        risen = step(self.eye_patch.lower[cols] - lower, 0.02 * size, 0.06 * size)
        if risen.any():  # a round eye's lower lid comes up, too
            shown = np.maximum(shown, risen * step(rows - lower, -soft, soft))
        return np.asarray(self.cover[slice(*self.rows), cols] * shown, np.float32)

    def _line(self, band: slice, end: Row, shut: float) -> Plane:
        """How far rows of a band are lashes (0..1), those that lie along `end` and those that hang from it."""
        lashes = self.lashes
        rows = np.arange(band.start, band.stop, dtype=np.float32)[:, None]
        across = (rows - end) * (1 / lashes.thick)
        line = lashes.dark * step(across, -1.3, -0.5) * (1 - step(across, -0.45, 0.25))
        if shut > _HANGS:
            hung = laid(self.fringe, end - 0.1 * lashes.thick - band.start, band.stop - band.start)
            line = np.maximum(line, hung * step(np.float32(shut), _HANGS, 1.0))
        return np.asarray(line, np.float32)


def _span(low: Row, high: Row, most: int) -> slice:
    """The rows (of at most `most`) between two lines, at least one."""
    first = int(np.clip(np.floor(low.min()), 0, most - 1))
    return slice(first, int(np.clip(np.ceil(high.max()) + 1, first + 1, most)))


def _extent(seen: NDArray[np.bool_]) -> tuple[int, int]:
    """From the first to behind the last of what is true, and one more on both sides; `0, 0`: nothing is."""
    found = np.flatnonzero(seen)
    return (max(0, int(found[0]) - 1), min(len(seen), int(found[-1]) + 2)) if len(found) else (0, 0)


def lid_of(
    person: NDArray[np.uint8], corner: tuple[float, float], slit: Slit, shut: Curve, room: float, turned: float = 1.0
) -> Lid:
    """Make the lid of an eye from a person's colours (`H W 3..4`, whose first pixel lies at `corner`).

    `shut` is the upper rim when the eye is closed; `room` the distance in pixels from the rim up to the brow; `turned` as in
    `EyePatch`.
    """
    eye_patch = eye_patch_of(person, corner, slit, shut, turned)
    room *= eye_patch.scale
    lashes, hairs = lashes_of(eye_patch, room), single_hairs(eye_patch, room)
    skin, cover = _skin(eye_patch, lashes, hairs)
    return Lid(eye_patch, skin, cover, lashes, fringe_of(eye_patch, hairs))


def _skin(eye_patch: EyePatch, lashes: Lashes, hairs: Plane) -> tuple[NDArray[np.float32], Plane]:
    """The shut eye without its lashes, and how far it replaces the picture."""
    import cv2

    width, place = eye_patch.width, eye_patch.place
    top = eye_patch.upper + np.minimum(lashes.top, 0) * (1 - step(np.abs(place), 0.86, 1.04))
    down = np.arange(len(eye_patch.patch), dtype=np.float32)[:, None]
    opening = (down >= top) & (down <= eye_patch.lower) & (np.abs(place) <= 1.02)
    whole = white_of(eye_patch.patch, opening, top, 0.10 * eye_patch.turned * width).astype(np.float32)
    hole = cv2.dilate(cv2.morphologyEx(whole, cv2.MORPH_CLOSE, disc(0.05 * width)), disc(0.04 * width))
    hair = cv2.dilate(hairs, disc(0.012 * width))
    cover = cv2.GaussianBlur(np.maximum(hole, np.clip(2 * hair, 0, 1)), (0, 0), max(0.8, 0.016 * width))
    grey = np.ascontiguousarray(eye_patch.patch.mean(axis=2))
    eye = (down >= eye_patch.upper - 0.06 * width) & (down <= eye_patch.lower + 0.02 * width) & (np.abs(place) <= 1.05)
    cover *= 1 - _kept(eye_patch, grey, eye)
    dark = 1 - step(grey / cv2.morphologyEx(grey, cv2.MORPH_CLOSE, disc(0.07 * width)), 0.80, 0.92)
    unlike = np.maximum(hair, 0.98 * dark * cv2.dilate(hole, disc(0.08 * width)))
    around = fill(eye_patch.patch, (1 - hole) * (1 - unlike))
    around += (eye_patch.patch - around) * ((1 - hole) * (1 - hair))[..., None]
    depth = cv2.distanceTransform((hole > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    skin = around + (_rounded(eye_patch, top) - around) * step(depth, 0.0, 0.15 * width)[..., None]
    cover[[0, -1]], cover[:, [0, -1]] = 0, 0  # beyond the patch there is nothing to interpolate with
    return skin + _grain(eye_patch)[..., None] * cover[..., None], cover


def _kept(eye_patch: EyePatch, grey: Plane, eye: NDArray[np.bool_]) -> Plane:
    """Thin dark lines that come from outside and pass an `eye` (`H W`, 0..1): a frame of glasses, a strand of hair."""
    import cv2

    thin = grey < 0.85 * cv2.morphologyEx(grey, cv2.MORPH_CLOSE, disc(0.035 * eye_patch.width))
    _, labels, stats, _ = cv2.connectedComponentsWithStats((thin & ~eye).astype(np.uint8))
    down = np.arange(len(grey), dtype=np.float32)[:, None]
    beside = (
        (np.abs(eye_patch.place) > 1.15)
        | (down < eye_patch.upper - 0.3 * eye_patch.width)
        | (down > eye_patch.lower + 0.1 * eye_patch.width)
    )
    away = np.bincount(labels[beside], minlength=len(stats)) / stats[:, cv2.CC_STAT_AREA]
    long = np.flatnonzero((stats[:, cv2.CC_STAT_WIDTH] > 0.4 * eye_patch.width) & (away > _COMES_FROM))
    outside = np.unique(np.concatenate([labels[0], labels[:, 0], labels[:, -1]]))
    through = np.isin(labels, np.setdiff1d(np.intersect1d(long, outside), [0]))
    wide = cv2.dilate(through.astype(np.float32), disc(0.012 * eye_patch.width))
    return np.asarray(cv2.GaussianBlur(wide, (0, 0), max(0.6, 0.008 * eye_patch.width)), np.float32)


def _rounded(eye_patch: EyePatch, top: Row) -> NDArray[np.float32]:
    """Skin from above an eye (`top`: where it ends), drawn down over the ball and lit from above."""
    width, place = eye_patch.width, eye_patch.place[None, :, None]
    above = _skin_row(strip(eye_patch.patch, top - 0.15 * width, max(3, round(0.14 * width))), eye_patch.place)
    below = _skin_row(strip(eye_patch.patch, eye_patch.lower + 0.08 * width, max(3, round(0.10 * width))), eye_patch.place)
    ratio = above.mean(axis=1) / np.maximum(below.mean(axis=1), 1.0)
    like = step(ratio, 0.45, 0.80)[:, None]  # a brow or deep shade is no skin to continue
    above = 0.88 * below + (_as_coloured(above, np.median(below, axis=0)) - 0.88 * below) * like
    rows = np.arange(len(eye_patch.patch), dtype=np.float32)[:, None]
    s = np.clip((rows - top[None, :]) / np.maximum(eye_patch.closed - top, 1.0)[None, :], 0, 1)[..., None]
    light = 1 + 0.05 * np.sin(np.pi * s) - 0.07 * s**3 - 0.05 * np.clip(np.abs(place), 0, 1) ** 3
    return np.asarray((above[None] + (below - above)[None] * (0.35 * s * s)) * light, np.float32)


def _as_coloured(row: NDArray[np.float32], skin: NDArray[np.float32]) -> NDArray[np.float32]:
    """A row (`W 3`) that is darker and greyer than `skin` (`3`), with its hue: lashes and their shade have got into it. What is
    bluer than red is the background beside a turned head.
    """
    if skin[2] > skin[0]:
        return row
    colour, known = (np.ptp(values, axis=-1) / np.maximum(values.max(axis=-1), 1.0) for values in (row, skin))
    light = row.mean(axis=1) / max(float(skin.mean()), 1.0)
    grey = step(1 - colour / np.maximum(known, 1e-3), 0.1, 0.4) * step(1 - light, 0.0, 0.15)
    return np.asarray(row + (skin * light[:, None] - row) * grey[:, None], np.float32)


def _skin_row(strip: NDArray[np.float32], place: Row) -> NDArray[np.float32]:
    """`W 3`: the skin's colour along a strip, without the hairs that cross it."""
    grey = strip.mean(axis=2)
    bright = np.argsort(grey, axis=0)[round(0.5 * len(grey)) : max(1, round(0.9 * len(grey)))]
    colours = np.take_along_axis(strip, bright[..., None], axis=0).mean(axis=0)
    rows = [gentle(running_median(colours[:, k], 0.12 * len(place)), place) for k in range(3)]
    return np.stack(rows, axis=1)


def _grain(eye_patch: EyePatch) -> Plane:
    """Noise as strong as the skin's under the eye; deterministic."""
    import cv2

    below = strip(eye_patch.patch, eye_patch.lower + 0.10 * eye_patch.width, max(4, round(0.14 * eye_patch.width))).mean(axis=2)
    rough = below - cv2.GaussianBlur(below, (0, 0), 1.5 * eye_patch.scale)
    strength = min(2.5, 1.48 * float(np.median(np.abs(rough))))
    noise = np.random.default_rng(0).standard_normal(eye_patch.patch.shape[:2], dtype=np.float32)
    noise = cv2.GaussianBlur(noise, (0, 0), 0.8 * eye_patch.scale)
    return np.asarray(noise * (strength / max(float(noise.std()), 1e-6)), np.float32)
