"""Detects covers of a face: a cloth mask, a hand, a microphone. A covered mouth must not be opened.

Cloth and objects are detected by colour, at points of the mesh: a mask gives nose, lips, cheeks and chin one colour that is not
the skin's; an object gives lips and chin one colour and leaves the sides of the jaw free, which a beard does not. Hands are found
by MediaPipe's network. If uncertain, a mouth counts as free: one that stays closed without a reason is the worse error.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dramatis.media.face import Face
from dramatis.media.faces.face_finding import quiet, solutions
from dramatis.media.still import Matte, Pixels, Still

Covering = Literal["", "mask", "hand", "object"]
Map = NDArray[np.float32]
"""`H W`, 0..1."""

_MAP_SIDE = 1024  # longest side of a matte
_CROP = 300  # pixels of a face whose colours are compared
_LIGHTNESS = np.array([0.5, 1.0, 1.0], np.float32)  # weights of Lab in a distance
_SKIN = (6, 168, 122, 351, 9, 151, 107, 336, 110, 24, 23, 339, 253, 254, 118, 347, 119, 348, 117, 346)
_NOSE = (1, 4, 45, 275, 44, 274)
_UPPER_LIP, _LOWER_LIP = (0, 37, 267, 39, 269, 11, 72, 302), (17, 84, 314, 91, 321, 16, 85, 315)
_LIP_LINE = (13, 14, 82, 312, 87, 317)
_PHILTRUM = (164, 2, 97, 326, 167, 393)
_CHIN = (199, 200, 175, 18, 83, 313, 201, 421)
_CHEEKS = (205, 425, 207, 427, 187, 411, 214, 434, 212, 432, 206, 426)
_RING = (185, 40, 39, 37, 0, 267, 269, 270, 409, 375, 321, 405, 314, 17, 84, 181, 91, 146)
_SEEDS = (0, 13, 14, 17, 18, 37, 267, 84, 314)
_BELOW = (18, 83, 313, 200, 201, 421)
_JAW_SIDES = (172, 397, 136, 365, 58, 288, 215, 435, 138, 367)
_CLOTH, _OBJECT = 8.0, 13.0  # least distance from the skin
_REACHES = (0.8, 1.3)  # half sides of the crops for hand detection, in face sizes
_LEAST_HAND = 0.25  # of a face: smaller regions are ears
_FINGERS = ((0, 1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12), (13, 14, 15, 16), (17, 18, 19, 20))
_PALM = (0, 1, 5, 9, 13, 17)


@dataclass(frozen=True, eq=False)
class Cover:
    """The cover of a mouth (empty: none), and the matte of a rigid object in front of the face (None: none)."""

    mouth: Covering = ""
    front: Matte | None = None


def find_cover(still: Still, face: Face) -> Cover:
    """The cover of a human face in a picture (an animal's muzzle would look like cloth)."""
    import cv2

    scale = min(1.0, _MAP_SIDE / max(still.width, still.height))
    small = cv2.resize(still.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else still.pixels
    near = Face(face.mesh * np.float32(scale))
    front = _hands(small, near)
    mouth: Covering = "hand" if _at(front, near.mesh, _RING).mean() > 0.45 else ""
    lab, mesh, place = _lab(small, near)
    thing = None if mouth else _object(lab, mesh)
    if not mouth and _is_mask(lab, mesh):
        mouth = "mask"
    elif thing is not None:
        mouth, front = "object", np.maximum(front, cv2.warpAffine(thing, place, front.shape[::-1], flags=_BACK))
    return Cover(mouth, _matte(small, near, front))


_BACK = 1 | 16  # OpenCV's INTER_LINEAR, and WARP_INVERSE_MAP


def _at(values: NDArray[Any], mesh: NDArray[np.float32], points: tuple[int, ...]) -> NDArray[Any]:
    """Values of a picture at mesh points; points outside are clamped to its edge."""
    spots = np.clip(np.round(mesh[list(points), :2]).astype(int), 0, (values.shape[1] - 1, values.shape[0] - 1))
    return np.asarray(values[spots[:, 1], spots[:, 0]])


def _lab(pixels: Pixels, face: Face) -> tuple[Map, NDArray[np.float32], NDArray[np.float64]]:
    """A crop around a face as weighted Lab (`H W 3`), its mesh there, and the 2x3 transform from picture to crop."""
    import cv2

    from dramatis.media.pictures.colour import to_lab

    x0, y0, x1, y1 = face.box
    reach = 0.8 * face.size
    scale = min(1.0, _CROP / (2 * reach))
    corner = np.array([(x0 + x1) / 2 - reach, (y0 + y1) / 2 - reach])
    place = np.array([[scale, 0, -scale * corner[0]], [0, scale, -scale * corner[1]]])
    side = max(3, round(2 * reach * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    crop = cv2.warpAffine(pixels, place, (side, side), flags=how, borderMode=cv2.BORDER_REPLICATE)
    soft = cv2.GaussianBlur(crop, (0, 0), max(0.6, 0.01 * face.size * scale))
    lab = to_lab(soft) * _LIGHTNESS
    mesh = face.mesh[:, :2] * scale + place[:, 2]
    return lab, mesh.astype(np.float32), place


def _is_mask(lab: Map, mesh: NDArray[np.float32]) -> bool:
    """Whether nose, cheeks, lips and chin have one colour that is not the skin's, without visible lips."""
    parts = (_NOSE, _PHILTRUM, _UPPER_LIP, _LOWER_LIP, _CHIN, _CHEEKS)
    skin = np.median(_at(lab, mesh, _SKIN), axis=0)
    lower = np.median(_at(lab, mesh, (*_PHILTRUM, *_UPPER_LIP, *_LOWER_LIP, *_CHIN, *_CHEEKS, *_LIP_LINE)), axis=0)
    around = np.median(_at(lab, mesh, (*_PHILTRUM, *_CHIN, *_CHEEKS)), axis=0)
    far = float(np.linalg.norm(lower - skin))
    least = min(float(np.linalg.norm(np.median(_at(lab, mesh, part), axis=0) - skin)) for part in parts)
    lips = max(
        float(np.linalg.norm(np.median(_at(lab, mesh, part), axis=0) - around)) for part in (_LIP_LINE, _UPPER_LIP, _LOWER_LIP)
    )
    return far > _CLOTH and least > 0.6 * _CLOTH and lips < min(3.5, 0.2 * far)


def _object(lab: Map, mesh: NDArray[np.float32]) -> Map | None:
    """The region (`H W`) of an object of one colour over lips and chin, or None."""
    import cv2

    skin, seed = (np.median(_at(lab, mesh, part), axis=0) for part in (_SKIN, _SEEDS))
    far = float(np.linalg.norm(seed - skin))
    near = (np.linalg.norm(lab - seed, axis=2) < 0.45 * far).astype(np.uint8) * _reachable(mesh, lab.shape[:2])
    _, labels = cv2.connectedComponents(near)
    hit = _at(labels, mesh, _SEEDS)
    if far < _OBJECT or not hit.any():
        return None
    piece = (labels == np.bincount(hit[hit > 0]).argmax()).astype(np.uint8)
    lips, chin, sides = (_at(piece, mesh, part).mean() for part in (_RING, _BELOW, _JAW_SIDES))
    if lips < 0.65 or chin < 0.8 or sides > 0.45:
        return None
    reach = 2 * max(1, round(0.03 * float(np.ptp(mesh, axis=0).max()))) + 1
    return cv2.morphologyEx(piece, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)).astype(np.float32)


def _reachable(mesh: NDArray[np.float32], shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """The lower face, and a strip below the chin for a handle; excludes hair and background of the same colour."""
    import cv2

    allowed = np.zeros(shape, np.uint8)
    down = mesh[152] - mesh[10]
    lower = mesh[(mesh - mesh[195]) @ down > 0]
    cv2.fillConvexPoly(allowed, cv2.convexHull(np.round(lower).astype(np.int32)), 1)
    start, width = (mesh[17] + mesh[152]) / 2, 0.5 * float(np.hypot(*down))
    ends = np.round([start, [start[0], start[1] + 1.2 * width]]).astype(int)
    cv2.line(allowed, tuple(ends[0].tolist()), tuple(ends[1].tolist()), 1, max(1, round(width)))
    return allowed


def _hands(pixels: Pixels, face: Face) -> Map:
    """The region of hands that touch a face; zeros: none. An arm comes from outside of the face; without one it is an eye."""
    import cv2

    found = np.zeros(pixels.shape[:2], np.float32)
    outline = cv2.convexHull(np.round(face.mesh[:, :2]).astype(np.int32))
    x0, y0, x1, y1 = face.box
    middle = np.array([x0 + x1, y0 + y1]) / 2
    with quiet(), solutions().hands.Hands(static_image_mode=True, max_num_hands=4, min_detection_confidence=0.5) as net:
        for reach in _REACHES:
            scale = 192 / (reach * face.size)
            place = np.concatenate([np.eye(2) * scale, (192 - middle * scale)[:, None]], axis=1)
            crop = cv2.warpAffine(pixels, place, (384, 384), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
            for hand in net.process(crop).multi_hand_landmarks or []:
                points = (np.array([(p.x, p.y) for p in hand.landmark]) * 384 - place[:, 2]) / scale
                from_outside = cv2.pointPolygonTest(outline, tuple(_arm(points).tolist()), False) < 0
                if from_outside and np.hypot(*np.ptp(points, axis=0)) > _LEAST_HAND * face.size:
                    _draw_hand(found, points)
    oval = np.zeros(found.shape, np.uint8)
    cv2.fillConvexPoly(oval, outline, 1)
    oval = cv2.dilate(oval, np.ones((3, 3), np.uint8), iterations=max(1, round(0.05 * face.size)))
    return found if (found * oval).sum() > 0.01 * oval.sum() else np.zeros_like(found)


def _draw_hand(target: Map, points: NDArray[np.float64]) -> None:
    """Fill the shape of a hand from its 21 points (in place): fingers, palm, and a part of the forearm."""
    import cv2

    palm = float(np.linalg.norm(points[9] - points[0]) + np.linalg.norm(points[17] - points[5])) / 1.7
    thick = max(1, round(0.24 * palm))
    spots = np.round(points).astype(np.int32)
    cv2.fillConvexPoly(target, cv2.convexHull(spots[list(_PALM)]), (1.0,))
    for bone in (*_FINGERS, (*_PALM, 0)):
        cv2.polylines(target, [spots[list(bone)]], False, (1.0,), thick)
    arm = np.round(_arm(points)).astype(int)
    cv2.line(target, tuple(spots[0].tolist()), tuple(arm.tolist()), (1.0,), max(1, round(0.6 * palm)))


def _arm(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where a part of the forearm ends, from a hand's 21 points."""
    return np.asarray(points[0] + 0.7 * (points[0] - points[[5, 9, 13, 17]].mean(axis=0)), np.float64)


def _matte(pixels: Pixels, face: Face, front: Map) -> Matte | None:
    """The matte of a rough map, refined to the picture's edges (guided filter, He et al. 2010); None for an empty one."""
    import cv2

    if not front.any():
        return None
    fine = cv2.ximgproc.guidedFilter(pixels, front, max(2, round(0.02 * face.size)), 30.0)
    return Matte(np.round(np.clip((fine - 0.2) / 0.6, 0, 1) * 255).astype(np.uint8))
