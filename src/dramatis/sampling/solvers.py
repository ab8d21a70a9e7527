"""Solvers of `dx/dsigma = f(x, sigma)` from the first of the levels to the last; they know no network and no video.

Each is a function of `f`, the state at the first level, and the levels, which fall. Progress and cancelling are `f`'s business.
"""

from itertools import pairwise

from jaxtyping import Float
from torch import Tensor

from dramatis.sampling.path import Velocity


def euler(velocity: Velocity, x: Float[Tensor, "*shape"], sigmas: Float[Tensor, " _"]) -> Float[Tensor, "*shape"]:
    """Euler's method: first order, one call a step."""
    for sigma, following in pairwise(sigmas.tolist()):
        x = x + (following - sigma) * velocity(x, sigma)
    return x
