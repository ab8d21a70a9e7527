"""Where the clips of a cascade end: near even cuts, where nobody speaks, on the frame rule (docs/decisions/0004-phases.md).

A boundary is a multiple of the clips' frame step and of the frames of one blueprint frame, so it is a frame of both. A clip
from boundary a to b has `b - a + 1` frames and shares one with each neighbour. Near each even cut a boundary lies in a
silence if there is one, else between two words, else as near as it can.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, lcm

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Rate, Span, step_after, step_before
from dramatis.production.stock import LOUDNESS_RATE, Stock
from dramatis.story import Direction, Shot, Storyline
from dramatis.take import Take, View

_QUIET = 0.04  # of the loudness of speech
_SILENCE = 0.25  # seconds; a shorter pause is a gap between words
_REACH = 0.3  # of an even clip's length: how far a boundary moves
_EPSILON = 1e-6  # frames
_AHEAD = 3.0  # seconds: the motion model of a planned film sees a window of 3 s

Pick = Callable[[Sequence[int], float], int]
"""From places that are equally good for the voice, and the even cut (frames of the clips), to the boundary."""


@dataclass(frozen=True)
class FrameGrid:
    """The clocks of a cascade: frames a second of the `clips` and of the `blueprint`, which divides them.

    `step` and `most` are of the engine that films the clips (`Limits.frame_step`, `most_frames`); `seconds` is how long
    they should be. Raises `ValueError` for rates, or for a longest clip, that do not fit.
    """

    clips: Rate
    blueprint: Rate
    step: int = 1
    most: int = 250
    seconds: float = 4.0

    def __post_init__(self) -> None:
        if self.longest < self.unit:
            raise ValueError(f"boundaries lie {self.unit} frames apart, and a clip has at most {self.most}")

    @property
    def unit(self) -> int:
        """Frames of the clips between two places where a boundary may lie."""
        return lcm(self.step, self.clips.per_frame_of(self.blueprint))

    @property
    def longest(self) -> int:
        """The most frames from a boundary to the next one."""
        return step_before(self.most - 1, self.unit)


@dataclass(frozen=True)
class Quiet:
    """Where nobody speaks, in seconds on the film's clock: pauses, and shorter gaps between words."""

    silences: tuple[Span, ...] = ()
    gaps: tuple[Span, ...] = ()

    def cost(self, seconds: float) -> int:
        """How bad it is to cut at an instant: 0 in a silence, 1 between words, 2 in a word."""
        kinds = (self.silences, self.gaps)
        return next((cost for cost, spans in enumerate(kinds) if any(span.holds(seconds) for span in spans)), len(kinds))


@dataclass(frozen=True)
class Passage:
    """Shots that go on without a cut, the boundaries of their clips, on the clips' clock, first and last included, and where
    nobody speaks.
    """

    shots: tuple[Shot, ...]
    edges: tuple[int, ...]
    heard: Quiet = field(default_factory=Quiet)

    def take(self, span: Span, storyline: Storyline, stock: Stock) -> Take:
        """A take of a part of it, with its people and its direction up to then, and with nothing given.

        A performance depends on what came before, so the take has all earlier cues. It has no later ones: an edit of a shot
        leaves alone what is filmed before it.
        """
        wished = direction_of(self.shots)
        direction = replace(wished, cues=tuple(cue for cue in wished.cues if cue.span.start < span.end + _AHEAD))
        return Take(
            storyline.canvas,
            span,
            stock.roles(self.shots[0]),
            direction=direction,
            seed=storyline.seed,
            shot_seed=self.shots[0].seed,
        )


def passages(storyline: Storyline, stock: Stock, grid: FrameGrid) -> tuple[Passage, ...]:
    """The film's passages in order; the last one reaches beyond its end, others to the start of the next."""
    heard = quiet(stock.loudness)
    bounds = [(shots, start, end) for shots, start, end in _runs(storyline, grid) if end > start]
    return tuple(Passage(shots, cuts(start, end, heard, grid), heard) for shots, start, end in bounds)


