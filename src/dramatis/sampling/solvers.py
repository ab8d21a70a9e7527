"""Solvers of `dx/dsigma = f(x, sigma)` from the first of the levels to the last; they know no network and no video.

Each is a function of `f`, the state at the first level, and the levels, which fall. Progress and cancelling are `f`'s business.
"""

import math
from itertools import pairwise

from jaxtyping import Float
from torch import Tensor

from dramatis.sampling.path import Velocity


def euler(velocity: Velocity, x: Float[Tensor, "*shape"], sigmas: Float[Tensor, " _"]) -> Float[Tensor, "*shape"]:
    """Euler's method: first order, one call a step."""
    for sigma, following in pairwise(sigmas.tolist()):
        x = x + (following - sigma) * velocity(x, sigma)
    return x


def unipc(velocity: Velocity, x: Float[Tensor, "*shape"], sigmas: Float[Tensor, " _"]) -> Float[Tensor, "*shape"]:
    """UniPC of order 2 that predicts data (Zhao et al. 2023, arXiv 2302.04867; its variant B2), one call a step.

    The first level is below 1. Each call also corrects the step before it; the last step is of first order.
    """
    levels = sigmas.tolist()
    data: list[Tensor] = []
    before = x
    for step, (sigma, following) in enumerate(pairwise(levels)):
        data = [*data[-2:], x - sigma * velocity(x, sigma)]
        if step:
            x = _corrected(before, data, levels[max(0, step - 2) : step + 1])
        before, second = x, step > 0 and step + 2 < len(levels)
        x = _predicted(x, data[-2:] if second else data[-1:], levels[step - second : step + 1], following)
    return x


def _predicted(x: Tensor, data: list[Tensor], levels: list[float], sigma: float) -> Tensor:
    """From the last of the levels, where `x` is, to `sigma`; `data` are the predictions at the levels."""
    if sigma == 0:
        return data[-1]
    step = _Step(levels[-1], sigma)
    slope = (data[0] - data[1]) * (0.5 / step.place(levels[0])) if len(data) > 1 else 0.0
    return step.reached(x, data[-1], slope)


def _corrected(before: Tensor, data: list[Tensor], levels: list[float]) -> Tensor:
    """The last step once more, from `before` at the last level but one, now that data was predicted at its end, too."""
    step = _Step(levels[-2], levels[-1])
    ahead = data[-1] - data[-2]
    if len(levels) < 3:
        return step.reached(before, data[-2], 0.5 * ahead)
    place = step.place(levels[-3])
    first, second = step.moments
    at_end = (second - place * first) / (1 - place)
    return step.reached(before, data[-2], (first - at_end) / place * (data[-3] - data[-2]) + at_end * ahead)


class _Step:
    """A step from one level to a lower one, in the logarithm of signal to noise, in which the solution is nearly linear."""

    def __init__(self, start: float, end: float) -> None:
        self._start, self._shrunk, self._signal = _log_ratio(start), end / start, 1 - end
        self._length = _log_ratio(end) - self._start
        self._decay = math.expm1(-self._length)

    def place(self, level: float) -> float:
        """Where a level lies: 0 at the start of the step, 1 at its end."""
        return (_log_ratio(level) - self._start) / self._length

    @property
    def moments(self) -> tuple[float, float]:
        """What the weights of two slopes add up to, plainly and by their places."""
        first = (-self._decay / self._length - 1) / self._decay
        return first, 2 * (-(first * self._decay) / self._length - 0.5) / self._decay

    def reached(self, x: Tensor, data: Tensor, slope: Tensor | float) -> Tensor:
        """`x` at the end of the step, if data begins as `data` and changes by `slope`."""
        return self._shrunk * x - self._signal * self._decay * (data + slope)


def _log_ratio(level: float) -> float:
    return math.log(1 - level) - math.log(level)
