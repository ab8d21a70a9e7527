"""The third phase of the cascade: between each keyframe and the next one a clip that begins and ends on them.

Clips do not depend on one another, so all of them can be filmed at once.
"""

from itertools import pairwise

from dramatis.clock import Span
from dramatis.production.phases.boundaries import FrameGrid, Passage, passages
from dramatis.production.phases.keyframes import NAME as KEYFRAMES
from dramatis.production.phases.phase import Earlier, TakesByPassage, between
from dramatis.production.stock import Stock
from dramatis.runtime.dispatch import RenderedClip
from dramatis.story import Storyline
from dramatis.take import Limits, Take

NAME = "clips"


def clips(grid: FrameGrid, storyline: Storyline, stock: Stock, limits: Limits, earlier: Earlier) -> TakesByPassage:
    """The clips of each passage, at the grid's rate for clips, with as many of their keyframes as the engine takes."""

    def clip(passage: Passage, first: RenderedClip, last: RenderedClip) -> Take:
        span = Span(first.take.span.start, last.take.span.start)
        return between((first, last), passage.take(span, storyline, stock), limits)

    planned = zip(passages(storyline, stock, grid), earlier[KEYFRAMES], strict=True)
    return tuple(tuple(clip(passage, first, last) for first, last in pairwise(frames)) for passage, frames in planned)
