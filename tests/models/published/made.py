"""Tiny published checkpoints in the real layouts; weights are random everywhere, so that nothing is dead."""

import json
import struct
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from dramatis.models.published.architecture import Architecture, AudioArchitecture
from dramatis.models.published.transformer import PublishedTransformer

T2V = Architecture(dim=96, ffn_dim=160, num_heads=2, num_layers=2, in_dim=16, out_dim=16, text_dim=32, freq_dim=64)
VOICE = AudioArchitecture(window=5, later_window=8, features=24, hidden_dim=16, tokens=4, token_dim=20)
TINY = {
    "t2v": T2V,
    "ti2v": replace(T2V, in_dim=48, out_dim=48),
    "i2v-a14b": replace(T2V, in_dim=36),
    "i2v": replace(T2V, in_dim=36, image_dim=40),
    "flf2v": replace(T2V, in_dim=36, image_dim=40, image_tokens=514),
    "infinitetalk": replace(T2V, in_dim=36, image_dim=40, audio=VOICE),
}
"""One of each family."""


def state(arch: Architecture, seed: int = 0) -> dict[str, Tensor]:
    """A network's weights, ~N(0, 1/fan_in)."""
    with torch.device("meta"):
        shapes = {name: value.shape for name, value in PublishedTransformer(arch).state_dict().items()}
    noise = torch.Generator().manual_seed(seed)
    return {name: _random(name, shape, noise) for name, shape in shapes.items()}


def _random(name: str, shape: torch.Size, noise: torch.Generator) -> Tensor:
    value = torch.randn(shape, generator=noise)
    if name.endswith("bias"):
        return 0.1 * value
    if len(shape) == 1:
        return 1 + 0.2 * value
    return 0.3 * value if shape[0] == 1 else value / shape[1:].numel() ** 0.5


def write(
    folder: Path,
    arch: Architecture,
    weights: Mapping[str, Tensor] | None = None,
    name: str = "diffusion_pytorch_model.safetensors",
    prefix: str = "",
) -> Path:
    """The original layout in one file, with the `config.json` beside it; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({prefix + key: value for key, value in (state(arch) if weights is None else weights).items()}, folder / name)
    config = {"dim": arch.dim, "num_heads": arch.num_heads, "num_layers": arch.num_layers, "text_len": 512}
    (folder / "config.json").write_text(json.dumps(config))
    return folder


def write_shards(folder: Path, arch: Architecture, weights: Mapping[str, Tensor] | None = None, count: int = 3) -> Path:
    """The original layout in several files and the index that names them."""
    weights = state(arch) if weights is None else weights
    names = [f"diffusion_pytorch_model-{number + 1:05}-of-{count:05}.safetensors" for number in range(count)]
    placed = {key: names[number * count // len(weights)] for number, key in enumerate(sorted(weights))}
    for file in names:
        write(folder, arch, {key: value for key, value in weights.items() if placed[key] == file}, file)
    (folder / "diffusion_pytorch_model.safetensors.index.json").write_text(json.dumps({"weight_map": placed}))
    return folder


def write_with_adapter(folder: Path, arch: Architecture = TINY["infinitetalk"]) -> tuple[Path, Path]:
    """InfiniteTalk as it is published: the base's folder, and a file of the audio layers alone."""
    weights = state(arch)
    audio = {
        key: value
        for key, value in weights.items()
        if key.startswith("audio_proj.") or "audio_cross_attn" in key or ".norm_x." in key
    }
    base = {key: value for key, value in weights.items() if key not in audio}
    write_shards(folder / "Wan2.1-I2V-14B", arch, base)
    (folder / "InfiniteTalk").mkdir()
    save_file(audio, folder / "InfiniteTalk" / "infinitetalk.safetensors")
    return folder / "Wan2.1-I2V-14B", folder / "InfiniteTalk" / "infinitetalk.safetensors"


def write_header(path: Path, listing: Mapping[str, tuple[list[int], str]]) -> Path:
    """A sparse `.safetensors` file: the header of a published one, and a hole for its tensors."""
    words = {"float32": ("F32", 4), "bfloat16": ("BF16", 2), "float16": ("F16", 2)}
    at, header = 0, {}
    for name, (shape, dtype) in listing.items():
        word, size = words[dtype]
        end = at + size * torch.Size(shape).numel()
        header[name] = {"dtype": word, "shape": shape, "data_offsets": [at, end]}
        at = end
    content = json.dumps(header).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(len(content).to_bytes(8, "little") + content)
        file.truncate(8 + len(content) + at)
    return path


def write_gguf(path: Path, weights: Mapping[str, Tensor]) -> Path:
    """The layout of llama.cpp, as published for Wan: the blocks' matrices in `Q8_0`, the rest in float32, five axes flattened."""
    five = [name for name, value in weights.items() if value.ndim > 4]
    settings = b"".join(_gguf_text(f"comfy.gguf.orig_shape.{name}") + _gguf_shape(weights[name]) for name in five)
    listed, contents = b"", b""
    for name, value in weights.items():
        small = name.startswith("blocks.") and value.ndim == 2 and value.shape[1] % 32 == 0
        content = _q8_0(value) if small else value.numpy().tobytes()
        shape = (value.numel(),) if value.ndim > 4 else tuple(reversed(value.shape))
        listed += _gguf_text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 8 if small else 0, len(contents))
        contents += content + bytes(-len(content) % 32)
    head = struct.pack("<4sIQQ", b"GGUF", 3, len(weights), len(five)) + settings + listed
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + bytes(-len(head) % 32) + contents)
    return path


def _gguf_text(word: str) -> bytes:
    return struct.pack("<Q", len(word)) + word.encode()


def _gguf_shape(value: Tensor) -> bytes:
    """An array of 32-bit whole numbers."""
    return struct.pack(f"<IIQ{value.ndim}i", 9, 5, value.ndim, *value.shape)


def _q8_0(value: Tensor) -> bytes:
    groups = value.reshape(-1, 32)
    scale = (groups.abs().amax(1, keepdim=True) / 127).half()
    whole = (groups / scale.float()).round().clamp(-127, 127).to(torch.int8)
    return torch.cat((scale.view(torch.uint8), whole.view(torch.uint8)), 1).numpy().tobytes()
