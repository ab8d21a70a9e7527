"""The first phase of the cascade: the whole film, small and at a few frames a second. It fixes motion, layout and camera.

It is the first of the film that can be watched, so its first take is short, and each is twice as long as the one before.
"""

from collections.abc import Iterator
from itertools import pairwise

from dramatis.clock import Span, step_after, step_before
from dramatis.errors import BriefError
from dramatis.production.phases.boundaries import FrameGrid, Passage, passages
from dramatis.production.phases.phase import Earlier, TakesByPassage
from dramatis.production.stock import Stock
from dramatis.story import Storyline
from dramatis.take import Limits, Take

NAME = "blueprint"
_FIRST, _LONGEST = 1.0, 8.0  # seconds of the film's first take, and of the longest where cuts do not show


def blueprint(grid: FrameGrid, storyline: Storyline, stock: Stock, limits: Limits, _earlier: Earlier) -> TakesByPassage:
    """Each passage in takes that cover it on the engine's own frame step, or in one take if they would not match.

    The canvas has the rate of the grid's blueprint. Raises `BriefError` for a passage that the engine cannot film.
    """
    rate, made = storyline.canvas.rate, list[tuple[Take, ...]]()
    for passage in passages(storyline, stock, grid):
        first, last = _ends(passage, grid, limits)
        edges = list(_edges(first, last, sum(map(len, made)), rate.fps, limits))
        spans = [Span(rate.time(start), rate.time(end)) for start, end in pairwise(edges)]
        made.append(tuple(passage.take(span, storyline, stock) for span in spans))
    return tuple(made)


def _ends(passage: Passage, grid: FrameGrid, limits: Limits) -> tuple[int, int]:
    """The first and last frame of a passage's takes, which may lie outside it."""
    per_frame = grid.clips.per_frame_of(grid.blueprint)
    first = step_before(passage.edges[0] // per_frame, limits.frame_step)
    return first, step_after(passage.edges[-1] // per_frame, limits.frame_step)


def _edges(first: int, last: int, number: int, fps: float, limits: Limits) -> Iterator[int]:
    """Where takes begin and end, from the film's take of that number on."""
    longest = step_before(limits.most_frames - 1, limits.frame_step)
    if last - first > longest and not limits.seamless:
        raise BriefError(
            f'The engine "{limits.name}" films shots of at most {longest / fps:.0f} s, '
            f"and one of {(last - first) / fps:.0f} s is planned; give a shorter voice, or plan more shots."
        )
    while first < last:
        yield first
        wished = max(limits.frame_step, step_before(round(_FIRST * fps) << number, limits.frame_step))
        usual = max(limits.frame_step, step_before(round(_LONGEST * fps), limits.frame_step))
        first = min(last, first + (min(longest, wished, usual) if limits.seamless else longest))
        number += 1
    yield last
