"""The upscaler: from frames of the native model to the same frames, eight times as large.

Everything is computed at the small size or at twice of it; the last layer says how each large pixel is mixed from the small ones
around it (dynamic filters, Jo et al. 2018, by sub-pixel convolution), as a change to bicubic interpolation. A mixture leaves even
areas as they are, so the network learns edges from its first step. An hourglass of three sizes sees enough of the picture to know
what an edge belongs to; neighbouring frames show what is noise.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import interpolate, pad, pixel_shuffle, relu

from dramatis.models import checkpoints
from dramatis.models.headers import WEIGHTS

SCALE = 8
SHIPPED = WEIGHTS / "upscaler.safetensors"
_HEAD = 2  # times the small size, at which the last layers are computed
_AROUND = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1), (-2, 0), (0, -2), (0, 2), (2, 0))
"""The small pixels of a mixture, as rows and columns from the nearest one."""
_COLOURS, _PAINT = len(_AROUND) + 3, 0.1
_FINE = SCALE // _HEAD


@dataclass(frozen=True)
class UpscalerConfig:
    """`reach`: frames seen before and after; `widths` and `blocks` at 1, 1/2 and 1/4 of the size; `head`: width at twice it."""

    reach: int = 2
    widths: tuple[int, int, int] = (64, 96, 128)
    blocks: tuple[int, int, int] = (2, 2, 4)
    head: int = 24


class Block(nn.Module):
    """A residual block of two convolutions; as it begins it changes nothing."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        nn.init.kaiming_normal_(self.first.weight, nonlinearity="relu")
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Float[Tensor, "b c h w"]) -> Float[Tensor, "b c h w"]:
        """The same with a change."""
        return x + self.second(relu(self.first(x)))


def blocks(width: int, count: int) -> nn.Sequential:
    """So many blocks, one after the other."""
    return nn.Sequential(*(Block(width) for _ in range(count)))


class Upscaler(nn.Module):
    """A frame among its neighbours -> that frame, `SCALE` times as large; as it begins, by bicubic interpolation."""

    def __init__(self, config: UpscalerConfig) -> None:
        super().__init__()
        self.config = config
        fine, middle, coarse = config.widths
        counts = config.blocks
        self.proj_in = nn.Conv2d(3 * (2 * config.reach + 1), fine, 3, padding=1)
        self.fine_down, self.middle_down = blocks(fine, counts[0]), blocks(middle, counts[1])
        self.coarse = blocks(coarse, counts[2])
        self.middle_up, self.fine_up = blocks(middle, counts[1]), blocks(fine, counts[0])
        self.to_middle, self.to_coarse = nn.Conv2d(fine, middle, 2, 2), nn.Conv2d(middle, coarse, 2, 2)
        self.from_coarse, self.from_middle = nn.Conv2d(coarse, 4 * middle, 1), nn.Conv2d(middle, 4 * fine, 1)
        self.head = nn.Conv2d(fine, config.head * _HEAD**2, 3, padding=1)
        self.sharpen = Block(config.head)
        self.proj_out = nn.Conv2d(config.head, _COLOURS * _FINE**2, 3, padding=1)
        for weight in self.proj_out.parameters():
            nn.init.zeros_(weight)

    def forward(self, frames: Float[Tensor, "b n 3 h w"]) -> Float[Tensor, "b 3 8*h 8*w"]:
        """`frames` [B, 2 * reach + 1, 3, H, W] in [-1, 1] -> the middle one, [B, 3, SCALE * H, SCALE * W], not clamped."""
        height, width = frames.shape[-2:]
        base = interpolate(frames[:, self.config.reach], scale_factor=SCALE, mode="bicubic", align_corners=False)
        whole = pad(frames.flatten(1, 2), (0, -width % 4, 0, -height % 4), mode="replicate")
        one = self.fine_down(self.proj_in(whole.contiguous(memory_format=torch.channels_last)))
        two = self.middle_down(self.to_middle(one))
        three = self.coarse(self.to_coarse(two))
        two = self.middle_up(two + pixel_shuffle(self.from_coarse(three), 2))
        one = self.fine_up(one + pixel_shuffle(self.from_middle(two), 2))
        twice = self.sharpen(relu(pixel_shuffle(self.head(one), _HEAD)))
        weights = self.proj_out(twice)[..., : _HEAD * height, : _HEAD * width]
        return base + _mixed(weights, frames[:, self.config.reach])


def _mixed(weights: Float[Tensor, "b k h2 w2"], small: Float[Tensor, "b 3 h w"]) -> Float[Tensor, "b 3 h8 w8"]:
    """By these weights, how the small pixels around each one differ from it, and with the last three some red, green and blue."""
    batch, _, height, width = small.shape
    wide = pad(small, (2, 2, 2, 2), mode="replicate").permute(0, 2, 3, 1).to(weights.dtype)
    near = [wide[:, 2 + row : 2 + row + height, 2 + column : 2 + column + width] for row, column in ((0, 0), *_AROUND)]
    paint = (_PAINT * torch.eye(3, dtype=wide.dtype)).expand(batch, height, width, 3, 3)
    palette = torch.cat([torch.stack(near[1:], 3) - near[0][:, :, :, None], paint], 3).flatten(3)
    palette = palette.repeat_interleave(_HEAD, 1).repeat_interleave(_HEAD, 2)
    each = weights.permute(0, 2, 3, 1).reshape(-1, _FINE**2, _COLOURS)
    mixed = torch.bmm(each, palette.view(-1, _COLOURS, 3)).view(batch, _HEAD * height, _HEAD * width, _FINE, _FINE, 3)
    return mixed.permute(0, 5, 1, 3, 2, 4).reshape(batch, 3, SCALE * height, SCALE * width).float()


def load(path: Path = SHIPPED) -> Upscaler:
    """The upscaler of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, UpscalerConfig, Upscaler)
