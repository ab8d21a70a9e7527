"""One recording in which two people speak: whose turn is whose, in the plan and in the film."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from dramatis.cli.plan_table import show
from dramatis.clock import Span
from dramatis.director import direct
from dramatis.engines.fake import FakeEngine
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound
from dramatis.production.assets import Assets
from dramatis.production.crew import Crew
from dramatis.production.lines.shared_track import second_voice
from dramatis.production.phases.single import single
from dramatis.production.planning import plan
from dramatis.production.produce import produce
from dramatis.production.stock import Stock, load_stock
from dramatis.production.storyboard import Plan, write
from dramatis.speech.recognition.recognisers import Recognisers
from dramatis.speech.recognition.transcript import Transcript
from dramatis.speech.recognition.turns import Turns, VoiceTurn
from dramatis.story import Brief, Character, Word
from dramatis.story.document import parsed, storyline_from, to_json
from dramatis.take import Limits
from tests.speaking import RATE, talk

LIMITS = Limits("any", "1")
EARLY, LATE = Span(0.0, 1.6), Span(1.6, 3.0)
WORDS = Transcript(
    (Word("Hello", Span(0.3, 0.8)), Word("there.", Span(0.8, 1.2)), Word("Who,", Span(2.0, 2.3)), Word("me?", Span(2.3, 2.7))),
    "en",
)


@dataclass(frozen=True)
class Rehearsed:
    """A recogniser that hears the same words in every sound."""

    version: str = "rehearsed"

    def hear(self, voice: Waveform, language: str = "") -> Transcript:
        return WORDS


@pytest.fixture
def voice(tmp_path: Path) -> str:
    soundfile.write(tmp_path / "both.wav", talk(3.0, ((0.2, 1.3), (1.9, 2.8))), RATE)
    return str(tmp_path / "both.wav")


def heard(confidence: float, pitches: tuple[float, float] = (0.0, 0.0)) -> Recognisers:
    """Recognisers that hear two turns in every recording, and the same words."""
    turns = (VoiceTurn(0, EARLY, 0.9), VoiceTurn(1, LATE, 0.8))
    return Recognisers(Rehearsed(), lambda _analysis, _most: Turns(turns, confidence, pitches))


def planned(voice: str, recognise: Recognisers, words: str = "", names: tuple[str, ...] = ("Ada", "Bo")) -> Plan:
    cast = tuple(Character(name, voice=voice if not at else None) for at, name in enumerate(names))
    return write(
        Brief(cast, words, size=(320, 180)), {names[0]: voice}, Assets(recognise=recognise), LIMITS, direct, every_word=True
    )


def track_of(stock: Stock, name: str) -> NDArray[np.float32]:
    """What the only shot hears of somebody, at 16 kHz."""
    (track,) = stock.voices[name].values()
    return track.sound.samples


def test_turns_are_lines_of_two_people_with_what_each_says(voice: str) -> None:
    storyline, verdict = planned(voice, heard(0.9))
    lines = [(line.who, line.part, line.start, line.text, line.confidence, line.language) for line in storyline.lines]
    assert lines == [("Ada", EARLY, 0.0, "Hello there.", 0.9, "en"), ("Bo", LATE, 1.6, "Who, me?", 0.8, "en")]
    (note,) = [note for note in verdict.notes if "take turns" in note]
    assert "90% sure" in note
    assert "Bo from 1.6 to 3.0 s" in note
    assert {shot.speakers for shot in storyline.shots} == {("Ada", "Bo")}
    assert storyline_from(parsed(to_json(storyline), "it")) == storyline


def test_the_plan_shows_who_speaks_when(voice: str, capsys: pytest.CaptureFixture[str]) -> None:
    show(planned(voice, heard(0.9))[0])
    assert "1.6-3.0 Bo (80% sure) Who, me?" in capsys.readouterr().out


def test_each_mouth_hears_its_own_turns_and_the_film_hears_all(voice: str) -> None:
    storyline, _ = planned(voice, heard(0.9))
    stock = load_stock(storyline, Assets(), LIMITS)
    early, late = (slice(0, int(1.6 * 16_000)), slice(int(1.6 * 16_000), None))
    ada, bo = (track_of(stock, name) for name in ("Ada", "Bo"))
    assert ada[early].any()
    assert not ada[late].any()
    assert bo[late].any()
    assert not bo[early].any()
    whole = read_sound(voice).samples[:, 0]
    assert np.allclose(stock.sound.samples[::3][: len(whole), 0], whole, atol=0.02)


def test_a_corrected_turn_is_filmed_as_corrected(voice: str) -> None:
    storyline, _ = planned(voice, heard(0.9))
    corrected = replace(storyline, lines=(storyline.lines[0], replace(storyline.lines[1], who="Ada")))
    stock = load_stock(storyline_from(parsed(to_json(corrected), "it")), Assets(), LIMITS)
    assert set(stock.voices) == {"Ada"}
    assert track_of(stock, "Ada")[int(1.9 * 16_000) : int(2.8 * 16_000)].any()


@pytest.mark.parametrize(
    ("words", "speakers"),
    [
        ("Bo speaks first, then Ada answers.", ["Bo", "Ada"]),
        ("Ada speaks, Bo listens.", ["Ada"]),
        ("Bo speaks.", ["Ada"]),
    ],
)
def test_the_words_say_who_speaks(voice: str, words: str, speakers: list[str]) -> None:
    storyline, _ = planned(voice, heard(0.9), words)
    assert [line.who for line in storyline.lines] == speakers


def test_a_womans_and_a_mans_voice_go_to_a_woman_and_a_man(voice: str) -> None:
    storyline, _ = planned(voice, heard(0.9, (110.0, 220.0)), names=("Noor", "Tom"))
    assert [line.who for line in storyline.lines] == ["Tom", "Noor"]


def test_where_it_is_not_sure_the_plan_offers_the_turns(voice: str) -> None:
    storyline, verdict = planned(voice, heard(0.6))
    assert [(line.who, line.part) for line in storyline.lines] == [("Ada", EARLY), ("Ada", LATE)]
    assert any("60% sure" in note and "1.6 to 3.0 s" in note for note in verdict.notes)
    storyline, verdict = planned(voice, heard(0.3))
    assert [(line.who, line.part) for line in storyline.lines] == [("Ada", None)]


def test_one_person_says_all_of_it_and_is_told(voice: str) -> None:
    brief = Brief((Character("Ada", voice=voice),), size=(320, 180))
    crew = Crew(single(FakeEngine), direct, recognise=heard(0.9))
    told = []
    film = produce(brief, Path(voice).with_name("film.mp4"), crew, lambda event: told.append(event.note))
    made = plan(brief, film.path.with_suffix(".json"), crew)
    assert [(line.who, line.part) for line in made.storyline.lines] == [("Ada", None)]
    for notes in (told, made.notes):
        assert any("Two people seem to speak in both.wav (90% sure), and Ada says all of it" in note for note in notes)
    assert second_voice(made.storyline, Assets(recognise=heard(0.6))) == ""


def test_without_recognisers_one_speaks_and_a_note_says_what_is_missing(voice: str) -> None:
    storyline, verdict = planned(voice, Recognisers())
    assert [(line.who, line.part, line.text) for line in storyline.lines] == [("Ada", None, "")]
    assert any("constraints-words.txt" in note for note in verdict.notes)
