"""Contrast of brows against the skin above them, at a frame's landmarks: a blink must not change it."""

import numpy as np
from numpy.typing import NDArray

from dramatis.evaluation.film.landmarks import Mesh
from dramatis.media.still import Pixels

_UPPER = ((70, 63, 105, 66, 107), (336, 296, 334, 293, 300))  # along the upper edge of each brow
_LOWER = ((46, 53, 52, 65, 55), (285, 295, 282, 283, 276))
_FIRM = (168, 6, 197, 195, 5, 4, 127, 356, 234, 454, 162, 389)  # nose and temples
_STATIONS = 13  # along a brow
_ACROSS = np.linspace(4.0, -1.0, 41)  # from the forehead over a brow's upper edge (0) to its lower edge (-1)
_SKIN = _ACROSS > 1.0
_LEAST = 0.3  # share of the darkest of a station's pixels that a brow has at least
_PAST = 0.6  # share of a brow's darkness below which it is past


def contrast(pixels: Pixels, mesh: Mesh, first: Mesh) -> tuple[float, float]:
    """For the left and the right brow of the picture: grey values (0..255) by which it is darker than the skin above it.

    Where brows are is known from the shot's `first` mesh, carried along with nose and temples: landmarks of brows follow lids.
    Down from the forehead the first dark band counts: landmarks may lie a little beside a brow, and a cartoon's in its eye.
    """
    import cv2

    sides, (turn, shift) = [], _motion(first, mesh)
    for upper, lower in zip(_UPPER, _LOWER, strict=True):
        edges = [_dense(first[list(ring), :2] @ turn.T + shift) for ring in (upper, lower)]
        points = edges[0][None] + (edges[0] - edges[1])[None] * _ACROSS[:, None, None]
        at = points.astype(np.float32)
        colours = cv2.remap(pixels, at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        grey = colours.astype(np.float32).mean(axis=2)
        darker = np.percentile(grey[_SKIN], 70, axis=0) - cv2.blur(grey, (1, 3))
        most = np.maximum.accumulate(darker, axis=0)
        past = (darker < _PAST * most) & (most >= _LEAST * most[-1])
        found = np.where(past.any(axis=0), past.argmax(axis=0), len(past) - 1)
        sides.append(float(np.take_along_axis(most, found[None], axis=0).mean()))
    return sides[0], sides[1]


def _motion(start: Mesh, end: Mesh) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The turn with scale (`2 2`) and the shift between two meshes: least squares over points that no muscle moves."""
    a, b = (mesh[list(_FIRM), :2].astype(np.float64) @ (1, 1j) for mesh in (start, end))
    apart = a - a.mean()
    factor = np.vdot(apart, b - b.mean()) / np.vdot(apart, apart)
    shift = b.mean() - factor * a.mean()
    return np.array([[factor.real, -factor.imag], [factor.imag, factor.real]]), np.array([shift.real, shift.imag])


def _dense(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """`_STATIONS 2` points along an edge."""
    at, known = np.linspace(0, len(points) - 1, _STATIONS), np.arange(len(points))
    return np.stack([np.interp(at, known, points[:, axis]) for axis in (0, 1)], axis=1)
