"""References: pictures of characters, beside the video at times of their own before it."""

from dataclasses import replace

import torch
from jaxtyping import Float
from torch import Tensor

from dramatis.conditioning.grid import placed
from dramatis.models.state import State

TIME_OF_FIRST = -1.0
"""Where the first reference lies on the take's clock, in seconds; the others are as far apart."""


def apply(state: State, stills: Float[Tensor, "b c r h w"]) -> State:
    """Videos with references, `B C R H W`, which may be none."""
    if not stills.shape[2]:
        return state
    batch, _, count = stills.shape[:3]
    times = TIME_OF_FIRST * torch.arange(1, count + 1).expand(batch, count)
    return replace(state, context=(*state.context, placed(stills, torch.zeros(batch, count), times, "reference")))


def corrupt_reference(state: State) -> State:
    """The same videos with references that keep colours and lose faces: the corrupted negative of arXiv 2512.13313."""

    def corrupted(latents: Tensor) -> Tensor:
        return 0.7 * latents.mean((-2, -1), keepdim=True).expand_as(latents) + 0.3 * latents

    parts = [replace(part, latents=corrupted(part.latents)) if part.role == "reference" else part for part in state.context]
    return replace(state, context=tuple(parts))
