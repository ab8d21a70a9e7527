"""How a film is made: engine, director, workers, caches; everything but the request and the film."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dramatis.director.claims import Direct
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.media.video import FINAL, Encoding
from dramatis.take import Engine


@dataclass(frozen=True)
class Crew:
    """`builder` is a picklable function that makes the engine; `workers` processes render, 0: only
    this one; `vault` is the folder where clips are kept between films, None: beside the film until it is finished; `cache` is
    the cache of faces, mattes and analysed voices for processes and films.
    """

    builder: Callable[[], Engine]
    direct: Direct
    workers: int = 0
    encoding: Encoding = FINAL
    vault: Path | None = None
    cache: ValueCache = NOWHERE
