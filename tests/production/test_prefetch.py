"""What workers do ahead of a film is what its plan and its takes then ask for."""

from pathlib import Path

from dramatis.director import direct
from dramatis.engines.portrait import PortraitEngine
from dramatis.media.value_cache import ValueCache
from dramatis.production.assets import Assets
from dramatis.production.phases.single import takes
from dramatis.production.prefetch import preparations
from dramatis.production.stock import load_stock
from dramatis.production.storyboard import write
from dramatis.story import Brief, Character

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
