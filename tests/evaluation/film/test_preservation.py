"""What a film loses of its picture is seen; what only moves, or is shown from nearer, is not."""

import cv2
import numpy as np
import pytest

from dramatis.evaluation.film.preservation import lost
from dramatis.media.face import Face
from dramatis.media.still import Pixels, Still

HEIGHT, WIDTH = 270, 480


def picture(seed: int = 3) -> Pixels:
    """Some discs before a soft background."""
    chance = np.random.default_rng(seed)
    pixels = cv2.resize(chance.integers(60, 200, (5, 8, 3)).astype(np.uint8), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    for _ in range(14):
        place = tuple(chance.integers((0, 0), (WIDTH, HEIGHT)).tolist())
        cv2.circle(pixels, place, int(chance.integers(6, 30)), chance.integers(0, 256, 3).tolist(), -1)
    cv2.circle(pixels, (WIDTH // 2, HEIGHT // 2), 40, (240, 240, 240), -1)
    return np.asarray(pixels, np.uint8)


def without_disc(pixels: Pixels) -> Pixels:
    painted = pixels.copy()
    cv2.circle(painted, (WIDTH // 2, HEIGHT // 2), 41, (60, 90, 60), -1)
    return painted


def moved(pixels: Pixels, x: float, y: float) -> Pixels:
    """The disc in the middle shifted by a few pixels, as a head moves."""
    frame = without_disc(pixels)
    cv2.circle(frame, (WIDTH // 2 + round(x), HEIGHT // 2 + round(y)), 41, (240, 240, 240), -1)
    return frame


def test_a_thing_that_is_painted_over_is_lost_by_its_thickness() -> None:
    pixels = picture()
    found = lost([without_disc(pixels)] * 3, Still(pixels), ())
    assert found == pytest.approx(2 * 41 / HEIGHT, abs=0.06)


def test_what_moves_to_and_fro_is_not_lost() -> None:
    pixels = picture()
    frames = [moved(pixels, x, y) for x, y in ((9, 2), (-8, 0), (3, 9), (-2, -9))]
    assert lost(frames, Still(pixels), ()) < 0.01


@pytest.mark.parametrize("zoom", [1.0, 1.13, 1.4])
@pytest.mark.parametrize("gone", [False, True])
def test_the_camera_may_be_anywhere(zoom: float, gone: bool) -> None:
    pixels = picture()
    shown = without_disc(pixels) if gone else pixels
    to_frame = np.array([[2 * zoom, 0, -0.4 * (zoom - 1) * WIDTH], [0, 2 * zoom, -0.7 * (zoom - 1) * HEIGHT]])
    frame = cv2.warpAffine(shown, to_frame, (2 * WIDTH, 2 * HEIGHT), flags=cv2.INTER_CUBIC)
    found = lost([np.asarray(frame, np.uint8)], Still(pixels), ())
    assert found > 0.2 if gone else found < 0.02


def test_a_mouth_may_close() -> None:
    pixels, mesh = picture(), np.zeros((478, 3), np.float32)
    ring = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146)
    angles = np.linspace(0, 2 * np.pi, len(ring), endpoint=False)
    mesh[list(ring), :2] = np.stack([WIDTH / 2 + 40 * np.cos(angles), HEIGHT / 2 + 40 * np.sin(angles)], axis=1)
    assert lost([without_disc(pixels)], Still(pixels), (Face(mesh),)) < 0.01
