"""Dialogue scripts: what the words give people to say is spoken, one line after the other, each in a voice of its own."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from dramatis.errors import VoiceError
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound
from dramatis.production.assets import Assets
from dramatis.production.lines import screenplay, spoken_cast
from dramatis.production.lines.screenplay import script_of, speakers
from dramatis.production.output_files import OutputFiles
from dramatis.production.stock import load_stock
from dramatis.production.storyboard import write
from dramatis.speech.synthesis import Spoken
from dramatis.speech.synthesis.speech_lines import LineToSpeak
from dramatis.story import Brief, Character
from dramatis.take import Limits
from tests.production.directing import undirected

RATE = 16000
CAST = (Character("Noor"), Character("Tom"))
SCRIPT = "Noor: Hello there. Tom (smiling): Hi! Noor: How are you?"


@pytest.fixture
def manners(monkeypatch: pytest.MonkeyPatch) -> list[LineToSpeak]:
    """A synthesiser that takes a second for each word; what it was asked to say."""
    asked: list[LineToSpeak] = []

    def speak_lines(lines: list[LineToSpeak], *_: object, **_how: object) -> list[Spoken]:
        asked.extend(lines)
        return [_said(line.text) for line in lines]

    monkeypatch.setattr(spoken_cast, "speak_lines", speak_lines)
    return asked


def _said(text: str) -> Spoken:
    count = len(text.split())
    phones = tuple(("a", float(word), word + 0.5) for word in range(count))
    return Spoken(Waveform(np.full((RATE * count, 1), 0.1, np.float32), RATE), phones)


def test_a_script_is_spoken_line_after_line(manners: list[LineToSpeak], tmp_path: Path) -> None:
    voices, notes = OutputFiles(tmp_path / "film.mp4").voices(Brief(CAST, SCRIPT))
    noor, tom = (np.abs(read_sound(voices[name]).mono) > 0.05 for name in ("Noor", "Tom"))
    assert len(noor) == len(tom) == round((2 + 1 + 3 + 2 * screenplay.PAUSE) * RATE)
    assert not (noor & tom).any()
    assert (noor.sum(), tom.sum()) == (5 * RATE, RATE)
    assert noor[0]
    assert tom[round((2 + screenplay.PAUSE) * RATE) + 1]
    assert manners[0].voice == manners[2].voice != manners[1].voice
    assert manners[0].voice.name in notes[0]


def test_a_line_names_its_voice_and_its_manner(manners: list[LineToSpeak], tmp_path: Path) -> None:
    script = "Noor (smiling, voice: en-us+f3, slow, high): Hello *there*. [pause 0.8] You? Tom (angry): Hi!"
    brief = Brief((Character("Noor"), Character("Tom", speaks="en-us+m3")), script)
    voices, _ = OutputFiles(tmp_path / "film.mp4").voices(brief)
    noor, tom = manners
    assert (noor.voice.name, tom.voice.name) == ("en-us+f3", "en-us+m3")
    assert noor.prosody.rate < 1 < noor.prosody.pitch
    assert tom.prosody.gain > 0
    plan, _ = write(brief, voices, Assets(), Limits("any", "1"), undirected)
    assert [line.text for line in plan.lines] == ["Hello there. You?", "Hi!"]


def test_a_voice_that_does_not_speak_the_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match=r'"af_heart" does not speak Chinese: choose among .*jm_kumo'):
        OutputFiles(tmp_path / "film.mp4").voices(Brief(CAST, "Noor (voice: af_heart): 你好。 Tom: 你好！"))


def test_the_plan_knows_what_is_said(manners: list[LineToSpeak], tmp_path: Path) -> None:
    brief = Brief(CAST, SCRIPT)
    plan, _ = write(brief, OutputFiles(tmp_path / "film.mp4").voices(brief)[0], Assets(), Limits("any", "1"), undirected)
    told = [(line.who, line.start, line.text) for line in plan.lines]
    assert told == [("Noor", 0.0, "Hello there. How are you?"), ("Tom", 0.0, "Hi!")]


def test_engines_are_told_when_each_phone_of_a_script_is_said(manners: list[LineToSpeak], tmp_path: Path) -> None:
    brief = Brief(CAST, SCRIPT)
    assets, limits = Assets(), Limits("any", "1", hears_phones=True)
    plan, _ = write(brief, OutputFiles(tmp_path / "film.mp4").voices(brief)[0], assets, limits, undirected)
    noor, tom = load_stock(plan, assets, limits).roles(plan.shots[0])
    again = 2 + 1 + 2 * screenplay.PAUSE
    assert [start for _, start, _ in noor.phones] == pytest.approx([0.0, 1.0, again, again + 1, again + 2])
    assert [start for _, start, _ in tom.phones] == pytest.approx([2 + screenplay.PAUSE])
    Path(plan.lines[0].sound).with_suffix(".phones.json").unlink()  # as for a recording
    assert [bool(role.phones) for role in load_stock(plan, assets, limits).roles(plan.shots[0])] == [False, True]
    assert not any(role.phones for role in load_stock(plan, assets, Limits("deaf", "1")).roles(plan.shots[0]))


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        (SCRIPT, ("Noor", "Tom")),
        ("诺尔：你好。汤姆：嗨！", ("诺尔", "汤姆")),
        ("A: Hello.\nB: Hi!\nA: Bye.", ("A", "B")),
        ("Setting: a park. Noor: Hello. Tom: Hi!", ("Noor", "Tom")),
        ("Style: film noir. Camera: static.", ()),
        ("She smiles. At the end: a nod.", ()),
        ("Old man: Good morning!\nThe little girl (smiling): Hello, grandpa!", ("Old man", "Little girl")),
        ("Little Red: Hi!\nBig bad wolf: Hello.", ("Little Red", "Big bad wolf")),
        ("Camera moves: left.\nAnna: Hi.\nBen: Ho.", ("Anna", "Ben")),
    ],
)
def test_speakers_are_named_before_colons(prompt: str, names: tuple[str, ...]) -> None:
    assert speakers(prompt) == names


@pytest.mark.parametrize("prompt", ["诺尔：你好。汤姆：嗨！", "A: 你好。\nB: 嗨！", "person1: 你好。 person2: 嗨！"])
def test_strangers_speak_in_the_order_of_the_cast(prompt: str) -> None:
    cast = (Character("person1"), Character("person2"))
    lines = script_of(Brief(cast, prompt))
    assert [who for who, _ in lines] == ["person1", "person2"]
    assert lines[1][1] == "嗨！"


def test_whoever_has_a_voice_says_what_is_in_it() -> None:
    assert not script_of(Brief((CAST[0], Character("Tom", voice="tom.wav")), SCRIPT))


def test_a_recording_has_its_turn_among_lines_that_are_read(
    manners: list[LineToSpeak], tmp_path: Path, make_voice: Callable[..., str]
) -> None:
    cast = (Character("Noor", speaks="en-us+f3"), Character("Tom", voice=make_voice(seconds=2.0)))
    brief = Brief(cast, SCRIPT)
    voices, _ = OutputFiles(tmp_path / "film.mp4").voices(brief)
    assert [line.text for line in manners] == ["Hello there.", "How are you?"]
    noor, tom = (np.flatnonzero(np.abs(read_sound(voices[name]).mono) > 0.02) / RATE for name in ("Noor", "Tom"))
    first, last = 2 + screenplay.PAUSE, 4 + screenplay.PAUSE
    assert first <= tom[0] < tom[-1] <= last
    assert not ((noor > first) & (noor < last)).any()
    plan, _ = write(brief, voices, Assets(), Limits("any", "1"), undirected)
    assert [(line.who, line.start, line.text) for line in plan.lines] == [
        ("Noor", 0.0, "Hello there. How are you?"),
        ("Tom", 0.0, "Hi!"),
    ]


def test_without_the_synthesiser_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(VoiceError, match="needs the offline synthesiser"):
        OutputFiles(tmp_path / "film.mp4").voices(Brief(CAST, SCRIPT))


def test_two_people_talk_with_two_voices(tmp_path: Path) -> None:
    pytest.importorskip("espeakng_loader")
    script = "Noor (voice: en-us+f3): Good morning to you. Tom (voice: en-us+m3): Good morning to you."
    voices, _ = OutputFiles(tmp_path / "film.mp4").voices(Brief(CAST, script))
    one, two = (read_sound(voices[name]).mono for name in ("Noor", "Tom"))
    assert not ((np.abs(one) > 1e-3) & (np.abs(two) > 1e-3)).any()
    first, second = one[np.flatnonzero(one)[0] :][:20000], two[np.flatnonzero(two)[0] :][:20000]
    assert float(np.abs(np.abs(np.fft.rfft(first)) - np.abs(np.fft.rfft(second))).mean()) > 0.1
