"""The best frame of a video that is given as a picture, out of a dozen spread over it.

In the best frame all people are visible, large, sharp and frontal, with open eyes and a mouth that is not wide open.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dramatis.director.picture.visual import posture
from dramatis.media.face import Box, Face
from dramatis.media.still import Still
from dramatis.media.videos.video import spread_frames

_FRAMES = 12
_SIDE = 640  # pixels of the longer side of a scored frame
_PROMINENT = 0.3  # of the largest face's size
_SHUT, _OPEN = 0.03, 0.1  # opening of the eyes in distances between their corners
_WIDE = 0.4  # opening of the mouth
_CROP = 192  # pixels of a face whose sharpness is measured


@dataclass(frozen=True)
class _Mark:
    """The score of a frame: how many people, how large and sharp they are, and how well they pose (0 to 1)."""

    people: int
    size: float
    sharp: float
    held: float


def best_frame(path: str) -> tuple[Still, str]:
    """The frame, and a note that names it; raises `PictureError`."""
    frames = list(spread_frames(path, _FRAMES))
    boxes = _boxes([still for _, still in frames])
    marks = [_mark(still, boxes) for _, still in frames]
    most = _Mark(*(max(getattr(mark, name) for mark in marks) for name in ("people", "size", "sharp", "held")))
    best = max(range(len(frames)), key=lambda at: _worth(marks[at], most))
    seconds, still = frames[best]
    return still, f"{Path(path).name} is a video: its frame at {seconds:.1f} s is the picture."


def _worth(mark: _Mark, most: _Mark) -> float:
    if not mark.people:
        return 0.0
    return mark.people / most.people * mark.held * float(np.sqrt(mark.size / most.size * mark.sharp / max(most.sharp, 1e-6)))


def _boxes(stills: list[Still]) -> list[Box]:
    """Where faces are, in fractions of the picture: in the first of three frames that shows any; black ones are tried last."""
    from dramatis.media.faces.face_finding import find_faces

    tried = [_small(stills[at]) for at in sorted({0, len(stills) // 2, len(stills) - 1})]
    for small in sorted(tried, key=lambda still: -float(still.pixels.std())):
        faces = find_faces(small)
        largest = max((face.size for face in faces), default=0.0)
        wide, high = small.width, small.height
        boxes = [face.box for face in faces if face.size >= _PROMINENT * largest]
        if boxes:
            return [(x0 / wide, y0 / high, x1 / wide, y1 / high) for x0, y0, x1, y1 in boxes]
    return []


def _mark(still: Still, boxes: list[Box]) -> _Mark:
    from dramatis.media.faces.face_finding import faces_near

    small = _small(still)
    wide, high = small.width, small.height
    seen = faces_near(small, [(x0 * wide, y0 * high, x1 * wide, y1 * high) for x0, y0, x1, y1 in boxes])
    if not seen:
        return _Mark(0, 0.0, 0.0, 0.0)
    scale = still.width / small.width
    sharp = float(np.mean([_sharpness(still, face, scale) for face in seen]))
    return _Mark(len(seen), float(np.mean([face.size for face in seen])), sharp, float(np.mean([_held(face) for face in seen])))


def _small(still: Still) -> Still:
    import cv2

    scale = min(1.0, _SIDE / max(still.width, still.height))
    size = (max(1, round(still.width * scale)), max(1, round(still.height * scale)))
    return Still(np.asarray(cv2.resize(still.pixels, size, interpolation=cv2.INTER_AREA), np.uint8))


def _held(face: Face) -> float:
    """How well a face is posed for a portrait: frontal, eyes open, mouth not wide open."""
    held = posture(face)
    frontal = max(0.0, float(np.cos(held.yaw)) * float(np.cos(held.pitch))) ** 2
    eyes = float(np.clip((held.eyes - _SHUT) / (_OPEN - _SHUT), 0, 1))
    mouth = float(np.clip(held.mouth / _WIDE, 0, 1))
    return (0.2 + 0.8 * frontal) * (0.2 + 0.8 * eyes) * (1.0 - 0.6 * mouth)


def _sharpness(still: Still, face: Face, scale: float) -> float:
    """Mean strength of fine detail of a face at one size; `scale` is from the face's pixels to the picture's."""
    import cv2

    x0, y0, x1, y1 = (round(scale * value) for value in face.box)
    part = still.pixels[max(0, y0) : max(1, y1), max(0, x0) : max(1, x1)]
    if min(part.shape[:2]) < 2:
        return 0.0
    grey = cv2.cvtColor(cv2.resize(part, (_CROP, _CROP), interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    return float(np.abs(cv2.Laplacian(grey, cv2.CV_32F)).mean())
