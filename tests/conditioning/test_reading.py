"""Captions read back: every look and place of the stage, in English and Chinese; the page of the vocabulary is the code's."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from dramatis.conditioning import phrases
from dramatis.conditioning.person import attributes_of, canonical, clause
from dramatis.conditioning.reading import Scenery, looks_of, scenery_of
from dramatis.stage.play.script import COLOURS, HAIR_COLOURS, WHOLE
from dramatis.story import Attributes, Looks

PAGE = Path(__file__).parents[2] / "docs" / "storyline.md"
PARTS = ("species", "skins", "hairs", "hair_colours", "beards", "glasses", "clothes", "colours", "builds", "faces")
"""Of Attributes, in the order of `Looks`."""
ROWS = (
    ("who", phrases.SPECIES, WHOLE.species), ("build", phrases.BUILDS, tuple(phrases.BUILDS)),
    ("face", phrases.FACES, WHOLE.faces), ("skin", phrases.SKINS, WHOLE.skins), ("hair", phrases.HAIRS, WHOLE.hairs),
    ("of hair", phrases.COLOURS, HAIR_COLOURS), ("beard", phrases.BEARDS, WHOLE.beards),
    ("glasses", phrases.GLASSES, WHOLE.glasses), ("clothes", phrases.CLOTHES, WHOLE.clothes),
    ("of clothes", phrases.COLOURS, COLOURS), ("style", phrases.STYLES, WHOLE.styles), ("place", phrases.SETS, WHOLE.sets),
    ("light", phrases.LIGHTS, WHOLE.lights), ("weather", phrases.WEATHERS, WHOLE.weathers),
    ("beside", phrases.HAPPENINGS, WHOLE.happenings[1:]),
)  # fmt: skip


def whole(number: int, species: str) -> Looks:
    drawn = WHOLE.attributes
    values = [getattr(drawn, part) for part in PARTS]
    looks = Looks(*(options[number * (3 + at) % len(options)] for at, options in enumerate(values)))
    return replace(looks, species=species)


@pytest.mark.parametrize("species", WHOLE.species)
def test_a_caption_is_read_as_what_it_says(species: str) -> None:
    for number in range(24):
        looks = whole(number, species)
        said = clause(looks)
        read = looks_of(said)
        assert clause(replace(read, hair_colour=looks.hair_colour)) == said  # of no hair no colour is said
        kept = {field.name: getattr(read, field.name) for field in fields(Looks) if getattr(read, field.name)}
        assert all(getattr(looks, name) == value for name, value in kept.items())
        chinese = "，".join((phrases.SPECIES[species][1][0], *attributes_of(looks, lambda pair: pair[1][0])))
        assert looks_of(chinese) == read


def test_a_place_is_read_a_line_each_and_people_are_none() -> None:
    words = "pencil sketch\na cat with a pink jacket\nin a kitchen, at night\n雪中\nleaves fall\nsomewhere else"
    assert scenery_of(words) == Scenery("sketch", "kitchen", "night", "snow", "falling leaves")
    assert scenery_of("a woman with long red hair") == Scenery()


def test_the_page_lists_what_can_be_drawn() -> None:
    rows = ["| | in English | 中文 |", "|---|---|---|"]
    for name, pairs, values in ROWS:
        english, chinese = (
            ", ".join(dict.fromkeys(pairs[value][language][0].replace("{}", "...") for value in values)) for language in (0, 1)
        )
        rows.append(f"| {name} | {english} | {chinese.replace(', ', '、')} |")
    assert "\n".join(rows) in PAGE.read_text(encoding="utf-8"), "\n".join(rows)
    assert set(PARTS) <= {field.name for field in fields(Attributes)}
    assert canonical(phrases.SETS["kitchen"]) == "in a kitchen"
