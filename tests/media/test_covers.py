"""What covers a mouth, drawn over the project's own example faces; and what does not cover it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from dramatis.media.face import Face
from dramatis.media.faces.animals import is_animal
from dramatis.media.faces.covers import find_cover
from dramatis.media.faces.face_finding import face_in_box, find_faces
from dramatis.media.pictures.picture_files import read_still
from dramatis.media.still import Pixels, Still

EXAMPLES = Path(__file__).parents[2] / "examples"
_CLOTH = (
    6,
    196,
    126,
    50,
    123,
    177,
    58,
    172,
    136,
    150,
    149,
    176,
    148,
    152,
    377,
    400,
    378,
    379,
    365,
    397,
    288,
    401,
    352,
    280,
    355,
    419,
)


@pytest.fixture(scope="module")
def mira() -> tuple[Still, Face]:
    still = read_still(str(EXAMPLES / "mira.png"))
    return still, find_faces(still)[0]


def _at(face: Face, point: int) -> tuple[int, int]:
    x, y = np.round(face.mesh[point, :2]).astype(int)
    return int(x), int(y)


def _masked(still: Still, face: Face, colour: tuple[int, int, int]) -> Still:
    pixels = still.pixels.copy()
    cv2.fillPoly(pixels, [np.round(face.mesh[list(_CLOTH), :2]).astype(np.int32)], colour, cv2.LINE_AA)
    return Still(pixels)


def _sung_into(still: Still, face: Face) -> Still:
    """A microphone before the mouth."""
    pixels, (x, y), reach = still.pixels.copy(), _at(face, 14), round(0.15 * face.size)
    cv2.line(pixels, (x, y), (x + reach // 2, y + 6 * reach), (30, 30, 34), reach, cv2.LINE_AA)
    cv2.circle(pixels, (x, y + reach // 4), reach, (52, 52, 56), -1, cv2.LINE_AA)
    return Still(pixels)


def _shouting(still: Still, face: Face) -> Pixels:
    pixels, (x, y) = still.pixels.copy(), _at(face, 14)
    cv2.ellipse(pixels, (x, y), (round(0.1 * face.size), round(0.13 * face.size)), 0, 0, 360, (60, 20, 22), -1, cv2.LINE_AA)
    return pixels


@pytest.mark.parametrize("colour", [(232, 236, 238), (150, 190, 215), (40, 40, 44)])
def test_a_cloth_mask_covers_the_mouth_and_moves_with_the_face(mira: tuple[Still, Face], colour: tuple[int, int, int]) -> None:
    cover = find_cover(_masked(*mira, colour), mira[1])
    assert cover.mouth == "mask"
    assert cover.front is None


def test_a_microphone_covers_the_mouth_and_is_in_front(mira: tuple[Still, Face]) -> None:
    still, face = _sung_into(*mira), mira[1]
    cover = find_cover(still, face)
    assert cover.mouth == "object"
    assert cover.front is not None
    front = cv2.resize(cover.front.alpha, (still.width, still.height))
    assert front[_at(face, 17)[::-1]] > 200
    assert front[_at(face, 1)[::-1]] < 50
    assert front[_at(face, 172)[::-1]] < 50


@pytest.mark.parametrize(("turn", "hidden"), [(0.0, True), (np.pi, False)])
def test_only_a_hand_whose_arm_comes_from_outside_is_in_front(
    mira: tuple[Still, Face], monkeypatch: pytest.MonkeyPatch, turn: float, hidden: bool
) -> None:
    """The network takes made-up eyes for hands now and then; their wrist would lie inside of the face."""
    still, face = mira
    at, size = face.mesh[205, :2], face.size
    fingers = np.stack([np.linspace(-0.1, 0.1, 20), np.linspace(-0.35, -0.3, 20)], axis=1)
    hand = (
        size * np.concatenate([[[0.0, 0.0]], fingers]) @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    )
    hand = at + hand + (0, 0.3 * size if hidden else -0.35 * size)

    class Net:
        """Finds one hand in each crop around the face."""

        def __enter__(self) -> Net:
            self.reach = iter((0.8, 1.3))
            return self

        def __exit__(self, *fault: object) -> None:
            pass

        def process(self, crop: Pixels) -> SimpleNamespace:
            x0, y0, x1, y1 = face.box
            points = ((hand - ((x0 + x1) / 2, (y0 + y1) / 2)) * 192 / (next(self.reach) * size) + 192) / 384
            marks = [SimpleNamespace(x=float(x), y=float(y)) for x, y in points]
            return SimpleNamespace(multi_hand_landmarks=[SimpleNamespace(landmark=marks)])

    fake = SimpleNamespace(hands=SimpleNamespace(Hands=lambda **asked: Net()))
    monkeypatch.setattr("dramatis.media.faces.covers.solutions", lambda: fake)
    assert (find_cover(still, face).front is not None) == hidden


def test_faces_and_beards_cover_nothing() -> None:
    for name in ("mira", "noor_and_tom"):
        still = read_still(str(EXAMPLES / f"{name}.png"))
        for face in find_faces(still):
            assert find_cover(still, face).mouth == ""


def test_a_wide_open_mouth_is_not_a_covered_one(mira: tuple[Still, Face]) -> None:
    assert find_cover(Still(_shouting(*mira)), mira[1]).mouth == ""


def test_drawn_people_are_no_animals_and_what_nobody_knows_as_a_face_is(mira: tuple[Still, Face]) -> None:
    assert not is_animal(*mira)
    nobody = Still(np.full((400, 400, 3), 120, np.uint8))
    assert is_animal(nobody, face_in_box(nobody, (100, 120, 260, 340)))
