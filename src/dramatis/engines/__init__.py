"""Engines. An engine is built by name, and is not imported before that."""

from collections.abc import Callable
from importlib import import_module
from typing import cast

from dramatis.engines.deferred import needing
from dramatis.errors import EngineError
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.take import Engine

ENGINES = {
    "drawn": "dramatis.engines.drawn:of_environment",
    "fake": "dramatis.engines.fake:painting",
    "finish": "dramatis.engines.finish:shipped",
    "native": "dramatis.engines.native:shipped",
    "portrait": "dramatis.engines.portrait:PortraitEngine",
    "stills": "dramatis.engines.native:shipped_stills",
    "wan": "dramatis.engines.wan:of_environment",
    "wan-draft": "dramatis.engines.wan:drafts_of_environment",
}
"""Name -> its builder; a builder takes a cache of values."""


def build(name: str, cache: ValueCache = NOWHERE) -> Engine:
    """The engine of that name, which caches in `cache` what it computes for several takes.

    Raises `EngineError` for an unknown name, or if a package that it needs is not installed.
    """
    check(name)
    module, _, builder = ENGINES[name].partition(":")
    try:
        found = import_module(module)
    except ImportError as fault:
        raise needing(name, fault) from None
    return cast("Callable[[ValueCache], Engine]", getattr(found, builder))(cache)


def check(name: str) -> None:
    """Raises `EngineError` for an unknown name."""
    if name not in ENGINES:
        raise EngineError(f'There is no engine "{name}": {", ".join(sorted(ENGINES))} can be used.')
