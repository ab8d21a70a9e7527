"""Cues that lie on words follow them when a line has other words or another voice."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dramatis.clock import Rate, Span
from dramatis.director.claims import AudioReport, Material, TextReport, Verdict, VisualReport, VoiceReport
from dramatis.director.writing.anchoring import timed_anew
from dramatis.director.writing.writer import written
from dramatis.errors import BriefError
from dramatis.production.assets import Assets
from dramatis.production.storyboard import timed_by_words
from dramatis.story import Canvas, Character, Claim, Cue, Deliberation, Direction, Line, Shot, SpokenWord, Storyline, Word
from dramatis.story.checks import check_storyline
from dramatis.take import Limits, Take

WAVE = Claim("text", 1, "action", "wave", "Ada", None, at="hello")
ANGER = Claim("text", 1, "emotion", "anger", "Ada", Span(2.0, 8.0), at="hello")
CALM = Claim("text", 1, "emotion", "calm", "Ada", Span(0.0, 8.0))
SECONDS = 8.0


def words(*said: tuple[str, float]) -> tuple[Word, ...]:
    return tuple(Word(text, Span(at, at + 0.4)) for text, at in said)


def plan(spoken: tuple[Word, ...], *claims: Claim) -> tuple[Shot, ...]:
    phrases = (Span(spoken[0].span.start, spoken[-1].span.end),)
    report = AudioReport((VoiceReport("Ada", phrases=phrases, words=spoken),))
    told = Deliberation(claims, agreed=tuple(range(len(claims))))
    material = Material("words", (Character("Ada"),), SECONDS, (), (), Limits("any", "1"))
    return written(material, Verdict(report, VisualReport(), TextReport(), told))


def cues(shots: tuple[Shot, ...]) -> dict[str, Cue]:
    return {cue.what: cue for shot in shots for cue in shot.direction.cues}


FIRST = words(("Well", 0.5), ("hello", 2.0), ("there", 2.5))


def test_a_cue_on_a_word_says_on_which() -> None:
    assert cues(plan(FIRST, WAVE))["wave"].at == SpokenWord(0, 1, "hello", 2.0)
    assert cues(plan(FIRST, replace(WAVE, at="", span=Span(1, 2))))["wave"].at is None


@pytest.mark.parametrize(
    ("spoken", "shift", "place"),
    [
        (words(("Well", 0.5), ("hello", 3.5), ("there", 4.5)), 1.5, 1),  # another voice
        (words(("Oh", 0.2), ("well", 0.5), ("hello", 1.2)), -0.8, 2),  # words before it
        (words(("Well", 0.5), ("goodbye", 2.6)), 0.6, 1),  # another word in its place
        (
            words(
                ("Well", 0.5),
            ),
            0.0,
            1,
        ),  # no such word any more
        ((), 0.0, 1),  # words that nobody knows
    ],
)
def test_a_cue_follows_its_word(spoken: tuple[Word, ...], shift: float, place: int) -> None:
    before = plan(FIRST, WAVE)
    after = cues(timed_anew(before, [spoken], SECONDS))["wave"]
    assert after.span.start == pytest.approx(cues(before)["wave"].span.start + shift)
    assert after.span.seconds == pytest.approx(cues(before)["wave"].span.seconds)
    assert after.at is not None
    assert after.at.word == place


def test_a_hand_made_move_from_its_word_is_kept() -> None:
    (shot,) = plan(FIRST, WAVE)
    wave = replace(cues((shot,))["wave"], span=Span(2.4, 3.4))
    edited = replace(shot, direction=Direction(cues=(wave,)))
    (after,) = timed_anew([edited], [words(("Well", 0.5), ("hello", 4.0))], SECONDS)
    assert after.direction.cues[0].span.start == pytest.approx(4.4)


def test_a_cue_written_by_hand_without_a_time_begins_with_its_word() -> None:
    wave = Cue("action", "wave", Span(0.0, 1.0), "Ada", at=SpokenWord(0, 1))
    (shot,) = timed_anew([Shot(Span(0, 8), "", ("Ada",), Direction(cues=(wave,)))], [FIRST], SECONDS)
    assert shot.direction.cues[0].span == Span(2.0, 3.0)


def test_one_feeling_still_turns_into_the_next_when_its_word_moves() -> None:
    later = words(("Well", 0.5), ("hello", 3.0), ("there", 3.5))
    felt = cues(timed_anew(plan(FIRST, CALM, ANGER), [later], SECONDS))
    assert felt["anger"].span.start + felt["anger"].rise / 2 == pytest.approx(3.0)
    assert felt["calm"].span.end == pytest.approx(felt["anger"].span.start + felt["anger"].rise)
    assert felt["anger"].span.end == cues(plan(FIRST, CALM, ANGER))["anger"].span.end


def test_a_cue_moves_into_the_shot_in_which_its_word_is_said() -> None:
    wave = Cue("action", "wave", Span(2.0, 3.0), "Ada", at=SpokenWord(0, 1, "hello", 2.0))
    shots = (
        Shot(Span(0, 4), "", ("Ada",), Direction(cues=(wave,)), locked=True),
        Shot(Span(4, 8), "", ("Ada",), Direction()),
    )
    first, second = timed_anew(shots, [words(("Well", 0.5), ("hello", 5.0))], SECONDS)
    assert not first.direction.cues
    assert second.direction.cues[0].span == Span(5.0, 6.0)


def test_another_voice_times_a_finished_plan_anew(make_voice: Callable[..., str]) -> None:
    early, late = make_voice("a.wav", 4.0, ((0.3, 1.5),)), make_voice("b.wav", 4.0, ((2.0, 3.2),))
    wave = Cue("action", "wave", Span(0.0, 1.0), "Ada", at=SpokenWord(0, 0))
    shots = (Shot(Span(0, 4.4), "", ("Ada",), Direction(cues=(wave,))),)
    line = Line("Ada", early, 0.0, "Hello there, friends")
    film = timed_by_words(Storyline(Canvas(64, 64, Rate(25)), (Character("Ada"),), (line,), shots), Assets())
    assert timed_by_words(film, Assets()) == film
    before = film.shots[0].direction.cues[0].span.start
    again = timed_by_words(replace(film, lines=(replace(line, sound=late),)), Assets())
    assert again.shots[0].direction.cues[0].span.start == pytest.approx(before + 1.7, abs=0.1)
    unknown = replace(film, lines=(replace(line, sound=late, text=""),))
    assert timed_by_words(unknown, Assets()) == unknown


def test_a_word_alone_changes_no_take() -> None:
    canvas, cue = Canvas(64, 64, Rate(25)), Cue("action", "nod", Span(0, 1))
    on_word = replace(cue, at=SpokenWord(0, 0, "Hello", 0.3))
    one, two = (Take(canvas, Span(0, 1), direction=Direction(cues=(made,))) for made in (cue, on_word))
    assert one.digest == two.digest


def test_a_cue_on_a_line_that_is_not_there_is_refused() -> None:
    wave = Cue("action", "wave", Span(0.2, 1.2), "Ada", at=SpokenWord(1, 0))
    shots = (Shot(Span(0, 4), "", ("Ada",), Direction(cues=(wave,))),)
    with pytest.raises(BriefError, match="word 0 of line 1: the storyline has 1 lines"):
        check_storyline(Storyline(Canvas(64, 64, Rate(25)), (Character("Ada"),), (Line("Ada", "a.wav", 0.0),), shots))
