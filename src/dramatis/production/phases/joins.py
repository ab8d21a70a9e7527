"""The fourth phase of the cascade: the frames around each boundary between two clips are made again, as one take.

A join begins in one clip and ends in the next. Both clips are given at its ends, and it hears the voice of that moment, so
what happens at the boundary is one movement. The next phase reads each clip with the joins at its ends laid over it, so the
boundary's frame, and all that is near it, is the same in both neighbours.
"""

from itertools import pairwise

from dramatis.clock import Span, step_before
from dramatis.media.footage import Footage
from dramatis.production.phases.boundaries import FrameGrid, Passage, passages
from dramatis.production.phases.clips import NAME as CLIPS
from dramatis.production.phases.phase import Earlier, TakesByPassage, footage, spliced, stored, with_given
from dramatis.production.stock import Stock
from dramatis.runtime.dispatch import RenderedClip
from dramatis.story import Storyline
from dramatis.take import Limits, Take

NAME = "joins"
_REACH = 2 / 3  # seconds before and after a boundary
_BOTH_ENDS = ("ends", "any")


def joins(grid: FrameGrid, storyline: Storyline, stock: Stock, limits: Limits, earlier: Earlier) -> TakesByPassage:
    """One take for each boundary inside a passage, on the canvas of the clips; none between clips that are too short for one.

    An engine that does not take both a first and a last frame films none.
    """
    planned = zip(passages(storyline, stock, grid), earlier[CLIPS], strict=True)

    def of_passage(passage: Passage, filmed: tuple[RenderedClip, ...]) -> tuple[Take, ...]:
        pairs = [(before, after, _reach(before, after, grid, limits)) for before, after in pairwise(filmed)]
        return tuple(
            _join((before, after), reach, passage.take(_span(after, reach), storyline, stock), limits)
            for before, after, reach in pairs
            if reach
        )

    return tuple(of_passage(passage, filmed) for passage, filmed in planned)


def with_joins(clip: RenderedClip, made: tuple[RenderedClip, ...]) -> Footage:
    """All of a clip, as a prior, with the joins of its passage laid over its ends. It reaches as far beyond them as the joins
    do, so that an engine that looks at the frames around each one sees the same on both sides of a boundary.
    """
    at = {join.take.first + join.take.frames // 2: join for join in made}
    before, after = at.get(clip.take.first), at.get(clip.take.first + clip.take.frames - 1)
    if before is None and after is None:
        return footage(clip)
    left, right = (join.take.frames // 2 if join else 0 for join in (before, after))
    own = stored(clip, left, clip.take.frames - left - right)
    parts = (stored(before, 0, 2 * left) if before else None, own, stored(after, 1, 2 * right) if after else None)
    return spliced(clip.take.canvas, clip.take.first - left, tuple(part for part in parts if part))


def _reach(before: RenderedClip, after: RenderedClip, grid: FrameGrid, limits: Limits) -> int:
    """Frames of a join before and after its boundary, a multiple of the grid's step; 0: there is no room for a join."""
    if limits.anchors not in _BOTH_ENDS:
        return 0
    wished = max(1, round(_REACH * grid.clips.fps / grid.step)) * grid.step
    shortest = min(before.take.frames, after.take.frames, limits.most_frames) - 1
    return min(wished, step_before(shortest // 2, grid.step))


def _span(after: RenderedClip, reach: int) -> Span:
    rate, boundary = after.take.canvas.rate, after.take.first
    return Span(rate.time(boundary - reach), rate.time(boundary + reach))


def _join(clips: tuple[RenderedClip, RenderedClip], reach: int, take: Take, limits: Limits) -> Take:
    """A take with the frames of both clips that it begins and ends with as given frames.

    They are not its prior: what differs at the boundary is not to be made again, and a prior's noise is left in the picture.
    Of the clip before, the frames of one step more are given if the engine takes them and they lie before the boundary: they
    say how fast everything moves.
    """
    before, after = clips
    first = before.take.frames - 1 - reach
    led = limits.frame_step if limits.frame_step < reach else 0
    places = [(before, first + number) for number in range(led + 1)]
    return with_given(take, [*places, (after, reach)], limits)
