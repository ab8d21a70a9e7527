"""The motion model's training at tiny size: words and voices become pose sequences, and a killed run goes the same way."""

from pathlib import Path

import numpy as np
import pytest
import torch

from dramatis.clock import Rate
from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.text import PROGRESS
from dramatis.conditioning.words import CaptionClause
from dramatis.models.motion_model import MotionModel
from dramatis.models.pose_sequence import NUMBERS
from dramatis.models.text_encoder import TextConfig
from dramatis.training.clips import STILLS, Buckets, Clip
from dramatis.training.loop import Trainer, run
from dramatis.training.motion_model import Recipe, build_trainer

TEXT = TextConfig(("up", "down"), dim=16, num_heads=1, num_layers=1)
ENCODERS = Encoders(
    tokenize=TEXT.tokenize, speech_features=lambda voice: np.zeros((1, 2), np.float32), silence=np.zeros(2, np.float32)
)
RECIPE = Recipe(rate=3e-3, warm=4, steps=200, batch=8, pictures=8)


def clip(number: int) -> Clip:
    """Its words, and its pictures, say the sign of all that is done."""
    chance, sign = torch.Generator().manual_seed(number), 1.0 if number % 2 else -1.0
    return Clip(
        latents=sign + 0.1 * torch.randn(4, 3, 2, 2, generator=chance),
        stills=torch.full((len(STILLS), 4, 2, 2), sign),
        voice=torch.rand(50, 2, generator=chance),
        mouth=torch.zeros(3, 2, 2),
        signs=torch.zeros(3, 2, 2),
        pose=sign + 0.1 * torch.randn(9, len(NUMBERS), generator=chance),
        clauses=(CaptionClause("up" if sign > 0 else "down"),),
        rate=Rate(12),
        voice_start=0.0,
    )


@pytest.fixture
def clips() -> Buckets:
    return {(3, 2, 2): [clip(number) for number in range(10)]}


def trained(clips: Buckets, folder: Path, steps: int) -> tuple[Trainer[MotionModel], list[list[str]]]:
    trainer = build_trainer(len(TEXT.vocabulary), PROGRESS, clips, ENCODERS, RECIPE)
    run(trainer, folder, 5.0, lambda event: None, steps)
    return trainer, [line.split(",") for line in (folder / "losses.csv").read_text().splitlines()]


def test_it_learns_what_words_and_pictures_say(clips: Buckets, tmp_path: Path) -> None:
    _, rows = trained(clips, tmp_path, 60)
    for name in ("pose", "read"):
        losses = [float(row[rows[0].index(name)]) for row in rows[1:]]
        assert np.mean(losses[-10:]) < 0.5 * np.mean(losses[:5])


def test_a_run_that_was_killed_goes_the_same_way(clips: Buckets, tmp_path: Path) -> None:
    whole, rows = trained(clips, tmp_path / "whole", 12)
    trained(clips, tmp_path / "cut", 5)
    cut, again = trained(clips, tmp_path / "cut", 12)
    assert [row[2:] for row in again] == [row[2:] for row in rows]
    for one, other in zip(whole.average.parameters(), cut.average.parameters(), strict=True):
        assert torch.equal(one, other)
