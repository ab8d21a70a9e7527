"""What the writer makes of claims: curves, cuts in pauses, actions on their words, locks."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Material, TextReport, Verdict, VisualReport, VoiceReport
from dramatis.director.rounds.chinese import in_chinese
from dramatis.director.rounds.minutes import minutes
from dramatis.director.writing.writer import written
from dramatis.story import Character, Claim, Conflict, Cue, Deliberation, Direction, Listening, Shot, Word
from dramatis.take import Limits

ADA, BOB = Character("Ada", "a.png"), Character("Bob", "b.png")


def material(seconds: float, *cast: Character, cannot: tuple[str, ...] = ()) -> Material:
    return Material("words", cast or (ADA,), seconds, (), (), Limits("any", "1", cannot=cannot))


def track(who: str, *phrases: tuple[float, float], words: tuple[tuple[str, float, float], ...] = ()) -> VoiceReport:
    return VoiceReport(
        who, phrases=tuple(Span(a, b) for a, b in phrases), words=tuple(Word(text, Span(a, b)) for text, a, b in words)
    )


def plan(given: Material, claims: tuple[Claim, ...], *tracks: VoiceReport, kept: tuple[Shot, ...] = ()) -> tuple[Shot, ...]:
    told = Deliberation(claims, agreed=tuple(range(len(claims))))
    return written(given, Verdict(AudioReport(tracks), VisualReport(), TextReport(), told), kept)


def emotion(what: str, start: float, end: float, intensity: float = 2 / 3, who: str | None = None) -> Claim:
    return Claim("text", 1, "emotion", what, who, Span(start, end), intensity)


def cues(shots: tuple[Shot, ...], kind: str) -> list[Cue]:
    return sorted({cue for shot in shots for cue in shot.direction.cues if cue.kind == kind}, key=lambda cue: cue.span)


def strength(cue: Cue, at: float) -> float:
    return cue.intensity * float(np.clip(min((at - cue.span.start) / cue.rise, (cue.span.end - at) / cue.fall), 0, 1))


def test_one_feeling_turns_into_the_next_without_a_gap() -> None:
    calm, anger = cues(plan(material(10), (emotion("calm", 0, 5), emotion("anger", 5, 10, 1.0))), "emotion")
    assert (calm.what, anger.what) == ("calm", "anger")
    assert calm.span.end - anger.span.start == pytest.approx(calm.fall) == pytest.approx(anger.rise)
    for at in (4.6, 5.0, 5.4):
        assert strength(replace(calm, rise=1, intensity=1), at) + strength(replace(anger, fall=1), at) == pytest.approx(
            1, abs=0.01
        )


def test_what_is_said_of_a_part_holds_there_and_the_rest_around_it() -> None:
    felt = cues(plan(material(12), (emotion("calm", 0, 12), emotion("surprise", 5, 7, 1.0))), "emotion")
    assert [cue.what for cue in felt] == ["calm", "surprise", "calm"]


def test_a_change_of_feeling_moves_into_the_pause_nearby() -> None:
    speech = track("Ada", (0.2, 5.3), (5.9, 10))
    _, anger = cues(plan(material(10), (emotion("calm", 0, 5.2), emotion("anger", 5.2, 10)), speech), "emotion")
    assert anger.span.start + anger.rise / 2 == pytest.approx(5.6)


def test_two_people_feel_what_is_theirs() -> None:
    claims = (emotion("calm", 0, 8), emotion("anger", 0, 8, who="Bob"))
    shots = plan(material(8, ADA, replace(BOB, portrait="a.png")), claims)
    assert {(cue.what, cue.who) for cue in cues(shots, "emotion") if cue.what == "calm"} >= {("calm", "Ada")}
    assert ("anger", "Bob") in {(cue.what, cue.who) for cue in cues(shots, "emotion")}


def test_an_action_lands_on_its_word() -> None:
    speech = track("Ada", (0.5, 4.0), words=(("Well,", 0.5, 0.9), ("Hello!", 2.0, 2.4), ("hello", 3.0, 3.3)))
    claim = Claim("text", 1, "action", "wave", "Ada", None, at="hello")
    (wave,) = cues(plan(material(6), (claim,), speech), "action")
    assert wave.span.start == pytest.approx(1.9)


def test_what_cannot_be_shown_stays_and_something_near_is_shown() -> None:
    claim = Claim("text", 1, "action", "wave", None, Span(1, 2.5))
    shown = cues(plan(material(6, cannot=("wave",)), (claim,)), "action")
    assert {cue.what for cue in shown} == {"wave", "nod"}
    assert {cue.what for cue in cues(plan(material(6), (claim,)), "action")} == {"wave"}


def test_what_nobody_wants_is_avoided_but_never_what_is_wished() -> None:
    claims = (Claim("text", 1, "action", "smile", None, Span(0, 3)), *(Claim("text", 1, "avoid", w) for w in ("smile", "nod")))
    assert plan(material(6), claims)[0].direction.avoid == "nod"


def test_a_long_film_is_cut_in_its_silences() -> None:
    phrases = [(start + 0.3, start + 3.7) for start in np.arange(0, 60, 4.0)]
    shots = plan(material(60), (), track("Ada", *phrases))
    assert 5 <= len(shots) <= 12
    for shot in shots[1:]:
        assert min(abs(shot.span.start - silence) for silence in np.arange(4, 60, 4.0)) < 0.3
    pushed = plan(material(60), (Claim("text", 1, "camera", "push in"),), track("Ada", *phrases))
    assert {cue.span for cue in cues(pushed, "camera")} == {Span(0, 60)}


@settings(max_examples=60, deadline=None)
@given(
    lengths=st.lists(st.tuples(st.floats(0.1, 0.6), st.floats(0.0, 0.8), st.booleans()), min_size=1, max_size=150),
    changes=st.lists(st.floats(0, 60), max_size=4),
)
def test_no_cut_lies_inside_a_word(lengths: list[tuple[float, float, bool]], changes: list[float]) -> None:
    tracks: dict[str, list[tuple[str, float, float]]] = {"Ada": [], "Bob": []}
    at = 0.2
    for length, gap, first in lengths:
        tracks["Ada" if first else "Bob"].append(("word", at, at + length))
        at += length + gap
    claims = tuple(emotion("anger", min(c, at), at) for c in changes)
    spoken = [track(who, *((a, b) for _, a, b in words), words=tuple(words)) for who, words in tracks.items()]
    shots = plan(material(at + 0.4, ADA, BOB), claims, *spoken)
    assert shots[0].span.start == 0
    assert shots[-1].span.end == at + 0.4
    for one, two in pairwise(shots):
        assert one.span.end == two.span.start
        assert not [word for words in tracks.values() for word in words if word[1] + 1e-3 < two.span.start < word[2] - 1e-3]


def test_listeners_and_segments_follow_the_voices() -> None:
    both = (ADA, replace(BOB, portrait="a.png"))
    ada = track("Ada", (0.5, 2.5), words=(("Good", 0.5, 1.0), ("evening.", 1.1, 2.4)))
    (shot,) = plan(material(6, *both), (), ada, track("Bob", (3.5, 5.0)))
    assert shot.speakers == ("Ada", "Bob")
    assert set(shot.listening) == {Listening("Bob", "Ada"), Listening("Ada", "Bob")}
    heard = [(segment.heard, segment.who, segment.text) for segment in shot.segments]
    assert heard[1] == ("speech", "Ada", "Good evening.")
    assert [(kind, who) for kind, who, _ in heard[2:]] == [("silence", None), ("speech", "Bob"), ("silence", None)]


# --- locks -------------------------------------------------------------------------------------------------------------------

SPOKEN = track("Ada", *((start + 0.3, start + 3.7) for start in np.arange(0, 40, 4.0)))


def test_what_is_locked_stays_when_the_film_is_planned_anew() -> None:
    first = plan(material(40), (emotion("calm", 0, 40), Claim("text", 1, "camera", "push in")), SPOKEN)
    held, part = replace(first[1], locked=True), replace(first[3], locked=("emotion", "words"))
    again = plan(
        material(40), (emotion("anger", 0, 40), Claim("text", 1, "camera", "pull out")), SPOKEN, kept=(first[0], held, part)
    )
    assert held in again
    kept = next(shot for shot in again if shot.span == part.span)
    assert {cue.what for cue in kept.direction.cues} == {"calm", "pull out"}
    assert kept.locked == ("emotion", "words")
    others = [shot for shot in again if shot.span not in (held.span, part.span)]
    assert {cue.what for shot in others for cue in shot.direction.cues} == {"anger", "pull out"}
    assert [two.span.start - one.span.end for one, two in pairwise(again)] == [0.0] * (len(again) - 1)


@settings(max_examples=60, deadline=None)
@given(edges=st.lists(st.floats(0, 40), min_size=2, max_size=8, unique=True), seed=st.integers(0, 99))
def test_locked_shots_stay_wherever_they_are(edges: list[float], seed: int) -> None:
    spans = [Span(a, b) for a, b in pairwise(sorted(round(edge, 3) for edge in edges)) if b - a > 0.05]
    chosen = [span for span in spans if np.random.default_rng([seed, round(span.start * 1000)]).random() < 0.6]
    held = tuple(Shot(span, "a.png", ("Ada",), Direction("mine"), locked=True) for span in chosen)
    again = plan(material(40), (emotion("anger", 10, 30),), SPOKEN, kept=held)
    assert set(held) <= set(again)
    assert (again[0].span.start, again[-1].span.end) == pytest.approx((0, 40), abs=1e-3)
    assert all(two.span.start == pytest.approx(one.span.end, abs=1e-3) for one, two in pairwise(again))


# --- the minutes -------------------------------------------------------------------------------------------------------------


def test_the_minutes_can_be_read_in_english_and_chinese() -> None:
    claims = (emotion("calm", 0, 5), Claim("audio", 1, "emotion", "anger", "Ada", Span(0, 5), 0.8, 0.7, "loud", contradicts=(0,)))
    told = Deliberation(claims, (Conflict((0, 1), "emotion", (0,), "the words come first"),), (0,), ())
    english, chinese = minutes(told), minutes(told, "zh")
    assert any("audio: Ada emotion anger" in line and "contradicts 1" in line and "loud" in line for line in english)
    assert any("声音专家：Ada 情绪：愤怒" in line and "反对 1" in line for line in chinese)
    assert "Conflict (1, 2) about emotion: kept 1. the words come first" in english
    assert "冲突 (1, 2)：情绪；保留 1。文字优先" in chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("distorted teeth", "牙齿变形"),
        ("a close-up shows no hands", "特写看不到手"),
        (
            "the voice sounds like anger: very aroused, neutral voice, 4.1 syllables a second",
            "声音听起来是愤怒：声音很激动、中性，每秒 4.1 个音节",
        ),
        ("even warm light; grey, black", "均匀偏暖的光线；灰，黑"),
        ("what a model wrote, as it is", "what a model wrote, as it is"),
    ],
)
def test_what_experts_say_is_read_in_chinese(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


# --- what lasts --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prompt", "looks", "settings", "lines"),
    [
        ("a woman on a beach", ("blond hair", "long hair", "red shirt", "glasses"), ("beach",),
         "a woman with long blond hair, round glasses, a red shirt\non a beach"),
        ("办公室里的男人", ("black hair", "blue hoodie", "beard"), ("office", "night"),
         "a man with black hair, a beard, a blue hoodie\nin an office\nat night"),
        ("a robot dances", (), (), "a robot"),
        ("she smiles", (), ("living room",), "a woman\nin a living room"),
    ],
)  # fmt: skip
def test_what_lasts_is_said_in_the_caption_language(
    prompt: str, looks: tuple[str, ...], settings: tuple[str, ...], lines: str
) -> None:
    claims = [Claim("text", 1, "look", what, "Ada") for what in looks] + [Claim("text", 1, "setting", what) for what in settings]
    given = replace(material(4, Character("Ada")), prompt=prompt)
    assert plan(given, tuple(claims))[0].direction.words == lines


def test_what_somebody_has_not_is_said_where_captions_say_it() -> None:
    looks = [Claim("text", 1, "look", "red hair", "Ada"), Claim("text", 1, "look", "light skin", "Ada")]
    denied = [Claim("text", 1, "avoid", what, "Ada") for what in ("glasses", "sadness")]
    given = replace(material(4, Character("Ada")), prompt="she has light skin and red hair, no glasses, and is not sad")
    assert plan(given, (*looks, *denied))[0].direction.words == "a woman with light skin, red hair, no glasses"


def test_words_of_which_nothing_was_understood_are_passed_on() -> None:
    assert plan(material(4), ())[0].direction.words == "words"
    assert plan(material(4), (emotion("calm", 0, 4),))[0].direction.words == ""
