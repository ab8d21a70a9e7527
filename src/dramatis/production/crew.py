"""Who makes a film, and how: everything about a production that is neither the user's wish nor the film itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dramatis.director.claims import Direct
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.media.video import FINAL, Encoding
from dramatis.take import Engine


@dataclass(frozen=True)
class Crew:
    """A wired production. `builder` is a picklable function that makes the engine; `workers` processes render, 0: none
    but this one; `vault` is where clips are kept between films, None: beside the film until it is finished; `cache` is
    where faces, mattes and heard voices are kept between processes and films.
    """

    builder: Callable[[], Engine]
    direct: Direct
    workers: int = 0
    encoding: Encoding = FINAL
    vault: Path | None = None
    cache: ValueCache = NOWHERE
