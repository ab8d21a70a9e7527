"""Names and architecture of published video autoencoders: from the original files to diffusers' class."""

import json
import re
from collections.abc import Mapping
from inspect import signature
from pathlib import Path
from typing import Any

from torch import Tensor

_ORIGINAL = "decoder.conv1.weight"
_STAGE = 4  # layers of one stage of the decoder of Wan 2.1: three blocks, and what enlarges
_NAMES = (
    (r"^conv1\.", "quant_conv."),
    (r"^conv2\.", "post_quant_conv."),
    (r"^(encoder|decoder)\.conv1\.", r"\1.conv_in."),
    (r"\.head\.0\.", ".norm_out."),
    (r"\.head\.2\.", ".conv_out."),
    (r"\.middle\.1\.", ".mid_block.attentions.0."),
    (r"\.middle\.([02])\.", lambda found: f".mid_block.resnets.{int(found[1]) // 2}."),
    (r"\.downsamples\.(\d+)\.downsamples\.(\d+)\.(?=residual|shortcut)", r".down_blocks.\1.resnets.\2."),
    (r"\.downsamples\.(\d+)\.downsamples\.\d+\.", r".down_blocks.\1.downsampler."),
    (r"\.upsamples\.(\d+)\.upsamples\.(\d+)\.(?=residual|shortcut)", r".up_blocks.\1.resnets.\2."),
    (r"\.upsamples\.(\d+)\.upsamples\.\d+\.", r".up_blocks.\1.upsampler."),
    (r"\.downsamples\.(\d+)\.", r".down_blocks.\1."),
    (r"\.upsamples\.(\d+)\.", lambda found: _in_stage(int(found[1]))),
    (r"residual\.0\.", "norm1."),
    (r"residual\.2\.", "conv1."),
    (r"residual\.3\.", "norm2."),
    (r"residual\.6\.", "conv2."),
    (r"shortcut\.", "conv_shortcut."),
)
_MEAN_48 = (
    -0.2289, -0.0052, -0.1323, -0.2339, -0.2799, 0.0174, 0.1838, 0.1557, -0.1382, 0.0542, 0.2813, 0.0891,
    0.1570, -0.0098, 0.0375, -0.1825, -0.2246, -0.1207, -0.0698, 0.5109, 0.2665, -0.2108, -0.2158, 0.2502,
    -0.2055, -0.0322, 0.1109, 0.1567, -0.0729, 0.0899, -0.2799, -0.1230, -0.0313, -0.1649, 0.0117, 0.0723,
    -0.2839, -0.2083, -0.0520, 0.3748, 0.0152, 0.1957, 0.1433, -0.2944, 0.3573, -0.0548, -0.1681, -0.0667,
)  # fmt: skip
_DEVIATION_48 = (
    0.4765, 1.0364, 0.4514, 1.1677, 0.5313, 0.4990, 0.4818, 0.5013, 0.8158, 1.0344, 0.5894, 1.0901,
    0.6885, 0.6165, 0.8454, 0.4978, 0.5759, 0.3523, 0.7135, 0.6804, 0.5833, 1.4146, 0.8986, 0.5659,
    0.7069, 0.5338, 0.4889, 0.4917, 0.4069, 0.4999, 0.6866, 0.4093, 0.5709, 0.6065, 0.6415, 0.4944,
    0.5726, 1.2042, 0.5458, 1.6887, 0.3971, 1.0600, 0.3943, 0.5537, 0.5444, 0.4089, 0.7468, 0.7744,
)  # fmt: skip


def renamed(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Tensors of either layout by diffusers' names."""
    if _ORIGINAL not in state:
        return dict(state)
    return {_renamed(name): tensor for name, tensor in state.items()}


def config_of(path: Path, state: Mapping[str, Tensor]) -> dict[str, Any]:
    """The constructor's arguments, from the `config.json` beside the file, else from shapes."""
    from diffusers import AutoencoderKLWan

    beside = path.with_name("config.json")
    written = json.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}
    if written.get("_class_name") == AutoencoderKLWan.__name__:
        known = signature(AutoencoderKLWan.__init__).parameters
        return {name: value for name, value in written.items() if name in known}
    seen, shown = state["encoder.conv_in.weight"].shape, state["decoder.conv_out.weight"].shape
    channels, folded = state["post_quant_conv.weight"].shape[0], seen[1] > 3
    scale = {"latents_mean": list(_MEAN_48), "latents_std": list(_DEVIATION_48)} if channels == len(_MEAN_48) else {}
    return {
        "base_dim": seen[0],
        "decoder_base_dim": shown[1],
        "z_dim": channels,
        "is_residual": any(name.startswith("encoder.down_blocks.0.resnets") for name in state),
        "in_channels": seen[1],
        "out_channels": shown[0],
        "patch_size": 2 if folded else None,
        "scale_factor_spatial": 16 if folded else 8,
        **scale,
    }


def _renamed(name: str) -> str:
    for pattern, by in _NAMES:
        name = re.sub(pattern, by, name)
    return name


def _in_stage(number: int) -> str:
    stage, place = divmod(number, _STAGE)
    return f".up_blocks.{stage}.upsamplers.0." if place == _STAGE - 1 else f".up_blocks.{stage}.resnets.{place}."
