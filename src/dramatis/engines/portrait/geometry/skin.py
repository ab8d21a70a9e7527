"""Skin fields: how skin follows the muscles, and the way back from closed lips to the picture.

Channels are fields over the grid, spread from the mesh's points by splines; there are two of each, as if the mouth and the eyes
had no upper or no lower rim. They act on the face with its lips closed. From there a way leads back to the picture: a wide open
mouth is closed in several steps, none of which folds the skin, and the ways back through them are one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.geometry import anatomy as a
from dramatis.engines.portrait.geometry.anatomy import HeadFrame, Points
from dramatis.engines.portrait.geometry.body import visible
from dramatis.engines.portrait.geometry.expressions import EXPRESSIONS, closing
from dramatis.engines.portrait.geometry.fields import Field, Grid, Spline, invert, nodes, sample, spline

_STEP = 0.12  # of the mouth's width: how far lips are brought together at once
_COARSE = 2  # cells of the grid for one of those that the way back is found on, where it is short


@dataclass(frozen=True, eq=False)
class Skin:
    """One skin (without upper, or without lower rims) on a part of a grid."""

    moves: NDArray[np.float32]
    """`channels rows*cols*2`: forward fields from the face with closed lips, pixels."""
    opening: Field
    """The backward field from closed lips to the picture, on the whole grid."""


def closed(head: HeadFrame, share: float = 1.0) -> HeadFrame:
    """The head with its lips brought together."""
    points = head.points + share * closing(head)
    return replace(head, points=points, height=float(points[152, 1]))


def skins(head: HeadFrame, size: float, grid: Grid, part: tuple[slice, slice]) -> tuple[Skin, Skin]:
    """Skin without upper rims, and without lower ones, on a part of the grid; `size` is the face's in pixels."""
    corners = {ring[k] for ring in a.UPPER_LIP for k in (0, -1)} | {lid[k] for lid in a.UPPER_LID for k in (0, -1)}
    upper = {p for rims in (*a.UPPER_LIP, *a.UPPER_LID, *a.LID_FOLD) for p in rims}
    lower = {p for rims in (*a.LOWER_LIP, *a.LOWER_LID) for p in rims}
    sets = (*a.BROW, *a.BROW_UNDER, *a.UNDER_EYE, a.CHIN, *a.JAWLINE, *a.CHEEK, a.NOSE, *a.TEMPLE, a.FOREHEAD)
    plain = {p for group in sets for p in group}
    plain -= _inside_eyes(head.origin[:2] + head.to_picture(head.points), plain)
    seen = visible(head, size)
    rows, cols = part
    inner = Grid(
        grid.x + cols.start * grid.step,
        grid.y + rows.start * grid.step,
        grid.step,
        cols.stop - cols.start,
        rows.stop - rows.start,
    )
    found = []
    for dropped in ((upper | {164}) - corners, (lower | set(a.CHIN)) - corners):  # beyond a slit nobody sees this skin
        kept = [p for p in sorted((plain | upper | lower) - dropped) if seen[p] or p in (upper | lower)]
        shut = closed(head)
        moves = _fit(shut, kept, [shape(shut) for shape in EXPRESSIONS.values()], size)(inner.nodes)
        opening = np.zeros((grid.rows, grid.cols, 2), np.float32)
        opening[part] = _way_back(head, kept, size, inner)
        found.append(Skin(_tapered(moves, inner).reshape(len(EXPRESSIONS), -1), opening))
    return found[0], found[1]


def opened(back: Field, opening: Field, share: float, step: float) -> Field:
    """A backward field that goes on, by a share, to the picture as it was; both on the same grid of `step` pixels."""
    import cv2

    if share <= 0:
        return back
    here = nodes(*back.shape[:2]) + back * np.float32(1 / step)
    further = cv2.remap(opening, here, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(back + np.float32(share) * further, np.float32)


def _way_back(head: HeadFrame, kept: Sequence[int], size: float, grid: Grid) -> Field:
    """The backward field from closed lips to the picture, on a grid."""
    moves = closing(head)
    gap = float(np.abs(moves[a.UPPER_LIP[0][5]] - moves[a.LOWER_LIP[0][5]]).max()) / head.mouth
    steps = 1 + int(gap / _STEP)
    cells = _COARSE if steps <= 2 else 1
    coarse = Grid(grid.x, grid.y, grid.step * cells, grid.cols // cells + 2, grid.rows // cells + 2)
    back = np.zeros((coarse.rows, coarse.cols, 2), np.float32)
    for k in range(steps):
        now = replace(head, points=head.points + k / steps * moves)
        forward = _tapered(_fit(now, kept, [moves / steps], size)(coarse.nodes), coarse)[0]
        back = opened(invert(forward, coarse.step, 12), back, 1.0, coarse.step)
    whole = sample(back, coarse.cell(grid.nodes))
    return np.asarray(whole.reshape(grid.rows, grid.cols, 2), np.float32)


def _fit(head: HeadFrame, kept: Sequence[int], shapes: Sequence[Points], size: float) -> Spline:
    """The spline of movements (`478 3` each; values `shapes * 2`) through kept points of a head, still around it."""
    flat = np.concatenate([head.to_picture(move) for move in shapes], axis=1)
    position = head.origin[:2] + head.to_picture(head.points[list(kept)])
    still = head.origin[:2] + _surround(head, head.height)
    neck = head.points[152] + np.array([[x, y, -0.3] for y in (0.22, 0.5) for x in (-0.25, 0, 0.25)]) * head.height
    controls = np.concatenate([position, head.origin[:2] + head.to_picture(neck), still])
    values = np.concatenate(
        [flat[list(kept)], np.outer([0.5] * 3 + [0.15] * 3, flat[152]), np.zeros((len(still), flat.shape[1]))]
    )
    return spline(controls, values, size)


def _surround(head: HeadFrame, reach: float) -> NDArray[np.float64]:
    """Points around the face that never move: `N 2` in head units of the face's height, as pictures offsets."""
    angles = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    ring = np.stack([np.cos(angles) * 1.15, 0.15 + np.sin(angles) * 1.25], axis=1) * reach
    below = np.stack([np.linspace(-0.8, 0.8, 7), np.full(7, 1.75)], axis=1) * reach
    flat = np.concatenate([ring[np.sin(angles) < 0.75], below])
    return head.to_picture(np.concatenate([flat, np.zeros((len(flat), 1))], axis=1))


def _inside_eyes(position: NDArray[np.float64], points: set[int]) -> set[int]:
    """Points of other parts that lie between an eye and its brow (a cartoon's eyes reach over its cheeks and temples)."""
    import cv2

    inside: set[int] = set()
    for parts in zip(a.LID_FOLD, a.UNDER_EYE, a.BROW, a.BROW_UNDER, a.UPPER_LID, strict=True):
        own = {point for part in parts for point in part}
        hull = cv2.convexHull(position[sorted(own)].astype(np.float32))
        inside |= {p for p in points - own if cv2.pointPolygonTest(hull, tuple(position[p]), False) > 0}
    return inside


def _tapered(values: NDArray[np.float64], grid: Grid) -> NDArray[np.float32]:
    """Fields `channels rows cols 2` that reach zero at the grid's rim."""
    fields = values.reshape(grid.rows, grid.cols, -1, 2).transpose(2, 0, 1, 3)
    ramps = [np.clip(np.minimum(np.arange(n), np.arange(n)[::-1]) / (0.12 * n), 0, 1) for n in (grid.rows, grid.cols)]
    return (fields * (ramps[0][:, None] * ramps[1][None, :])[None, :, :, None]).astype(np.float32)
