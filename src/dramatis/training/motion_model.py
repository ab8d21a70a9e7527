"""Training of the motion model on the stage's poses: flow matching, with words, a voice or neither, from any known beginning.

Beside it learns the network that reads poses from latents, so that a video can go on from pictures.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import Tensor

from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.grid import blank, by_latents
from dramatis.conditioning.speech import WINDOW, drop_audio
from dramatis.errors import BriefError
from dramatis.models.compression import TIME
from dramatis.models.motion_model import MotionModel, MotionModelConfig, held
from dramatis.models.pose_sequence import BODY
from dramatis.models.state import State, stack
from dramatis.sampling.schedules import towards_noise
from dramatis.training.channel_statistics import pose_statistics
from dramatis.training.clips import Buckets, Clip
from dramatis.training.examples import conditioned, pose_of
from dramatis.training.loop import Figures, Trainer, warmed
from dramatis.training.pose_truth import pose_noise

Random = np.random.Generator
_READ = ("first degraded", "last", "last degraded")  # stills whose pose sequence is known


@dataclass(frozen=True)
class Recipe:
    """How the motion model is trained; `steps` is where its rate ends."""

    rate: float = 1e-3
    warm: int = 100
    steps: int = 3000
    batch: int = 48
    pictures: int = 48
    """Latent frames that its pose reader sees in a step."""
    shift: float = 3.0
    """Of noise levels, towards noise."""
    lengths: tuple[tuple[int, float], ...] = ((1, 0.05), (5, 0.2), (9, 0.75))
    begun: float = 0.35
    """How often the first frame is known; then, how often the first few, and the last one."""
    continued: float = 0.25
    ended: float = 0.15
    pose_noise: float = 0.15
    """Standard deviations, at most, by which what is known is wrong."""
    drop_text: float = 0.1
    drop_audio: float = 0.1


def build_trainer(vocabulary: int, progress: int, clips: Buckets, encoders: Encoders, recipe: Recipe) -> Trainer[MotionModel]:
    """A new motion model, the same each time, of the videos among some clips."""
    one = next(iter(clips.values()))[0]
    config = MotionModelConfig(vocabulary, progress, encoders.silence.size * WINDOW, one.latents.shape[0])
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model, average = MotionModel(config), MotionModel(config)
    for buffer, values in zip((model.mean, model.std), pose_statistics(clips), strict=True):
        buffer.copy_(values)
    rate = warmed(recipe.rate, recipe.warm, recipe.steps)
    return Trainer(model, average.eval(), _objective(batches(clips, encoders, recipe), recipe), rate)


def continue_trainer(
    model: MotionModel, batch: Callable[[int], "PoseBatch"], recipe: Recipe, rate: Callable[[int], float]
) -> Trainer[MotionModel]:
    """A motion model that was trained before goes on, on its own device."""
    return Trainer(model.train(), deepcopy(model).eval(), _objective(batch, recipe), rate)


@dataclass(frozen=True, eq=False)
class PoseBatch:
    """What a step learns from: states, their `poses` `B T 4 N`, and which of them are known, `B T 4`; latent frames `K C H W`,
    the poses that each `shows`, `K 4 N`, and whether each is of four frames that move, `K`.
    """

    state: State
    poses: Tensor
    is_known: Tensor
    pictures: Tensor
    shows: Tensor
    moving: Tensor

    def to(self, device: torch.device) -> "PoseBatch":
        """The same on a device."""
        return self._mapped(lambda one: one.to(device, non_blocking=True))

    def pin_memory(self) -> "PoseBatch":
        """The same in memory from which a GPU copies beside its work."""
        return self._mapped(lambda one: one.pin_memory())

    def _mapped(self, change: Callable[[Tensor], Tensor]) -> "PoseBatch":
        rest = {field.name: change(getattr(self, field.name)) for field in fields(self) if field.name != "state"}
        return PoseBatch(self.state.mapped(change), **rest)


def batches(clips: Buckets, encoders: Encoders, recipe: Recipe) -> Callable[[int], PoseBatch]:
    """The batch of a step by its number."""
    videos = [clip for bucket in clips.values() for clip in bucket if clip.latents.shape[1] > 1]
    if not videos:
        raise BriefError("There are only stills to learn acting from: draw more clips first (runs/native.sh).")
    lengths, shares = zip(*recipe.lengths, strict=True)

    def batch(number: int) -> PoseBatch:
        random = np.random.default_rng([19, number])
        length = min(int(random.choice(lengths, p=shares)), videos[0].latents.shape[1])
        chosen = [videos[place] for place in random.integers(0, len(videos), recipe.batch)]
        state, poses = _batch(chosen, length, encoders, recipe, random)
        is_known = _known(len(poses), length, recipe, random)
        return PoseBatch(state, poses, is_known, *_seen(clips, recipe, random))

    return batch


def _objective(batch: Callable[[int], PoseBatch], recipe: Recipe) -> Callable[[MotionModel, int], tuple[Tensor, Figures]]:
    """The loss of a step: pose sequences against the truth, and what is read of their pictures."""

    def loss(model: MotionModel, number: int) -> tuple[Tensor, Figures]:
        device = model.std.device
        now = batch(number).to(device)
        truth = model.standard(now.poses)
        chance = torch.Generator().manual_seed(number)
        known = truth + pose_noise(truth, recipe.pose_noise, chance).to(device)
        sigma = towards_noise(torch.rand(recipe.batch, generator=chance), recipe.shift).to(device)
        level, noise = sigma[:, None, None, None], torch.randn(truth.shape, generator=chance).to(device)
        with torch.random.fork_rng(devices=[]), torch.autocast(device.type, torch.bfloat16):
            torch.manual_seed(number)  # of dropout
            expected = model((1 - level) * truth + level * noise, sigma, now.state, known, now.is_known)
            read = model.pose_reader(now.pictures, now.moving)
        read = (read.float() - model.standard(now.shows))[..., :BODY].square().mean()
        wrong = (expected.float() - truth).square() * ~held(now.is_known)
        return wrong.mean() + read, {"pose": float(wrong.mean().detach()), "read": float(read.detach())}

    return loss


def _batch(clips: Sequence[Clip], length: int, encoders: Encoders, recipe: Recipe, random: Random) -> tuple[State, Tensor]:
    """Windows of clips, some without words or voice, and their poses `B T 4 N`. Latents are left out: the model sees none."""
    states, poses = [], []
    for clip in clips:
        room = clip.latents.shape[1] - length
        start = 0 if random.random() < 0.5 else int(random.integers(0, room + 1))
        reads = random.random() >= recipe.drop_text
        state = conditioned(blank((length - 1) * TIME + 1, clip.rate, (0, 1, 1)), clip, start, encoders, reads)
        states.append(state if random.random() >= recipe.drop_audio else drop_audio(state))
        poses.append(pose_of(clip, slice(start, start + length)))
    return stack(states), torch.cat(poses)


def _known(count: int, length: int, recipe: Recipe, random: Random) -> Tensor:
    """Which frames' pose sequences are known, `B T 4`."""
    known = torch.zeros(count, length, TIME, dtype=torch.bool)
    for one, (drawn, ended) in zip(known, random.random((count, 2)), strict=True):
        if drawn < recipe.begun + recipe.continued:
            one[: 1 if drawn < recipe.begun else int(random.integers(1, max(2, length // 2)))] = True
        if ended < recipe.ended:
            one[-1, -1] = True
    return known


def _seen(clips: Buckets, recipe: Recipe, random: Random) -> tuple[Tensor, Tensor, Tensor]:
    """Latents that poses are read from, whole, begun or degraded, of clips of one size; those poses; and which are moving."""
    sizes = sorted(clips)
    counts = np.array([len(clips[size]) for size in sizes], float)
    bucket = clips[sizes[random.choice(len(sizes), p=counts / counts.sum())]]
    pictures, truths, moving = [], [], []
    for place in random.integers(0, len(bucket), recipe.pictures):
        clip, frame = bucket[place], int(random.integers(0, bucket[0].latents.shape[1]))
        poses = torch.from_numpy(by_latents(clip.pose.numpy()))
        name = str(random.choice(("", *_READ)))
        pictures.append(clip.still(name)[:, 0] if name else clip.latents[:, frame].float())
        truths.append(poses[-1, -1:].expand(TIME, -1) if name.startswith("last") else poses[0 if name else frame])
        moving.append(not name and frame > 0)
    return torch.stack(pictures), torch.stack(truths), torch.tensor(moving)
