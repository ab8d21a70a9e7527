"""Training of the codec: crops of drawn clips, most of them of faces.

A codec begins as the principal components of the stage, and its blocks, if it has any, learn the rest. The loss is the squared
error of pixels, of their differences in space (edges) and in time (flicker), with more weight on mouths and heads; a small KL
term keeps the latents near a unit Gaussian, for the transformer to learn. (Absolute errors of edges blur: where an edge is
uncertain, none is their best guess.) Once latents are kept for the transformer, the encoder stays as it is and the decoder goes
on alone.
"""

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dramatis.models.codec import Codec, save
from dramatis.take import Event, OnEvent
from dramatis.training.components import Drawn, with_components
from dramatis.training.loop import Figures, Student, reached, run, warmed
from dramatis.training.reservoir import Reservoir, Stock

SHAPE = (9, 144, 256)
"""Frames, height and width of the clips that are drawn."""
LENGTH = 2.75  # s of the scripts
BEGINNING = 400
"""Clips whose principal components a codec begins with."""
_TOLD = 20  # clips
RATE, STEPS = 3e-4, 8000
FUZZ = 0.05
"""Noise on normalised latents that a decoder alone is trained with: a transformer's latents are never exact."""

Batch = tuple[Tensor, Tensor]
"""Frames `B T 3 H W` in [-1, 1], and the weight of each pixel `B T 1 H W`."""


@dataclass(frozen=True)
class Lesson:
    """What a step looks at: crops of `side` pixels, `frames` long, `crops` of them."""

    side: int
    frames: int
    crops: int


STILLS, CLIPS, LONG = Lesson(96, 1, 24), Lesson(96, 5, 6), Lesson(96, 9, 3)


@dataclass(frozen=True)
class Weights:
    """Of the terms of the loss, and of pixels of a mouth and a head (above 1)."""

    edges: float = 1.0
    flicker: float = 1.0
    kl: float = 1e-3
    mouth: float = 5.0
    head: float = 2.0


def lesson_of(step: int) -> Lesson:
    """Short and long clips in turn, and stills among them: every film begins with one."""
    return STILLS if step % 8 == 0 else LONG if step % 2 else CLIPS


def batch_of(reservoir: Reservoir, lesson: Lesson, step: int) -> Batch:
    """The crops that a step sees: three of four look at a head, the others anywhere."""
    rng = np.random.default_rng((7, step))
    window = reservoir.stock.window(step)
    numbers = rng.integers(window.start, window.stop, lesson.crops)
    crops = [_crop(frames, boxes, lesson, rng) for frames, boxes in reservoir.clips(step, numbers)]
    frames = torch.from_numpy(np.stack([frames for frames, _ in crops])).movedim(-1, 2).float() / 127.5 - 1
    return frames, torch.from_numpy(np.stack([weight for _, weight in crops]))[:, :, None]


