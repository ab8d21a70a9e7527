"""Weights stored in eight bits and fewer: kept so in memory, and calculated with in the type of what they are multiplied with.

`F8_E4M3`, `F8_E5M2`, `I8`: times a scale, one of the matrix or one of each row (no scale: 1). The others: GGUF's blocks.
"""

import torch
from torch import Tensor, nn

from dramatis.models.published.gguf_blocks import dequantize_blocks
from dramatis.models.published.gguf_files import BLOCKS
from dramatis.models.published.products import product
from dramatis.models.published.tensor_files import StoredTensor

PLAIN = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "I64": torch.int64,
    "U8": torch.uint8,
}
_EIGHT_BITS = {"F8_E4M3": torch.float8_e4m3fn, "F8_E5M2": torch.float8_e5m2, "I8": torch.int8}
_BLOCK_BYTES = {name: size for name, _, size in BLOCKS.values() if name not in PLAIN}


def read(stored: StoredTensor) -> Tensor:
    """What lies in the file: values, in their shape; of GGUF's blocks the bytes, `N SIZE`."""
    with stored.path.open("rb") as file:
        file.seek(stored.start)
        content = torch.empty(stored.size, dtype=torch.uint8)
        file.readinto(content.numpy().data)
    if stored.dtype in _BLOCK_BYTES:
        return content.view(-1, _BLOCK_BYTES[stored.dtype])
    return content.view((PLAIN | _EIGHT_BITS)[stored.dtype]).view(stored.shape)


def dequantize(kind: str, raw: Tensor, scale: Tensor | None, shape: tuple[int, ...]) -> Tensor:
    """Values in their shape; float where they were quantized."""
    if kind in PLAIN:
        return raw
    if kind in _BLOCK_BYTES:
        return dequantize_blocks(kind, raw).view(shape)
    return raw.float() if scale is None else raw.float() * scale.float().view(-1, *[1] * (len(shape) - 1))


def quantize(kind: str, values: Tensor) -> tuple[Tensor, Tensor]:
    """Eight bits with a scale for each row."""
    dtype = _EIGHT_BITS[kind]
    largest = float(torch.iinfo(dtype).max if kind == "I8" else torch.finfo(dtype).max)
    scale = values.float().abs().amax(1).clamp(min=1e-12) / largest
    whole = values.float() / scale[:, None]
    return (whole.round() if kind == "I8" else whole).to(dtype), scale


class QuantizedLinear(nn.Module):
    """A linear layer whose weight stays as it is stored."""

    def __init__(self, kind: str, weight: Tensor, scale: Tensor | None, bias: Tensor | None, shape: tuple[int, ...]) -> None:
        super().__init__()
        self.kind, self.shape = kind, shape
        self.weight = nn.Parameter(weight, requires_grad=False)
        self.scale = None if scale is None else nn.Parameter(scale, requires_grad=False)
        self.bias = None if bias is None else nn.Parameter(bias, requires_grad=False)

    def forward(self, x: Tensor, gelu: bool = False) -> Tensor:
        """`... in` -> `... out`, perhaps with GELU of that."""
        weight = dequantize(self.kind, self.weight, self.scale, self.shape).type_as(x)
        return product(x, weight, self.bias, gelu)


def is_quantized(kind: str) -> bool:
    """Whether values of this type are stored in eight bits or fewer."""
    return kind in _EIGHT_BITS or kind in _BLOCK_BYTES


def in_eight_bits(kind: str) -> bool:
    """Whether values can be stored in this type here."""
    return kind in _EIGHT_BITS