def goes_on(shot: Shot, following: Shot) -> bool:
    """Whether a shot follows without a cut: the same picture, people, view, words and seed."""
    same = shot.picture == following.picture and shot.cast == following.cast and view_of(shot) == view_of(following)
    same = same and (shot.seed, shot.background) == (following.seed, following.background)
    same = same and shot.direction.keep == following.direction.keep
    return same and shot.direction.words == following.direction.words


def view_of(shot: Shot) -> View:
    """What the camera frames."""
    return View(shot.framing, shot.focus)


def direction_of(shots: Sequence[Shot]) -> Direction:
    """What is wished for in shots that go on: the words of the first, and the cues of all of them, each once."""
    return replace(shots[0].direction, cues=tuple(dict.fromkeys(cue for shot in shots for cue in shot.direction.cues)))


def nearest(places: Sequence[int], even: float) -> int:
    """The place that is nearest to an even cut."""
    return min(places, key=lambda place: abs(place - even))


def cuts(start: int, end: int, heard: Quiet, grid: FrameGrid, pick: Pick = nearest) -> tuple[int, ...]:
    """Boundaries from `start` to `end`, both included and multiples of the unit; `pick` chooses among equally good ones."""
    count = _clips(end - start, grid)
    edges = [start]
    for number in range(1, count):
        left = count - number  # clips that are still to come
        low = max(edges[-1] + grid.unit, end - left * grid.longest)
        high = min(edges[-1] + grid.longest, end - left * grid.unit)
        even = start + (end - start) * number / count
        reach = _REACH * (end - start) / count
        edges.append(pick(_good(range(low, high + 1, grid.unit), even, reach, heard, grid.clips), even))
    return (*edges, end)


def quiet(loudness: NDArray[np.float32]) -> Quiet:
    """Where nobody speaks, from a loudness of 0 to 1, `LOUDNESS_RATE` values a second (`Stock.loudness`)."""
    silent = np.concatenate([[False], loudness < _QUIET, [False]])
    turns = np.flatnonzero(np.diff(silent.astype(np.int8))).reshape(-1, 2) / LOUDNESS_RATE
    spans = [Span(float(start), float(end)) for start, end in turns]
    return Quiet(
        tuple(span for span in spans if span.seconds >= _SILENCE), tuple(span for span in spans if span.seconds < _SILENCE)
    )


def _clips(frames: int, grid: FrameGrid) -> int:
    """How many clips a passage of so many frames has: as long as they should be, at least one unit, at most `longest`."""
    wished = round(frames / grid.clips.fps / grid.seconds)
    return max(1, ceil(frames / grid.longest), min(wished, frames // grid.unit))


def _good(places: Sequence[int], even: float, reach: float, heard: Quiet, rate: Rate) -> Sequence[int]:
    """The places near an even cut where it disturbs the voice least; the nearest one if none is within reach."""
    costs = {place: heard.cost(rate.time(place)) for place in places if abs(place - even) <= reach}
    best = min(costs.values(), default=0)
    return [place for place, cost in costs.items() if cost == best] or [nearest(places, even)]


def _runs(storyline: Storyline, grid: FrameGrid) -> list[tuple[tuple[Shot, ...], int, int]]:
    """Shots that go on without a cut, with the boundaries before and after them.

    The join drops a passage's first frame, so it lies one before the first that is seen.
    """
    last = step_after(ceil(storyline.seconds * grid.clips.fps - _EPSILON), grid.unit)
    runs: list[list[Shot]] = []
    for shot in storyline.shots:
        if runs and goes_on(runs[-1][-1], shot):
            runs[-1].append(shot)
        else:
            runs.append([shot])
    seen = [(grid.clips.nearest(run[0].span.start) - 1) / grid.unit for run in runs[1:]]
    edges = [0, *(min(last, max(0, round(place) * grid.unit)) for place in seen), last]
    return [(tuple(run), start, end) for run, start, end in zip(runs, edges, edges[1:], strict=False)]
