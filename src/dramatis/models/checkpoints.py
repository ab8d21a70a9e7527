"""Checkpoints: one safetensors file holds a module's tensors and, as JSON in its header, the architecture that they belong to.

A checkpoint is read strictly: whatever is unknown, missing or of another shape is said in one sentence, and nothing is ever
filled in by chance. Weights may be stored in half precision; the module that reads them keeps its own precision.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from dramatis.errors import EngineError
from dramatis.models.headers import check_there, unreadable

Module = TypeVar("Module", bound=nn.Module)
Config = TypeVar("Config")


def save(path: Path, module: nn.Module, dtype: torch.dtype | None = torch.float16) -> None:
    """Write the module's state and its `config` (a frozen dataclass of plain values), all or nothing.

    `dtype`: floating-point weights are stored in it; None: as they are.
    """
    config: Any = module.config
    state = {name: _stored(tensor, dtype) for name, tensor in module.state_dict().items()}
    header = {"architecture": type(config).__name__, "config": json.dumps(dataclasses.asdict(config))}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    save_file(state, partial, header)
    partial.replace(path)


def load(path: Path, kind: type[Config], build: Callable[[Config], Module]) -> Module:
    """The module of a checkpoint that `save` wrote, in evaluation mode: `build(config)` makes it, the file fills it.

    Raises `EngineError` in one sentence if there is no such file, if it holds another architecture than `kind`, or if a tensor is
    unknown, missing or of another shape.
    """
    header, state = _read(path)
    module = build(_config(path, kind, header))
    check_fits(path, state, module.state_dict())
    module.load_state_dict(state, strict=True)
    return module.eval()


def _stored(tensor: Tensor, dtype: torch.dtype | None) -> Tensor:
    cast = dtype is not None and tensor.is_floating_point()
    return tensor.detach().to("cpu", dtype if cast else tensor.dtype, copy=True).contiguous()


def _read(path: Path) -> tuple[dict[str, str], dict[str, Tensor]]:
    check_there(path)
    try:
        with safe_open(path, "pt") as file:
            return file.metadata() or {}, {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - a file is no mapping
    except (SafetensorError, OSError) as fault:
        raise unreadable(path, fault) from None


def _config(path: Path, kind: type[Config], header: Mapping[str, str]) -> Config:
    given = header.get("architecture", "none")
    if given != kind.__name__:
        raise EngineError(
            f"The weights {path} are of the architecture {given}, not {kind.__name__}: name the file that holds those."
        )
    try:
        return typing.cast(Config, _value(kind, json.loads(header["config"])))
    except (KeyError, TypeError, ValueError) as fault:
        raise EngineError(
            f"The architecture in {path} is not one that this Dramatis builds ({fault}): use weights of this version."
        ) from None


def _value(hint: object, data: object) -> object:
    """Parsed JSON as what a field's annotation says: lists become tuples, objects become dataclasses."""
    if dataclasses.is_dataclass(hint):
        return _dataclass(typing.cast("type", hint), typing.cast("dict[str, object]", data))
    inner = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        entries = typing.cast("list[object]", data)
        kinds = (inner[0],) * len(entries) if inner[-1] is Ellipsis else inner
        return tuple(_value(kind, entry) for kind, entry in zip(kinds, entries, strict=True))
    if isinstance(hint, types.UnionType):
        return None if data is None else _value(next(kind for kind in inner if kind is not types.NoneType), data)
    return data


def _dataclass(kind: type, data: dict[str, object]) -> object:
    hints = typing.get_type_hints(kind)
    unknown = sorted(set(data) - {field.name for field in dataclasses.fields(kind)})
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}")
    return kind(**{name: _value(hints[name], entry) for name, entry in data.items()})


def check_fits(path: Path, given: Mapping[str, Tensor], wanted: Mapping[str, Tensor]) -> None:
    """Raises `EngineError` if some of a file's tensors are missing, unknown, or of another shape than wanted."""
    shapes = [
        f"{name} is {list(given[name].shape)} instead of {list(wanted[name].shape)}"
        for name in sorted(given.keys() & wanted.keys())
        if given[name].shape != wanted[name].shape
    ]
    faults = {"missing": sorted(wanted.keys() - given.keys()), "unknown": sorted(given.keys() - wanted.keys()), "shape": shapes}
    said = [f"{word}: {', '.join(names[:3])}{_more(len(names) - 3)}" for word, names in faults.items() if names]
    if said:
        raise EngineError(f"The weights {path} do not fit their architecture ({'; '.join(said)}): fetch or train them again.")


def _more(count: int) -> str:
    return f" and {count} more" if count > 0 else ""
