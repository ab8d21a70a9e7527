"""From files to a transformer: built without memory, then filled tensor by tensor, strictly.

No more is held than the weights themselves and one tensor more: files are read, not mapped.
"""

from collections.abc import Mapping
from math import prod

import torch
from torch import Tensor, nn

from dramatis.errors import EngineError
from dramatis.models.published.identify import PublishedWeights, merged
from dramatis.models.published.tensor_files import StoredTensor, open_file
from dramatis.models.published.transformer import PublishedTransformer

DTYPES = {
    "F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "F8_E4M3": torch.float8_e4m3fn,
    "F8_E5M2": torch.float8_e5m2, "I8": torch.int8, "U8": torch.uint8, "I64": torch.int64,
}  # fmt: skip
_KEPT = ("time_embedding.", "time_projection.", ".modulation")
"""Calculated in single precision, as the originals do."""


def build(weights: PublishedWeights) -> PublishedTransformer:
    """The network without memory (on `meta`)."""
    with torch.device("meta"):
        return PublishedTransformer(weights.architecture).eval()


def load(
    weights: PublishedWeights, device: torch.device | str = "cpu", dtype: torch.dtype = torch.bfloat16, expert: int = 0
) -> PublishedTransformer:
    """One of the networks (0: the only one, or that of high noise), ready to use.

    Raises `EngineError` in one sentence: a tensor is missing, unknown or of another shape, or a file cannot be read.
    """
    tensors = merged(open_file(path) for path in weights.experts[expert])
    net = build(weights)
    check(tensors, net, weights)
    for name, stored in tensors.items():
        exact = any(part in name for part in _KEPT)
        value = read(stored).to(device, torch.float32 if exact else dtype)
        _assign(net, name, value)
    return net.requires_grad_(False)


def read(stored: StoredTensor) -> Tensor:
    """The tensor, from its file."""
    with stored.path.open("rb") as file:
        file.seek(stored.start)
        content = bytearray(stored.size)
        file.readinto(content)
    return torch.frombuffer(content, dtype=DTYPES[stored.dtype], count=prod(stored.shape)).view(stored.shape)


def check(tensors: Mapping[str, StoredTensor], net: nn.Module, weights: PublishedWeights) -> None:
    """Raises `EngineError` if names or shapes are not those of the network."""
    wanted = {name: tuple(value.shape) for name, value in net.state_dict().items()}
    missing, unknown = sorted(wanted.keys() - tensors.keys()), sorted(tensors.keys() - wanted.keys())
    shapes = [name for name in wanted if name in tensors and tensors[name].shape != wanted[name]]
    place, family = weights.experts[0][0].parent, weights.family.title
    if missing:
        raise EngineError(f"The weights in {place} ({family}) lack {_some(missing)}: fetch the files again, all shards of them.")
    if unknown:
        raise EngineError(f"The weights in {place} hold {_some(unknown)}, which {family} has not: name a folder with one model.")
    if shapes:
        name = shapes[0]
        raise EngineError(
            f"{name} in {tensors[name].path} is {list(tensors[name].shape)} and must be {list(wanted[name])} for {family}: "
            "name files of one model."
        )


def _assign(net: nn.Module, name: str, value: Tensor) -> None:
    place, _, last = name.rpartition(".")
    setattr(net.get_submodule(place), last, nn.Parameter(value, requires_grad=False))


def _some(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
