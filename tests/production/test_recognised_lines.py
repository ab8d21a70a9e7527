"""The words of recordings: when they are recognised, how the plan shows them, and what follows from them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from dramatis.clock import Span
from dramatis.director import direct
from dramatis.errors import BriefError
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import ValueCache
from dramatis.production.assets import Assets
from dramatis.production.captions.captioning import film_captions
from dramatis.production.lines.recognised_lines import with_words
from dramatis.production.lines.spoken_words import spoken_words
from dramatis.production.stock import load_stock
from dramatis.production.storyboard import replanned, write
from dramatis.speech.recognition.recognisers import Recognisers
from dramatis.speech.recognition.transcript import Transcript
from dramatis.story import Brief, CaptionStyle, Character, Line, Storyline, Word
from dramatis.take import Limits

LIMITS = Limits("any", "1")
HEARD = Transcript(
    (Word("Hello", Span(0.5, 0.9), 0.98), Word("there.", Span(1.0, 1.4), 0.9), Word("Thanks.", Span(2.6, 2.9), 0.4)), "en"
)


@dataclass
class Counting:
    """A recogniser that counts how often it is asked."""

    version: str = "counting"
    asked: int = field(default=0)

    def hear(self, voice: Waveform, language: str = "") -> Transcript:
        self.asked += 1
        return HEARD


@pytest.fixture
def voice(make_voice: Callable[..., str]) -> str:
    return make_voice(seconds=3.0, spoken=((0.3, 2.0),))


def storyline(
    voice: str,
    words: str,
    recogniser: Counting,
    captions: CaptionStyle = "none",
    every_word: bool = False,
    limits: Limits = LIMITS,
) -> Storyline:
    brief = Brief((Character("Ada", voice=voice),), words, (320, 180), captions=captions)
    assets = Assets(recognise=Recognisers(recogniser))
    return write(brief, {"Ada": voice}, assets, limits, direct, every_word=every_word)[0]


def test_the_plan_has_the_words_and_an_action_lands_on_one(voice: str) -> None:
    plan = storyline(voice, "When she says there, she nods.", Counting())
    assert [(word.text, word.span.start) for word in plan.lines[0].words] == [("Hello", 0.5), ("there.", 1.0)]
    assert (plan.lines[0].text, plan.lines[0].language) == ("Hello there.", "en")
    nod = next(cue for shot in plan.shots for cue in shot.direction.cues if cue.what == "nod")
    assert nod.at is not None
    assert (nod.at.text, nod.at.said) == ("there", 1.0)
    assert nod.span.start == pytest.approx(1.0, abs=0.3)


@pytest.mark.parametrize(
    ("words", "captions", "every_word", "asked"),
    [
        ("She smiles.", "none", False, 0),
        ("She smiles.", "file", False, 1),
        ("She smiles.", "none", True, 1),
        ("When she says hello she smiles.", "none", False, 1),
    ],
)
def test_words_are_recognised_only_where_something_needs_them(
    voice: str, words: str, captions: CaptionStyle, every_word: bool, asked: int
) -> None:
    recogniser = Counting()
    for limits in (LIMITS, replace(LIMITS, hears_phones=True)):  # mouths alone do not keep a film from beginning
        recogniser.asked = 0
        storyline(voice, words, recogniser, captions, every_word, limits)
        assert recogniser.asked == asked


def test_what_was_heard_once_is_kept(voice: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    recogniser, cache = Counting(), ValueCache(tmp_path_factory.mktemp("cache"))
    for _ in range(2):
        lines = with_words((Line("Ada", voice, 0.0),), Assets(cache, recognise=Recognisers(recogniser)))
        assert lines[0].text == "Hello there."
    assert recogniser.asked == 1


def test_a_corrected_text_keeps_the_times_of_what_was_heard(voice: str) -> None:
    heard = storyline(voice, "", Counting(), every_word=True).lines[0]
    corrected = replace(heard, text="Oh, hello their!", start=1.0)
    assert [(word.text, word.span.start, word.span.end) for word in spoken_words(corrected, Assets())] == [
        ("Oh,", 1.0, 1.5),
        ("hello", 1.5, 1.9),
        ("their!", 2.0, 2.4),
    ]


def test_captions_show_the_words_of_a_recording_when_they_are_said(voice: str) -> None:
    plan = storyline(voice, "", Counting(), "box")
    found = film_captions(plan, load_stock(plan, Assets(), LIMITS), Assets(), None)
    assert [caption.lines for caption in found.shown] == [("Hello there.",)]
    assert found.shown[0].span.start == pytest.approx(0.5)


def test_a_plan_is_made_again_with_its_words(voice: str) -> None:
    recogniser = Counting()
    assets = Assets(recognise=Recognisers(recogniser))
    silent = replace(storyline(voice, "", Counting()), captions="none")
    assert silent.lines[0].text == ""
    again, _ = replanned(silent, "When she says hello she nods.", assets, LIMITS, direct)
    assert again.lines[0].text == "Hello there."
    replanned(again, "She smiles.", assets, LIMITS, direct)
    assert recogniser.asked == 1


def test_without_a_recogniser_a_note_says_what_would_be_used(voice: str) -> None:
    brief = Brief((Character("Ada", voice=voice),), "When she says hello, she nods.", (320, 180))
    plan, verdict = write(brief, {"Ada": voice}, Assets(), LIMITS, direct)
    assert plan.lines[0].text == ""
    assert any("constraints-words.txt" in note for note in verdict.notes)
    with pytest.raises(BriefError, match=r"constraints-words\.txt"):
        film_captions(replace(plan, captions="file"), load_stock(plan, Assets(), LIMITS), Assets(), None)
