"""Crews for making films."""

from functools import partial

from dramatis.engines import build, check
from dramatis.production.crew import Crew
from dramatis.production.storyboard import Direct
from dramatis.runtime.environment import Environment, cores
from dramatis.story import Direction


def crew_for(engine: str, settings: Environment) -> Crew:
    """The crew that films with an engine; raises `EngineError` for a name that there is not."""
    check(engine)
    workers = cores() if settings.workers is None else settings.workers
    return Crew(partial(build, engine), _director(), workers, vault=settings.vault)


def _director() -> Direct:
    return lambda prompt, span, cast: Direction(words=prompt)  # noqa: ARG005
