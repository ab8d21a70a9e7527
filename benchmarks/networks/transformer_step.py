"""One step of the published transformer against diffusers' class: same random weights, same run, one after the other in turn."""

import time
import warnings
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from dramatis.models.published.architecture import Architecture
from dramatis.models.published.tensor_files import original_name
from dramatis.models.published.transformer import PublishedTransformer

ARCH = Architecture(dim=1536, ffn_dim=8960, num_heads=12, num_layers=4, in_dim=16, out_dim=16, text_dim=4096)
"""Wan 2.1 T2V 1.3B, cut to four blocks."""
LATENTS = (1, 16, 5, 60, 104)
"""480 x 832, 17 frames."""
_QUICK = (1, 16, 2, 30, 52)


def run(quick: bool) -> None:
    """A table: processor seconds of each, their ratio, how far apart they are."""
    print("| type | ours, s | diffusers, s | ratio | apart (rel. L2) |\n|---|---|---|---|---|")
    for dtype in (torch.float32, torch.bfloat16):
        theirs = _theirs().to(dtype)
        print(f"| {dtype} | {_compared(_ours(theirs), theirs, dtype, quick)} |", flush=True)


def _compared(net: PublishedTransformer, theirs: Any, dtype: torch.dtype, quick: bool) -> str:  # noqa: ANN401 - a class without types
    noise = torch.Generator().manual_seed(0)
    latents = torch.randn(_QUICK if quick else LATENTS, generator=noise).to(dtype)
    text = torch.randn(1, 512, ARCH.text_dim, generator=noise).to(dtype)
    level, step = torch.tensor([0.7], dtype=torch.float64), torch.tensor([700.0])
    ours: list[float] = []
    other: list[float] = []
    for _ in range(3):
        mine = _timed(ours, lambda: net(latents, level, text))
        yours = _timed(other, lambda: theirs(latents, step, text, return_dict=False)[0])
    apart = float((mine - yours.float()).norm() / yours.float().norm())
    return f"{min(ours):.2f} | {min(other):.2f} | {min(ours) / min(other):.3f} | {apart:.1e}"


def _timed(times: list[float], call: Callable[[], Tensor]) -> Tensor:
    begun = time.process_time()
    with torch.inference_mode():
        found = call()
    times.append(time.process_time() - begun)
    return found


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
    return net.eval().requires_grad_(False)
