"""What of the networks lies where, from how much memory a graphics card has: a table of estimates.

Nothing in it was measured on a card. Sizes of weights are facts of the files; what a step needs besides is estimated from the
number of tokens and the width.
"""

from dataclasses import dataclass
from math import prod
from typing import Literal

from dramatis.models.published.identify import TI2V, PublishedWeights, merged
from dramatis.models.published.tensor_files import open_file

GB = 1e9
_WORDS, _OTHERS = 11.4, 2.2  # GB: UMT5 in bf16; CLIP, wav2vec 2.0 and the autoencoder
_CODING = 5.0  # GB that the autoencoder needs for 480 lines at once
_SPARE = 1.5  # GB: of the driver and of fragments
_WIDTHS = 14  # activations of a token's width that are held at once
_TOKENS, _TOKENS_TI2V = 21 * 30 * 52, 31 * 22 * 40  # of a window of 832x480, and of TI2V's of 1280x704
_TILE = 32  # latents
_HOPPER = (9, 0)


@dataclass(frozen=True)
class MemoryPlan:
    """`stored`: how matrices of the transformer are held. `placed`: all networks on the card, one at a time, or the transformer
    block by block. `tile`: latents that the autoencoder codes at once, 0: all. `words_here`: the card holds UMT5 while it is
    used. `attention`: kernels of PyTorch's attention, the first that can calculate it is used; (): as PyTorch chooses.
    """

    stored: Literal["bf16", "fp8"] = "bf16"
    placed: Literal["all", "one", "blocks"] = "all"
    tile: int = 0
    words_here: bool = True
    attention: tuple[str, ...] = ()


def plan_for(gigabytes: float | None, weights: PublishedWeights, eight_bits: bool = True) -> MemoryPlan:
    """The plan for a card with so much memory, where matrices may be held in eight bits or not. None: nothing is held back."""
    if gigabytes is None:
        return MemoryPlan()
    size, step = transformer_gigabytes(weights), working_gigabytes(weights)
    tile, words = 0 if gigabytes >= _CODING + _SPARE + 8 else _TILE, gigabytes >= _WORDS + _SPARE
    if gigabytes >= size * len(weights.experts) + _WORDS + _OTHERS + max(step, _CODING) + _SPARE:
        return MemoryPlan(tile=tile, words_here=words)
    if gigabytes >= size + step + _SPARE:
        return MemoryPlan(placed="one", tile=tile, words_here=words)
    if eight_bits and gigabytes >= size / 2 + step + _SPARE:
        return MemoryPlan("fp8", "one", tile, words)
    return MemoryPlan(placed="blocks", tile=tile, words_here=words)


def transformer_gigabytes(weights: PublishedWeights) -> float:
    """Of one expert in two bytes a number."""
    tensors = merged(open_file(path) for path in weights.experts[0])
    return sum(2 * prod(one.shape) for one in tensors.values()) / GB


def working_gigabytes(weights: PublishedWeights) -> float:
    """What a step needs besides the weights, for a window of the family's usual size: estimated."""
    return (_TOKENS_TI2V if weights.family == TI2V else _TOKENS) * weights.architecture.dim * 2 * _WIDTHS / GB


def kernels_for(capability: tuple[int, int]) -> tuple[str, ...]:
    """Kernels of attention for a card of this compute capability, the fastest first: estimated. None of them holds all scores at
    once, so they are the same for any amount of memory; the last one can do without half precision.
    """
    return ("cudnn", "flash", "efficient") if capability >= _HOPPER else ("flash", "efficient")
