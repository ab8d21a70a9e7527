"""Solvers of `dx/dsigma = f(x, sigma)` from the first of the levels to the last; they know no network and no film.

Each is a function of `f`, the state at the first level, and the levels, which fall. Progress and cancelling are `f`'s business.
"""

import math
from collections.abc import Callable
from itertools import pairwise

from torch import Tensor

from dramatis.sampling.path import Velocity

Solver = Callable[[Velocity, Tensor, Tensor], Tensor]


def euler(velocity: Velocity, x: Tensor, sigmas: Tensor) -> Tensor:
    """Euler's method: first order, one call a step."""
    for sigma, following in pairwise(sigmas.tolist()):
        x = x + (following - sigma) * velocity(x, sigma)
    return x


def heun(velocity: Velocity, x: Tensor, sigmas: Tensor) -> Tensor:
    """Heun's method as in Karras et al. 2022 (arXiv 2206.00364), algorithm 1: second order, two calls a step.

    The last step to zero is Euler's: a network never learned what to do with data that has no noise.
    """
    for sigma, following in pairwise(sigmas.tolist()):
        first = velocity(x, sigma)
        guess = x + (following - sigma) * first
        slope = first if following == 0 else (first + velocity(guess, following)) / 2
        x = x + (following - sigma) * slope
    return x


def adams_bashforth(velocity: Velocity, x: Tensor, sigmas: Tensor) -> Tensor:
    """Two-step Adams-Bashforth for uneven steps (Hairer, Norsett and Wanner 1993, III.5): second order, one call a step."""
    last: tuple[Tensor, float] | None = None
    for sigma, following in pairwise(sigmas.tolist()):
        now, step = velocity(x, sigma), following - sigma
        slope = now if last is None else now + step / (2 * last[1]) * (now - last[0])
        x, last = x + step * slope, (now, step)
    return x


def multistep(velocity: Velocity, x: Tensor, sigmas: Tensor) -> Tensor:
    """DPM-Solver++ (2M) of Lu et al. 2022 (arXiv 2211.01095), algorithm 2, on the straight path: second order, one call a step.

    It extrapolates the predicted data, `x - sigma f`, over the logarithm of sigma; the last step takes the prediction itself.
    """
    last: tuple[Tensor, float] | None = None
    for sigma, following in pairwise(sigmas.tolist()):
        data = x - sigma * velocity(x, sigma)
        if following == 0:
            return data
        step = math.log(sigma / following)
        aim = data if last is None else data + step / (2 * last[1]) * (data - last[0])
        x, last = x + (1 - following / sigma) * (aim - x), (data, step)
    return x


SOLVERS: dict[str, Solver] = {"euler": euler, "heun": heun, "adams-bashforth": adams_bashforth, "multistep": multistep}
