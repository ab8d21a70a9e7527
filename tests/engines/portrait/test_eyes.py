"""What a blink does to a picture: lids like skin, brows and glasses untouched, both eyes together, closed eyes left alone."""

import itertools
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from dramatis.engines.portrait.drawing.compositing import draw
from dramatis.engines.portrait.drawing.view import CameraWindow
from dramatis.engines.portrait.features.eyes import refit
from dramatis.engines.portrait.geometry import anatomy as a
from dramatis.engines.portrait.geometry.channels import CHANNEL, CHANNELS, Pose, weights
from dramatis.engines.portrait.rig import Rig, prepare
from dramatis.media.face import Face
from dramatis.media.faces.face_finding import find_faces
from dramatis.media.still import Pixels, Still
from dramatis.take import Look
from tests.pictures import fitted

EXAMPLE = Path(__file__).parents[3] / "examples" / "mira.png"
SIDES = (0, 1)


def pose(**channels: float) -> Pose:
    row = np.zeros(len(CHANNELS), np.float32)
    for name, value in channels.items():
        row[CHANNEL[name]] = value
    return row


@cache
def seen() -> tuple[Pixels, Face]:
    picture = fitted(EXAMPLE, 640, 360)
    return picture.pixels, find_faces(picture)[0]


class Drawn:
    """A picture whose face was not cut out, its rig, and frames of it."""

    def __init__(self, pixels: Pixels, face: Face) -> None:
        self.pixels, self.face = pixels, face
        self.scene = prepare(pixels, (Look(Still(pixels), face),), 1)
        self.rig: Rig = self.scene.rigs[0]

    def frame(self, **channels: float) -> Pixels:
        return draw(self.scene, [pose(**channels)], CameraWindow())

    def shut(self, left: float = 1.0, right: float = 1.0) -> Pixels:
        return self.frame(lid_l=left, lid_r=right)


@pytest.fixture(scope="module")
def plain() -> Drawn:
    return Drawn(*seen())


def inside(shape: tuple[int, ...], points: np.ndarray) -> np.ndarray:
    return cv2.fillPoly(np.zeros(shape[:2], np.uint8), [np.round(points).astype(np.int32)], 1) > 0


def opening(drawn: Drawn, side: int) -> np.ndarray:
    slit = drawn.rig.eyes[side]
    return inside(drawn.pixels.shape, np.concatenate([slit.upper, slit.lower[::-1]]))


def above(drawn: Drawn, side: int, near: float, far: float) -> np.ndarray:
    """The band over an eye between two heights above its upper rim, in widths of the eye."""
    slit = drawn.rig.eyes[side]
    low, high = (slit.upper - slit.axis * share * slit.width for share in (near, far))
    return inside(drawn.pixels.shape, np.concatenate([high, low[::-1]]))


def with_dark_brows() -> Drawn:
    """Brows that lie on the eyes: dark from the upper rim up."""
    pixels, face = seen()
    pixels = pixels.copy()
    for side in SIDES:
        rim = face.mesh[list(a.UPPER_LID[side]), :2]
        width = np.hypot(*(rim[-1] - rim[0]))
        bar = np.concatenate([rim - (0, 0.38 * width), (rim - (0, 0.01 * width))[::-1]])
        pixels[inside(pixels.shape, bar)] = (58, 38, 30)
    return Drawn(pixels, face)


def test_the_outline_of_a_cartoons_eye_is_found_and_a_brow_is_no_part_of_it() -> None:
    pixels, face = seen()
    assert (
        refit(pixels, face).mesh[list(a.UPPER_LID[0] + a.UPPER_LID[1])] != face.mesh[list(a.UPPER_LID[0] + a.UPPER_LID[1])]
    ).any()
    dark = with_dark_brows()
    assert np.array_equal(refit(dark.pixels, face).mesh, face.mesh)


