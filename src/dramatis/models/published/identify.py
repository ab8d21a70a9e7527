"""What a folder of published weights holds: family, architecture, files, storage, licence; from headers alone, without torch."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from dramatis.errors import EngineError
from dramatis.models.published.architecture import Architecture, architecture
from dramatis.models.published.tensor_files import StoredTensor, TensorFile, open_file

_APACHE = "Apache-2.0, weights and code"


@dataclass(frozen=True)
class PublishedFamily:
    """Networks that are driven in the same way."""

    name: str
    title: str
    licence: str


T2V = PublishedFamily("t2v", "Wan 2.1 or 2.2, text to video", _APACHE)
I2V = PublishedFamily("i2v", "Wan 2.1, picture to video", _APACHE)
FLF2V = PublishedFamily("flf2v", "Wan 2.1, first and last frame to video", _APACHE)
I2V_A14B = PublishedFamily("i2v-a14b", "Wan 2.2, picture, or first and last frame, to video", _APACHE)
TI2V = PublishedFamily("ti2v", "Wan 2.2, text and picture to video", _APACHE)
INFINITETALK = PublishedFamily("infinitetalk", "MultiTalk or InfiniteTalk on Wan 2.1, picture and voices to video", _APACHE)
FAMILIES = (T2V, I2V, FLF2V, I2V_A14B, TI2V, INFINITETALK)

_OTHERS = {
    "casual_audio_encoder.": "Wan2.2-S2V",
    "vace_blocks.": "Wan-VACE",
    "face_adapter.": "Wan-Animate",
    "x_embedder.": "LongCat-Video",
    "ref_conv.": "Wan-Fun",
    "control_adapter.": "Wan-Fun",
}
"""Families that are known by a tensor's name and not built here."""
_BASE = re.compile(
    r"^(blocks\.\d+\.(self_attn|cross_attn|ffn\.[02]|norm3|modulation)|(patch|text|time)_embedding|time_projection|head|img_emb)\b"
)
"""Names of what every transformer has."""
_PLACES = (("transformer", "transformer_2"), ("high_noise_model", "low_noise_model"))
_KINDS = (".gguf", ".safetensors")
_STORAGE = {"F32": "fp32", "F16": "fp16", "BF16": "bf16", "F8_E4M3": "fp8", "F8_E5M2": "fp8", "I8": "int8"}
_SAMPLES, _SAMPLE = 64, 4096  # pieces of a file, and bytes of each, that tell it from others


