"""A review as one HTML file: the film inside it, and notes at instants, which are saved as JSON; the studio reads them."""

import base64
import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from dramatis.errors import BriefError
from dramatis.story import Storyline

_MOST = 500_000_000  # bytes of a film that a browser opens as a part of a page


def review_page(storyline: Storyline, film: Path, title: str) -> Iterator[str]:
    """The parts of the page, one after the other; raises `BriefError` for a film that is too large for one."""
    if film.suffix != ".mp4":
        raise BriefError(f"A review plays an MP4 film, not {film.suffix[1:]}; make the film as .mp4.")
    size = film.stat().st_size
    if size > _MOST:
        raise BriefError(f"The film has {size / 1e6:.0f} MB; a review holds at most {_MOST / 1e6:.0f} MB: film it smaller.")
    content = film.read_bytes()
    facts = {
        "title": title,
        "seconds": storyline.seconds,
        "shots": [[shot.span.start, shot.span.end] for shot in storyline.shots],
        "ids": [shot.id for shot in storyline.shots],
        "film_sha256": hashlib.sha256(content).hexdigest(),
    }
    page = files("dramatis.production.exporting").joinpath("review.html").read_text(encoding="utf-8")
    head, _, rest = page.partition("/*DATA*/")
    middle, _, tail = rest.partition("/*MP4*/")
    yield head
    yield json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
    yield middle
    yield base64.b64encode(content).decode()
    yield tail
