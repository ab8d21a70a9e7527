"""Which speaker each token of the picture belongs to, and how his voice finds it (MultiTalk, arXiv 2505.22647, section 3.3).

A token attends to the first frame; where it looks (under the masks of the speakers there, or beside them) says whose it is. That
becomes one number, a position; voices have positions, too, and a rotation makes near ones agree. So one voice never drives all.
"""

import torch
from jaxtyping import Bool, Float
from torch import Tensor
from torch.nn import functional

from dramatis.models.attention import Rotation, attend
from dramatis.models.published.sequence_parallel import SequenceParallel

VoiceRotation = tuple[Float[Tensor, "1 m 1 half"], Float[Tensor, "1 m 1 half"]]
"""Cosine and sine at the voices' positions."""
MOST_SPEAKERS = 2
_RANGES = ((0.0, 4.0), (20.0, 24.0))
"""Positions of each speaker's tokens; his voice lies in the middle."""
_NOBODY = 12.0
_THETA = 10_000.0


def token_masks(masks: Float[Tensor, "b speakers h w"], rows: int, columns: int) -> Bool[Tensor, "b classes n"]:
    """Masks of speakers at any size -> of each token of a frame, and the last: of nobody."""
    small = functional.interpolate(masks.float(), (rows, columns)).flatten(2) > 0
    return torch.cat((small, ~small.any(1, keepdim=True)), 1)


def reference_map(
    query: Float[Tensor, "b n heads d"], first: Float[Tensor, "b m heads d"], masks: Bool[Tensor, "b classes m"]
) -> Float[Tensor, "b classes n"]:
    """How much each token looks at each class in the first frame, over the class's area, mean of the heads.

    This is attention whose values are the masks; they are as wide as keys, since fused kernels want that. A class that is nowhere
    has -1.
    """
    area = masks.sum(-1, keepdim=True)
    values = (masks / area.clamp(min=1)).transpose(1, 2).type_as(query)
    values = functional.pad(values, (0, query.shape[-1] - values.shape[-1]))[:, :, None].expand_as(first)
    looks = torch.unflatten(attend(query, first, values), -1, (query.shape[2], -1))[..., : masks.shape[1]]
    return torch.where(area > 0, looks.float().mean(2).transpose(1, 2), -1.0)


def token_positions(looks: Float[Tensor, "b classes n"], sequence: SequenceParallel) -> Float[Tensor, "b n"]:
    """The position of each token: of the class that it looks at most, by how much between the class's least and its largest."""
    least, largest = sequence.extremes(looks)
    within = (looks - least) / (largest - least + 1e-8)
    ends = looks.new_tensor([*_RANGES[: looks.shape[1] - 1], (_NOBODY, _NOBODY)])
    low, high = ends[:, :1], ends[:, 1:]
    return torch.gather(within * (high - low) + low, 1, looks.argmax(1, keepdim=True))[:, 0]


def voice_positions(speakers: int, tokens: int, like: Tensor) -> Float[Tensor, "1 n"]:
    """Of the tokens of each speaker's voice, one speaker after the other."""
    middles = like.new_tensor([sum(ends) / 2 for ends in _RANGES[:speakers]], dtype=torch.float32)
    return middles.repeat_interleave(tokens)[None]


def rotation_1d(positions: Float[Tensor, "b n"], head_dim: int) -> Rotation:
    """The rotation at each position."""
    exponents = torch.arange(0, head_dim, 2, device=positions.device).float() / head_dim
    angles = (positions.float()[..., None] * (1.0 / _THETA**exponents))[:, :, None]
    return angles.cos(), angles.sin()


class SpeakerBinding:
    """The tokens' rotations in one pass through the network.

    The published networks find them anew in every block. `blocks`: only in these (counted from the first, which always is one of
    them); those between take the last.
    """

    def __init__(
        self, masks: Bool[Tensor, "b classes m"], sequence: SequenceParallel, blocks: frozenset[int] | None = None
    ) -> None:
        self.masks, self.sequence, self.blocks = masks, sequence, blocks
        self._seen = 0
        self._rotation: Rotation | None = None

    def rotation(self, query: Float[Tensor, "b n heads d"], key: Float[Tensor, "b n heads d"]) -> Rotation:
        """That of the block whose self-attention has these (rotated) queries and keys."""
        if self._rotation is None or self.blocks is None or self._seen in self.blocks:
            first = self.sequence.first_frame(key, self.masks.shape[-1])
            looks = reference_map(query, first, self.masks)
            self._rotation = rotation_1d(token_positions(looks, self.sequence), query.shape[-1])
        self._seen += 1
        return self._rotation
