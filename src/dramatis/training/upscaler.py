"""Training of the upscaler: frames of the native model against the large truth that they should have been.

Absolute errors, of the picture and of its slopes, as the refiner's: where an edge is uncertain they prefer a
sharp one in its most likely place to a soft one. Some pieces are of drawn small frames, which have to be right, too,
and some of drawn ones that were made soft.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import pad

from dramatis.models.upscaler import SCALE, Upscaler, UpscalerConfig
from dramatis.training.large_pairs import INTERVALS, LargePairFile
from dramatis.training.loop import Figures, Trainer, warmed

Random = np.random.Generator


@dataclass(frozen=True)
class Recipe:
    """How the upscaler is trained; `steps` is where its rate ends."""

    rate: float = 1e-3
    warm: int = 100
    steps: int = 2800
    batch: int = 8
    side: int = 32
    """Of the pieces, in pixels of the small frames."""
    choice: int = 4
    """Of so many pieces the one with most edges is shown."""
    clean: float = 0.2
    """How often small frames are drawn."""
    soft: float = 0.35
    """How often they are drawn, and then blurred and noised: the native model is soft where it is unsure, and what it films lies
    beside the truth; here the edge that a blur hides is known exactly.
    """
    blur: float = 1.6
    noise: float = 3.0
    """At most, in pixels and in grey levels, as standard deviations."""
    alone: float = 0.15
    """How often a frame is seen without neighbours, as keyframes are."""
    slopes: float = 1.0
    """What errors of slopes weigh beside those of values."""


@dataclass(frozen=True, eq=False)
class SmallFilm:
    """What is held in memory of a `LargePairFile`: small films `T 3 H W` of 0..255, and where intervals begin."""

    file: LargePairFile
    sampled: Tensor
    truth: Tensor
    starts: Tensor


def build_trainer(files: list[LargePairFile], recipe: Recipe, config: UpscalerConfig | None = None) -> Trainer[Upscaler]:
    """A new upscaler, the same each time."""
    config = config or UpscalerConfig()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model, average = (Upscaler(config) for _ in range(2))
    batch = batches(files, recipe, config.reach)
    return Trainer(model, average, _objective(batch, recipe), warmed(recipe.rate, recipe.warm, recipe.steps))


def continue_trainer(
    model: Upscaler, batch: Callable[[int], tuple[Tensor, ...]], recipe: Recipe, rate: Callable[[int], float]
) -> Trainer[Upscaler]:
    """An upscaler that was trained before goes on, on its own device."""
    return Trainer(model, deepcopy(model), _objective(batch, recipe), rate)


def batches(files: list[LargePairFile], recipe: Recipe, reach: int) -> Callable[[int], tuple[Tensor, ...]]:
    """The batch of a step by its number: `_batch`."""
    films = held(files)
    return lambda number: _batch(films, recipe, reach, np.random.default_rng([37, number]))


def held(files: list[LargePairFile]) -> list[SmallFilm]:
    """The small films of some files, in memory."""
    return [SmallFilm(file, file.whole("sampled"), file.whole("truth"), file.whole("starts")) for file in files]


def _objective(batch: Callable[[int], tuple[Tensor, ...]], recipe: Recipe) -> Callable[[Upscaler, int], tuple[Tensor, Figures]]:
    """The loss of a step."""

    def loss(model: Upscaler, number: int) -> tuple[Tensor, Figures]:
        device = next(model.parameters()).device
        seen, truth = (part.to(device, non_blocking=True) for part in batch(number))
        with torch.autocast(device.type, torch.bfloat16):
            made = model(seen)
        wrong = wrongness(made, truth, recipe.slopes)
        return wrong, {}

    return loss


def wrongness(made: Tensor, truth: Tensor, slopes: float) -> Tensor:
    """Absolute errors of pictures `B 3 H W` and of their slopes."""
    apart = made - truth
    return apart.abs().mean() + slopes / 2 * (apart.diff(dim=-1).abs().mean() + apart.diff(dim=-2).abs().mean())


def _batch(films: list[SmallFilm], recipe: Recipe, reach: int, random: Random) -> tuple[Tensor, Tensor]:
    """Pieces of frames and their neighbours, `B 2*reach+1 3 h w`, and of the large truth, `B 3 H W`, in -1..1."""
    seen, truths = [], []
    for place in random.integers(0, len(films), recipe.batch):
        film, interval, which = films[place], int(random.integers(INTERVALS)), int(random.integers(2))
        kind = random.random()
        shown = film.truth if kind < recipe.clean + recipe.soft else film.sampled
        number = int(film.starts[interval]) + which
        top, left = busiest(edges(film.truth[number]), recipe.side, recipe.choice, random)
        around = 0 if random.random() < recipe.alone else reach
        window = (number + torch.arange(-reach, reach + 1).clamp(-around, around)).clamp(0, len(shown) - 1)
        small = shown[window, :, top : top + recipe.side, left : left + recipe.side]
        if recipe.clean <= kind < recipe.clean + recipe.soft:
            small = _softened(small, recipe, random)
        rows, columns = (slice(SCALE * first, SCALE * (first + recipe.side)) for first in (top, left))
        large = film.file.piece("large", interval, rows, columns)[which]
        flip = random.random() < 0.5
        seen.append(small.flip(-1) if flip else small)
        truths.append(large.flip(-1) if flip else large)
    small, large = (torch.stack(pieces).float() / 127.5 - 1 for pieces in (seen, truths))
    return small, large


def _softened(frames: Tensor, recipe: Recipe, random: Random) -> Tensor:
    """Frames `n 3 h w` of 0..255, blurred and with fine noise."""
    planes = frames.flatten(0, 1).permute(1, 2, 0).numpy().astype(np.float32)
    noise = random.normal(0, random.uniform(0, recipe.noise), planes.shape).astype(np.float32)
    made = cv2.GaussianBlur(planes, (0, 0), random.uniform(0.3, recipe.blur)) + cv2.GaussianBlur(noise, (0, 0), 0.7)
    pixels = torch.from_numpy(np.clip(np.rint(made), 0, 255).astype(np.uint8))
    return pixels.permute(2, 0, 1).reshape(frames.shape)


def busiest(busy: Tensor, side: int, choice: int, random: Random) -> tuple[int, int]:
    """Of `choice` pieces of a map `H W` the corner of the one where most is."""
    most, best = -1.0, (0, 0)
    for _ in range(choice):
        top, left = (int(random.integers(0, length - side + 1)) for length in busy.shape)
        found = float(busy[top : top + side, left : left + side].mean())
        if found > most:
            most, best = found, (top, left)
    return best


def edges(frame: Tensor) -> Tensor:
    """Where a frame `3 H W` of 0..255 has edges, `H W`."""
    values = pad(frame.float(), (0, 1, 0, 1), mode="replicate")
    return (values.diff(dim=1)[..., :-1].abs() + values.diff(dim=2)[:, :-1].abs()).sum(0)
