"""Corrects the rims of parted lips.

The mesh draws the lips of a wide mouth up to a tenth of its width beside the true ones, and half on the teeth; when the mouth
then closes, scraps of its inside stay on the lips. Here the inside is cut out by its colours (GrabCut, Rother et al. 2004,
begun from the mesh), and the mesh's rings move to the cut.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.geometry import anatomy as a
from dramatis.media.face import Face
from dramatis.media.still import Pixels

_PARTED = 0.05  # of the mouth's width: smaller gaps count as closed
_WIDTH = 100  # pixels of the mouth in the crop that is cut
_MOST = 0.10  # of the mouth's width: how far a rim may move; never inwards, over teeth that have the colour of lips
_INSET = 0.018  # of the mouth's width: rims end a little inside the lips
_ROLLED = (
    0.012,
    0.045,
)  # of the mouth's width: what a wide open mouth shows of the inner side of each lip, and a closed one does not
_SPARED = 0.3  # of a lip's thickness: the most that is taken so
_FOLLOW = (1.0, 0.85, 0.6, 0.4)  # shares of a rim's motion, from the inner ring to the outer
_SAMPLES = 120  # along a line from the middle of the mouth across a rim

Points = NDArray[np.float64]


def trim(pixels: Pixels, face: Face) -> Face:
    """The face with the rims of parted lips where the picture shows them; lips that are shut stay as they are."""
    upper, lower = (face.mesh[list(rings[0]), :2].astype(np.float64) for rings in (a.UPPER_LIP, a.LOWER_LIP))
    width = float(np.hypot(*(upper[-1] - upper[0])))
    middle = (upper + lower) / 2
    gap = float(np.hypot(*(lower - upper).T).max()) / max(width, 1e-6)
    if gap < _PARTED:
        return face
    inside, place = _cut(pixels, face, middle[5], width)
    mesh = face.mesh.copy()
    for rings, rim, rolled in zip((a.UPPER_LIP, a.LOWER_LIP), (upper, lower), _ROLLED, strict=True):
        length = np.hypot(*(rim - middle).T)
        ways = (rim - middle) / np.maximum(length, 1e-6)[:, None]
        found = _ends(inside, place, middle, ways, length.max() + _MOST * width)
        known = (found > 0) & (length > 0.02 * width)
        shift = _even(np.where(known, np.clip(found - length, 0, _MOST * width), 0))
        thick = np.hypot(*(mesh[list(rings[3]), :2] - rim).T)
        inset = np.minimum((_INSET + rolled * min(1.0, gap / 0.6)) * width, _SPARED * thick)
        shift += inset * np.minimum(1, length / (0.02 * width))
        for ring, share in zip(rings, _FOLLOW, strict=True):
            mesh[list(ring)[1:-1], :2] += (share * shift[:, None] * ways)[1:-1]
    return Face(mesh.astype(np.float32))


def _even(shift: NDArray[Any]) -> NDArray[Any]:
    """Shifts along a rim without outliers, and smooth."""
    padded = np.pad(shift, 2, mode="edge")
    middle = np.median(np.stack([padded[k : k + len(shift)] for k in range(5)]), axis=0)
    padded = np.pad(middle, 1, mode="edge")
    return np.asarray(0.25 * padded[:-2] + 0.5 * padded[1:-1] + 0.25 * padded[2:])


def _cut(pixels: Pixels, face: Face, centre: Points, width: float) -> tuple[NDArray[np.float32], Points]:
    """The inside of a parted mouth (`H W`, 0..1, in a crop), and the 2x3 transform from the picture to the crop."""
    import cv2

    scale, side = _WIDTH / width, 2 * _WIDTH
    place = np.concatenate([np.eye(2) * scale, (_WIDTH - centre * scale)[:, None]], axis=1)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    crop = cv2.warpAffine(pixels, place, (side, side), flags=how, borderMode=cv2.BORDER_REPLICATE)
    labels = np.full((side, side), cv2.GC_BGD, np.uint8)
    core = np.zeros((side, side), np.uint8)
    for ring, label, room in ((3, cv2.GC_PR_BGD, 6), (0, cv2.GC_PR_FGD, 0)):
        outline = np.concatenate([face.mesh[list(a.UPPER_LIP[ring]), :2], face.mesh[list(a.LOWER_LIP[ring])[::-1], :2]])
        core = np.zeros((side, side), np.uint8)
        cv2.fillPoly(core, [np.round(outline @ place[:, :2].T + place[:, 2]).astype(np.int32)], 1)
        labels[cv2.dilate(core, np.ones((3, 3), np.uint8), iterations=room) > 0] = label
    far = cv2.distanceTransform(core, cv2.DIST_L2, 3)
    labels[far > 0.5 * far.max()] = cv2.GC_FGD
    cv2.setRNGSeed(0)
    cv2.grabCut(crop, labels, None, np.zeros((1, 65)), np.zeros((1, 65)), 3, cv2.GC_INIT_WITH_MASK)
    inside = np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    inside = cv2.morphologyEx(inside, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    return inside.astype(np.float32), place


def _ends(inside: NDArray[np.float32], place: Points, starts: Points, ways: Points, reach: float) -> NDArray[Any]:
    """How far the inside goes from each start along its way, in the picture's pixels; 0: it is not inside."""
    import cv2

    far = np.linspace(0, reach, _SAMPLES)
    at = starts[:, None] + far[None, :, None] * ways[:, None]
    cells = (at @ place[:, :2].T + place[:, 2]).astype(np.float32)
    seen = cv2.remap(inside, cells[..., 0], cells[..., 1], cv2.INTER_LINEAR) > 0.5
    ends = np.where(seen.all(axis=1), _SAMPLES - 1, np.argmin(seen, axis=1))
    return np.asarray(np.where(seen[:, 0], far[ends], 0.0))
