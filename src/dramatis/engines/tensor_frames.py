"""Frames as networks see them, and as films show them."""

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from dramatis.media.still import Pixels


def to_pixels(frames: Tensor) -> Iterator[Pixels]:
    """`T 3 H W` in -1..1 as pictures."""
    for frame in ((frames + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1):
        yield np.ascontiguousarray(frame.numpy())


def to_frame(picture: Pixels) -> Tensor:
    """A picture as `3 H W` in -1..1."""
    return torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1).float() / 127.5 - 1
