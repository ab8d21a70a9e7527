"""The last phase of the cascade: each clip at the film's size and rate, held by the large keyframes at its ends."""

from dataclasses import replace
from itertools import pairwise

from dramatis.production.phases.boundaries import FrameGrid, Passage, passages
from dramatis.production.phases.clips import NAME as CLIPS
from dramatis.production.phases.keyframes import NAME as KEYFRAMES
from dramatis.production.phases.phase import Earlier, TakesByPassage, between, footage
from dramatis.production.stock import Stock
from dramatis.runtime.pool import RenderedClip
from dramatis.story import Storyline
from dramatis.take import Limits, Take

NAME = "finish"


def finish(grid: FrameGrid, storyline: Storyline, stock: Stock, limits: Limits, earlier: Earlier) -> TakesByPassage:
    """One take for each clip, of the same span."""

    def finished(passage: Passage, ends: tuple[RenderedClip, RenderedClip], clip: RenderedClip) -> Take:
        bare = passage.take(clip.take.span, storyline, stock)
        return between(ends, replace(bare, prior=footage(clip)) if limits.takes_prior else bare, limits)

    planned = zip(passages(storyline, stock, grid), earlier[KEYFRAMES], earlier[CLIPS], strict=True)
    return tuple(
        tuple(finished(passage, ends, clip) for ends, clip in zip(pairwise(frames), filmed, strict=True))
        for passage, frames, filmed in planned
    )
