"""A prior: a rough film of the same length, which is noised to a level and made anew from there (SDEdit, arXiv 2108.01073)."""

import torch
from torch import Tensor

from dramatis.models.state import State

LEVEL = 0.6
"""The noise level from which a prior is refined."""


def apply(state: State, latents: Tensor) -> State:
    """A film that begins from a prior, `B C T H W`."""
    return state.at(latents, torch.full_like(state.video.sigma, LEVEL))
