"""Finds faces and people in a picture, offline, with MediaPipe's networks.

Detection runs over the whole picture and over overlapping tiles of it, smaller ones when nothing was found; the mesh is then
fitted to an enlarged crop of each face, which finds people that a mesh over the whole picture misses.
MediaPipe is imported on first use.
"""

import contextlib
import functools
import importlib.resources
import os
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.media.face import Box, Face
from dramatis.media.still import Matte, Pixels, Still

MOST_FACES = 12
_TILE_SURE = 0.75  # minimum score of a face in a tile
_TURNED = 0.05  # minimum gain of score when an upside-down face is turned upright
_TURNED_SURE = 0.8  # its minimum score then; animal faces score less, either way up
_CROP = 384  # pixels of the enlarged crop that the mesh is fitted to
_UNUSED = (
    "matplotlib", "matplotlib.pyplot", "mediapipe.tasks", "mediapipe.tasks.python",
    *(f"mediapipe.python.solutions.{name}" for name in ("drawing_styles", "drawing_utils", "holistic", "objectron", "pose")),
)  # fmt: skip
_PART = 0.15  # parts of a person are connected where the network gives at least this
_MATTE_SIDE = 1024  # longest side of a matte


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Discard what C and C++ libraries (MediaPipe's core, decoders) write to the terminal."""
    sys.stderr.flush()
    saved, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)


@functools.cache
def solutions() -> ModuleType:
    """MediaPipe's ready-made networks.

    On import MediaPipe loads all that it has, Matplotlib among it for one function that draws landmarks: four fifths of its time.
    Empty modules stand in for what is not used here meanwhile.
    """
    absent = {name: ModuleType(name) for name in _UNUSED if name not in sys.modules}
    sys.modules.update(absent)
    try:
        from mediapipe.python import solutions as networks
    finally:
        for name in absent:
            del sys.modules[name]
    return networks


def _overlap(a: Box, b: Box) -> float:
    """Shared area over the smaller box's area."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))


@contextlib.contextmanager
def _detectors() -> Iterator[tuple[Any, ...]]:
    """MediaPipe's two detectors, for far and for near faces; quietly."""
    network = solutions().face_detection.FaceDetection
    with (
        quiet(),
        network(model_selection=1, min_detection_confidence=0.4) as far,
        network(model_selection=0, min_detection_confidence=0.5) as near,
    ):
        yield far, near


def _detect(pixels: Pixels, nets: tuple[Any, ...]) -> list[tuple[float, Box]]:
    """Score and box of each detection, in pixels."""
    found = []
    height, width = pixels.shape[:2]
    for net in nets:
        for hit in net.process(pixels).detections or []:
            r = hit.location_data.relative_bounding_box
            x0, y0 = r.xmin * width, r.ymin * height
            found.append((float(hit.score[0]), (x0, y0, x0 + r.width * width, y0 + r.height * height)))
    return found


