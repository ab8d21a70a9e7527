"""Filming the stage for training: a script becomes a clip, drawn, encoded, and spoilt where generated pictures would be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dramatis.clock import Rate
from dramatis.conditioning.windows import STEP
from dramatis.conditioning.words import Clause
from dramatis.models.codec import SPACE, Codec
from dramatis.stage.script import Script, Shooting
from dramatis.stage.theatre import Theatre
from dramatis.training.clips import Clip

Pixels = NDArray[np.uint8]
Random = np.random.Generator
_AROUND = 0.35  # of a mouth's size: what belongs to it around its box


@dataclass(frozen=True, eq=False)
class Scene:
    """What is filmed: a script, its caption, and the features of its voice (`N F` at 50 Hz from `voice_start` seconds on)."""

    script: Script
    clauses: tuple[Clause, ...]
    voice: NDArray[np.float32]
    voice_start: float = 0.0


def filmed(scene: Scene, size: tuple[int, int], frames: int, codec: Codec, random: Random, rate: Rate = Rate(12)) -> Clip:
    """The first `frames` frames of a scene at `size` (width, height), encoded."""
    times = np.arange(frames) * (rate.per / rate.frames)
    film, truth = Theatre(scene.script).film(size, times)
    portrait, _ = Theatre(_at_rest(scene.script)).film(size, random.uniform(0, scene.script.seconds, 1))
    pictures = [spoilt(film[0], random), film[-1], spoilt(film[-1], random), portrait[0], spoilt(portrait[0], random)]
    with torch.inference_mode():
        latents = codec.encode(_tensor(film)[None])[0]
        stills = codec.encode(_tensor(np.stack(pictures))[:, None])[:, :, 0]
    return Clip(
        latents=latents,
        stills=stills,
        voice=torch.from_numpy(scene.voice),
        mouth=torch.from_numpy(mouths(truth.mouths, (latents.shape[2], latents.shape[3]))),
        clauses=scene.clauses,
        rate=rate,
        voice_start=scene.voice_start,
    )


def spoilt(picture: Pixels, random: Random) -> Pixels:
    """A picture as a drifting generator would give it: blurred, shifted in colour and contrast, noisy."""
    value = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), random.uniform(0.4, 1.4))
    value = (value - 128) * random.uniform(0.88, 1.12) + 128 + random.normal(0, 6, 3)
    value += random.normal(0, random.uniform(0, 6), value.shape)
    return np.clip(value, 0, 255).astype(np.uint8)


def mouths(boxes: NDArray[np.float32], grid: tuple[int, int]) -> NDArray[np.float32]:
    """How much of each latent is mouth, `T rows columns` in 0..1, from boxes `frames P 4` in pixels."""
    count = (len(boxes) - 1) // STEP + 1
    shares = np.zeros((count, *grid), np.float32)
    for number, cast in enumerate(boxes):
        for left, top, right, bottom in cast / SPACE:
            across, down = _AROUND * (right - left), _AROUND * (bottom - top)
            row = _covered(top - down, bottom + down, grid[0])
            column = _covered(left - across, right + across, grid[1])
            place = -(-number // STEP)
            shares[place] = np.maximum(shares[place], row[:, None] * column[None])
    return shares


def _covered(low: float, high: float, count: int) -> NDArray[np.float32]:
    """How much of each unit interval from 0 to `count` lies between `low` and `high`."""
    edges = np.arange(count)
    return np.clip(np.minimum(edges + 1, high) - np.maximum(edges, low), 0, 1).astype(np.float32)


def _at_rest(script: Script) -> Script:
    """The same people in the same place, calm, silent, seen by a camera that stands."""
    parts = tuple(replace(part, moods=(), doings=(), speech=()) for part in script.parts)
    return replace(script, parts=parts, camera=Shooting())


def _tensor(frames: Pixels | Sequence[Pixels]) -> Tensor:
    """`T 3 H W` in -1..1."""
    return torch.from_numpy(np.ascontiguousarray(frames)).permute(0, 3, 1, 2).float() / 127.5 - 1
