"""Shots of a camera that frames people as it likes: what an editor would notice."""

from dataclasses import replace
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Material, PersonReport, PictureReport, Verdict, VisualReport, VoiceReport
from dramatis.director.rounds.dialogue import deliberate
from dramatis.director.text.expert import read
from dramatis.director.writing.writer import written
from dramatis.evaluation.director.dialogues import dialogue
from dramatis.evaluation.director.shot_figures import shot_figures
from dramatis.stage.play.script import WHOLE
from dramatis.story import FRAMINGS, Character, Cue, Shot, Word
from dramatis.take import Limits

FREE = Limits("any", "1", framings=FRAMINGS)
DRAWN = replace(FREE, draws=replace(WHOLE.attributes, framings=FRAMINGS))


def plan(
    audio: AudioReport, prompt: str = "", seconds: float = 30.0, seed: int = 0, limits: Limits = FREE, kept: tuple[Shot, ...] = ()
) -> tuple[Shot, ...]:
    cast = tuple(Character(track.who) for track in audio.tracks)
    material = Material(prompt, cast, seconds, (), (), limits, seed)
    text = read(material, audio, VisualReport())
    told = deliberate(material, audio, VisualReport(), text)
    return written(material, Verdict(audio, VisualReport(), text, told), kept)


def alone(seconds: float = 30.0) -> AudioReport:
    """One speaker with a pause each three seconds."""
    phrases = tuple(Span(at + 0.3, at + 2.8) for at in range(0, int(seconds) - 1, 3))
    return AudioReport((VoiceReport("Ada", phrases=phrases),))


def framed(shot: Shot) -> tuple[str, tuple[str, ...]]:
    return shot.framing, shot.focus or shot.cast


def cues(shots: tuple[Shot, ...], what: str) -> list[tuple[Shot, Cue]]:
    return [(shot, cue) for shot in shots for cue in shot.direction.cues if cue.what == what]


@pytest.mark.parametrize("number", [0, 7, 9])
def test_a_dialogue_is_cut_as_an_editor_would(number: int) -> None:
    audio = dialogue(number)
    shots = plan(audio, seconds=60.0)
    found = shot_figures(shots, audio)
    assert (found.same, found.reversed, found.inside) == (0, 0, 0)
    assert found.visible >= 0.9
    assert 0.05 <= found.reactions <= 0.15
    assert 2.5 <= median(found.lengths) <= 5.0
    assert min(found.lengths) >= 1.0
    assert not any(one.focus == two.focus and len(one.focus) == 1 for one, two in pairwise(shots))
    assert framed(shots[0]) == ("full", shots[0].cast)
    assert {shot.framing for shot in shots} >= {"full", "medium close-up"}
    reasons = [shot.why[0].claim for shot in shots]
    assert any(reason.startswith("reaction shot: ") and " to " in reason for reason in reasons)


def test_each_scene_begins_with_an_establishing_shot_at_its_place() -> None:
    audio, prompt = dialogue(7), "First in a kitchen, then on a beach."
    shots = plan(audio, prompt, 60.0, limits=DRAWN)
    words = [shot.direction.words.splitlines()[-1] for shot in shots]
    number = words.index("on a beach")
    assert set(words[:number]) == {"in a kitchen"}
    assert set(words[number:]) == {"on a beach"}
    assert [framed(shots[at]) for at in (0, number)] == [("full", shots[0].cast)] * 2
    assert 25.0 <= shots[number].span.start <= 35.0
    uncut = plan(audio, f"{prompt} One take, no cuts.", 60.0, limits=DRAWN)
    assert [shot.direction.words.splitlines()[-1] for shot in uncut] == ["in a kitchen", "on a beach"]


def test_the_same_seed_cuts_the_same_and_another_one_differently() -> None:
    audio = dialogue(0, 30.0)
    assert plan(audio, seed=1) == plan(audio, seed=1)
    assert len({plan(audio, seed=seed) for seed in range(3)}) > 1


def test_somebody_alone_is_cut_too_and_comes_closer_where_it_matters() -> None:
    shots = plan(alone(), "First calm, at the end she is furious.")
    assert len(shots) >= 4
    assert shots[0].framing == "medium"
    assert all(one.framing != two.framing for one, two in pairwise(shots))
    assert "close-up" in {shot.framing for shot in shots if shot.span.start > 20}


def test_a_short_film_is_one_shot_that_shows_what_is_done() -> None:
    (shot,) = plan(dialogue(0, 9.0), seconds=9.0)
    assert shot.framing == ""
    assert plan(dialogue(0, 9.0), "Ada dances.", seconds=9.0)[0].framing == "full"


@pytest.mark.parametrize(
    ("prompt", "framings"),
    [("Close-up.", {"close-up"}), ("A wide shot.", {"wide"}), ("特写", {"close-up"}), ("A close-up, in the rain", {"close-up"})],
)
def test_a_framing_that_the_words_ask_for_holds(prompt: str, framings: set[str]) -> None:
    shots = plan(dialogue(1, 30.0), prompt)
    assert {shot.framing for shot in shots} == framings
    assert all(framed(one) != framed(two) for one, two in pairwise(shots))


