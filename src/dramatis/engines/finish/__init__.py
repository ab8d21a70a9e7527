"""The finish engine: from a small clip, its prior, to the film's size and rate.

Begin at `engine.py`: which frames are made from which. `corrections.py` holds frames to the large pictures that are given,
`between.py` makes what lies between two frames of the clip.
"""

from dramatis.engines.deferred import DeferredEngine
from dramatis.engines.finish.limits import limits_of
from dramatis.media.value_cache import ValueCache
from dramatis.models.headers import WEIGHTS
from dramatis.take import Engine

__all__ = ["shipped"]

_SHIPPED = (WEIGHTS / "upscaler.safetensors", WEIGHTS / "interpolator.safetensors")


def shipped(_cache: ValueCache) -> DeferredEngine:
    """The engine with the shipped weights; it keeps nothing."""
    return DeferredEngine("finish", limits_of(_SHIPPED), _loaded)


def _loaded() -> Engine:
    from dramatis.engines.finish.engine import load

    return load(*_SHIPPED)
