"""Training of the transformer: flow matching on takes of every task, one network for all.

The path is straight (Lipman et al. 2023, Liu et al. 2023): `x_sigma = (1 - sigma) data + sigma noise`, and the network predicts
the velocity `noise - data`. Noise levels are logit-normal (Esser et al. 2024), shifted towards noise, the same for all frames of
an example or, now and then, one for each (Chen et al. 2024); given frames have level zero and no loss. Mouths weigh more, and
so do eyes, brows and hands.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from torch import Tensor

from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.batch import batched
from dramatis.conditioning.sketch import sketched
from dramatis.models.codec import Codec
from dramatis.models.generator import Generator, GeneratorConfig, save
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
    steps: int = 37000
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


def objective(
    clips: Shelves, encoders: Encoders, codec: Codec, recipe: Recipe
) -> Callable[[Generator, int], tuple[Tensor, Figures]]:
    """The loss of a step: velocity against truth on that step's examples. Chance is drawn on the CPU, so that it is the same
    for every device.
    """

    def loss(model: Generator, number: int) -> tuple[Tensor, Figures]:
        device = model.spread.device
        seen = examples(clips, encoders, recipe.diet, number)
        batch = batched([one.given for one in seen], [one.hears for one in seen])
        answer, mouth, signs = (
            torch.stack([getattr(one, name) for one in seen]).to(device) for name in ("answer", "mouth", "signs")
        )
        chance = torch.Generator().manual_seed(number)
        sigma = levels(batch.level, recipe, chance).to(device)
        noise, batch = torch.randn(answer.shape, generator=chance).to(device), batch.to(device)
        acted = batch.performance + model.deviation * misread(batch.performance.cpu(), recipe.misread, chance).to(device)
        sketch = sketched(acted.cpu(), codec, (model.channels, *answer.shape[-2:])).to(device)
        batch = replace(batch, performance=acted, sketch=sketch)
        given = of_frames(batch.level == 0)
        noisy = torch.where(given, batch.latents, noised(answer, noise, sigma))
        with torch.autocast(device.type, torch.bfloat16):
            velocity = model(batch.segments(noisy, sigma), batch.script)
        weights = (~given) * (1 + recipe.mouth * mouth + recipe.signs * signs)[:, None]
        squares = (velocity.float() - (noise - answer)) ** 2
        value = (weights * squares).sum() / (weights.sum() * answer.shape[1])
        where = (~given) * mouth[:, None]
        spoken = (where * squares).sum() / (where.sum() * answer.shape[1]).clamp_min(1e-6)
        return value, {"mouth": float(spoken.detach()), "clips": len(seen), "frames": answer.shape[2]}

    return loss


def levels(level: Tensor, recipe: Recipe, chance: torch.Generator) -> Tensor:
    """Noise levels for frames of highest levels `B T`: logit-normal, shifted, one for all frames or one for each."""
    batch, frames = level.shape
    common, single = torch.randn(batch, 1, generator=chance), torch.randn(batch, frames, generator=chance)
    drawn = (recipe.width * torch.where(torch.rand(batch, 1, generator=chance) < recipe.each, single, common)).sigmoid()
    return level * towards_noise(drawn, recipe.shift)


def student(
    config: GeneratorConfig, clips: Shelves, encoders: Encoders, codec: Codec, recipe: Recipe, device: str = "cpu"
) -> Student[Generator]:
    """A new network, the same each time."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model, average = Generator(config), Generator(config)
    for name, values in {**processes(clips), **usual(clips)}.items():
        model.get_buffer(name).copy_(values)
    model, average = model.to(device), average.to(device)
    return Student(model, average, objective(clips, encoders, codec, recipe), warmed(recipe.rate, recipe.warm, recipe.steps))


def export(pupil: Student[Generator], path: Path) -> None:
    """Write the average of a student's weights as a checkpoint that films, in half precision."""
    save(path, pupil.average)
