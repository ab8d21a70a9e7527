"""Examples: clips of the stage as takes whose answer is known, of every task that the network must do.

A batch is of one size and one task's shape; what is given, dropped and spoilt is drawn anew for each example. Everything is drawn
from the number of the step, so a run that is resumed sees what it would have seen.
"""

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from dramatis.conditioning.assemble import Assembled, Encoders, Parts, arranged
from dramatis.conditioning.windows import STEP, by_latents, latent_times
from dramatis.conditioning.words import moved
from dramatis.training.clips import Clip, Shelves

Random = np.random.Generator
_NOISY = 0.1  # standard deviation of noise on given latents, at most


@dataclass(frozen=True)
class Diet:
    """How often what is trained. `lengths` are latent frames of a window with their share of the steps; `tokens` is how many
    tokens a batch has, about; the others are probabilities.
    """

    lengths: tuple[tuple[int, float], ...] = ((1, 0.2), (5, 0.15), (9, 0.65))
    tokens: int = 1200
    reference: float = 0.25
    keyframe: float = 0.15
    first: float = 0.4
    continued: float = 0.15
    spoilt: float = 0.4
    wordless: float = 0.1
    deaf: float = 0.1
    neither: float = 0.08
    """How often there are no words and no voice: what guidance leads away from."""


@dataclass(frozen=True, eq=False)
class Example:
    """A take's conditions, its answer `C T H W`, where mouths and other signs are in it `T H W`, and whether it hears its voice
    (or the null).
    """

    given: Assembled
    answer: Tensor
    mouth: Tensor
    signs: Tensor
    hears: bool


def examples(clips: Shelves, encoders: Encoders, diet: Diet, number: int) -> list[Example]:
    """The examples of a step: all of one size and with the same segments."""
    random = np.random.default_rng([7, number])
    lengths, shares = zip(*diet.lengths, strict=True)
    length = min(int(random.choice(lengths, p=np.array(shares) / sum(shares))), max(size[0] for size in clips))
    sizes = sorted(size for size in clips if size[0] >= length)
    counts = np.array([len(clips[size]) for size in sizes], float)
    shelf = clips[sizes[random.choice(len(sizes), p=counts / counts.sum())]]
    with_reference = random.random() < diet.reference
    with_keyframe = length > 1 and random.random() < diet.keyframe
    rows, columns = shelf[0].latents.shape[-2:]
    count = max(1, round(diet.tokens / (rows * columns * (length + with_reference + with_keyframe))))
    chosen = random.choice(len(shelf), count, replace=count > len(shelf))
    return [_example(shelf[place], encoders, diet, _Task(length, with_reference, with_keyframe), random) for place in chosen]


@dataclass(frozen=True)
class _Task:
    length: int
    reference: bool
    keyframe: bool


def _example(clip: Clip, encoders: Encoders, diet: Diet, task: _Task, random: Random) -> Example:
    total = clip.latents.shape[1]
    start = 0 if task.length in (1, total) or random.random() < 0.5 else int(random.integers(0, total - task.length + 1))
    if task.keyframe:
        start = total - task.length  # the last frame is the one that was kept
    answer = clip.latents[:, start : start + task.length].float()
    led = random.random() >= diet.neither
    reads, hears = led and random.random() >= diet.wordless, bool(led and random.random() >= diet.deaf)
    parts = replace(
        parts_of(clip, start, task.length, reads),
        grid=(answer.shape[0], answer.shape[2], answer.shape[3]),
        lead=_lead(clip, answer, start, diet, random),
        keyframes=((_time(task.length - 1, clip), _picture(clip, "last", diet, random)),) if task.keyframe else (),
        references=(_picture(clip, "reference", diet, random),) if task.reference else (),
    )
    mouth, signs = (mask[start : start + task.length].float() / 255 for mask in (clip.mouth, clip.signs))
    return Example(arranged(parts, encoders), answer, mouth, signs, hears)


def parts_of(clip: Clip, start: int, length: int, reads: bool) -> Parts:
    """A window of a clip, `length` latent frames from `start` on: what is heard, done and, if it `reads`, said; no pictures."""
    time = _time(start, clip)
    return Parts(
        frames=(length - 1) * STEP + 1,
        rate=clip.rate,
        grid=(1, 1, 1),
        clauses=tuple(moved(clause, -time) for clause in clip.clauses) if reads else (),
        voice=clip.voice.float().numpy(),
        voice_start=clip.voice_start - time,
        performance=by_latents(clip.performance.numpy())[start : start + length],
    )


def _lead(clip: Clip, answer: Tensor, start: int, diet: Diet, random: Random) -> Tensor | None:
    """The leading latent frames that are given, some of them spoilt; windows inside a clip often go on from something."""
    drawn, length = random.random() * (0.6 if start else 1.0), answer.shape[1]
    if length == 1:
        return None
    if drawn < diet.continued:
        return _shaken(answer[:, : int(random.integers(1, max(2, length // 2 + 1)))], diet, random)
    if drawn < diet.continued + diet.first:
        spoilt = start == 0 and random.random() < diet.spoilt
        return _shaken(clip.still("first spoilt") if spoilt else answer[:, :1], diet, random)
    return None


def _picture(clip: Clip, name: str, diet: Diet, random: Random) -> Tensor:
    return _shaken(clip.still(f"{name} spoilt" if random.random() < diet.spoilt else name), diet, random)


def _shaken(latents: Tensor, diet: Diet, random: Random) -> Tensor:
    """Given latents with a little noise, sometimes: at inference they are generated."""
    if random.random() >= diet.spoilt:
        return latents
    noise = torch.from_numpy(random.standard_normal(latents.shape, np.float32))
    return latents + float(random.uniform(0, _NOISY)) * noise


def _time(frame: int, clip: Clip) -> float:
    return float(latent_times(frame + 1, clip.rate)[-1])
