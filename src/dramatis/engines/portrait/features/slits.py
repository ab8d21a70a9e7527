"""Mouth and eyes: openings (slits) between an upper and a lower rim.

Skin is discontinuous at a slit: above it follows the upper rim, below it the lower one. A slit is drawn as three parts: the base
(which follows the lower rim), an upper patch over it, and between the rims what is inside.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Curve = NDArray[np.float32]
"""`points 2`, pixels of the canvas, left to right."""

POINTS = 41  # of a drawn rim
_SHIFT = 4  # fractional bits of OpenCV's polygon coordinates


def smooth(count: int) -> NDArray[np.float32]:
    """`POINTS count`: turns a rim of `count` points into `POINTS` points on its Catmull-Rom curve (1974)."""
    at = np.linspace(0, count - 1, POINTS)
    left = np.minimum(at.astype(int), count - 2)
    t = at - left
    blend = np.stack([-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3]) / 2
    matrix = np.zeros((POINTS, count))
    for offset, weight in zip((-1, 0, 1, 2), blend, strict=True):
        near = left + offset
        inside = np.clip(near, 0, count - 1)
        np.add.at(matrix, (np.arange(POINTS), inside), weight)
    return matrix.astype(np.float32)


@dataclass(frozen=True, eq=False)
class Slit:
    """An opening of one face.

    `upper` and `lower` are the rims at rest; `upper_moves` and `lower_moves` (`channels POINTS 2`) how each channel moves
    them. `box` holds everything that the slit's parts may touch; `width` is the distance of the corners; `gap` the widest
    opening in the picture; `axis` the unit vector from rim to rim (down along the head).
    """

    upper: Curve
    lower: Curve
    upper_moves: NDArray[np.float32]
    lower_moves: NDArray[np.float32]
    box: tuple[float, float, float, float]
    width: float
    gap: float
    axis: NDArray[np.float32]

    def rims(self, weights: NDArray[np.float32]) -> tuple[Curve, Curve]:
        """The rims under an expression, before the head moves; where they would cross they meet."""
        upper = self.upper + np.tensordot(weights, self.upper_moves, axes=1)
        lower = self.lower + np.tensordot(weights, self.lower_moves, axes=1)
        crossed = np.minimum((lower - upper) @ self.axis, 0)
        return upper, lower - crossed[:, None] * self.axis


def polygon(points: Curve, origin: tuple[float, float], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Coverage `H W` (0..255, antialiased) of a polygon; `origin` is the mask's corner in pixels, `size` its width and height."""
    import cv2

    mask = np.zeros((size[1], size[0]), np.uint8)
    fixed = np.round((points - np.asarray(origin, np.float32)) * (1 << _SHIFT)).astype(np.int32)
    cv2.fillPoly(mask, [fixed], 255, lineType=cv2.LINE_AA, shift=_SHIFT)
    return mask


def upper_side(rim: Curve, slit: Slit, below: float) -> Curve:
    """The polygon above a rim: along the rim (pushed `below` pixels under it), out past the corners, and far up."""
    along = rim[-1] - rim[0]
    along = along / max(float(np.hypot(*along)), 1e-3)
    far, up = slit.width, slit.axis * slit.width * 3
    pushed = rim + slit.axis * below
    left, right = pushed[0] - along * far, pushed[-1] + along * far
    return np.concatenate([[left], pushed, [right, right - up, left - up]]).astype(np.float32)
