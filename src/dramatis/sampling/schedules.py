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
