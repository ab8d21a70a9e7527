"""Published weights of the Wan family in this process (extra `wan`): text, pictures, first and last frames, voices.

Begin at `engine`, which films a take window after window (`engines/chaining.py`). `limits` says from headers what weights can do,
`weight_files` finds their encoders, `reading_weights` reads them when they are first used; `memory` and `residency` decide what
lies where. `take_conditions` makes of a take what the transformer is given, `velocity` guides it, `sampler_settings` says how it
is sampled; `colour_hold` holds colours. `ranks` films a take on several cards.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from dramatis.engines.deferred import DeferredEngine
from dramatis.engines.wan.limits import NAME, limits_of
from dramatis.engines.wan.memory import plan_for
from dramatis.engines.wan.sampler_settings import settings_of
from dramatis.engines.wan.weight_files import EncoderFiles, find_files
from dramatis.errors import EngineError
from dramatis.media.digests import digest_of
from dramatis.media.value_cache import ValueCache
from dramatis.models.published.identify import FLF2V, I2V, I2V_A14B, PublishedFamily, PublishedWeights, identify
from dramatis.runtime.environment import environment
from dramatis.take import Engine

__all__ = ["can_draft", "divided", "drafts_of_environment", "of_environment", "wan_engine"]
SETTING = "DRAMATIS_WAN"
_READING = "dramatis.engines.wan.ranks"  # named alone: the command that plans a film needs no torch
PACKAGES = ("torch", "safetensors", "diffusers", "transformers", "tokenizers")


def wan_engine(places: Sequence[Path], gigabytes: float | None, drafts: bool = False) -> DeferredEngine:
    """The engine with the weights of some folders and files, for a card with so much memory; one that `drafts` films in fewer
    steps. Raises `EngineError`.
    """
    if not places:
        raise EngineError(f'The engine "wan" needs weights: set {SETTING} to their folder (docs/gpu.md says which).')
    weights = identify(*places)
    files = find_files(places, weights)
    plan = plan_for(gigabytes, weights)
    limits = limits_of(weights, files, plan)
    limits = replace(limits, version=digest_of(limits.version, "draft")) if drafts else limits
    return DeferredEngine(NAME, limits, partial(_read, weights, files, gigabytes, drafts), PACKAGES)


def can_draft(places: Sequence[Path]) -> bool:
    """Whether weights can film in fewer steps than they are meant for; those that were distilled cannot. Raises `EngineError`."""
    settings = settings_of(identify(*places))
    return settings.drafted().steps < settings.steps


def divided(places: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The places of the weights that film, and of those that draft for them; (): they draft themselves, or there is no need.

    Weights that film from one given frame to another (FLF2V) are drafted for by others, which are named beside them. Raises
    `EngineError` if these are not.
    """
    families = {place: _family(place) for place in places}
    meeting = [place for place, family in families.items() if family == FLF2V]
    if not meeting:
        return tuple(places), ()
    others = [place for place, family in families.items() if family in (I2V, I2V_A14B)]
    if not others:
        raise EngineError(
            f"{meeting[0]} films from one given frame to another: name weights beside it with {SETTING} that film from "
            "a picture, such as Wan2.1-I2V-14B-720P, which draft these frames; Wan2.2-I2V-A14B can do both alone."
        )
    return tuple(one for one in places if one not in others), tuple(one for one in places if one not in meeting)


def _family(place: Path) -> PublishedFamily | None:
    """The family of the weights in one place; None for what is none alone."""
    try:
        return identify(place).family
    except EngineError:
        return None


def drafts_of_environment(_cache: ValueCache) -> DeferredEngine:
    """The same in fewer steps; raises `EngineError` for weights that need all of theirs."""
    settings = environment()
    if settings.wan and not can_draft(settings.wan):
        raise EngineError("These weights were distilled to few steps and film no drafts.")
    return wan_engine(settings.wan, settings.memory, drafts=True)


def of_environment(_cache: ValueCache) -> DeferredEngine:
    """The engine with the weights that this machine's environment names, for takes that come from another machine."""
    settings = environment()
    return wan_engine(settings.wan, settings.memory)


def _read(weights: PublishedWeights, files: EncoderFiles, gigabytes: float | None, drafts: bool) -> Engine:
    found: Engine = import_module(_READING).read(weights, files, gigabytes, drafts)
    return found
