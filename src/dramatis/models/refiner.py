"""The refiner: from the transformer's video, as the codec shows it, to the one that is seen.

The transformer says too little about detail, and each tile of the codec is shown on its own: edges are soft, and step where tiles
meet. The refiner sees the whole picture, a frame before it, and the lines of the mannequin, and draws them anew.
It is a convolutional network with few numbers and an hourglass of two sizes; causal, so videos are streamed through it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import pixel_shuffle, pixel_unshuffle, silu

from dramatis.models import checkpoints
from dramatis.models.compression import SPACE
from dramatis.models.headers import WEIGHTS
from dramatis.models.pose_sequence import LAYERS

PATCH = 4
_DOWN = SPACE // PATCH
SHIPPED = WEIGHTS / "refiner.safetensors"
Cache = tuple[Tensor, ...]
"""What the blocks remember of the last frame seen, one tensor a block; empty before the first frame."""


@dataclass(frozen=True)
class RefinerConfig:
    """Widths at 1/4 (`fine`) and 1/16 (`coarse`) of the size, and blocks before, within and after the narrow part."""

    fine: int = 64
    coarse: int = 192
    blocks: tuple[int, int, int] = (2, 3, 3)


class Block(nn.Module):
    """A residual block: every pixel's channels at unit size, a quarter of them from one frame earlier (temporal shift, Lin et al.
    2019), 3x3, SiLU, 1x1.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.shifted = width // 4
        self.space = nn.Conv2d(width, width, 3, padding=1)
        self.mix = nn.Conv2d(width, width, 1)
        nn.init.kaiming_normal_(self.space.weight, nonlinearity="relu")
        nn.init.zeros_(self.mix.weight)

    def forward(
        self, frames: Float[Tensor, "n c h w"], length: int, cache: Float[Tensor, "b c//4 h w"] | None
    ) -> tuple[Float[Tensor, "n c h w"], Float[Tensor, "n//{length} c//4 h w"]]:
        """`frames` [B*T, C, h, w] with T = `length`; `cache` [B, C/4, h, w] is of the frame before, or None at the start."""
        sized = frames * torch.rsqrt(frames.square().mean(1, keepdim=True) + 1e-6)
        moved = torch.unflatten(sized[:, : self.shifted], 0, (-1, length))
        earlier = moved[:, :1] if cache is None else cache[:, None].to(moved.dtype)
        shifted = torch.cat([earlier, moved[:, :-1]], 1).flatten(0, 1)
        seen = torch.cat([shifted, sized[:, self.shifted :]], 1).contiguous(memory_format=torch.channels_last)
        return frames + self.mix(silu(self.space(seen))), moved[:, -1]


class Blocks(nn.ModuleList):
    """Blocks one after the other; each takes its part of the cache and gives back its own."""

    def __init__(self, width: int, count: int) -> None:
        super().__init__([Block(width) for _ in range(count)])

    def forward(
        self, frames: Float[Tensor, "n c h w"], length: int, cache: Iterator[Tensor | None]
    ) -> tuple[Float[Tensor, "n c h w"], Cache]:
        """As `Block.forward`, with an iterator over the cache of all blocks of the network."""
        seen: list[Tensor] = []
        for block in self:
            frames, last = block(frames, length, next(cache))
            seen.append(last)
        return frames, tuple(seen)


class Refiner(nn.Module):
    """Frames with the lines of what they show -> the frames as they should look; as it begins, as they are."""

    def __init__(self, config: RefinerConfig) -> None:
        super().__init__()
        self.config = config
        before, within, after = config.blocks
        self.proj_in = nn.Conv2d((3 + len(LAYERS)) * PATCH**2, config.fine, 1)
        self.down_blocks = Blocks(config.fine, before)
        self.down = nn.Conv2d(config.fine * _DOWN**2, config.coarse, 1)
        self.mid_blocks = Blocks(config.coarse, within)
        self.up = nn.Conv2d(config.coarse, config.fine * _DOWN**2, 1)
        self.up_blocks = Blocks(config.fine, after)
        self.proj_out = nn.Conv2d(config.fine, 3 * PATCH**2, 3, padding=1)
        for weight in (*self.up.parameters(), *self.proj_out.parameters()):
            nn.init.zeros_(weight)

    def forward(
        self, frames: Float[Tensor, "b t 3 h w"], lines: Float[Tensor, "b t layers h w"], cache: Cache = ()
    ) -> tuple[Float[Tensor, "b t 3 h w"], Cache]:
        """`frames` [B, T, 3, H, W] and `lines` [B, T, L, H, W] in [-1, 1], H and W multiples of 16, with the `cache` that the
        chunk before gave back -> frames and the cache.
        """
        length, count = frames.shape[1], sum(self.config.blocks)
        before = iter(cache or (None,) * count)
        x = pixel_unshuffle(torch.cat([frames, lines], 2).flatten(0, 1), PATCH)
        x, one = self.down_blocks(self.proj_in(x.contiguous(memory_format=torch.channels_last)), length, before)
        y, two = self.mid_blocks(self.down(pixel_unshuffle(x, _DOWN)), length, before)
        x, three = self.up_blocks(x + pixel_shuffle(self.up(y), _DOWN), length, before)
        change = pixel_shuffle(self.proj_out(x).float(), PATCH)
        return (frames + change.view_as(frames)).clamp(-1, 1), (*one, *two, *three)


def load(path: Path = SHIPPED) -> Refiner:
    """The refiner of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, RefinerConfig, Refiner)
