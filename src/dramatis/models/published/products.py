"""Products of tokens with matrices, as the published transformers calculate them.

On a CPU, outside of training, by oneDNN, in single precision, too, and with the activation inside. PyTorch's own layer gives
single precision to MKL, which is a fifth slower on AMD's processors (docs/log.md).
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from dramatis.models.published.pieces import AT_ONCE


def product(
    x: Float[Tensor, "*batch i"], weight: Float[Tensor, "o i"], bias: Float[Tensor, " o"] | None, gelu: bool = False
) -> Float[Tensor, "*batch o"]:
    """`x weight^T + bias`, perhaps with GELU (its approximation by tanh) of that."""
    if weight.is_mkldnn or (_by_onednn(x) and not torch.is_grad_enabled()):
        kind, approximation = ("gelu", "tanh") if gelu else ("none", "")
        found: Tensor = torch.ops.mkldnn._linear_pointwise(x, weight, bias, kind, [], approximation)
        return found
    found = functional.linear(x, weight, bias)
    return functional.gelu(found, approximate="tanh") if gelu else found


def _by_onednn(x: Tensor) -> bool:
    if x.device.type != "cpu" or not torch._C._has_mkldnn:
        return False
    half = x.dtype == torch.bfloat16 and bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    return half or x.dtype == torch.float32


def pack(network: nn.Module) -> None:
    """Hold the matrices of a network's `Linear` layers on a CPU as oneDNN multiplies by them, so that no call rearranges them.

    Afterwards the network can neither be trained nor moved, and its matrices cannot be read.
    """
    for layer in network.modules():
        if isinstance(layer, Linear) and _by_onednn(layer.weight):
            packed = torch.ops.mkldnn._reorder_linear_weight(layer.weight.detach(), AT_ONCE)
            layer.weight = nn.Parameter(packed, requires_grad=False)


class Linear(nn.Linear):
    """A linear layer, perhaps with GELU behind it."""

    def forward(self, x: Float[Tensor, "*batch i"], gelu: bool = False) -> Float[Tensor, "*batch o"]:
        """`... in` -> `... out`."""
        return product(x, self.weight, self.bias, gelu)


class FeedForward(nn.Sequential):
    """Two layers with GELU between them, which is inside the first one; parameters are called `0` and `2`, as published."""

    def __init__(self, dim: int, hidden: int) -> None:
        super().__init__(Linear(dim, hidden), nn.Identity(), Linear(hidden, dim))

    def forward(self, x: Float[Tensor, "*batch d"]) -> Float[Tensor, "*batch d"]:
        """`... dim`."""
        widen, _, narrow = self
        found: Tensor = narrow(widen(x, gelu=True))
        return found
