"""The last phase of the cascade: each clip at the film's size and rate, held by the large keyframes at its ends.

What it makes larger is the clip with the joins at its ends laid over it, if there is a phase of joins.
"""

from itertools import pairwise

from dramatis.production.phases.boundaries import FrameGrid, passages
from dramatis.production.phases.clips import NAME as CLIPS
from dramatis.production.phases.joins import NAME as JOINS
from dramatis.production.phases.joins import with_joins
from dramatis.production.phases.keyframes import NAME as KEYFRAMES
from dramatis.production.phases.phase import Earlier, TakesByPassage, between, made_of
from dramatis.production.stock import Stock
from dramatis.story import Storyline
from dramatis.take import Limits, Take

NAME = "finish"


def finish(grid: FrameGrid, storyline: Storyline, stock: Stock, limits: Limits, earlier: Earlier) -> TakesByPassage:
    """One take for each clip, of the same span."""
    made: list[tuple[Take, ...]] = []
    parts = (passages(storyline, stock, grid), earlier[KEYFRAMES], earlier[CLIPS])
    joined = earlier.get(JOINS, ((),) * len(parts[0]))
    for passage, frames, filmed, joins in zip(*parts, joined, strict=True):
        bare = [passage.take(clip.take.span, storyline, stock) for clip in filmed]
        if limits.takes_prior:
            bare = [made_of(with_joins(clip, joins), take) for clip, take in zip(filmed, bare, strict=True)]
        made.append(tuple(between(ends, take, limits) for ends, take in zip(pairwise(frames), bare, strict=True)))
    return tuple(made)
