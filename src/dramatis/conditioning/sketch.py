"""A performance as latents of the mannequin that does it: how its lines change a picture, in the codec's own terms."""

import torch
from torch import Tensor

from dramatis.conditioning.mannequin import LAYERS, drawn
from dramatis.models.codec import SPACE, Codec


@torch.no_grad()
def sketched(performance: Tensor, codec: Codec, grid: tuple[int, int, int]) -> Tensor:
    """`B T 4 N` (`models/performance.py`) -> `B L C T H W` on a `grid` of (C, H, W), the codec's first channels."""
    (channels, rows, columns), (batch, frames) = grid, performance.shape[:2]
    pictures = torch.from_numpy(drawn(performance.flatten(0, 2).numpy(), (SPACE * columns, SPACE * rows)))
    films = pictures.view(batch * frames, -1, len(LAYERS), *pictures.shape[2:]).transpose(1, 2).flatten(0, 1)
    traced = codec.traced(films, channels).view(batch, frames, len(LAYERS), *grid)
    return traced.permute(0, 2, 3, 1, 4, 5)
