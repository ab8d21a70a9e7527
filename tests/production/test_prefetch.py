"""What workers do ahead of a film is what its plan and its takes then ask for."""

from pathlib import Path

import pytest

from dramatis.clock import Span
from dramatis.director import direct
from dramatis.engines.drawn import DrawnEngine
from dramatis.engines.portrait import PortraitEngine
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import ValueCache
from dramatis.production.assets import Assets
from dramatis.production.phases.single import takes
from dramatis.production.prefetch import preparations
from dramatis.production.stock import load_stock
from dramatis.production.storyboard import write
from dramatis.speech.recognition.transcript import Transcript
from dramatis.story import Brief, Character, Word

EXAMPLES = Path(__file__).parents[2] / "examples"


def _kept(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.value")}


def test_nothing_is_found_twice(tmp_path: Path) -> None:
    values = ValueCache(tmp_path)
    engine = PortraitEngine(values)
    brief = Brief((Character("mira", str(EXAMPLES / "mira.png"), voice=str(EXAMPLES / "mira.flac")),), size=240)
    for preparation in preparations(brief, values):
        preparation(engine)
    before = _kept(tmp_path)
    assets = Assets(values)
    storyline, _ = write(brief, {"mira": str(EXAMPLES / "mira.flac")}, assets, engine.limits, direct)
    first = takes(storyline, load_stock(storyline, assets, engine.limits), engine.limits)[0]
    next(iter(engine.render(first).frames))
    assert before
    assert _kept(tmp_path) == before


def test_the_words_of_whoever_speaks_first_are_heard_while_the_film_is_planned(tmp_path: Path) -> None:
    pytest.importorskip("skia", reason="the stage draws with skia", exc_type=ImportError)
    asked: list[float] = []

    class Listening:
        version = "listening"

        def hear(self, voice: Waveform, language: str = "") -> Transcript:
            asked.append(voice.seconds)
            return Transcript((Word("Tom, my brother promised that pictures can speak.", Span(0.0, 1.0)),), "en")

    values = ValueCache(tmp_path)
    engine = DrawnEngine(values, Listening())
    voices = {name: str(EXAMPLES / f"{name}.flac") for name in ("noor", "tom")}
    brief = Brief(tuple(Character(name, voice=path) for name, path in voices.items()), size=180)
    for preparation in preparations(brief, values):
        preparation(engine)
    assert len(asked) == 1
    assets = Assets(values)
    storyline, _ = write(brief, voices, assets, engine.limits, direct)
    first = takes(storyline, load_stock(storyline, assets, engine.limits), engine.limits)[0]
    next(iter(engine.render(first).frames))
    assert len(asked) == 1
