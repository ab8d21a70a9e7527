"""Long films of the native engine: drift, joins, lips after each phase, work, workers, and what an edit films again.

The same films are made as one chain of windows and drawn by the stage, and measured in the same way. Films and figures stay in
the folder that `--keep` names; what is there is not made again, so a run that was stopped goes on.
"""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.films import schedule
from benchmarks.films.cascade_films import PlannedFilm, films, long_film, written
from benchmarks.films.cascade_measures import ROWS, Figures, Shown, column, figures, figures_of, joins_at, kept, sheet
from benchmarks.running import Run, make, say, table
from dramatis.clock import Rate
from dramatis.director import direct
from dramatis.engines.native.engine import NativeEngine
from dramatis.engines.native.limits import weights_in
from dramatis.engines.native.load import load
from dramatis.evaluation.film.phase_footage import phases_of
from dramatis.evaluation.native import reader
from dramatis.media.pictures.picture_files import write_still
from dramatis.media.videos.video import read_clip
from dramatis.models.compression import TIME
from dramatis.models.headers import WEIGHTS
from dramatis.production.crew import Crew
from dramatis.production.phases.single import single
from dramatis.production.produce import produce
from dramatis.runtime.environment import calculate_alike
from dramatis.runtime.vault import Vault
from dramatis.stage.play.script import COLOURS
from dramatis.story import Canvas
from dramatis.story.document import to_json

PARTS = ("films", "chain", "drawn", "workers", "edit")
_NATIVE = Canvas(144, 144, Rate(12))
_EDITED = 3  # the number of the shot whose words are changed, from 0
_LONG = 300.0  # seconds
_FIRST_GOAL = 15.0  # seconds
_WORK_GOAL = 12.0  # seconds of work a second of film
_SPEEDUP_GOAL = 1.8
_SHARE_GOAL = 0.9


@dataclass(frozen=True)
class Scope:
    """What is made: seconds of each film and how many, pixels of a side and frames a second, and which parts."""

    seconds: float = 60.0
    films: int = 3
    size: int = 1080
    fps: float = 48.0
    parts: tuple[str, ...] = PARTS
    long: float = _LONG

    @property
    def canvas(self) -> Canvas:
        """Of the films."""
        return Canvas(self.size, self.size, Rate.of(self.fps))


QUICK = Scope(12.0, 1, 288, 24.0, ("films", "chain", "drawn"), 0.0)


@dataclass(frozen=True, eq=False)
class MadeFilm:
    """A finished film, its plan, its vault, and what making it took."""

    path: Path
    plan: PlannedFilm
    vault: Path
    run: Run


def scope(asked: Mapping[str, Any], quick: bool) -> Scope:
    """What the command line asks for: the usual scope, or the quick one, but for what is given."""
    given = {field.name: asked[field.name] for field in fields(Scope) if asked[field.name] is not None}
    return replace(QUICK if quick else Scope(), **given)


def run(folder: Path, wanted: Scope) -> None:
    """Make the films that are missing, measure them, and print the tables."""
    say("## Cascade\n\n")
    calculate_alike()
    plans = [*films(wanted.films, wanted.seconds), *([long_film(wanted.long)] if wanted.long else [])]
    columns: dict[str, Figures] = {}
    for plan in plans:
        found = _measured(plan, folder, wanted)
        columns |= found
        _tell(found)
        if "films" in wanted.parts:
            _work(_filmed(plan, folder, wanted))
    if len(plans) > 1:
        _tell(columns)
    if "workers" in wanted.parts:
        _workers(plans[0], folder, wanted)
    if "edit" in wanted.parts:
        _edit(next((plan for plan in plans if plan.cuts), films(3, wanted.seconds)[-1]), folder, wanted)


def _tell(columns: Mapping[str, Figures]) -> None:
    """One row for each figure, one column for each film."""
    names = [f"{row.what} {row.goal and f'({row.goal})'}".strip() for row in ROWS]
    cells = [column(found, _LONG) for found in columns.values()]
    rows = [list(row) for row in zip(names, *cells, strict=True) if set(row[1:]) - {"-"}]
    if rows:
        say("\n" + table(["", *columns], rows))


def _stem(plan: PlannedFilm, scope: Scope, kind: str = "") -> str:
    return f"{plan.name}{kind}-{plan.script.seconds:.0f}s-{scope.size}p{scope.fps:g}"


