"""Low-rank changes of weights (LoRA, arXiv 2106.09685) in their published dialects, merged when weights are loaded.

`lora_down` and `lora_up` with `alpha`, or `lora_A` and `lora_B`; `diff`, `diff_b` and `diff_m` are whole changes of a weight, a
bias and a modulation.
Modules have original or diffusers' names, or (kohya's) original ones with underscores.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from dramatis.errors import EngineError
from dramatis.models.published.quantized import read
from dramatis.models.published.tensor_files import StoredTensor, open_file

_PART = re.compile(r"^(?P<module>.+)\.(?P<part>lora_(?:down|up|A|B)(?:\.\w+)?\.weight|alpha|diff|diff_b|diff_m)$")
_KOHYA = "lora_unet_"


@dataclass(frozen=True)
class Change:
    """What is added to a parameter: a product of two matrices, or a whole one."""

    path: Path
    scale: float
    down: StoredTensor | None
    up: StoredTensor

    def added(self, shape: torch.Size) -> Tensor:
        """Float, of the parameter's shape; raises `EngineError` if it has not so many values."""
        up = read(self.up).float()
        value = up if self.down is None else up.flatten(1) @ read(self.down).float().flatten(1)
        if value.numel() != shape.numel():
            raise EngineError(
                f"The LoRA {self.path} was made for another model: it changes {list(shape)} by {list(value.shape)}."
            )
        return self.scale * value.view(shape)


def changes(paths: Iterable[Path], net: nn.Module, strength: float) -> dict[str, list[Change]]:
    """What files change, by parameter; raises `EngineError` if the network lacks a module that they name."""
    modules = {name.replace(".", "_"): name for name, _ in net.named_modules()}
    parameters = set(dict(net.named_parameters()))
    found: dict[str, list[Change]] = defaultdict(list)
    for path in paths:
        for module, parts in _parts(path).items():
            name = modules.get(module.removeprefix(_KOHYA), module)
            for last, change in _changes(path, parts, strength):
                if f"{name}.{last}" not in parameters:
                    raise EngineError(
                        f"The LoRA {path} changes {name}.{last}, which this model has not: it was made for another one."
                    )
                found[f"{name}.{last}"].append(change)
    return found


def _parts(path: Path) -> dict[str, dict[str, StoredTensor]]:
    parts: dict[str, dict[str, StoredTensor]] = defaultdict(dict)
    for name, stored in open_file(path).tensors.items():
        match = _PART.match(name)
        if match is None:
            raise EngineError(
                f"The LoRA {path} holds {name}, which is of no dialect that is read (lora_down, lora_A, diff, diff_b)."
            )
        parts[match["module"]][re.sub(r"^(lora_\w+?)\..*$", r"\1", match["part"])] = stored
    return parts


def _changes(path: Path, parts: dict[str, StoredTensor], strength: float) -> list[tuple[str, Change]]:
    whole = (("weight", "diff"), ("bias", "diff_b"), ("modulation", "diff_m"))
    found = [(last, Change(path, strength, None, parts[part])) for last, part in whole if part in parts]
    down, up = parts.get("lora_down", parts.get("lora_A")), parts.get("lora_up", parts.get("lora_B"))
    if (down is None) != (up is None):
        raise EngineError(f"The LoRA {path} lacks one of two matrices of a pair: fetch the file again.")
    if down is not None and up is not None:
        rank = down.shape[0]
        alpha = float(read(parts["alpha"])) if "alpha" in parts else rank
        found.append(("weight", Change(path, strength * alpha / rank, down, up)))
    return found
