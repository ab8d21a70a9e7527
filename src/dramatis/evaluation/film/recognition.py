"""Detects emotions, gestures and camera moves in a finished film, independently of the plan.

Feelings by landmarks against the portrait's own, with the signs that the facial action coding system gives them (Ekman and
Friesen 1978: corners up for joy, brows together for anger, inner brows up for sadness, brows and lids up for surprise; one brow
for doubt); gestures by the head's angles; the camera by what the background does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Rate, Span
from dramatis.evaluation.film.tracking import Curve, FaceTrack
from dramatis.media.face import Face
from dramatis.media.still import Pixels

FEATURES = ("corners", "width", "inner brows", "outer brows", "lids", "one brow")
SIGNS: dict[str, tuple[float, ...]] = {
    "excitement": (1.0, 0.6, 0.2, 0.2, 0.0, 0.0),
    "sadness": (-0.7, 0.0, 0.9, 0.2, -0.5, 0.0),
    "surprise": (0.0, 0.0, 0.8, 1.0, 0.7, 0.0),
    "anger": (-0.4, 0.0, -1.0, -0.5, -0.2, 0.0),
    "confusion": (-0.3, 0.0, -0.1, 0.1, -0.1, 1.0),
}
"""Of each feeling but calm, on FEATURES."""
UNITS = (0.025, 0.04, 0.03, 0.03, 0.06, 0.03)
"""A change of each feature (over the eyes' distance) that is plainly seen."""
PLAIN = 0.55
"""Units of change below which a face is calm."""
_SWING, _TURN, _NOD = 1.6, 5.0, 4.0  # degrees
_MOVE = {"zoom": 0.03, "shift": 0.025}  # of the picture, over a move


@dataclass(frozen=True, eq=False)
class FaceInFilm:
    """One face over a film, its portrait, and how the background moved: `F 3` of zoom (log), right and down (of the width)."""

    face: FaceTrack
    portrait: Face
    camera: NDArray[np.float64]


def emotion_in(watched: FaceInFilm, span: Span) -> str:
    """The emotion that a face shows for most of a span."""
    inside = _inside(watched.face, span)
    change = np.nanmedian(_features(watched.face.mesh[inside]) - _features(watched.portrait.mesh[None]), axis=0) / UNITS
    scores = {what: float(change @ np.array(signs) / np.linalg.norm(signs)) for what, signs in SIGNS.items()}
    best = max(scores, key=lambda what: scores[what])
    return best if scores[best] >= PLAIN else "calm"


def actions_in(watched: FaceInFilm, span: Span) -> set[str]:
    """Head motion in a span, relative to its average."""
    face, inside = watched.face, _inside(watched.face, span)
    yaw, pitch, _ = (face.pose - np.nanmedian(face.pose, axis=0)).T
    found = {
        "nod": _swings(pitch[inside], face.rate) >= 2 and _swings(pitch[inside], face.rate) > _swings(yaw[inside], face.rate),
        "shake head": _swings(yaw[inside], face.rate) >= 2,
        "look left": _held(-yaw[inside]) > _TURN,
        "look right": _held(yaw[inside]) > _TURN,
        "look up": _held(-pitch[inside]) > _NOD,
        "look down": _held(pitch[inside]) > _NOD,
        "brow raise": _risen(face.brows, inside) > 0.03,
        "smile": _held(_features(face.mesh)[inside, 0] - _features(watched.portrait.mesh[None])[0, 0]) > 0.6 * UNITS[0],
        "lean in": _risen(face.size, inside) / float(np.nanmedian(face.size)) > 0.04,
        "blink": float(np.nanmin(face.lids[inside], initial=1.0)) < 0.5 * float(np.nanmedian(face.lids)),
    }
    return {what for what, seen in found.items() if seen}


def moves_in(watched: FaceInFilm, span: Span) -> set[str]:
    """Camera motion in a span."""
    inside = _inside(watched.face, span)
    if not inside.any():
        return set()
    zoom, right, down = watched.camera[inside].sum(axis=0)
    found = {
        "push in": zoom > _MOVE["zoom"],
        "pull out": zoom < -_MOVE["zoom"],
        "pan left": right > _MOVE["shift"],
        "pan right": right < -_MOVE["shift"],
        "tilt up": down > _MOVE["shift"],
        "tilt down": down < -_MOVE["shift"],
    }
    return {what for what, seen in found.items() if seen} or {"static"}


def background_motion(frames: Iterable[Pixels], faces: Iterable[tuple[float, float, float, float] | None]) -> NDArray[np.float64]:
    """`F 3`: how the background grew (log) and moved right and down since the frame before, in picture widths.

    `faces` is the box of a face in each frame: what is near or below it moves by itself. Corners are followed by the method of
    Lucas and Kanade, and a similarity is fitted with RANSAC.
    """
    import cv2

    moved: list[tuple[float, float, float]] = []
    before: NDArray[np.uint8] | None = None
    for pixels, box in zip(frames, faces, strict=False):
        now = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
        moved.append((0.0, 0.0, 0.0) if before is None else _moved(before, now, box))
        before = now
    return np.array(moved)


def _moved(
    before: NDArray[np.uint8], now: NDArray[np.uint8], box: tuple[float, float, float, float] | None
) -> tuple[float, float, float]:
    import cv2

    height, width = now.shape
    mask = np.full((height, width), 255, np.uint8)
    if box is not None and np.isfinite(box).all():
        room = 0.6 * (box[2] - box[0])
        mask[max(0, int(box[1] - room)) :, max(0, int(box[0] - room)) : max(0, int(box[2] + room))] = 0
    points = cv2.goodFeaturesToTrack(before, 150, 0.01, 5, mask=mask)
    if points is None or len(points) < 8:
        return 0.0, 0.0, 0.0
    there, found, _ = cv2.calcOpticalFlowPyrLK(before, now, points, None, winSize=(21, 21), maxLevel=3)
    kept = found[:, 0] == 1
    if kept.sum() < 8:
        return 0.0, 0.0, 0.0
    fit, _ = cv2.estimateAffinePartial2D(points[kept], there[kept], ransacReprojThreshold=0.5)
    if fit is None:
        return 0.0, 0.0, 0.0
    middle = np.array([width / 2, height / 2])
    right, down = (fit[:, :2] @ middle + fit[:, 2] - middle) / width
    return float(np.log(np.hypot(fit[0, 0], fit[1, 0]))), float(right), float(down)


def _features(mesh: NDArray[np.float32]) -> NDArray[np.float64]:
    """`F 6`: FEATURES over the eyes' distance, in the face's own upright."""
    flat = mesh[:, :, :2].astype(np.float64)
    across = flat[:, 263] - flat[:, 33]
    size = np.linalg.norm(mesh[:, 263].astype(np.float64) - mesh[:, 33], axis=1)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    down = np.stack([-across[:, 1], across[:, 0]], axis=1)

    def height(one: int, other: int) -> Curve:
        """How far `one` lies above `other`."""
        return np.asarray(((flat[:, other] - flat[:, one]) * down).sum(axis=1) / size, np.float64)

    corners = (height(61, 2) + height(291, 2)) / 2
    width = np.linalg.norm(flat[:, 291] - flat[:, 61], axis=1) / size
    inner = (height(66, 133) + height(296, 362)) / 2
    left, right = height(105, 33), height(334, 263)
    lids = (height(159, 145) + height(386, 374)) / 2
    return np.stack([corners, width, inner, (left + right) / 2, lids, np.abs(left - right)], axis=1)


def _inside(face: FaceTrack, span: Span) -> NDArray[np.bool_]:
    return np.asarray((face.times >= span.start) & (face.times <= span.end) & face.seen, np.bool_)


def _swings(angle: Curve, rate: Rate) -> int:
    """How often an angle swings by more than _SWING degrees from one side to the other within half a second."""
    if len(angle) < 3:
        return 0
    wide = max(3, rate.nearest(1.2) | 1)
    slow = np.convolve(np.pad(angle, wide // 2, mode="edge"), np.ones(wide) / wide, mode="valid")
    fast = angle - slow
    sides = [side for value in fast for side in [1 if value > _SWING / 2 else (-1 if value < -_SWING / 2 else 0)] if side]
    return sum(one != two for one, two in pairwise(sides))


def _held(values: Curve) -> float:
    """The level that is reached for a third of a span."""
    return float(np.nanpercentile(values, 67)) if len(values) else 0.0


def _risen(values: Curve, inside: NDArray[np.bool_]) -> float:
    """Rise of a value in a span above its usual level."""
    return float(np.nanpercentile(values[inside], 90) - np.nanmedian(values)) if inside.any() else 0.0
