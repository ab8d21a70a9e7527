"""The second phase of the cascade: single frames of the film's size, each finished on its own from a blueprint frame.

Nothing is handed from one to the next, so nothing drifts. The clips lie between them: which frames are filmed here decides
where the clips end.
"""

from collections.abc import Callable

from dramatis.clock import Span
from dramatis.production.phases.blueprint import NAME as BLUEPRINT
from dramatis.production.phases.boundaries import FrameGrid, Passage, passages
from dramatis.production.phases.phase import Earlier, TakesByPassage, frame_at, made_of, silent
from dramatis.production.stock import Stock
from dramatis.runtime.dispatch import RenderedClip
from dramatis.story import Storyline
from dramatis.take import Limits, Take

NAME = "keyframes"
Choose = Callable[[Passage, tuple[RenderedClip, ...]], tuple[int, ...]]
"""From a passage and its blueprint to the boundaries of its clips, multiples of the grid's unit, first and last as proposed."""


def as_cut(passage: Passage, _blueprint: tuple[RenderedClip, ...]) -> tuple[int, ...]:
    """The boundaries as the voice proposes them."""
    return passage.edges


def keyframes(
    grid: FrameGrid, storyline: Storyline, stock: Stock, limits: Limits, earlier: Earlier, choose: Choose = as_cut
) -> TakesByPassage:
    """One take of one frame for each boundary of each passage."""

    def keyframe(passage: Passage, filmed: tuple[RenderedClip, ...], at: float) -> Take:
        bare = passage.take(Span(at, at), storyline, stock)
        return made_of(frame_at(filmed, at), silent(bare)) if limits.takes_prior else bare

    planned = zip(passages(storyline, stock, grid), earlier[BLUEPRINT], strict=True)
    return tuple(
        tuple(keyframe(passage, filmed, grid.clips.time(edge)) for edge in choose(passage, filmed)) for passage, filmed in planned
    )