def _crop(
    frames: NDArray[np.uint8], boxes: NDArray[np.float32], lesson: Lesson, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A crop `T S S 3`, and 1, 2 or 3 for each of its pixels: anywhere, head, mouth."""
    first = int(rng.integers(0, len(frames) - lesson.frames + 1))
    frames, boxes = frames[first : first + lesson.frames], boxes[first : first + lesson.frames]
    height, width = frames.shape[1:3]
    side = min(lesson.side, height, width)
    middle = boxes[len(boxes) // 2, 1].reshape(2, 2).mean(0) + rng.normal(0, side / 6, 2)
    anywhere = rng.uniform(0, (width, height))
    x, y = np.clip((middle if rng.random() < 0.75 else anywhere) - side / 2, 0, (width - side, height - side)).astype(int)
    marks = np.ones((lesson.frames, side, side), np.float32)
    for mark, (mouth, head) in zip(marks, boxes, strict=True):
        for value, box in ((2, head), (3, mouth)):
            left, top, right, bottom = np.round(box - (x, y, x, y)).astype(int)
            mark[max(0, top - 2) : max(0, bottom + 2), max(0, left - 2) : max(0, right + 2)] = value
    cut = frames[:, y : y + side, x : x + side]
    return (cut[:, :, ::-1], marks[:, :, ::-1].copy()) if rng.random() < 0.5 else (cut, marks)


def draw(number: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A clip of the native repertoire by its number, with boxes of a mouth and a head in every frame."""
    from dramatis.stage.play.script import NATIVE
    from dramatis.stage.play.script_writer import write
    from dramatis.stage.theatre import Theatre

    rng = np.random.default_rng((11, number))
    script = write(NATIVE, number, "train", LENGTH)
    times = rng.uniform(0, LENGTH - SHAPE[0] / 12) + np.arange(SHAPE[0]) / rng.choice((12, 12, 16, 24))
    frames, truth = Theatre(script).film((SHAPE[2], SHAPE[1]), times)
    return frames, np.stack([truth.mouths[:, 0], truth.heads[:, 0]], 1)


class Learner(nn.Module):
    """What is optimised: the codec, or its decoder alone."""

    def __init__(self, codec: Codec, frozen: bool) -> None:
        super().__init__()
        self.codec = codec
        codec.encoder.requires_grad_(not frozen)
        for linear in (codec.encoder.linear, codec.decoder.linear):
            linear.requires_grad_(False)
        self.frozen = frozen

    def forward(self, frames: Tensor, noise: torch.Generator) -> tuple[Tensor, Tensor]:
        """Frames [B, T, 3, H, W] -> the same through latents with noise, and the KL term in nats a latent."""
        with torch.set_grad_enabled(not self.frozen):
            mean, spread, _ = self.codec.encoder(frames)
        if self.frozen:
            return self.codec.decoder(mean + FUZZ * _channels(self.codec.std) * _normal(mean, noise))[0], mean.new_zeros(())
        kl = 0.5 * (mean.square() + spread.exp() - 1 - spread).mean()
        return self.codec.decoder(mean + (0.5 * spread).exp() * _normal(mean, noise))[0], kl


def objective(reservoir: Reservoir, weights: Weights = Weights()) -> Callable[[nn.Module, int], tuple[Tensor, Figures]]:
    """The loss of a `Learner` in a step."""

    def loss_of(learner: nn.Module, step: int) -> tuple[Tensor, Figures]:
        frames, marks = batch_of(reservoir, lesson_of(step), step)
        with torch.autocast("cpu", torch.bfloat16):
            made, kl = learner(frames, torch.Generator().manual_seed(step))
        scale = 1 + weights.head * (marks >= 2) + (weights.mouth - weights.head) * (marks >= 3)
        error = made - frames
        pixels = (error.square() * scale).mean()
        edges = _across(error, scale, -1) + _across(error, scale, -2)
        flicker = _across(error, scale, 1) if frames.shape[1] > 1 else error.new_zeros(())
        loss = 10 * (pixels + weights.edges * edges + weights.flicker * flicker) + weights.kl * kl
        power = error.detach().square()
        mouth = (power * (marks >= 3)).sum() / (3 * (marks >= 3).sum()).clamp_min(1)
        return loss, {
            "psnr": _decibels(power.mean()),
            "mouth": _decibels(mouth),
            "kl": float(kl.detach()),
            "frames": frames.shape[1],
        }

    return loss_of


def train(codec: Codec, folder: Path, minutes: float, on_event: OnEvent, frozen: bool = False) -> Codec:
    """Train a codec for some minutes more, from where `folder` stands, and keep the average of its weights.

    With `frozen`, the encoder and the statistics stay as they are.
    """
    if not frozen and not reached(folder):
        codec = with_components(codec, _drawn(BEGINNING, on_event))
    if not any(codec.config.encoder_blocks + codec.config.decoder_blocks):
        return codec  # there is no network in it
    stock = Stock(SHAPE)
    rate = warmed(RATE, 100, STEPS)
    learner, average = Learner(codec, frozen), Learner(copy.deepcopy(codec), frozen)
    with Reservoir(stock, draw, reached(folder)) as reservoir:
        run(Student(learner, average, objective(reservoir), rate), folder, minutes, on_event)
    save(folder / "codec.safetensors", average.codec)
    return average.codec


def _drawn(count: int, on_event: OnEvent) -> Iterator[Drawn]:
    for number in range(count):
        yield draw(number)
        if (number + 1) % _TOLD == 0:
            on_event(Event("drawing", number + 1, count, f"{number + 1} of {count} clips for the principal components"))


@torch.no_grad()
def with_statistics(codec: Codec, clips: Iterable[Tensor]) -> Codec:
    """The codec, with latents of mean 0 and variance 1 over these clips [B, 4k + 1, 3, H, W]."""
    latents = torch.cat([codec.encoder(clip)[0].transpose(0, 1).flatten(1) for clip in clips], 1)
    codec.mean.copy_(latents.mean(1))
    codec.std.copy_(latents.std(1))
    return codec


def _across(error: Tensor, scale: Tensor, dim: int) -> Tensor:
    length = error.shape[dim] - 1
    return (error.diff(dim=dim).square() * scale.narrow(dim, 0, length)).mean()


def _decibels(power: Tensor) -> float:
    return float(10 * torch.log10(4 / power.clamp_min(1e-9)))


def _normal(like: Tensor, noise: torch.Generator) -> Tensor:
    return torch.randn(like.shape, generator=noise)


def _channels(values: Tensor) -> Tensor:
    return values[:, None, None, None]
