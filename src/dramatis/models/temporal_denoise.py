"""Pictures that stand still where nothing moves: noise left out of decoded frames, from one to the next.

A decoder's faults change with what moves nearby, so that a still wall flickers. Each pixel follows its frame by a Wiener gain,
m^2 / (m^2 + FAULT^2) for a change of m: small changes are taken for faults and mostly left out, large ones for motion and taken
whole (recursive temporal noise reduction; Dubois and Sabri 1984). It sees one pixel and the past alone: tiles and chunks agree.
"""

import torch
from jaxtyping import Float
from torch import Tensor

FAULT = 8 / 127.5
"""The size of a change that is as likely a fault as motion, of a signal in [-1, 1]; chosen on stage videos (docs/log.md)."""


def temporal_denoise(
    frames: Float[Tensor, "b t 3 h w"], before: Float[Tensor, "b 3 h w"] | None = None
) -> Float[Tensor, "b t 3 h w"]:
    """Frames [B, T, 3, H, W] as they are shown after `before` [B, 3, H, W], the last frame shown, or as the first of a video."""
    shown: list[Tensor] = []
    for frame in frames.unbind(1):
        shown.append(frame if before is None else _followed(frame, before))
        before = shown[-1]
    return torch.stack(shown, 1)


def _followed(frame: Tensor, before: Tensor) -> Tensor:
    change = frame - before
    squared = change.square().amax(1, keepdim=True)
    return before + change * (squared / (squared + FAULT**2))
