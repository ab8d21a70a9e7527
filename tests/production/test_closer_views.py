"""Closer views of a picture: which it allows, which films have them, and what the takes get."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dramatis.clock import Rate, Span
from dramatis.director.claims import AudioReport, Material, PictureInput, Verdict, VoiceReport
from dramatis.director.picture.visual import see
from dramatis.director.rounds.dialogue import deliberate
from dramatis.director.text.expert import read
from dramatis.director.writing.writer import written
from dramatis.media.face import Face
from dramatis.media.faces.covers import Cover
from dramatis.media.still import Still
from dramatis.media.value_cache import ValueCache
from dramatis.production.assets import Assets
from dramatis.production.pictures.framing import closer, views_of
from dramatis.production.report import unperformed
from dramatis.production.stock import load_stock
from dramatis.story import Canvas, Character, Deliberation, Direction, Shot, Storyline
from dramatis.take import Limits, View
from tests.production.facing import face

SMALL, LARGE = Canvas(640, 360, Rate(25)), Canvas(1920, 1080, Rate(25))
PICTURES = Limits("pictures", "1", needs_face=True)
ALONE = {"Ada": face(800, 450, 250)}
APART = {"Ada": face(400, 420, 250), "Bo": face(1200, 420, 250)}


def still(width: int = 1600, height: int = 900) -> Still:
    return Still(np.zeros((height, width, 3), np.uint8))


@pytest.mark.parametrize(
    ("faces", "size", "canvas", "views"),
    [
        (ALONE, (1600, 900), SMALL, {("close-up", ())}),
        (ALONE, (1600, 900), LARGE, set()),  # it would be enlarged more than 1.5 times
        ({"Ada": face(800, 450, 150)}, (1600, 900), SMALL, {("close-up", ()), ("medium close-up", ())}),
        ({"Ada": face(800, 450, 430)}, (1600, 900), SMALL, set()),  # it is a close-up
        (APART, (1600, 900), SMALL, {("close-up", ("Ada",)), ("close-up", ("Bo",))}),
        ({"Ada": face(700, 420, 250), "Bo": face(950, 420, 250)}, (1600, 900), SMALL, set()),  # nobody can be framed alone
    ],
)
def test_a_picture_allows_the_closer_views_that_it_is_sharp_enough_for(
    faces: dict[str, Face], size: tuple[int, int], canvas: Canvas, views: set[tuple[str, tuple[str, ...]]]
) -> None:
    assert {(view.framing, view.focus) for view in views_of(still(*size), canvas, faces)} == views


@settings(max_examples=60, deadline=None)
@given(
    x=st.floats(0.15, 0.85),
    y=st.floats(0.2, 0.8),
    size=st.floats(60, 400),
    other=st.floats(0.1, 0.9),
    high=st.sampled_from([900, 1600]),
)
def test_closer_views_show_one_whole_face_and_no_half_ones(x: float, y: float, size: float, other: float, high: int) -> None:
    picture = still(1600, high)
    faces = {"Ada": face(1600 * x, high * y, size), "Bo": face(1600 * other, high * y, size)}
    if any(min(one.box) < 0 or one.box[2] > 1600 or one.box[3] > high for one in faces.values()):
        return
    for kind in ("close-up", "medium close-up", "medium"):
        frame = closer(picture, SMALL, faces, View(kind, ("Ada",))) if abs(x - other) > 0.1 else None
        if frame is None:
            continue
        assert frame.scale <= 1.51
        x0, y0, x1, y1 = frame.face(faces["Ada"]).box
        assert min(x0, y0) >= -1
        assert x1 <= SMALL.width + 1
        assert y1 <= SMALL.height + 1
        left, _, right, _ = frame.face(faces["Bo"]).box
        assert min(right, SMALL.width) - max(left, 0.0) <= 0.12 * (right - left)


def planned(faces: dict[str, Face], prompt: str, seconds: float, views: bool = True) -> tuple[tuple[Shot, ...], Deliberation]:
    """People who speak in turn, four seconds each."""
    turns = [(start, list(faces)[number % len(faces)]) for number, start in enumerate(np.arange(0.3, seconds - 1, 4.0))]
    tracks = tuple(
        VoiceReport(name, phrases=tuple(Span(at, min(at + 3.5, seconds)) for at, who in turns if who == name)) for name in faces
    )
    allowed = views_of(still(), SMALL, faces) if views else ()
    pictured = PictureInput("p.png", still(), tuple(faces.items()), allowed)
    material = Material(prompt, tuple(Character(name, "p.png") for name in faces), seconds, (), (pictured,), PICTURES)
    audio, visual = AudioReport(tracks), see(material)
    text = read(material, audio, visual)
    verdict = Verdict(audio, visual, text, deliberate(material, audio, visual, text))
    return written(material, verdict), verdict.deliberation


def framings(shots: tuple[Shot, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(shot.framing, shot.focus) for shot in shots]


def test_one_person_without_words_about_framing_is_filmed_as_the_picture_is() -> None:
    with_views, without = planned(ALONE, "She is happy.", 30.0), planned(ALONE, "She is happy.", 30.0, views=False)
    assert with_views == without
    assert set(framings(with_views[0])) == {("medium close-up", ())}


def test_words_ask_for_a_closer_view() -> None:
    assert set(framings(planned(ALONE, "A close-up.", 6.0)[0])) == {("close-up", ())}
    first, last = planned(ALONE, "First a medium close-up, then a close-up.", 8.0)[0]
    assert (first.framing, last.framing) == ("medium close-up", "close-up")


def test_a_closer_view_that_the_picture_does_not_allow_is_named() -> None:
    shots, told = planned(ALONE, "A close-up.", 6.0, views=False)
    assert framings(shots) == [("medium close-up", ())]
    whole = Storyline(SMALL, (Character("Ada", "p.png"),), (), shots, deliberation=told)
    assert unperformed(whole, Limits("small", "1")) == ("close-up",)
    shots, told = planned(ALONE, "A close-up.", 6.0)
    assert unperformed(Storyline(SMALL, (Character("Ada", "p.png"),), (), shots, deliberation=told), Limits("small", "1")) == ()


def test_two_people_in_a_large_picture_are_covered_in_a_long_film() -> None:
    shots = planned(APART, "", 30.0)[0]
    assert framings(shots)[0] == ("medium close-up", ())
    assert {shot.focus for shot in shots} == {(), ("Ada",), ("Bo",)}
    assert all(one != two for one, two in pairwise(framings(shots)))
    assert {shot.cast for shot in shots} == {("Ada", "Bo")}


@pytest.mark.parametrize(
    ("prompt", "seconds"), [("", 9.0), ("In one take.", 30.0), ("一镜到底", 30.0), ("Two-shot, no cuts.", 30.0)]
)
def test_two_people_are_filmed_as_the_picture_is_in_short_films_and_in_one_take(prompt: str, seconds: float) -> None:
    assert set(framings(planned(APART, prompt, seconds)[0])) == {("medium close-up", ())}


@dataclass(frozen=True)
class Plain(ValueCache):
    """Nobody's matte and cover."""

    def get(self, name: str, make: Callable[[], object]) -> object:  # type: ignore[override]  # what it keeps is of one type
        return [(None, Cover(), False) for _ in make.args[1]]  # type: ignore[attr-defined]  # a partial


