"""Seeded noise, made on the CPU: a function of the seed and of the place in the video, so a video is the same for any number of
workers, and two takes that show the same instant begin there from the same noise.
"""

import hashlib
from collections.abc import Iterable

import torch
from jaxtyping import Float
from torch import Tensor


def frame_noise(seed: int, frames: Iterable[int], size: tuple[int, int, int]) -> Float[Tensor, "c t h w"]:
    """Normal noise for latent frames that begin at these frames of the video's clock: `C T H W` for a `size` of (C, H, W)."""
    return torch.stack([_frame(seed, frame, size) for frame in frames], 1)


def _frame(seed: int, frame: int, size: tuple[int, int, int]) -> Tensor:
    name = hashlib.sha256(f"{seed} {frame}".encode()).digest()
    generator = torch.Generator().manual_seed(int.from_bytes(name[:8], "big") >> 1)
    return torch.randn(size, generator=generator)
