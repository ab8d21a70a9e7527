"""From captions back to looks and places: the inverse of `person` and `phrases`, in English and Chinese.

A line names a person ("a man with tan skin, short black hair, a red shirt"), a style or something about the place. Words that are
no phrase of a caption are not read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from dramatis.conditioning import phrases
from dramatis.conditioning.phrases import Pair
from dramatis.story import Attributes, Looks

_PARTS = re.compile(r"\s+with\s+|\s*[,;，；]\s*|\s+and\s+")
_CLAUSES = re.compile(r"\s*[\n,;，；]\s*")
_SHADED = {"hair": "hair_colour", "clothes": "colour"}
"""Attributes whose phrases name the value of another, a colour."""
_OF_PEOPLE: Mapping[str, Mapping[str, Pair]] = {
    "species": phrases.SPECIES, "build": phrases.BUILDS, "face": phrases.FACES, "skin": phrases.SKINS, "hair": phrases.HAIRS,
    "beard": phrases.BEARDS, "glasses": phrases.GLASSES, "clothes": phrases.CLOTHES,
}  # fmt: skip
_OF_PLACES: Mapping[str, Mapping[str, Pair]] = {
    "style": phrases.STYLES, "set": phrases.SETS, "light": phrases.LIGHTS, "weather": phrases.WEATHERS,
    "happening": phrases.HAPPENINGS,
}  # fmt: skip
_VALUES = {name: name if name in {"species", "glasses", "clothes"} else f"{name}s" for name in (*_OF_PEOPLE, *_OF_PLACES)} | {
    "hair_colour": "hair_colours",
    "colour": "colours",
}
"""Of each attribute, the field of `Attributes` with its values."""


@dataclass(frozen=True)
class Scenery:
    """Style and place; "" where nothing is said."""

    style: str = ""
    set: str = ""
    light: str = ""
    weather: str = ""
    happening: str = ""


def looks_of(words: str) -> Looks:
    """How somebody looks by the words of captions; the first word for an attribute holds."""
    return Looks(**_read(_PARTS.split(words), _people()))


def scenery_of(words: str) -> Scenery:
    """Style and place by the words of captions, one clause a line or between commas; what is said of people is not read."""
    return Scenery(**_read(_CLAUSES.split(words), _places()))


def unread(words: str, draws: Attributes) -> tuple[str, ...]:
    """The phrases of a line about somebody, or about style and place, that say nothing to an engine with these attributes."""
    return tuple(phrase for line in words.splitlines() for phrase in _unread(line, draws))


def _unread(line: str, draws: Attributes) -> Iterator[str]:
    about = _PARTS.split(line)
    table, parts = (_people(), about) if _is_person(about[0]) else (_places(), _CLAUSES.split(line))
    known: set[str] = set()
    for part in parts:
        said = table.get(_plain(part), ())
        if _plain(part) and (not said or not all(value in getattr(draws, _VALUES[name]) for name, value in said)):
            yield part.strip()
        elif said and all(name in known for name, _ in said):
            yield part.strip()  # something else is said of it before
        known.update(name for name, _ in said)


def _is_person(phrase: str) -> bool:
    return any(name in _OF_PEOPLE for name, _ in _people().get(_plain(phrase), ()))


def _plain(phrase: str) -> str:
    return phrase.strip(" .。").lower()


def _read(parts: Iterable[str], table: Mapping[str, tuple[tuple[str, str], ...]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        for attribute, value in table.get(_plain(part), ()):
            found.setdefault(attribute, value)
    return found


@cache
def _people() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """What each phrase about a person says, as attributes and values."""
    table: dict[str, tuple[tuple[str, str], ...]] = {}
    for attribute, pairs in _OF_PEOPLE.items():
        for value, pair in pairs.items():
            for phrase in (*pair[0], *pair[1]):
                table |= _shaded(phrase, attribute, value) if "{}" in phrase else {phrase: ((attribute, value),)}
    return table


def _shaded(phrase: str, attribute: str, value: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """A phrase in every colour."""
    return {
        phrase.format(word).replace("a orange", "an orange"): ((attribute, value), (_SHADED[attribute], colour))
        for colour, pair in phrases.COLOURS.items()
        for word in (*pair[0], *pair[1])
    }


@cache
def _places() -> Mapping[str, tuple[tuple[str, str], ...]]:
    return {
        phrase: ((attribute, value),)
        for attribute, pairs in _OF_PLACES.items()
        for value, pair in pairs.items()
        for phrase in (*pair[0], *pair[1])
    }
