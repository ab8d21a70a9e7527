"""The measures on curves whose answer is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.evaluation.film import measures
from dramatis.evaluation.film.brows import contrast
from dramatis.evaluation.film.voice_curves import HZ, gaussian

FPS = 25.0
Curve = NDArray[np.float64]


def syllables(seconds: float = 12.0, seed: int = 0) -> Curve:
    """A loudness like speech: smooth bumps at about four a second, 100 values a second."""
    noise = np.random.default_rng(seed).normal(size=round(seconds * HZ))
    bumps = gaussian(noise, 4.0)
    return np.clip(0.5 + 0.3 * bumps / bumps.std(), 0, None)


def mouth(loudness: Curve, late: float = 0.0, fps: float = FPS) -> Curve:
    """A mouth that follows a loudness `late` seconds after it, one value a frame."""
    times = np.arange(int(len(loudness) / HZ * fps)) / fps - late
    return np.interp(times, np.arange(len(loudness)) / HZ, loudness) * 0.3


@settings(max_examples=25, deadline=None)
@given(frames=st.integers(-6, 6), seed=st.integers(0, 50), fps=st.sampled_from([24.0, 25.0, 30.0, 48.0]))
def test_a_lag_of_some_frames_is_found(frames: int, seed: int, fps: float) -> None:
    loudness = syllables(seed=seed)
    found = measures.lag(mouth(loudness, frames / fps, fps), loudness, fps)
    assert found == pytest.approx(frames / fps, abs=0.008)


def test_a_lag_of_less_than_a_frame_is_found() -> None:
    loudness = syllables()
    assert measures.lag(mouth(loudness, 0.013), loudness, FPS) == pytest.approx(0.013, abs=0.004)


def test_a_mouth_that_is_lost_for_some_frames_still_has_its_lag() -> None:
    loudness = syllables()
    opening = mouth(loudness, 0.08)
    opening[40:50] = np.nan
    assert measures.lag(opening, loudness, FPS) == pytest.approx(0.08, abs=0.01)


def test_a_frozen_mouth_has_neither_lag_nor_correlation() -> None:
    loudness = syllables()
    frozen = 0.1 + np.random.default_rng(1).normal(size=300) * 1e-3
    assert abs(measures.correlation(frozen, loudness, FPS) or 0.0) < 0.2
    assert measures.lag(np.full(300, 0.1), loudness, FPS) is None


def test_the_mouth_of_another_voice_does_not_correlate() -> None:
    assert abs(measures.correlation(mouth(syllables(40, seed=3)), syllables(40, seed=4), FPS) or 0.0) < 0.25


def test_correlation_is_one_for_a_mouth_that_follows_and_falls_with_delay() -> None:
    loudness = syllables()
    assert measures.correlation(mouth(loudness), loudness, FPS) == pytest.approx(1.0, abs=0.01)
    assert (measures.correlation(mouth(loudness, 0.12), loudness, FPS) or 1.0) < 0.6


def test_without_speech_there_is_nothing_to_correlate() -> None:
    assert measures.correlation(mouth(syllables()), np.zeros(1200), FPS) is None


def test_closures_are_counted_where_the_lips_meet() -> None:
    opening = np.full(100, 0.3)
    opening[24:27] = 0.01
    spans = [Span(0.98, 1.06), Span(2.0, 2.1), Span(3.0, 3.08), Span(3.5, 3.6)]
    assert measures.closed(opening, spans, FPS) == 0.25
    assert measures.closed(opening, [], FPS) is None


def test_a_closure_two_frames_late_is_missed() -> None:
    opening = np.full(100, 0.3)
    opening[30:32] = 0.0
    assert measures.closed(opening, [Span(1.0, 1.08)], FPS) == 0.0


def test_a_mouth_that_is_never_open_is_no_reason_to_divide_by_zero() -> None:
    assert measures.closed(np.zeros(100), [Span(1.0, 1.1)], FPS) == 1.0


def test_silence_keeps_away_from_speech() -> None:
    speech = np.zeros(400, bool)
    speech[100:200] = True
    quiet = measures.quiet(speech, 100, FPS)
    times = np.arange(100) / FPS
    assert not quiet[(times > 0.86) & (times < 2.14)].any()
    assert quiet[(times < 0.83) | (times > 2.2)].all()


def test_what_comes_after_the_sound_is_silence() -> None:
    assert measures.quiet(np.ones(100, bool), 100, FPS)[35:].all()


def test_motion_is_a_share_of_the_largest_opening() -> None:
    opening = np.concatenate([np.tile([0.0, 0.4], 50), np.full(50, 0.02), np.full(50, 0.06)])
    silent = np.arange(200) >= 100
    assert measures.motion(opening, silent, measures.largest(opening)) == pytest.approx(0.05)
    assert measures.motion(opening, np.zeros(200, bool), 1.0) is None


def test_blinks_are_counted_and_long_closed_eyes_are_none() -> None:
    lids = np.full(1500, 0.32)
    for at in range(50, 1400, 100):
        lids[at : at + 4] = [0.2, 0.08, 0.06, 0.15]
    lids[1420:1460] = 0.05
    assert measures.blinks(lids, FPS) == pytest.approx(14.0)


def test_only_a_background_that_moves_is_seen() -> None:
    rng = np.random.default_rng(0)
    first = rng.integers(0, 255, (60, 80, 3), dtype=np.uint8)
    person = np.zeros((60, 80), bool)
    person[10:50, 20:60] = True
    talking = first.copy()
    talking[20:40, 30:50] = 0
    moving = np.roll(first, 1, axis=1)
    assert measures.background([first, talking], person) == 99.0
    assert measures.background([first, talking, moving], person) < 20


def test_nothing_to_compare_is_no_perfect_background() -> None:
    frame = np.zeros((4, 4, 3), np.uint8)
    with pytest.raises(ValueError, match="empty"):
        measures.psnr(frame, frame, np.zeros((4, 4), bool))


def test_a_brow_that_vanishes_in_a_blink_is_seen() -> None:
    lids, brow = np.full(250, 0.32), np.full(250, 60.0)
    for at in (60, 160):
        lids[at : at + 4] = [0.2, 0.08, 0.06, 0.15]
    brow[80:] += 10  # another light, another expression: each blink is compared with the frames around it
    assert measures.kept_in_blinks(brow, lids, FPS) == pytest.approx(1.0)
    brow[160:164] = 21
    assert measures.kept_in_blinks(brow, lids, FPS) == pytest.approx(0.3)
    assert measures.kept_in_blinks(brow / 20, lids, FPS) is None
    assert measures.kept_in_blinks(brow * (1 + 0.4 * (np.arange(250) // 3 % 2)), lids, FPS) is None  # off the face now and then
    assert measures.kept_in_blinks(brow, np.full(250, 0.32), FPS) is None
    assert measures.kept_in_blinks(brow, np.maximum(lids, 0.66 * 0.32), FPS) == pytest.approx(0.3)  # hardly seen in landmarks


def test_brows_are_measured_where_the_face_has_moved_to() -> None:
    first = np.random.default_rng(0).uniform(0, 400, (478, 3)).astype(np.float32)
    for x0, ends in (
        (60, ((70, 63, 105, 66, 107), (46, 53, 52, 65, 55))),
        (240, ((336, 296, 334, 293, 300), (285, 295, 282, 283, 276))),
    ):
        for y, points in zip((150, 165), ends, strict=True):
            first[list(points), 0], first[list(points), 1] = np.linspace(x0, x0 + 100, 5), y
    moved = first + np.array([7, 30, 0], np.float32)
    pixels = np.full((400, 400, 3), 200, np.uint8)
    pixels[180:195, 67:167] = 90
    dark, none = contrast(pixels, moved, first)
    assert dark == pytest.approx(110, abs=12)
    assert none == pytest.approx(0, abs=1)
