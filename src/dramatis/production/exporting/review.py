"""A review as one HTML file: the film inside it, notes at instants, which are saved as JSON and read back here."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from dramatis.errors import BriefError
from dramatis.story import Storyline
from dramatis.story.document import read_as

_MOST = 500_000_000  # bytes of a film that a browser opens as a part of a page


@dataclass(frozen=True)
class ReviewNote:
    """What somebody wrote: when, in seconds, about which shot (its number and its id), and who."""

    at: float
    shot: int
    text: str
    shot_id: str = ""
    by: str = ""


@dataclass(frozen=True)
class ReviewNotes:
    """The notes of one review, of a film with this digest."""

    film_sha256: str
    notes: tuple[ReviewNote, ...]
    title: str = ""
    version: int = 1


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


def notes_from(data: object) -> ReviewNotes:
    """The notes that a review saved; raises `BriefError`."""
    return read_as(ReviewNotes, data, "the notes")
