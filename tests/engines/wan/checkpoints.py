"""Tiny checkpoints of each family with random weights, in folders as they are published."""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from dramatis.models.published.architecture import Architecture, AudioArchitecture
from dramatis.models.published.transformer import PublishedTransformer
from tests.published_files import CLIP, UMT5, WAV2VEC2, original_clip, original_umt5, tokenizer

_TOKENS = (CLIP["image_size"] // CLIP["patch_size"]) ** 2 + 1
_AUDIO = AudioArchitecture(5, 8, WAV2VEC2["num_hidden_layers"] * WAV2VEC2["hidden_size"], 24, 4, 40)
_SEEN: dict[str, Any] = {"in_dim": 36, "image_dim": CLIP["hidden_size"]}
KINDS: dict[str, dict[str, Any]] = {
    "t2v": {},
    "i2v": _SEEN,
    "flf2v": {**_SEEN, "image_tokens": 2 * _TOKENS},
    "i2v-a14b": {"in_dim": 36},
    "ti2v": {"in_dim": 48, "out_dim": 48},
    "infinitetalk": {**_SEEN, "audio": _AUDIO},
}
"""By a family's name, what its architecture has that others have not."""
_CODEC_22 = {
    "base_dim": 8, "decoder_base_dim": 8, "z_dim": 48, "in_channels": 12, "out_channels": 12, "is_residual": True,
    "patch_size": 2, "scale_factor_spatial": 16, "dim_mult": [1, 1, 1, 1], "num_res_blocks": 1,
    "latents_mean": [0.0] * 48, "latents_std": [1.0] * 48,
}  # fmt: skip
_CODEC_21 = {"base_dim": 8, "dim_mult": [1, 1, 1, 1], "num_res_blocks": 1}


def architecture(kind: str) -> Architecture:
    usual = {
        "dim": 48,
        "ffn_dim": 64,
        "num_heads": 2,
        "num_layers": 2,
        "in_dim": 16,
        "out_dim": 16,
        "text_dim": 32,
        "freq_dim": 64,
    }
    return Architecture(**{**usual, **KINDS[kind]})


def write(kind: str, folder: Path) -> tuple[Path, ...]:
    """Writes a family's files, in the original layout or in diffusers', and returns what a user names.

    By their names, all were distilled to one step.
    """
    folder.mkdir(parents=True, exist_ok=True)
    state = _random(PublishedTransformer(architecture(kind)), 1)
    _encoders(kind, folder)
    (folder / "config.json").write_text(json.dumps({"num_heads": 2}))
    if kind == "i2v-a14b":
        for number, expert in enumerate(("high_noise_model", "low_noise_model")):
            (folder / expert).mkdir()
            (folder / expert / "config.json").write_text(json.dumps({"num_heads": 2}))
            save_file(_random(PublishedTransformer(architecture(kind)), number), folder / expert / "model_1step.safetensors")
        return (folder,)
    adapter = {name: state.pop(name) for name in list(state) if "audio" in name or "norm_x" in name}
    names = sorted(state)
    shards = {f"model_1step-0000{part + 1}-of-00002.safetensors": names[part::2] for part in range(2)}
    for shard, held in shards.items():
        save_file({name: state[name] for name in held}, folder / shard)
    index = {"weight_map": {name: shard for shard, held in shards.items() for name in held}}
    (folder / "model_1step.safetensors.index.json").write_text(json.dumps(index))
    if not adapter:
        return (folder,)
    save_file(adapter, folder.parent / "infinitetalk.safetensors")
    return (folder, folder.parent / "infinitetalk.safetensors", _voices(folder.parent / "chinese-wav2vec2-base"))


def _encoders(kind: str, folder: Path) -> None:
    import diffusers
    import transformers

    codec = diffusers.AutoencoderKLWan(**(_CODEC_22 if kind == "ti2v" else _CODEC_21))
    (folder / "vae").mkdir()
    save_file(_random(codec, 2), folder / "vae" / "diffusion_pytorch_model.safetensors")
    written = _CODEC_22 if kind == "ti2v" else _CODEC_21
    (folder / "vae" / "config.json").write_text(json.dumps({"_class_name": "AutoencoderKLWan", **written}))
    words = transformers.UMT5EncoderModel(transformers.UMT5Config(**UMT5))
    torch.save(original_umt5(_random(words, 3)), folder / "models_t5_umt5-xxl-enc-bf16.pth")
    (folder / "google" / "umt5-xxl").mkdir(parents=True)
    tokenizer(folder / "google" / "umt5-xxl")
    if "image_dim" in KINDS[kind]:
        pictures = transformers.CLIPVisionModel(transformers.CLIPVisionConfig(**CLIP))
        torch.save(original_clip(_random(pictures, 4)), folder / "models_clip_open-clip-xlm-roberta-large-vit-huge-14.pth")


def _voices(folder: Path) -> Path:
    import transformers

    folder.mkdir()
    network = transformers.Wav2Vec2Model(transformers.Wav2Vec2Config(**WAV2VEC2))
    save_file(_random(network, 5), folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps({"model_type": "wav2vec2", **WAV2VEC2}))
    return folder


def _random(network: nn.Module, seed: int) -> dict[str, Tensor]:
    """Weights of which none is zero: dead inputs would show."""
    generator = torch.Generator().manual_seed(seed)
    state = {}
    for name, tensor in network.state_dict().items():
        fan_in = tensor[0].numel() if tensor.ndim > 1 else 0
        noise = torch.randn(tensor.shape, generator=generator)
        gain = name.endswith((".gamma", "norm_q.weight", "norm_k.weight", "layer_norm.weight", "norm1.weight", "norm2.weight"))
        state[name] = (
            noise * fan_in**-0.5 if fan_in and not gain else 0.1 * noise + float(tensor.ndim == 1 and "bias" not in name)
        )
    return state
