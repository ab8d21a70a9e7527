"""Crews for making films."""

from functools import partial

from dramatis.director import direct
from dramatis.engines import build, check
from dramatis.production.crew import Crew
from dramatis.runtime.environment import Environment, cores


def crew_for(engine: str, settings: Environment) -> Crew:
    """The crew that films with an engine; raises `EngineError` for a name that there is not."""
    check(engine)
    workers = cores() if settings.workers is None else settings.workers
    return Crew(partial(build, engine), direct, workers, vault=settings.vault)
