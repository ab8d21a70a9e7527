"""Upscaler, interpolator and mouth finder learn, and a killed run goes the same way."""

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch.nn.functional import avg_pool2d

from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.speech import WINDOW, silence
from dramatis.conditioning.text import PROGRESS
from dramatis.models.codec import Codec, CodecConfig
from dramatis.models.dit import DiTConfig
from dramatis.models.interpolator import InterpolatorConfig
from dramatis.models.mouth_finder import MouthFinderConfig
from dramatis.models.pose_sequence import NUMBERS, POINTS, SUMS
from dramatis.models.refiner import Refiner, RefinerConfig
from dramatis.models.text_encoder import TextConfig
from dramatis.models.upscaler import UpscalerConfig
from dramatis.models.video_model import VideoModel, VideoModelConfig, inputs, outputs
from dramatis.speech.mouthshapes import FEATURES
from dramatis.training import interpolator, mouth_finder, upscaler
from dramatis.training.large_pairs import LargePairFile, Maker, large_pair
from dramatis.training.loop import Trainer, run
from dramatis.training.refiner import Pair, VideoSampler

SIDE, FRAMES = 48, 4


def moving(folder: Path, number: int) -> LargePairFile:
    """A bright square on a dark ground, which goes right by a small pixel a frame; intervals begin with frame 1."""
    left = 64 + 48 * number

    def drawn(frames: list[float], scale: int) -> torch.Tensor:
        film = torch.full((len(frames), 8 * SIDE, 8 * SIDE, 3), 40, dtype=torch.uint8)
        for picture, at in zip(film, frames, strict=True):
            start = left + round(8 * at)
            picture[96:240, start : start + 120] = 220
        return film[:, :: 8 // scale, :: 8 // scale].contiguous()

    small = avg_pool2d(drawn([float(k) for k in range(FRAMES)], 8).permute(0, 3, 1, 2).float(), 8).to(torch.uint8)
    large, between = (drawn(frames, scale) for frames, scale in (([1.0, 2.0], 8), ([1.25, 1.5, 1.75], 4)))
    parts = {
        "sampled": small,
        "truth": small,
        "starts": torch.ones(3, dtype=torch.int64),
        "large": large[None].repeat(3, 1, 1, 1, 1),
        "between": between[None].repeat(3, 1, 1, 1, 1),
    }
    save_file({name: part.contiguous() for name, part in parts.items()}, folder / f"{number}.safetensors")
    return LargePairFile(folder / f"{number}.safetensors")


def upscaling(files: list[LargePairFile]) -> Trainer[upscaler.Upscaler]:
    recipe = upscaler.Recipe(rate=3e-3, warm=4, steps=200, batch=2, side=16, soft=0.2)
    return upscaler.build_trainer(files, recipe, UpscalerConfig(1, (16, 16, 16), (1, 1, 1), 8))


def interpolating(files: list[LargePairFile]) -> Trainer[interpolator.Interpolator]:
    recipe = interpolator.Recipe(rate=3e-3, warm=4, steps=200, batch=2, side=40)
    return interpolator.build_trainer(files, recipe, InterpolatorConfig((4, 2), (16, 16), (1, 1)))


def losses(folder: Path) -> list[list[str]]:
    return [line.split(",") for line in (folder / "losses.csv").read_text().splitlines()]


@pytest.mark.parametrize("build", [upscaling, interpolating])
def test_they_learn_and_a_run_that_was_killed_goes_the_same_way(build: object, tmp_path: Path) -> None:
    assert callable(build)
    files = [moving(tmp_path, number) for number in range(2)]
    whole = build(files)
    run(whole, tmp_path / "whole", 5.0, lambda event: None, 40)
    rows = losses(tmp_path / "whole")
    values = [float(row[rows[0].index("loss")]) for row in rows[1:]]
    assert np.mean(values[-8:]) < 0.85 * np.mean(values[:8])
    run(build(files), tmp_path / "cut", 5.0, lambda event: None, 2)
    run(build(files), tmp_path / "cut", 5.0, lambda event: None, 4)
    assert [row[2:] for row in losses(tmp_path / "cut")] == [row[2:] for row in rows[:5]]


def tiny_maker() -> Maker:
    """A native model that knows nothing."""
    torch.manual_seed(0)
    text = TextConfig(("red",), dim=16, num_heads=1, num_layers=1)
    dit = DiTConfig(
        dim=32, ffn_dim=32, num_heads=2, num_layers=1, in_dim=inputs(4), out_dim=outputs(4), text_dim=16, patch_size=(1, 1, 1),
        roles=("video", "keyframe", "reference"), null_text=True, pooled_dim=16,
        speech_dim=len(FEATURES), speech_window=WINDOW, speech_tokens=2,
    )  # fmt: skip
    encoders = Encoders(tokenize=lambda words: [1], speech_features=lambda voice: silence()[None], silence=silence())
    sampler = VideoSampler(VideoModel(VideoModelConfig(dit, text, PROGRESS)).eval(), Codec(CodecConfig(6)).eval(), encoders)
    return Maker(sampler, Refiner(RefinerConfig(16, 16, (1, 1, 1))).eval())


def test_the_large_truth_shows_what_the_small_one_does() -> None:
    made = large_pair(0, "train", tiny_maker())
    assert made["sampled"].shape == made["truth"].shape == (33, 3, 144, 144)
    assert made["between"].shape == (3, 3, 576, 576, 3)
    for start, ends, between in zip(made["starts"].tolist(), made["large"], made["between"], strict=True):
        for number, large in enumerate(ends):
            reduced = avg_pool2d(large.permute(2, 0, 1).float(), 8)
            assert float((reduced - made["truth"][start + number]).abs().mean()) < 1.5
        reduced = avg_pool2d(between[1].permute(2, 0, 1).float(), 4)
        middle = made["truth"][start : start + 2].float().mean(0)
        assert float((reduced - middle).abs().mean()) < 6


def test_a_mouth_is_found_where_it_is(tmp_path: Path) -> None:
    """A red bar on grey, anywhere: its pose is a mouth there."""
    films = [smiling(np.random.default_rng(number)) for number in range(4)]
    recipe = mouth_finder.Recipe(warm=2, steps=60, batch=4)
    trainer = mouth_finder.build_trainer(films, recipe, MouthFinderConfig(16, 1))
    run(trainer, tmp_path, 5.0, lambda event: None, 60)
    film = smiling(np.random.default_rng(9))
    with torch.no_grad():
        shares = trainer.model(film.truth.float() / 127.5 - 1)[:, 0]
    red = film.truth[:, 0] > 150
    assert float(shares[red].mean()) > 0.8
    assert float(shares.mean()) < 0.25  # the bar and what is near it cover a tenth


def smiling(random: np.random.Generator) -> Pair:
    """Eight frames of 64 pixels."""
    frames = torch.full((8, 3, 64, 64), 90, dtype=torch.uint8)
    poses = np.zeros((8, len(NUMBERS)), np.float32)
    inverse = np.linalg.inv(SUMS)
    for frame, pose in zip(frames, poses, strict=True):
        left, top = random.integers(8, 40, 2)
        frame[0, top : top + 6, left : left + 16] = 200
        corners = {"mouth_left": (left, top + 3), "mouth_right": (left + 16, top + 3)}
        corners |= {"mouth_top": (left + 8, top), "mouth_bottom": (left + 8, top + 6)}
        places = np.array([corners.get(point, (32, 32)) for point in POINTS], np.float32)
        pose[: 2 * len(POINTS)] = (inverse @ ((places - 32) / 64)).ravel()
    return Pair(frames, frames, torch.from_numpy(poses))
