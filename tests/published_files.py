"""Tiny encoders as they are published, with random weights: configurations, and names of the original layouts."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from torch import Tensor

UMT5: dict[str, Any] = {
    "vocab_size": 16, "d_model": 32, "d_kv": 8, "d_ff": 40, "num_layers": 2, "num_heads": 4, "feed_forward_proj": "gated-gelu",
}  # fmt: skip
CLIP: dict[str, Any] = {
    "hidden_size": 80, "intermediate_size": 96, "num_hidden_layers": 3, "num_attention_heads": 1, "image_size": 28,
    "patch_size": 14, "hidden_act": "gelu",
}  # fmt: skip
WAV2VEC2: dict[str, Any] = {
    "hidden_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 96, "conv_dim": [24] * 7,
    "num_conv_pos_embeddings": 16, "num_conv_pos_embedding_groups": 4,
}  # fmt: skip
_WORDS = ["<pad>", "</s>", "<unk>", "the", "man", "a", "woman", "smiles", "nods"]
_UMT5_NAMES = {
    "shared.weight": "token_embedding.weight",
    "encoder.final_layer_norm.": "norm.",
    "encoder.block.": "blocks.",
    "layer.0.SelfAttention.relative_attention_bias.": "pos_embedding.embedding.",
    "layer.0.SelfAttention.": "attn.",
    "layer.0.layer_norm.": "norm1.",
    "layer.1.layer_norm.": "norm2.",
    "layer.1.DenseReluDense.wi_0.": "ffn.gate.0.",
    "layer.1.DenseReluDense.wi_1.": "ffn.fc1.",
    "layer.1.DenseReluDense.wo.": "ffn.fc2.",
}
_CLIP_NAMES = {
    "post_layernorm.": "visual.post_norm.",
    "pre_layrnorm.": "visual.pre_norm.",
    "encoder.layers.": "visual.transformer.",
    "embeddings.patch_embedding.": "visual.patch_embedding.",
    ".layer_norm": ".norm",
    ".mlp.fc1.": ".mlp.0.",
    ".mlp.fc2.": ".mlp.2.",
    ".self_attn.out_proj.": ".attn.proj.",
}


def tokenizer(folder: Path) -> Path:
    """Writes a `tokenizer.json` that knows a few words and ends every text with `</s>`, and returns its path."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing

    made = Tokenizer(WordLevel({word: number for number, word in enumerate(_WORDS)}, unk_token="<unk>"))
    made.pre_tokenizer = Whitespace()
    made.post_processor = TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    made.save(str(folder / "tokenizer.json"))
    return folder / "tokenizer.json"


def original_umt5(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """By the names of Wan's own files."""
    return {_replaced(name, _UMT5_NAMES): tensor for name, tensor in state.items() if name != "encoder.embed_tokens.weight"}


def _replaced(name: str, names: Mapping[str, str]) -> str:
    for theirs, own in names.items():
        name = name.replace(theirs, own)
    return name


def original_clip(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """By the names of Wan's own files, with parts that nobody reads."""
    import torch

    found = {"log_scale": torch.tensor(0.0), "visual.head": torch.ones(4, 4), "textual.norm.weight": torch.ones(4)}
    found.update({_replaced(name, _CLIP_NAMES): tensor for name, tensor in state.items()})
    found["visual.cls_embedding"] = found.pop("embeddings.class_embedding")[None, None]
    found["visual.pos_embedding"] = found.pop("embeddings.position_embedding.weight")[None]
    for name in [name for name in found if re.search(r"self_attn\.q_proj", name)]:
        parts = [found.pop(name.replace(".q_proj.", f".{which}_proj.")) for which in "qkv"]
        found[name.replace(".self_attn.q_proj.", ".attn.to_qkv.")] = torch.cat(parts)
    return found
