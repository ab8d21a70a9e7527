"""Whose voice is whose, and when: two people drawn in one picture, synthesised voices, and words."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import soundfile

from dramatis.director import direct
from dramatis.engines import build
from dramatis.production.assets import Assets
from dramatis.production.crew import Crew
from dramatis.production.phases.single import single
from dramatis.production.planning import plan
from dramatis.production.produce import produce
from dramatis.production.storyboard import write
from dramatis.story import Brief, Character, Storyline

EXAMPLES = Path(__file__).parents[2] / "examples"
PICTURE = str(EXAMPLES / "noor_and_tom.png")
LEFT, RIGHT = "left", "right"
SECONDS = 1.2

Order = Literal["auto", "together", "in turn"]
Planned = tuple[list[tuple[str, str, float]], tuple[str, ...]]
Plan = Callable[..., Planned]


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets()


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Equally long: `her` and `him` speak all the time, `first` and `second` are turns of one conversation."""
    folder = tmp_path_factory.mktemp("voices")
    found = {}
    for name, sound in (("her", "noor.flac"), ("him", "tom.flac")):
        samples, rate = soundfile.read(EXAMPLES / sound)
        said = samples[round(0.3 * rate) : round((0.3 + SECONDS) * rate)]
        found[name] = str(folder / f"{name}.wav")
        soundfile.write(found[name], said, rate)
        pause = np.zeros(len(said) + rate // 4)
        turn = "first" if name == "her" else "second"
        found[turn] = str(folder / f"{turn}.wav")
        soundfile.write(found[turn], np.concatenate([said, pause] if name == "her" else [pause, said]), rate)
    return found


@pytest.fixture
def planned(assets: Assets, voices: dict[str, str]) -> Plan:
    """`planned(words, *voices, order=, names=)`: who speaks with which voice and when, from the left; and the notes."""

    def make(words: str, *said: str, order: Order = "auto", names: tuple[str, ...] = ("person1", "person2")) -> Planned:
        cast = tuple(Character(name, PICTURE, voice=voices[voice]) for name, voice in zip(names, said, strict=False))
        brief = Brief(cast, words, size=240, order=order)
        spoken = {who.name: who.voice or "" for who in cast}
        storyline, verdict = write(brief, spoken, assets, build("portrait").limits, direct)
        lines = [(side_of(line.who, storyline, assets), Path(line.sound).stem, line.start) for line in storyline.lines]
        return sorted(lines), verdict.notes

    return make


def side_of(who: str, storyline: Storyline, assets: Assets) -> str:
    return LEFT if storyline.shots[0].cast[0] == who else RIGHT


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("The woman on the left speaks, the man on the right listens", LEFT),
        ("The man on the right speaks, the woman on the left listens", RIGHT),
        ("The woman on the left listens", RIGHT),
        ("The woman in the red sweater speaks", LEFT),
        ("右边的男人说话", RIGHT),
        ("Der Mann rechts spricht", RIGHT),
    ],
)
def test_the_voice_goes_to_whom_the_words_say(planned: Plan, words: str, side: str) -> None:
    assert planned(words, "her") == ([(side, "her", 0.0)], ())


@pytest.mark.parametrize(
    ("words", "voice", "names", "side"),
    [
        ("She is excited.", "her", ("person1",), LEFT),
        ("The man on the right smiles", "her", ("person1",), RIGHT),
        ("The camera pushes in", "him", ("person1",), RIGHT),
        ("", "her", ("Noor",), LEFT),
    ],
)
def test_a_voice_that_nobody_is_said_to_have_goes_to_whom_it_fits_and_that_is_told(
    planned: Plan, words: str, voice: str, names: tuple[str, ...], side: str
) -> None:
    lines, notes = planned(words, voice, names=names)
    assert [line[:2] for line in lines] == [(side, voice)]
    assert any(note.startswith("Nobody is said to speak") and side in note for note in notes)


@pytest.mark.parametrize(
    ("words", "late"),
    [
        ("First the woman on the left speaks, then the man on the right answers", RIGHT),
        ("First the man on the right speaks, then the woman on the left answers", LEFT),
        ("左边的女人先说，然后右边的男人回答", RIGHT),
    ],
)
def test_equally_long_voices_come_in_the_order_of_the_words(planned: Plan, words: str, late: str) -> None:
    lines, notes = planned(words, "her", "him")
    assert lines == [(LEFT, "her", SECONDS if late == LEFT else 0.0), (RIGHT, "him", SECONDS if late == RIGHT else 0.0)]
    assert notes == ()


