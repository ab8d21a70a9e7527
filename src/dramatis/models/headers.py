"""Headers of checkpoints, without torch: what a network was made for is known before its weights are read.

A safetensors file begins with the length of its header (8 bytes, little-endian) and the header, JSON.
"""

import json
from pathlib import Path
from typing import Any

from dramatis.errors import EngineError

WEIGHTS = Path(__file__).parents[1] / "weights"
"""Where the weights that are shipped with the package lie."""
_LONGEST = 1 << 26  # bytes of a header; a longer one is none


def metadata(path: Path) -> dict[str, str]:
    """What a checkpoint says of itself; raises `EngineError` if there is none or it cannot be read."""
    check_there(path)
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header: dict[str, dict[str, str]] = json.loads(file.read(min(length, _LONGEST)))
        return header.get("__metadata__", {})
    except (OSError, AttributeError, ValueError) as fault:
        raise unreadable(path, fault) from None


def config(path: Path) -> dict[str, Any]:
    """The architecture of a checkpoint as parsed JSON; raises `EngineError`."""
    try:
        return dict(json.loads(metadata(path)["config"]))
    except (KeyError, TypeError, ValueError) as fault:
        raise unreadable(path, fault) from None


def check_there(path: Path) -> None:
    """Raises `EngineError` if there is no such file."""
    if not path.is_file():
        raise EngineError(f"There are no weights at {path}: train them (runs/native.sh) or install the package that ships them.")


def unreadable(path: Path, fault: Exception) -> EngineError:
    """The error for a file that is no checkpoint."""
    return EngineError(f"The weights {path} cannot be read ({fault}): fetch or train them again.")
