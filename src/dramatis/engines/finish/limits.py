"""What the finish can do: neither torch nor a network is loaded for it."""

from collections.abc import Iterable
from pathlib import Path

from dramatis.media.digests import code_digest, digest_of
from dramatis.models.headers import check_there
from dramatis.take import Limits

_CODE = "dramatis.engines.finish.engine"
_MOST_FRAMES = 14_401  # five minutes at 48 frames a second; nothing grows with them


def limits_of(weights: Iterable[Path]) -> Limits:
    """Limits of the engine with these weights; raises `EngineError` if they are missing."""
    paths = list(weights)
    for path in paths:
        check_there(path)
    return Limits(
        name="finish",
        version=digest_of(code_digest(_CODE), *(path.read_bytes() for path in paths)),
        most_frames=_MOST_FRAMES,
        anchors="ends",
        takes_prior=True,
        short_side=720,
        fps=24.0,
    )
