"""The shared loop: a run that stops and resumes goes the same way as one that does not stop."""

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from dramatis.take import Event
from dramatis.training.loop import CHECKPOINT, LOG, Trainer, restore, run, warmed


def _student() -> Trainer:
    torch.manual_seed(0)
    model, average = nn.Linear(4, 1), nn.Linear(4, 1)

    def objective(network: nn.Module, number: int) -> tuple[Tensor, dict[str, float]]:
        draw = torch.Generator().manual_seed(number)
        given = torch.randn(32, 4, generator=draw)
        loss = (network(given)[:, 0] - given.sum(1)).square().mean()
        return loss, {"error": float(loss.detach().sqrt())}

    return Trainer(model, average, objective, warmed(0.05, 5, 200))


def _nothing(event: Event) -> None:
    """Hears nothing."""


def test_a_run_that_resumes_goes_the_same_way(tmp_path: Path) -> None:
    whole, parted = _student(), _student()
    run(whole, tmp_path / "whole", 1, _nothing, 30)
    run(parted, tmp_path / "parted", 1, _nothing, 13)
    fresh = _student()
    progress = run(fresh, tmp_path / "parted", 1, _nothing, 30)
    assert progress.steps == 30
    for key, value in whole.model.state_dict().items():
        assert torch.equal(value, fresh.model.state_dict()[key])
    for key, value in whole.average.state_dict().items():
        assert torch.equal(value, fresh.average.state_dict()[key])
    rows = [[line.split(",") for line in (tmp_path / name / LOG).read_text().splitlines()] for name in ("whole", "parted")]
    assert [row[:1] + row[2:] for row in rows[0]] == [row[:1] + row[2:] for row in rows[1]]
    assert len(rows[0]) == 31


def test_it_learns_and_the_average_follows(tmp_path: Path) -> None:
    trainer = _student()
    run(trainer, tmp_path, 1, _nothing, 200)
    assert torch.allclose(trainer.model.weight, torch.ones(1, 4), atol=0.05)  # type: ignore[arg-type]  # a module attribute is a Tensor or a Module to mypy
    assert torch.allclose(trainer.average.weight, torch.ones(1, 4), atol=0.1)  # type: ignore[arg-type]  # a module attribute is a Tensor or a Module to mypy


def test_what_was_done_is_saved_when_a_step_fails(tmp_path: Path) -> None:
    trainer = _student()
    steps = trainer.step

    def failing(number: int) -> dict[str, float]:
        if number == 7:
            raise KeyboardInterrupt
        return steps(number)

    trainer.step = failing  # type: ignore[method-assign]  # a fault in one step
    with pytest.raises(KeyboardInterrupt):
        run(trainer, tmp_path, 1, _nothing)
    assert (tmp_path / CHECKPOINT).exists()
    assert restore(_student(), tmp_path).steps == 7


def test_rates_rise_and_fall() -> None:
    rate = warmed(1.0, 10, 100)
    assert rate(0) == pytest.approx(0.1)
    assert rate(10) == pytest.approx(1.0)
    assert rate(100) == rate(1000) == pytest.approx(0.05)
