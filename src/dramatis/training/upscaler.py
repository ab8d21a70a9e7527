"""Training of the upscaler: frames of the native model against the large truth that they should have been.

Absolute errors, of the picture and of its slopes in space and time, as the refiner's: where an edge is uncertain they prefer a
sharp one in its most likely place to a soft one. Some pieces are of drawn small frames, which have to be right, too.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import interpolate

from dramatis.models.upscaler import SCALE, Upscaler, UpscalerConfig
from dramatis.training.large_pairs import INTERVALS, LargePairFile
from dramatis.training.loop import Figures, Trainer, warmed

Random = np.random.Generator


@dataclass(frozen=True)
class Recipe:
    """How the upscaler is trained; `steps` is where its rate ends."""

    rate: float = 1.5e-3
    warm: int = 100
    steps: int = 5000
    batch: int = 3
    """Pairs of neighbouring frames."""
    side: int = 64
    """Of the pieces, in pixels of the small frames."""
    clean: float = 0.25
    """How often small frames are drawn."""
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
        model, average = (Upscaler(config).to(memory_format=torch.channels_last) for _ in range(2))
    films = [SmallFilm(file, file.whole("sampled"), file.whole("truth"), file.whole("starts")) for file in files]
    return Trainer(model, average, _objective(films, recipe, config.reach), warmed(recipe.rate, recipe.warm, recipe.steps))


def _objective(films: list[SmallFilm], recipe: Recipe, reach: int) -> Callable[[Upscaler, int], tuple[Tensor, Figures]]:
    """The loss of a step, and for comparison that of bicubic interpolation."""

    def loss(model: Upscaler, number: int) -> tuple[Tensor, Figures]:
        seen, truth = _batch(films, recipe, reach, np.random.default_rng([37, number]))
        with torch.autocast("cpu", torch.bfloat16):
            made = model(seen.flatten(0, 1))
        wrong = wrongness(made.view_as(truth), truth, recipe.slopes)
        with torch.no_grad():
            simple = interpolate(seen[:, :, reach].flatten(0, 1), scale_factor=SCALE, mode="bicubic")
            before = wrongness(simple.view_as(truth), truth, recipe.slopes)
        return wrong, {"before": float(before)}

    return loss


def wrongness(made: Tensor, truth: Tensor, slopes: float) -> Tensor:
    """Absolute errors of frames `B T 3 H W` and of their slopes in space, and in time if there are several."""
    apart = made - truth
    axes = [axis for axis in (1, 3, 4) if apart.shape[axis] > 1]
    return apart.abs().mean() + slopes * sum((apart.diff(dim=axis).abs().mean() for axis in axes), torch.tensor(0.0)) / 3


def _batch(films: list[SmallFilm], recipe: Recipe, reach: int, random: Random) -> tuple[Tensor, Tensor]:
    """Pieces of films around pairs of frames, `B 2 2*reach+1 3 h w`, and the large truth, `B 2 3 H W`, in -1..1."""
    seen, truths = [], []
    for place in random.integers(0, len(films), recipe.batch):
        film, interval = films[place], int(random.integers(INTERVALS))
        shown = film.truth if random.random() < recipe.clean else film.sampled
        top, left = (int(random.integers(0, shown.shape[axis] - recipe.side + 1)) for axis in (2, 3))
        piece = shown[..., top : top + recipe.side, left : left + recipe.side]
        around = 0 if random.random() < recipe.alone else reach
        offsets = torch.arange(-reach, reach + 1).clamp(-around, around)
        both = int(film.starts[interval]) + torch.arange(2)
        seen.append(piece[(both[:, None] + offsets).clamp(0, len(shown) - 1)])
        rows, columns = (slice(SCALE * first, SCALE * (first + recipe.side)) for first in (top, left))
        truths.append(film.file.piece("large", interval, rows, columns))
    small, large = (torch.stack(pieces).float() / 127.5 - 1 for pieces in (seen, truths))
    if random.random() < 0.5:
        return small.flip(-1), large.flip(-1)
    return small, large
