"""Training of the mouth finder: frames of the transformer and of the truth, as the refiner's, and where their mouths are."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from dramatis.models.mouth_finder import STEP, MouthFinder, MouthFinderConfig
from dramatis.models.pose_sequence import POINTS, SUMS
from dramatis.training.loop import Figures, Trainer, warmed
from dramatis.training.refiner import Pair

Random = np.random.Generator
_AROUND = np.array([0.25, 0.3, 0.25, 0.4], np.float32)  # of a mouth's width: what moves with it on the left, above, right, below
_CORNERS = [POINTS.index(f"mouth_{side}") for side in ("left", "right", "top", "bottom")]


@dataclass(frozen=True)
class Recipe:
    """How the mouth finder is trained; `steps` is where its rate ends."""

    rate: float = 2e-3
    warm: int = 20
    steps: int = 400
    batch: int = 8
    clean: float = 0.5
    """How often frames are drawn."""
    mouths: float = 5.0
    """What a cell of a mouth weighs beside another one."""


def build_trainer(films: list[Pair], recipe: Recipe, config: MouthFinderConfig | None = None) -> Trainer[MouthFinder]:
    """A new mouth finder, the same each time."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model, average = (MouthFinder(config or MouthFinderConfig()) for _ in range(2))
    return Trainer(model, average, _objective(films, recipe), warmed(recipe.rate, recipe.warm, recipe.steps))


def _objective(films: list[Pair], recipe: Recipe) -> Callable[[MouthFinder, int], tuple[Tensor, Figures]]:
    """The loss of a step, and how much of mouths and of what is found is in both."""

    def loss(model: MouthFinder, number: int) -> tuple[Tensor, Figures]:
        device = model.proj_out.weight.device
        frames, truth = (part.to(device) for part in _batch(films, recipe, np.random.default_rng([47, number])))
        with torch.autocast(device.type, torch.bfloat16):
            found = model.logits(frames)
        wrong = binary_cross_entropy_with_logits(found, truth, pos_weight=torch.tensor(recipe.mouths, device=device))
        both, either = ((found > 0) & (truth > 0.5)).sum(), ((found > 0) | (truth > 0.5)).sum()
        return wrong, {"overlap": float(both / either.clamp(min=1))}

    return loss


def _batch(films: list[Pair], recipe: Recipe, random: Random) -> tuple[Tensor, Tensor]:
    """Frames `B 3 H W` in -1..1 and how much of each cell is a mouth, `B 1 rows columns`."""
    frames, shares = [], []
    for place in random.integers(0, len(films), recipe.batch):
        film, number = films[place], int(random.integers(len(films[place].truth)))
        shown = (film.truth if random.random() < recipe.clean else film.sampled)[number]
        share = torch.from_numpy(_share(film.pose[number].numpy(), (shown.shape[-2], shown.shape[-1])))
        flip = random.random() < 0.5
        frames.append(shown.flip(-1) if flip else shown)
        shares.append(share.flip(-1) if flip else share)
    return torch.stack(frames).float() / 127.5 - 1, torch.stack(shares)[:, None]


def _share(pose: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """How much of each cell the mouth of a pose `N` covers, with what moves around it, in a picture of `size` (height, width)."""
    places = (SUMS @ pose[: 2 * len(POINTS)].reshape(-1, 2))[_CORNERS] * size[0] + np.array(size[::-1]) / 2
    wide = float(np.hypot(*(places[1] - places[0])))
    box = np.concatenate((places.min(0), places.max(0))) + wide * np.array([-1, -1, 1, 1]) * _AROUND
    rows, columns = (_covered(box[axis], box[axis + 2], size[1 - axis] // STEP) for axis in (1, 0))
    return np.asarray(rows[:, None] * columns, np.float32)


def _covered(low: float, high: float, cells: int) -> NDArray[np.float32]:
    """How much of each cell lies between two places in pixels."""
    edges = STEP * np.arange(cells)
    return np.clip((np.minimum(edges + STEP, high) - np.maximum(edges, low)) / STEP, 0, 1).astype(np.float32)
