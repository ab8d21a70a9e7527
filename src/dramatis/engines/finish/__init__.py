"""The finish engine: from a small clip, its prior, to the film's size and rate.

Begin at `engine.py`: which frames are made from which. `corrections.py` holds frames to the large pictures that are given,
`between.py` makes what lies between two frames of the clip, with mouths where the voice is (`mouth_motion.py`).
"""

from functools import partial

from dramatis.engines.deferred import DeferredEngine
from dramatis.engines.finish.limits import limits_of, weights_in
from dramatis.media.value_cache import ValueCache
from dramatis.models.headers import WEIGHTS
from dramatis.take import Engine

__all__ = ["shipped"]


def shipped(cache: ValueCache) -> DeferredEngine:
    """The engine with the shipped weights; what it hears is kept in a cache."""
    return DeferredEngine("finish", limits_of(weights_in(WEIGHTS)), partial(_loaded, cache))


def _loaded(cache: ValueCache) -> Engine:
    from dramatis.engines.finish.engine import load

    return load(weights_in(WEIGHTS), cache)
