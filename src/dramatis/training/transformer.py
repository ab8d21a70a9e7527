"""Training of the transformer: flow matching on takes of every task, one network for all.

The path is straight (Lipman et al. 2023, Liu et al. 2023): `x_sigma = (1 - sigma) data + sigma noise`, and the network predicts
the velocity `noise - data`. Noise levels are logit-normal (Esser et al. 2024), shifted towards noise, the same for all frames of
an example or, now and then, one for each (Chen et al. 2024); given frames have level zero and no loss. Mouths weigh more, and
so do eyes, brows and hands.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields

import torch
from torch import Tensor

from dramatis.conditioning import pose
from dramatis.conditioning.assemble import Encoders
from dramatis.models.codec import Codec
from dramatis.models.generator import Generator, GeneratorConfig
from dramatis.models.state import State
from dramatis.sampling.path import noised, of_frames
from dramatis.sampling.schedules import towards_noise
from dramatis.training.clips import Shelves
from dramatis.training.examples import Diet, examples
from dramatis.training.loop import Figures, Student, warmed
from dramatis.training.performing import misread
from dramatis.training.processes import processes, usual


@dataclass(frozen=True)
class Recipe:
    """How the transformer is trained; `steps` is where its rate ends."""

    rate: float = 1e-3
    warm: int = 60
    steps: int = 44000
    shift: float = 12.0
    width: float = 1.4
    """Of the normal numbers whose sigmoid, shifted, is a noise level: the picture's large shapes are decided at high noise."""
    each: float = 0.1
    """How often every frame has a noise level of its own."""
    mouth: float = 40.0
    """What a mouth weighs more than anything else."""
    signs: float = 10.0
    """What eyes, brows and hands do."""
    misread: float = 0.05
    """Standard deviations, at most, by which a performance is told wrongly: it is a performer's, and not exact."""
    diet: Diet = field(default_factory=Diet)


@dataclass(frozen=True, eq=False)
class Batch:
    """What a step learns from: noisy films, the velocity `B C T H W` that they should have, and what weighs more, `B T H W`."""

    state: State
    velocity: Tensor
    mouth: Tensor
    signs: Tensor

    def to(self, device: torch.device) -> "Batch":
        """The same on a device."""
        return Batch(**{field.name: getattr(self, field.name).to(device) for field in fields(self)})


def batches(clips: Shelves, encoders: Encoders, codec: Codec, recipe: Recipe) -> Callable[[int], Batch]:
    """The batch of a step by its number, with poses that are told a little wrongly.

    Chance is drawn on the CPU, so that it is the same for every device.
    """
    deviation = usual(clips)["deviation"]

    def batch(number: int) -> Batch:
        seen = examples(clips, encoders, recipe.diet, number)
        level = seen.state.video.sigma
        chance = torch.Generator().manual_seed(number)
        sigma = levels(level, recipe, chance)
        noise = torch.randn(seen.answer.shape, generator=chance)
        told = pose.apply(seen.state, seen.pose + deviation * misread(seen.pose, recipe.misread, chance), codec)
        noisy = torch.where(of_frames(level) != 0, noised(seen.answer, noise, sigma), seen.state.video.latents)
        return Batch(told.at(noisy, sigma), noise - seen.answer, seen.mouth, seen.signs)

    return batch


def objective(batch: Callable[[int], Batch], recipe: Recipe) -> Callable[[Generator, int], tuple[Tensor, Figures]]:
    """The loss of a step: velocity against truth on that step's batch, where the film is not given."""

    def loss(model: Generator, number: int) -> tuple[Tensor, Figures]:
        device = model.spread.device
        now = batch(number).to(device)
        with torch.autocast(device.type, torch.bfloat16):
            velocity = model(now.state)
        free = of_frames(now.state.video.sigma) > 0
        heavy = 1 + recipe.mouth * now.mouth + recipe.signs * now.signs
        squares = (velocity.float() - now.velocity) ** 2
        value = _mean(squares, free * heavy[:, None])
        mouth = _mean(squares.detach(), free * now.mouth[:, None])
        return value, {"mouth": float(mouth), "clips": len(now.velocity), "frames": now.velocity.shape[2]}

    return loss


def _mean(squares: Tensor, weights: Tensor) -> Tensor:
    """The mean of `B C T H W` by weights `B 1 T H W`."""
    return (weights * squares).sum() / (weights.sum() * squares.shape[1]).clamp_min(1e-6)


def levels(level: Tensor, recipe: Recipe, chance: torch.Generator) -> Tensor:
    """Noise levels for frames of highest levels `B T`: logit-normal, shifted, one for all frames or one for each."""
    batch, frames = level.shape
    common, single = torch.randn(batch, 1, generator=chance), torch.randn(batch, frames, generator=chance)
    drawn = (recipe.width * torch.where(torch.rand(batch, 1, generator=chance) < recipe.each, single, common)).sigmoid()
    return level * towards_noise(drawn, recipe.shift)


def student(
    config: GeneratorConfig,
    batch: Callable[[int], Batch],
    clips: Shelves,
    recipe: Recipe,
    device: str = "cpu",
) -> Student[Generator]:
    """A new network, the same each time, that knows what is usual in these clips."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model, average = Generator(config), Generator(config)
    for name, values in {**processes(clips), **usual(clips)}.items():
        model.get_buffer(name).copy_(values)
    model, average = model.to(device), average.to(device)
    return Student(model, average, objective(batch, recipe), warmed(recipe.rate, recipe.warm, recipe.steps))
