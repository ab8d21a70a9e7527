"""Detail that a transformer does not make: the codec's finer channels, which given pictures have and generated frames have not.

What stands still keeps its detail: a place that looks as it does in a given picture takes that picture's finer channels over.
"""

from dataclasses import replace

import torch
from torch import Tensor

from dramatis.conditioning.assemble import Assembled

_ALIKE = 0.028  # mean square of latents' difference at which half of the detail is the same, on the stage (docs/log.md)


def coarse(whole: Assembled, channels: int) -> Assembled:
    """A take as a transformer of so many channels sees it."""
    given = {name: getattr(whole, name)[:channels] for name in ("latents", "keyframes", "references")}
    return replace(whole, **given)


def detailed(made: Tensor, first: int, whole: Assembled) -> Tensor:
    """Latents of a film from latent frame `first` on with all of the codec's channels, `C t H W`, from its first ones."""
    span = slice(first, first + made.shape[1])
    given, latents = whole.level == 0, whole.latents
    pictures = torch.cat((latents[:, given][:, -1:], whole.keyframes), 1)
    count = len(made)
    apart = (made[:, :, None] - pictures[:count, None]).square().mean(0)
    likeness = 1 / (1 + apart / _ALIKE)
    shares = likeness / likeness.sum(1, keepdim=True).clamp_min(1)
    fine = torch.einsum("tkhw,ckhw->cthw", shares, pictures[count:])
    return torch.cat((made, torch.where(given[span, None, None], latents[count:, span], fine)))
