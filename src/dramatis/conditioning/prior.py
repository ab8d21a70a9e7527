"""A prior: a rough video of the same length, which is noised to a level and made anew from there (SDEdit, arXiv 2108.01073)."""

import torch
from jaxtyping import Float
from torch import Tensor

from dramatis.models.state import State

LEVEL = 0.6
"""The noise level from which a prior is refined."""


def apply(state: State, latents: Float[Tensor, "b c t h w"]) -> State:
    """A video that begins from a prior, `B C T H W`."""
    return state.at(latents, torch.full_like(state.video.sigma, LEVEL))
