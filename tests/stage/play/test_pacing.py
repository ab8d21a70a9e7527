"""Closures, blinks and gestures of scripts that people watch, measured on the frames' own truth."""

from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np
import pytest

from dramatis.clock import Span
from dramatis.stage.play.pacing import NEAR, PREPARED, blink_times, held, phrase_ends, relaxed, stressed, timed
from dramatis.stage.play.script import Doing, Mood, Part, Person, Place, Script, Utterance

pytest.importorskip("skia", exc_type=ImportError)

from dramatis.stage.people.acting import perform
from dramatis.stage.people.head import head_of
from dramatis.stage.people.lip_shapes import lips_of

PERSON = Person("woman", "average", "light", "oval", "long", "black", "none", "none", "shirt", "red", 1)
# "Hello, Peter. My baby number...": quick bilabials as the synthesiser speaks them
LETTERS = (
    ("h", 60), ("ɛ", 70), ("l", 55), ("oʊ", 130), ("", 260), ("p", 55), ("iː", 110), ("t", 60), ("ɚ", 90), ("m", 48), ("aɪ", 120),
    ("b", 52), ("eɪ", 95), ("b", 50), ("i", 80), ("n", 50), ("ʌ", 70), ("m", 45), ("b", 45), ("ɚ", 120),
)  # fmt: skip


def spoken(start: float = 0.5) -> Utterance:
    phones, at = [], start
    for label, ms in LETTERS:
        phones.append((label, at, at + ms / 1000))
        at += ms / 1000
    return Utterance("", start, tuple(phones))


def closed_for(script: Script, burst: float) -> float:
    """Seconds of closed lips around the instant before a burst, from poses every 5 ms."""
    times = np.arange(0, script.seconds, 0.005)
    shut = np.array([lips_of(head_of(PERSON, pose)).opening < 0.012 for pose in perform(script, times)[0]])
    at, found = 0, 0.0
    for is_shut, run in groupby(shut):
        count = len(list(run))
        if is_shut and times[at] < burst and times[at] + 0.005 * count > burst - 0.06:
            found = max(found, min(burst, times[at] + 0.005 * count) - times[at])
        at += count
    return found


def test_lips_close_for_80_ms_before_every_burst() -> None:
    line = spoken()
    script = Script(3.0, Place("park"), (Part(PERSON, speech=(line,)),))
    follow = [label for label, _, _ in line.phones[1:]] + [""]
    bursts = [
        end for (label, _, end), after in zip(held(line.phones), follow, strict=True) if label in "pbm" and label and after != "b"
    ]
    assert min(closed_for(script, burst) for burst in bursts) < 0.08
    assert min(closed_for(timed(script), burst) for burst in bursts) >= 0.08


def test_closures_move_no_burst_by_a_frame_and_swallow_no_sound() -> None:
    line = spoken()
    longer = held(line.phones)
    assert [label for label, _, _ in longer] == [label for label, _, _ in line.phones]
    for (label, start, end), (_, before, after) in zip(longer, line.phones, strict=True):
        assert end - start >= 0.0299
        if label in {"p", "b", "m"}:
            assert start <= before
            assert abs(end - after) < 0.04
    assert all(one[2] <= two[1] + 1e-9 for one, two in pairwise(longer))


def test_blinks_fall_on_cuts_turns_and_ends_of_phrases() -> None:
    first, second = spoken(0.5), spoken(4.0)
    third = spoken(7.5)
    cuts = (3.4, 9.8, 14.0)
    parts = (Part(PERSON, speech=(first, third)), Part(PERSON, speech=(second,)))
    film = timed(Script(20.0, Place("park"), parts, seed=5), cuts)
    moments = [*cuts, *(end for line in (first, second, third) for end in phrase_ends(line)), 0.5, 4.0, 7.5]
    for part in film.parts:
        assert part.blinks
        assert min(np.diff(part.blinks)) > 1.0
        assert max(np.diff([0.0, *part.blinks, 20.0])) < 7.0
        near = [min(abs(at - moment) for moment in moments) <= NEAR for at in part.blinks]
        assert np.mean(near) >= 0.6


def test_eyes_are_shut_when_a_part_says_so_and_only_then() -> None:
    script = Script(6.0, Place("park"), (Part(PERSON, blinks=(2.0,)),))
    times = np.arange(0, 6, 0.04)
    shut = times[[pose.lids < 0.2 for pose in perform(script, times)[0]]]
    assert len(shut)
    assert np.abs(shut - 2.0).max() < 0.15


def test_a_longer_film_keeps_its_earlier_blinks() -> None:
    moments = (1.2, 3.0, 3.4, 9.0)
    assert blink_times(moments, 40.0, 3)[: len(blink_times(moments, 15.0, 3))] == blink_times(moments, 15.0, 3)


def test_people_who_hear_nothing_blink_now_and_then() -> None:
    assert 6 <= len(blink_times((), 30.0, 3)) <= 15


def test_a_gesture_begins_three_to_four_frames_before_its_stressed_syllable() -> None:
    line = spoken()
    loud = np.full(150, 0.4)
    stress = next(start for label, start, _ in line.phones if label == "iː")
    loud[round((stress - 0.5) * 50) : round((stress - 0.5) * 50) + 5] = 0.95
    line = replace(line, loudness=tuple(float(value) for value in loud))
    word = next(start for label, start, _ in line.phones if label == "p")
    wave = stressed(Doing("wave", Span(word - 0.1, 2.4)), (line,))
    assert word - wave.span.start == pytest.approx(PREPARED)
    assert 3 <= 25 * (word - wave.span.start) <= 4
    walk = Doing("walk in", Span(word - 0.1, 2.4))
    assert stressed(walk, (line,)) == walk
    silent = Doing("wave", Span(6.0, 7.0))
    assert stressed(silent, (line,)) == silent


def test_a_lasting_feeling_is_strong_only_while_its_owner_speaks() -> None:
    line = spoken(6.0)
    end = line.phones[-1][2]
    faces = relaxed((Mood("anger", Span(0.0, 12.0)), Mood("surprise", Span(12.0, 13.0))), (line,))
    assert {mood.what for mood in faces} == {"anger", "surprise"}
    strong = [(mood.span.start, mood.intensity) for mood in faces if mood.what == "anger"]
    assert [much > 0.5 for _, much in strong] == [True, False, True, False]
    assert strong[2][0] < 6.0 < end < strong[3][0] < end + 1.0
    assert relaxed((Mood("anger", Span(0.0, 2.0)),), (line,)) == (Mood("anger", Span(0.0, 2.0)),)


def test_two_people_seldom_blink_at_once() -> None:
    moments = [1.3 * at for at in range(40)]
    one = blink_times(moments, 52.0, 1)
    apart, alike = (blink_times(moments, 52.0, 2, others) for others in (one, ()))
    together = [sum(any(abs(at - other) < 0.2 for other in one) for at in two) for two in (apart, alike)]
    assert together[0] <= 2 < together[1]
    near = [min(abs(at - moment) for moment in moments) <= NEAR for at in apart]
    assert np.mean(near) >= 0.6
