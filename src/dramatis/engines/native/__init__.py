"""The native engine: our own small video model, trained on the stage by this repository's code and shipped with the package.

Begin at `engine.py`, which films clips, and `stills.py`, which makes single frames of a film. `limits.py` reads from the weights'
headers what they can do, `load.py` reads the weights (as `networks.py`), `film_pose.py` plans a film's pose sequence with
`motion.py`, `sample.py` samples latents and decodes them (training calls the same functions), `detail.py`, `deblock.py` and
`engines/given_ends.py` mend what the small networks leave.
"""

from functools import partial

from dramatis.engines.deferred import DeferredEngine
from dramatis.engines.native.limits import Weights, clip_limits, still_limits, weights_in
from dramatis.media.value_cache import ValueCache
from dramatis.models.headers import WEIGHTS
from dramatis.take import Engine

__all__ = ["shipped", "shipped_stills"]


def shipped(cache: ValueCache) -> DeferredEngine:
    """The engine with the shipped weights; `cache` keeps speech features."""
    weights = weights_in(WEIGHTS)
    return DeferredEngine("native", clip_limits(weights), partial(_clips, weights, cache))


def shipped_stills(cache: ValueCache) -> DeferredEngine:
    """The engine that makes single frames, with the same weights."""
    weights = weights_in(WEIGHTS)
    return DeferredEngine("native", still_limits(weights), partial(_stills, weights, cache))


def _clips(weights: Weights, cache: ValueCache) -> Engine:
    from dramatis.engines.native.load import load

    return load(weights, cache=cache)


def _stills(weights: Weights, cache: ValueCache) -> Engine:
    from dramatis.engines.native.load import load_stills

    return load_stills(weights, cache)
