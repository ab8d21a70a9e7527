"""Music and noise in a voice: the user is told, and cuts look for pauses of the voice."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dramatis.engines.fake import FakeEngine
from dramatis.production.assets import Assets
from dramatis.production.crew import Crew
from dramatis.production.phases.single import single
from dramatis.production.produce import produce
from dramatis.production.stock import load_stock
from dramatis.production.storyboard import write
from dramatis.story import Brief, Character
from dramatis.take import Event, Limits
from tests.production.directing import undirected
from tests.speaking import RATE, chords, talk

FACELESS = Limits("fake", "1")


def sound(kind: str) -> np.ndarray:
    hiss = (0.1 * np.random.default_rng(0).normal(size=3 * RATE)).astype(np.float32)
    words = talk(2.0)
    return {
        "music": chords(4.0),
        "noise": hiss,
        "intro": np.concatenate([chords(3.0), words]),
        "clean": np.concatenate([np.zeros(2 * RATE, np.float32), words]),
    }[kind]


@pytest.fixture
def voice(tmp_path: Path) -> Callable[[str], str]:
    def make(kind: str) -> str:
        path = tmp_path / f"{kind}.wav"
        soundfile.write(path, sound(kind), RATE)
        return str(path)

    return make


def brief(path: str, picture: str) -> Brief:
    return Brief((Character("Ada", picture, voice=path),), size=(320, 180), engine="fake")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("music", "music.wav holds no voice, only music: the mouth stays closed."),
        ("noise", "noise.wav holds no voice, only noise: the mouth stays closed."),
        ("intro", "In intro.wav music is heard and nobody speaks or sings from 0.0 to "),
        ("clean", ""),
    ],
)
def test_what_is_no_voice_is_named(kind: str, said: str, voice: Callable[[str], str], make_picture: Callable[..., str]) -> None:
    asked = brief(voice(kind), make_picture())
    notes = write(asked, {"Ada": voice(kind)}, Assets(), FACELESS, undirected)[1].notes
    assert [note.startswith(said) for note in notes] == ([True] if said else [])


def test_the_note_is_told_and_stands_in_the_report(
    voice: Callable[[str], str], make_picture: Callable[..., str], tmp_path: Path
) -> None:
    told: list[Event] = []
    crew = Crew(single(FakeEngine), undirected)
    film = produce(brief(voice("music"), make_picture()), tmp_path / "film.mp4", crew, told.append)
    notes = json.loads(film.report.read_text())["notes"]
    assert notes == [event.note for event in told if event.stage == "note"]
    assert "holds no voice" in notes[0]


def test_cuts_hear_the_voice_and_not_the_music(voice: Callable[[str], str], make_picture: Callable[..., str]) -> None:
    asked = brief(voice("intro"), make_picture())
    assets = Assets()
    storyline, _ = write(asked, {"Ada": voice("intro")}, assets, FACELESS, undirected)
    loudness = load_stock(storyline, assets, FACELESS).loudness
    assert loudness[:290].max() < 0.02
    assert loudness[310:490].mean() > 0.2
