"""The figures of one film of `python -m benchmarks cascade`: drift, joins and the mouth against truth, after each phase.

Every function takes any finished film with its report and its vault, whatever phases it was made in.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.films.cascade_films import PlannedFilm
from dramatis.clock import Rate
from dramatis.evaluation.film import continuity, drift, measures
from dramatis.evaluation.film.figures import Goal
from dramatis.evaluation.film.phase_footage import Phases, frames_after, joins_of, phases_of
from dramatis.evaluation.native.metrics import LOOKS
from dramatis.evaluation.native.reader import Reader
from dramatis.evaluation.native.trace import FilmTrace, same, trace
from dramatis.evaluation.panels import FAINT, INK, PAPER, font, tile
from dramatis.media.still import Pixels, Still
from dramatis.media.videos.video import frame_at, probe, read_clip
from dramatis.models.compression import TIME
from dramatis.runtime.vault import Vault

Figures = dict[str, float | None]
STAGES = ("clips", "joins", "film")
"""The states of a film in which joins and the mouth are measured; the first two are phases."""
_FINE = 48  # frames a second in which a lag is given
_SHOWN, _TILE = 10, 240
_AROUND = range(-2, 3)


def _plain(digits: int, sign: str = "") -> Callable[[float], str]:
    return lambda value: f"{value:{sign}.{digits}f}"


def _share(value: float) -> str:
    return f"{value:.0%}"


def _of_stages(field: str, what: str, goal: str, met: Callable[[float], bool] | None = None) -> list[Goal]:
    """A row after each stage; the goal is the finished film's."""
    names = {"clips": "after clips", "joins": "after joins", "film": "film"}
    return [
        Goal(
            f"{stage} {field}",
            f"{what}, {names[stage]}",
            goal if stage == "film" else "",
            _plain(2),
            met if stage == "film" else None,
        )
        for stage in STAGES
    ]


ROWS = (
    Goal("colour", "colour at the end against the beginning, delta E", "≤ 2", _plain(2), lambda v: v <= 2),
    Goal("sharpness", "sharpness at the end against the beginning", "0.95 to 1.05", _plain(2), lambda v: 0.95 <= v <= 1.05),
    Goal("zoom", "height of the head at the end against the beginning", "", _plain(2)),
    Goal("kept", "attributes at the end as at the beginning", "", _share),
    Goal("asked", "attributes at the beginning as asked", "", _share),
    Goal("asked change", "attributes at the end as asked: more or fewer", "no fewer", "{:+.0%}".format, lambda v: v >= 0),
    Goal("joins", "joins that were measured", "", _plain(0)),
    *_of_stages("jump", "change at joins against around them", "≤ 1.15", lambda v: v <= 1.15),
    *_of_stages("elsewhere", "change at other frames where the codec's steps meet", ""),
    *_of_stages("quotient", "change at joins against such frames", ""),
    *_of_stages("worst", "change at joins, nine of ten are below", ""),
    *_of_stages("edge", "change where joins begin and end", ""),
    *_of_stages("mouth", "mouth against truth, correlation", ""),
    Goal("loss", "mouth: correlation lost by the finish", "≤ 0.02", _plain(3, "+"), lambda v: v <= 0.02),
    *_of_stages("near", "mouth within 0.5 s of joins less elsewhere", "within ±0.03", lambda v: abs(v) <= 0.03),
    *_of_stages("lag", "lag of the mouth, frames of 48", "within ±1", lambda v: abs(v) <= 1),
)
"""Every figure with its goal; a dash where a film has no such stage."""


@dataclass(frozen=True, eq=False)
class Shown:
    """A state of a film: its frames, their number and rate, its joins (frames), and where what was made again around joins
    begins and ends.
    """

    frames: Iterable[Pixels]
    count: int
    rate: Rate
    joins: Sequence[int]
    edges: Sequence[int] = ()


def kept(path: Path, film: Path, find: Callable[[], Figures]) -> Figures:
    """The figures in a file, if it is younger than the film and than the measures; else they are found and written there."""
    made_from = [film, *(Path(str(module)) for module in (__file__, continuity.__file__, drift.__file__))]
    if not path.exists() or path.stat().st_mtime < max(one.stat().st_mtime for one in made_from):
        path.write_text(json.dumps(find(), indent=1))
    return json.loads(path.read_text())


def figures_of(film: Path, plan: PlannedFilm, vault: Vault, reader: Reader) -> Figures:
    """All figures of a film that was made in phases."""
    return figures(plan, {stage: shown for stage in STAGES if (shown := _shown(film, stage, plan, vault))}, reader)


def figures(plan: PlannedFilm, stages: Mapping[str, Shown], reader: Reader) -> Figures:
    """All figures of a film in some of its states; drift is that of the state "film"."""
    found: Figures = {}
    truth = plan.opening()
    for stage, shown in stages.items():
        seen = trace(reader, shown.frames, shown.count, shown.rate)
        found |= {f"{stage} {name}": value for name, value in _of_joins(seen, shown, stages).items()}
        found |= {f"{stage} {name}": value for name, value in _of_mouth(seen, shown, truth).items()}
        if stage == "film":
            found |= _of_drift(seen, plan) | {"joins": float(len(shown.joins))}
    before, after = found.get("joins mouth", found.get("clips mouth")), found.get("film mouth")
    return found | {"loss": before - after if before is not None and after is not None else None}


def column(found: Figures, seconds: float) -> list[str]:
    """The cells of a film, one for each row."""
    return [row.cell(found.get(row.field), seconds) for row in ROWS]


