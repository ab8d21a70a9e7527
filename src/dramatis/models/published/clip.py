"""CLIP's picture encoder, ViT-H/14 (arXiv 2103.00020; transformers' class), as Wan 2.1 sees pictures: its last layer but one."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional

from dramatis.errors import EngineError
from dramatis.models.published.stored_tensors import filled, tensors_in

if TYPE_CHECKING:
    from transformers import CLIPVisionConfig, CLIPVisionModel

_MEAN, _DEVIATION = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
_ORIGINAL = "visual.patch_embedding.weight"
_NAMES = (
    (r"^visual\.patch_embedding\.", "embeddings.patch_embedding."),
    (r"^visual\.pre_norm\.", "pre_layrnorm."),
    (r"^visual\.post_norm\.", "post_layernorm."),
    (r"^visual\.transformer\.(\d+)\.", r"encoder.layers.\1."),
    (r"\.attn\.proj\.", ".self_attn.out_proj."),
    (r"\.norm([12])\.", r".layer_norm\1."),
    (r"\.mlp\.0\.", ".mlp.fc1."),
    (r"\.mlp\.2\.", ".mlp.fc2."),
)
_HEAD = 80  # channels of an attention head


@dataclass(frozen=True, eq=False)
class PictureEncoder:
    """The encoder."""

    network: "CLIPVisionModel"

    def encode(self, pictures: Float[Tensor, "b 3 h w"]) -> Float[Tensor, "b tokens d"]:
        """Tokens of pictures in [-1, 1], which are seen as squares."""
        weight = self.network.embeddings.patch_embedding.weight
        side = self.network.config.image_size
        square = functional.interpolate(pictures.float().to(weight.device), (side, side), mode="bicubic", align_corners=False)
        mean, deviation = (square.new_tensor(values)[:, None, None] for values in (_MEAN, _DEVIATION))
        tokens = self.network.pre_layrnorm(self.network.embeddings(((square / 2 + 0.5 - mean) / deviation).to(weight)))
        for layer in self.network.encoder.layers[:-1]:
            tokens = layer(tokens, attention_mask=None)
        return tokens


def load_pictures(path: Path, device: str, dtype: torch.dtype) -> PictureEncoder:
    """The encoder of a file in the original layout or in that of transformers; raises `EngineError`."""
    from transformers import CLIPVisionModel

    try:
        state = _renamed(tensors_in(path))
        with torch.device("meta"):
            network = CLIPVisionModel(_config(path, state))
    except (KeyError, TypeError, ValueError) as fault:
        raise EngineError(f"The file {path} is no CLIP picture encoder ({fault}): name a folder that has one.") from None
    places = torch.arange(network.embeddings.position_ids.shape[-1])[None]
    network.embeddings.register_buffer("position_ids", places, persistent=False)  # files have none, so it would stay empty
    return PictureEncoder(filled(network, state, path, dtype).to(device))


def _renamed(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Tensors of either layout by transformers' names, without those of the text encoder and of the projection."""
    if _ORIGINAL not in state:
        prefix = "vision_model."
        return {name.removeprefix(prefix): tensor for name, tensor in state.items() if not name.endswith("position_ids")}
    found: dict[str, Tensor] = {}
    for name, tensor in state.items():
        if name == "visual.cls_embedding":
            found["embeddings.class_embedding"] = tensor.flatten()
        elif name == "visual.pos_embedding":
            found["embeddings.position_embedding.weight"] = tensor[0]
        elif ".to_qkv." in name:
            for part, which in zip(tensor.chunk(3), "qkv", strict=True):
                found[_name(name).replace(".attn.to_qkv.", f".self_attn.{which}_proj.")] = part
        elif name.startswith("visual.") and name != "visual.head":
            found[_name(name)] = tensor
    return found


def _name(name: str) -> str:
    for pattern, by in _NAMES:
        name = re.sub(pattern, by, name)
    return name


def _config(path: Path, state: dict[str, Tensor]) -> "CLIPVisionConfig":
    """The architecture, from the `config.json` beside the file, else from shapes."""
    from transformers import CLIPVisionConfig

    beside = path.with_name("config.json")
    written = json.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}
    if written.get("model_type") == "clip_vision_model":
        return CLIPVisionConfig(**written)
    width, _, patch, _ = state["embeddings.patch_embedding.weight"].shape
    places = state["embeddings.position_embedding.weight"].shape[0]
    return CLIPVisionConfig(
        hidden_size=width,
        intermediate_size=state["encoder.layers.0.mlp.fc1.weight"].shape[0],
        num_hidden_layers=1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layers.")),
        num_attention_heads=max(1, width // _HEAD),
        image_size=patch * round((places - 1) ** 0.5),
        patch_size=patch,
        hidden_act="gelu",
    )
