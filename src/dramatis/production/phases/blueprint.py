"""The first phase of the cascade: the whole film, small and at a few frames a second. It fixes motion, layout and camera."""

from itertools import pairwise

from dramatis.clock import Span, step_after, step_before
from dramatis.errors import BriefError
from dramatis.production.phases.boundaries import FrameGrid, Passage, passages
from dramatis.production.phases.phase import Earlier, TakesByPassage
from dramatis.production.stock import Stock
from dramatis.story import Storyline
from dramatis.take import Limits, Take

NAME = "blueprint"


def blueprint(grid: FrameGrid, storyline: Storyline, stock: Stock, limits: Limits, _earlier: Earlier) -> TakesByPassage:
    """Each passage in takes that are as long as may be; they cover it on the engine's own frame step.

    The canvas has the rate of the grid's blueprint. Raises `BriefError` for a passage that the engine cannot film.
    """
    return tuple(_takes(passage, grid, storyline, stock, limits) for passage in passages(storyline, stock, grid))


def _takes(passage: Passage, grid: FrameGrid, storyline: Storyline, stock: Stock, limits: Limits) -> tuple[Take, ...]:
    canvas, per_frame = storyline.canvas, grid.clips.per_frame_of(grid.blueprint)
    first = step_before(passage.edges[0] // per_frame, limits.frame_step)
    last = step_after(passage.edges[-1] // per_frame, limits.frame_step)
    longest = step_before(limits.most_frames - 1, limits.frame_step)
    if last - first > longest and not limits.seamless:
        raise BriefError(
            f'The engine "{limits.name}" films shots of at most {longest / canvas.rate.fps:.0f} s, '
            f"and one of {(last - first) / canvas.rate.fps:.0f} s is planned; give a shorter voice, or plan more shots."
        )
    times = [canvas.rate.time(edge) for edge in (*range(first, last, longest), last)]
    return tuple(passage.take(Span(start, end), storyline, stock) for start, end in pairwise(times))
