"""Noise levels that a solver visits, from 1 (noise) to 0 (data)."""

import torch
from jaxtyping import Float
from torch import Tensor


def shifted(steps: int, shift: float = 3.0) -> Float[Tensor, " {steps+1}"]:
    """`steps + 1` levels, evenly spaced for a shift of 1 and closer together at high noise for a larger one.

    Esser et al. 2024 (arXiv 2403.03206), equation 23: larger latents need more noise to hide as much.
    """
    return towards_noise(torch.linspace(1, 0, steps + 1, dtype=torch.float64), shift)


def towards_noise(levels: Float[Tensor, "*shape"], shift: float) -> Float[Tensor, "*shape"]:
    """Noise levels in 0..1, moved towards 1 by a shift above 1; the same equation."""
    return shift * levels / (1 + (shift - 1) * levels)


def of_wan(steps: int, shift: float) -> Float[Tensor, " {steps+1}"]:
    """The levels of Wan's own sampler (arXiv 2503.20314): as `shifted`, from 0.999 on, for the solver `unipc`."""
    return _to_data(torch.linspace(0.999, 0, steps + 1, dtype=torch.float64)[:-1], shift)


def of_infinitetalk(steps: int, shift: float) -> Float[Tensor, " {steps+1}"]:
    """The levels of InfiniteTalk's own sampler (arXiv 2508.14033): the last step begins at 0.001 before it is shifted."""
    return _to_data(torch.linspace(1, 0.001, steps, dtype=torch.float64), shift)


def _to_data(levels: Tensor, shift: float) -> Tensor:
    return torch.cat((towards_noise(levels, shift), levels.new_zeros(1)))
