"""Tensors of published files: safetensors, one or several with an index, and PyTorch's own format, read as tensors alone.

A network is built without memory, and filled with a file's tensors, all of them and no others.
"""

import json
from pathlib import Path
from typing import TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from dramatis.errors import EngineError
from dramatis.models.checkpoints import check_fits
from dramatis.models.headers import unreadable

Network = TypeVar("Network", bound=nn.Module)
INDEX = ".index.json"
_PICKLES = (".pth", ".pt", ".bin")


def parts_of(path: Path) -> list[Path]:
    """The files of a path: itself, or those that it lists if it is an index; raises `EngineError`."""
    if not path.name.endswith(INDEX):
        return [path]
    try:
        named = sorted(set(json.loads(path.read_text(encoding="utf-8"))["weight_map"].values()))
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as fault:
        raise unreadable(path, fault) from None
    missing = [name for name in named if not (path.parent / name).is_file()]
    if missing:
        raise EngineError(f"The weights {path} lack {', '.join(missing[:3])}, which they list: fetch them again.")
    return [path.parent / name for name in named]


def tensors_in(path: Path) -> dict[str, Tensor]:
    """All tensors of a file, or of the files of an index, by name; raises `EngineError` if they cannot be read."""
    found: dict[str, Tensor] = {}
    for part in parts_of(path):
        try:
            if part.suffix in _PICKLES:
                found.update(torch.load(part, map_location="cpu", weights_only=True, mmap=True))
            else:
                found.update(load_file(part))
        except (SafetensorError, OSError, RuntimeError, ValueError, TypeError, EOFError, KeyError) as fault:
            raise unreadable(part, fault) from None
    return found


def filled(network: Network, state: dict[str, Tensor], path: Path, dtype: torch.dtype) -> Network:
    """The network, built on `meta`, with a file's tensors in that precision, for evaluation; raises `EngineError`."""
    check_fits(path, state, network.state_dict())
    network.load_state_dict({name: tensor.to(dtype) for name, tensor in state.items()}, strict=True, assign=True)
    return network.eval().requires_grad_(False)
