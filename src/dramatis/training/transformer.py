"""Training of the transformer: flow matching on takes of every task, one network for all.

The path is straight (Lipman et al. 2023, Liu et al. 2023): `x_sigma = (1 - sigma) data + sigma noise`, and the network predicts
the velocity `noise - data`. Noise levels are logit-normal (Esser et al. 2024), shifted towards noise, the same for all frames of
an example or, now and then, one for each (Chen et al. 2024); given frames have level zero and no loss. Mouths weigh more, and
so do eyes, brows and hands.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

import torch
from torch import Tensor

from dramatis.conditioning import pose
from dramatis.conditioning.assemble import Encoders
from dramatis.models.codec import Codec
from dramatis.models.state import State
from dramatis.models.video_model import VideoModel, VideoModelConfig
from dramatis.sampling.path import noised, of_frames
from dramatis.sampling.schedules import towards_noise
from dramatis.training.channel_statistics import channel_statistics, pose_statistics
from dramatis.training.clips import Buckets
from dramatis.training.examples import TaskMix, examples
from dramatis.training.loop import Figures, Trainer, warmed
from dramatis.training.pose_truth import pose_noise


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
    pose_noise: float = 0.05
    """Standard deviations, at most, by which a pose sequence is told wrongly: it is a motion model's, and not exact."""
    mix: TaskMix = field(default_factory=TaskMix)


@dataclass(frozen=True, eq=False)
class Batch:
    """What a step learns from: noisy videos, the velocity `B C T H W` that they should have, and what weighs more, `B T H W`."""

    state: State
    velocity: Tensor
    mouth: Tensor
    signs: Tensor

    def to(self, device: torch.device) -> "Batch":
        """The same on a device, in full precision."""
        return self._mapped(lambda one: _full(one.to(device, non_blocking=True)))

    def pin_memory(self) -> "Batch":
        """The same in memory from which a GPU copies beside its work."""
        return self._mapped(lambda one: one.pin_memory())

    def half(self) -> "Batch":
        """The same with videos in half precision, so that there is less to copy."""
        return self._mapped(lambda one: one.half() if one.ndim >= _VIDEO else one)

    def _mapped(self, change: Callable[[Tensor], Tensor]) -> "Batch":
        return Batch(self.state.mapped(change), change(self.velocity), change(self.mouth), change(self.signs))


_VIDEO = 5  # axes of `B C T H W`


def _full(tensor: Tensor) -> Tensor:
    return tensor.float() if tensor.is_floating_point() else tensor


def batches(clips: Buckets, encoders: Encoders, codec: Codec, recipe: Recipe) -> Callable[[int], Batch]:
    """The batch of a step by its number, with poses that are told a little wrongly (where their lines were not drawn ahead).

    Chance is drawn on the CPU, so that it is the same for every device.
    """
    _, std = pose_statistics(clips)

    def batch(number: int) -> Batch:
        seen = examples(clips, encoders, recipe.mix, number)
        level = seen.state.video.sigma
        chance = torch.Generator().manual_seed(number)
        sigma = levels(level, recipe, chance)
        noise = torch.randn(seen.data.shape, generator=chance)
        state = seen.state
        if not seen.drawn:
            told = seen.pose + std * pose_noise(seen.pose, recipe.pose_noise, chance)
            state = pose.apply(state, told, codec.encode_lines)
        noisy = torch.where(of_frames(level) != 0, noised(seen.data, noise, sigma), state.video.latents)
        return Batch(state.at(noisy, sigma), noise - seen.data, seen.mouth, seen.signs)

    return batch


def objective(batch: Callable[[int], Batch], recipe: Recipe) -> Callable[[VideoModel, int], tuple[Tensor, Figures]]:
    """The loss of a step: velocity against truth on that step's batch, where the video is not given."""

    def loss(model: VideoModel, number: int) -> tuple[Tensor, Figures]:
        device = model.std.device
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


def build_trainer(
    config: VideoModelConfig,
    batch: Callable[[int], Batch],
    clips: Buckets,
    recipe: Recipe,
    device: str = "cpu",
) -> Trainer[VideoModel]:
    """A new network, the same each time, that knows what is usual in these clips."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model, average = VideoModel(config), VideoModel(config)
    mean, std = pose_statistics(clips)
    for name, values in {**channel_statistics(clips), "pose_mean": mean, "pose_std": std}.items():
        model.get_buffer(name).copy_(values)
    model, average = model.to(device), average.to(device)
    return Trainer(model, average, objective(batch, recipe), warmed(recipe.rate, recipe.warm, recipe.steps))


def continue_trainer(
    model: VideoModel, batch: Callable[[int], Batch], recipe: Recipe, rate: Callable[[int], float]
) -> Trainer[VideoModel]:
    """A network that was trained before goes on (`training/continuation.py`), on its own device."""
    return Trainer(model, deepcopy(model), objective(batch, recipe), rate)
