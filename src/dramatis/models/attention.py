"""Attention with rotary positions over time, height and width (RoFormer, arXiv 2104.09864; axes as Wan's, arXiv 2503.20314).

A head's channels are shared out among the axes; coordinates are real numbers, so frames of any rate and pictures of any
size meet in one space.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

Rotation = tuple[Float[Tensor, "b n 1 half"], Float[Tensor, "b n 1 half"]]
"""Cosine and sine."""
_NEAR = ((1, 2), (0, 1, 2), (0,), ())  # axes (t, y, x) on which heads begin to look near
_LEAN = 3.0  # how much they do
_IN_CACHE = 2**16  # scores of a head, in half precision
_WHOLE = 2**24  # more of them are never held at once
_PIECE = 2**20


def rotation(coordinates: Float[Tensor, "b n 3"], head_dim: int, theta: float) -> Rotation:
    """The rotation at each token's (t, y, x), `B N 3`; angles are made in double precision."""
    third = 2 * (head_dim // 6)
    parts = []
    for axis, channels in enumerate((head_dim - 2 * third, third, third)):
        exponents = torch.arange(0, channels, 2, dtype=torch.float64, device=coordinates.device) / channels
        parts.append(coordinates[..., axis, None].double() * theta**-exponents)
    angles = torch.cat(parts, -1)[:, :, None]
    return angles.cos().float(), angles.sin().float()


def nearness(heads: int, channels: int) -> Float[Tensor, " {heads*channels}"]:
    """A bias of queries and keys alike, `heads*channels`, by which heads begin to look at what is near, whatever it is.

    Turned by the rotation, equal vectors agree where their positions do: one head looks at the same place at any time, the next
    near it in space and time, the next at its own instant, the fourth anywhere; and so on.
    """
    third = 2 * (channels // 6)
    starts = (0, channels - 2 * third, channels - third)
    bias = torch.zeros(heads, channels)
    for head, row in enumerate(bias):
        for axis in _NEAR[head % len(_NEAR)]:
            row[starts[axis] : starts[axis] + 6 : 2] = _LEAN
    return bias.flatten()


def rotate(x: Float[Tensor, "b n heads d"], by: Rotation) -> Float[Tensor, "b n heads d"]:
    """`B N heads head_dim`, neighbouring channels being the two axes of one plane."""
    if x.dtype == torch.float32:  # as complex numbers: the same products without copies (docs/log.md)
        turned = torch.view_as_complex(torch.unflatten(x, -1, (-1, 2))) * torch.complex(*by)
        return torch.view_as_real(turned).flatten(-2)
    cos, sin = by[0].type_as(x), by[1].type_as(x)
    even, odd = x.view(*x.shape[:-1], -1, 2).unbind(-1)
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


def attend(
    query: Float[Tensor, "b n heads d"],
    key: Float[Tensor, "b m heads d"],
    value: Float[Tensor, "b m heads d"],
    mask: Float[Tensor, "#b 1 n m"] | None = None,
) -> Float[Tensor, "b n heads*d"]:
    """The one seam of all attention: `B N heads head_dim` each, `mask` (added) `B 1 N M`; `B N heads*head_dim`.

    On a CPU, half precision is trained twice as fast by plain products as by torch's fused kernel, long sequences one at a time
    so that their scores stay in the cache (docs/log.md).
    """
    query, key, value = query.transpose(1, 2), key.transpose(1, 2), value.transpose(1, 2)
    if query.device.type == "cpu" and query.dtype == torch.bfloat16:
        found = _plain(query, key, value, mask)
    else:
        mask = None if mask is None else mask.to(query.dtype)
        found = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    return found.transpose(1, 2).flatten(2)


def _plain(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    if query.ndim == 4 and len(query) > 1 and query.shape[-2] * key.shape[-2] > _IN_CACHE:
        masks = [None] * len(query) if mask is None else mask
        return torch.stack([_plain(*one) for one in zip(query, key, value, masks, strict=True)])
    if query.shape[-2] * key.shape[-2] > _WHOLE and mask is None:
        return _in_pieces(query, key, value)
    scores = torch.matmul(query * query.shape[-1] ** -0.5, key.transpose(-1, -2))
    return torch.matmul(torch.softmax(scores if mask is None else scores + mask, -1, dtype=query.dtype), value)


def _in_pieces(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Head by head, some queries at a time: their scores stay in the cache."""
    if query.ndim > 2:
        return torch.stack([_in_pieces(*one) for one in zip(query, key, value, strict=True)])
    rows = max(_PIECE // len(key), 1)
    return torch.cat([_plain(some, key, value, None) for some in torch.split(query, rows)])


class Norm(nn.Module):
    """Root mean square norm over all heads' channels together, with a gain."""

    def __init__(self, dim: int, eps: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.eps = eps

    def forward(self, x: Float[Tensor, "*batch d"]) -> Float[Tensor, "*batch d"]:
        """`... dim`."""
        return functional.rms_norm(x, self.weight.shape, self.weight.type_as(x), self.eps)


class Attention(nn.Module):
    """Attention of tokens to themselves or to a context, with normed queries and keys."""

    def __init__(self, dim: int, heads: int, eps: float, linear: type[nn.Linear] = nn.Linear) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (linear(dim, dim) for _ in range(4))
        self.norm_q, self.norm_k = Norm(dim, eps), Norm(dim, eps)

    def forward(
        self,
        hidden_states: Float[Tensor, "b n d"],
        context: Float[Tensor, "b m d"] | None = None,
        rotary: Rotation | None = None,
        mask: Float[Tensor, "#b 1 n _"] | None = None,
    ) -> Float[Tensor, "b n d"]:
        """`B N dim`; `context` `B M dim` (None: the tokens themselves)."""
        query, key, value = self.project(hidden_states, context, rotary)
        return self.o(attend(query, key, value, mask))

    def project(
        self, hidden_states: Float[Tensor, "b n d"], context: Float[Tensor, "b m d"] | None = None, rotary: Rotation | None = None
    ) -> tuple[Float[Tensor, "b n heads c"], Float[Tensor, "b m heads c"], Float[Tensor, "b m heads c"]]:
        """Queries, keys and values, `B N heads head_dim` each."""
        context = hidden_states if context is None else context
        query = self.norm_q(self.q(hidden_states)).unflatten(-1, (self.heads, -1))
        key = self.norm_k(self.k(context)).unflatten(-1, (self.heads, -1))
        if rotary is not None:
            query, key = rotate(query, rotary), rotate(key, rotary)
        return query, key, self.v(context).unflatten(-1, (self.heads, -1)).type_as(query)
