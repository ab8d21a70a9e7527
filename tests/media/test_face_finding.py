"""Faces and people in pictures: the project's own examples, and boxes given by hand."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from dramatis.media.faces.face_finding import face_in_box, find_faces, person_mattes
from dramatis.media.pictures.picture_files import read_still
from dramatis.media.still import Still

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def friends() -> Still:
    return read_still(str(EXAMPLES / "noor_and_tom.png"))


def test_faces_come_from_left_to_right_with_their_mesh(friends: Still) -> None:
    faces = find_faces(friends)
    assert len(faces) == 2
    assert faces[0].box[2] < faces[1].box[0]
    for face in faces:
        assert face.mesh.shape == (478, 3)
        assert face.mesh[13, 1] < face.mesh[152, 1]  # the mouth is above the chin
        assert face.mesh[33, 0] < face.mesh[263, 0]


def test_small_faces_in_a_wide_picture_are_found(friends: Still) -> None:
    wide = np.full((friends.height, friends.width * 2, 3), 90, np.uint8)
    wide[:, -friends.width :] = friends.pixels
    small = Still(np.ascontiguousarray(wide[::2, ::2]))
    assert len(find_faces(small)) == 2


def test_a_picture_without_people_has_no_faces() -> None:
    assert find_faces(Still(np.full((300, 400, 3), 120, np.uint8))) == ()


def test_each_matte_holds_its_own_person(friends: Still) -> None:
    faces = find_faces(friends)
    mattes = person_mattes(friends, faces)
    for own, (matte, face) in enumerate(zip(mattes, faces, strict=True)):
        scale = matte.alpha.shape[1] / friends.width
        nose = np.round(face.mesh[1, 1::-1] * scale).astype(int)
        other = np.round(faces[1 - own].mesh[1, 1::-1] * scale).astype(int)
        assert matte.alpha[tuple(nose)] > 200
        assert matte.alpha[tuple(other)] < 30
        assert matte.alpha[5, 5] < 30


def test_a_box_by_hand_is_a_face_even_where_none_is_found() -> None:
    blank = Still(np.full((400, 400, 3), 120, np.uint8))
    face = face_in_box(blank, (100, 120, 260, 340))
    assert face.box == pytest.approx((100, 120, 260, 340), abs=1)


def test_a_box_by_hand_around_a_real_face_finds_it(friends: Still) -> None:
    known = find_faces(friends)[1]
    x0, y0, x1, y1 = known.box
    face = face_in_box(friends, (x0 - 10, y0 - 10, x1 + 10, y1 + 10))
    assert np.abs(face.mesh[:, :2] - known.mesh[:, :2]).mean() < 0.03 * known.size


def test_a_face_that_is_upside_down_is_told_from_an_upright_one(friends: Still) -> None:
    turned = find_faces(Still(np.ascontiguousarray(friends.pixels[::-1, ::-1])))
    assert [face.upside_down for face in turned] == [True, True]
    assert [face.upside_down for face in find_faces(friends)] == [False, False]
    lying = find_faces(Still(np.ascontiguousarray(np.rot90(friends.pixels))))
    assert not any(face.upside_down for face in lying)


def dog() -> Still:
    """The head of a dog, upright, in which the detector sees half a face when it is turned by half."""
    pixels = np.full((384, 384, 3), (120, 130, 140), np.uint8)

    def oval(x: int, y: int, wide: float, high: float, colour: tuple[int, int, int], turn: int = 0) -> None:
        cv2.ellipse(pixels, ((192 + x, 192 + y), (2 * wide, 2 * high), turn), colour, -1, cv2.LINE_AA)

    fur, ear, muzzle, dark = (182, 146, 115), (112, 94, 32), (214, 181, 62), (25, 20, 20)
    oval(0, 140, 150, 120, fur)
    oval(0, -10, 120, 130, fur)
    for side in (-1, 1):
        oval(118 * side, -10, 40, 95, ear, -10 * side)
        oval(50 * side, -35, 17, 18, dark)
        oval(45 * side, -40, 5, 5, (250, 250, 250))
    oval(0, 60, 65, 60, muzzle)
    oval(0, 45, 28, 22, dark)
    cv2.line(pixels, (192, 242), (192, 272), dark, 4)
    for side in (-1, 1):
        cv2.ellipse(pixels, (192 + 25 * side, 270), (25, 14), 0, 0, 180, dark, 4, cv2.LINE_AA)
    return Still(cv2.GaussianBlur(pixels, (0, 0), 1.5))


def test_an_upright_animal_is_not_upside_down() -> None:
    assert not [face for face in find_faces(dog()) if face.upside_down]


def test_a_box_says_that_a_face_is_upright(friends: Still) -> None:
    assert not face_in_box(dog(), (80, 60, 304, 320)).upside_down
    x0, y0, x1, y1 = find_faces(friends)[0].box
    turned = Still(np.ascontiguousarray(friends.pixels[::-1, ::-1]))
    box = (friends.width - x1, friends.height - y1, friends.width - x0, friends.height - y0)
    assert not face_in_box(turned, box).upside_down


def test_a_matte_is_one_piece_around_its_face(friends: Still) -> None:
    height, width = friends.pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 30, 0.7)
    still = Still(cv2.warpAffine(friends.pixels, turn, (width, height)))
    for matte in person_mattes(still, find_faces(still)):
        sizes = np.sort(cv2.connectedComponentsWithStats((matte.alpha > 60).astype(np.uint8))[2][1:, cv2.CC_STAT_AREA])
        assert sizes[:-1].sum() < 0.002 * sizes[-1]
