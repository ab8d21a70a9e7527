"""Films of several scenes: places that are told between lines, and what happens between lines."""

import pytest

from dramatis.clock import Span
from dramatis.director.text.expert import understood
from dramatis.director.text.scenes import in_scenes
from dramatis.director.text.scripts import extracted
from dramatis.director.text.timeline import Timeline
from dramatis.story import Claim, Word

FILM = Span(0.0, 12.0)
PAIR = ("Anna", "Ben")
SCREENPLAY = """INT. KITCHEN - MORNING

ANNA
Did you sleep well?

EXT. PARK - NIGHT

They look at the stars.

BEN
The air helps.

ANNA
I said so.
"""


def claims(prompt: str, cast: tuple[str, ...] = PAIR) -> tuple[Claim, ...]:
    return understood(prompt, cast, Timeline(FILM), (), drawn=True).claims


def places(prompt: str, cast: tuple[str, ...] = PAIR, free: bool = True) -> list[tuple[str, int | None]]:
    """Settings and the number of the scene in which each begins; None: they hold for the whole film."""
    told = [claim for claim in in_scenes(claims(prompt, cast), FILM, float if free else None) if claim.kind == "setting"]
    starts = sorted({claim.span.start for claim in told if claim.span is not None})
    return [(claim.what, None if claim.span is None else starts.index(claim.span.start)) for claim in told]


@pytest.mark.parametrize(
    ("prompt", "found"),
    [
        (SCREENPLAY, [("kitchen", 0), ("day", 0), ("park", 1), ("night", 1)]),
        ('In a kitchen, Anna says "Hello." Then they are in the park. Ben says "What a day!"', [("kitchen", 0), ("park", 1)]),
        ('In a kitchen, Anna says "Hello." Then they are in the park.\nBen: What a day!', [("kitchen", 0), ("park", 1)]),
        ("First on a beach, then in space. Anna waves.", [("beach", 0), ("space", 1)]),
        (
            "Scene 1: In a kitchen. Anna: Hi. Scene 2: On a beach. Ben: Hi. Scene 3: In a kitchen. Anna: Bye.",
            [("kitchen", 0), ("beach", 1), ("kitchen", 2)],
        ),
        (
            "Day 1: Anna is in a kitchen. Anna: Hi. Day 2: She is on a beach. Anna: Oh. Ben: Hi. Day 3: In space. Ben: Bye.",
            [("kitchen", 0), ("beach", 1), ("space", 2)],
        ),
        ("In a kitchen. Anna: Shall we go? Later, on the beach. Ben: Wonderful.", [("kitchen", 0), ("beach", 1)]),
        ("In a kitchen. Anna: Hello.\nBen dreams of the beach.\nBen: Oh well.", [("kitchen", None), ("beach", None)]),
        *(
            (f"In a kitchen. Anna: Hello.\n{told}\nBen: Hi.", [("kitchen", None), ("beach", None)])
            for told in (
                "Ben does not want to go to the beach.",
                "She imagines herself on a beach.",
                "Ben looks at a photo of them on a beach.",
            )
        ),
        ("In a kitchen. Anna: Hello.\nThey talk on the beach.\nBen: Hi.", [("kitchen", 0), ("beach", 1)]),
        ("Anna: Hello.\nBen sits down at the desk in the library.\nBen: Hi.", [("office", None), ("library", None)]),
        ("Anna: Hello!\nBen: Hi!\nIn a kitchen, in the rain.", [("kitchen", None), ("rain", None)]),
    ],
)
def test_a_place_that_is_told_between_lines_begins_a_scene(prompt: str, found: list[tuple[str, int | None]]) -> None:
    assert sorted(places(prompt)) == sorted(found)
    assert all(scene is None for _, scene in places(prompt, free=False))


def test_scenes_in_chinese() -> None:
    cast = ("小猫", "机器人")
    assert places("场景一：厨房里。小猫：你好！\n场景二：海滩上。机器人：你好！", cast) == [("kitchen", 0), ("beach", 1)]
    assert places("在厨房里，小猫说：“早上好。”然后他们来到公园。机器人说：“真好。”", cast) == [("kitchen", 0), ("park", 1)]


def test_light_lasts_until_another_one_is_told() -> None:
    told = in_scenes(claims("At night in a kitchen. Anna: Hi.\nThey walk to the park.\nBen: Hi."), FILM, float)
    (night,) = [claim for claim in told if claim.what == "night"]
    assert night.span == FILM


def test_lines_of_both_forms_stay_in_order_and_it_is_known_which_begin_a_scene() -> None:
    script = extracted('In a kitchen, Anna says "Hello." Then they are in the park.\nBen: What a day!\nAnna: Yes.', PAIR)
    assert script.lines == [("Anna", "Hello."), ("Ben", "What a day!"), ("Anna", "Yes.")]
    assert script.breaths == {1}


@pytest.mark.parametrize(
    ("prompt", "what", "line"),
    [
        ("Anna: Hello there, my friend.\nBen waves.\nBen: Hi.\nAnna: It is good to see you again.", "wave", "Hi."),
        (SCREENPLAY, "look up", "The air helps."),
        ("Anna: Hello there.\nBen: Good to see you again here.\nThe camera pushes in.\nAnna: Yes.", "push in", "Yes."),
    ],
)
def test_what_happens_between_lines_happens_there(prompt: str, what: str, line: str) -> None:
    told = understood(prompt, PAIR, Timeline(FILM))
    (found,) = [claim for claim in told.claims if claim.what == what]
    lengths = [len(text) for _, text in told.dialogue]
    before = sum(lengths[: [text for _, text in told.dialogue].index(line)])
    assert found.span is not None
    assert abs(found.span.start - before * FILM.seconds / sum(lengths)) <= 2.2


def test_the_picture_follows_a_narrator() -> None:
    story = "Narrator: In a forest lived a bear.\nBear: Hello.\nNarrator: One day he went to the beach.\nBear: Oh."
    assert places(story, ("Bear",)) == [("forest", 0), ("beach", 1)]
    assert places(story.replace("Narrator:", "Anna:"), ("Bear", "Anna")) == []
    assert places(story.replace("Narrator:", "ANNA (V.O.):"), ("Bear",)) == []


def test_a_place_behind_the_last_line_is_a_scene_where_the_film_goes_on() -> None:
    words = "INT. KITCHEN - DAY\n\nANNA\nLet us go.\n\nEXT. BEACH - DAY\n\nAnna dances.\n"
    spoken = (("Anna", tuple(Word(text, Span(at, at + 0.4)) for at, text in enumerate(("Let", "us", "go")))),)
    for seconds, count in ((6.0, 2), (2.6, 1)):
        film = Span(0.0, seconds)
        told = understood(words, ("Anna",), Timeline(film, 1, spoken), (), drawn=True).claims
        starts = {claim.span for claim in in_scenes(told, film, float) if claim.kind == "setting"}
        assert len(starts) == count
        assert all(span is None or span.start in {0.0, 2.4} for span in starts)