def _filmed(plan: PlannedFilm, folder: Path, scope: Scope, kind: str = "", workers: int | None = None) -> MadeFilm:
    """The film, made now if it is not there, with a vault of its own."""
    path = folder / f"{_stem(plan, scope, kind)}.mp4"
    vault, noted = path.with_suffix(".vault"), path.with_suffix(".run.json")
    if not path.exists() or not noted.exists():
        say(f"{time.strftime('%H:%M:%S')} making {path.name}\n")
        took = make(path, str(written(plan, folder, scope.canvas)), vault=vault, workers=workers)
        noted.write_text(json.dumps(asdict(took)))
    return MadeFilm(path, plan, vault, Run(**json.loads(noted.read_text())))


def _measured(plan: PlannedFilm, folder: Path, scope: Scope) -> dict[str, Figures]:
    """The film's figures, and those of the same film as a chain of windows and as it is drawn."""
    judge, found, joins = reader.load(), dict[str, Figures](), list[float]()
    if "films" in scope.parts:
        film = _filmed(plan, folder, scope)
        path, joins = film.path, joins_at(film.path, plan)
        write_still(sheet(path, joins), str(path.with_suffix(".joins.png")))
        own = partial(figures_of, path, plan, Vault(film.vault, True), judge)
        found[plan.name] = kept(path.with_suffix(".figures.json"), path, own)
    if "chain" in scope.parts:
        path = _chained(plan, folder)
        chain = _chain_shown(path, plan)
        seams = [chain.rate.time(join) for join in chain.joins]
        write_still(sheet(path, seams), str(path.with_suffix(".joins.png")))
        joins = joins or seams
        found[f"{plan.name}, chain"] = kept(
            path.with_suffix(".figures.json"), path, partial(figures, plan, {"film": chain}, judge)
        )
    if "drawn" in scope.parts:
        found[f"{plan.name}, drawn"] = figures(plan, {"film": _drawn(plan, joins)}, judge)
    return found


def _drawn(plan: PlannedFilm, joins: Sequence[float]) -> Shown:
    rate = _NATIVE.rate
    frames = plan.drawn(_NATIVE.height, rate)
    return Shown(frames, len(frames), rate, [rate.nearest(join) for join in joins])


def _chain_engine(frames: int) -> NativeEngine:
    """The native engine, which then takes films of so many frames at once."""
    engine = load(weights_in(WEIGHTS))
    return replace(engine, limits=replace(engine.limits, most_frames=max(frames, engine.limits.most_frames)))


