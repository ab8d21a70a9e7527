"""Acting and camera: functions of the film's clock that obey what they promise."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dramatis.clock import Rate, Span
from dramatis.engines.portrait.drawing.view import CameraWindow
from dramatis.engines.portrait.geometry.channels import CHANNEL
from dramatis.engines.portrait.motion.animation import CANNOT, animate
from dramatis.engines.portrait.motion.camera import views
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound, resample
from dramatis.story import ACTIONS, CAMERAS, EMOTIONS, Canvas, Cue, Direction
from dramatis.take import Role, Take

CANVAS = Canvas(1280, 720, Rate(25))
FACE = (560.0, 200.0, 720.0, 400.0)
MOUTH = ["jaw", "pucker", "funnel", "upper", "lower", "tongue"]


@pytest.fixture(scope="module")
def voice() -> Waveform:
    example = Path(__file__).parents[3] / "examples" / "mira.flac"
    return resample(read_sound(str(example)), 16000, mono=True)


def _take(span: Span, cast: tuple[Role, ...], cues: tuple[Cue, ...] = (), seed: int = 3) -> Take:
    return Take(CANVAS, span, cast, direction=Direction(cues=cues), seed=seed)


def _column(poses: np.ndarray, *names: str) -> np.ndarray:
    return poses[:, [CHANNEL[name] for name in names]]


def test_a_performance_does_not_depend_on_where_takes_are_cut(voice: Waveform) -> None:
    cast = (Role("Mira", voice=voice),)
    cues = (Cue("emotion", "excitement", Span(0, 6)), Cue("action", "nod", Span(2, 4)))
    whole = animate(_take(Span(0, 6), cast, cues), 0)
    late = animate(_take(Span(3.2, 6), cast, cues), 0)
    np.testing.assert_allclose(whole[80:], late, atol=1e-6)


def test_only_who_has_a_voice_moves_its_mouth(voice: Waveform) -> None:
    cast = (Role("Mira", voice=voice), Role("Tom"))
    take = _take(Span(0, 8), cast)
    assert _column(animate(take, 0), *MOUTH).max() > 0.3
    assert _column(animate(take, 1), *MOUTH).max() == 0


def test_another_seed_is_another_performance_of_the_same_words(voice: Waveform) -> None:
    cast = (Role("Mira", voice=voice),)
    one, two = (animate(_take(Span(0, 4), cast, seed=seed), 0) for seed in (1, 2))
    np.testing.assert_allclose(_column(one, *MOUTH), _column(two, *MOUTH))
    assert np.abs(_column(one, "yaw") - _column(two, "yaw")).max() > 0.005


def test_people_blink_twelve_to_twenty_times_a_minute() -> None:
    shut = [_column(animate(_take(Span(0, 120), (Role(name),)), 0), "lid_l")[:, 0] > 0.8 for name in ("A", "B", "C", "D")]
    blinks = np.mean([np.sum(~track[:-1] & track[1:]) for track in shut]) / 2
    assert 12 <= blinks <= 20


def test_both_eyes_close_fully_and_together_whatever_else_lids_do() -> None:
    cues = (
        Cue("action", "look down", Span(0, 15)),
        Cue("emotion", "surprise", Span(15, 30)),
        Cue("emotion", "sadness", Span(30, 45)),
    )
    lids = _column(animate(_take(Span(0, 45), (Role("A"),), cues), 0), "lid_l", "lid_r")
    assert np.array_equal(lids[:, 0], lids[:, 1])
    shut = np.flatnonzero(np.diff(np.concatenate([[0], lids[:, 0] > 0.8]).astype(int)) == 1)
    assert len(shut) >= 6
    assert all(lids[start : start + 5, 0].max() > 0.999 for start in shut)


@pytest.mark.parametrize("emotion", EMOTIONS)
def test_every_emotion_shows_in_its_span_and_goes_again(emotion: str) -> None:
    plain = animate(_take(Span(0, 12), (Role("A"),)), 0)
    felt = animate(_take(Span(0, 12), (Role("A"),), (Cue("emotion", emotion, Span(4, 8), intensity=1.0),)), 0)
    change = np.abs(felt - plain)[
        :, [k for name, k in CHANNEL.items() if name.startswith(("smile", "frown", "brow", "squint"))]
    ].sum(axis=1)
    assert change[140:160].mean() > 0.05
    assert change[:85].max() < 1e-6
    assert change[230:].max() < 1e-6


def test_one_feeling_hands_over_to_the_next() -> None:
    """Where one falls as the other rises, what both share stays."""
    whole = (Cue("emotion", "anger", Span(0, 10), intensity=1.0, rise=0.0, fall=0.0),)
    halves = (
        Cue("emotion", "anger", Span(0, 6), intensity=1.0, rise=0.0, fall=2.0),
        Cue("emotion", "anger", Span(4, 10), intensity=1.0, rise=2.0, fall=0.0),
    )
    one, two = (animate(_take(Span(0, 10), (Role("A"),), cues), 0) for cues in (whole, halves))
    np.testing.assert_allclose(one, two, atol=1e-5)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(CAMERAS), st.floats(0, 8), st.floats(0.1, 8), st.floats(0.05, 1)), max_size=5),
    st.tuples(st.floats(0, 600), st.floats(0, 300), st.floats(20, 600), st.floats(20, 400)),
)
def test_the_camera_never_looks_past_the_edge_nor_away_from_a_face(
    moves: list[tuple[str, float, float, float]], face: tuple[float, float, float, float]
) -> None:
    cues = tuple(Cue("camera", what, Span(start, start + long), intensity=much) for what, start, long, much in moves)
    kept = (face[0], face[1], face[0] + face[2], face[1] + face[3])
    for view in views(CANVAS, np.linspace(0, 10, 60), cues, kept, 0):
        assert view.zoom >= 1 - 1e-9
        assert -1e-6 <= view.x <= 1280 - 1280 / view.zoom + 1e-6
        assert -1e-6 <= view.y <= 720 - 720 / view.zoom + 1e-6
        assert view.x <= kept[0] + 1e-6
        assert kept[2] <= view.x + 1280 / view.zoom + 1e-6
        assert view.y <= kept[1] + 1e-6
        assert kept[3] <= view.y + 720 / view.zoom + 1e-6


def test_a_static_camera_shows_the_whole_canvas() -> None:
    cues = (Cue("camera", "static", Span(0, 2)),)
    assert views(CANVAS, np.linspace(0, 2, 5), cues, (600, 300, 700, 400), 0) == [CameraWindow()] * 5


def test_a_push_in_comes_closer_and_a_pan_moves() -> None:
    times = np.linspace(0, 4, 9)
    closer = views(CANVAS, times, (Cue("camera", "push in", Span(0, 4)),), FACE, 0)
    assert closer[-1].zoom > closer[4].zoom > closer[0].zoom == 1
    panned = views(CANVAS, times, (Cue("camera", "pan right", Span(0, 4)),), FACE, 0)
    assert panned[-1].x > panned[0].x + 40


@pytest.mark.parametrize("action", [action for action in ACTIONS if action not in CANNOT])
def test_every_action_moves_something_in_its_span_only(action: str) -> None:
    plain = animate(_take(Span(0, 8), (Role("A"),)), 0)
    acted = animate(_take(Span(0, 8), (Role("A"),), (Cue("action", action, Span(2, 5)),)), 0)
    change = np.abs(acted - plain).sum(axis=1)
    assert change.max() > 0.03
    assert change[:48].max() < 1e-6
    assert change[160:].max() < 1e-6
