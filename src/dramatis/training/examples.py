"""Examples: clips of the stage as takes whose answer is known, of every task that the network must do.

A batch is of one size and one task's shape; what is given, dropped and degraded is drawn anew for each example. All chance comes
from the number of the step, so a run that is resumed sees what it would have seen.
"""

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from dramatis.conditioning import anchors, pose, reference, speech, text
from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.grid import blank, by_latents, latent_times
from dramatis.conditioning.speech import drop_audio
from dramatis.conditioning.words import moved
from dramatis.models.codec import Codec
from dramatis.models.compression import TIME
from dramatis.models.state import State, stack
from dramatis.training.clips import Buckets, Clip

Random = np.random.Generator
_NOISY = 0.1  # standard deviation of noise on given latents, at most


@dataclass(frozen=True)
class TaskMix:
    """How often what is trained. `lengths` are latent frames of a window with their share of the steps; `tokens` is how many
    tokens a batch has, about; the others are probabilities.
    """

    lengths: tuple[tuple[int, float], ...] = ((1, 0.2), (5, 0.15), (9, 0.65))
    tokens: int = 1200
    reference: float = 0.25
    keyframe: float = 0.15
    first: float = 0.4
    continued: float = 0.15
    degraded: float = 0.4
    drop_text: float = 0.1
    drop_audio: float = 0.1
    drop_both: float = 0.08
    """How often there are no words and no voice: what guidance leads away from."""


@dataclass(frozen=True, eq=False)
class Example:
    """Videos whose answer is known: their state, the latents of the answer, `B C T H W`, their pose sequence `B T 4 N`, and
    where mouths and other signs are in them, `B T H W`. `drawn`: the state has the pose sequence and its lines already.
    """

    state: State
    data: Tensor
    pose: Tensor
    mouth: Tensor
    signs: Tensor
    drawn: bool


def examples(clips: Buckets, encoders: Encoders, mix: TaskMix, number: int) -> Example:
    """The examples of a step side by side: all of one size and with the same segments."""
    random = np.random.default_rng([7, number])
    lengths, shares = zip(*mix.lengths, strict=True)
    length = min(int(random.choice(lengths, p=np.array(shares) / sum(shares))), max(size[0] for size in clips))
    sizes = sorted(size for size in clips if size[0] >= length)
    counts = np.array([len(clips[size]) for size in sizes], float)
    bucket = clips[sizes[random.choice(len(sizes), p=counts / counts.sum())]]
    with_reference = random.random() < mix.reference
    with_keyframe = length > 1 and random.random() < mix.keyframe
    rows, columns = bucket[0].latents.shape[-2:]
    count = max(1, round(mix.tokens / (rows * columns * (length + with_reference + with_keyframe))))
    chosen = random.choice(len(bucket), count, replace=count > len(bucket))
    task = _Task(length, with_reference, with_keyframe)
    made = [_example(bucket[place], encoders, mix, task, random) for place in chosen]
    rest = {name: torch.cat([getattr(one, name) for one in made]) for name in ("data", "pose", "mouth", "signs")}
    return Example(stack([one.state for one in made]), **rest, drawn=all(one.drawn for one in made))


@dataclass(frozen=True)
class _Task:
    length: int
    reference: bool
    keyframe: bool


def _example(clip: Clip, encoders: Encoders, mix: TaskMix, task: _Task, random: Random) -> Example:
    total = clip.latents.shape[1]
    start = 0 if task.length in (1, total) or random.random() < 0.5 else int(random.integers(0, total - task.length + 1))
    if task.keyframe:
        start = total - task.length  # the last frame is the one that was kept
    span = slice(start, start + task.length)
    data = clip.latents[None, :, span].float()
    led = random.random() >= mix.drop_both
    reads, hears = led and random.random() >= mix.drop_text, led and random.random() >= mix.drop_audio
    state = conditioned(blank((task.length - 1) * TIME + 1, clip.rate, _size(data)), clip, start, encoders, reads)
    lead = _lead(clip, data, start, mix, random)
    keyframes = [(_time(task.length - 1, clip), _picture(clip, "last", mix, random))] if task.keyframe else []
    state = anchors.apply(state, lead, keyframes)
    if task.reference:
        state = reference.apply(state, _picture(clip, "reference", mix, random))
    mouth, signs = (mask[None, span].float() / 255 for mask in (clip.mouth, clip.signs))
    poses = pose_of(clip, span)
    if clip.sketch is not None:
        state = replace(state, pose=poses, sketch=clip.sketch[None, :, :, span])
    return Example(state if hears else drop_audio(state), data, poses, mouth, signs, clip.sketch is not None)


def conditioned(state: State, clip: Clip, start: int, encoders: Encoders, reads: bool) -> State:
    """A state that hears and, if it `reads`, is told what a clip says from latent frame `start` on."""
    time = _time(start, clip)
    clauses = [moved(clause, -time) for clause in clip.clauses] if reads else []
    state = text.apply(state, clauses, encoders.tokenize, clip.rate)
    return speech.apply(state, clip.voice.float().numpy(), clip.voice_start - time, clip.rate)


def pose_of(clip: Clip, span: slice) -> Tensor:
    """The pose sequence of a clip's latent frames, `1 T 4 N`."""
    return torch.from_numpy(by_latents(clip.pose.numpy())[None, span])


def sketched(clip: Clip, codec: Codec) -> Clip:
    """A clip with the lines of its poses."""
    state = blank(len(clip.pose), clip.rate, _size(clip.latents[None]))
    return replace(clip, sketch=pose.apply(state, pose_of(clip, slice(None)), codec.encode_lines).sketch[0])


def _size(latents: Tensor) -> tuple[int, int, int]:
    return latents.shape[1], latents.shape[3], latents.shape[4]


def _lead(clip: Clip, data: Tensor, start: int, mix: TaskMix, random: Random) -> Tensor | None:
    """The leading latent frames that are given, `1 C t H W`, some degraded; windows inside a clip often go on from something."""
    drawn, length = random.random() * (0.6 if start else 1.0), data.shape[2]
    if length == 1:
        return None
    if drawn < mix.continued:
        return _noised(data[:, :, : int(random.integers(1, max(2, length // 2 + 1)))], mix, random)
    if drawn < mix.continued + mix.first:
        degraded = start == 0 and random.random() < mix.degraded
        return _noised(clip.still("first degraded")[None] if degraded else data[:, :, :1], mix, random)
    return None


def _picture(clip: Clip, name: str, mix: TaskMix, random: Random) -> Tensor:
    """`1 C 1 H W`."""
    return _noised(clip.still(f"{name} degraded" if random.random() < mix.degraded else name)[None], mix, random)


def _noised(latents: Tensor, mix: TaskMix, random: Random) -> Tensor:
    """Given latents with a little noise, sometimes: at inference they are generated."""
    if random.random() >= mix.degraded:
        return latents
    noise = torch.from_numpy(random.standard_normal(latents.shape, np.float32))
    return latents + float(random.uniform(0, _NOISY)) * noise


def _time(frame: int, clip: Clip) -> float:
    return float(latent_times(frame + 1, clip.rate)[-1])
