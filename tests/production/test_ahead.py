"""What workers do ahead of a film is what its plan and its takes then ask for."""

from pathlib import Path

from dramatis.director import direct
from dramatis.engines.portrait import PortraitEngine
from dramatis.media.values import Values
from dramatis.production.ahead import preparations
from dramatis.production.clips import takes
from dramatis.production.gallery import Gallery
from dramatis.production.stock import load_stock
from dramatis.production.storyboard import write
from dramatis.story import Brief, Character

EXAMPLES = Path(__file__).parents[2] / "examples"


def _kept(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.value")}


def test_nothing_is_found_twice(tmp_path: Path) -> None:
    values = Values(tmp_path)
    engine = PortraitEngine(values)
    brief = Brief((Character("mira", str(EXAMPLES / "mira.png"), voice=str(EXAMPLES / "mira.flac")),), size=240)
    for preparation in preparations(brief, values):
        preparation(engine)
    before = _kept(tmp_path)
    gallery = Gallery(values)
    storyline, _ = write(brief, {"mira": str(EXAMPLES / "mira.flac")}, gallery, engine.limits, direct)
    first = takes(storyline, load_stock(storyline, gallery, engine.limits), engine.limits)[0]
    next(iter(engine.render(first).frames))
    assert before
    assert _kept(tmp_path) == before
