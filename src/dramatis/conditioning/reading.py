"""From captions back to looks and places: the inverse of `person` and `phrases`, in English and Chinese.

A line names a person ("a man with tan skin, short black hair, a red shirt"), a style or something about the place. Words that are
no phrase of a caption are not read.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dramatis.conditioning import phrases
from dramatis.conditioning.phrases import Pair
from dramatis.story import Looks

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


def _read(parts: Iterable[str], table: Mapping[str, tuple[tuple[str, str], ...]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        for attribute, value in table.get(part.strip(" .。").lower(), ()):
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
