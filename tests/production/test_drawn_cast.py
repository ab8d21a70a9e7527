"""Films of people who are drawn from words: who is cast stays, what is not shown is said, too many people are refused."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from dramatis.clock import Rate, Span
from dramatis.director import direct
from dramatis.engines import build
from dramatis.errors import BriefError
from dramatis.production.assets import Assets
from dramatis.production.report import Recorder, unperformed
from dramatis.production.stock import load_stock
from dramatis.production.storyboard import replanned, write
from dramatis.story import Attributes, Brief, Canvas, Character, Cue, Deliberation, Direction, Shot, Storyline, Unshown
from dramatis.take import Limits


def test_what_is_drawn_instead_is_named_in_the_note_and_in_the_report() -> None:
    told = Deliberation(unshown=(Unshown("a cat", "a woman"), Unshown("rain")))
    shot = Shot(Span(0.0, 2.0), "", ("Ada",), Direction(cues=(Cue("action", "dance", Span(0.0, 1.0)),)))
    whole = Storyline(Canvas(64, 64, Rate(25)), (Character("Ada"),), (), (shot,), deliberation=told)
    assert unperformed(whole, Limits("small", "1", cannot=("dance",))) == ("a cat (a woman is shown)", "rain", "dance")
    report = Recorder(lambda event: None).report(whole, Limits("small", "1", cannot=("dance",)), 50)
    assert report["not performed"] == [
        {"wish": "a cat", "shown": "a woman"},
        {"wish": "rain", "shown": ""},
        {"shot": 1, "wish": "dance", "from": 0.0, "to": 1.0},
    ]


def test_edited_words_that_an_engine_cannot_read_are_named() -> None:
    limits = build("drawn").limits
    cast = (
        Character("Kit", look="a cat with average build, a purple mohawk, a red shirt, a blue jacket"),
        Character("周", look="女人，红色短发，飞行员夹克"),
    )
    shot = Shot(Span(0.0, 2.0), "", ("Kit", "周"), Direction(f"flat drawing\n{cast[0].look}\non the moon\nin the rain"))
    edited = Storyline(Canvas(64, 64, Rate(25)), cast, (), (shot,))
    assert unperformed(edited, limits) == ("a purple mohawk", "a blue jacket", "飞行员夹克", "on the moon")
    report = Recorder(lambda event: None).report(edited, limits, 50)
    told = json.dumps(report["not performed"], ensure_ascii=False)
    assert '{"who": "Kit", "wish": "a purple mohawk"}' in told
    assert '{"shot": 1, "wish": "on the moon"}' in told


def test_somebody_is_the_same_in_every_shot_and_when_the_film_is_planned_again(make_voice: Callable[..., str]) -> None:
    drawn = Attributes(
        *((what,) for what in ("woman", "light", "long", "red", "none", "none", "shirt")), ("red", "blue", "green")
    )
    limits = Limits("small", "1", draws=replace(drawn, sets=("park", "beach"), styles=("shaded",), framings=("medium",)))
    voice = make_voice("a.wav", 24.0, spoken=tuple((start + 0.3, start + 3.4) for start in range(0, 24, 4)))
    brief = Brief((Character("Ada", voice=voice),), "a lady is calm, then furious", seed=3)
    first, _ = write(brief, {"Ada": voice}, Assets(), limits, direct)
    assert len(first.shots) > 1
    assert len({shot.direction.words for shot in first.shots}) == 1
    assert first.cast[0].look in first.shots[0].direction.words.splitlines()
    again, _ = replanned(first, "she waves", Assets(), limits, direct)
    assert again.cast == first.cast
    assert again.shots[0].direction.words == first.shots[0].direction.words


def test_more_people_than_an_engine_films_are_refused_in_one_sentence() -> None:
    cast = (Character("Ada"), Character("Bob"))
    shot = Shot(Span(0.0, 2.0), "", ("Ada", "Bob"), Direction())
    both = Storyline(Canvas(64, 64, Rate(25)), cast, (), (shot,))
    with pytest.raises(BriefError, match="films at most 1 at once; give fewer voices"):
        load_stock(both, Assets(), Limits("small", "1", most_cast=1))
