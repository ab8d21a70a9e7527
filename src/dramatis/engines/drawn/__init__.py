"""The engine `drawn`: characters, places and actions drawn from words, at any size and rate, on a CPU.

`engine` renders takes; `shot_script` turns a take into a script of the stage, `persons` makes its characters,
`spoken_lines` their mouths, `composition` its camera.
"""

from dramatis.engines.drawn.engine import DrawnEngine
from dramatis.media.value_cache import ValueCache

__all__ = ["DrawnEngine", "of_environment"]


def of_environment(cache: ValueCache) -> DrawnEngine:
    """The engine with what this installation recognises words with; raises `BriefError` if that cannot be used."""
    from dramatis.runtime.environment import environment
    from dramatis.speech.recognition.recognisers import recognisers

    settings = environment()
    return DrawnEngine(cache, recognisers(settings.recogniser, 1, quick=True).words if settings.recognise else None)
