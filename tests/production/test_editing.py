"""Edits by name: what they change, what is filmed again after them, and what is refused."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dramatis.clock import Rate, Span
from dramatis.engines.drawn import DrawnEngine
from dramatis.engines.fake import FakeEngine
from dramatis.errors import BriefError
from dramatis.production.assets import Assets
from dramatis.production.crew import Crew
from dramatis.production.editing.edits import Edits, changed_shots, edited
from dramatis.production.editing.line_edits import EditContext, NewWords
from dramatis.production.editing.shot_selection import Selection
from dramatis.production.phases.single import single
from dramatis.production.produce import produce
from dramatis.story import Canvas, Character, Cue, Direction, Line, Shot, Storyline
from tests.production.directing import undirected

Make = Callable[..., str]


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    return Crew(single(FakeEngine), undirected, vault=tmp_path / "vault")


@pytest.fixture
def storyline(make_picture: Make, make_voice: Make) -> Storyline:
    """Ada speaks, then Bo, then Ada, in a shot each; a nod lies on Bo's line."""
    pictures = {name: make_picture(f"{name}.png") for name in ("Ada", "Bo")}
    lines = tuple(
        Line(who, make_voice(f"{at}.wav", seconds=1.6), 2.0 * at + 0.2, f"line {at}")
        for at, who in enumerate(("Ada", "Bo", "Ada"))
    )
    nod = Cue("action", "nod", Span(2.6, 3.2), "Bo")
    shots = tuple(
        Shot(Span(2.0 * at, 2.0 * at + 2), pictures[line.who], (line.who,), Direction(f"shot {at}", cues=(nod,) * (at == 1)))
        for at, line in enumerate(lines)
    )
    cast = tuple(Character(name, picture) for name, picture in pictures.items())
    return Storyline(Canvas(160, 96, Rate(25)), cast, lines, shots, engine="fake").identified


@pytest.fixture
def context(crew: Crew, tmp_path: Path) -> EditContext:
    return EditContext(Assets(), crew.limits, undirected, tmp_path)


def anew(storyline: Storyline, crew: Crew, tmp_path: Path) -> list[int]:
    """First frames of the takes that had to be filmed."""
    film = produce(storyline, tmp_path / "film.mp4", crew)
    takes: list[dict[str, Any]] = json.loads(film.report.read_text())["phases"][-1]["takes"]
    return [take["first frame"] for take in takes if not take["from the vault"]]


def test_a_dubbed_line_moves_what_lies_on_it_and_films_what_it_touches(
    storyline: Storyline, crew: Crew, context: EditContext, make_voice: Make, tmp_path: Path
) -> None:
    assert anew(storyline, crew, tmp_path)
    longer = make_voice("longer.wav", seconds=3.2)
    made = edited(storyline, Edits(lines=(NewWords("Bo", sound=longer),)), context)
    assert [line.sound for line in made.lines if line.who == "Bo"] == [longer]
    first, second, third = made.shots
    assert (first.span, first.id) == (Span(0.0, 2.0), "shot-1")
    assert second.span.seconds == pytest.approx(3.6, abs=0.1)
    assert third.span.seconds == pytest.approx(2.0, abs=0.25)
    nod = second.direction.cues[0].span
    assert nod.seconds == pytest.approx(0.6, abs=0.01)
    assert (nod.middle - 2.2) / 3.2 == pytest.approx((2.9 - 2.2) / 1.6, abs=0.03)  # where it was in its line
    assert min(anew(made, crew, tmp_path)) >= 49


def test_one_line_of_several_is_dubbed_by_its_span(storyline: Storyline, context: EditContext, make_voice: Make) -> None:
    other = make_voice("other.wav", seconds=1.6)
    made = edited(storyline, Edits(lines=(NewWords("Ada", sound=other),), selection=Selection(span=Span(4.0, 6.0))), context)
    assert [line.sound == other for line in made.lines] == [False, False, True]
    with pytest.raises(BriefError, match='"Ada" says 2 lines there, and one line is given'):
        edited(storyline, Edits(lines=(NewWords("Ada", sound=other),)), context)


def test_more_lines_are_filmed_alone(
    storyline: Storyline, crew: Crew, context: EditContext, make_voice: Make, tmp_path: Path
) -> None:
    anew(storyline, crew, tmp_path)
    made = edited(storyline, Edits(extend=(NewWords("Bo", sound=make_voice("more.wav", seconds=1.0)),)), context)
    assert made.shots[:3] == storyline.shots
    assert made.seconds == pytest.approx(6.0 + 0.3 + 1.0 + 0.4, abs=0.05)
    assert changed_shots(storyline, made) == (4,)
    assert min(anew(made, crew, tmp_path)) == 149


