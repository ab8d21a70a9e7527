"""Seams between the codec's tiles: each is decoded on its own, and a small network does not get all of them equally bright.

Deblocking, as video decoders do it (List et al. 2003): where a picture steps at a boundary by more than its slopes on both sides
explain, and by less than an edge of something drawn, the step is spread over the pixels beside it.
"""

import torch
from torch import Tensor
from torch.nn.functional import avg_pool1d

from dramatis.models.compression import SPACE

_REACH = 8  # pixels on each side over which a step is spread
_ALONG = 5  # pixels along the boundary over which a step is measured
_EDGE = 0.2  # of -1..1: steps much larger than this were drawn


def deblock(frames: Tensor) -> Tensor:
    """Frames `... H W` in -1..1, sides divisible by the codec's `SPACE`, without the seams."""
    across = _deblock_columns(frames)
    return _deblock_columns(across.transpose(-1, -2)).transpose(-1, -2)


def _deblock_columns(frames: Tensor) -> Tensor:
    """Without those between columns of tiles."""
    tiles = torch.unflatten(frames, -1, (-1, SPACE)).clone()
    before, after = tiles[..., :-1, :], tiles[..., 1:, :]
    slopes = (before[..., -1] - before[..., -2] + after[..., 1] - after[..., 0]) / 2
    step = _smoothed(after[..., 0] - before[..., -1] - slopes)
    step = (step * torch.exp(-((step / _EDGE) ** 2)))[..., None]
    ramp = torch.linspace(0, 0.5, _REACH + 1, device=frames.device)[1:]
    before[..., -_REACH:] += step * ramp
    after[..., :_REACH] -= step * ramp.flip(0)
    return tiles.flatten(-2)


def _smoothed(steps: Tensor) -> Tensor:
    """`... H boundaries`, each the mean of its neighbours along the boundary."""
    rows = steps.transpose(-1, -2)
    means = avg_pool1d(rows.reshape(-1, 1, rows.shape[-1]), _ALONG, 1, _ALONG // 2, count_include_pad=False)
    return means.view(rows.shape).transpose(-1, -2)
