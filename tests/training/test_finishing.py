"""Upscaler and interpolator learn from large pairs, and a killed run goes the same way."""

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch.nn.functional import avg_pool2d

from dramatis.models.interpolator import InterpolatorConfig
from dramatis.models.upscaler import UpscalerConfig
from dramatis.training import interpolator, upscaler
from dramatis.training.large_pairs import LargePairFile
from dramatis.training.loop import Trainer, run

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
    recipe = upscaler.Recipe(rate=3e-3, warm=4, steps=200, batch=2, side=24, soft=0.2)
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
    assert np.mean(values[-10:]) < 0.8 * np.mean(values[:10])
    run(build(files), tmp_path / "cut", 5.0, lambda event: None, 3)
    run(build(files), tmp_path / "cut", 5.0, lambda event: None, 6)
    assert [row[2:] for row in losses(tmp_path / "cut")] == [row[2:] for row in rows[:7]]
