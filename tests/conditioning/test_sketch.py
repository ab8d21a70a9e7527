"""The mannequin: its lines are where the stage draws them, and a codec traces them as it encodes pictures."""

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from dramatis.clock import Rate
from dramatis.conditioning import pose
from dramatis.conditioning.grid import blank, by_latents
from dramatis.conditioning.mannequin import draw
from dramatis.models.codec import Codec, CodecConfig
from dramatis.models.pose_sequence import NUMBERS, POINTS, SUMS

SIZE = (96, 64)


def actor(**changes: float) -> NDArray[np.float32]:
    """Somebody who looks at us, as one frame `1 N`; keypoints are in picture heights from the middle."""
    places = {
        "left_eye": (-0.1, -0.1), "right_eye": (0.1, -0.1), "mouth_left": (-0.08, 0.08), "mouth_right": (0.08, 0.08),
        "mouth_top": (0.0, 0.07), "mouth_bottom": (0.0, 0.08), "neck": (0.0, 0.3),
        "left_wrist": (-0.4, 2.0), "right_wrist": (0.4, 2.0), "left_elbow": (-0.4, 1.5), "right_elbow": (0.4, 1.5),
        "left_shoulder": (-0.3, 1.2), "right_shoulder": (0.3, 1.2),
    }  # fmt: skip
    for point in POINTS:
        places[point] = (
            changes.pop(f"{point}_x", places.get(point, (0.0, 0.0))[0]),
            changes.pop(f"{point}_y", places.get(point, (0.0, 0.0))[1]),
        )
    numbers = np.zeros((1, len(NUMBERS)), np.float32)
    numbers[0, : 2 * len(POINTS)] = (np.linalg.inv(SUMS) @ np.array([places[point] for point in POINTS])).ravel()
    for name, value in {"size": 0.5, "lids": 1.0, **changes}.items():
        numbers[0, NUMBERS.index(name)] = value
    return numbers


def around(picture: NDArray[np.float32], place: tuple[float, float], reach: int = 3) -> NDArray[np.float32]:
    column, row = (round(value * SIZE[1] + side / 2) for value, side in zip(place, SIZE, strict=True))
    return picture[row - reach : row + reach + 1, column - reach : column + reach + 1]


def test_a_mouth_is_as_dark_as_it_is_open() -> None:
    shut, open_ = (draw(actor(mouth_bottom_y=low), SIZE)[0, 0] for low in (0.07, 0.2))
    assert around(open_, (0.0, 0.14)).min() < -0.9
    assert (open_[36:] < -0.5).sum() > (shut[36:] < -0.5).sum() + 20
    assert around(shut, (0.0, 0.14)).min() == 0


def test_eyes_have_whites_unless_they_are_shut_and_follow_the_gaze() -> None:
    open_, shut, right = (draw(actor(**one), SIZE)[0, 0] for one in ({}, {"lids": 0.05}, {"gaze_right": 1.0}))
    eye = (0.1, -0.1)
    assert around(open_, eye).max() > 0.5
    assert around(shut, eye).clip(0).sum() < 0.4 * around(open_, eye).clip(0).sum()
    columns = [np.average(np.arange(7), weights=np.maximum(0, -around(one, eye)).sum(0)) for one in (open_, right)]
    assert columns[1] > columns[0] + 0.2


def test_brows_rise() -> None:
    rows = []
    for lift in (-1.0, 1.0):
        above = draw(actor(brow_inner=lift, brow_outer=lift), SIZE)[0, 0, :24]
        rows.append(np.average(np.arange(24), weights=np.maximum(0, -above).sum(1)))
    assert rows[1] < rows[0] - 1


def test_arms_are_seen_when_they_are_raised() -> None:
    down, up = (
        draw(actor(**one), SIZE)[0, 1]
        for one in ({}, {"right_wrist_x": 0.45, "right_wrist_y": 0.1, "right_elbow_x": 0.45, "right_elbow_y": 0.45})
    )
    assert not down.any()
    assert around(up, (0.45, 0.1 - 0.05)).max() == 1
    assert 0.4 < np.median(around(up, (0.45, 0.3), 1)) < 0.6


def test_nobody_in_the_picture_is_no_fault() -> None:
    assert not draw(actor(nose_x=5.0, left_eye_x=4.9, right_eye_x=5.1), SIZE)[0].any()


@pytest.mark.parametrize("channels", [6, 10])
def test_a_sketch_is_the_change_that_its_lines_make_to_latents(channels: int) -> None:
    torch.manual_seed(0)
    codec = Codec(CodecConfig(10)).eval()
    codec.std.uniform_(0.5, 2.0)
    raised = {"left_wrist_y": 0.1, "left_elbow_y": 0.4}
    track = np.concatenate([actor(mouth_bottom_y=0.08 + 0.02 * number, **raised) for number in range(5)])
    film = blank(5, Rate(12), (channels, 4, 6))
    sketch = pose.apply(film, torch.from_numpy(by_latents(track))[None], codec.encode_lines).sketch
    assert sketch.shape == (1, 2, channels, 2, 4, 6)
    for layer in range(2):
        lines = torch.from_numpy(draw(track, SIZE))[:, layer, None].expand(-1, 3, -1, -1)[None]
        assert lines.any()
        with torch.inference_mode():
            change = codec.encode(lines) - codec.encode(torch.zeros_like(lines))
        torch.testing.assert_close(sketch[0, layer], change[0, :channels], atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("number", [4, 9, 11])
def test_lines_are_where_the_stage_draws_them(number: int) -> None:
    """What changes in a face on the stage from frame to frame changes in the lines, at the same place."""
    pytest.importorskip("skia", exc_type=ImportError)
    from dramatis.stage.play.script import NATIVE
    from dramatis.stage.play.script_writer import write
    from dramatis.stage.theatre import Theatre
    from dramatis.training.pose_truth import true_pose

    size = (288, 288)
    film, truth = Theatre(write(NATIVE, number, "train", 2.75)).film(size, np.arange(12) / 4)
    lines = draw(true_pose(truth, size), size)[:, 0]
    left, top, right, bottom = truth.heads[:, 0].mean(0).astype(int)
    face = np.s_[max(0, top) : bottom, max(0, left) : right]
    moved = [
        np.abs(np.diff(frames.astype(float), axis=0)).reshape(11, *size, -1).sum(-1)[(slice(None), *face)]
        for frames in (film, lines)
    ]
    shifts = [(across, down) for across in range(-8, 9, 4) for down in range(-8, 9, 4)]
    alike = {shift: np.corrcoef(moved[0].ravel(), np.roll(moved[1], shift[::-1], (1, 2)).ravel())[0, 1] for shift in shifts}
    assert max(alike, key=lambda shift: alike[shift]) == (0, 0)
