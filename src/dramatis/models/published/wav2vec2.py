"""wav2vec 2.0 (arXiv 2006.11477; transformers' class) as InfiniteTalk hears: its features are brought to 25 a second *before* its
transformer, and all layers are kept.
"""

import json
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
    from transformers import Wav2Vec2Model

RATE, FRAMES = 16_000, 25
"""Samples and hidden states a second."""
_OLD_NAMES = {"weight_g": "parametrizations.weight.original0", "weight_v": "parametrizations.weight.original1"}
_PREFIX = "wav2vec2."


@dataclass(frozen=True, eq=False)
class VoiceEncoder25:
    """The encoder."""

    network: "Wav2Vec2Model"

    def encode(self, samples: Float[Tensor, " n"]) -> Float[Tensor, "frames layers d"]:
        """Hidden states of all layers of a sound at `RATE`, `FRAMES` a second."""
        weight = self.network.masked_spec_embed
        heard = samples.to(weight.device, torch.float32)
        heard = (heard - heard.mean()) / torch.sqrt(heard.var(correction=0) + 1e-7)
        features = self.network.feature_extractor(heard[None].to(weight))
        features = functional.interpolate(features, len(samples) * FRAMES // RATE, mode="linear", align_corners=True)
        tokens, _ = self.network.feature_projection(features.transpose(1, 2))
        encoder = self.network.encoder
        tokens = encoder.layer_norm(tokens + encoder.pos_conv_embed(tokens))
        made = []
        for layer in encoder.layers:
            tokens = layer(tokens)
            made.append(tokens[0])
        return torch.stack(made, 1)


def load_voices(path: Path, device: str, dtype: torch.dtype) -> VoiceEncoder25:
    """The encoder of a file, beside which its `config.json` lies; raises `EngineError`."""
    from transformers import Wav2Vec2Config, Wav2Vec2Model

    state = _renamed(tensors_in(path))
    try:
        written = json.loads(path.with_name("config.json").read_text(encoding="utf-8"))
        config = Wav2Vec2Config(**{**written, "apply_spec_augment": False})
        if config.do_stable_layer_norm:
            raise ValueError("its layers are normed first")
        with torch.device("meta"):
            network = Wav2Vec2Model(config)
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as fault:
        raise EngineError(
            f"The file {path} is no wav2vec 2.0 encoder of base form ({fault}): name a folder that has one."
        ) from None
    if "masked_spec_embed" not in state:
        state["masked_spec_embed"] = torch.zeros(config.hidden_size)  # it is used in training alone
    return VoiceEncoder25(filled(network, state, path, dtype).to(device))


def _renamed(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Tensors by transformers' new names, without heads that some files have."""
    found = {}
    for name, tensor in state.items():
        own, _, last = name.removeprefix(_PREFIX).rpartition(".")
        if own.startswith(("feature_", "encoder.")) or last == "masked_spec_embed":
            found[f"{own}.{_OLD_NAMES.get(last, last)}" if own else last] = tensor
    return found
