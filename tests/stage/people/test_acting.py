"""Poses from scripts: random access, actions from rest to rest, emotions, lips, listeners."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.stage.play.script import ACTIONS, EMOTIONS, NATIVE, Doing, Mood, Part, Person, Place, Script, Utterance

pytest.importorskip("skia", exc_type=ImportError)

from dramatis.stage.people.acting import perform
from dramatis.stage.people.pose import Pose

PERSON = Person("woman", "average", "light", "oval", "long", "black", "none", "round", "shirt", "red", 1)
LINE = Utterance(
    "a", 0.4, (("m", 0.4, 0.5), ("ɑː", 0.5, 0.8), ("p", 0.8, 0.9), ("iː", 0.9, 1.2), ("b", 1.2, 1.3), ("oʊ", 1.3, 1.6))
)
KEEPS = {"take off glasses"}  # they stay off


def playing(*parts: Part, seconds: float = 3.0, seed: int = 4) -> Script:
    return Script(seconds, Place("park"), parts, seed=seed)


def numbers(pose: Pose) -> NDArray[np.float64]:
    """A pose as numbers, a hand that hangs far away."""
    hands = [value for hand in (pose.left_hand, pose.right_hand) for value in (hand or (0.0, 9.0))]
    face = [pose.smile, pose.purse, *pose.brows, pose.one_brow, pose.lids, pose.squint, *pose.gaze, pose.tears, pose.flush]
    body = [pose.yaw, pose.pitch, pose.roll, pose.turn, *pose.lean, pose.bow, pose.shrug, pose.seated, *pose.hair, *pose.waving]
    return np.array([*pose.mouth, *face, *body, *hands])


FULL = Part(
    PERSON, moods=(Mood("calm", Span(0, 1)), Mood("anger", Span(1, 3))), doings=(Doing("wave", Span(0.5, 2)),), speech=(LINE,)
)


def test_any_instant_stands_alone() -> None:
    times = np.linspace(0, 3, 31)
    whole = perform(playing(FULL), times)[0]
    for k in (20, 3, 11, 30):
        alone = perform(playing(FULL), times[k : k + 1])[0][0]
        np.testing.assert_array_equal(numbers(alone), numbers(whole[k]))


def test_the_seed_changes_idle_motion() -> None:
    times = np.linspace(0, 3, 31)
    first, second = (np.stack([numbers(pose) for pose in perform(playing(FULL, seed=seed), times)[0]]) for seed in (1, 2))
    assert np.abs(first - second).max() > 0.5


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_is_seen_and_goes_back_to_rest(action: str) -> None:
    times = np.linspace(0, 3, 61)
    still = np.stack([numbers(pose) for pose in perform(playing(Part(PERSON)), times)[0]])
    acted = np.stack(
        [numbers(pose) for pose in perform(playing(Part(PERSON, doings=(Doing(action, Span(0.6, 2.0)),))), times)[0]]
    )
    away = np.abs(acted - still).max(axis=1)
    if action != "walk in":
        assert away[times < 0.55].max() == 0
    assert away[(times > 0.9) & (times < 1.7)].max() > 0.3
    np.testing.assert_allclose(acted[-1], still[-1], atol=1e-6)


@pytest.mark.parametrize("action", ACTIONS)
def test_actions_do_not_jump(action: str) -> None:
    """Between two frames of a fast film nothing moves by leaps, but for the start of walking in from outside."""
    times = np.arange(0.0, 3.0, 0.01)
    poses = perform(playing(Part(PERSON, doings=(Doing(action, Span(0.6, 2.2)),))), times)[0]
    angles = np.array([[pose.yaw, pose.pitch, pose.roll, pose.bow] for pose in poses])
    assert np.abs(np.diff(angles, axis=0)).max() < 4.5
    for hands in ([pose.left_hand for pose in poses], [pose.right_hand for pose in poses]):
        shown = [np.subtract(a, b) for a, b in itertools.pairwise(hands) if a is not None and b is not None]
        assert not shown or np.abs(shown).max() < 0.2


@pytest.mark.parametrize(("left", "right"), [("turn left", "turn right")])
def test_left_and_right_are_those_of_the_picture(left: str, right: str) -> None:
    def yaw(action: str) -> float:
        return perform(playing(Part(PERSON, doings=(Doing(action, Span(0.5, 2.5)),))), np.array([1.5]))[0][0].yaw

    assert yaw(left) < -30
    assert yaw(right) > 30


def test_emotions_have_six_faces() -> None:
    times = np.array([2.0])
    faces = [
        numbers(perform(playing(Part(PERSON, moods=(Mood(word, Span(0, 3), 1.0),))), times)[0][0])[8:17] for word in EMOTIONS
    ]
    for k, first in enumerate(faces):
        for second in faces[k + 1 :]:
            assert np.abs(first - second).max() > 0.4


def test_intensity_is_seen() -> None:
    smiles = [
        perform(playing(Part(PERSON, moods=(Mood("excitement", Span(0, 3), i),))), np.array([2.0]))[0][0].smile
        for i in (1 / 3, 2 / 3, 1)
    ]
    assert smiles[0] + 0.15 < smiles[1] < smiles[2] - 0.15


def test_an_emotion_gives_way_within_four_tenths_of_a_second() -> None:
    moods = (Mood("sadness", Span(0, 1), 1.0), Mood("excitement", Span(1, 3), 1.0))
    smiles = [pose.smile for pose in perform(playing(Part(PERSON, moods=moods)), np.array([0.99, 1.2, 1.41]))[0]]
    assert smiles[0] < -0.7 < smiles[1] < 0.7 < smiles[2]


def test_lips_meet_on_p_b_m_and_are_shut_in_silence() -> None:
    times = np.array([0.1, 0.45, 0.65, 0.84, 1.24, 1.45, 2.4])
    mouths = np.stack([pose.mouth for pose in perform(playing(Part(PERSON, speech=(LINE,))), times)[0]])
    jaw, press = mouths[:, 0], mouths[:, 4]
    assert (press[[1, 3, 4]] > 0.95).all()
    assert (jaw[[0, 1, 3, 4, 6]] < 0.02).all()
    assert jaw[2] > 0.6
    assert mouths[[0, 6]].max() < 0.02


def test_who_speaks_louder_opens_the_mouth_wider() -> None:
    times = np.arange(0.4, 1.6, 0.02)
    openings = []
    for level in (0.55, 0.65, 0.75):
        spoken = replace(LINE, loudness=(level,) * 80)
        openings.append([pose.mouth[0] for pose in perform(playing(Part(PERSON, speech=(spoken,))), times)[0]])
    soft, middle, loud = np.mean(openings, axis=1)
    assert soft < 0.8 * middle
    assert middle < 0.8 * loud
    assert np.min(openings) < 0.02  # lips still meet


def test_listeners_look_at_who_speaks_and_speakers_do_not_close_their_lips_on_others_lines() -> None:
    pair = (Part(PERSON, x=0.25, speech=(LINE,)), Part(PERSON, x=0.75))
    speaker, listener = perform(playing(*pair), np.array([1.05]))
    assert listener[0].yaw < -8
    assert listener[0].gaze[0] < -0.25
    assert speaker[0].yaw > listener[0].yaw
    assert listener[0].mouth.max() == 0


def test_a_box_goes_from_hand_to_hand() -> None:
    give = Doing("hand over", Span(0.5, 2.5), to=1)
    giver, taker = perform(playing(Part(PERSON, x=0.25, doings=(give,)), Part(PERSON, x=0.75)), np.array([0.2, 1.2, 2.0, 2.8]))
    assert [pose.held for pose in giver] == [None, "box", None, None]
    assert [pose.held for pose in taker] == [None, None, "box", None]


def test_glasses_that_are_taken_off_stay_off() -> None:
    off = Doing("take off glasses", Span(0.5, 2.0))
    poses = perform(playing(Part(PERSON, doings=(off,))), np.array([0.4, 1.4, 2.6]))[0]
    assert [pose.glasses_on for pose in poses] == [True, False, False]


def test_everybody_blinks() -> None:
    lids = np.array([pose.lids for pose in perform(playing(Part(PERSON), seconds=12), np.arange(0, 12, 0.02))[0]])
    shut = np.flatnonzero(np.diff((lids < 0.3).astype(int)) == 1)
    assert 2 <= len(shut) <= 6


def test_hair_lags_behind_a_turn_and_comes_to_rest() -> None:
    turn = Part(PERSON, doings=(Doing("turn right", Span(0.5, 2.5)),))
    hair = np.array([pose.hair[0] for pose in perform(playing(turn), np.array([0.4, 0.66, 1.8]))[0]])
    assert hair[1] < -0.05
    assert abs(hair[0]) < 0.03
    assert abs(hair[2]) < 0.03


def test_the_native_repertoire_is_known() -> None:
    assert set(NATIVE.actions) <= set(ACTIONS)
