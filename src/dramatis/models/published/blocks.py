"""The blocks of the published transformers: self-attention, words and picture, voices, feed-forward."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dramatis.models.attention import Attention, Norm, Rotation, attend
from dramatis.models.dit import framewise, modulate
from dramatis.models.published.architecture import Architecture
from dramatis.models.published.audio import AudioAttention
from dramatis.models.published.pieces import Piece, piecewise
from dramatis.models.published.products import FeedForward, Linear
from dramatis.models.published.sequence_parallel import SequenceParallel
from dramatis.models.published.speakers import SpeakerBinding, VoiceRotation

KeysAndValues = tuple[tuple[Float[Tensor, "b _ heads c"], Float[Tensor, "b _ heads c"]], ...]
"""Of words, and of a picture if there is one."""


@dataclass(frozen=True, eq=False)
class Context:
    """What every block is given."""

    modulation: Float[Tensor, "b levels 6 d"]
    pieces: tuple[Piece, ...]
    rotary: Rotation
    words: Float[Tensor, "b l d"]
    picture: Float[Tensor, "b p d"] | None
    audio: Float[Tensor, "b t m e"] | None
    binding: SpeakerBinding | None
    voices: VoiceRotation | None
    """The voices' rotation, if there is a binding."""
    sequence: SequenceParallel


class CrossAttention(nn.Module):
    """Attention to words, and with keys and values of its own to a picture, if the model takes one."""

    def __init__(self, arch: Architecture) -> None:
        super().__init__()
        dim, self.heads = arch.dim, arch.num_heads
        self.q, self.k, self.v, self.o = (Linear(dim, dim) for _ in range(4))
        self.norm_q, self.norm_k = Norm(dim, arch.eps), Norm(dim, arch.eps)
        if arch.image_dim:
            self.k_img, self.v_img = Linear(dim, dim), Linear(dim, dim)
            self.norm_k_img = Norm(dim, arch.eps)

    def keys_and_values(self, words: Float[Tensor, "b l d"], picture: Float[Tensor, "b p d"] | None) -> KeysAndValues:
        """Words `B L dim`, the picture's tokens `B P dim`."""
        of_words = self._heads(self.norm_k(self.k(words))), self._heads(self.v(words))
        if picture is None:
            return (of_words,)
        return of_words, (self._heads(self.norm_k_img(self.k_img(picture))), self._heads(self.v_img(picture)))

    def forward(self, hidden_states: Float[Tensor, "b n d"], given: KeysAndValues) -> Float[Tensor, "b n d"]:
        """`B N dim`."""
        query = self._heads(self.norm_q(self.q(hidden_states)))
        first, *others = (attend(query, key, value) for key, value in given)
        return self.o(sum(others, first))

    def _heads(self, x: Tensor) -> Tensor:
        return torch.unflatten(x, -1, (self.heads, -1))


class PublishedBlock(nn.Module):
    """Self-attention, words and picture, voices, feed-forward."""

    def __init__(self, arch: Architecture) -> None:
        super().__init__()
        dim, eps = arch.dim, arch.eps
        self.norm1 = nn.LayerNorm(dim, eps, elementwise_affine=False)
        self.self_attn = Attention(dim, arch.num_heads, eps, Linear)
        self.norm3 = nn.LayerNorm(dim, eps)
        self.cross_attn = CrossAttention(arch)
        if arch.audio is not None:
            self.norm_x = nn.LayerNorm(dim, eps)
            self.audio_cross_attn = AudioAttention(dim, arch.num_heads, arch.audio.token_dim)
        self.norm2 = nn.LayerNorm(dim, eps, elementwise_affine=False)
        self.ffn = FeedForward(dim, arch.ffn_dim)
        self.modulation = nn.Parameter(torch.randn(1, 6, dim) / dim**0.5)

    def forward(self, hidden_states: Float[Tensor, "b n d"], context: Context) -> Float[Tensor, "b n d"]:
        """`B N dim`."""
        x = hidden_states
        values = (self.modulation + context.modulation).type_as(x)
        shift, scale, gate, ffn_shift, ffn_scale, ffn_gate = values.unbind(2)

        def projected(piece: Piece) -> tuple[Tensor, ...]:
            part = modulate(piece.layout, self.norm1(x[:, piece.tokens]), shift[:, piece.levels], scale[:, piece.levels])
            return self.self_attn.project(part, rotary=_of_piece(context.rotary, piece))

        query, key, value = piecewise(context.pieces, projected)
        found = context.sequence.attend(query, key, value)
        bound = context.binding.rotation(query, key) if context.binding and context.audio is not None else None
        given = self.cross_attn.keys_and_values(context.words, context.picture)

        def finished(piece: Piece) -> tuple[Tensor, ...]:
            rows = piece.levels
            y = _gated(piece, x[:, piece.tokens], self.self_attn.o(found[:, piece.tokens]), gate[:, rows])
            y = y + self.cross_attn(self.norm3(y), given)
            y = self._voiced(piece, y, context, bound)
            fed = self.ffn(modulate(piece.layout, self.norm2(y), ffn_shift[:, rows], ffn_scale[:, rows]))
            return (_gated(piece, y, fed, ffn_gate[:, rows]),)

        return piecewise(context.pieces, finished)[0]

    def _voiced(self, piece: Piece, x: Tensor, context: Context, bound: Rotation | None) -> Tensor:
        """With what a piece hears."""
        if context.audio is None:
            return x
        turned = None if bound is None else _of_piece(bound, piece)
        return x + self.audio_cross_attn(self.norm_x(x), context.audio[:, piece.frames], turned, context.voices)


def _of_piece(rotary: Rotation, piece: Piece) -> tuple[Tensor, Tensor]:
    return rotary[0][:, piece.tokens], rotary[1][:, piece.tokens]


def _gated(piece: Piece, x: Float[Tensor, "b n d"], change: Float[Tensor, "b n d"], gate: Float[Tensor, "b levels d"]) -> Tensor:
    """`x + gate * change`."""
    return x + framewise(piece.layout, torch.mul, change, gate)
