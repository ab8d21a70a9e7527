"""The finisher: from the transformer's film, as the codec shows it, to the one that is seen.

The transformer says too little about detail, and each tile of the codec is shown on its own: edges are soft, and step where tiles
meet. The finisher sees the whole picture, a frame before it, and the lines of the mannequin that it films, and draws them anew.
It is a convolutional network with few numbers and an hourglass of two sizes; causal, so films are streamed through it.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import pixel_shuffle, pixel_unshuffle

from dramatis.models import checkpoints
from dramatis.models.codec import SPACE, Blocks, Past
from dramatis.models.performance import LAYERS

PATCH = 4
_DOWN = SPACE // PATCH
SHIPPED = checkpoints.WEIGHTS / "finisher.safetensors"


@dataclass(frozen=True)
class FinisherConfig:
    """Widths at 1/4 (`fine`) and 1/16 (`coarse`) of the size, and blocks before, within and after the narrow part."""

    fine: int = 64
    coarse: int = 192
    blocks: tuple[int, int, int] = (2, 3, 3)


class Finisher(nn.Module):
    """Frames with the lines of what they show -> the frames as they should look; as it begins, as they are."""

    def __init__(self, config: FinisherConfig) -> None:
        super().__init__()
        self.config = config
        before, within, after = config.blocks
        self.entry = nn.Conv2d((3 + len(LAYERS)) * PATCH**2, config.fine, 1)
        self.before = Blocks(config.fine, before)
        self.down = nn.Conv2d(config.fine * _DOWN**2, config.coarse, 1)
        self.within = Blocks(config.coarse, within)
        self.up = nn.Conv2d(config.coarse, config.fine * _DOWN**2, 1)
        self.after = Blocks(config.fine, after)
        self.exit = nn.Conv2d(config.fine, 3 * PATCH**2, 3, padding=1)
        for weight in (*self.up.parameters(), *self.exit.parameters()):
            nn.init.zeros_(weight)

    def forward(self, frames: Tensor, lines: Tensor, past: Past = ()) -> tuple[Tensor, Past]:
        """`frames` [B, T, 3, H, W] and `lines` [B, T, L, H, W] in [-1, 1], H and W multiples of 16, with the `past` that the
        chunk before gave back -> frames and the past.
        """
        length, count = frames.shape[1], sum(self.config.blocks)
        before = iter(past or (None,) * count)
        x = pixel_unshuffle(torch.cat([frames, lines], 2).flatten(0, 1), PATCH)
        x, one = self.before(self.entry(x.contiguous(memory_format=torch.channels_last)), length, before)
        y, two = self.within(self.down(pixel_unshuffle(x, _DOWN)), length, before)
        x, three = self.after(x + pixel_shuffle(self.up(y), _DOWN), length, before)
        change = pixel_shuffle(self.exit(x).float(), PATCH)
        return (frames + change.view_as(frames)).clamp(-1, 1), (*one, *two, *three)


def load(path: Path = SHIPPED) -> Finisher:
    """The finisher of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, FinisherConfig, Finisher).module


def save(path: Path, finisher: Finisher) -> None:
    """Write a finisher as a checkpoint that `load` reads."""
    checkpoints.save(path, finisher, finisher.config, dtype=torch.float16)
