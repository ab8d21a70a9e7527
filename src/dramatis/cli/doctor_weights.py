"""`dramatis doctor --engine wan`: what published weights are, what they can do here, and a few short takes with them."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from dramatis.cli.doctor import Check, examined
from dramatis.errors import EngineError

if TYPE_CHECKING:
    from dramatis.engines.wan.engine import WanEngine
    from dramatis.take import Engine


def examine_weights(engine: str, places: Sequence[Path]) -> bool:
    """Print one line per check; return whether films can be made with these weights. Raises `EngineError` for other folders."""
    if engine != "wan":
        raise EngineError(f'--engine {engine} was given: "wan" is examined with weights, all other engines without --engine.')
    from dramatis.engines.wan import wan_engine
    from dramatis.runtime.environment import environment

    settings = environment()
    named = tuple(places) or settings.wan
    built = wan_engine(named, settings.memory)
    built.check()
    return all(list(map(examined, _checks(_of_one_card(built.build()), settings.memory))))


def _of_one_card(engine: "Engine") -> "WanEngine":
    """The engine that one process of several has."""
    from dramatis.engines.wan.ranks import RankedEngine

    return engine.build(0) if isinstance(engine, RankedEngine) else cast("WanEngine", engine)


def _checks(engine: "WanEngine", gigabytes: float | None) -> list[Check]:
    import torch

    from dramatis.engines.wan import trial

    weights, plan = engine.weights, engine.networks.plan
    known: list[tuple[str, Callable[[], str]]] = [
        ("weights", partial(trial.description, weights)),
        ("licence", partial(str, weights.family.licence)),
        ("they film", partial(trial.abilities, weights)),
        ("memory", partial(trial.placement, weights, plan, gigabytes)),
        ("cards", partial(trial.sharing, engine, torch.cuda.device_count())),
        ("tensors", partial(trial.complete, weights)),
    ]
    tried = [
        Check(name, partial(trial.tried, engine, steps, frames), needed=False) for name, steps, frames in trial.trials(engine)
    ]
    return [*(Check(name, look) for name, look in known), *tried]
