"""What is drawn is what was said: words tell people apart, mouth channels move the mouth, truth lies where the pixels are."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from dramatis.stage.people.pose import Pose
from dramatis.stage.play import script
from dramatis.stage.play.script import Person

skia = pytest.importorskip("skia", exc_type=ImportError)

from dramatis.stage.people.figure import Placement, draw_person, landmarks  # noqa: E402 - needs skia, which may be missing

WOMAN = Person("woman", "average", "light", "oval", "long", "black", "none", "none", "shirt", "red", 1)
MAN = Person("man", "average", "tan", "oval", "short", "blond", "none", "none", "shirt", "blue", 2)
PLACE = Placement((128.0, 100.0), 58.0)
WORDS = {
    "species": script.SPECIES, "build": script.BUILDS, "skin": script.SKINS, "face": script.FACES, "hair": script.HAIRS,
    "hair_colour": script.HAIR_COLOURS, "beard": script.BEARDS, "glasses": script.GLASSES, "clothes": script.CLOTHES,
    "colour": script.COLOURS,
}  # fmt: skip


def drawn(person: Person, pose: Pose, style: str = "shaded", size: int = 1) -> NDArray[np.uint8]:
    """`H W 3`, at 256x144 times `size`, on grey."""
    pixels = np.zeros((144 * size, 256 * size, 4), np.uint8)
    canvas = skia.Surface(pixels, skia.kRGBA_8888_ColorType).getCanvas()
    canvas.clear(0xFF9FC3C9)
    draw_person(canvas, person, pose, style, Placement((PLACE.neck[0] * size, PLACE.neck[1] * size), PLACE.head * size))
    return pixels[..., :3].copy()


def mouth(**channels: float) -> NDArray[np.float32]:
    names = ("jaw", "spread", "pucker", "funnel", "press", "upper", "lower", "tongue")
    return np.array([channels.get(name, 0.0) for name in names], np.float32)


def differing(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> int:
    """Pixels that plainly differ."""
    return int((np.abs(first.astype(int) - second).max(axis=-1) > 24).sum())


def inside(person: Person, pose: Pose) -> NDArray[np.bool_]:
    """`H W` at 1024x576: the dark inside of the mouth, in the mouth's box."""
    marks = landmarks(person, pose, Placement((512.0, 400.0), 232.0))
    shown = drawn(person, pose, size=4).astype(int)
    dark = (shown[..., 1] < 0x20) & (shown[..., 0] > 1.7 * shown[..., 1])  # dark red
    left, top, right, bottom = (round(value) for value in marks.mouth)
    within = np.zeros_like(dark)
    within[top : bottom + 1, left : right + 1] = True
    return dark & within


@pytest.mark.parametrize("field", WORDS)
def test_every_word_is_drawn_differently_from_the_others(field: str) -> None:
    person = replace(MAN, hair_colour="brown")
    pictures = {word: drawn(replace(person, **{field: word}), Pose()) for word in WORDS[field]}
    for (first, one), (second, other) in itertools.combinations(pictures.items(), 2):
        assert differing(one, other) >= 20, (first, second)


@pytest.mark.parametrize("style", script.STYLES)
def test_styles_differ(style: str) -> None:
    others = [drawn(WOMAN, Pose(), other) for other in script.STYLES if other != style]
    assert min(differing(drawn(WOMAN, Pose(), style), other) for other in others) > 200


@pytest.mark.parametrize(
    "person", [WOMAN, MAN, replace(MAN, beard="full"), replace(WOMAN, species="cat")], ids=lambda p: p.species
)
def test_the_drawn_opening_grows_with_the_jaw(person: Person) -> None:
    heights = []
    for jaw in (0.0, 0.3, 0.6, 1.0):
        rows = np.flatnonzero(inside(person, Pose(mouth=mouth(jaw=jaw))).any(axis=1))
        heights.append(len(rows))
    assert heights[0] == 0
    assert all(wide - narrow >= 4 for narrow, wide in itertools.pairwise(heights))


def test_the_truth_about_the_opening_is_what_is_drawn() -> None:
    pose = Pose(mouth=mouth(jaw=0.8))
    marks = landmarks(WOMAN, pose, Placement((512.0, 400.0), 232.0))
    before, after = drawn(WOMAN, Pose(), size=4), drawn(WOMAN, pose, size=4)
    x = round(marks.points["mouth_top"][0])
    shown = after[round(marks.points["mouth_top"][1]) + 2 : round(marks.points["mouth_bottom"][1]) - 2, x].astype(int)
    lip = after[round(marks.points["mouth_bottom"][1]) + 3, x].astype(int)
    assert len(shown) > 30
    assert (np.abs(shown - lip).max(axis=-1) > 12).all()
    assert differing(before, after) > 300


def test_a_pressed_mouth_is_shut_whatever_else_is_asked() -> None:
    pressed = Pose(mouth=mouth(jaw=0.6, lower=0.5, press=1.0))
    assert landmarks(WOMAN, pressed, PLACE).opening == pytest.approx(0.0, abs=1e-6)
    assert not inside(WOMAN, pressed).any()


@pytest.mark.parametrize(("channel", "wider"), [("spread", True), ("pucker", False), ("funnel", False)])
def test_lips_spread_and_round(channel: str, wider: bool) -> None:
    def width(shape: NDArray[np.float32]) -> float:
        marks = landmarks(WOMAN, Pose(mouth=shape), PLACE)
        return marks.mouth[2] - marks.mouth[0]

    plain, changed = width(mouth(jaw=0.4)), width(mouth(jaw=0.4, **{channel: 0.8}))
    assert (changed > plain + 1.5) if wider else (changed < plain - 1.5)


@pytest.mark.parametrize("side", [-1, 1])
def test_features_go_with_the_turning_head(side: int) -> None:
    ahead, turned = (landmarks(WOMAN, Pose(yaw=yaw), PLACE).points for yaw in (0.0, side * 40.0))
    assert (turned["nose"][0] - ahead["nose"][0]) * side > 8
    near, far = ("left_eye", "right_eye") if side > 0 else ("right_eye", "left_eye")
    middle = turned["nose"][0]
    assert abs(turned[far][0] - middle) < abs(turned[near][0] - middle)


def test_drawing_scales_with_the_placing() -> None:
    """Landmarks are in pixels of whatever canvas."""
    small, large = (landmarks(MAN, Pose(yaw=20, roll=8), Placement((1.0 * k, 2.0 * k), 10.0 * k)) for k in (1, 7))
    for name, (x, y) in small.points.items():
        assert large.points[name] == pytest.approx((7 * x, 7 * y))


@pytest.mark.parametrize("held", ["cup", "glasses", "box"])
def test_what_a_hand_holds_is_seen(held: str) -> None:
    hand = Pose(right_hand=(0.9, 0.2), hands=("fist", "fist"))
    assert differing(drawn(MAN, hand), drawn(MAN, replace(hand, held=held))) > 30
