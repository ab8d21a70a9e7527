"""How the characters of a take look: what their words say; what words leave open is chosen by the seed and the name."""

import random
import zlib
from collections.abc import Sequence
from dataclasses import fields

from dramatis.conditioning.reading import looks_of
from dramatis.stage.play.script import (
    BEARDS,
    BUILDS,
    CLOTHES,
    COLOURS,
    GLASSES,
    HAIR_COLOURS,
    HAIRS,
    SKINS,
    Person,
)
from dramatis.story import Looks
from dramatis.take import Role

_CHOICES = {
    "skin": SKINS, "hair": HAIRS[1:], "hair_colour": HAIR_COLOURS[:4], "beard": ("none", "none", *BEARDS),
    "glasses": ("none", "none", "none", *GLASSES[1:3]), "clothes": CLOTHES, "colour": COLOURS,
}  # fmt: skip
_FACES = ("oval", "oval", "round", "long")
_MEN_WEAR = tuple(clothes for clothes in CLOTHES if clothes != "dress")
_MEN_HAVE = ("short", "short", "curly", "spiky")


def people_of(cast: Sequence[Role], seed: int) -> tuple[Person, ...]:
    """Everybody of a take."""
    return tuple(_person(looks_of(role.words), role.name, seed) for role in cast)


def _person(looks: Looks, name: str, seed: int) -> Person:
    dice = random.Random(f"{seed} {name}")
    species = looks.species or dice.choice(("woman", "man"))
    chosen = {attribute: dice.choice(values) for attribute, values in _CHOICES.items()}
    build, face = dice.choice(BUILDS), dice.choice(_FACES)
    if species in {"man", "boy"}:
        chosen |= {"hair": dice.choice(_MEN_HAVE), "clothes": dice.choice(_MEN_WEAR)}
    said = {field.name: getattr(looks, field.name) for field in fields(Looks) if getattr(looks, field.name)}
    drawn = {**chosen, **said, "species": species}
    if species != "man":
        drawn["beard"] = "none"
    known = {field.name for field in fields(Person)}
    drawn = {attribute: _drawable(attribute, value, chosen) for attribute, value in drawn.items() if attribute in known}
    return Person(**{"build": build, "face": face, **drawn}, identity=zlib.crc32(f"{seed} {name}".encode()) % 30_000)


def _drawable(attribute: str, value: str, chosen: dict[str, str]) -> str:
    """Captions know more colours than the stage has for hair and for clothes."""
    allowed = {"hair_colour": HAIR_COLOURS, "colour": COLOURS}.get(attribute)
    return value if allowed is None or value in allowed else chosen[attribute]