def test_framings_are_asked_for_one_after_the_other_and_of_one_person() -> None:
    shots = plan(dialogue(1, 30.0), "First a wide shot, then close-ups.")
    assert [shot.framing for shot in shots if shot.span.end <= 15] == ["wide"]
    assert {shot.framing for shot in shots if shot.span.start >= 15} == {"close-up"}
    of_bo = plan(dialogue(1, 30.0), "Close-up of Bo.")
    assert {shot.framing for shot in of_bo if shot.focus == ("Bo",)} == {"close-up"}
    assert "full" in {shot.framing for shot in of_bo}


def test_a_move_happens_in_one_shot() -> None:
    shots = plan(dialogue(1, 30.0), "The camera pushes in from 12 to 17 seconds.")
    ((shot, push),) = cues(shots, "push in")
    assert push.span == Span(12.0, 17.0)
    assert shot.span.start <= 12
    assert shot.span.end >= 17
    ((shot, push),) = cues(plan(dialogue(1, 30.0), "The camera slowly pushes in."), "push in")
    assert push.span.seconds == pytest.approx(min(5.0, shot.span.seconds))
    assert shot.span.overlap(push.span) == pytest.approx(push.span.seconds)
    held = cues(plan(dialogue(1, 30.0), "Handheld camera."), "handheld")
    assert sum(cue.span.seconds for _, cue in held) == pytest.approx(30.0)


@pytest.mark.parametrize(
    ("prompt", "what", "least"), [("Bo waves at 12 seconds.", "wave", 2), ("Ada dances at 20 seconds.", "dance", 3)]
)
def test_an_action_is_seen(prompt: str, what: str, least: int) -> None:
    for shot, cue in cues(plan(dialogue(1, 30.0), prompt), what):
        assert cue.who in (shot.focus or shot.cast)
        assert FRAMINGS.index(shot.framing) >= least


def test_what_is_locked_stays_and_its_neighbours_are_framed_otherwise() -> None:
    first = plan(dialogue(1, 30.0))
    held, half = replace(first[2], locked=True), replace(first[5], framing="full", focus=(), locked=("framing",))
    again = plan(dialogue(1, 30.0), "Bo is furious.", seed=5, kept=(first[0], held, half))
    assert held in again
    kept = next(shot for shot in again if shot.span == half.span)
    assert framed(kept) == ("full", ("Ada", "Bo"))
    assert all(framed(one) != framed(two) for one, two in pairwise(again))
    assert [two.span.start - one.span.end for one, two in pairwise(again)] == [0.0] * (len(again) - 1)


@settings(max_examples=20, deadline=None)
@given(
    turns=st.lists(st.tuples(st.floats(0.3, 9), st.floats(-0.4, 2.0), st.integers(0, 2)), min_size=1, max_size=12),
    framings=st.sets(st.sampled_from(FRAMINGS), min_size=1),
    seed=st.integers(0, 9),
)
def test_any_dialogue_is_covered_without_gaps_and_no_word_is_cut(
    turns: list[tuple[float, float, int]], framings: set[str], seed: int
) -> None:
    at, said = 0.4, dict[str, list[Span]]()
    for length, gap, who in turns:
        said.setdefault(f"P{who}", []).append(Span(max(0.0, at), at + length))
        at += length + gap
    tracks = tuple(
        VoiceReport(who, phrases=tuple(spans), words=tuple(Word("word", span) for span in spans)) for who, spans in said.items()
    )
    seconds = max(span.end for spans in said.values() for span in spans) + 0.4
    audio = AudioReport(tracks)
    limits = replace(FREE, framings=tuple(one for one in FRAMINGS if one in framings))
    shots = plan(audio, seconds=seconds, seed=seed, limits=limits)
    assert shots[0].span.start == 0
    assert shots[-1].span.end == seconds
    assert all(one.span.end == two.span.start for one, two in pairwise(shots))
    assert {shot.framing for shot in shots} <= {*framings, ""}
    found = shot_figures(shots, audio)
    assert (found.same, found.reversed, found.inside) == (0, 0, 0)


def test_a_free_camera_hides_no_hands() -> None:
    """Whatever a picture of somebody shows: it is not what is filmed."""
    audio = AudioReport((VoiceReport("Ada", phrases=(Span(0.5, 4.0),)),))
    material = Material("She waves.", (Character("Ada", "a.png"),), 5.0, (), (), FREE)
    close = VisualReport((PictureReport("a.png", (PersonReport("Ada", (0.2, 0.1, 0.8, 0.9), "close-up"),)),))
    told = deliberate(material, audio, close, read(material, audio, close))
    assert not told.conflicts


@pytest.mark.parametrize("number", range(4))
def test_a_film_ends_on_who_speaks_last(number: int) -> None:
    audio = dialogue(number, 30.0)
    last = max((track.phrases[-1].end, track.who) for track in audio.tracks if track.phrases)[1]
    assert last in framed(plan(audio)[-1])[1]
