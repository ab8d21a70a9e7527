"""A film in one phase: cuts shots into takes.

Boundaries are multiples of the engine's frame step. Neighbouring takes share the frame on their boundary, and the join
drops it from the later one. Only the last take may extend beyond the end of the film. The first takes are short, so that
the preview starts soon. Boundaries are placed in nearby silences.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Rate, Span
from dramatis.errors import BriefError
from dramatis.production.phases.boundaries import direction_of, goes_on, view_of
from dramatis.production.phases.clips import NAME
from dramatis.production.phases.phase import Earlier, Phase, TakesByPassage, frame_count
from dramatis.production.stock import LOUDNESS_RATE, Stock
from dramatis.story import Direction, Shot, Storyline
from dramatis.take import Engine, Limits, Role, Take

LENGTHS = (0.52, 0.52, 1.0, 2.0, 2.0)
"""Length of a film's first takes, in seconds: two workers make its first second with two of them."""
LENGTH, LAST = 4.0, 1.5
"""Length in seconds of the other takes, and of the last ones of a long shot, so that workers end at about the same time."""
_SHARE = 4  # a take is at most this share of the rest of its shot
_SLACK = 0.15  # of a take's length: how far a boundary may move to a silence
_EXACT = 2  # takes that end where they should: nothing waits for a silence in the first second
_REST = 1.0  # seconds; a shorter last take is merged into the previous one


def single(engine: Callable[[], Engine]) -> tuple[Phase, ...]:
    """The one phase of an engine (a picklable function makes it) that films at the film's size and rate at once."""
    return (Phase(NAME, engine, _planned),)


def _planned(storyline: Storyline, stock: Stock, limits: Limits, _earlier: Earlier) -> TakesByPassage:
    return (takes(storyline, stock, limits),)


def takes(storyline: Storyline, stock: Stock, limits: Limits) -> tuple[Take, ...]:
    """The film's takes in order; the first frame of each, except the first, is the last frame of the previous one."""
    made: list[Take] = []
    rate = storyline.canvas.rate
    if not limits.seamless:
        return _whole_shots(storyline, stock, limits)
    ruler = _Ruler(rate, limits, stock.loudness)
    for shot, start, end in _shots(storyline, limits.frame_step):
        roles = stock.roles(shot)
        edges = _edges(start, end, len(made), ruler)
        for first, last in pairwise(edges) if len(edges) > 1 else [(start, end)]:
            span = Span(rate.time(first), rate.time(last))
            made.append(_take(storyline, span, roles, shot, shot.direction))
    return tuple(made)


def _whole_shots(storyline: Storyline, stock: Stock, limits: Limits) -> tuple[Take, ...]:
    """Merge consecutive shots with the same picture, people and words into one take, up to the longest allowed take."""
    rate = storyline.canvas.rate
    runs: list[tuple[int, int, list[Shot]]] = []
    for shot, start, end in _shots(storyline, limits.frame_step):
        if end - start >= limits.most_frames:
            raise BriefError(
                f'The engine "{limits.name}" films shots of at most {limits.most_frames / rate.fps:.0f} s, '
                f"and one of {(end - start) / rate.fps:.0f} s is planned; give a shorter voice, or plan more shots."
            )
        if runs and goes_on(runs[-1][2][-1], shot) and end - runs[-1][0] < limits.most_frames:
            first, _, shots = runs.pop()
            runs.append((first, end, [*shots, shot]))
        else:
            runs.append((start, end, [shot]))
    return tuple(
        _take(storyline, Span(rate.time(first), rate.time(last)), stock.roles(shots[0]), shots[0], direction_of(shots))
        for first, last, shots in runs
    )


def _take(storyline: Storyline, span: Span, roles: tuple[Role, ...], shot: Shot, direction: Direction) -> Take:
    seed, view = storyline.seed, view_of(shot)
    return Take(storyline.canvas, span, roles, direction=direction, seed=seed, view=view, shot_seed=shot.seed)


def _shots(storyline: Storyline, step: int) -> list[tuple[Shot, int, int]]:
    """Each shot with its first and last frame, both shared with its neighbours and multiples of the step.

    The join drops a shot's first frame, so it is one before the first visible one. Shots shorter than
    a step are left out.
    """
    rate = storyline.canvas.rate
    last = -(-(frame_count(storyline) - 1) // step) * step
    starts = [0] + [max(0, round((rate.nearest(shot.span.start) - 1) / step) * step) for shot in storyline.shots[1:]]
    ends = [min(start, last) for start in starts[1:]] + [last]
    shots = [(shot, start, end) for shot, start, end in zip(storyline.shots, starts, ends, strict=True) if end > start]
    return shots or [(storyline.shots[0], 0, last)]


class _Ruler:
    """Possible boundaries, and the loudness there."""

    def __init__(self, rate: Rate, limits: Limits, loudness: NDArray[np.float32]) -> None:
        self.step = limits.frame_step
        self.most = (limits.most_frames - 1) // limits.frame_step * limits.frame_step
        self._rate, self._loudness = rate, loudness

    def frames(self, seconds: float) -> int:
        """The nearest allowed length, at least one step."""
        return min(self.most, max(self.step, round(self._rate.fps * seconds / self.step) * self.step))

    def length(self, number: int, left: int) -> int:
        """Target number of frames of a take, by its number and the frames that are left of its shot. What comes after the shot
        does not count, so a film that is extended keeps its takes.
        """
        rest = self._rate.time(left)
        usual = LENGTHS[number] if number < len(LENGTHS) else LENGTH
        return self.frames(usual if rest <= LENGTH else min(usual, max(rest / _SHARE, LAST)))

    def quietest(self, first: int, target: int) -> int:
        """The quietest boundary near `target` for a take that starts at `first`."""
        slack = int((target - first) * _SLACK) // self.step * self.step
        latest = min(target + slack, first + self.most)
        places = np.arange(target - slack, latest + 1, self.step)
        times = places * (self._rate.per / self._rate.frames)
        heard = self._loudness[np.minimum((times * LOUDNESS_RATE).astype(int), len(self._loudness) - 1)]
        away = np.abs(places - target) / max(1, target - first)
        return int(places[np.argmin(heard + 0.01 * away)])


def _edges(start: int, end: int, made: int, ruler: _Ruler) -> list[int]:
    """Boundaries from `start` to `end`, both included; `made` takes of the film come before."""
    edges = [start]
    rest = ruler.frames(_REST)
    while end - edges[-1] > 0:
        left = end - edges[-1]
        length = ruler.length(made + len(edges) - 1, left)
        if left <= length or (left - length < rest and left <= ruler.most):
            edges.append(end)
        elif made + len(edges) <= _EXACT:
            edges.append(edges[-1] + length)
        else:
            edges.append(min(end, ruler.quietest(edges[-1], edges[-1] + length)))
    return edges