@pytest.mark.parametrize("side", SIDES)
def test_one_eye_alone_is_never_refitted(side: int) -> None:
    pixels, face = seen()
    pixels = pixels.copy()
    rim = face.mesh[list(a.UPPER_LID[side]) + list(a.LOWER_LID[side]), :2]
    middle, reach = rim.mean(axis=0), np.ptp(rim, axis=0) * (0.6, 1.0)
    cheek = pixels[tuple(np.round(face.mesh[50, 1::-1]).astype(int))].tolist()
    cv2.ellipse(pixels, (tuple(middle.tolist()), tuple((2 * reach).tolist()), 0.0), cheek, -1)
    assert np.array_equal(refit(pixels, face).mesh, face.mesh)


def test_brows_do_not_change_in_a_blink(plain: Drawn) -> None:
    dark = with_dark_brows()
    rest, shut = dark.frame(), dark.shut()
    for side in SIDES:
        bar = above(dark, side, 0.14, 0.34)
        assert rest[bar].mean() < 80
        assert np.abs(shut[bar].astype(int) - rest[bar]).mean() < 3
    rest, shut = plain.frame(), plain.shut()
    for side in SIDES:
        brow = inside(rest.shape, plain.face.mesh[[*a.BROW[side], *a.BROW_UNDER[side][::-1]], :2])
        assert np.abs(shut[brow].astype(int) - rest[brow]).mean() < 3


def test_a_shut_lid_has_the_colour_of_the_skin_around(plain: Drawn) -> None:
    shut = plain.shut().astype(float)
    for side in SIDES:
        slit = plain.rig.eyes[side]
        lid = opening(plain, side) & ~inside(
            shut.shape, np.concatenate([slit.lower - 0.14 * slit.width * slit.axis, slit.lower[::-1]])
        )
        below = inside(shut.shape, np.concatenate([slit.lower + k * slit.width * slit.axis for k in (0.12, 0.25)]))
        ratio = np.median(shut[lid], axis=0) / np.median(shut[below], axis=0)
        assert (ratio > 0.7).all()
        assert (ratio < 1.1).all()
        assert np.ptp(ratio) < 0.2


def test_half_a_blink_never_flashes(plain: Drawn) -> None:
    rest, shut = plain.frame(), plain.shut()
    for amount in (0.1, 0.3, 0.5, 0.7, 0.9):
        frame = plain.shut(amount, amount)
        for side in SIDES:
            eye = opening(plain, side)
            brightest = [np.percentile(picture[eye].mean(axis=1), 99) for picture in (frame, rest, shut)]
            assert brightest[0] < max(brightest[1:]) + 6


def test_a_blink_closes_from_above_and_both_eyes_alike(plain: Drawn) -> None:
    rest, shut = plain.frame().astype(int), plain.shut().astype(int)
    moved = np.abs(shut - rest).max(axis=2) > 40
    for amount in (0.3, 0.6, 1.0):
        frame = plain.shut(amount, amount).astype(int)
        like = [
            ((np.abs(frame - shut).max(axis=2) < 20) & moved & opening(plain, k)).sum() / (moved & opening(plain, k)).sum()
            for k in SIDES
        ]
        assert like[0] == pytest.approx(like[1], abs=0.15)
        assert like[0] == pytest.approx(amount, abs=0.25)


def test_what_of_an_eye_lies_beyond_the_meshs_corners_does_not_wait_for_the_lid(plain: Drawn) -> None:
    rest, half, shut = (plain.shut(amount, amount).astype(int) for amount in (0, 0.6, 1))
    columns = np.arange(rest.shape[1])
    for slit in plain.rig.eyes:
        beyond = (columns < slit.upper[0, 0]) | (columns > slit.upper[-1, 0])
        near = np.abs(columns - slit.upper[:, 0].mean()) < slit.width
        eye = (np.abs(shut - rest).max(axis=2) > 40) & beyond & near
        assert eye.sum() > 4
        assert (np.abs(half - shut).max(axis=2)[eye] < 20).mean() > 0.9


