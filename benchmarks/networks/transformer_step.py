"""One step of the published transformer against diffusers' class: same random weights, same run, one after the other in turn."""

import time
import warnings
from collections.abc import Callable
from statistics import median
from typing import Any

import torch
from torch import Tensor

from dramatis.models.published.architecture import Architecture
from dramatis.models.published.products import pack
from dramatis.models.published.tensor_files import original_name
from dramatis.models.published.transformer import PublishedTransformer

ARCH = Architecture(dim=1536, ffn_dim=8960, num_heads=12, num_layers=4, in_dim=16, out_dim=16, text_dim=4096)
"""Wan 2.1 T2V 1.3B, cut to four blocks."""
LATENTS = (1, 16, 5, 60, 104)
"""480 x 832, 17 frames."""
_QUICK = (1, 16, 2, 30, 52)
_PAIRS = 3


def run(quick: bool) -> None:
    """A row for each type: processor seconds of both in each pair, the median of the ratios, how far apart outputs are."""
    print("| type | ours and diffusers', s | ratio (median) | apart (rel. L2) |\n|---|---|---|---|")
    for dtype in (torch.float32, torch.bfloat16):
        theirs = _theirs().to(dtype)
        print(f"| {dtype} | {_compared(_ours(theirs), theirs, dtype, quick)} |", flush=True)


def _compared(net: PublishedTransformer, theirs: Any, dtype: torch.dtype, quick: bool) -> str:  # noqa: ANN401 - a class without types
    noise = torch.Generator().manual_seed(0)
    text = torch.randn(1, 512, ARCH.text_dim, generator=noise).to(dtype)
    level, step = torch.tensor([0.7], dtype=torch.float64), torch.tensor([700.0])

    def pair(shape: tuple[int, ...], ours_first: bool) -> tuple[float, float, float]:
        latents = torch.randn(shape, generator=noise).to(dtype)
        calls = [lambda: net(latents, level, text), lambda: theirs(latents, step, text, return_dict=False)[0]]
        done = [_timed(call) for call in (calls if ours_first else calls[::-1])]
        (mine, took), (yours, other) = done if ours_first else done[::-1]
        return took, other, float((mine - yours.float()).norm() / yours.float().norm())

    pair(_QUICK, ours_first=True)  # what is loaded and allocated once
    pairs = [pair(_QUICK if quick else LATENTS, number % 2 == 0) for number in range(_PAIRS)]
    each = ", ".join(f"{ours:.1f} {other:.1f}" for ours, other, _ in pairs)
    return f"{each} | {median(ours / other for ours, other, _ in pairs):.3f} | {max(apart for *_, apart in pairs):.1e}"


def _timed(call: Callable[[], Tensor]) -> tuple[Tensor, float]:
    begun = time.process_time()
    with torch.inference_mode():
        found = call()
    return found, time.process_time() - begun


def _theirs() -> Any:  # noqa: ANN401 - a class of diffusers, which has no types here
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from diffusers import WanTransformer3DModel
    torch.manual_seed(0)
    return (
        WanTransformer3DModel(num_attention_heads=ARCH.num_heads, num_layers=ARCH.num_layers, ffn_dim=ARCH.ffn_dim)
        .eval()
        .requires_grad_(False)
    )


def _ours(theirs: Any) -> PublishedTransformer:  # noqa: ANN401 - as above
    with torch.device("meta"):
        net = PublishedTransformer(ARCH)
    net.load_state_dict({original_name(name): value for name, value in theirs.state_dict().items()}, assign=True)
    pack(net)
    return net.eval().requires_grad_(False)
