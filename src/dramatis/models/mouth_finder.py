"""The mouth finder: where a small frame shows a mouth, so that it alone follows the voice between two frames."""

from dataclasses import dataclass
from pathlib import Path

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import interpolate, pad, pixel_unshuffle, relu

from dramatis.models import checkpoints
from dramatis.models.headers import WEIGHTS
from dramatis.models.upscaler import blocks

SHIPPED = WEIGHTS / "mouth_finder.safetensors"
STEP = 4
"""Pixels of a side for one logit."""


@dataclass(frozen=True)
class MouthFinderConfig:
    """How wide it is, and of how many blocks: a logit sees 4 * `blocks` + 3 cells of `STEP` pixels."""

    width: int = 48
    blocks: int = 3


class MouthFinder(nn.Module):
    """A frame -> the share of each pixel that belongs to a mouth; `logits` is what is trained."""

    def __init__(self, config: MouthFinderConfig) -> None:
        super().__init__()
        self.config = config
        self.proj_in = nn.Conv2d(3 * STEP**2, config.width, 3, padding=1)
        self.blocks = blocks(config.width, config.blocks)
        self.proj_out = nn.Conv2d(config.width, 1, 1)

    def logits(self, frames: Float[Tensor, "b 3 h w"]) -> Float[Tensor, "b 1 rows columns"]:
        """Of cells of `STEP` pixels, from frames in [-1, 1]."""
        room = (0, -frames.shape[-1] % STEP, 0, -frames.shape[-2] % STEP)
        x = pixel_unshuffle(pad(frames.float(), room, mode="replicate"), STEP)
        return self.proj_out(self.blocks(relu(self.proj_in(x)))).float()

    def forward(self, frames: Float[Tensor, "b 3 h w"]) -> Float[Tensor, "b 1 h w"]:
        """Shares, 0..1."""
        found = torch.sigmoid(self.logits(frames))
        grown = interpolate(found, scale_factor=STEP, mode="bilinear", align_corners=False)
        return grown[..., : frames.shape[-2], : frames.shape[-1]]


def load(path: Path = SHIPPED) -> MouthFinder:
    """The mouth finder of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, MouthFinderConfig, MouthFinder)
