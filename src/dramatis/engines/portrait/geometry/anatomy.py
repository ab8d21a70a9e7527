"""Names of the points of the 478-point mesh, and the head's own coordinate frame.

`left` and `right` are the picture's, not the person's. A slit (mouth, eye) has an upper and a lower rim from its
left to its right corner; both hold the corners. Rings of a lip run from the rim outwards.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.media.face import Face

Points = NDArray[np.float64]

UPPER_LIP = (
    (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308),
    (62, 183, 42, 41, 38, 12, 268, 271, 272, 407, 292),
    (76, 184, 74, 73, 72, 11, 302, 303, 304, 408, 306),
    (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291),
)
LOWER_LIP = (
    (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308),
    (62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292),
    (76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306),
    (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291),
)
UPPER_LID = ((33, 246, 161, 160, 159, 158, 157, 173, 133), (362, 398, 384, 385, 386, 387, 388, 466, 263))
LOWER_LID = ((33, 7, 163, 144, 145, 153, 154, 155, 133), (362, 382, 381, 380, 374, 373, 390, 249, 263))
LID_FOLD = ((247, 30, 29, 27, 28, 56, 190), (414, 286, 258, 257, 259, 260, 467))
UNDER_EYE = ((25, 110, 24, 23, 22, 26, 112), (341, 256, 252, 253, 254, 339, 255))
IRIS = ((468, 469, 470, 471, 472), (473, 474, 475, 476, 477))
BROW = ((70, 63, 105, 66, 107), (336, 296, 334, 293, 300))
BROW_UNDER = ((46, 53, 52, 65, 55), (285, 295, 282, 283, 276))
CHIN = (152, 148, 377, 176, 400, 199, 200, 175, 428, 208, 18, 83, 313, 201, 421, 194, 418, 32, 262, 171, 396)
JAWLINE = ((149, 150, 136, 172, 58, 132), (378, 379, 365, 397, 288, 361))
CHEEK = (
    (207, 187, 147, 123, 50, 205, 206, 216, 212, 202, 210, 135, 214),
    (427, 411, 376, 352, 280, 425, 426, 436, 432, 422, 430, 364, 434),
)
NOSE = (1, 4, 5, 195, 197, 6, 168, 2, 98, 327, 94, 19, 48, 278, 64, 294, 129, 358, 102, 331, 97, 326, 164)
TEMPLE = ((127, 162, 21, 234, 93), (356, 389, 251, 454, 323))
FOREHEAD = (10, 338, 297, 332, 109, 67, 103, 54, 284, 337, 108, 69, 299)


@dataclass(frozen=True, eq=False)
class HeadFrame:
    """The head's own frame: x to the picture's right, y to the chin, z to the viewer, all in the picture's pixels.

    `axes` (3 3, rows x y z) turns a picture vector into a head vector; `origin` is between the eyes. `points`
    (478 3) is the mesh in that frame. `eyes` is the distance of the eyes, `mouth` the width of the mouth, `height` from
    the eyes to the chin; all measured along the head, so a turned head has the same values.
    """

    points: Points
    axes: NDArray[np.float64]
    origin: Points
    eyes: float
    mouth: float
    height: float

    def to_picture(self, vectors: Points) -> Points:
        """Head vectors `... 3` as picture vectors `... 2`."""
        return vectors @ self.axes[:, :2]


def head_of(face: Face) -> HeadFrame:
    """Read the head's frame off a mesh."""
    mesh = face.mesh.astype(np.float64) * (1, 1, -1)
    left, right = (mesh[[UPPER_LID[k][0], UPPER_LID[k][-1]]].mean(axis=0) for k in (0, 1))
    origin = (left + right) / 2
    across = mesh[[263, 454, 291]].mean(axis=0) - mesh[[33, 234, 61]].mean(axis=0)
    x = across / np.linalg.norm(across)
    down = mesh[152] - mesh[10]
    down -= down @ x * x
    y = down / np.linalg.norm(down)
    axes = np.stack([x, y, np.cross(y, x)])
    if axes[2, 2] < 0:
        axes[2] = -axes[2]
    points = (mesh - origin) @ axes.T
    return HeadFrame(
        points=points,
        axes=axes,
        origin=origin,
        eyes=float(np.linalg.norm(right - left)),
        mouth=float(np.linalg.norm(mesh[291] - mesh[61])),
        height=float(points[152, 1]),
    )