def test_eyes_of_unlike_size_shut_in_step(plain: Drawn) -> None:
    mesh = plain.face.mesh.copy()
    lids = list(a.UPPER_LID[1])
    mesh[lids, :2] += 0.4 * (mesh[list(a.LOWER_LID[1]), :2] - mesh[lids, :2])
    narrow = Drawn(plain.pixels, Face(mesh))
    for amount, squint in itertools.product((0.25, 0.5, 0.75, 1.0), (0.0, 0.6)):
        left = []
        for slit in narrow.rig.eyes:
            upper, lower = slit.rims(weights(pose(lid_l=amount, lid_r=amount, squint=squint)))
            left.append(float(((lower - upper) @ slit.axis).max()) / slit.gap)
        assert left[0] == pytest.approx(left[1], abs=0.08)
        assert amount < 1 or max(left) < 0.02


@pytest.mark.parametrize("closed", [(True, True), (True, False)])
def test_closed_eyes_do_not_blink(plain: Drawn, closed: tuple[bool, bool]) -> None:
    mesh = plain.face.mesh.copy()
    for side in SIDES:
        if closed[side]:
            upper, lower = list(a.UPPER_LID[side]), list(a.LOWER_LID[side])
            mesh[upper] = mesh[lower] + 0.05 * (mesh[upper] - mesh[lower])
    drawn = Drawn(plain.pixels, Face(mesh))
    rest, shut = drawn.frame(), drawn.shut()
    change = [np.abs(shut[opening(plain, side)].astype(int) - rest[opening(plain, side)]).mean() for side in SIDES]
    for side in SIDES:
        assert change[side] < 0.5 if closed[side] else change[side] > 20


@pytest.mark.parametrize(("apart", "closes"), [(0.0, True), (0.4, False)])
def test_an_animals_eyes_close_only_where_they_are_those_of_the_mesh(apart: float, closes: bool) -> None:
    """The mesh was trained on people: an eye that goes on beyond it would be closed in its middle."""
    pixels, face = seen()
    pixels = pixels.copy()
    fur = pixels[tuple(np.round(face.mesh[50, 1::-1]).astype(int))].tolist()
    for side in SIDES:
        ring = face.mesh[[*a.UPPER_LID[side], *a.LOWER_LID[side][::-1]], :2]
        middle, width = ring.mean(axis=0), float(np.ptp(ring[:, 0]))
        cv2.circle(pixels, np.round(middle).astype(int).tolist(), round(1.1 * width), fur, -1)
        pixels[inside(pixels.shape, middle + (1 + apart) * (ring - middle) + (0, apart * width))] = (20, 18, 22)
    scene = prepare(pixels, (Look(Still(pixels), face, animal=True),), 1)
    shut, rest = (draw(scene, [pose(lid_l=share, lid_r=share)], CameraWindow()).astype(int) for share in (1.0, 0.0))
    for slit in scene.rigs[0].eyes:
        eye = inside(pixels.shape, np.concatenate([slit.upper, slit.lower[::-1]]))
        assert bool(np.abs(shut - rest)[eye].mean() > 40) == closes
        assert closes or np.array_equal(shut[eye], rest[eye])


def test_a_frame_of_glasses_before_a_lid_stays() -> None:
    pixels, face = seen()
    pixels = pixels.copy()
    slits = Drawn(pixels, face).rig.eyes
    lines = []
    for slit in slits:
        ends = [
            slit.upper[k] + along * slit.width * (slit.upper[-1] - slit.upper[0]) / slit.width
            for k, along in ((0, -0.4), (-1, 0.4))
        ]
        lift = float(((slit.upper - slit.upper[0]) @ slit.axis).min()) - 0.10 * slit.width
        lines.append(np.stack([end + lift * slit.axis for end in ends]))
        cv2.polylines(pixels, [np.round(lines[-1]).astype(np.int32)], False, (20, 20, 24), 2, cv2.LINE_AA)
    drawn = Drawn(pixels, face)
    shut = drawn.shut()
    for line in lines:
        at = np.round(np.linspace(line[0], line[1], 40)[10:30]).astype(int)
        assert shut[at[:, 1], at[:, 0]].mean() < 75
