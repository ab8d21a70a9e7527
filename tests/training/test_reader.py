"""The reader learns from the stage, and the same each time."""

import numpy as np
import pytest
import torch

from dramatis.training import reader
from dramatis.training.reader import build_trainer, drawn, sight


@pytest.fixture(autouse=True)
def few_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_SCRIPTS", 2)
    monkeypatch.setattr(reader, "_CLIPS", 1)


def test_it_learns_what_it_is_shown() -> None:
    trainer = build_trainer(100)
    frames = drawn(trainer.model.config, 0, np.random.default_rng(0))
    optimiser = torch.optim.AdamW(trainer.model.parameters(), 2e-3)
    losses = []
    for _ in range(25):
        loss, _ = sight(trainer.model, frames, np.random.default_rng(1))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.4 * losses[0]


def test_a_step_is_the_same_each_time() -> None:
    figures = [build_trainer(100).step(3) for _ in range(2)]
    assert figures[0] == figures[1]
    assert figures[0]["loss"] > 0
