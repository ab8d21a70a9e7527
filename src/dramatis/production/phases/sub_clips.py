"""Shots that are longer than a network sees at once, by an engine that takes both ends of a clip: sub-clips, side by side.

First such shots are drafted as a chain, each window from the end of the one before. Frames of the draft where sub-clips meet are
then given to both neighbours, so these do not wait for one another. Shots of one clip are filmed at once, and not drafted, unless
the engine films nothing but from one given frame to another.
"""

from itertools import pairwise

from dramatis.clock import Span
from dramatis.production.phases.blueprint import NAME as DRAFT
from dramatis.production.phases.blueprint import blueprint
from dramatis.production.phases.boundaries import FrameGrid, Passage, passages
from dramatis.production.phases.phase import Earlier, TakesByPassage, with_given
from dramatis.production.stock import Stock
from dramatis.runtime.dispatch import RenderedClip
from dramatis.story import Storyline
from dramatis.take import Limits, Take

_BOTH_ENDS = ("ends", "any")


def can_meet(limits: Limits) -> bool:
    """Whether an engine, whose takes do not match wherever a shot is cut, can film sub-clips that meet in given frames."""
    return not limits.seamless and limits.anchors in _BOTH_ENDS


def drafts(grid: FrameGrid, every: bool, storyline: Storyline, stock: Stock, limits: Limits, earlier: Earlier) -> TakesByPassage:
    """Takes of `every` passage, or of those that are cut alone. Raises `BriefError` for one that the engine cannot film."""
    made = blueprint(grid, storyline, stock, limits, earlier)
    wanted = [every or len(passage.edges) > 2 for passage in passages(storyline, stock, grid)]
    return tuple(takes if needed else () for takes, needed in zip(made, wanted, strict=True))


def sub_clips(grid: FrameGrid, storyline: Storyline, stock: Stock, limits: Limits, earlier: Earlier) -> TakesByPassage:
    """The clips of each passage. Where it begins an engine has its picture; all other ends are frames of the draft."""

    def clip(passage: Passage, drafted: tuple[RenderedClip, ...], first: int, last: int) -> Take:
        span = Span(grid.clips.time(first), grid.clips.time(last))
        met = [_place(drafted, edge) for edge in (first, last) if drafted and edge != passage.edges[0]]
        return with_given(passage.take(span, storyline, stock), met, limits)

    planned = zip(passages(storyline, stock, grid), earlier[DRAFT], strict=True)
    return tuple(tuple(clip(passage, drafted, *ends) for ends in pairwise(passage.edges)) for passage, drafted in planned)


def _place(drafted: tuple[RenderedClip, ...], frame: int) -> tuple[RenderedClip, int]:
    """The clip of a draft that shows a frame, and the frame's place in it."""
    return next((clip, frame - clip.take.first) for clip in drafted if 0 <= frame - clip.take.first < clip.take.frames)
