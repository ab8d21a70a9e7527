"""A crew of five phases of the fake engine, as a generative engine has: for tests of every phase."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from dramatis.clock import Rate
from dramatis.engines.fake import FakeEngine
from dramatis.media.still import Pixels
from dramatis.media.videos.video import LOSSLESS, read_clip
from dramatis.production.crew import Crew
from dramatis.production.phases.blueprint import blueprint
from dramatis.production.phases.boundaries import FrameGrid
from dramatis.production.phases.choice import choose
from dramatis.production.phases.clips import clips
from dramatis.production.phases.finish import finish
from dramatis.production.phases.joins import joins
from dramatis.production.phases.keyframes import keyframes
from dramatis.production.phases.phase import Format, Phase
from dramatis.production.produce import Film
from dramatis.runtime.render_lanes import local
from tests.production.directing import undirected

NAMES = ("blueprint", "keyframes", "clips", "joins", "finish")
SMALL, LARGE = 48, 96  # pixels of the shorter side


def phases(grid: FrameGrid, engines: Mapping[str, FakeEngine] | None = None) -> tuple[Phase, ...]:
    """The phases of a cascade; `engines` are those that differ from one that takes everything, with the grid's step. Joins
    are filmed as clips are.
    """
    given = {"joins": (engines or {}).get("clips", FakeEngine(grid.step)), **(engines or {})}
    chosen = {name: given.get(name, FakeEngine(grid.step)) for name in NAMES}
    shared = {engine: partial(FakeEngine, **vars(engine)) for engine in chosen.values()}
    builders = {name: shared[engine] for name, engine in chosen.items()}
    return (
        Phase("blueprint", builders["blueprint"], partial(blueprint, grid), Format(SMALL, grid.blueprint)),
        Phase("keyframes", builders["keyframes"], partial(keyframes, grid, choose=partial(choose, grid))),
        Phase("clips", builders["clips"], partial(clips, grid), Format(SMALL, grid.clips)),
        Phase("joins", builders["joins"], partial(joins, grid), Format(SMALL, grid.clips)),
        Phase("finish", builders["finish"], partial(finish, grid)),
    )


GRID = FrameGrid(clips=Rate(12), blueprint=Rate(3), step=4, most=61, seconds=1.0)


def crew(workers: int = 0, vault: Path | None = None, grid: FrameGrid = GRID, **engines: FakeEngine) -> Crew:
    return Crew(phases(grid, engines), undirected, local(workers), LOSSLESS, vault)


def takes_of(film: Film) -> dict[str, list[dict[str, int]]]:
    return {phase["name"]: phase["takes"] for phase in json.loads(film.report.read_text())["phases"]}


def frames_of(path: Path) -> list[Pixels]:
    return list(read_clip(str(path)).frames)
