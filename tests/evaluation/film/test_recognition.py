"""Gestures, feelings and camera moves are read off curves that are known."""

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.evaluation.film.recognition import FaceInFilm, actions_in, background_motion, emotion_in, moves_in
from dramatis.evaluation.film.tracking import FaceTrack
from dramatis.media.face import Face

RATE, FRAMES = Rate(10), 60
WHOLE = Span(0.0, 6.0)


def mesh() -> np.ndarray:
    """A flat face, 100 pixels between the outer corners of its eyes, seen from the front."""
    points = np.random.default_rng(0).uniform(-60, 60, (478, 3)).astype(np.float32) * (1, 1, 0)
    places = {
        33: (-50, 0), 263: (50, 0), 133: (-18, 0), 362: (18, 0), 66: (-18, -22), 296: (18, -22), 105: (-45, -25), 334: (45, -25),
        159: (-34, -6), 145: (-34, 6), 386: (34, -6), 374: (34, 6), 2: (0, 45), 61: (-28, 70), 291: (28, 70), 454: (70, 10),
        234: (-70, 10), 10: (0, -70),
    }  # fmt: skip
    for index, place in places.items():
        points[index, :2] = place
    return np.asarray(points + np.array([200, 200, 0]), np.float32)


def turned(yaw: np.ndarray, pitch: np.ndarray) -> np.ndarray:
    """The face turned by degrees, frame by frame."""
    base, frames = mesh() - np.array([200, 200, 0]), []
    for y, p in np.radians(np.stack([yaw, pitch], axis=1)):
        about_y = np.array([[np.cos(y), 0, -np.sin(y)], [0, 1, 0], [np.sin(y), 0, np.cos(y)]])
        about_x = np.array([[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]])
        frames.append(base @ (about_y @ about_x).T + np.array([200, 200, 0]))
    return np.asarray(frames, np.float32)


def watched(meshes: np.ndarray, camera: np.ndarray | None = None) -> FaceInFilm:
    return FaceInFilm(FaceTrack(RATE, meshes), Face(mesh()), np.zeros((FRAMES, 3)) if camera is None else camera)


def test_a_still_face_does_nothing() -> None:
    still = watched(np.repeat(mesh()[None], FRAMES, axis=0))
    assert (emotion_in(still, WHOLE), actions_in(still, WHOLE), moves_in(still, WHOLE)) == ("calm", set(), {"static"})


@pytest.mark.parametrize(
    ("points", "shift", "what"),
    [
        ((61, 291), -5.0, "excitement"),
        ((66, 296, 105, 334), 5.0, "anger"),
        ((66, 296, 105, 334), -5.0, "surprise"),
        ((105,), -8.0, "confusion"),
    ],
)
def test_feelings_are_told_apart(points: tuple[int, ...], shift: float, what: str) -> None:
    face = mesh()
    face[list(points), 1] += shift
    assert emotion_in(watched(np.repeat(face[None], FRAMES, axis=0)), WHOLE) == what


def test_swings_and_looks_are_told_apart() -> None:
    times, rest = np.arange(FRAMES) / 10, np.zeros(FRAMES)
    inside = (times >= 2) & (times <= 4)
    swing, held = 6 * np.sin(2 * np.pi * 1.35 * times) * inside, 10.0 * inside
    seen = {
        name: actions_in(watched(turned(yaw, pitch)), Span(2.0, 4.0))
        for name, yaw, pitch in (
            ("nod", rest, swing), ("shake head", swing, rest), ("look right", held, rest), ("look left", -held, rest),
            ("look down", rest, held), ("look up", rest, -held),
        )
    }  # fmt: skip
    assert all(name in found for name, found in seen.items()), seen
    assert "shake head" not in seen["nod"]
    assert "look left" not in seen["look right"]


@pytest.mark.parametrize(("zoom", "shift", "what"), [(1.004, 0, "push in"), (0.996, 0, "pull out"), (1.0, -1, "pan right")])
def test_the_camera_is_read_off_the_background(zoom: float, shift: int, what: str) -> None:
    import cv2

    noise = np.random.default_rng(1).integers(0, 255, (30, 40, 3)).astype(np.uint8)
    ground = cv2.resize(noise, (320, 240), interpolation=cv2.INTER_CUBIC)
    frames = []
    for number in range(FRAMES):
        size = zoom**number
        matrix = np.array([[size, 0, 160 * (1 - size) + number * shift], [0, size, 120 * (1 - size)]])
        frames.append(cv2.warpAffine(ground, matrix, (320, 240), borderMode=cv2.BORDER_REFLECT))
    motion = background_motion(frames, [None] * FRAMES)
    assert moves_in(watched(np.repeat(mesh()[None], FRAMES, axis=0), motion), WHOLE) == {what}
