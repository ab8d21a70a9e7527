"""Performances that the stage writes are those that it draws."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.models.pose_sequence import CAMERA, NUMBERS, POINTS, SUMS
from dramatis.stage.play.script import NATIVE, Doing, Script, Shooting
from dramatis.stage.play.script_writer import write
from dramatis.training.pose_truth import true_pose

pytest.importorskip("skia", exc_type=ImportError)

from dramatis.stage.theatre import Theatre

SIZE, TIMES = (256, 144), np.arange(13) / 12


def script(what: str, camera: Shooting) -> Script:
    whole = write(NATIVE, 4, "train", 1.2)
    return replace(whole, parts=(replace(whole.parts[0], doings=(Doing(what, Span(0.0, 1.2), 1.0),)),), camera=camera)


def track(of: NDArray[np.float32], name: str) -> NDArray[np.float32]:
    return of[:, NUMBERS.index(name)]


def test_keypoints_are_where_the_truth_has_them() -> None:
    truth = Theatre(script("nod", Shooting())).film(SIZE, TIMES)[1]
    acted = true_pose(truth, SIZE)
    places = SUMS @ acted[:, : 2 * len(POINTS)].reshape(-1, len(POINTS), 2) * SIZE[1] + np.array(SIZE) / 2
    inside = np.abs(truth.points[:, 0] - np.array(SIZE) / 2).max(-1) < SIZE[1]
    assert inside.mean() > 0.7
    np.testing.assert_allclose(places[inside], truth.points[:, 0][inside], atol=0.05)
    np.testing.assert_allclose(track(acted, "jaw"), truth.shapes[:, 0, 0], atol=1e-6)


def test_actions_and_cameras_are_in_their_numbers() -> None:
    raised = true_pose(Theatre(script("raise both hands", Shooting())).film(SIZE, TIMES)[1], SIZE)
    nodding = true_pose(Theatre(script("nod", Shooting("push in", 1.0))).film(SIZE, TIMES)[1], SIZE)
    assert track(raised, "left_wrist_y").min() < track(nodding, "left_wrist_y").min() - 0.3
    assert np.ptp(track(nodding, "pitch")) > np.ptp(track(raised, "pitch")) + 3
    assert np.abs(raised[:, -len(CAMERA) :]).max() < 1e-4
    assert track(nodding, "camera_zoom").min() > 0.05
