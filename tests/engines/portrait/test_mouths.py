"""Mouths: shut at rest whatever the picture shows, with their own teeth, and not opened where something covers them."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines.portrait.cutouts.outlines import outline
from dramatis.engines.portrait.drawing.compositing import draw
from dramatis.engines.portrait.drawing.view import CameraWindow
from dramatis.engines.portrait.features.mouth import paint
from dramatis.engines.portrait.features.visible_teeth import visible_teeth
from dramatis.engines.portrait.geometry import anatomy as a
from dramatis.engines.portrait.geometry.anatomy import head_of
from dramatis.engines.portrait.geometry.channels import CHANNEL, CHANNELS, Pose, weights
from dramatis.engines.portrait.geometry.skin import closed
from dramatis.engines.portrait.motion.animation import animate
from dramatis.engines.portrait.rig import LayeredPicture, Rig, prepare
from dramatis.media.face import Face
from dramatis.media.faces.face_finding import find_faces
from dramatis.media.sounds.sound_files import read_sound, resample
from dramatis.media.still import Matte, Pixels, Still
from dramatis.story import Canvas
from dramatis.take import Look, Role, Take
from tests.pictures import fitted

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="module")
def look() -> Look:
    still = fitted(EXAMPLES / "mira.png", 640, 480)
    return Look(still, find_faces(still)[0])


@pytest.fixture(scope="module")
def scene(look: Look) -> LayeredPicture:
    return prepare(look.picture.pixels, (look,), 1)


def _pose(**channels: float) -> Pose:
    row = np.zeros(len(CHANNELS), np.float32)
    for name, value in channels.items():
        row[CHANNEL[name]] = value
    return row


def _drawn(scene: LayeredPicture, **channels: float) -> Pixels:
    return draw(scene, [_pose(**channels)], CameraWindow())


def _opening(rig: Rig, shape: tuple[int, ...], **channels: float) -> np.ndarray:
    """Mask of what lies between the lips in a pose, without the rims."""
    upper, lower = rig.mouth.rims(weights(_pose(**channels)))
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(np.concatenate([upper, lower[::-1]])).astype(np.int32)], 1)
    return cv2.erode(mask, np.ones((3, 3), np.uint8)) > 0


@pytest.fixture(scope="module")
def shouting(scene: LayeredPicture) -> Look:
    """The example with its mouth wide open, and a mesh whose lower rim lies inside the opening."""
    still = Still(_drawn(scene, jaw=1.0, funnel=0.6, upper=0.5))
    face = find_faces(still)[0]
    mesh = face.mesh.copy()
    mesh[list(a.LOWER_LIP[0][1:-1]), 1] -= 0.02 * face.size
    return Look(still, Face(mesh))


def test_a_mouth_that_the_picture_shows_wide_open_closes_without_a_scrap_of_its_inside(shouting: Look) -> None:
    open_wide = prepare(shouting.picture.pixels, (shouting,), 1)
    slit = open_wide.rigs[0].mouth
    assert slit.gap > 0.4 * slit.width
    upper, lower = slit.rims(weights(_pose()))
    assert np.abs((upper - lower) @ slit.axis).max() < 0.5
    (x0, _), (x1, _) = np.round(upper[4]).astype(int), np.round(upper[-5]).astype(int)
    y0, y1 = round(float(upper[:, 1].min())) - 8, round(float(upper[:, 1].max())) + 9
    near = _drawn(open_wide)[y0:y1, x0:x1].astype(int)
    inside = shouting.picture.pixels[y0 : round(float(slit.lower[:, 1].max())), x0:x1].astype(int)
    assert (inside.max(axis=2) < 90).sum() > 300
    assert (near.max(axis=2) < 90).sum() < 10


def test_beside_a_round_mouth_that_speaks_nothing_of_its_inside_is_left(scene: LayeredPicture) -> None:
    still = Still(_drawn(scene, jaw=1.0, funnel=0.8, upper=0.5, pucker=0.6))
    round_mouth = prepare(still.pixels, (Look(still, find_faces(still)[0]),), 1)
    spoken = {"jaw": 0.3, "pucker": 0.5, "funnel": 0.2}
    slit = round_mouth.rigs[0].mouth
    upper, lower = slit.rims(weights(_pose(**spoken)))
    assert slit.gap > slit.width
    width = float(upper[-1, 0] - upper[0, 0])
    opening = _opening(round_mouth.rigs[0], still.pixels.shape, **spoken)
    beside = ~(cv2.dilate(opening.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0)
    beside[: int(upper[:, 1].min() - 0.3 * width)] = beside[int(max(upper[0, 1], lower[:, 1].max())) :] = False
    beside[:, : int(upper[0, 0] - 0.5 * width)] = beside[:, int(upper[-1, 0] + 0.5 * width) :] = False
    beside[:, int(upper[0, 0]) : int(upper[-1, 0])] = False
    light = _drawn(round_mouth, **spoken)[beside].astype(int).max(axis=1)
    assert len(light) > 200
    assert light.min() > np.median(light) - 44


def test_lower_teeth_come_only_with_a_lowered_lip(scene: LayeredPicture) -> None:
    rig = scene.rigs[0]
    without = replace(scene, rigs=(replace(rig, interior=replace(rig.interior, lower=np.zeros_like(rig.interior.lower))),))
    for jaw in (0.15, 0.3, 0.6):
        assert (np.abs(_drawn(scene, jaw=jaw).astype(int) - _drawn(without, jaw=jaw)).max(axis=2) > 25).sum() < 15
    wide = {"jaw": 0.4, "lower": 1.0}
    assert (np.abs(_drawn(scene, **wide).astype(int) - _drawn(without, **wide)).max(axis=2) > 25).sum() > 40


def test_an_open_mouth_shows_upper_teeth_below_the_lip_and_darkness_under_them(scene: LayeredPicture, look: Look) -> None:
    upper, lower = scene.rigs[0].mouth.rims(weights(_pose(jaw=0.8)))
    frame, middle = _drawn(scene, jaw=0.8).astype(int), len(upper) // 2
    x, top, bottom = round(float(upper[middle, 0])) + 2, float(upper[middle, 1]), float(lower[middle, 1])
    column = frame[:, x].mean(axis=1)
    teeth, below = column[round(top + 0.08 * (bottom - top))], column[round(top + 0.7 * (bottom - top))]
    assert teeth > below + 40


def test_an_animals_jaw_stretches_the_mouth_of_the_picture_and_parts_no_other(look: Look, scene: LayeredPicture) -> None:
    dog = prepare(look.picture.pixels, (replace(look, animal=True),), 1)
    mask = _opening(scene.rigs[0], look.picture.pixels.shape, jaw=0.8)
    human, animal = (_drawn(one, jaw=0.8)[mask].max(axis=1) for one in (scene, dog))
    around = cv2.dilate(mask.astype(np.uint8), np.ones((31, 31), np.uint8)) > 0
    darkest = int(look.picture.pixels[around].max(axis=1).min())
    assert (human < darkest - 10).sum() > 40
    assert (animal < darkest - 10).sum() == 0
    assert np.abs(_drawn(dog, jaw=0.8)[mask].astype(int) - look.picture.pixels[mask]).mean() > 5


def test_an_animal_whose_mouth_is_open_keeps_it_open_in_silence(shouting: Look) -> None:
    dog = prepare(shouting.picture.pixels, (replace(shouting, animal=True),), 1)
    mouth = _opening(dog.rigs[0], shouting.picture.pixels.shape, untouched=1)
    assert np.abs(_drawn(dog)[mouth].astype(int) - shouting.picture.pixels[mouth]).max() <= 3 < mouth.sum()


def test_a_black_and_white_picture_has_a_grey_mouth(look: Look) -> None:
    grey = np.ascontiguousarray(np.repeat(look.picture.pixels.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8))
    old = prepare(grey, (replace(look, picture=Still(grey)),), 1)
    inside = _drawn(old, jaw=0.8)[_opening(old.rigs[0], grey.shape, jaw=0.8)].astype(int)
    assert np.ptp(inside, axis=1).max() < 6


def test_teeth_are_white_in_warm_light_though_the_eyes_lie_in_shade(look: Look) -> None:
    assert look.face is not None
    lit = look.picture.pixels * np.array([0.9, 0.65, 0.5])
    for side in (0, 1):
        ring = look.face.mesh[[*a.UPPER_LID[side], *a.LOWER_LID[side][::-1]], :2]
        lit[cv2.fillPoly(np.zeros(lit.shape[:2], np.uint8), [np.round(ring).astype(np.int32)], 1) > 0] *= 0.6
    still = Still(lit.astype(np.uint8))
    teeth = prepare(still.pixels, (replace(look, picture=still),), 1).rigs[0].interior.upper
    brightest = np.percentile(teeth[teeth[..., 3] > 0.95][:, :3], 90, axis=0)
    cheeks = np.median(
        [still.pixels[round(float(y)), round(float(x))] for x, y in look.face.mesh[[50, 280, 205, 425], :2]], axis=0
    )
    assert (brightest > 0.8 * cheeks).all()
    assert brightest[0] > brightest[1] > brightest[2]


def test_the_inside_of_a_mouth_ends_where_the_face_ends(look: Look) -> None:
    """As in a profile: half of the lips' mesh lies beyond the face's contour."""
    assert look.face is not None
    whole = prepare(look.picture.pixels, (replace(look, matte=Matte(np.full((48, 64), 255, np.uint8))),), 1)
    rig = whole.rigs[0]
    edge = round(float(look.face.mesh[13, 0])) - rig.region[0]
    cut = rig.person.pixels.copy()
    cut[:, edge:, 3] = 0
    person = replace(rig.person, pixels=cut)
    half = replace(whole, rigs=(replace(rig, person=person, outline=outline(cut, rig.region[:2])),))
    beyond = _opening(rig, whole.behind.shape, jaw=0.9)
    beyond[:, : edge + rig.region[0] + 5] = False
    assert beyond.sum() > 100
    np.testing.assert_array_equal(_drawn(half, jaw=0.9)[beyond], half.behind[beyond])


def test_in_a_profile_the_mouth_is_open_up_to_its_contour(look: Look) -> None:
    """The far corner of the lips lies behind their middle: their rims turn back before they meet."""
    assert look.face is not None
    mesh = look.face.mesh.copy()
    middle = float(mesh[13, 0])
    mesh[:, 0] = middle + np.where(mesh[:, 0] > middle, -0.3, 1.0) * (mesh[:, 0] - middle)
    pixels = look.picture.pixels
    profile = prepare(pixels, (Look(Still(pixels), Face(mesh), Matte(np.full((48, 64), 255, np.uint8))),), 1)
    upper, lower = profile.rigs[0].mouth.rims(weights(_pose(jaw=0.9)))
    foremost = int(upper[:, 0].argmax())
    x = round(float(upper[foremost, 0])) - 2
    y0, y1 = (float(np.interp(x, rim[: foremost + 1, 0], rim[: foremost + 1, 1])) for rim in (upper, lower))
    gap = slice(round(0.7 * y0 + 0.3 * y1), round(0.3 * y0 + 0.7 * y1))
    assert gap.stop - gap.start > 5
    assert _drawn(profile, jaw=0.9)[gap, x].astype(int).max(axis=1).min() < 110


def test_teeth_of_the_picture_are_kept_only_as_a_row(scene: LayeredPicture) -> None:
    """Half a row of them beside painted ones is seen as a patch."""
    smile = {"jaw": 0.35, "upper": 0.8, "spread": 0.5}
    whole = _drawn(scene, **smile)
    face = find_faces(Still(whole))[0]
    hidden = _opening(scene.rigs[0], whole.shape, **smile)
    hidden[:, : int(face.mesh[13, 0])] = False
    half = np.where(hidden[..., None], np.uint8((60, 20, 20)), whole)
    box, white = (*(int(v) for v in face.box),), np.full(3, 220, np.float32)
    kept, patch = (visible_teeth(pixels, head_of(face), box, white).upper for pixels in (whole, half))
    assert kept.sum() > 100
    assert patch.max() == 0


@pytest.mark.parametrize("degrees", [-55, 55, 70])
def test_the_teeth_of_a_turned_head_reach_its_lips(look: Look, degrees: int) -> None:
    assert look.face is not None
    turn, middle = np.radians(degrees), look.face.mesh.mean(axis=0)
    about = np.array([[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]])
    mesh = ((look.face.mesh - middle) @ about + middle).astype(np.float32)
    head = head_of(Face(mesh))
    inside = paint(look.picture.pixels, head, closed(head), 0.5)
    teeth = inside.box[0] + np.flatnonzero(inside.upper[..., 3].max(axis=0) > 0.5)
    front, lips = (float((np.sign(degrees) * x).max()) for x in (teeth, mesh[list(a.UPPER_LIP[1] + a.LOWER_LIP[1]), 0]))
    assert -2 < (lips - front) / inside.mm < 2.5


def test_a_covered_mouth_is_not_opened_and_its_cloth_moves(look: Look) -> None:
    assert look.face is not None
    pixels = look.picture.pixels.copy()
    cloth = np.round(look.face.mesh[[50, 58, 172, 150, 152, 379, 397, 288, 280, 4], :2]).astype(np.int32)
    cv2.fillPoly(pixels, [cv2.convexHull(cloth)], (225, 230, 235), cv2.LINE_AA)
    masked = prepare(pixels, (replace(look, picture=Still(pixels), covered="mask"),), 1)
    where = _opening(masked.rigs[0], pixels.shape, jaw=1.0)
    rest, moved = _drawn(masked), _drawn(masked, jaw=1.0)
    assert moved[where].min() > 200
    assert np.abs(rest.astype(int) - moved).max() > 60


@pytest.mark.parametrize(("covered", "jaw"), [("mask", True), ("hand", False), ("object", False)])
def test_who_is_covered_speaks_with_head_and_eyes(look: Look, covered: str, jaw: bool) -> None:
    voice = resample(read_sound(str(EXAMPLES / "mira.flac")), 16000, mono=True)
    roles = [Role("Mira", replace(look, covered=way), voice) for way in ("", covered)]
    free, bound = (animate(Take(Canvas(640, 480, Rate(25)), Span(0, 4), (role,)), 0) for role in roles)
    lips = [CHANNEL[name] for name in ("pucker", "funnel", "upper", "lower", "spread", "press")]
    assert np.abs(free[:, lips]).max() > 0.3
    assert np.abs(bound[:, lips]).max() == 0
    assert (bound[:, CHANNEL["jaw"]].max() > 0.1) == jaw
    acting = [CHANNEL[name] for name in ("yaw", "pitch", "lid_l", "gaze_x")]
    np.testing.assert_array_equal(free[:, acting], bound[:, acting])
