"""What the rig and the drawing promise, seen on the project's own example picture."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from dramatis.engines.portrait.drawing.compositing import draw
from dramatis.engines.portrait.drawing.view import CameraWindow
from dramatis.engines.portrait.geometry.channels import CHANNEL, CHANNELS, Pose, weights
from dramatis.engines.portrait.geometry.fields import Grid, doubled, invert, sample, spline
from dramatis.engines.portrait.rig import Rig, prepare
from dramatis.media.face import Face
from dramatis.media.faces.face_finding import find_faces, person_mattes
from dramatis.media.still import Matte, Pixels, Still
from dramatis.take import Look
from tests.pictures import fitted

EXAMPLE = Path(__file__).parents[3] / "examples" / "mira.png"


class Figure:
    """The example's rig, and a way to pose it."""

    def __init__(self) -> None:
        self.picture = fitted(EXAMPLE, 960, 540)
        self.face: Face = find_faces(self.picture)[0]
        matte = person_mattes(self.picture, (self.face,))[0]
        self.scene = prepare(self.picture.pixels, (Look(self.picture, self.face, matte),), 2)
        self.rig: Rig = self.scene.rigs[0]

    def drawn(self, view: CameraWindow | None = None, **channels: float) -> Pixels:
        """A frame in a pose."""
        return draw(self.scene, [pose(**channels)], view or CameraWindow())


def pose(**channels: float) -> Pose:
    row = np.zeros(len(CHANNELS), np.float32)
    for name, value in channels.items():
        row[CHANNEL[name]] = value
    return row


@pytest.fixture(scope="module")
def figure() -> Figure:
    return Figure()


def _psnr(a: Pixels, b: Pixels) -> float:
    return float(cv2.PSNR(a, b))


def _inside(figure: Figure, side: int) -> np.ndarray:
    """Mask of an eye's opening in the picture, without its rim."""
    slit = figure.rig.eyes[side]
    mask = np.zeros(figure.picture.pixels.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(np.concatenate([slit.upper, slit.lower[::-1]])).astype(np.int32)], 1)
    return cv2.erode(mask, np.ones((3, 3), np.uint8)) > 0


def test_at_rest_it_is_the_picture(figure: Figure) -> None:
    assert _psnr(figure.drawn(), figure.picture.pixels) > 38


def test_the_set_does_not_move_with_the_head(figure: Figure) -> None:
    turned, rest = figure.drawn(yaw=0.15, roll=0.1), figure.drawn()
    outside = np.ones(rest.shape[:2], bool)
    x0, _, x1, _ = figure.rig.region
    outside[:, x0:x1] = False
    assert np.array_equal(turned[outside], rest[outside])
    assert not np.array_equal(turned, rest)


@pytest.mark.parametrize("jaw", [0.3, 0.7, 1.0])
def test_pressed_lips_close_whatever_the_jaw_does(figure: Figure, jaw: float) -> None:
    opened = figure.rig.mouth.rims(weights(pose(jaw=jaw)))
    pressed = figure.rig.mouth.rims(weights(pose(jaw=jaw, press=1.0)))
    middle = len(opened[0]) // 2
    assert opened[1][middle, 1] - opened[0][middle, 1] > 10 * jaw
    assert np.abs(pressed[1] - pressed[0]).max() < 0.5


def test_an_open_mouth_shows_its_inside(figure: Figure) -> None:
    slit = figure.rig.mouth
    x, y = slit.lower[len(slit.lower) // 2] + (0, 0.35 * figure.rig.jaw[1])
    rest, opened = (
        frame[int(y) - 2 : int(y) + 3, int(x) - 3 : int(x) + 4].mean() for frame in (figure.drawn(), figure.drawn(jaw=1))
    )
    assert opened < 0.7 * rest


def test_a_blink_shows_skin_and_keeps_the_eye_round(figure: Figure) -> None:
    rest, shut = figure.drawn(), figure.drawn(lid_l=1, lid_r=1)
    cheek = rest[tuple(np.round(figure.face.mesh[50, 1::-1]).astype(int))].astype(float)
    for side in (0, 1):
        eye = _inside(figure, side)
        before, after = (np.abs(np.median(frame[eye], axis=0) - cheek).mean() for frame in (rest, shut))
        assert after < 0.8 * before


def test_the_iris_moves_as_a_whole(figure: Figure) -> None:
    iris = figure.rig.irises[0]
    x, y, reach = int(iris.centre[0]), int(iris.centre[1]), int(iris.radius * 0.5)
    shift = 0.4 * iris.radius
    rest, looking = figure.drawn(), figure.drawn(gaze_x=0.4)
    patch = rest[y - reach : y + reach, x - reach : x + reach]
    search = looking[y - reach - 2 : y + reach + 2, x - 2 * reach : x + 3 * reach]
    found = cv2.minMaxLoc(cv2.matchTemplate(search, patch, cv2.TM_CCOEFF_NORMED))
    assert found[1] > 0.95
    assert found[3][0] - reach == pytest.approx(shift, abs=1.5)


def test_a_head_turns_its_nose_further_than_its_ears(figure: Figure) -> None:
    from dramatis.engines.portrait.geometry.channels import motion

    field = doubled(motion(pose(yaw=0.15), figure.rig.body, figure.rig.grid.halved))
    nose, left, right = (sample(field, figure.rig.grid.cell(figure.face.mesh[[k], :2]))[0, 0] for k in (1, 234, 454))
    assert nose > left + 3
    assert nose > right + 3


def test_a_view_enlarges_around_its_corner(figure: Figure) -> None:
    near = figure.drawn(CameraWindow(200, 50, 1.5))
    plain = cv2.resize(figure.drawn()[50 : 50 + 360, 200 : 200 + 640], (960, 540), interpolation=cv2.INTER_CUBIC)
    assert _psnr(near, plain) > 28


def test_an_inverted_field_leads_back() -> None:
    grid = Grid(0, 0, 4, 60, 50)
    controls = np.array([[120, 100], [60, 60], [200, 150], [0, 0], [236, 0], [0, 196], [236, 196]], float)
    moves = np.array([[12, -8], [-6, 4], [5, 5], [0, 0], [0, 0], [0, 0], [0, 0]], float)
    forward = spline(controls, moves, 100)(grid.nodes).reshape(50, 60, 2).astype(np.float32)
    assert np.abs(sample(forward, grid.cell(controls)) - moves).max() < 0.6
    back = invert(forward, grid.step)
    arrived = controls[:3] + moves[:3]
    assert np.abs(arrived + sample(back, grid.cell(arrived)) - controls[:3]).max() < 0.6


def test_a_person_cut_off_by_the_picture_holds_still_there(figure: Figure) -> None:
    x0, y0, x1, _ = (int(v) for v in figure.face.box)
    close = Still(np.ascontiguousarray(figure.picture.pixels[y0 - 20 : y0 + 340, x0 - 10 : x1 + 10]))
    face = Face((figure.face.mesh - (x0 - 10, y0 - 20, 0)).astype(np.float32))
    scene = prepare(close.pixels, (Look(close, face, Matte(np.full((90, 90), 255, np.uint8))),), 1)
    frame = draw(scene, [pose(yaw=0.2, roll=0.15)], CameraWindow())
    change = np.abs(frame.astype(int) - close.pixels).mean(axis=2)
    assert change[:, :3].mean() < 3
    assert change[:, -3:].mean() < 3
    assert change.max() > 40