def _tiles(width: int, height: int, parts: int) -> list[tuple[int, int, int]]:
    """x, y, side of square tiles that overlap by half; the picture's longer side is `parts` of them."""
    side = max(width, height) // parts
    ways = [range(0, max(1, size - side // 2), max(1, side // 2)) for size in (width, height)]
    return [(x, y, side) for y in ways[1] for x in ways[0]]


def _candidates(pixels: Pixels, nets: tuple[Any, ...]) -> list[Box]:
    """Boxes of likely faces, most certain first, each face once."""
    hits = _detect(pixels, nets)
    height, width = pixels.shape[:2]
    for parts in (2, 3) if not hits else (2,):
        for x, y, side in _tiles(width, height, parts):
            tile = np.ascontiguousarray(pixels[y : y + side, x : x + side])
            hits += [(0.9 * s, (b[0] + x, b[1] + y, b[2] + x, b[3] + y)) for s, b in _detect(tile, nets) if s > _TILE_SURE]
    kept: list[Box] = []
    for _, box in sorted(hits, reverse=True):
        if all(_overlap(box, other) < 0.5 for other in kept):
            kept.append(box)
    return kept[:MOST_FACES]


def _crop(pixels: Pixels, box: Box, margin: float) -> tuple[Pixels, NDArray[np.float64]]:
    """A square crop around a box, `_CROP` pixels wide, and the 2x3 transform from the picture to it."""
    import cv2

    side = max(box[2] - box[0], box[3] - box[1]) * (1 + 2 * margin)
    x, y = (box[0] + box[2] - side) / 2, (box[1] + box[3] - side) / 2
    scale = _CROP / side
    to_crop = np.array([[scale, 0, -x * scale], [0, scale, -y * scale]])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.warpAffine(pixels, to_crop, (_CROP, _CROP), flags=how, borderMode=cv2.BORDER_REPLICATE), to_crop


def _mesh(pixels: Pixels, box: Box, least: float) -> Face | None:
    """The mesh of the face in a box, or None."""
    for margin in (0.5, 0.25, 1.0):
        crop, to_crop = _crop(pixels, box, margin)
        with solutions().face_mesh.FaceMesh(
            static_image_mode=True, max_num_faces=1, refine_landmarks=True, min_detection_confidence=least
        ) as net:
            result = net.process(crop).multi_face_landmarks
        if result:
            points = np.array([(p.x, p.y, p.z) for p in result[0].landmark]) * _CROP
            points[:, :2] = points[:, :2] - to_crop[:, 2]
            return Face((points / to_crop[0, 0]).astype(np.float32))
    return None


def _upside_down(pixels: Pixels, box: Box, nets: tuple[Any, ...]) -> bool:
    """Whether a face scores higher when the picture is rotated by 180 degrees; its mesh would be upside down."""
    crop, _ = _crop(pixels, box, 0.5)
    ways = (crop, np.ascontiguousarray(crop[::-1, ::-1]))
    upright, turned = (max((score for score, _ in _detect(way, nets)), default=0.0) for way in ways)
    return turned > max(upright + _TURNED, _TURNED_SURE)


def _turned(face: Face, pixels: Pixels) -> Face:
    """A face found in the picture rotated by 180 degrees, in coordinates of the picture."""
    height, width = pixels.shape[:2]
    return Face((face.mesh * (-1, -1, 1) + (width, height, 0)).astype(np.float32))


def _mesh_either_way(pixels: Pixels, box: Box, nets: tuple[Any, ...]) -> Face | None:
    """The mesh of the face in a box, upright or upside down, or None."""
    if not _upside_down(pixels, box, nets):
        return _mesh(pixels, box, 0.3)
    height, width = pixels.shape[:2]
    there = (width - box[2], height - box[3], width - box[0], height - box[1])
    face = _mesh(np.ascontiguousarray(pixels[::-1, ::-1]), there, 0.3)
    return face and _turned(face, pixels)


def _faces(pixels: Pixels, nets: tuple[Any, ...]) -> list[Face]:
    """Each face once."""
    faces: list[Face] = []
    for box in _candidates(pixels, nets):
        face = _mesh_either_way(pixels, box, nets)
        if face is not None and all(_overlap(face.box, other.box) < 0.5 for other in faces):
            faces.append(face)
    return faces


def find_faces(still: Still) -> tuple[Face, ...]:
    """All faces of a picture, left to right; upside-down faces are included, with their chins up."""
    pixels = still.pixels
    with _detectors() as nets:
        faces = _faces(pixels, nets)
        if not faces:
            turned = (_turned(face, pixels) for face in _faces(np.ascontiguousarray(pixels[::-1, ::-1]), nets))
            faces = [face for face in turned if _upside_down(pixels, face.box, nets)]
    return tuple(sorted(faces, key=lambda face: face.box[0] + face.box[2]))


def faces_near(still: Still, boxes: Sequence[Box]) -> tuple[Face, ...]:
    """The faces in or near boxes, such as those of another frame; much cheaper than a full search."""
    with quiet():
        found = [_mesh(still.pixels, box, 0.5) for box in boxes]
    return tuple(face for face in found if face is not None)


def face_in_box(still: Still, box: Box) -> Face:
    """The upright face in a box (chin to hairline, ear to ear) that the user gave: found with a lower threshold, else a
    typical one.

    The typical mesh is that of one of our example portraits, scaled to the box.
    """
    with quiet():
        found = _mesh(still.pixels, box, 0.05)
    if found is not None and not found.upside_down and _overlap(found.box, box) > 0.5:
        return found
    with importlib.resources.files("dramatis.media.faces").joinpath("typical_face.npy").open("rb") as file:
        typical = np.load(file)
    width, height = box[2] - box[0], box[3] - box[1]
    return Face((typical * (width, height, width) + (box[0], box[1], 0)).astype(np.float32))


def _person(pixels: Pixels, face: Face) -> NDArray[np.float32] | None:
    """Probability `H W` that a pixel belongs to the person of a face; None if it is no person (an animal, a doll)."""
    import cv2

    height, width = pixels.shape[:2]
    x0, y0, x1, y1 = face.box
    middle, size = (x0 + x1) / 2, max(x1 - x0, y1 - y0)
    left, right = int(max(0, middle - 2.1 * size)), int(min(width, middle + 2.1 * size))
    top, bottom = int(max(0, y0 - 1.0 * size)), int(min(height, y1 + 2.2 * size))
    crop = np.ascontiguousarray(pixels[top:bottom, left:right])
    with solutions().selfie_segmentation.SelfieSegmentation(model_selection=0) as net:
        mask = net.process(crop).segmentation_mask
    whole = np.zeros((height, width), np.float32)
    whole[top:bottom, left:right] = _in_one_piece(cv2.resize(mask, (right - left, bottom - top)), face, (left, top))
    inside = whole[int(max(0, y0)) : int(max(1, y1)), int(max(0, x0)) : int(max(1, x1))]
    return whole if inside.size and inside.mean() > 0.4 else None


def _in_one_piece(mask: NDArray[np.float32], face: Face, corner: tuple[int, int]) -> NDArray[np.float32]:
    """The mask without parts that are not connected to the face (foliage, corners, other people); its rim stays soft.

    `corner` is where the mask's first pixel lies in the picture of the face.
    """
    import cv2

    _, labels = cv2.connectedComponents((mask > _PART).astype(np.uint8))
    x0, y0, x1, y1 = (max(0, round(value - start)) for value, start in zip(face.box, corner * 2, strict=True))
    own = np.unique(labels[y0:y1, x0:x1])
    kept = np.isin(labels, own[own > 0]).astype(np.uint8)
    reach = 2 * max(1, round(0.03 * face.size)) + 1
    near = cv2.dilate(kept, np.ones((reach, reach), np.uint8))
    return np.asarray(mask * near, np.float32)


def person_mattes(still: Still, faces: tuple[Face, ...]) -> tuple[Matte | None, ...]:
    """For each face the matte of its person; where people touch, both include the seam, so that it is not visible.

    None if the network sees no person: an animal or a doll cannot be separated from its surroundings.
    """
    import cv2

    scale = min(1.0, _MATTE_SIDE / max(still.width, still.height))
    small = cv2.resize(still.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else still.pixels
    near = [Face(face.mesh * np.float32(scale)) for face in faces]
    with quiet():
        people = [_person(small, face) for face in near]
    grid_y, grid_x = np.mgrid[: small.shape[0], : small.shape[1]].astype(np.float32)
    far = []
    for face in near:
        x0, y0, x1, y1 = face.box
        across = (grid_x - (x0 + x1) / 2) / face.size
        down = (grid_y - (y0 + y1) / 2) / face.size
        far.append(np.hypot(across, np.where(down > 0, down * 0.35, down)))
    mattes: list[Matte | None] = []
    for index, person in enumerate(people):
        if person is None:
            mattes.append(None)
            continue
        others = [distance for k, distance in enumerate(far) if k != index]
        mine = np.clip(1.0 + 4 * (np.min(others, axis=0) - far[index]), 0, 1) if others else 1.0
        mattes.append(Matte(np.round(person * mine * 255).astype(np.uint8)))
    return tuple(mattes)
