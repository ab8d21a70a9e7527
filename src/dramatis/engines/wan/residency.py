"""Which network is where: all on the device, one at a time, or a transformer block by block.

A network is read when it is first used. On a CPU all stay where they are, and matrices lie as the CPU multiplies by them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from torch import Tensor, nn

from dramatis.engines.wan.memory import MemoryPlan
from dramatis.models.published.products import pack
from dramatis.models.published.quantized import QuantizedLinear, quantize
from dramatis.models.published.sequence_parallel import SequenceParallel, SingleProcess
from dramatis.models.published.transformer import PublishedTransformer

Network = TypeVar("Network")
Loader = Callable[[str], object]
"""Reads a network onto a device, whose name it is given: a module, or what has one as `network`."""
TRANSFORMERS = ("high", "low")
WORDS = "words"
_BLOCKS = "blocks."


@dataclass(frozen=True, eq=False)
class Residency:
    """`loaders` by a network's name; `sequence`: which processes share a transformer's tokens."""

    loaders: dict[str, Loader]
    device: str
    plan: MemoryPlan
    sequence: SequenceParallel = field(default_factory=SingleProcess)
    _loaded: dict[str, object] = field(default_factory=dict)

    def use(self, name: str, kind: type[Network]) -> Network:
        """A network, ready for use; others may have been put away for it."""
        swaps = self.device != "cpu" and self.plan.placed != "all"
        if name not in self._loaded:
            self._put_away(name, swaps)
            self._loaded[name] = self._prepared(name, self.loaders[name](self._home(name)))
        found = self._loaded[name]
        if not isinstance(found, kind):
            raise TypeError(f"{name} is a {type(found).__name__}")
        if swaps and self._home(name) != self._place(name):
            self._put_away(name, swaps)
            _module(found).to(self._place(name))
        return found

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Only where networks are read from travels, not what belongs to this process."""
        return Residency, (self.loaders, self.device, self.plan)

    def _home(self, name: str) -> str:
        """Where a network is kept while it is not used."""
        return self._place(name) if self.plan.placed == "all" else "cpu"

    def _place(self, name: str) -> str:
        """Where a network is used; one that comes block by block stays, and its blocks are fetched."""
        held_back = (name == WORDS and not self.plan.words_here) or self._by_blocks(name)
        return "cpu" if held_back else self.device

    def _by_blocks(self, name: str) -> bool:
        return name in TRANSFORMERS and self.plan.placed == "blocks"

    def _put_away(self, name: str, swaps: bool) -> None:
        for other, network in self._loaded.items():
            if swaps and other != name and self._place(other) != "cpu":
                _module(network).to("cpu")

    def _prepared(self, name: str, network: object) -> object:
        if isinstance(network, PublishedTransformer):
            network.sequence = self.sequence
            if self.plan.stored == "fp8":
                in_eight_bits(network)
            if self.device == "cpu":
                pack(network)
            elif self._by_blocks(name):
                by_blocks(network, self.device)
        return network


def in_eight_bits(transformer: PublishedTransformer) -> None:
    """Hold the matrices of the blocks in eight bits, with a scale for each row, and calculate as before."""
    for name, layer in list(transformer.named_modules()):
        if name.startswith(_BLOCKS) and isinstance(layer, nn.Linear):
            held, scale = quantize("F8_E4M3", layer.weight)
            shape = (layer.out_features, layer.in_features)
            transformer.set_submodule(name, QuantizedLinear("F8_E4M3", held, scale, layer.bias, shape))


def by_blocks(transformer: PublishedTransformer, device: str) -> None:
    """Each block is copied to the device when it is its turn, and dropped there after it; all else lies on the device."""
    for name, part in transformer.named_children():
        if name != "blocks":
            part.to(device)
    for block in transformer.blocks:
        kept = {name: one.data.pin_memory() if device.startswith("cuda") else one.data for name, one in block.named_parameters()}
        block.register_forward_pre_hook(partial(_fetch, kept, device))
        block.register_forward_hook(partial(_drop, kept))


def _fetch(kept: Mapping[str, Tensor], device: str, block: nn.Module, _given: object) -> None:
    for name, parameter in block.named_parameters():
        parameter.data = kept[name].to(device, non_blocking=True)


def _drop(kept: Mapping[str, Tensor], block: nn.Module, _given: object, _made: object) -> None:
    for name, parameter in block.named_parameters():
        parameter.data = kept[name]


def _module(network: object) -> nn.Module:
    found = getattr(network, "network", network)
    if not isinstance(found, nn.Module):
        raise TypeError(f"{type(network).__name__} holds no network")
    return found
