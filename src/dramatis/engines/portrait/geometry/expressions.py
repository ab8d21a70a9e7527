"""Expressions: displacements of the mesh's points for each muscle, in the head's own frame.

One channel is one movement at full strength, written in units of the face itself (mouth width `m`, head height `h`, distance
of the eyes `e`), so that it fits photos and cartoons, and as vectors in space, so that it also fits a turned head. The movements
are those of the Facial Action Coding System (Ekman & Friesen 1978).
"""

import functools
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.geometry import anatomy as a
from dramatis.engines.portrait.geometry.anatomy import HeadFrame, Points

LIP = np.linspace(-1, 1, 11)
_JAWLINE = (0.9, 0.78, 0.6, 0.42, 0.22, 0.08)
_JAW_CHEEK = (0.3, 0.16, 0.1, 0.03, 0.0, 0.03, 0.07, 0.2, 0.45, 0.72, 0.75, 0.7, 0.45)
_SMILE_CHEEK = (0.75, 0.6, 0.3, 0.35, 0.45, 0.6, 0.75, 0.8, 0.45, 0.2, 0.1, 0.05, 0.15)
JAW_DROP = 0.2
"""Drop of the lower lip's middle at full jaw, in head heights."""


Values = float | NDArray[np.float64]
"""One value for all points, or one for each."""


class _Sketch:
    """Displacements of all points under construction: `478 3`."""

    def __init__(self) -> None:
        self.moves: Points = np.zeros((478, 3))

    def set(self, points: Sequence[int], x: Values = 0.0, y: Values = 0.0, z: Values = 0.0) -> None:
        rows = list(points)
        for axis, values in enumerate((x, y, z)):
            self.moves[rows, axis] = values

    def both(self, sides: tuple[Sequence[int], Sequence[int]], out: Values = 0.0, y: Values = 0.0, z: Values = 0.0) -> None:
        """Mirror: `out` is away from the middle of the face."""
        self.set(sides[0], -np.asarray(out), y, z)
        self.set(sides[1], out, y, z)


def _jaw(head: HeadFrame) -> Points:
    s, drop = _Sketch(), JAW_DROP * head.height
    s.set(a.CHIN, 0, drop, -0.15 * drop)
    s.both(a.JAWLINE, 0, np.multiply(_JAWLINE, drop), np.multiply(_JAWLINE, -0.15 * drop))
    s.both(a.CHEEK, np.multiply(_JAW_CHEEK, -0.06 * drop), np.multiply(_JAW_CHEEK, drop))
    for ring in a.LOWER_LIP:
        s.set(ring, -0.10 * drop * np.sign(LIP) * np.abs(LIP) ** 3, drop * (1 - 0.7 * np.abs(LIP) ** 2.6))
    for ring in a.UPPER_LIP:
        s.set(ring, -0.10 * drop * np.sign(LIP) * np.abs(LIP) ** 3, drop * 0.3 * np.abs(LIP) ** 3.5)
    return s.moves


def _corners(head: HeadFrame, out: float, up: float, cheek: Sequence[float]) -> Points:
    """Corners move, lips and cheeks follow."""
    s, m = _Sketch(), head.mouth
    s.both(a.CHEEK, np.multiply(cheek, 0.45 * out * m), np.multiply(cheek, -0.8 * up * m))
    reach = np.abs(LIP) ** 1.6
    for ring in (*a.UPPER_LIP, *a.LOWER_LIP):
        s.set(ring, np.sign(LIP) * np.abs(LIP) ** 1.1 * out * m, -reach * up * m, -0.25 * reach * out * m)
    return s.moves


def _smile(head: HeadFrame) -> Points:
    return _corners(head, 0.09, 0.12, _SMILE_CHEEK)


def _frown(head: HeadFrame) -> Points:
    moves = _corners(head, 0.01, -0.09, (0.4, 0.2, 0, 0, 0, 0, 0.2, 0.5, 0.7, 0.4, 0.2, 0, 0.3))
    moves[list(a.CHIN[:6]), 1] -= 0.02 * head.mouth
    return moves


