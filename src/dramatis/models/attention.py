"""Attention with rotary positions over time, height and width (RoFormer, arXiv 2104.09864; axes as Wan's, arXiv 2503.20314).

A head's channels are shared out among the axes; coordinates are real numbers, so frames of any rate and pictures of any
size meet in one space.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

Rotation = tuple[Tensor, Tensor]
"""Cosine and sine, each `B N 1 head_dim/2`."""


def rotation(coordinates: Tensor, head_dim: int, theta: float) -> Rotation:
    """The rotation at each token's (t, y, x), `B N 3`; angles are made in double precision."""
    third = 2 * (head_dim // 6)
    parts = []
    for axis, channels in enumerate((head_dim - 2 * third, third, third)):
        exponents = torch.arange(0, channels, 2, dtype=torch.float64, device=coordinates.device) / channels
        parts.append(coordinates[..., axis, None].double() * theta**-exponents)
    angles = torch.cat(parts, -1)[:, :, None]
    return angles.cos().float(), angles.sin().float()


def rotate(x: Tensor, by: Rotation) -> Tensor:
    """`B N heads head_dim`, neighbouring channels being the two axes of one plane."""
    cos, sin = by
    even, odd = x.view(*x.shape[:-1], -1, 2).unbind(-1)
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2).type_as(x)


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None) -> Tensor:
    """The one seam of all attention: `B N heads head_dim` each, `mask` (added) `B 1 N M`; `B N heads*head_dim`."""
    query, key, value = query.transpose(1, 2), key.transpose(1, 2), value.transpose(1, 2)
    return functional.scaled_dot_product_attention(query, key, value, attn_mask=mask).transpose(1, 2).flatten(2)


class Norm(nn.Module):
    """Root mean square norm over all heads' channels together, with a gain."""

    def __init__(self, dim: int, eps: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        """`... dim`."""
        return functional.rms_norm(x, self.weight.shape, self.weight.type_as(x), self.eps)


class Attention(nn.Module):
    """Attention of tokens to themselves or to a context, with normed queries and keys."""

    def __init__(self, dim: int, heads: int, eps: float) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(dim, dim) for _ in range(4))
        self.norm_q, self.norm_k = Norm(dim, eps), Norm(dim, eps)

    def forward(
        self, hidden_states: Tensor, context: Tensor | None = None, rotary: Rotation | None = None, mask: Tensor | None = None
    ) -> Tensor:
        """`B N dim`; `context` `B M dim` (None: the tokens themselves)."""
        context = hidden_states if context is None else context
        query = self.norm_q(self.q(hidden_states)).unflatten(-1, (self.heads, -1))
        key = self.norm_k(self.k(context)).unflatten(-1, (self.heads, -1))
        if rotary is not None:
            query, key = rotate(query, rotary), rotate(key, rotary)
        value = self.v(context).unflatten(-1, (self.heads, -1))
        return self.o(attend(query, key, value.type_as(query), mask))
