"""Sharpness of a face in a film relative to its picture.

Sharpness is the root mean square of the luma's gradient over the face, without its rim (where the background begins)
and without the mouth (a painted one could buy sharpness that the skin lacks). The picture is brought to the size that the
face has in the film (by area when it shrinks, cubic when it grows), and its own face is measured in the same way: 1
means that nothing was lost.
"""

import numpy as np
from numpy.typing import NDArray

from dramatis.evaluation.film.landmarks import Mesh
from dramatis.media.face import Face
from dramatis.media.still import Pixels, Still

_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
_LIPS = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146)
_FIRM = (33, 133, 362, 263, 127, 356, 234, 454, 10, 6, 168, 197, 195, 5, 4, 1, 2)  # corners of the eyes, temples, brow, nose
_ROOM = 4  # pixels around the crop


def gradient(pixels: Pixels, mesh: Mesh) -> float:
    """Root mean square of the luma's gradient inside the face, in grey levels a pixel."""
    import cv2

    height, width = pixels.shape[:2]
    low = np.maximum(np.floor(mesh[:, :2].min(axis=0)).astype(int) - _ROOM, 0)
    high = np.minimum(np.ceil(mesh[:, :2].max(axis=0)).astype(int) + _ROOM, (width, height))
    if (high - low).min() < 2 * _ROOM:
        return 0.0
    luma = cv2.cvtColor(pixels[low[1] : high[1], low[0] : high[0]], cv2.COLOR_RGB2GRAY).astype(np.float32)
    inside = _inside(luma.shape, mesh[:, :2] - low)
    squares = np.square(_slope(luma, 1)) + np.square(_slope(luma, 0))
    return float(np.sqrt(squares[inside].mean())) if inside.any() else 0.0


def extent(mesh: NDArray[np.float32]) -> NDArray[np.float64]:
    """Size of faces (`... 478 3`) in pixels, by points that neither speech nor expression moves, depth included."""
    points = mesh[..., _FIRM, :].astype(np.float64)
    return np.asarray(np.sqrt(np.square(points - points.mean(axis=-2, keepdims=True)).sum(axis=(-1, -2))), np.float64)


def reference(picture: Still, face: Face, scale: float) -> float:
    """The gradient of a picture's face when the picture is made `scale` times as large."""
    import cv2

    x0, y0, x1, y1 = (int(value) for value in face.box)
    room = int(0.1 * face.size) + _ROOM
    left, top = max(0, x0 - room), max(0, y0 - room)
    part = picture.pixels[top : y1 + room, left : x1 + room]
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(part, None, fx=scale, fy=scale, interpolation=how)
    return gradient(np.asarray(scaled, np.uint8), ((face.mesh - np.array([left, top, 0])) * scale).astype(np.float32))


def _inside(shape: tuple[int, ...], points: NDArray[np.float32]) -> NDArray[np.bool_]:
    import cv2

    mask = np.zeros(shape, np.uint8)
    cv2.fillPoly(mask, [_scaled(points[list(_OVAL)], 0.88)], (1,))
    cv2.fillPoly(mask, [_scaled(points[list(_LIPS)], 1.5)], (0,))
    return mask.astype(bool)


def _scaled(outline: NDArray[np.float32], by: float) -> NDArray[np.int32]:
    """An outline made larger or smaller about its middle."""
    middle = outline.mean(axis=0)
    return np.asarray((middle + by * (outline - middle)).round(), np.int32)


def _slope(luma: NDArray[np.float32], axis: int) -> NDArray[np.float32]:
    """Differences of neighbours, at full resolution: what a soft picture loses first."""
    return np.diff(luma, axis=axis, append=luma.take([-1], axis=axis))
