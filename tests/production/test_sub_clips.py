"""Silent shots by an engine whose takes do not match wherever they are cut: clips that meet in given frames."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from dramatis.clock import Rate, Span
from dramatis.engines.fake import FakeEngine, read_given, read_number
from dramatis.media.videos.video import LOSSLESS, read_clip
from dramatis.production.crew import Crew
from dramatis.production.produce import produce
from dramatis.recipes.crews import by_sub_clips
from dramatis.runtime.render_lanes import local
from dramatis.story import Canvas, Character, Direction, Shot, Storyline
from dramatis.take import Places
from tests.production.directing import undirected


@pytest.fixture
def storyline(make_picture: Callable[..., str]) -> Storyline:
    """Half a second, then one and a half."""
    picture, canvas = make_picture("still.png", 96, 64), Canvas(96, 64, Rate(25))
    shots = tuple(
        Shot(span, picture, ("Ada",), Direction(words))
        for span, words in ((Span(0.0, 0.52), "she looks up"), (Span(0.52, 2.0), "she walks away"))
    )
    return Storyline(canvas, (Character("Ada", picture),), (), shots, engine="fake")


def crew(anchors: Places, vault: Path) -> Crew:
    film, draft = (partial(FakeEngine, 4, most, anchors=anchors, seamless=False) for most in (61, 65))
    return Crew(by_sub_clips(film, draft, seconds=0.5), undirected, local(0), LOSSLESS, vault)


@pytest.mark.parametrize("anchors", ["ends", "any"])
def test_long_shots_are_drafted_and_their_clips_meet_in_the_draft(storyline: Storyline, tmp_path: Path, anchors: Places) -> None:
    film = produce(storyline, tmp_path / "film.mp4", crew(anchors, tmp_path / "vault"))
    drafted, made = (phase["takes"] for phase in json.loads(film.report.read_text())["phases"])
    assert [(take["first frame"], take["frames"]) for take in drafted] == [(12, 41)]  # the long shot alone
    ends = [(take["first frame"], take["first frame"] + take["frames"] - 1) for take in made]
    assert ends == [(0, 12), (12, 20), (20, 32), (32, 40), (40, 52)]
    frames = list(read_clip(str(film.path)).frames)
    assert [read_number(frame) for frame in frames] == list(range(50))
    for first, last in ends:
        given = read_given(frames[(first + last) // 2])
        assert (given.before, given.after) == (None if first in (0, 12) else first, None if last == 12 else last)


def test_an_engine_that_takes_only_first_frames_films_whole_shots(storyline: Storyline, tmp_path: Path) -> None:
    film = produce(storyline, tmp_path / "film.mp4", crew("first", tmp_path / "vault"))
    (phase,) = json.loads(film.report.read_text())["phases"]
    assert [(take["first frame"], take["frames"]) for take in phase["takes"]] == [(0, 13), (12, 41)]
