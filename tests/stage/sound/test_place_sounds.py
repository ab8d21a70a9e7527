"""What is heard of a scene begins when it is seen, is soft, and goes on through cuts."""

import numpy as np
import pytest

pytest.importorskip("skia", reason="the stage draws with skia", exc_type=ImportError)

from dramatis.clock import Span
from dramatis.stage.places.physics import ball_at, ball_bounces, block_falls, stack_at
from dramatis.stage.play.script import Doing, Part, Person, Place, Script
from dramatis.stage.sound.place_sounds import RATE, place_sounds

CAT = Person("cat", "slim", "light", "round", "short", "black", "none", "none", "shirt", "red")


def script(weather: str = "clear", happening: str = "nothing", place: str = "park", *parts: Part) -> Script:
    return Script(8.0, Place(place, "day", weather, happening, 3), parts)


def onsets(sound: np.ndarray) -> list[float]:
    """When it becomes loud after 50 ms of quiet."""
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    return [
        float(loud[0]) / RATE,
        *(float(at) / RATE for at, gap in zip(loud[1:], np.diff(loud), strict=True) if gap > 0.05 * RATE),
    ]


def test_a_ball_is_heard_when_it_touches_the_ground() -> None:
    sound = place_sounds([(Span(0, 4), script(happening="bouncing ball"))], 4.0)
    assert sound is not None
    bounces = [at for at, _ in ball_bounces(3)]
    assert len(bounces) >= 3
    heard = onsets(sound)
    assert heard == pytest.approx(bounces[: len(heard)], abs=0.004)
    for at in bounces:  # lowest there
        assert ball_at(3, at)[1] > max(ball_at(3, at - 0.03)[1], ball_at(3, at + 0.03)[1])
    assert 0.1 < np.abs(sound).max() < 0.2


def test_blocks_are_heard_when_they_land() -> None:
    sound = place_sounds([(Span(0, 8), script(happening="toppling stack"))], 8.0)
    assert sound is not None
    assert onsets(sound)[0] == pytest.approx(block_falls(8.0)[0], abs=0.004)
    pushed = 0.35 * 8.0
    for number, at in enumerate(block_falls(8.0), 1):
        before, after = (stack_at(3, at - pushed + shift)[number].y for shift in (-0.02, 0.02))
        assert before < after - 0.01


def test_steps_are_heard_while_somebody_walks_in() -> None:
    cat = Part(CAT, doings=(Doing("walk in", Span(1.0, 3.0)),))
    sound = place_sounds([(Span(0, 4), script("clear", "nothing", "park", cat))], 4.0)
    assert sound is not None
    assert onsets(sound) == pytest.approx([1.5, 2.0, 2.5, 3.0], abs=0.004)


def test_rain_is_soft_goes_on_through_a_cut_and_is_dull_behind_a_window() -> None:
    rain = script("rain")
    sound = place_sounds([(Span(0, 2), rain), (Span(2, 4), rain)], 4.0)
    whole = place_sounds([(Span(0, 4), rain)], 4.0)
    assert sound is not None
    assert whole is not None
    assert np.allclose(sound[: round(1.9 * RATE)], whole[: round(1.9 * RATE)])
    assert np.allclose(sound[round(2.1 * RATE) : -RATE // 10], whole[round(2.1 * RATE) : -RATE // 10])
    assert np.sqrt((whole**2).mean()) == pytest.approx(0.012, rel=0.1)
    inside = place_sounds([(Span(0, 4), script("rain", place="kitchen"))], 4.0)
    assert inside is not None
    assert np.sqrt((inside**2).mean()) < 0.5 * np.sqrt((whole**2).mean())
    bright = [np.abs(np.diff(one)).mean() / np.abs(one).mean() for one in (whole, inside)]
    assert bright[1] < 0.5 * bright[0]


def test_a_quiet_scene_has_no_sounds() -> None:
    assert place_sounds([(Span(0, 2), script())], 2.0) is None
