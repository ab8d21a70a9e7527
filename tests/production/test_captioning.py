"""Captions of whole films: in the picture and in files, filmed again only where they change, and never over a mouth."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.errors import BriefError, OutputError
from dramatis.media.face import Face
from dramatis.media.pictures.captioned_frames import Caption, Captions
from dramatis.media.pictures.fonts import font_for
from dramatis.media.still import Still
from dramatis.media.videos.video import FINAL, read_clip
from dramatis.production.assets import Assets
from dramatis.production.captions.captioning import film_captions
from dramatis.production.produce import Film, produce
from dramatis.production.stock import load_stock
from dramatis.runtime.pool import Work
from dramatis.runtime.vault import Vault
from dramatis.story import Brief, Canvas, Character, Direction, Line, Shot, Storyline
from dramatis.story.document import parse, storyline_from, storyline_located
from dramatis.take import Limits, Look, Take
from tests.production.test_route import crew

Make = Callable[..., str]
TEXT = "Hello there. This is a longer text, which has to be parted."


@pytest.fixture
def brief(make_picture: Make, make_voice: Make) -> Brief:
    voice = make_voice(seconds=5.0, spoken=((0.2, 1.0), (2.2, 4.4)))
    return Brief((Character("Ada", make_picture(), voice=voice, text=TEXT),), size=(320, 180), engine="fake", captions="plain")


def lower(film: Film) -> list[int]:
    """The frames whose lowest fifth has white letters."""
    frames = [frame[150:170, 100:220] for frame in read_clip(str(film.path)).frames]
    return [number for number, part in enumerate(frames) if ((part > 225).all(axis=2)).sum() > 20]


def names(film: Film) -> list[str]:
    return [take["digest"] for take in json.loads(film.report.read_text())["phases"][-1]["takes"]]


def test_words_are_in_the_picture_and_in_files_at_the_same_times(brief: Brief, tmp_path: Path) -> None:
    film = produce(brief, tmp_path / "film.mp4", crew(workers=1))
    seen = lower(film)
    assert set(range(8, 25)) <= set(seen)
    assert not {40, 45, 50} & set(seen)
    srt = (tmp_path / "film.srt").read_text()
    assert srt.startswith("1\n00:00:00,")
    assert "Hello there.\n\n2\n00:00:02," in srt
    vtt = (tmp_path / "film.vtt").read_text()
    assert vtt.startswith("WEBVTT\n\n00:00:00.")
    assert "\nHello there.\n" in vtt


def test_without_captions_nothing_is_written_or_drawn_and_files_alone_leave_the_picture(brief: Brief, tmp_path: Path) -> None:
    bare = produce(replace(brief, captions="none"), tmp_path / "bare.mp4", crew())
    assert not lower(bare)
    assert not list(tmp_path.glob("bare.*t"))
    beside = produce(replace(brief, captions="file"), tmp_path / "beside.mp4", crew())
    assert names(beside) == names(bare)  # the same clips; the files differ in the settings inside them
    assert (tmp_path / "beside.srt").exists()


def test_other_words_are_filmed_again_only_where_they_are_seen(brief: Brief, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    film = produce(brief, tmp_path / "film.mp4", crew(vault=kept))
    plan = storyline_located(storyline_from(parse(film.storyline)), film.storyline)
    line = replace(plan.lines[0], text=TEXT.replace("there", "Ada"))
    again = produce(replace(plan, lines=(line,)), tmp_path / "again.mp4", crew(vault=kept))
    before, after = names(film), names(again)
    changed = [number for number, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    assert 0 in changed
    assert len(before) - 1 not in changed
    assert "Hello Ada." in (tmp_path / "again.srt").read_text()


def test_a_clip_without_a_caption_is_the_one_that_a_film_without_captions_has(tmp_path: Path) -> None:
    takes = [Take(Canvas(64, 64, Rate(10)), Span(start, start + 1)) for start in (0.0, 1.0, 2.0)]
    bare = Work(takes, Vault(tmp_path), FINAL)
    shown = Captions("plain", font_for(""), (Caption(Span(0.3, 1.0), ("Hello",)),))
    limits = Limits("any", "1")
    same = [
        one.name == other.name for one, other in zip(bare.jobs(limits), replace(bare, captions=shown).jobs(limits), strict=True)
    ]
    assert same == [False, True, True]


def test_captions_without_a_text_say_what_to_do(brief: Brief, tmp_path: Path) -> None:
    silent = replace(brief, cast=(replace(brief.cast[0], text=""),))
    with pytest.raises(BriefError, match=r'"text" of a character or a line'):
        produce(silent, tmp_path / "film.mp4", crew())


def test_captions_do_not_write_over_an_input(brief: Brief, tmp_path: Path) -> None:
    voice = Path(brief.cast[0].voice or "").rename(tmp_path / "film.srt")
    with pytest.raises(OutputError, match="would be written over"):
        produce(replace(brief, cast=(replace(brief.cast[0], voice=str(voice)),)), tmp_path / "film.mp4", crew())


@pytest.fixture
def plan(make_picture: Make, make_voice: Make) -> Storyline:
    picture, voice = make_picture(), make_voice(seconds=3.0, spoken=((0.2, 2.5),))
    shot = Shot(Span(0, 3.0), picture, ("Ada",), Direction())
    lines = (Line("Ada", voice, 0.0, "Hello there, how are you?"),)
    cast = (Character("Ada", picture, voice=voice),)
    return Storyline(Canvas(320, 180, Rate(25)), cast, lines, (shot,), engine="fake", captions="box")


@pytest.mark.parametrize(("mouth", "above"), [(0.6, False), (0.85, True)])
def test_a_caption_never_covers_a_mouth(plan: Storyline, mouth: float, above: bool) -> None:
    assets = Assets()
    stock = load_stock(plan, assets, Limits("any", "1"))
    mesh = np.zeros((478, 3), np.float32)
    mesh[:, :2] = 160, mouth * 180
    mesh[0, :2], mesh[1, :2] = (130, mouth * 180 - 45), (190, mouth * 180 + 15)
    look = Look(Still(np.zeros((180, 320, 3), np.uint8)), Face(mesh))
    stock = replace(stock, looks={(plan.shots[0].picture, "Ada"): look})
    found = film_captions(plan, stock, assets, None)
    assert {caption.above for caption in found.shown} == {above}