def test_another_seed_of_a_span_cuts_a_shot_and_films_that_part(
    storyline: Storyline, crew: Crew, context: EditContext, tmp_path: Path
) -> None:
    anew(storyline, crew, tmp_path)
    made = edited(storyline, Edits(seed=9, selection=Selection(span=Span(2.0, 4.0))), context)
    assert [shot.seed for shot in made.shots] == [None, 9, None]
    assert all(49 <= first < 99 for first in anew(made, crew, tmp_path))
    halves = edited(storyline, Edits(seed=9, selection=Selection(span=Span(2.4, 3.2))), context).shots
    assert [(shot.span.start, shot.seed) for shot in halves] == [(0.0, None), (2.0, None), (2.4, 9), (3.2, None), (4.0, None)]
    assert len({shot.id for shot in halves}) == 5


def test_another_picture_of_one_character(storyline: Storyline, context: EditContext, make_picture: Make) -> None:
    other = make_picture("other.png")
    made = edited(storyline, Edits(portraits=(("Ada", other),)), context)
    assert [shot.picture == other for shot in made.shots] == [True, False, True]
    assert made.cast[0].portrait == other
    one = edited(storyline, Edits(portraits=(("Ada", other),), selection=Selection(shot=2)), context)
    assert [shot.picture == other for shot in one.shots] == [False, False, True]
    assert one.cast == storyline.cast
    both = replace(storyline, shots=(replace(storyline.shots[0], cast=("Ada", "Bo")), *storyline.shots[1:]))
    with pytest.raises(BriefError, match="The picture of Ada shows Bo, too"):
        edited(both, Edits(portraits=(("Ada", other),)), context)


def test_drawn_places_and_looks_are_words(storyline: Storyline, context: EditContext) -> None:
    words = "shaded drawing\na cat with a red hoodie\nin a kitchen\nin the rain"
    plan = replace(
        storyline,
        engine="drawn",
        cast=(replace(storyline.cast[0], look="a cat with a red hoodie"), storyline.cast[1]),
        shots=tuple(replace(shot, direction=Direction(words)) for shot in storyline.shots),
    )
    drawing = replace(context, limits=DrawnEngine().limits)
    made = edited(plan, Edits(background="on a beach", looks=(("Ada", "a robot"),), selection=Selection(shot=1)), drawing)
    assert made.shots[1].direction.words == "shaded drawing\na robot\nin the rain\non a beach"
    assert made.shots[0].direction.words == "shaded drawing\na robot\nin a kitchen\nin the rain"
    assert made.cast[0].look == "a robot"
    with pytest.raises(BriefError, match='"on the moon" is no place'):
        edited(plan, Edits(background="on the moon"), drawing)


def test_lines_are_translated_where_there_is_a_model(storyline: Storyline, context: EditContext) -> None:
    with pytest.raises(BriefError, match="No language model is set up"):
        edited(storyline, Edits(translate="fr"), context)
    asked: list[tuple[list[str], str]] = []

    def translate(texts: Sequence[str], language: str) -> list[str]:
        asked.append((list(texts), language))
        raise BriefError("asked")

    with pytest.raises(BriefError, match="asked"):
        edited(storyline, Edits(translate="fr", selection=Selection(shot=1)), replace(context, translate=translate))
    assert asked == [(["line 1"], "fr")]


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        (Edits(), "Nothing is to be edited"),
        (Edits(seed=1, selection=Selection(shot=7)), "There is no shot 8"),
        (Edits(seed=1, selection=Selection(shot=0, span=Span(0, 1))), "one of the two"),
        (Edits(seed=1, selection=Selection(span=Span(5.0, 9.0))), "no part of the film"),
        (Edits(keep=(0.5, 0.0, 0.2, 1.0)), "keeps the region"),
        (Edits(background="x.png"), "cannot replace the background"),
        (Edits(looks=(("Ada", "a robot"),)), "does not draw people from words"),
        (Edits(lines=(NewWords("Eve", text="Hi"),)), 'There is no "Eve"'),
        (Edits(portraits=(("Eve", "x.png"),)), 'There is no "Eve"'),
    ],
)
def test_what_cannot_be_edited_is_refused_in_a_sentence(
    storyline: Storyline, context: EditContext, edits: Edits, said: str
) -> None:
    with pytest.raises(BriefError, match=said):
        edited(storyline, edits, context)


def test_an_engine_that_keeps_no_region_says_so(storyline: Storyline, crew: Crew, context: EditContext, tmp_path: Path) -> None:
    made = edited(storyline, Edits(keep=(0.0, 0.0, 0.5, 1.0), selection=Selection(shot=0)), context)
    film = produce(made, tmp_path / "film.mp4", crew)
    notes = json.loads(film.report.read_text())["notes"]
    assert any("cannot leave a region of the picture as it is: shot 1" in note for note in notes)