def _spread(head: HeadFrame) -> Points:
    return _corners(head, 0.10, 0.015, (0.5, 0.3, 0.1, 0, 0, 0, 0.3, 0.6, 0.4, 0.2, 0, 0, 0.2))


def _pucker(head: HeadFrame) -> Points:
    moves = _corners(head, -0.20, 0.0, (0.6, 0.4, 0.15, 0, 0, 0.1, 0.4, 0.7, 0.6, 0.3, 0, 0, 0.3))
    for k, (upper, lower) in enumerate(zip(a.UPPER_LIP, a.LOWER_LIP, strict=True)):
        swell = 0.012 * (k + 1) * head.mouth * (1 - LIP**2)
        moves[list(upper), 1] -= swell
        moves[list(lower), 1] += swell
        moves[list(upper), 2] += 0.10 * head.mouth * (1 - LIP**4)
        moves[list(lower), 2] += 0.09 * head.mouth * (1 - LIP**4)
    return moves


def _funnel(head: HeadFrame) -> Points:
    moves = _corners(head, -0.10, 0.0, (0.4, 0.3, 0.1, 0, 0, 0, 0.3, 0.5, 0.4, 0.2, 0, 0, 0.2))
    return moves + 0.8 * _upper(head) + 0.9 * _lower(head)


def _lip_lift(head: HeadFrame, rings: Sequence[Sequence[int]], sign: float) -> Points:
    s, m = _Sketch(), head.mouth
    for ring, share in zip(rings, (1.0, 0.97, 0.9, 0.8), strict=True):
        s.set(ring, 0, sign * 0.075 * m * share * (1 - np.abs(LIP) ** 2.2))
    return s.moves


def _upper(head: HeadFrame) -> Points:
    moves = _lip_lift(head, a.UPPER_LIP, -1)
    moves[[2, 164, 97, 326, 98, 327], 1] = -0.02 * head.mouth
    return moves


def _lower(head: HeadFrame) -> Points:
    moves = _lip_lift(head, a.LOWER_LIP, 1)
    moves[[18, 83, 313, 201, 421], 1] = 0.03 * head.mouth
    return moves


def _press(head: HeadFrame) -> Points:
    """Lips rolled in: the outer rings close on the rim; the rims hold."""
    s, m = _Sketch(), head.mouth
    for ring_u, ring_l, share in zip(a.UPPER_LIP, a.LOWER_LIP, (0.0, 0.012, 0.022, 0.026), strict=True):
        s.set(ring_u, 0, share * m * (1 - LIP**4))
        s.set(ring_l, 0, -share * m * (1 - LIP**4))
    s.set(a.CHIN[5:], 0, -0.02 * m)
    return s.moves


def _brow(head: HeadFrame, side: int, inner: float, outer: float, inwards: float) -> Points:
    """One brow: `inner` and `outer` rise (in eye distances), the inner end moves inwards."""
    s, e = _Sketch(), min(head.eyes, 0.6 * head.height)
    share = np.linspace(0, 1, 5) if side == 0 else np.linspace(1, 0, 5)  # 0 at the outer end
    rise = -(outer + (inner - outer) * share) * e
    across = inwards * e * share * (1 if side == 0 else -1)
    s.set(a.BROW[side], across, rise)
    s.set(a.BROW_UNDER[side], across, 0.9 * rise)
    fold = np.interp(np.linspace(0, 1, 7), np.linspace(0, 1, 5), rise)
    s.set(a.LID_FOLD[side], 0, 0.25 * fold)
    middle = (108, 69) if side == 0 else (337, 299)
    s.set(middle, 0, 0.6 * rise.mean())
    return s.moves


