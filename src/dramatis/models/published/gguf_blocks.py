"""Values of GGUF's blocks (the layouts of llama.cpp): a few bits each, with a scale, in some types an offset, for each group."""

from collections.abc import Callable

import torch
from torch import Tensor


def dequantize_blocks(kind: str, blocks: Tensor) -> Tensor:
    """Bytes `N SIZE` of blocks of this type -> values `N 32` or `N 256`, float."""
    return _TYPES[kind](blocks)


def _half(blocks: Tensor, at: int) -> Tensor:
    """A float16 of each block, `N 1`."""
    return blocks[:, at : at + 2].contiguous().view(torch.float16).float()


def _nibbles(packed: Tensor) -> Tensor:
    """Low halves of some bytes, then their high halves."""
    return torch.cat((packed & 15, packed >> 4), -1)


def _fifth_bits(packed: Tensor) -> Tensor:
    """The 32 bits of four bytes, `N 32`."""
    return (packed[:, :, None] >> torch.arange(8, device=packed.device, dtype=torch.uint8) & 1).flatten(1)


def _q8_0(blocks: Tensor) -> Tensor:
    return _half(blocks, 0) * blocks[:, 2:].view(torch.int8)


def _q4_0(blocks: Tensor) -> Tensor:
    return _half(blocks, 0) * (_nibbles(blocks[:, 2:]).float() - 8)


def _q4_1(blocks: Tensor) -> Tensor:
    return _half(blocks, 0) * _nibbles(blocks[:, 4:]) + _half(blocks, 2)


def _q5_0(blocks: Tensor) -> Tensor:
    values = _nibbles(blocks[:, 6:]) | _fifth_bits(blocks[:, 2:6]) << 4
    return _half(blocks, 0) * (values.float() - 16)


def _q5_1(blocks: Tensor) -> Tensor:
    values = _nibbles(blocks[:, 8:]) | _fifth_bits(blocks[:, 4:8]) << 4
    return _half(blocks, 0) * values + _half(blocks, 2)


def _group_scales(packed: Tensor) -> tuple[Tensor, Tensor]:
    """Six-bit scales and offsets of eight groups from twelve bytes, `N 8` each."""
    first, second, third = torch.split(packed, 4, 1)
    scales = torch.cat((first & 63, (third & 15) | (first >> 6 << 4)), 1)
    offsets = torch.cat((second & 63, (third >> 4) | (second >> 6 << 4)), 1)
    return scales, offsets


def _scaled_groups(blocks: Tensor, values: Tensor) -> Tensor:
    """`N 8 32` values by their group's scale and offset."""
    scales, offsets = _group_scales(blocks[:, 4:16])
    return ((_half(blocks, 0) * scales)[..., None] * values - (_half(blocks, 2) * offsets)[..., None]).flatten(1)


def _q4_k(blocks: Tensor) -> Tensor:
    packed = torch.unflatten(blocks[:, 16:], 1, (4, 1, 32))
    return _scaled_groups(blocks, torch.cat((packed & 15, packed >> 4), 2).flatten(1, 2))


def _q5_k(blocks: Tensor) -> Tensor:
    packed = torch.unflatten(blocks[:, 48:], 1, (4, 1, 32))
    bits = torch.arange(8, device=blocks.device, dtype=torch.uint8)[None, :, None]
    fifth = blocks[:, None, 16:48] >> bits & 1
    return _scaled_groups(blocks, torch.cat((packed & 15, packed >> 4), 2).flatten(1, 2) | fifth << 4)


def _q6_k(blocks: Tensor) -> Tensor:
    """Two halves of 128 values: four rows of 32, low four bits and high two bits apart."""
    low = torch.unflatten(blocks[:, :128], 1, (2, 1, 64))
    low = torch.cat((low & 15, low >> 4), 2).flatten(2)
    high = torch.unflatten(blocks[:, 128:192], 1, (2, 1, 32))
    shifts = torch.tensor([0, 2, 4, 6], device=blocks.device, dtype=torch.uint8)[:, None]
    values = (low | ((high >> shifts & 3) << 4).flatten(2)).flatten(1)
    scales = blocks[:, 192:208].view(torch.int8).float().repeat_interleave(16, 1)
    return _half(blocks, 208) * scales * (values.float() - 32)


_TYPES: dict[str, Callable[[Tensor], Tensor]] = {
    "Q8_0": _q8_0, "Q4_0": _q4_0, "Q4_1": _q4_1, "Q5_0": _q5_0, "Q5_1": _q5_1, "Q4_K": _q4_k, "Q5_K": _q5_k, "Q6_K": _q6_k,
}  # fmt: skip
