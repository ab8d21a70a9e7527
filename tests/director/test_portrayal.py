"""Casting for engines that draw people from words: what is read, what is chosen, what is named as not shown."""

from dataclasses import fields, replace

import pytest

from dramatis.conditioning.person import clause
from dramatis.director import direct
from dramatis.director.casting.nearest import WINDOWLESS
from dramatis.director.claims import Material
from dramatis.director.text.lexicon.beings import BEINGS
from dramatis.director.text.lexicon.traits import TRAITS, told_in
from dramatis.director.writing.writer import written
from dramatis.stage.play.script import INDOORS, WHOLE
from dramatis.story import Attributes, Character, Looks
from dramatis.take import Limits

FEW = Attributes(
    species=("woman", "man"),
    skins=("light", "tan", "dark"),
    hairs=("short", "long", "bun", "curly"),
    hair_colours=("black", "blond", "red", "blue"),
    beards=("none", "full"),
    glasses=("none", "round"),
    clothes=("shirt", "hoodie"),
    colours=("red", "yellow", "green", "blue", "white"),
    sets=("living room", "office", "park", "beach"),
    lights=("day",),
    weathers=("clear",),
    styles=("shaded",),
    framings=("medium close-up",),
)
"""What a small model draws."""


def cast(prompt: str, seed: int = 0, who: Character | None = None, draws: Attributes = FEW) -> tuple[list[str], str]:
    """The lines of the (only) shot, and what cannot be shown: "wish (shown); wish"."""
    material = Material(prompt, (who or Character("person1"),), 6.0, (), (), Limits("small", "1", draws=draws), seed)
    verdict = direct(material)
    (shot,) = written(material, verdict)
    missed = [one.wish + (f" ({one.shown})" if one.shown else "") for one in verdict.deliberation.unshown]
    return shot.direction.words.splitlines(), "; ".join(missed)


@pytest.mark.parametrize(
    ("prompt", "read"),
    [
        ("a ginger lady with spectacles in a lounge", "a woman, red hair, round glasses, in a living room"),
        ("A blonde in a blue hoodie", "blond hair, a blue hoodie"),
        ("a guy without a beard at the seaside", "a man, no beard, on a beach"),
        ("A bearded businessman at his desk, no glasses", "a man, a beard, no glasses, in an office"),
        ("He does not wear glasses. His hair is long and black.", "a man, long black hair, no glasses"),
        ("Anna smiles", "a woman"),
        ("a clean-shaven man, curly dark hair, dressed in white", "a man, curly black hair, no beard, a white"),
        ("a dark-skinned woman with her hair in a bun", "a woman, dark skin, hair in a bun"),
        ("a woman in a yellow shirt without glasses in a park", "a woman, no glasses, a yellow shirt, in a park"),
        ("一个戴眼镜的女人在海边", "a woman, round glasses, on a beach"),
        ("一位穿蓝色卫衣的卷发男士在客厅说话，没有胡子", "a man, curly, no beard, a blue hoodie, in a living room"),
        ("不戴眼镜的金发女士，穿红衣服", "a woman, blond hair, no glasses, a red"),
        ("她有长长的黑发", "a woman, black hair"),
        ("Eine Frau mit roten Haaren und ohne Brille am Strand", "a woman, red hair, no glasses, on a beach"),
        ("un hombre con gafas y camisa azul en una oficina", "a man, round glasses, a blue shirt, in an office"),
        ("une femme aux cheveux longs sans lunettes dans un parc", "a woman, long hair, no glasses, in a park"),
        ("赤い髪の男性、白いシャツ、ひげなし", "a man, red hair, no beard, a white shirt"),
        ("안경을 쓴 여자가 공원에서 말한다", "a woman, round glasses, in a park"),
    ],
)
def test_free_words_become_the_words_of_captions(prompt: str, read: str) -> None:
    for seed in range(3):
        lines, missed = cast(prompt, seed)
        assert missed == ""
        said = ", ".join(lines)
        for words in read.split(", "):
            assert all(word in said.split() or f"{word}," in said.split() for word in words.split()), (words, said)


