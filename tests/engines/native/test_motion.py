"""Acting with an untrained motion model: what pictures show is held, windows follow one another, and chance is seeded."""

import numpy as np
import pytest
import torch
from torch import Tensor

from dramatis.clock import Rate
from dramatis.conditioning import anchors, speech, text
from dramatis.conditioning.grid import blank, stretches
from dramatis.conditioning.speech import WINDOW
from dramatis.conditioning.text import PROGRESS
from dramatis.engines.native.motion import Clock, MotionSampling, plan, sample_pose, whole_windows
from dramatis.models.compression import TIME
from dramatis.models.motion_model import MotionModel, MotionModelConfig
from dramatis.models.pose_sequence import BODY, NUMBERS
from dramatis.models.state import State

CHANNELS, FEATURES = 6, 2
HOW = MotionSampling(steps=2, kept=2)


@pytest.fixture(scope="module")
def model() -> MotionModel:
    torch.manual_seed(0)
    config = MotionModelConfig(1, PROGRESS, WINDOW * FEATURES, CHANNELS, dim=16, num_heads=2, num_layers=1, window=4)
    return MotionModel(config).eval()


def film(frames: int, given: int = 0, keyframes: tuple[tuple[float, Tensor], ...] = ()) -> State:
    torch.manual_seed(2)
    lead = torch.randn(1, CHANNELS, given, 3, 3) if given else None
    state = text.apply(blank(frames, Rate(12), (CHANNELS, 3, 3)), [], lambda words: [], Rate(12))
    state = speech.apply(state, np.zeros((1, FEATURES), np.float32), 0.0, Rate(12))
    return anchors.apply(state, lead, keyframes)


@torch.inference_mode()
def test_a_performance_depends_on_its_seed_alone(model: MotionModel) -> None:
    one, again, other = (sample_pose(film(33), model, HOW, seed)[0] for seed in (3, 3, 4))
    assert one.shape == (9, 4, len(NUMBERS))
    torch.testing.assert_close(one, again, rtol=0, atol=0)
    assert float((one - other).abs().max()) > 0.01


@torch.inference_mode()
def test_what_given_frames_show_is_held(model: MotionModel) -> None:
    asked = film(13, given=2)
    seen = model.natural(model.pose_reader(asked.video.latents[0, :, :2].transpose(0, 1), torch.tensor([False, True])))
    made = sample_pose(asked, model, HOW, 0)[0]
    torch.testing.assert_close(made[0, :, :BODY], seen[0, :, :BODY], atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(made[1, :, :BODY], seen[1, :, :BODY], atol=1e-5, rtol=1e-5)


@torch.inference_mode()
def test_a_keyframe_lies_at_its_time(model: MotionModel) -> None:
    still = torch.randn(1, CHANNELS, 1, 3, 3)
    made = sample_pose(film(13, keyframes=((8 / 12, still),)), model, HOW, 0)[0]
    seen = model.natural(model.pose_reader(still[:, :, 0], torch.tensor([False])))[0, -1]
    torch.testing.assert_close(made[2, -1, :BODY], seen[:BODY], atol=1e-5, rtol=1e-5)
    assert float((made[2, 0, :BODY] - seen[:BODY]).abs().max()) > 0.01


@pytest.mark.parametrize(("frame", "place"), [(1, (1, 0)), (4, (1, 3)), (5, (2, 0)), (11, (3, 2))])
@torch.inference_mode()
def test_a_keyframe_between_latent_frames_lies_at_its_own_frame(model: MotionModel, frame: int, place: tuple[int, int]) -> None:
    still = torch.randn(1, CHANNELS, 1, 3, 3)
    seen = model.natural(model.pose_reader(still[:, :, 0], torch.tensor([False])))[0, -1]
    acted = sample_pose(film(13, keyframes=((frame / 12, still),)), model, HOW, 0)[0]
    torch.testing.assert_close(acted[place][:BODY], seen[:BODY], atol=1e-5, rtol=1e-5)
    assert float((acted[0, -1, :BODY] - seen[:BODY]).abs().max()) > 0.01


@torch.inference_mode()
def test_a_take_that_starts_later_has_the_chance_of_its_own_time(model: MotionModel) -> None:
    early, late = (sample_pose(film(13), model, HOW, 0, first) for first in (0, 4))
    assert float((early - late).abs().max()) > 0.01


@torch.inference_mode()
def test_later_windows_do_not_change_earlier_ones(model: MotionModel) -> None:
    short, long = (sample_pose(film(frames), model, HOW, 0)[0] for frames in (13, 45))
    torch.testing.assert_close(long[:4], short)
    assert len(long) == 12


def test_windows_cover_everything_once() -> None:
    for count, seen, kept in ((1, 9, 3), (9, 9, 3), (10, 9, 3), (30, 9, 3), (12, 4, 2)):
        found = list(stretches(count, seen, kept))
        assert [fresh for _, fresh, _ in found] == [0, *(last for _, _, last in found[:-1])]
        assert found[-1][2] == count
        assert all(last - first <= seen for first, _, last in found)
        assert all(fresh - first >= min(kept, fresh) for first, fresh, _ in found)


@torch.inference_mode()
def test_a_plan_of_a_film_depends_on_nothing_that_comes_later(model: MotionModel) -> None:
    seen, kept = model.config.window, HOW.kept
    counts = [whole_windows(count, seen, kept) for count in (5, 14)]
    early, late = (plan(film(TIME * (count - 1) + 1), None, model, HOW, Clock(3)) for count in counts)
    torch.testing.assert_close(late[:, : counts[0]], early)
