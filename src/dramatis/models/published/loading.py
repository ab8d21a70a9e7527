"""From files to a transformer: built without memory, then filled tensor by tensor, strictly.

No more is held than the weights themselves and a few tensors more: files are read, not mapped. What is stored in eight bits or
fewer stays so (`quantized.py`), except for small layers; LoRAs are merged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from dramatis.errors import EngineError
from dramatis.models.published.identify import PublishedWeights, merged
from dramatis.models.published.lora import Change, changes
from dramatis.models.published.quantized import QuantizedLinear, dequantize, in_eight_bits, is_quantized, quantize, read
from dramatis.models.published.tensor_files import StoredTensor, open_file
from dramatis.models.published.transformer import PublishedTransformer

_EXACT = ("time_embedding.", "time_projection.", ".modulation")
"""Calculated in single precision, as the originals do."""
_SCALES = (".scale_weight", ".weight_scale", ".scale")
_PASSED_OVER = (".scale_input", ".input_scale", ".comfy_quant", "scaled_fp8")
"""Of other programs: how activations are quantized, and marks."""


@dataclass(frozen=True)
class StoredWeight:
    """A parameter on disk, with its scale if it has one."""

    values: StoredTensor
    scale: StoredTensor | None = None


def check(weights: PublishedWeights, expert: int = 0) -> tuple[PublishedTransformer, dict[str, StoredWeight]]:
    """The network without memory (on `meta`), and where its parameters lie; reads headers only.

    Raises `EngineError` in one sentence if a parameter is missing, unknown or of another shape.
    """
    with torch.device("meta"):
        net = PublishedTransformer(weights.architecture).eval()
    stored = _with_scales(merged(open_file(path) for path in weights.experts[expert]))
    wanted = {name: tuple(value.shape) for name, value in net.state_dict().items()}
    _check_names(weights, set(wanted), set(stored))
    for name, shape in wanted.items():
        values = stored[name].values
        if values.shape != shape:
            raise EngineError(
                f"{name} in {values.path} is {list(values.shape)} and must be {list(shape)} for {weights.family.title}: "
                "name files of one model."
            )
    return net, stored


def load(
    weights: PublishedWeights,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.bfloat16,
    expert: int = 0,
    lora_strength: float = 1.0,
) -> PublishedTransformer:
    """One of the networks (0: the only one, or that of high noise), ready to calculate in `dtype`.

    Raises what `check` does, and if a LoRA or a file does not fit.
    """
    net, stored = check(weights, expert)
    merge = changes(weights.loras_of(expert), net, lora_strength)
    for name, one in stored.items():
        _fill(net, name, one, merge.get(name, []), (torch.device(device), dtype))
    return net.requires_grad_(False)


def _with_scales(tensors: Mapping[str, StoredTensor]) -> dict[str, StoredWeight]:
    scales = {}
    for name, stored in tensors.items():
        ending = next((ending for ending in _SCALES if name.endswith(ending)), None)
        if ending:
            scales[f"{name.removesuffix(ending)}.weight"] = (name, stored)
    of_scales = {name for name, _ in scales.values()}
    plain = {name: one for name, one in tensors.items() if name not in of_scales and not name.endswith(_PASSED_OVER)}
    return {name: StoredWeight(one, scales.get(name, ("", None))[1]) for name, one in plain.items()}


def _check_names(weights: PublishedWeights, wanted: set[str], given: set[str]) -> None:
    place, family = weights.experts[0][0].parent, weights.family.title
    missing, unknown = sorted(wanted - given), sorted(given - wanted)
    if missing:
        raise EngineError(f"The weights in {place} ({family}) lack {_some(missing)}: fetch the files again, all shards of them.")
    if unknown:
        raise EngineError(f"The weights in {place} hold {_some(unknown)}, which {family} has not: name a folder with one model.")


def _fill(
    net: nn.Module, name: str, stored: StoredWeight, merge: Sequence[Change], where: tuple[torch.device, torch.dtype]
) -> None:
    """A parameter from its file, where the network calculates."""
    device, dtype = where
    place, _, last = name.rpartition(".")
    module: Any = net.get_submodule(place)
    exact = any(part in name for part in _EXACT)
    kind, shape = stored.values.dtype, stored.values.shape
    raw, scale = read(stored.values), None if stored.scale is None else read(stored.scale)
    keeps = is_quantized(kind) and isinstance(module, nn.Linear | QuantizedLinear) and last == "weight" and not exact
    if keeps and merge and in_eight_bits(kind):
        raw, scale = quantize(kind, _merged(dequantize(kind, raw, scale, shape), merge))
    if keeps and (not merge or in_eight_bits(kind)):
        _keep(net, place, QuantizedLinear(kind, raw.to(device), scale if scale is None else scale.to(device), module.bias, shape))
        return
    values = _merged(dequantize(kind, raw, scale, shape), merge).to(device, torch.float32 if exact else dtype)
    setattr(module, last, nn.Parameter(values, requires_grad=False))


def _merged(values: Tensor, merge: Sequence[Change]) -> Tensor:
    return sum((change.added(values.shape) for change in merge), values.float()) if merge else values


def _keep(net: nn.Module, place: str, layer: QuantizedLinear) -> None:
    parent, _, last = place.rpartition(".")
    setattr(net.get_submodule(parent), last, layer)


def _some(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
