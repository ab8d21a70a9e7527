"""Anchors: frames that a video is given. Leading ones lie in it at noise level zero; single frames further on, which
a latent frame of four frames cannot hold, lie beside it as keyframes at their own time.
"""

from collections.abc import Sequence
from dataclasses import replace

import torch
from jaxtyping import Float
from torch import Tensor

from dramatis.conditioning.grid import placed
from dramatis.models.state import State


def apply(
    state: State,
    lead: Float[Tensor, "b c t h w"] | None = None,
    keyframes: Sequence[tuple[float, Float[Tensor, "b c 1 h w"]]] = (),
) -> State:
    """A video whose first latent frames are given, `B C t H W`, and single ones, `B C 1 H W`, at so many seconds on its clock."""
    if lead is not None:
        latents, sigma = state.video.latents.clone(), state.video.sigma.clone()
        latents[:, :, : lead.shape[2]], sigma[:, : lead.shape[2]] = lead, 0
        state = state.at(latents, sigma)
    if keyframes:
        times = torch.tensor([time for time, _ in keyframes], dtype=torch.float32).expand(len(state.video.times), -1)
        stills = torch.cat([still for _, still in keyframes], 2)
        state = replace(state, context=(*state.context, placed(stills, torch.zeros_like(times), times, "keyframe")))
    return state