@pytest.mark.parametrize(
    ("prompt", "missed"),
    [
        ("two women in a kitchen", "two women (one); a kitchen (a living room)"),
        ("a girl with a red hat", "a girl (a woman); a red hat"),
        ("an old man with a red beard in the rain", "old; rain"),
        ("A man with a moustache and black hair, at night", "a moustache (a full black beard); night (day)"),
        ("a man with black hair and a white beard", "a white beard (a full black beard)"),
        ("a woman with a beard and a cat", "a beard (no beard); a cat"),
        ("She wears a green dress and sunglasses", "a green dress (a green shirt); sunglasses (round glasses)"),
        ("first in a park, then in an office", "an office (a park)"),
        ("a man and a woman in a street", "a woman; a street (a park)"),
        ("a realistic full shot", "realistic (a shaded drawing); a full shot (a medium close-up)"),
        ("an old wizard talks to a huge robot", "old; a wizard (a man); a robot"),
        ("There are no people in it, by studio lighting", "no people (a woman)"),
        ("an anime girl in a school uniform", "a girl (a woman); a school uniform"),
        ("a red and white shirt", "a white shirt (a red shirt)"),
        ("两个女人在厨房", "两个女人 (one); 厨房 (a living room)"),
        ("戴红帽子的女孩", "红帽子; 女孩 (a woman)"),
        ("A woman without a hat, no rain, who tells of her dog", ""),
        ("a young woman by day in clear weather, cinematic", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_named_with_what_is_shown_instead(prompt: str, missed: str) -> None:
    assert cast(prompt)[1] == missed


def test_an_animal_is_played_by_somebody() -> None:
    lines, missed = cast("a cat")
    who = lines[1].split(" with ")[0]
    assert missed == f"a cat ({who})"
    assert cast("a cat", draws=replace(FEW, species=("woman", "cat")))[1] == ""


def test_what_is_left_open_is_chosen_by_the_seed_and_people_differ() -> None:
    people = [cast("Somebody speaks", seed)[0] for seed in range(12)]
    assert people[3] == cast("Somebody speaks", 3)[0]
    assert len({tuple(lines) for lines in people}) >= 10
    assert {lines[1].split(" with ")[0] for lines in people} == {"a woman", "a man"}
    assert len({lines[2] for lines in people}) >= 3


def test_somebody_stays_the_same_when_more_is_said() -> None:
    (style, plain, place), _ = cast("a woman is happy", 5)
    assert cast("a woman is furious and waves", 5)[0] == [style, plain, place]
    assert cast("The calm young woman nods", 5)[0] == [style, plain, place]
    more = cast("a woman with round glasses is happy", 5)[0][1]
    assert [part for part in more.split(", ") if "glasses" not in part] == [
        part for part in plain.split(", ") if "glasses" not in part
    ]


def test_who_is_described_in_the_brief_is_cast_so() -> None:
    ada = Character("Ada", look="a man with tan skin, short red hair, a beard, round glasses, a blue hoodie")
    assert cast("smiles", who=ada)[0][1] == ada.look
    assert cast("he has black hair", who=ada)[0][1] == ada.look.replace("red hair", "black hair")
    assert cast("a woman", who=ada)[0][1].startswith("a woman with ")


def test_a_picture_says_how_somebody_looks() -> None:
    seen = Character("Ada", "ada.png")
    assert cast("smiles", who=seen) == ([], "")
    assert cast("a woman with long red hair in a park", who=seen) == (["a woman with long red hair", "in a park"], "")


def test_a_canonical_caption_reads_as_what_it_says() -> None:
    names = {field.name: key for field, key in zip(fields(Looks)[:8], fields(Attributes), strict=False)}
    for number in range(40):
        values = {part: getattr(FEW, key.name) for part, key in names.items()}
        looks = Looks(**{part: options[number * (3 + at) % len(options)] for at, (part, options) in enumerate(values.items())})
        told = [(one.trait.attribute, one.trait.value) for one in told_in(clause(looks), BEINGS, TRAITS) if not one.denied]
        for part, key in names.items():
            value = getattr(looks, part)
            assert (key.name, value) in told or value == "none" or (part == "beard" and looks.species == "woman"), (
                clause(looks),
                part,
            )


def test_other_engines_get_no_cast() -> None:
    material = Material("a cat on a beach", (Character("Ada"),), 6.0, (), (), Limits("any", "1"))
    verdict = direct(material)
    assert verdict.deliberation.unshown == ()
    assert written(material, verdict)[0].direction.words == "a cat\non a beach"


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("Teacher: Good morning, class. Tim: Good morning!", "in a classroom"),
        ("Ada: Is the soup ready? Bo: The oven is cold.", "in a kitchen"),
        ("小明: 老师，作业在哪里？", "in a classroom"),
        ("小明: 今晚又要加班。", "in an office"),
        ("Ada: Hello, class. In a park.", "in a park"),
    ],
)
def test_what_is_said_suggests_where_it_is(prompt: str, place: str) -> None:
    lines, _ = cast(prompt, draws=WHOLE.attributes)
    assert place in lines


def test_weather_that_a_room_does_not_show_is_named() -> None:
    lines, missed = cast("a woman in a classroom in the rain", draws=WHOLE.attributes)
    assert "in a classroom" in lines
    assert "rain" in missed
    assert not any("rain" in line for line in lines)
    snowy = [cast("a woman in the snow", seed, draws=WHOLE.attributes)[0] for seed in range(20)]
    assert not any({"in a classroom", "on a stage"} & set(lines) for lines in snowy)


def test_sets_without_windows_are_those_of_the_stage() -> None:
    pytest.importorskip("skia", reason="the stage draws with skia", exc_type=ImportError)
    from dramatis.stage.places.windows import windows

    assert {place for place in INDOORS if windows(place, 0) is None} == WINDOWLESS