def _lid(head: HeadFrame, side: int) -> Points:
    """The lids meet: a human's almost at the lower one, a round cartoon eye's further up."""
    s = _Sketch()
    upper, lower = list(a.UPPER_LID[side]), list(a.LOWER_LID[side])
    gap = head.points[lower] - head.points[upper]
    roundness = float(np.linalg.norm(gap, axis=1).max() / np.linalg.norm(head.points[upper[-1]] - head.points[upper[0]]))
    share = float(np.clip(0.93 - 0.35 * (roundness - 0.35), 0.7, 0.93))
    met = head.points[upper] + share * gap
    line = np.linspace(0, 1, 9)[:, None]
    straight = met[0] + (met[-1] - met[0]) * line
    bow = np.sin(np.pi * line) * (met - straight)[3:6].mean(axis=0)  # closed lids meet in an arc, whatever an open eye's shape
    met += np.clip(1.6 * (roundness - 0.3), 0, 1) * (straight + bow - met)
    s.moves[upper] = met - head.points[upper]
    s.moves[lower] = met - head.points[lower]
    fold = np.stack([np.interp(np.linspace(0, 1, 7), np.linspace(0, 1, 9), gap[:, k]) for k in range(3)], axis=1)
    s.moves[list(a.LID_FOLD[side])] = 0.10 * fold
    return s.moves


def _squint(head: HeadFrame) -> Points:
    s = _Sketch()
    for side in (0, 1):
        upper, lower = list(a.UPPER_LID[side]), list(a.LOWER_LID[side])
        gap = head.points[lower] - head.points[upper]
        s.moves[lower] = -0.28 * gap
        s.set(a.UNDER_EYE[side], 0, -0.2 * gap[:, 1].max())
    s.both(((50, 205), (280, 425)), 0, -0.03 * head.eyes)
    return s.moves


def _brows() -> dict[str, Callable[[HeadFrame], Points]]:
    shapes = {"brow_in": (0.11, 0.01, 0.0), "brow_out": (0.03, 0.10, 0.0), "brow_down": (-0.085, -0.03, 0.045)}
    return {
        f"{name}_{'lr'[side]}": functools.partial(_brow, side=side, inner=shape[0], outer=shape[1], inwards=shape[2])
        for name, shape in shapes.items()
        for side in (0, 1)
    }


EXPRESSIONS: dict[str, Callable[[HeadFrame], Points]] = {
    "jaw": _jaw,
    "spread": _spread,
    "pucker": _pucker,
    "funnel": _funnel,
    "press": _press,
    "upper": _upper,
    "lower": _lower,
    "smile": _smile,
    "frown": _frown,
    **_brows(),
    "lid_l": lambda head: _lid(head, 0),
    "lid_r": lambda head: _lid(head, 1),
    "squint": _squint,
}
"""Channel -> displacements `478 3` in the head's frame at full strength."""


def closing(head: HeadFrame) -> Points:
    """The displacement that closes the mouth of the picture: rims meet, chin and rings follow. It is part of every pose.

    Lips that are a little apart meet between them; a wide open mouth closes by its jaw, and its corners rise to the line.
    """
    moves = np.zeros((478, 3))
    upper, lower = (head.points[list(rings[0])] for rings in (a.UPPER_LIP, a.LOWER_LIP))
    gap = (lower - upper) * (0, 1, 1)
    wide = float(np.clip((gap[:, 1].max() / head.mouth - 0.08) / 0.3, 0, 1))
    lowered, jaw = 0.36 - 0.22 * wide, 0.5 + 0.3 * wide
    line = upper + lowered * gap
    flat = line[5] + 0.25 * (line - line[5])
    line[:, 1] += wide * (flat - line)[:, 1]
    for ring, share in zip(a.UPPER_LIP, (1.0, 0.95, 0.85, 0.7), strict=True):
        moves[list(ring)] = share * (line - upper) * (0, 1, 1)
    for ring, share in zip(a.LOWER_LIP, (1.0, 0.97, 0.92, 0.85), strict=True):
        moves[list(ring)] = share * (line - lower) * (0, 1, 1)
    middle = gap[5]
    moves[list(a.CHIN)] = -jaw * middle
    for sides, shares, scale in ((a.JAWLINE, _JAWLINE, -jaw), (a.CHEEK, _JAW_CHEEK, -0.8 * jaw)):
        for side in sides:
            moves[list(side)] = np.outer(shares, scale * middle)
    return moves
