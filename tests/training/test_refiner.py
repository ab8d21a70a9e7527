"""It learns to sharpen, a killed run goes the same way, and films of the transformer lie beside the truth."""

from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import avg_pool2d, interpolate

from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.speech import WINDOW, silence
from dramatis.conditioning.text import PROGRESS
from dramatis.models.codec import Codec, CodecConfig
from dramatis.models.dit import DiTConfig
from dramatis.models.pose_sequence import NUMBERS
from dramatis.models.refiner import Refiner
from dramatis.models.text_encoder import TextConfig
from dramatis.models.video_model import VideoModel, VideoModelConfig, inputs, outputs
from dramatis.speech.mouthshapes import FEATURES
from dramatis.training.loop import Trainer, run
from dramatis.training.refiner import FRAMES, SIZE, Pair, Recipe, VideoSampler, build_trainer, pairs

CHANNELS = 4
RECIPE = Recipe(steps=60, warm=4, films=2, batch=2, frames=2)


def blurred(number: int) -> Pair:
    """Squares of two colours, and what is left of them in tiles."""
    chance = torch.Generator().manual_seed(number)
    coarse = (torch.rand(3, 3, 12, 12, generator=chance) > 0.5).float() * 200 + 20
    truth = interpolate(coarse, scale_factor=12.0)
    shown = interpolate(avg_pool2d(truth, 4), scale_factor=4.0, mode="bilinear")
    return Pair(shown.to(torch.uint8), truth.to(torch.uint8), torch.zeros(3, len(NUMBERS)))


def trained(folder: Path, steps: int) -> tuple[Trainer[Refiner], list[list[str]]]:
    trainer = build_trainer([blurred(number) for number in range(4)], RECIPE)
    run(trainer, folder, 5.0, lambda event: None, steps)
    return trainer, [line.split(",") for line in (folder / "losses.csv").read_text().splitlines()]


def test_it_learns_to_sharpen(tmp_path: Path) -> None:
    _, rows = trained(tmp_path, 28)
    losses, before = ([float(row[rows[0].index(name)]) for row in rows[1:]] for name in ("loss", "before"))
    assert np.mean(losses[-8:]) < 0.8 * np.mean(before[-8:])


def test_a_run_that_was_killed_goes_the_same_way(tmp_path: Path) -> None:
    whole, rows = trained(tmp_path / "whole", 6)
    trained(tmp_path / "cut", 3)
    cut, again = trained(tmp_path / "cut", 6)
    assert [row[2:] for row in again] == [row[2:] for row in rows]
    for one, other in zip(whole.average.parameters(), cut.average.parameters(), strict=True):
        assert torch.equal(one, other)


def test_films_lie_beside_the_truth_and_are_kept(tmp_path: Path) -> None:
    torch.manual_seed(0)
    text = TextConfig(("red",), dim=16, num_heads=1, num_layers=1)
    dit = DiTConfig(
        dim=32, ffn_dim=32, num_heads=2, num_layers=1, in_dim=inputs(CHANNELS), out_dim=outputs(CHANNELS), text_dim=16,
        patch_size=(1, 1, 1),
        roles=("video", "keyframe", "reference"), null_text=True, pooled_dim=16,
        speech_dim=len(FEATURES), speech_window=WINDOW, speech_tokens=2,
    )  # fmt: skip
    encoders = Encoders(tokenize=lambda words: [1], speech_features=lambda voice: silence()[None], silence=silence())
    by = VideoSampler(VideoModel(VideoModelConfig(dit, text, PROGRESS)).eval(), Codec(CodecConfig(CHANNELS + 2)).eval(), encoders)
    made = pairs(tmp_path, by, RECIPE, lambda event: None)
    again = pairs(tmp_path, by, RECIPE, lambda event: None)
    assert len(made) == RECIPE.films
    for one, same in zip(made, again, strict=True):
        assert one.sampled.shape == one.truth.shape == (FRAMES, 3, SIZE[1], SIZE[0])
        assert one.pose.shape == (FRAMES, len(NUMBERS))
        assert torch.equal(one.sampled, same.sampled)
    assert not torch.equal(made[0].truth, made[1].truth)
