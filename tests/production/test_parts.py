"""One shot is filmed of the film's own takes, and again with another seed; what is added later leaves earlier takes alone."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dramatis.clock import Rate, Span
from dramatis.engines.fake import FakeEngine, read_number
from dramatis.errors import BriefError
from dramatis.media.sounds.tracks import read_track
from dramatis.media.videos.video import read_clip
from dramatis.production.crew import Crew
from dramatis.production.phases.single import single
from dramatis.production.produce import Extent, Film, produce
from dramatis.story import Canvas, Character, Direction, Line, Shot, Storyline
from tests.production.directing import undirected

Make = Callable[..., str]


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    return Crew(single(FakeEngine), undirected, vault=tmp_path / "vault")


@pytest.fixture
def storyline(make_picture: Make, make_voice: Make) -> Storyline:
    """Three shots of one voice."""
    picture, voice = make_picture(), make_voice(seconds=5.6)
    spans = [Span(2.0 * number, 2.0 * number + 2) for number in range(3)]
    shots = tuple(Shot(span, picture, ("Ada",), Direction(f"shot {number}")) for number, span in enumerate(spans))
    cast = (Character("Ada", picture, voice=voice),)
    return Storyline(Canvas(160, 96, Rate(25)), cast, (Line("Ada", voice, 0.0),), shots, engine="fake")


def filmed_anew(film: Film) -> list[int]:
    """First frames of the takes that were not in the vault."""
    takes = json.loads(film.report.read_text())["phases"][-1]["takes"]
    return [take["first frame"] for take in takes if not take["from the vault"]]


def numbers(film: Film) -> list[int]:
    return [read_number(frame) for frame in read_clip(str(film.path)).frames]


def test_a_shot_is_filmed_alone_and_the_film_is_made_of_it(storyline: Storyline, crew: Crew, tmp_path: Path) -> None:
    alone = produce(storyline, tmp_path / "shot.mp4", crew, extent=Extent(shot=1))
    assert numbers(alone) == list(range(49, 100))  # the frame before the cut, which its takes share with the shot before
    assert read_track(str(alone.path)).seconds == pytest.approx(51 / 25, abs=0.05)
    whole = produce(storyline, tmp_path / "film.mp4", crew)
    assert numbers(whole) == list(range(150))
    assert all(not 49 <= first < 99 for first in filmed_anew(whole))
    assert filmed_anew(whole)


def test_another_seed_of_a_shot_films_that_shot_alone(storyline: Storyline, crew: Crew, tmp_path: Path) -> None:
    produce(storyline, tmp_path / "film.mp4", crew)
    first, second, third = storyline.shots
    again = replace(storyline, shots=(first, replace(second, seed=7), third))
    film = produce(again, tmp_path / "again.mp4", crew)
    assert filmed_anew(film)
    assert all(49 <= number < 99 for number in filmed_anew(film))
    assert filmed_anew(produce(storyline, tmp_path / "back.mp4", crew)) == []  # the earlier take was kept


def test_a_line_that_is_added_later_leaves_earlier_takes_alone(
    storyline: Storyline, crew: Crew, make_voice: Make, tmp_path: Path
) -> None:
    produce(storyline, tmp_path / "film.mp4", crew)
    picture = storyline.shots[0].picture
    more = Shot(Span(6.0, 9.0), picture, ("Ada",), Direction("shot 3"))
    line = Line("Ada", make_voice(name="more.wav", seconds=2.0), 6.4)
    longer = replace(storyline, lines=(*storyline.lines, line), shots=(*storyline.shots, more))
    film = produce(longer, tmp_path / "longer.mp4", crew)
    assert min(filmed_anew(film)) == 149
    assert numbers(film) == list(range(225))


def test_a_shot_that_is_not_there_is_refused(storyline: Storyline, crew: Crew, tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="There is no shot 4: the storyline has 3"):
        produce(storyline, tmp_path / "shot.mp4", crew, extent=Extent(shot=3))
