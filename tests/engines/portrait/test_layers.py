"""With nothing moved the frame is the picture, whatever the matte says; what lies in front of it stays there."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dramatis.engines.portrait.cutouts.fine_textures import Texture, detailed
from dramatis.engines.portrait.cutouts.layers import peeled, refined
from dramatis.engines.portrait.cutouts.outlines import Band, Outline
from dramatis.engines.portrait.drawing.compositing import draw
from dramatis.engines.portrait.drawing.view import CameraWindow
from dramatis.engines.portrait.geometry.channels import CHANNEL, CHANNELS, Pose
from dramatis.engines.portrait.rig import prepare
from dramatis.media.face import Face
from dramatis.media.faces.face_finding import find_faces, person_mattes
from dramatis.media.still import Matte, Pixels, Still
from dramatis.take import Look
from tests.pictures import fitted

EXAMPLE = Path(__file__).parents[3] / "examples" / "mira.png"
BLOCK = 16


@cache
def example() -> Look:
    still = fitted(EXAMPLE, 640, 360)
    face = find_faces(still)[0]
    return Look(still, face, person_mattes(still, (face,))[0])


def worst(frame: Pixels, picture: Pixels, where: NDArray[np.bool_] | None = None) -> float:
    """The worst PSNR in dB of any block of 16x16 pixels (of those where a mask is true)."""
    squares = ((frame.astype(float) - picture) ** 2).mean(axis=2)
    if where is not None:
        squares = np.where(where, squares, 0)
    rows, cols = (length // BLOCK for length in squares.shape)
    blocks = squares[: rows * BLOCK, : cols * BLOCK].reshape(rows, BLOCK, cols, BLOCK).mean(axis=(1, 3))
    return 10 * float(np.log10(255**2 / max(float(blocks.max()), 1e-6)))


def littered(look: Look, seed: int) -> Look:
    """The example with things beside and before its person, and a matte that takes some of them and loses others."""
    chance = np.random.default_rng(seed)
    pixels, face = look.picture.pixels.copy(), look.face
    assert face is not None
    assert look.matte is not None
    height, width = pixels.shape[:2]
    pixels = np.clip(pixels + chance.normal(0, 6, pixels.shape), 0, 255).astype(np.uint8)
    alpha = cv2.resize(look.matte.alpha, (width, height))
    for _ in range(6):
        at = chance.uniform((0, 0), (width, height))
        if np.hypot(*(at - face.mesh[:, :2].mean(axis=0))) < 0.9 * face.size:
            continue
        size, colour = chance.uniform(8, 50, 2).astype(int), tuple(int(v) for v in chance.integers(0, 256, 3))
        place = tuple(at.astype(int).tolist())
        cv2.ellipse(pixels, place, tuple(size.tolist()), float(chance.uniform(0, 180)), 0, 360, colour, -1)
        cv2.ellipse(alpha, place, tuple((size * 0.8).astype(int).tolist()), 0, 0, 360, int(chance.integers(0, 256)), -1)
    return replace(look, picture=Still(pixels), matte=Matte(alpha))


def pose(**channels: float) -> Pose:
    row = np.zeros(len(CHANNELS), np.float32)
    for name, value in channels.items():
        row[CHANNEL[name]] = value
    return row


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_two_layers_give_the_picture_again(seed: int) -> None:
    chance = np.random.default_rng(seed)
    pixels = chance.integers(0, 256, (24, 40, 3), np.uint8)
    alpha = np.clip(chance.normal(0.5, 0.6, (24, 40)), 0, 1).astype(np.float32)
    person, behind = peeled(pixels, alpha, 10.0)
    share = person[..., 3:] / 255
    assert np.abs(share * person[..., :3] + (1 - share) * behind - pixels).max() < 2.1


@pytest.mark.parametrize("seed", range(4))
def test_an_enlarged_texture_shows_the_same_at_rest(seed: int) -> None:
    chance = np.random.default_rng(seed)
    pixels = cv2.GaussianBlur(chance.integers(0, 256, (30, 44, 4), np.uint8), (0, 0), 0.5 + 0.5 * seed)
    large = Texture(pixels, (0.0, 0.0)).enlarged(2).pixels
    assert np.abs(cv2.resize(large, (44, 30), interpolation=cv2.INTER_AREA).astype(int) - pixels).mean() < 1.0


def test_strips_in_which_a_texture_is_enlarged_are_not_seen() -> None:
    pixels = np.random.default_rng(5).integers(0, 256, (300, 12, 4), np.uint8)
    ends = [(0, 200), (100, 300)]  # cut elsewhere
    parts = [Texture(np.ascontiguousarray(pixels[first:last]), (0.0, 0.0)).enlarged(2).pixels for first, last in ends]
    whole = Texture(pixels, (0.0, 0.0)).enlarged(2).pixels
    np.testing.assert_array_equal(whole[:360], parts[0][:360])
    np.testing.assert_array_equal(whole[240:], parts[1][40:])


def test_a_picture_that_was_enlarged_has_no_detail_for_finer_textures() -> None:
    look = example()
    assert look.face is not None
    pixels, face = look.picture.pixels, look.face
    assert detailed(pixels, face)
    assert not detailed(cv2.resize(pixels, None, fx=4, fy=4, interpolation=cv2.INTER_LANCZOS4), Face(face.mesh * np.float32(4)))


def test_where_nobody_is_a_moving_camera_shows_the_picture_as_sharp_as_a_still_one() -> None:
    look = example()
    scene = prepare(look.picture.pixels, (look,), 2)
    frame = draw(scene, [pose(untouched=1)], CameraWindow(1e-6, 0.0, 1.0))
    assert worst(frame[:, :96], look.picture.pixels[:, :96]) >= 36
    closer = draw(scene, [pose(untouched=1)], CameraWindow(10.0, 10.0, 2.0))[20:-20, 20:200]
    wanted = cv2.resize(look.picture.pixels, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)[40:, 40:][: len(closer), :180]
    energy = [float(np.abs(cv2.Laplacian(part.astype(np.float32), cv2.CV_32F)).mean()) for part in (closer, wanted)]
    assert 0.85 < energy[0] / energy[1] < 1.35


@pytest.mark.parametrize("seed", range(5))
def test_with_nothing_moved_the_frame_is_the_picture(seed: int) -> None:
    look = littered(example(), seed)
    scene = prepare(look.picture.pixels, (look,), 2)
    assert worst(draw(scene, [pose(untouched=1)], CameraWindow()), look.picture.pixels) >= 45


@pytest.mark.parametrize("seed", range(3))
def test_in_any_pose_what_nobody_came_near_is_the_picture(seed: int) -> None:
    look = littered(example(), seed)
    assert look.matte is not None
    scene = prepare(look.picture.pixels, (look,), 2)
    chance = np.random.default_rng(seed)
    turned = pose(yaw=chance.uniform(-0.2, 0.2), roll=chance.uniform(-0.15, 0.15), shift_x=0.02, breath=1.0, lid_l=1.0, lid_r=1.0)
    frame = draw(scene, [turned], CameraWindow())
    cover = cv2.resize(look.matte.alpha, frame.shape[1::-1]) > 0
    far = cv2.dilate(cover.astype(np.uint8), np.ones((81, 81), np.uint8)) == 0
    assert far.mean() > 0.1
    assert worst(frame, look.picture.pixels, far) >= 45
    assert worst(frame, look.picture.pixels) < 30


def with_microphone() -> tuple[Look, NDArray[np.bool_]]:
    """The example with a microphone before its chin, its matte in front; and where it is."""
    look = example()
    assert look.face is not None
    pixels = look.picture.pixels.copy()
    x, y = (int(v) for v in look.face.mesh[152, :2])
    mask = np.zeros(pixels.shape[:2], np.uint8)
    cv2.circle(mask, (x, y), round(0.12 * look.face.size), 255, -1)
    cv2.rectangle(mask, (x - 6, y), (x + 6, y + 90), 255, -1)
    pixels[mask > 0] = (30, 32, 36)
    return replace(look, picture=Still(pixels), front=Matte(mask)), cv2.erode(mask, np.ones((5, 5), np.uint8)) > 0


def test_what_lies_in_front_stays_there() -> None:
    look, inside = with_microphone()
    scene = prepare(look.picture.pixels, (look,), 2)
    assert worst(draw(scene, [pose(untouched=1)], CameraWindow()), look.picture.pixels) >= 45
    turned = draw(scene, [pose(yaw=0.2, roll=0.1)], CameraWindow())
    assert np.abs(turned.astype(int) - look.picture.pixels)[inside].max() <= 3
    without = draw(prepare(look.picture.pixels, (replace(look, front=None),), 2), [pose(yaw=0.2, roll=0.1)], CameraWindow())
    assert np.abs(without.astype(int) - look.picture.pixels)[inside].max() > 60


def test_a_face_without_a_matte_bends_its_picture_and_loses_nothing() -> None:
    look = replace(example(), matte=None)
    pixels = look.picture.pixels
    scene = prepare(pixels, (look,), 2)
    assert worst(draw(scene, [pose(untouched=1)], CameraWindow()), pixels) >= 45
    turned = draw(scene, [pose(yaw=0.2, shift_x=0.04)], CameraWindow())
    assert np.abs(turned[:, :40].astype(int) - pixels[:, :40]).max() <= 3
    assert worst(turned, pixels) < 30


def test_no_layer_has_a_hue_that_the_picture_has_not() -> None:
    """A wide area whose opacity is a guess: dark clothes before something bright."""
    pixels = np.full((120, 160, 3), (235, 205, 150), np.uint8)
    pixels[:, :50] = (60, 20, 10)
    pixels[40:, 50:110] = (70, 30, 15)
    alpha = np.zeros((120, 160), np.float32)
    alpha[:, :50], alpha[40:, 50:110] = 1, 0.65
    person, behind = peeled(pixels, alpha, 150.0)
    hues = [cv2.cvtColor(np.ascontiguousarray(one[..., :3]), cv2.COLOR_RGB2LAB)[..., 1:].max((0, 1)) for one in (person, behind)]
    known = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB)[..., 1:].max((0, 1)).astype(int)
    assert (hues <= known + 15).all()
    share = person[..., 3:] / 255
    assert np.abs(share * person[..., :3] + (1 - share) * behind - pixels)[alpha > 0].max() < 2


def test_a_face_has_no_holes() -> None:
    look = example()
    assert look.face is not None
    assert look.matte is not None
    pierced = cv2.resize(look.matte.alpha, look.picture.pixels.shape[1::-1])
    for ring in (33, 263):
        cv2.circle(pierced, tuple(look.face.mesh[ring, :2].astype(int).tolist()), 18, 0, -1)
    scene = prepare(look.picture.pixels, (replace(look, matte=Matte(pierced)),), 1)
    x0, y0, _, _ = scene.rigs[0].region
    eyes = Face(look.face.mesh[[33, 133, 362, 263]] - (x0, y0, 0)).mesh[:, :2].astype(int)
    assert scene.rigs[0].person.pixels[eyes[:, 1], eyes[:, 0], 3].min() == 255


def test_single_hairs_beside_a_head_belong_to_it_and_what_shows_between_them_does_not() -> None:
    look = example()
    assert look.face is not None
    assert look.matte is not None
    person = cv2.resize(look.matte.alpha, look.picture.pixels.shape[1::-1]) > 128
    pixels = np.where(person[..., None], look.picture.pixels, np.uint8(215))
    hairs = np.zeros(person.shape, np.uint8)
    middle, size = look.face.mesh[:, :2].mean(axis=0), look.face.size
    for share in np.linspace(-0.35, 0.1, 6):
        y = round(float(middle[1] + share * size))
        x = int(np.flatnonzero(person[y]).min())
        cv2.line(hairs, (x + 3, y), (round(x - 0.09 * size), y - 4), 255, 1, cv2.LINE_AA)
    share = hairs[..., None] / 255.0
    pixels = np.ascontiguousarray(pixels * (1 - share) + np.array([40, 24, 18]) * share, np.uint8)
    alpha = refined(look.matte, pixels, look.face)
    beside = ~cv2.dilate(person.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    between = beside & (cv2.dilate(hairs, np.ones((9, 9), np.uint8)) > 0) & (cv2.dilate(hairs, np.ones((5, 5), np.uint8)) == 0)
    assert np.median(alpha[beside & (hairs > 200)]) > 0.6
    assert np.median(alpha[between]) < 0.1


@pytest.mark.parametrize("zoom", [1.0, 1.13])
def test_all_of_a_moving_person_is_drawn_and_its_edges_once(zoom: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bands of the frame hold what one band of everything holds, however the person moves and the camera stands."""
    look = example()
    scene, view = prepare(look.picture.pixels, (look,), 1), CameraWindow(11.3, 7.7, zoom)
    poses = [pose(yaw=0.3, roll=0.2), pose(yaw=-0.3, pitch=0.3, lean=0.2), pose(shift_x=0.1, shift_y=-0.1, jaw=1.0)]
    shown = [draw(scene, [each], view).astype(int) for each in poses]
    monkeypatch.setattr(Outline, "bands", lambda *_: [Band((-1e4, -1e4, 1e4, 1e4), (0.0, 0.0))])
    for each, frame in zip(poses, shown, strict=True):
        away = np.abs(draw(scene, [each], view) - frame).max(axis=2)
        assert away.max() <= 4
        assert (away > 0).mean() < 1e-3
