"""Encoders of words, pictures and voices: in either layout, and as the originals use them."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from dramatis.errors import EngineError
from dramatis.models.published.clip import load_pictures
from dramatis.models.published.umt5 import ROWS, load_words
from dramatis.models.published.wav2vec2 import load_voices
from tests.models.published.golden import golden
from tests.published_files import CLIP, UMT5, WAV2VEC2, original_clip, original_umt5, tokenizer

transformers = pytest.importorskip("transformers", reason="transformers is in the extra `wan`")


def network(kind: str, config: dict[str, Any]) -> Any:  # noqa: ANN401 - one of three classes
    torch.manual_seed(0)
    of_config = getattr(transformers, kind.replace("EncoderModel", "Config").replace("Model", "Config"))
    found = getattr(transformers, kind)(of_config(**config))
    for parameter in found.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    return found.eval().requires_grad_(False)


def stored(folder: Path, state: dict[str, Tensor], config: dict[str, Any] | None = None) -> Path:
    save_file({name: tensor.clone() for name, tensor in state.items()}, folder / "model.safetensors")
    if config is not None:
        (folder / "config.json").write_text(json.dumps(config))
    return folder / "model.safetensors"


@torch.inference_mode()
def test_words_are_followed_by_zeros(tmp_path: Path) -> None:
    own = network("UMT5EncoderModel", UMT5)
    path, tokens = stored(tmp_path, own.state_dict(), {"model_type": "umt5", **UMT5}), tokenizer(tmp_path)
    encoder = load_words(path, tokens, "cpu", torch.float32)
    found = encoder.encode(" a  woman smiles &amp; nods ")
    ids = [5, 6, 7, 2, 8, 1]  # the unknown word is one, too; the last ends every text
    assert found.shape == (1, ROWS, UMT5["d_model"])
    torch.testing.assert_close(found[:, : len(ids)], own(input_ids=torch.tensor([ids])).last_hidden_state)
    assert not found[:, len(ids) :].any()
    assert encoder.encode("smiles " * 600).abs().sum(-1).min() > 0  # too many words are cut


@torch.inference_mode()
def test_words_are_read_in_the_original_layout(tmp_path: Path) -> None:
    own = network("UMT5EncoderModel", UMT5)
    torch.save(original_umt5(own.state_dict()), tmp_path / "models_t5.pth")
    one, other = (
        load_words(path, tokenizer(tmp_path), "cpu", torch.float32).encode("a woman nods")
        for path in (tmp_path / "models_t5.pth", stored(tmp_path, own.state_dict(), {"model_type": "umt5", **UMT5}))
    )
    torch.testing.assert_close(one, other)


@torch.inference_mode()
def test_pictures_are_seen_by_the_layer_before_the_last(tmp_path: Path) -> None:
    own = network("CLIPVisionModel", CLIP)
    path = stored(tmp_path, own.state_dict(), {"model_type": "clip_vision_model", **CLIP})
    picture = torch.rand(2, 3, 40, 60) * 2 - 1
    found = load_pictures(path, "cpu", torch.float32).encode(picture)
    square = torch.nn.functional.interpolate(picture, (28, 28), mode="bicubic") / 2 + 0.5
    seen = (square - torch.tensor([0.48145466, 0.4578275, 0.40821073])[:, None, None]) / torch.tensor(
        [0.26862954, 0.26130258, 0.27577711]
    )[:, None, None]
    torch.testing.assert_close(found, own(pixel_values=seen, output_hidden_states=True).hidden_states[-2])
    torch.save(original_clip(own.state_dict()), tmp_path / "models_clip.pth")
    (tmp_path / "config.json").unlink()
    torch.testing.assert_close(load_pictures(tmp_path / "models_clip.pth", "cpu", torch.float32).encode(picture), found)


@torch.inference_mode()
def test_voices_are_heard_as_the_original_hears_them(tmp_path: Path) -> None:
    kept = golden("audio_encoder")
    path = stored(tmp_path, kept.weights(), {**WAV2VEC2, "num_hidden_layers": 4})
    found = load_voices(path, "cpu", torch.float32).encode(kept.inputs("wav"))
    torch.testing.assert_close(found, kept.output("hidden"), atol=1e-5, rtol=0)


@torch.inference_mode()
def test_voices_of_old_files_are_read_and_silence_is_heard(tmp_path: Path) -> None:
    own = network("Wav2Vec2Model", WAV2VEC2)
    old = {
        f"wav2vec2.{name}".replace("parametrizations.weight.original0", "weight_g").replace(
            "parametrizations.weight.original1", "weight_v"
        ): tensor
        for name, tensor in own.state_dict().items()
    }
    del old["wav2vec2.masked_spec_embed"]
    (tmp_path / "old").mkdir()
    sound = torch.randn(16_000)
    new = load_voices(stored(tmp_path, own.state_dict(), WAV2VEC2), "cpu", torch.float32)
    found = load_voices(stored(tmp_path / "old", {**old, "quantizer.x": torch.ones(1)}, WAV2VEC2), "cpu", torch.float32)
    torch.testing.assert_close(found.encode(sound), new.encode(sound))
    assert found.encode(sound).shape == (25, 2, 48)
    assert torch.isfinite(found.encode(torch.zeros(8_000))).all()


def test_other_files_are_said_in_one_sentence(tmp_path: Path) -> None:
    path = stored(tmp_path, {"a": torch.ones(1)})
    with pytest.raises(EngineError, match="is no UMT5 encoder"):
        load_words(path, path, "cpu", torch.float32)
    with pytest.raises(EngineError, match="is no CLIP picture encoder"):
        load_pictures(path, "cpu", torch.float32)
    with pytest.raises(EngineError, match=r"is no wav2vec 2\.0 encoder"):
        load_voices(path, "cpu", torch.float32)
    own = stored(tmp_path, network("UMT5EncoderModel", UMT5).state_dict())
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(EngineError, match=r"tokenizer .* cannot be read"):
        load_words(own, tmp_path / "tokenizer.json", "cpu", torch.float32).encode("a")
