"""The interpolator: what a video shows between two of its frames, as two optical flows and a mask.

Flows are found coarse to fine: each stage sees both frames, warped by what the stages before it found, and corrects that (Huang
et al. 2022). They are flows of small frames, and warp the large ones: what is between two sharp frames is as sharp.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import grid_sample, pad, pixel_shuffle, pixel_unshuffle, relu

from dramatis.models import checkpoints
from dramatis.models.headers import WEIGHTS
from dramatis.models.upscaler import blocks

SHIPPED = WEIGHTS / "interpolator.safetensors"
_SEEN = 18  # channels: both frames, both warped, two flows, the mask, the instant
_FOUND = 5  # channels: two flows and the mask


@dataclass(frozen=True)
class InterpolatorConfig:
    """The stages: at which fraction of the size, how wide, of how many blocks."""

    factors: tuple[int, ...] = (8, 4, 2)
    widths: tuple[int, ...] = (128, 96, 64)
    blocks: tuple[int, ...] = (3, 3, 3)


class Stage(nn.Module):
    """A correction of flows and mask, found at a fraction of the size; none as it begins."""

    def __init__(self, factor: int, width: int, count: int) -> None:
        super().__init__()
        self.factor = factor
        self.proj_in = nn.Conv2d(_SEEN * factor**2, width, 1)
        self.blocks = blocks(width, count)
        self.proj_out = nn.Conv2d(width, _FOUND * factor**2, 1)
        for weight in self.proj_out.parameters():
            nn.init.zeros_(weight)

    def forward(self, seen: Float[Tensor, "b c h w"]) -> Float[Tensor, "b found h w"]:
        """What is to be added to flows, in pixels, and to the mask's logits."""
        x = pixel_unshuffle(seen, self.factor).contiguous(memory_format=torch.channels_last)
        return pixel_shuffle(self.proj_out(self.blocks(relu(self.proj_in(x)))).float(), self.factor)


class Interpolator(nn.Module):
    """Two frames and an instant between them -> flows and mask; as it begins, a cross-fade."""

    def __init__(self, config: InterpolatorConfig) -> None:
        super().__init__()
        self.config = config
        self.stages = nn.ModuleList(Stage(*parts) for parts in zip(config.factors, config.widths, config.blocks, strict=True))

    def forward(
        self, first: Float[Tensor, "b 3 h w"], second: Float[Tensor, "b 3 h w"], at: Float[Tensor, "b 1 h w"]
    ) -> tuple[Float[Tensor, "b 4 h w"], Float[Tensor, "b 1 h w"]]:
        """Frames in [-1, 1] and each pixel's instant `at` from 0 (first) to 1 (second) -> flows (x, y into the first frame, x, y
        into the second, in pixels) and the first frame's share, 0..1.
        """
        height, width = first.shape[-2:]
        step = max(self.config.factors)
        room = (0, -width % step, 0, -height % step)
        first, second, instant = (pad(frame.float(), room, mode="replicate") for frame in (first, second, at))
        flows, logits = first.new_zeros(len(first), 4, *first.shape[-2:]), torch.logit(1 - instant, 1e-3)
        for stage in self.stages:
            warped = warp(first, flows[:, :2]), warp(second, flows[:, 2:])
            found = stage(torch.cat([first, second, *warped, flows, logits, instant], 1))
            flows, logits = flows + found[:, :4], logits + found[:, 4:]
        return flows[..., :height, :width], torch.sigmoid(logits[..., :height, :width])


def warp(frames: Float[Tensor, "b c h w"], flow: Float[Tensor, "b 2 h w"]) -> Float[Tensor, "b c h w"]:
    """Each pixel from where the flow (x, y in pixels) points; the outermost pixels go on beyond the frame."""
    height, width = frames.shape[-2:]
    rows, columns = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    x, y = (columns + flow[:, 0] + 0.5) * (2 / width) - 1, (rows + flow[:, 1] + 0.5) * (2 / height) - 1
    return grid_sample(frames, torch.stack([x, y], -1), padding_mode="border", align_corners=False)


def load(path: Path = SHIPPED) -> Interpolator:
    """The interpolator of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, InterpolatorConfig, Interpolator)
