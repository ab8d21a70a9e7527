"""Where the encoders of published weights lie: in folders as they are published, in the original layout or in diffusers'."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dramatis.errors import EngineError
from dramatis.models.published.identify import INFINITETALK, TI2V, PublishedWeights

_TOKENS = ("google/umt5-xxl/tokenizer.json", "tokenizer/tokenizer.json", "umt5-xxl/tokenizer.json", "tokenizer.json")
_WORDS = (
    "models_t5_umt5-xxl-enc*.pth", "text_encoder/*.index.json", "text_encoder/*.safetensors", "*umt5*.safetensors",
)  # fmt: skip
_CODECS = ("vae/diffusion_pytorch_model.safetensors",)
_CODEC_21 = (*_CODECS, "Wan2.1_VAE.*", "*an*2?1*[vV][aA][eE]*.safetensors")
_CODEC_22 = (*_CODECS, "Wan2.2_VAE.*", "*an*2?2*[vV][aA][eE]*.safetensors")
_PICTURES = (
    "models_clip_open-clip-xlm-roberta-large-vit-huge-14*.pth",
    "image_encoder/model.safetensors",
    "*clip*vision*.safetensors",
)
_VOICES = tuple(f"{folder}{name}" for folder in ("", "*wav2vec*/") for name in ("model.safetensors", "pytorch_model.bin"))


@dataclass(frozen=True)
class EncoderFiles:
    """`words`, the `tokens` of its tokenizer, the video autoencoder (`codec`); `pictures` and `voices` where they are needed."""

    words: Path
    tokens: Path
    codec: Path
    pictures: Path | None = None
    voices: Path | None = None


def find_files(places: Sequence[Path], weights: PublishedWeights) -> EncoderFiles:
    """The encoders for these weights in some folders; raises `EngineError` that names what is missing."""
    sees, hears = weights.architecture.image_dim > 0, weights.family == INFINITETALK
    codec = _CODEC_22 if weights.family == TI2V else _CODEC_21
    wanted = {
        "the UMT5 encoder (models_t5_umt5-xxl-enc-bf16.pth, or text_encoder/)": _found(places, _WORDS),
        "its tokenizer (google/umt5-xxl/tokenizer.json, or tokenizer/tokenizer.json)": _found(places, _TOKENS),
        f"the video autoencoder (Wan2.{1 + (codec is _CODEC_22)}_VAE.pth, or vae/)": _found(places, codec),
    }
    if sees:
        wanted["CLIP (models_clip_open-clip-xlm-roberta-large-vit-huge-14.pth, or image_encoder/)"] = _found(places, _PICTURES)
    if hears:
        wanted["wav2vec 2.0 (the folder of chinese-wav2vec2-base, with config.json)"] = _heard(places)
    missing = [what for what, path in wanted.items() if path is None]
    if missing:
        said = ", ".join(str(place) for place in places)
        raise EngineError(f"{said} lacks {missing[0]}: name a folder that has it with DRAMATIS_WAN, or put it there.")
    words, tokens, autoencoder, *others = (path for path in wanted.values() if path is not None)
    return EncoderFiles(words, tokens, autoencoder, others[0] if sees else None, others[-1] if hears else None)


def _found(places: Sequence[Path], patterns: Sequence[str]) -> Path | None:
    return next(
        (path for place in _folders(places) for name in patterns for path in sorted(place.glob(name)) if path.is_file()), None
    )


def _heard(places: Sequence[Path]) -> Path | None:
    """wav2vec 2.0 has a file of a usual name: what it is stands in the `config.json` beside it."""
    for place in _folders(places):
        for path in (path for name in _VOICES for path in sorted(place.glob(name))):
            beside = path.with_name("config.json")
            if beside.is_file() and '"wav2vec2"' in beside.read_text(encoding="utf-8", errors="replace"):
                return path
    return None


def _folders(places: Sequence[Path]) -> list[Path]:
    return [place if place.is_dir() else place.parent for place in places]
