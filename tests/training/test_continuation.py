"""A trained network goes on: what it knew it still knows, and there is room for new words and poses."""

from dataclasses import replace

import pytest
import torch

from dramatis.conditioning.text import PROGRESS
from dramatis.models.motion_model import MotionModel, MotionModelConfig
from dramatis.models.pose_sequence import NUMBERS
from dramatis.models.video_model import VideoModel, VideoModelConfig
from dramatis.training.clips import Buckets
from dramatis.training.continuation import widened_motion_model, widened_video_model
from dramatis.training.examples import sketched
from dramatis.training.transformer import batches
from tests.training.test_transformer import CODEC, DIT, ENCODERS, RECIPE, TEXT, clip

WORDS = ("amber", "blue", "nods", "red", "waves")
KNOWN, NEW = ("red", "blue", "nods"), ("amber", "waves")


@pytest.fixture(scope="module")
def clips() -> Buckets:
    """One number moves where it never did before; the others as much as they are known to."""
    made = [clip(number) for number in range(4)]
    poses = torch.cat([one.pose for one in made])
    scaled = [(one.pose - poses.mean(0)) / poses.std(0, correction=0) for one in made]
    for pose in scaled:
        pose[:, NUMBERS.index("bow")] *= 3.0
    return {(3, 2, 2): [replace(one, pose=pose) for one, pose in zip(made, scaled, strict=True)]}


@pytest.fixture(scope="module")
def trained() -> VideoModel:
    torch.manual_seed(3)
    model = VideoModel(VideoModelConfig(DIT, TEXT, PROGRESS, cues=("nod",)))
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    model.pose_std[NUMBERS.index("bow")] = 0.004
    return model.eval()


def test_known_words_are_what_they_were_and_new_ones_come_after(trained: VideoModel, clips: Buckets) -> None:
    model = widened_video_model(trained, WORDS, ("nod", "wave"), clips).eval()
    assert model.config.text.vocabulary == (*KNOWN, *NEW)
    assert model.config.cues == ("nod", "wave")
    for name in ("text.token_embedding", "bag_of_words.words", "bag_of_words.progress"):
        old, new = trained.get_parameter(f"{name}.weight"), model.get_parameter(f"{name}.weight")
        assert len(new) == len(old) + len(NEW)
        assert torch.equal(new[: len(old)], old)
    bow = NUMBERS.index("bow")
    model.pose_mean[bow], model.pose_std[bow] = trained.pose_mean[bow], trained.pose_std[bow]
    state = batches(clips, ENCODERS, CODEC, RECIPE)(3).state
    with torch.no_grad():
        assert torch.equal(model(state), trained(state))


def test_numbers_that_never_varied_are_measured_anew_and_alike(trained: VideoModel, clips: Buckets) -> None:
    model = widened_video_model(trained, WORDS, (), clips)
    bow = NUMBERS.index("bow")
    assert float(model.pose_std[bow]) == pytest.approx(3.0, rel=1e-3)
    others = [number for number in range(len(NUMBERS)) if number != bow]
    assert torch.equal(model.pose_std[others], trained.pose_std[others])
    motion = widened_motion_model(MotionModel(MotionModelConfig(len(KNOWN), PROGRESS, 72, 4, dim=8, num_heads=1)), model)
    assert torch.equal(motion.std, model.pose_std)
    assert motion.config.vocabulary == len(model.config.text.vocabulary)


def test_lines_that_were_drawn_ahead_are_those_of_the_poses(clips: Buckets) -> None:
    exact = replace(RECIPE, pose_noise=0.0)
    ahead = {size: [sketched(one, CODEC) for one in bucket] for size, bucket in clips.items()}
    for number in range(4):
        live, drawn = (batches(of, ENCODERS, CODEC, exact)(number) for of in (clips, ahead))
        assert torch.equal(live.state.pose, drawn.state.pose)
        assert torch.allclose(live.state.sketch, drawn.state.sketch, atol=1e-5)
        assert torch.equal(live.velocity, drawn.velocity)


def test_halved_batches_are_whole_again_where_they_are_used(clips: Buckets) -> None:
    batch = batches(clips, ENCODERS, CODEC, RECIPE)(0)
    again = batch.half().to(torch.device("cpu"))
    assert batch.half().velocity.dtype == torch.float16
    assert torch.equal(again.state.video.sigma, batch.state.video.sigma)
    assert torch.equal(again.state.tokens, batch.state.tokens)
    assert torch.allclose(again.velocity, batch.velocity, atol=1e-2)