def _chained(plan: PlannedFilm, folder: Path) -> Path:
    """The film in one take a shot: windows that each go on from the one before."""
    path = folder / f"{plan.name}-chain-{plan.script.seconds:.0f}s.mp4"
    if not path.exists():
        say(f"{time.strftime('%H:%M:%S')} making {path.name}\n")
        engine = partial(_chain_engine, TIME * (2 + _NATIVE.rate.nearest(plan.script.seconds) // TIME) + 1)
        produce(plan.storyline(folder, _NATIVE), path, Crew(single(engine), direct, vault=folder / "chain.vault"))
    return path


def _chain_shown(path: Path, plan: PlannedFilm) -> Shown:
    """A chain's joins are where a window goes on from another."""
    from dramatis.conditioning.grid import latent_frames, stretches

    engine = _chain_engine(0)
    windows = engine.networks.video_model.config.window, engine.sampling.kept
    joins = list[int]()
    for take in phases_of(path)[0]["takes"]:
        firsts = [fresh for _, fresh, _ in stretches(latent_frames(take["frames"] + -(take["frames"] - 1) % TIME), *windows)]
        joins += [take["first frame"] + TIME * (fresh - 1) for fresh in firsts[1:]]
    clip = read_clip(str(path))
    rate = clip.canvas.rate
    count = rate.nearest(plan.script.seconds)
    return Shown(clip.frames, count, rate, [join for join in joins if join < count - 1])


def _work(film: MadeFilm) -> None:
    """Seconds of work by phase, the first moving picture, and what any number of workers would need."""
    phases, seconds = phases_of(film.path), film.plan.script.seconds
    rows = []
    for phase in phases:
        work = [take["seconds"] for take in phase["takes"]]
        canvas = phase["canvas"]
        size = f"{canvas['width']}x{canvas['height']} at {canvas['fps']:g}"
        rows.append(
            [
                phase["name"],
                size,
                str(len(work)),
                f"{sum(work) / seconds:.2f}",
                f"{phase['seconds'] / seconds:.2f}",
                f"{max(work, default=0.0):.1f}",
            ]
        )
    total = sum(take["seconds"] for phase in phases for take in phase["takes"]) / seconds
    wall = film.run.seconds / seconds
    processor = film.run.processor / seconds
    rows.append(
        ["whole command", f"{processor:.2f} processor s", "", f"{total:.2f}", f"{wall:.2f} {_mark(wall <= _WORK_GOAL)}", ""]
    )
    head = ["phase", "canvas", "takes", "s of work / s of film", f"wall s / s of film (≤ {_WORK_GOAL:g})", "longest take, s"]
    first = film.run.first
    moving = "the film was finished before" if first is None else f"{first:.1f} s {_mark(first <= _FIRST_GOAL)}"
    again = sum(take["from the vault"] for phase in phases for take in phase["takes"])
    partly = f"; {again} takes came from an earlier run and count as 0 s" if again else ""
    say(f"{film.path.name}: first moving picture (≤ {_FIRST_GOAL:g} s): {moving}; peak {film.run.shared:.0f} MB{partly}\n\n")
    say(table(head, rows))
    _simulated([[take["seconds"] for take in phase["takes"]] for phase in phases])


def _simulated(phases: schedule.Seconds) -> None:
    """What any number of workers would need, from the seconds that the takes took."""
    alone, rows = schedule.makespan(phases, 1), list[list[str]]()
    for workers in schedule.WORKERS if alone else ():
        took, share = schedule.makespan(phases, workers), schedule.share(phases, workers)
        times = alone / took
        rows.append(
            [str(workers), f"{took:.0f}", f"{times:.1f}", f"{times / workers:.2f}", f"{share:.2f} {_mark(share >= _SHARE_GOAL)}"]
        )
    head = ["workers, simulated", "s", "times one worker", "for each worker", f"of what its takes allow (≥ {_SHARE_GOAL:g})"]
    say(table(head, rows))


def _workers(plan: PlannedFilm, folder: Path, scope: Scope) -> None:
    """Two workers against one, each with an empty vault."""
    one, two = (_filmed(plan, folder, scope, f"-workers-{count}", count).run.seconds for count in (1, 2))
    say(f"{plan.script.seconds:.0f} s of film: one worker {one:.0f} s, two {two:.0f} s: {one / two:.2f} times as fast ")
    say(f"(≥ {_SPEEDUP_GOAL:g}) {_mark(one / two >= _SPEEDUP_GOAL)}\n\n")


def _edit(plan: PlannedFilm, folder: Path, scope: Scope) -> None:
    """Words of one shot are changed; which takes are filmed again?"""
    film = _filmed(plan, folder, scope)
    path = folder / f"{_stem(plan, scope, '-edit')}.mp4"
    storyline, shot = plan.storyline(folder, scope.canvas), plan.shots[_EDITED][0]
    colour = plan.person["colour"]
    other = next(word for word in COLOURS if word != colour)
    shots = list(storyline.shots)
    words = shots[_EDITED].direction.words.replace(f"a {colour} ", f"a {other} ")
    shots[_EDITED] = replace(shots[_EDITED], direction=replace(shots[_EDITED].direction, words=words))
    if not path.exists():
        plan_path = path.with_suffix(".plan.json")
        plan_path.write_text(to_json(replace(storyline, shots=tuple(shots))))
        make(path, str(plan_path), vault=film.vault)
    rows = []
    for phase in phases_of(path):
        fps = phase["canvas"]["fps"]
        again = [take for take in phase["takes"] if not take["from the vault"]]
        inside = [take for take in phase["takes"] if _within(take, fps, shot.start, shot.end)]
        beyond = [take for take in again if not _within(take, fps, shot.start, shot.end)]
        rows.append(
            [phase["name"], str(len(phase["takes"])), str(len(inside)), str(len(again)), f"{len(beyond)} {_mark(not beyond)}"]
        )
    say(f"Other words for shot {_EDITED + 1} of {len(shots)}:\n\n")
    say(table(["phase", "takes", "of that shot", "filmed again", "of these in other shots"], rows))


def _within(take: dict[str, Any], fps: float, start: float, end: float) -> bool:
    """Whether a take's middle lies in a stretch of the film, which is rounded to whole takes."""
    first, last = take["first frame"] / fps, (take["first frame"] + take["frames"] - 1) / fps
    return start - 0.5 <= (first + last) / 2 <= end + 0.5


def _mark(met: bool) -> str:
    return "✓" if met else "✗"
