"""Detail that a transformer does not make: the codec's finer channels, which given pictures have and generated frames have not.

What stands still keeps its detail: a place that looks as it does in a given picture takes that picture's finer channels over.
"""

from dataclasses import replace

import torch
from torch import Tensor

from dramatis.models.state import State

_ALIKE = 0.028  # mean square of latents' difference at which half of the detail is the same, on the stage (docs/log.md)


def coarse(state: State, channels: int) -> State:
    """A state as a transformer of so many channels sees it."""
    video, *context = (replace(part, latents=part.latents[:, :channels]) for part in (state.video, *state.context))
    return replace(state, video=video, context=tuple(context), sketch=state.sketch[:, :, :channels])


def detailed(made: Tensor, first: int, state: State) -> Tensor:
    """Latents of videos from latent frame `first` on with all of the codec's channels, `B C t H W`, from its first ones."""
    latents, count = state.video.latents, made.shape[1]
    given = state.video.sigma[0] == 0
    keyframes = [part.latents for part in state.context if part.role == "keyframe"]
    pictures = torch.cat((latents[:, :, given][:, :, -1:], *keyframes), 2)
    apart = (made[:, :, :, None] - pictures[:, :count, None]).square().mean(1)
    likeness = 1 / (1 + apart / _ALIKE)
    shares = likeness / likeness.sum(2, keepdim=True).clamp_min(1)
    fine = torch.einsum("btkhw,bckhw->bcthw", shares, pictures[:, count:])
    span = slice(first, first + made.shape[2])
    return torch.cat((made, torch.where(given[span, None, None], latents[:, count:, span], fine)), 1)
