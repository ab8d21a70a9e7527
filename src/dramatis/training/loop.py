"""The loop that all trainings share: time-boxed, saved every minute, resumed exactly.

A step draws all of its data and noise from its own number, so the state after step n depends on nothing but the state
after step n - 1: a run that was killed and resumed goes the same way as one that was not.
"""

import csv
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from torch import Tensor, nn

from dramatis.take import Event, OnEvent

CHECKPOINT, LOG = "state.pt", "losses.csv"
_SAVE_EVERY, _SAY_EVERY = 60.0, 10.0  # s
_NEWCOMER = 10  # steps; the average of a young run forgets its beginning

Figures = dict[str, float]


@dataclass(frozen=True)
class Progress:
    """How far a run has come: steps done, and the seconds that they took over all its sittings."""

    steps: int = 0
    seconds: float = 0.0


Module = TypeVar("Module", bound=nn.Module)


class Trainer(Generic[Module]):
    """A network with AdamW, a rate for each step and an average of its weights.

    `objective` is the loss of the network in the step of a number, with figures for the log; `rate` that of the step.
    `model` learns; `average` (the same architecture) holds the exponential moving average, and is what is shipped.
    """

    def __init__(
        self,
        model: Module,
        average: Module,
        objective: Callable[[Module, int], tuple[Tensor, Figures]],
        rate: Callable[[int], float],
    ) -> None:
        self.model, self.average, self._objective, self._rate = model, average.requires_grad_(False), objective, rate
        self.decay, self.most_norm = 0.999, 1.0
        self.average.load_state_dict(model.state_dict())
        matrices = [weight for weight in model.parameters() if weight.ndim > 1]
        vectors = [weight for weight in model.parameters() if weight.ndim <= 1]
        groups = [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}]
        self._optimiser = torch.optim.AdamW(groups, lr=rate(0), betas=(0.9, 0.98), fused=True)

    def step(self, number: int) -> Figures:
        """One step of AdamW with clipped gradients."""
        rate = self._rate(number)
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        loss, figures = self._objective(self.model, number)
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch does not type it
        norm = nn.utils.clip_grad_norm_(self.model.parameters(), self.most_norm)
        self._optimiser.step()
        self._follow(number)
        return {"loss": float(loss.detach()), **figures, "norm": float(norm), "rate": rate}

    @torch.no_grad()
    def _follow(self, number: int) -> None:
        decay = min(self.decay, (1 + number) / (_NEWCOMER + number))
        pairs = list(zip(self.average.state_dict().values(), self.model.state_dict().values(), strict=True))
        held = [(mine, theirs) for mine, theirs in pairs if mine.is_floating_point()]
        torch._foreach_lerp_([mine for mine, _ in held], [theirs for _, theirs in held], 1 - decay)
        for mine, theirs in pairs:
            if not mine.is_floating_point():
                mine.copy_(theirs)

    def state_dict(self) -> dict[str, Any]:
        """Weights, their average and the optimiser's moments."""
        optimiser = self._optimiser.state_dict()
        return {"model": self.model.state_dict(), "average": self.average.state_dict(), "optimiser": optimiser}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """The state again, strictly."""
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])


def run(trainer: Trainer[Any], folder: Path, minutes: float, on_event: OnEvent, most_steps: int | None = None) -> Progress:
    """Train for some minutes more, from where `folder` stands; saved there every minute and at the end.

    `on_event` may raise to stop: the state of the last full step is saved then, too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    progress = restore(trainer, folder)
    log = _Log(folder / LOG, progress.steps)
    begun = saved = said = time.monotonic()
    start = progress
    try:
        while time.monotonic() - begun < 60 * minutes and (most_steps is None or progress.steps < most_steps):
            figures = trainer.step(progress.steps)
            now = time.monotonic()
            progress = Progress(progress.steps + 1, start.seconds + now - begun)
            log.write(progress, figures)
            if now - saved > _SAVE_EVERY:
                save(trainer, progress, folder)
                saved = now
            if now - said > _SAY_EVERY:
                said = now
                note = f"step {progress.steps} " + " ".join(f"{name} {value:.4g}" for name, value in figures.items())
                on_event(Event("training", min(minutes, (now - begun) / 60), minutes, note))
    finally:
        save(trainer, progress, folder)
        log.close()
    return progress


def save(trainer: Trainer[Any], progress: Progress, folder: Path) -> None:
    """Write the state, whole or not at all."""
    part = folder / f"{CHECKPOINT}.part"
    torch.save({"steps": progress.steps, "seconds": progress.seconds, "trainer": trainer.state_dict()}, part)
    part.replace(folder / CHECKPOINT)


def restore(trainer: Trainer[Any], folder: Path) -> Progress:
    """The state that `folder` holds, put into the trainer; a new run where there is none."""
    path = folder / CHECKPOINT
    if not path.exists():
        return Progress()
    state = torch.load(path, map_location="cpu", weights_only=True)
    trainer.load_state_dict(state["trainer"])
    return Progress(int(state["steps"]), float(state["seconds"]))


class _Log:
    """`losses.csv`: a row a step. Rows after the step that a run resumes from are dropped."""

    def __init__(self, path: Path, steps: int) -> None:
        kept: list[str] = []
        if path.exists():
            lines = path.read_text().splitlines()
            kept = [line for line in lines if not (line.split(",")[0].isdigit() and int(line.split(",")[0]) > steps)]
        path.write_text("".join(f"{line}\n" for line in kept))
        self._fresh = not kept
        self._file = path.open("a", newline="")
        self._writer = csv.writer(self._file)

    def write(self, progress: Progress, figures: Figures) -> None:
        if self._fresh:
            self._writer.writerow(["step", "seconds", *figures])
            self._fresh = False
        self._writer.writerow([progress.steps, f"{progress.seconds:.1f}", *(f"{value:.6g}" for value in figures.values())])

    def close(self) -> None:
        self._file.close()


def warmed(peak: float, warm: int, steps: int) -> Callable[[int], float]:
    """Rates that rise over `warm` steps and fall as a cosine to a twentieth of the peak at `steps`."""

    def rate(number: int) -> float:
        if number < warm:
            return peak * (number + 1) / warm
        return _fallen(peak, (number - warm) / max(1, steps - warm))

    return rate


def clocked(peak: float, warm: int, seconds: float) -> Callable[[int], float]:
    """As `warmed`, but the rate falls with the clock from now on: for runs that end by it and are not repeated exactly."""
    begun = time.monotonic()

    def rate(number: int) -> float:
        return min(1.0, (number + 1) / warm) * _fallen(peak, (time.monotonic() - begun) / max(1e-3, seconds))

    return rate


def _fallen(peak: float, share: float) -> float:
    """A rate that fell as a cosine for a share of its way."""
    return peak * (0.05 + 0.95 * 0.5 * (1 + float(torch.cos(torch.tensor(min(1.0, share) * torch.pi)))))
