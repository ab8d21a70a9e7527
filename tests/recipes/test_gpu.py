"""The prepared training at toy size: each step goes on from the shipped weights and ends by the clock; failures are told."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

pytest.importorskip("skia", reason="the stage draws with skia (the extra `stage`)", exc_type=ImportError)

from dramatis.errors import EngineError
from dramatis.models import checkpoints, motion_model, video_model
from dramatis.models.headers import WEIGHTS
from dramatis.recipes import gpu
from dramatis.recipes.gpu_report import figures
from dramatis.recipes.training import CLIPS
from dramatis.take import Event, OnEvent
from dramatis.training.loop import Trainer, clocked
from dramatis.training.loop import run as loop_run
from dramatis.training.render_clips import Plan, draw_shard


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[gpu.Run]:
    """A run of which two clips were drawn."""
    folder = tmp_path_factory.mktemp("gpu")
    plan = Plan(gpu.REPERTOIRE, WEIGHTS / "codec.safetensors", stills=0, clips=1, of_clips=2, sketches=True)
    draw_shard(folder / CLIPS, plan, 0)
    (folder / "codec.safetensors").symlink_to(plan.codec)
    threads = torch.get_num_threads()
    yield gpu.Run(folder, time.time(), 60.0, "cpu", lambda event: None)
    torch.set_num_threads(threads)


def test_what_is_not_drawn_in_time_is_given_up(run: gpu.Run) -> None:
    plan = Plan(gpu.REPERTOIRE, run.path("codec"), stills=0, clips=2, of_clips=2)
    assert not draw_shard(run.folder / "late", plan, 0, time.time() - 1)
    assert not (run.folder / "late").exists()


def two_steps(trainer: Trainer[Any], state: Path, minutes: float, on_event: OnEvent) -> None:
    """As `recipes.training.trained`, by steps instead of by the clock."""
    loop_run(trainer, state, minutes, on_event, 2)
    checkpoints.save(state.with_suffix(".safetensors"), trainer.average)


def test_transformer_and_motion_model_go_on_from_the_shipped_weights(run: gpu.Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gpu.SCALES, "cpu", gpu.Scale(2, 2, 81, 2, 1))
    monkeypatch.setattr(gpu, "trained", two_steps)
    gpu._transformer(run)
    gpu._motion(run)
    shipped, video = video_model.load(), video_model.load(run.folder / "transformer.safetensors")
    rows = len(shipped.config.text.vocabulary) + 2
    assert video.config.text.vocabulary[: rows - 2] == shipped.config.text.vocabulary
    assert {"dance", "orbit"} <= set(video.config.cues)
    moved = (video.text.token_embedding.weight[:rows] - shipped.text.token_embedding.weight).abs().max()
    assert moved < 0.02
    motion = motion_model.load(run.folder / "motion.safetensors")
    assert torch.equal(motion.std, video.pose_std)
    told = figures(run.folder, ("transformer", "motion"))
    assert "1 shards" in told
    assert "transformer: 2 steps" in told
    assert "motion: 2 steps" in told


def test_a_step_that_fails_costs_no_other(run: gpu.Run) -> None:
    told: list[Event] = []

    def broken(_run: gpu.Run) -> None:
        raise EngineError("There is no GPU memory left.")

    assert gpu._fault_of(broken, replace(run, on_event=told.append)) == "EngineError: There is no GPU memory left."
    assert "Traceback" in told[0].note
    assert gpu._fault_of(lambda _run: None, run) == ""


def test_steps_end_in_order_by_the_clock() -> None:
    run = gpu.Run(Path(), time.time() - 60, 4.0, "cpu", lambda event: None)
    left = [run.left(step) for step in gpu.ENDS]
    assert left == sorted(left)
    assert left[0] == 0
    assert left[-1] == pytest.approx(3.0, abs=0.05)


def test_rates_rise_with_steps_and_fall_with_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("dramatis.training.loop.time.monotonic", lambda: now)
    rate = clocked(1.0, 4, 100.0)
    assert [rate(number) for number in (0, 1, 9)] == pytest.approx([0.25, 0.5, 1.0])
    now = 50.0
    assert rate(9) == pytest.approx(0.525)
    now = 200.0
    assert rate(9) == pytest.approx(0.05)
