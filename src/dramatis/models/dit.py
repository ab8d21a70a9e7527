"""The diffusion transformer, from 1 M to 19 B parameters: a member of the Wan family (arXiv 2503.20314), original key names.

What it sees is a list of segments: the first is the film that it makes, the others (references, a prior) are only looked at.
All tokens attend to all; each frame has a noise level of its own (a frame at level zero is given). Words and speech enter
by cross-attention into the film's tokens, each frame hearing only its own words and its own stretch of the voice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from dramatis.models.rope import Rotation, rotate, rotation

TIMESTEPS = 1000.0
"""The embedding's unit: a noise level of 1."""


@dataclass(frozen=True)
class DiTConfig:
    """Architecture, as it stands in a checkpoint's header; the defaults are Wan's except for the size."""

    dim: int = 192
    ffn_dim: int = 768
    num_heads: int = 4
    num_layers: int = 10
    in_dim: int = 16
    out_dim: int = 16
    text_dim: int = 192
    freq_dim: int = 256
    patch_size: tuple[int, int, int] = (1, 2, 2)
    eps: float = 1e-6
    theta: float = 10_000.0
    position_scale: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Radians of the fastest rotation for one unit of (t, y, x): ours are seconds and picture heights, Wan's are indices."""
    roles: tuple[str, ...] = ()
    """Roles of segments that are told apart by a learned vector; none in Wan."""
    null_text: bool = False
    """A learned token that is seen where no words are; Wan has none and takes empty words instead."""
    speech_dim: int = 0
    """Width of a speech feature, 0: the model is deaf."""
    speech_window: int = 0
    """How many features one latent frame hears."""
    speech_tokens: int = 8
    """How many tokens its window is made into."""
    speech_hidden: int = 256

    def __post_init__(self) -> None:
        for name in ("patch_size", "position_scale", "roles"):  # lists, after JSON
            object.__setattr__(self, name, tuple(getattr(self, name)))
        if self.dim % self.num_heads or (self.dim // self.num_heads) % 2:
            raise ValueError(f"dim {self.dim} must be an even number of channels for each of {self.num_heads} heads")


@dataclass(frozen=True, eq=False)
class Segment:
    """A stretch of the sequence: what is on it, how noisy each frame is, and where and when its patches lie.

    `latents` `B C T H W`; `sigma` `B T` in 0..1 (0: given); `times` `B T`; `rows` `H/ph` and `columns` `W/pw`, the places of
    patches: units are the config's business (ours: seconds and picture heights). `role` is a word of the config's `roles`.
    """

    latents: Tensor
    sigma: Tensor
    times: Tensor
    rows: Tensor
    columns: Tensor
    role: str = "video"


@dataclass(frozen=True, eq=False)
class Conditions:
    """What the film's frames read and hear.

    `text` `B L text_dim`, `text_mask` `B T L` (True: that latent frame sees that token; None: all do). `speech` `B T A F`: the
    window of `A` features of each latent frame; `speech_mask` `B T` (False: that frame hears the learned null).
    """

    text: Tensor
    text_mask: Tensor | None = None
    speech: Tensor | None = None
    speech_mask: Tensor | None = None


class DiT(nn.Module):
    """Velocity (noise minus data) of the first segment's latents."""

    def forward(self, segments: Sequence[Segment], conditions: Conditions) -> Tensor:
        """`B out_dim T H W`."""
        raise NotImplementedError
