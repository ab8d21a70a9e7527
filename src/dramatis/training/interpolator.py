"""Training of the interpolator: small frames show what moves, and warp the large truth to what lies between.

Half of the small frames are the native model's own, half are drawn; the pictures that are warped are the truth, twice as large,
since flows have to be right to a fraction of a small pixel.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, interpolate

from dramatis.models.interpolator import Interpolator, InterpolatorConfig, warp
from dramatis.training.large_pairs import BETWEEN_SCALE, INTERVALS, SCALE, STEPS, LargePairFile
from dramatis.training.loop import Figures, Trainer, warmed
from dramatis.training.upscaler import SmallFilm, busiest, held, wrongness

Random = np.random.Generator
_SCALE = 2  # of the pictures that are warped


@dataclass(frozen=True)
class Recipe:
    """How the interpolator is trained; `steps` is where its rate ends."""

    rate: float = 1e-3
    warm: int = 100
    steps: int = 2400
    batch: int = 4
    side: int = 96
    """Of the pieces, in pixels of the small frames."""
    choice: int = 3
    """Of so many pieces the one that moves most is shown."""
    clean: float = 0.5
    """How often small frames are drawn."""
    slopes: float = 1.0
    """What errors of slopes weigh beside those of values."""


def build_trainer(files: list[LargePairFile], recipe: Recipe, config: InterpolatorConfig | None = None) -> Trainer[Interpolator]:
    """A new interpolator, the same each time."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model, average = (Interpolator(config or InterpolatorConfig()) for _ in range(2))
    batch = batches(files, recipe)
    return Trainer(model, average, _objective(batch, recipe), warmed(recipe.rate, recipe.warm, recipe.steps))


def continue_trainer(
    model: Interpolator, batch: Callable[[int], tuple[Tensor, ...]], recipe: Recipe, rate: Callable[[int], float]
) -> Trainer[Interpolator]:
    """An interpolator that was trained before goes on, on its own device."""
    return Trainer(model, deepcopy(model), _objective(batch, recipe), rate)


def batches(files: list[LargePairFile], recipe: Recipe) -> Callable[[int], tuple[Tensor, ...]]:
    """The batch of a step by its number: `_batch`."""
    films = held(files)
    return lambda number: _batch(films, recipe, np.random.default_rng([41, number]))


def between(first: Tensor, second: Tensor, flows: Tensor, share: Tensor) -> Tensor:
    """What lies between two pictures `B 3 H W`, which may be larger than the flows and the first one's share are."""
    scale = first.shape[-1] / flows.shape[-1]
    grown = [interpolate(part, first.shape[-2:], mode="bilinear", align_corners=False) for part in (scale * flows, share)]
    return grown[1] * warp(first, grown[0][:, :2]) + (1 - grown[1]) * warp(second, grown[0][:, 2:])


def _objective(
    batch: Callable[[int], tuple[Tensor, ...]], recipe: Recipe
) -> Callable[[Interpolator, int], tuple[Tensor, Figures]]:
    """The loss of a step, and for comparison that of a cross-fade."""

    def loss(model: Interpolator, number: int) -> tuple[Tensor, Figures]:
        device = next(model.parameters()).device
        small, at, large, truth = (part.to(device, non_blocking=True) for part in batch(number))
        with torch.autocast(device.type, torch.bfloat16):
            flows, share = model(small[:, 0], small[:, 1], at[:, None, None, None].expand(-1, 1, *small.shape[-2:]))
        made = between(large[:, 0], large[:, 1], flows, share)
        wrong = wrongness(made, truth, recipe.slopes)
        with torch.no_grad():
            faded = wrongness(torch.lerp(large[:, 0], large[:, 1], at[:, None, None, None]), truth, recipe.slopes)
        return wrong, {"before": float(faded)}

    return loss


def _batch(films: list[SmallFilm], recipe: Recipe, random: Random) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Two small frames `B 2 3 h w`, the instant `B`, the same frames of the large truth `B 2 3 H W`, and the truth between
    them, `B 3 H W`, in -1..1.
    """
    small, large, truths, at = [], [], [], []
    for place in random.integers(0, len(films), recipe.batch):
        film, interval, step = films[place], int(random.integers(INTERVALS)), int(random.integers(1, STEPS))
        shown = film.truth if random.random() < recipe.clean else film.sampled
        start = int(film.starts[interval])
        moved = film.truth[start : start + 2].float().diff(dim=0)[0].abs().sum(0)
        top, left = busiest(moved, recipe.side, recipe.choice, random)
        small.append(shown[start : start + 2, :, top : top + recipe.side, left : left + recipe.side])
        both = film.file.piece("large", interval, *_scaled(SCALE, recipe.side, top, left))
        large.append(avg_pool2d(both.float(), SCALE // _SCALE))
        middle = film.file.piece("between", interval, *_scaled(BETWEEN_SCALE, recipe.side, top, left))[step - 1]
        backwards = random.random() < 0.5
        if backwards:
            small[-1], large[-1] = small[-1].flip(0), large[-1].flip(0)
        truths.append(avg_pool2d(middle.float(), BETWEEN_SCALE // _SCALE))
        at.append(1 - step / STEPS if backwards else step / STEPS)
    signals = [torch.stack(pieces).float() / 127.5 - 1 for pieces in (small, large, truths)]
    return signals[0], torch.tensor(at), signals[1], signals[2]


def _scaled(scale: int, side: int, top: int, left: int) -> tuple[slice, slice]:
    """Rows and columns of a piece in a picture that is so many times as large."""
    return slice(scale * top, scale * (top + side)), slice(scale * left, scale * (left + side))