def joins_at(film: Path, plan: PlannedFilm) -> list[float]:
    """Seconds at which clips of a film join: neighbouring takes of its phase "clips", without hard cuts."""
    clips = next(phase for phase in phases_of(film) if phase["name"] == "clips")
    fps = clips["canvas"]["fps"]
    return uncut([frame / fps for frame in joins_of(clips["takes"])], plan.cuts)


def uncut(joins: Sequence[float], cuts: Sequence[float]) -> list[float]:
    """Joins without those that are nearest to a cut (seconds): a cut is rounded to the frame rule."""
    hard = {min(joins, key=lambda join: abs(join - cut)) for cut in cuts if joins}
    return [join for join in joins if join not in hard]


def sheet(film: Path, joins: Sequence[float]) -> Still:
    """Frames around some joins, a row each: two before it, the shared one, two after it."""
    from PIL import Image, ImageDraw

    rate = probe(str(film)).canvas.rate
    places = np.unique(np.linspace(0, len(joins) - 1, min(_SHOWN, len(joins))).round().astype(int)) if joins else []
    page = Image.new("RGB", (len(_AROUND) * (_TILE + 6) + 6, max(1, len(places)) * (_TILE + 26)), PAPER)
    draw = ImageDraw.Draw(page)
    for row, place in enumerate(places):
        shared = rate.nearest(joins[int(place)])
        for column_of, step in enumerate(_AROUND):
            at, left, top = rate.time(shared + step), 6 + column_of * (_TILE + 6), row * (_TILE + 26)
            page.paste(tile(frame_at(str(film), at).pixels, _TILE, _TILE, 4), (left, top + 22))
            draw.text((left, top + 16), f"{at:.3f} s", font=font(13), fill=INK if step == 0 else FAINT, anchor="ls")
    return Still(np.asarray(page, np.uint8))


def _shown(film: Path, stage: str, plan: PlannedFilm, vault: Vault) -> Shown | None:
    """A film in one of its states; None if it was never in it."""
    joins, phases = joins_at(film, plan), phases_of(film)
    if stage == "film":
        clip, count = read_clip(str(film)), probe(str(film)).frames
        return Shown(clip.frames, count, clip.canvas.rate, _frames(joins, clip.canvas.rate), _edges(phases, clip.canvas.rate))
    names = [phase["name"] for phase in phases]
    if stage not in names or names[-1] == stage:
        return None
    rate = Rate.of(phases[names.index(stage)]["canvas"]["fps"])
    edges = _edges(phases, rate) if stage == "joins" else []
    return Shown(frames_after(phases, stage, vault), rate.nearest(plan.script.seconds), rate, _frames(joins, rate), edges)


def _edges(phases: Phases, rate: Rate) -> list[int]:
    """The first and the last frame of each take of the phase "joins"."""
    made = next((phase for phase in phases if phase["name"] == "joins"), None)
    if made is None:
        return []
    ends = [(take["first frame"], take["first frame"] + take["frames"] - 1) for take in made["takes"]]
    return _frames([frame / made["canvas"]["fps"] for pair in ends for frame in pair], rate)


def _frames(joins: Sequence[float], rate: Rate) -> list[int]:
    return [rate.nearest(join) for join in joins]


def _of_drift(seen: FilmTrace, plan: PlannedFilm) -> Figures:
    first, last = seen.looks
    aspects = (*LOOKS, "set")
    asked = same(first, plan.person, aspects)
    return {
        "colour": drift.colour_shift(seen.first, seen.last),
        "sharpness": drift.sharpness_ratio(seen.first, seen.last),
        "zoom": seen.zoom,
        "kept": same(first, last, aspects),
        "asked": asked,
        "asked change": same(last, plan.person, aspects) - asked,
    }


def _of_joins(seen: FilmTrace, shown: Shown, stages: Mapping[str, Shown]) -> Figures:
    """Changes at joins. They lie where steps of the codec meet, and there any film of it changes more: so others of these frames
    are looked at, too. A finished film has no goal for that: after each join its encoder begins with a frame of its own, and what
    stands still changes by that frame's coding noise, which no other frame has.
    """
    if not shown.joins:
        return {}
    slowest = min((other.rate for other in stages.values()), key=lambda rate: rate.fps)
    step = TIME * max(1, round(shown.rate.fps / slowest.fps))
    at = continuity.jumps(seen.changes, shown.joins, shown.rate.fps)
    others = continuity.jumps(seen.changes, continuity.elsewhere(shown.joins, shown.count, shown.rate.fps, step), shown.rate.fps)
    edges = continuity.jumps(seen.changes, [edge for edge in shown.edges if edge < shown.count - 1], shown.rate.fps)
    usual = float(np.median(others)) if len(others) else None
    return {
        "jump": float(np.median(at)),
        "quotient": float(np.median(at)) / usual if usual else None,
        "worst": float(np.percentile(at, 90)),
        "elsewhere": usual,
        "edge": float(np.median(edges)) if len(edges) else None,
    }


def _of_mouth(seen: FilmTrace, shown: Shown, truth: NDArray[np.float64]) -> Figures:
    fps, near = shown.rate.fps, continuity.around(shown.joins, shown.count, shown.rate.fps)
    inside, outside = (measures.correlation(seen.opening, truth, fps, where) for where in (near, ~near))
    late = measures.lag(seen.opening, truth, fps)
    return {
        "mouth": measures.correlation(seen.opening, truth, fps),
        "near": inside - outside if inside is not None and outside is not None else None,
        "lag": None if late is None else late * _FINE,
    }
