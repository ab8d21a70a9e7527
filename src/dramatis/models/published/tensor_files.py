"""Tensors in files, known by the files' headers alone; without torch.

Names are made the original ones whatever the layout: prefixes of programs that saved a larger module go, diffusers' names are
mapped by rule.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dramatis.errors import EngineError
from dramatis.models.headers import check_there, unreadable
from dramatis.models.published.gguf_files import gguf_entries

_LONGEST = 1 << 27  # bytes of a header; a longer one is none
_PREFIXES = re.compile(r"^(base_model\.model\.|model\.diffusion_model\.|diffusion_model\.|model\.|transformer\.|module\.)+")
_FROM_DIFFUSERS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"^condition_embedder\.text_embedder\.linear_1\.", "text_embedding.0."),
        (r"^condition_embedder\.text_embedder\.linear_2\.", "text_embedding.2."),
        (r"^condition_embedder\.time_embedder\.linear_1\.", "time_embedding.0."),
        (r"^condition_embedder\.time_embedder\.linear_2\.", "time_embedding.2."),
        (r"^condition_embedder\.time_proj\.", "time_projection.1."),
        (r"^condition_embedder\.image_embedder\.norm1\.", "img_emb.proj.0."),
        (r"^condition_embedder\.image_embedder\.ff\.net\.0\.proj\.", "img_emb.proj.1."),
        (r"^condition_embedder\.image_embedder\.ff\.net\.2\.", "img_emb.proj.3."),
        (r"^condition_embedder\.image_embedder\.norm2\.", "img_emb.proj.4."),
        (r"^condition_embedder\.image_embedder\.pos_embed$", "img_emb.emb_pos"),
        (r"^proj_out\.", "head.head."),
        (r"^scale_shift_table$", "head.modulation"),
        (r"^(blocks\.\d+)\.scale_shift_table$", r"\1.modulation"),
        (r"^(blocks\.\d+)\.norm2\.", r"\1.norm3."),
        (r"^(blocks\.\d+)\.ffn\.net\.0\.proj\.", r"\1.ffn.0."),
        (r"^(blocks\.\d+)\.ffn\.net\.2\.", r"\1.ffn.2."),
        (r"^(blocks\.\d+)\.attn1\.", r"\1.self_attn."),
        (r"^(blocks\.\d+)\.attn2\.", r"\1.cross_attn."),
        (r"\.(self_attn|cross_attn)\.to_(q|k|v)\.", r".\1.\2."),
        (r"\.(self_attn|cross_attn)\.to_out\.0\.", r".\1.o."),
        (r"\.cross_attn\.add_(k|v)_proj\.", r".cross_attn.\1_img."),
        (r"\.cross_attn\.norm_added_k\.", ".cross_attn.norm_k_img."),
    )
)


@dataclass(frozen=True)
class StoredTensor:
    """Where a tensor lies. `dtype` is safetensors' word for it (`BF16`, `F8_E4M3`, ...), or a block type of GGUF."""

    path: Path
    dtype: str
    shape: tuple[int, ...]
    start: int
    size: int
    """Bytes from `start`."""


@dataclass(frozen=True)
class TensorFile:
    """What a file holds, by original names."""

    path: Path
    tensors: Mapping[str, StoredTensor]
    layout: str
    """`original` or `diffusers`."""


def open_file(path: Path) -> TensorFile:
    """The tensors of a `.safetensors` or `.gguf` file; raises `EngineError` if it is none."""
    check_there(path)
    stored = _gguf(path) if path.suffix == ".gguf" else _safetensors(path)
    whole = path.stat().st_size
    if any(one.start + one.size > whole for one in stored.values()):
        raise EngineError(f"The weights {path} are cut short ({whole} bytes): fetch the file again.")
    bare = {_PREFIXES.sub("", name): one for name, one in stored.items()}
    tensors = {original_name(name): one for name, one in bare.items()}
    return TensorFile(path, tensors, "original" if tensors.keys() == bare.keys() else "diffusers")


def original_name(name: str) -> str:
    """The original name of a parameter that diffusers calls `name`; original names stay."""
    for pattern, new in _FROM_DIFFUSERS:
        name = pattern.sub(new, name)
    return name


def _safetensors(path: Path) -> dict[str, StoredTensor]:
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header: dict[str, dict[str, Any]] = json.loads(file.read(length) if length < _LONGEST else b"")
        header.pop("__metadata__", None)
        return {name: _entry(path, value, 8 + length) for name, value in header.items()}
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as fault:
        raise unreadable(path, fault) from None


def _gguf(path: Path) -> dict[str, StoredTensor]:
    return {name: StoredTensor(path, *entry) for name, entry in gguf_entries(path).items()}


def _entry(path: Path, value: dict[str, Any], begin: int) -> StoredTensor:
    first, last = value["data_offsets"]
    return StoredTensor(path, value["dtype"], tuple(value["shape"]), begin + first, last - first)
