"""What is heard around each frame of a clip (MultiTalk, arXiv 2505.22647)."""

import torch
from jaxtyping import Float
from torch import Tensor

WINDOW = 5
"""Hidden states that a frame hears: its own, and two on either side."""


def voice_windows(
    hidden: Float[Tensor, "voices frames layers d"], first: int, count: int
) -> Float[Tensor, "voices _ window layers d"]:
    """Windows for `count` frames from frame `first` on; beyond both ends the last state is held."""
    centres = torch.arange(first, first + count, device=hidden.device)[:, None]
    places = centres + torch.arange(WINDOW, device=hidden.device) - WINDOW // 2
    return hidden[:, places.clamp(0, hidden.shape[1] - 1)]