class Cast(Assets):
    """Assets whose pictures have these faces."""

    def faces(self, path: str) -> tuple[Face, ...]:
        return tuple(APART.values())


def test_takes_get_the_crop_and_know_who_is_beside_it(make_picture: Callable[..., str]) -> None:
    picture = make_picture(width=1600, height=900)
    cast = (Character("Ada", picture), Character("Bo", picture))
    shots = tuple(
        Shot(Span(at, at + 2.0), picture, ("Ada", "Bo"), Direction(), framing, focus)
        for at, framing, focus in ((0.0, "medium close-up", ()), (2.0, "close-up", ("Bo",)), (4.0, "close-up", ()))
    )
    stock = load_stock(Storyline(SMALL, cast, (), shots), Cast(Plain()), PICTURES)
    whole, alone, unknown = (stock.roles(shot) for shot in shots)
    assert [role.digest for role in whole] == [role.digest for role in unknown]
    ada, bo = (role.look for role in alone)
    assert ada is not None
    assert bo is not None
    assert ada.face is not None
    assert bo.face is not None
    assert ada.picture.pixels.shape == bo.picture.pixels.shape == (360, 640, 3)
    assert not ada.face.lies_in(640, 360)
    assert bo.face.lies_in(640, 360)
    assert bo.face.size > 1.3 * APART["Bo"].size * 0.4
    assert whole[1].digest != alone[1].digest
