"""A voice for the picture (MultiTalk, arXiv 2505.22647): windows of speech features -> tokens -> cross-attention of each frame.

Names of parameters are the published ones.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dramatis.models.attention import Rotation, attend, rotate
from dramatis.models.published.architecture import AudioArchitecture
from dramatis.models.published.products import Linear
from dramatis.models.published.speakers import VoiceRotation

_STRIDE = 4
"""Frames of a latent frame after the first."""


class AudioProjection(nn.Module):
    """Each latent frame's tokens, from the windows of its frames."""

    def __init__(self, audio: AudioArchitecture) -> None:
        super().__init__()
        self.proj1 = nn.Linear(audio.window * audio.features, audio.hidden_dim)
        self.proj1_vf = nn.Linear(audio.later_window * audio.features, audio.hidden_dim)
        self.proj2 = nn.Linear(audio.hidden_dim, audio.hidden_dim)
        self.proj3 = nn.Linear(audio.hidden_dim, audio.tokens * audio.token_dim)
        self.norm = nn.LayerNorm(audio.token_dim)

    def forward(self, windows: Float[Tensor, "b f window layers channels"]) -> Float[Tensor, "b t tokens d"]:
        """`B F WINDOW LAYERS CHANNELS`, F = 4 T - 3 frames of the video -> `B T TOKENS D`."""
        first, later = self._windows(windows)
        hidden = torch.cat((self.proj1(first.flatten(2)).relu(), self.proj1_vf(later.flatten(2)).relu()), 1)
        return self.norm(self.proj3(self.proj2(hidden).relu()).unflatten(-1, (-1, self.norm.normalized_shape[0])))

    @staticmethod
    def _windows(windows: Tensor) -> tuple[Tensor, Tensor]:
        """The first frame's window; of each later four the first one's past, the middle ones, the last one's future."""
        first, later = windows[:, :1], torch.unflatten(windows[:, 1:], 1, (-1, _STRIDE))
        middle = windows.shape[2] // 2
        parts = (later[:, :, 0, : middle + 1], later[:, :, 1:-1, middle], later[:, :, -1, middle:])
        return first, torch.cat(parts, 2)


class AudioAttention(nn.Module):
    """Tokens of a frame attend to the tokens of the voices at that time."""

    def __init__(self, dim: int, heads: int, token_dim: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_linear, self.proj = Linear(dim, dim), Linear(dim, dim)
        self.kv_linear = Linear(token_dim, 2 * dim)

    def forward(
        self,
        hidden_states: Float[Tensor, "b n d"],
        audio: Float[Tensor, "b t m e"],
        queries: Rotation | None = None,
        keys: VoiceRotation | None = None,
    ) -> Float[Tensor, "b n d"]:
        """`B N dim`, tokens of the voices `B T M token_dim`; the rotations are those of `speakers.py`, of N and of M."""
        batch, frames = audio.shape[:2]
        query = self.q_linear(hidden_states).unflatten(-1, (self.heads, -1))
        key, value = self.kv_linear(audio.flatten(0, 1)).unflatten(-1, (2, self.heads, -1)).unbind(2)
        if queries is not None and keys is not None:
            cos, sin = (part.expand(len(key), -1, -1, -1) for part in keys)
            query, key = rotate(query, queries), rotate(key, (cos, sin))
        query = query.view(batch * frames, -1, *query.shape[2:])
        return self.proj(attend(query, key, value).view_as(hidden_states))
