"""The transformer's training at tiny size: it learns, it resumes exactly, and every task is in its mix."""

from pathlib import Path

import numpy as np
import pytest
import torch

from dramatis.clock import Rate, Span
from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.speech import WINDOW
from dramatis.conditioning.text import PROGRESS
from dramatis.conditioning.words import CaptionClause
from dramatis.models.codec import Codec, CodecConfig
from dramatis.models.dit import DiTConfig
from dramatis.models.pose_sequence import NUMBERS
from dramatis.models.text_encoder import TextConfig
from dramatis.models.video_model import VideoModel, VideoModelConfig, inputs, outputs
from dramatis.take import Event
from dramatis.training.clips import STILLS, Buckets, Clip, read_clips, write_shard
from dramatis.training.curves import curve
from dramatis.training.examples import TaskMix, examples
from dramatis.training.loop import Trainer, run
from dramatis.training.prefetch import Prefetch
from dramatis.training.transformer import Recipe, batches, build_trainer

CHANNELS, FEATURES = 4, 3
TEXT = TextConfig(("red", "blue", "nods"), dim=16, num_heads=1, num_layers=1)
DIT = DiTConfig(
    dim=32, ffn_dim=64, num_heads=2, num_layers=2, in_dim=inputs(CHANNELS), out_dim=outputs(CHANNELS), text_dim=16,
    patch_size=(1, 1, 1),
    roles=("video", "keyframe", "reference"), null_text=True, pooled_dim=16,
    speech_dim=FEATURES, speech_window=WINDOW, speech_tokens=2,
)  # fmt: skip
ENCODERS = Encoders(
    tokenize=TEXT.tokenize,
    speech_features=lambda voice: np.zeros((1, FEATURES), np.float32),
    silence=np.zeros(FEATURES, np.float32),
)
CODEC = Codec(CodecConfig(CHANNELS)).eval()
RECIPE = Recipe(rate=3e-3, warm=4, steps=100, mix=TaskMix(lengths=((1, 0.3), (2, 0.3), (3, 0.4)), tokens=60))


def clip(number: int) -> Clip:
    """Its words say the sign of its latents."""
    chance = torch.Generator().manual_seed(number)
    sign = 1.0 if number % 2 else -1.0
    return Clip(
        latents=sign + 0.1 * torch.randn(CHANNELS, 3, 2, 2, generator=chance),
        stills=sign * torch.arange(1.0, 1 + len(STILLS))[:, None, None, None].expand(-1, CHANNELS, 2, 2),
        voice=torch.rand(50, FEATURES, generator=chance),
        mouth=torch.rand(3, 2, 2, generator=chance),
        signs=torch.rand(3, 2, 2, generator=chance),
        pose=torch.randn(9, len(NUMBERS), generator=chance),
        clauses=(CaptionClause("red" if number % 2 else "blue"), CaptionClause("nods", Span(0.4, 0.6))),
        rate=Rate(12),
        voice_start=0.0,
    )


@pytest.fixture
def clips(tmp_path: Path) -> Buckets:
    write_shard(tmp_path / "a.safetensors", [clip(number) for number in range(6)])
    write_shard(tmp_path / "b.safetensors", [clip(number) for number in range(6, 10)])
    return read_clips(tmp_path)


def trained(clips: Buckets, folder: Path, steps: int, workers: int = 0) -> tuple[Trainer[VideoModel], list[str]]:
    """The trainer after so many steps, and the losses that were logged."""
    batch = Prefetch(batches(clips, ENCODERS, CODEC, RECIPE), workers)
    trainer = build_trainer(VideoModelConfig(DIT, TEXT, PROGRESS), batch, clips, RECIPE)
    run(trainer, folder, 5.0, _quiet, steps)
    rows = [line.split(",") for line in (folder / "losses.csv").read_text().splitlines()]
    return trainer, [row[rows[0].index("loss")] for row in rows[1:]]


def _quiet(event: Event) -> None:
    """Nobody listens."""


def test_shards_are_read_as_they_were_written(clips: Buckets) -> None:
    kept = clips[3, 2, 2]
    assert len(kept) == 10
    assert kept[7].clauses == clip(7).clauses
    assert torch.allclose(kept[7].latents.float(), clip(7).latents, atol=2e-3)
    assert torch.equal(kept[0].still("last").float(), clip(0).still("last"))
    assert torch.equal(kept[3].pose, clip(3).pose)


def test_it_learns_and_a_run_that_was_killed_goes_the_same_way(clips: Buckets, tmp_path: Path) -> None:
    whole, losses = trained(clips, tmp_path / "whole", 20)
    trained(clips, tmp_path / "cut", 8)
    cut, again = trained(clips, tmp_path / "cut", 20)
    assert again == losses
    for one, other in zip(whole.average.parameters(), cut.average.parameters(), strict=True):
        assert torch.equal(one, other)
    first, last = (np.mean([float(value) for value in part]) for part in (losses[:5], losses[-5:]))
    assert last < 0.7 * first


def test_batches_made_ahead_by_other_processes_are_the_same(clips: Buckets, tmp_path: Path) -> None:
    _, losses = trained(clips, tmp_path / "alone", 6)
    trained(clips, tmp_path / "helped", 3, workers=2)
    _, again = trained(clips, tmp_path / "helped", 6, workers=2)
    assert [float(loss) for loss in again] == pytest.approx([float(loss) for loss in losses], rel=1e-4)


def test_every_task_is_in_the_mix(clips: Buckets) -> None:
    seen = [examples(clips, ENCODERS, RECIPE.mix, number) for number in range(80)]
    levels = [level for one in seen for level in one.state.video.sigma]
    given = [level for level in levels if (level == 0).any()]
    assert {one.data.shape[2] for one in seen} == {1, 2, 3}
    assert {part.role for one in seen for part in one.state.context} == {"keyframe", "reference"}
    assert any((~one.state.speech_mask).all(1).any() for one in seen)
    assert any((one.state.tokens == 0).all(1).any() for one in seen)
    assert len(levels) > 2 * len(given) > 0.2 * len(levels)
    for level in given:
        assert level[0] == 0
        assert level[-1] == 1


def test_a_curve_falls_where_the_loss_does(tmp_path: Path) -> None:
    (tmp_path / "losses.csv").write_text("step,loss\n" + "".join(f"{step},{2.0 / step}\n" for step in range(1, 200)))
    pixels = curve(tmp_path / "losses.csv").pixels[:, :700].astype(int)
    blue = np.argwhere(pixels[..., 2] - pixels[..., 0] > 100)
    left, right = blue[blue[:, 1] < 100, 0].mean(), blue[blue[:, 1] > 600, 0].mean()
    assert right > left + 200  # further down
