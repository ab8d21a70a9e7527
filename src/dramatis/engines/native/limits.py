"""What the native engine can do, from the headers of its weights: neither torch nor a network is loaded for it."""

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from dramatis.media.digests import code_digest, digest_of
from dramatis.models import headers
from dramatis.models.compression import SPACE, TIME
from dramatis.speech import vocals
from dramatis.story import ACTIONS, CAMERAS, EMOTIONS, Attributes
from dramatis.take import Limits

_CODE = "dramatis.engines.native.load"
_MOST_SECONDS = 300
_MOST_PIXELS = 256 * 256


@dataclass(frozen=True)
class Weights:
    """Where the weights of each network lie."""

    transformer: Path
    codec: Path
    speech: Path
    motion: Path
    refiner: Path

    @property
    def digest(self) -> str:
        """Name by content."""
        return digest_of(*(getattr(self, field.name).read_bytes() for field in fields(self)))


def weights_in(folder: Path) -> Weights:
    """The weights of a folder, by the names that training gives them."""
    return Weights(*(folder / f"{field.name}.safetensors" for field in fields(Weights)))


def clip_limits(weights: Weights) -> Limits:
    """Limits of the engine that films clips; raises `EngineError` if weights are missing, or cannot be read."""
    for field in fields(weights):
        headers.check_there(getattr(weights, field.name))
    taught = headers.config(weights.transformer)
    fps = taught["fps"]
    return Limits(
        name="native",
        version=digest_of(code_digest(_CODE), weights.digest, vocals.WEIGHTS.read_bytes()),
        frame_step=TIME,
        size_step=SPACE,
        most_frames=_MOST_SECONDS * fps + 1,
        most_cast=1,
        most_pixels=_MOST_PIXELS,
        anchors="any",
        takes_prior=True,
        cannot=tuple(what for what in (*EMOTIONS, *ACTIONS, *CAMERAS) if what not in taught["cues"]),
        draws=_attributes(taught["draws"]),
        short_side=min(taught["size"]),
        fps=float(fps),
        only_fps=True,
        seamless=False,
        generative=True,
    )


def still_limits(weights: Weights) -> Limits:
    """Limits of the engine that makes single frames, with the same weights; raises `EngineError`."""
    limits = clip_limits(weights)
    rate = limits.fps / TIME
    return replace(
        limits, frame_step=1, most_frames=round(_MOST_SECONDS * rate) + 1, anchors="none", takes_prior=False, fps=rate,
        seamless=True,
    )  # fmt: skip


def _attributes(draws: dict[str, Any] | None) -> Attributes | None:
    return None if draws is None else Attributes(**{name: tuple(values) for name, values in draws.items()})
