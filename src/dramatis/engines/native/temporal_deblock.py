"""Steps of a pose sequence where its latent frames meet: a small motion model moves little within four frames, and then jumps.

As between tiles (`deblock.py`), the part of such a step that the slopes on both sides do not explain is spread over the frames
beside it. A staircase becomes a ramp; what already moves evenly stays. Mouths stay as they are: a voice opens and shuts them
within two frames.
"""

import torch
from torch import Tensor

from dramatis.models.pose_sequence import NUMBERS, PLACED

_SPOKEN = {"size", *PLACED["mouth_top"]} - {"smile", "purse"}
"""Numbers that a voice moves; a head is higher with an open mouth."""
_STEADY = torch.tensor([not (name in _SPOKEN or name.startswith(("mouth", "chin"))) for name in NUMBERS])
_SPREAD = torch.tensor([[1 / 8], [3 / 8]])
"""Of a step, to the two frames before it; to those after it, the same the other way round."""


def deblock_poses(poses: Tensor, given: Tensor | None = None) -> Tensor:
    """A pose sequence `1 T 4 N` without the steps between latent frames, of which the first holds one frame only; what pictures
    show (`given`, `1 T 4`) stays.
    """
    change = torch.zeros_like(poses)
    before, after = poses[:, 1:-1], poses[:, 2:]
    slopes = (before[:, :, -1] - before[:, :, -2] + after[:, :, 1] - after[:, :, 0]) / 2
    step = ((after[:, :, 0] - before[:, :, -1] - slopes) * _STEADY)[:, :, None]
    change[:, 1:-1, -2:] += _SPREAD * step
    change[:, 2:, :2] -= _SPREAD.flip(0) * step
    return poses + change if given is None else torch.where(given[..., None], poses, poses + change)
