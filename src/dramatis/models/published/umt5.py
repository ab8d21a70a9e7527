"""UMT5's encoder for words (arXiv 2304.09151; transformers' class), with the tokens of its own tokenizer.

Published video models attend to 512 rows: those of the words, then zeros, which count (without them their output is another one).
"""

import html
import json
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from jaxtyping import Float
from torch import Tensor

from dramatis.errors import EngineError
from dramatis.models.published.stored_tensors import filled, tensors_in

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import UMT5Config, UMT5EncoderModel

ROWS = 512
_ORIGINAL = "token_embedding.weight"
_NAMES = {
    "norm1": "layer.0.layer_norm",
    "attn": "layer.0.SelfAttention",
    "pos_embedding.embedding": "layer.0.SelfAttention.relative_attention_bias",
    "norm2": "layer.1.layer_norm",
    "ffn.gate.0": "layer.1.DenseReluDense.wi_0",
    "ffn.fc1": "layer.1.DenseReluDense.wi_1",
    "ffn.fc2": "layer.1.DenseReluDense.wo",
}


@dataclass(frozen=True, eq=False)
class WordEncoder:
    """The encoder, and the file of its tokenizer."""

    network: "UMT5EncoderModel"
    tokens: Path

    def encode(self, words: str) -> Float[Tensor, "1 512 d"]:
        """The words' rows, then zeros."""
        ids = torch.tensor([self._tokenizer.encode(_plain(words)).ids], device=self.network.shared.weight.device)
        found = self.network(input_ids=ids).last_hidden_state
        return torch.nn.functional.pad(found, (0, 0, 0, ROWS - found.shape[1]))

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        try:
            made = Tokenizer.from_file(str(self.tokens))
        except Exception as fault:  # the library raises plain exceptions
            raise EngineError(f"The tokenizer {self.tokens} cannot be read ({fault}): fetch it again.") from None
        made.enable_truncation(ROWS)
        made.no_padding()
        return made


def load_words(path: Path, tokens: Path, device: str, dtype: torch.dtype) -> WordEncoder:
    """The encoder of a file in the original layout or in that of transformers; raises `EngineError`."""
    from transformers import UMT5EncoderModel

    state = _renamed(tensors_in(path))
    try:
        with torch.device("meta"):
            network = UMT5EncoderModel(_config(path, state))
    except (KeyError, TypeError, ValueError, IndexError) as fault:
        raise EngineError(f"The file {path} is no UMT5 encoder ({fault}): name a folder that has one.") from None
    return WordEncoder(filled(network, state, path, dtype).to(device), tokens)


def _renamed(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Tensors of either layout by transformers' names; the embedding is there under both of its names."""
    if _ORIGINAL in state:
        state = {_name(name): tensor for name, tensor in state.items()}
    embedding = state.get("shared.weight", state.get("encoder.embed_tokens.weight"))
    return state if embedding is None else {**state, "shared.weight": embedding, "encoder.embed_tokens.weight": embedding}


def _name(name: str) -> str:
    if not name.startswith("blocks."):
        return {_ORIGINAL: "shared.weight", "norm.weight": "encoder.final_layer_norm.weight"}.get(name, name)
    _, number, rest = name.split(".", 2)
    part = next((theirs for theirs in _NAMES if rest.startswith(f"{theirs}.")), rest)
    return f"encoder.block.{number}.{_NAMES.get(part, part)}{rest[len(part) :]}"


def _config(path: Path, state: dict[str, Tensor]) -> "UMT5Config":
    """The architecture, from the `config.json` beside the file, else from shapes."""
    from transformers import UMT5Config

    beside = path.with_name("config.json")
    written = json.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}
    if written.get("model_type") == "umt5":
        return UMT5Config(**{**written, "is_encoder_decoder": False, "use_cache": False})
    bias = state["encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"].shape
    inner = state["encoder.block.0.layer.0.SelfAttention.q.weight"].shape[0]
    return UMT5Config(
        vocab_size=state["shared.weight"].shape[0],
        d_model=state["shared.weight"].shape[1],
        d_ff=state["encoder.block.0.layer.1.DenseReluDense.wi_0.weight"].shape[0],
        d_kv=inner // bias[1],
        num_heads=bias[1],
        num_layers=1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.block.")),
        relative_attention_num_buckets=bias[0],
        feed_forward_proj="gated-gelu",
        is_encoder_decoder=False,
        use_cache=False,
    )


def _plain(words: str) -> str:
    """As the model's own text cleaning: entities resolved, one space between words."""
    return " ".join(unicodedata.normalize("NFC", html.unescape(html.unescape(words))).split())
