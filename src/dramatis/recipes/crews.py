"""Crews for making films."""

from functools import partial

from dramatis.director import direct
from dramatis.director.claims import Direct
from dramatis.engines import build, check
from dramatis.media.value_cache import ValueCache
from dramatis.production.crew import Crew
from dramatis.production.phases.single import single
from dramatis.runtime.environment import Environment, cores, folder_of


def crew_for(engine: str, settings: Environment) -> Crew:
    """The crew that films with an engine; raises `EngineError` for an unknown name."""
    check(engine)
    workers = cores() if settings.workers is None else settings.workers
    cache = ValueCache(folder_of(settings.vault))
    return Crew(single(partial(build, engine, cache)), director_for(settings), workers, vault=settings.vault, cache=cache)


def director_for(settings: Environment) -> Direct:
    """The director: rules, or the language model and the recogniser that the environment names; raises `BriefError` if
    they cannot be used.
    """
    if settings.recogniser is None:
        return _directing(settings)
    from dramatis.director.audio.recogniser import listening, whisper

    return listening(whisper(settings.recogniser), _directing(settings))


def _directing(settings: Environment) -> Direct:
    if settings.llm is None:
        return direct
    from dramatis.director.model.client import client_for
    from dramatis.director.model.experts import directing

    client_for(settings.llm.url, settings.llm.model, settings.llm.key)
    return directing(partial(client_for, settings.llm.url, settings.llm.model, settings.llm.key))