@dataclass(frozen=True)
class PublishedWeights:
    """A transformer on disk. `experts`: its files, for two networks those of high noise first; adapters come after their base.

    `loras`: files of low-rank changes, merged when the weights are loaded.
    """

    family: PublishedFamily
    architecture: Architecture
    experts: tuple[tuple[Path, ...], ...]
    layout: str
    storage: str
    loras: tuple[Path, ...] = field(default=())

    def loras_of(self, expert: int) -> tuple[Path, ...]:
        """Those for one of the networks: a name that says high or low noise is for that one, others are for both."""
        other = ("low", "high")[expert]
        return tuple(path for path in self.loras if other not in _noise_words(path))

    def fingerprint(self) -> str:
        """A digest of the files' headers and of samples of their contents."""
        digest = sha256()
        for path in (*(path for files in self.experts for path in files), *self.loras):
            size = path.stat().st_size
            with path.open("rb") as file:
                digest.update(f"{path.name} {size}".encode())
                for piece in range(_SAMPLES):
                    file.seek(piece * max(size - _SAMPLE, 0) // (_SAMPLES - 1))
                    digest.update(file.read(_SAMPLE))
        return digest.hexdigest()


def identify(*places: Path) -> PublishedWeights:
    """The transformer in a folder or a file; further places may hold its adapter or LoRAs.

    Raises `EngineError` in one sentence: nothing there, an adapter without its base or on a wrong one, several transformers, a
    family that is not built here.
    """
    files = [open_file(path) for path in _files(places)]
    bases = _bases([file for file in files if _is_shard(file)])
    adapters = [file for file in files if _is_adapter(file)]
    loras = tuple(file.path for file in files if _is_lora(file))
    said = ", ".join(str(place) for place in places)
    _check_known(files)
    if not bases:
        alone = adapters and f"{adapters[0].path} holds only audio layers: name the folder of Wan2.1-I2V-14B before it."
        raise EngineError(
            alone or f"There is no video transformer in {said}: name a folder with Wan's .safetensors or .gguf files."
        )
    if len(adapters) > 1:
        raise EngineError(f"{adapters[0].path} and {adapters[1].path} are both audio layers: name one of them.")
    tensors = merged([*bases[0], *adapters])
    found = architecture({name: one.shape for name, one in tensors.items()}, _num_heads(bases[0][0].path.parent))
    if adapters and not (found.image_dim and not found.image_tokens):
        raise EngineError(f"The audio layers {adapters[0].path} belong on Wan2.1-I2V-14B, not on {bases[0][0].path}: name that.")
    experts = tuple(tuple(file.path for file in (*base, *adapters)) for base in bases)
    layout = "diffusers" if any(file.layout == "diffusers" for file in bases[0]) else "original"
    return PublishedWeights(_family(found), found, experts, layout, _stored_as(tensors), loras)


def merged(files: Iterable[TensorFile]) -> dict[str, StoredTensor]:
    """All tensors of one network; what comes later replaces what came before."""
    return {name: one for file in files for name, one in file.tensors.items()}


def _files(places: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for place in places:
        if not place.exists():
            raise EngineError(f"There is no {place}: name a folder or a file with published weights.")
        inner = next(([place / name for name in names] for names in _PLACES if (place / names[0]).is_dir()), [place])
        for folder in (one for one in inner if one.exists()):
            found += [folder] if folder.is_file() else _listed(folder)
    return found


def _listed(folder: Path) -> list[Path]:
    """The files with weights in a folder; raises `EngineError` if an index names one that is not there."""
    found = sorted(path for path in folder.iterdir() if path.suffix in _KINDS)
    for index in sorted(folder.glob("*.safetensors.index.json")):
        named = {folder / name for name in json.loads(index.read_text()).get("weight_map", {}).values()}
        lacking = sorted(path.name for path in named if not path.is_file())
        if lacking:
            raise EngineError(f"{folder} lacks {lacking[0]}, which {index.name} names: fetch all of its files.")
    return found


def _bases(files: list[TensorFile]) -> list[list[TensorFile]]:
    """Files of one network, or of two: by folder, or by the words high and low in their names."""
    sets: dict[object, list[TensorFile]] = {}
    for file in files:
        sets.setdefault((file.path.parent, *_noise_words(file.path)), []).append(file)
    complete = [base for base in sets.values() if any("patch_embedding.weight" in file.tensors for file in base)]
    for base in complete:
        whole = [file.path for file in base if "patch_embedding.weight" in file.tensors]
        if len(whole) > 1:
            raise EngineError(f"{whole[0]} and {whole[1].name} are both whole transformers: name one file.")
    if len(complete) > 2:
        raise EngineError(f"{complete[0][0].path} and {complete[1][0].path} are different transformers: name one folder.")
    return complete


def _noise_words(path: Path) -> list[str]:
    return re.findall(r"(high|low)[_-]?noise", path.name.lower())


def _is_shard(file: TensorFile) -> bool:
    return any(_BASE.match(name) for name in file.tensors) and not _is_lora(file)


def _is_adapter(file: TensorFile) -> bool:
    return any(name.startswith("audio_proj.") for name in file.tensors) and not _is_shard(file)


def _is_lora(file: TensorFile) -> bool:
    return any(re.search(r"\.(lora_(down|up|A|B)\b|diff(_[bm])?$)", name) for name in file.tensors)


def _check_known(files: Iterable[TensorFile]) -> None:
    for file in files:
        other = next((title for start, title in _OTHERS.items() if any(name.startswith(start) for name in file.tensors)), None)
        if other:
            raise EngineError(
                f"{file.path} is of the family {other}, which is not built here; T2V, I2V, FLF2V, TI2V and InfiniteTalk are."
            )


def _num_heads(folder: Path) -> int | None:
    """From the `config.json` of either layout, if there is one."""
    path = folder / "config.json"
    if not path.is_file():
        return None
    said = json.loads(path.read_text())
    return said.get("num_heads") or said.get("num_attention_heads")


def _family(arch: Architecture) -> PublishedFamily:
    if arch.audio is not None:
        return INFINITETALK
    if arch.image_dim:
        return FLF2V if arch.image_tokens else I2V
    if arch.in_dim > arch.out_dim:
        return I2V_A14B
    return TI2V if arch.in_dim == 48 else T2V


def _stored_as(tensors: Mapping[str, StoredTensor]) -> str:
    """How the blocks' large matrices are stored."""
    kinds = {_STORAGE.get(one.dtype, one.dtype) for name, one in tensors.items() if name.endswith("self_attn.q.weight")}
    return " and ".join(sorted(kinds))
