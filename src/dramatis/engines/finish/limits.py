"""What the finish can do: neither torch nor a network is loaded for it."""

from dataclasses import dataclass, fields
from pathlib import Path

from dramatis.media.digests import code_digest, digest_of
from dramatis.models.headers import check_there
from dramatis.speech import vocals
from dramatis.take import Limits

_CODE = "dramatis.engines.finish.engine"
_MOST_FRAMES = 14_401  # five minutes at 48 frames a second; nothing grows with them


@dataclass(frozen=True)
class FinishWeights:
    """Where the weights of each network lie."""

    upscaler: Path
    interpolator: Path
    mouth_finder: Path
    speech: Path


def weights_in(folder: Path) -> FinishWeights:
    """The weights of a folder, by the names that training gives them."""
    return FinishWeights(*(folder / f"{field.name}.safetensors" for field in fields(FinishWeights)))


def limits_of(weights: FinishWeights) -> Limits:
    """Limits of the engine with these weights; raises `EngineError` if they are missing."""
    paths = [getattr(weights, field.name) for field in fields(weights)]
    for path in paths:
        check_there(path)
    return Limits(
        name="finish",
        version=digest_of(code_digest(_CODE), *(path.read_bytes() for path in (*paths, vocals.WEIGHTS))),
        most_frames=_MOST_FRAMES,
        anchors="ends",
        takes_prior=True,
        short_side=720,
        fps=24.0,
    )
