"""Drift is found where it is, in its true size, and acting is none."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from dramatis.clock import Rate
from dramatis.evaluation.film.drift import colour_shift, ends, look_of, sharpness_ratio
from dramatis.media.still import Pixels


def film(shift: tuple[float, float, float] = (0, 0, 0), hand: int | None = None, blur: float = 0.0) -> list[Pixels]:
    """Frames of a room of coloured squares, its colours moved in CIELAB; a hand waves on every third frame if there is one."""
    draw = np.random.default_rng(3)
    squares = np.stack([draw.uniform(40, 70, (12, 12)), *draw.uniform(-20, 20, (2, 12, 12))], -1).astype(np.float32)
    lab = np.kron(squares, np.ones((16, 16, 1), np.float32)) + np.float32(shift)
    room: NDArray[np.float32] = np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), 0, 1)
    frames = [np.asarray(np.round(255 * room), np.uint8) for _ in range(12)]
    if hand is not None:
        for frame in frames[::3]:
            frame[hand : hand + 60, 30:90] = 250
    return [np.asarray(cv2.GaussianBlur(frame, (0, 0), blur), np.uint8) if blur else frame for frame in frames]


def test_colours_that_drift_are_found_in_their_true_size() -> None:
    first = look_of(film())
    for shift, expected in (((0, 0, 0), 0.0), ((0, 3, 4), 5.0), ((2, 0, 0), 2.0)):
        assert colour_shift(first, look_of(film(shift))) == pytest.approx(expected, abs=0.3)


def test_acting_is_no_drift() -> None:
    assert colour_shift(look_of(film(hand=20)), look_of(film(hand=110))) == pytest.approx(0, abs=0.3)
    assert colour_shift(look_of(film(hand=20)), look_of(film((0, 3, 4), hand=110))) == pytest.approx(5, abs=0.4)
    assert sharpness_ratio(look_of(film(hand=20)), look_of(film(hand=110))) == pytest.approx(1, abs=0.02)


def test_nothing_is_said_of_a_film_in_which_nothing_stands_still() -> None:
    draw = np.random.default_rng(0)
    noise = [np.kron(draw.integers(0, 255, (12, 12, 3)), np.ones((8, 8, 1))).astype(np.uint8) for _ in range(6)]
    assert colour_shift(look_of(noise), look_of(noise)) is None


def test_an_end_that_is_blurred_is_less_sharp() -> None:
    sharp = look_of(film())
    assert sharpness_ratio(sharp, look_of(film())) == pytest.approx(1)
    assert sharpness_ratio(sharp, look_of(film(blur=0.6))) < 0.8
    assert sharpness_ratio(look_of(film(blur=0.6)), sharp) > 1.25


def test_ends_are_ten_seconds_or_a_third_of_the_film() -> None:
    first, last = ends(720, Rate(12))
    assert (first[0], first[-1], last[0], last[-1]) == (0, 119, 600, 719)
    first, last = ends(90, Rate(12))
    assert (first[0], first[-1], last[0], last[-1]) == (0, 29, 60, 89)
    assert ends(2, Rate(12)) == ([0], [1])