def test_names_say_who_is_first(planned: Plan) -> None:
    assert planned("Tom speaks first", "her", "him", names=("Noor", "Tom"))[0] == [(LEFT, "her", SECONDS), (RIGHT, "him", 0.0)]


def test_voices_that_plainly_belong_the_other_way_round_are_exchanged_and_said(planned: Plan) -> None:
    lines, notes = planned("The man on the right speaks first, then the woman on the left", "him", "her")
    assert lines == [(LEFT, "her", SECONDS), (RIGHT, "him", 0.0)]
    assert "whom they sound like" in notes[0]


def test_equal_lengths_alone_are_no_reason_to_speak_at_once(planned: Plan) -> None:
    lines, notes = planned("", "her", "him")
    assert [start for _, _, start in lines] == [0.0, SECONDS]
    assert 'say "they speak together"' in notes[0]


def test_words_let_voices_be_heard_at_once(planned: Plan) -> None:
    assert planned("They speak together", "her", "him") == ([(LEFT, "her", 0.0), (RIGHT, "him", 0.0)], ())


def test_songs_of_one_length_are_sung_together(planned: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dramatis.production.lines.speaking.mostly_sung", lambda analysis: True)
    monkeypatch.setattr("dramatis.production.lines.speaking._SONG", SECONDS / 2)
    lines, notes = planned("", "her", "him")
    assert [start for _, _, start in lines] == [0.0, 0.0]
    assert "sung together" in notes[0]
    lines, _ = planned("The man on the right sings first", "her", "him")
    assert lines == [(LEFT, "her", SECONDS), (RIGHT, "him", 0.0)]


def test_turns_of_one_conversation_lie_as_they_were_recorded(planned: Plan) -> None:
    assert [start for _, _, start in planned("", "first", "second")[0]] == [0.0, 0.0]
    assert planned("First the woman on the left speaks, then the man on the right answers", "first", "second")[1] == ()
    _, notes = planned("First the man on the right speaks, then the woman on the left answers", "first", "second")
    assert 'as they were recorded: "person1" speaks first' in notes[0]


def test_a_document_that_says_together_is_followed_and_its_words_are_named(planned: Plan) -> None:
    lines, notes = planned(
        "First the woman on the left speaks, then the man on the right answers", "her", "him", order="together"
    )
    assert [start for _, _, start in lines] == [0.0, 0.0]
    assert "the order in the words is not performed" in notes[0]


def test_who_is_to_speak_and_has_no_voice_is_named(planned: Plan) -> None:
    lines, notes = planned("First the woman on the left speaks, then the man on the right answers", "her")
    assert lines == [(LEFT, "her", 0.0)]
    assert "without a voice: the one on the right" in notes[0]


@pytest.mark.parametrize(("side", "picture"), [(LEFT, "mira.png"), (RIGHT, "noor_and_tom.png")])
def test_of_two_pictures_and_one_voice_the_words_say_whose_it_is(
    assets: Assets, voices: dict[str, str], side: str, picture: str
) -> None:
    cast = (Character("person1", str(EXAMPLES / "mira.png"), voice=voices["her"]), Character("person2", PICTURE))
    brief = Brief(cast, f"The person on the {side} speaks", size=240)
    storyline, verdict = write(brief, {"person1": voices["her"]}, assets, build("portrait").limits, direct)
    (portrait,) = (who.portrait for who in storyline.cast if who.name == storyline.lines[0].who)
    assert Path(portrait).name == picture
    assert verdict.notes == ()


def test_notes_are_told_when_a_film_is_planned_and_stand_in_its_report(tmp_path: Path, voices: dict[str, str]) -> None:
    crew = Crew(single(lambda: build("fake")), direct)
    brief = Brief((Character("Ada", voice=voices["her"]),), "A dog barks, she juggles.", size=(64, 64), fps=10.0, engine="fake")
    told = plan(brief, tmp_path / "plan.json", crew).notes
    assert any('"a dog"' in note.lower() for note in told)
    assert any('"juggles"' in note for note in told)
    heard: list[str] = []
    film = produce(brief, tmp_path / "film.mp4", crew, lambda event: heard.append(event.note))
    assert set(told) <= set(heard)
    assert all(note in film.report.read_text() for note in (note.split('"')[0] for note in told))
