"""Guidance over several conditions, each with a scale of its own (Ho and Salimans 2022, arXiv 2207.12598).

A condition's negative is the same video without it: no words, no voice, or a corrupted reference (arXiv 2512.13313).
Each scale that is not 1 costs one more network call.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from torch import Tensor

from dramatis.sampling.path import Velocity

Together = Callable[[Sequence[Callable[[], Tensor]]], list[Tensor]]
"""Calculates passes of a network for the same video: one after the other, or each somewhere else."""


@dataclass(frozen=True, eq=False)
class Negative:
    """The velocity without one condition, and how much that condition counts: 0 not at all, 1 as it is, more: exaggerated.

    `interval`: noise levels (low, high) at which it is asked for; elsewhere the condition counts as it is (Kynkäänniemi et al.
    2024, arXiv 2404.07724).
    """

    velocity: Velocity
    scale: float
    interval: tuple[float, float] = (0.0, 1.0)

    def counts(self, sigma: float) -> bool:
        """Whether it changes anything at this noise level."""
        return self.scale != 1 and self.interval[0] <= sigma <= self.interval[1]


def guided(velocity: Velocity, negatives: Sequence[Negative]) -> Velocity:
    """`v + sum (scale - 1) (v - v_without)`: away from each negative by its own scale."""

    def steered(x: Tensor, sigma: float) -> Tensor:
        full = velocity(x, sigma)
        away = [(one.scale - 1) * (full - one.velocity(x, sigma)) for one in negatives if one.counts(sigma)]
        return sum(away, full)

    return steered


def one_by_one(passes: Sequence[Callable[[], Tensor]]) -> list[Tensor]:
    """What each pass of a network gives."""
    return [one() for one in passes]


def stepwise(velocity: Velocity, negatives: Sequence[Negative], together: Together = one_by_one) -> Velocity:
    """`v + sum (scale_k - 1) (v_(k-1) - v_k)`: each negative lacks what the one before it lacks, and more (arXiv 2508.14033).

    With one negative it is `guided`. Negatives that count for nothing are left out by the caller, since others build on them.
    `together` calculates all passes of a step.
    """

    def steered(x: Tensor, sigma: float) -> Tensor:
        full, *less = together([partial(one, x, sigma) for one in (velocity, *(one.velocity for one in negatives))])
        made = full
        for one, (more, without) in zip(negatives, pairwise([full, *less]), strict=True):
            made = made + (one.scale - 1) * (more - without)
        return made

    return steered


def by_level(high: Velocity, low: Velocity, boundary: float) -> Velocity:
    """Two experts: one for noise levels from `boundary` on, the other for those below it (Wan 2.2)."""

    def chosen(x: Tensor, sigma: float) -> Tensor:
        return (high if sigma >= boundary else low)(x, sigma)

    return chosen
