"""Manifests of finished films by the payload of their watermarks: they are found again for a film that was stripped."""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dramatis.media.files import fault_of_writing, written_whole

_SIGNED = ".c2pa"
_MOST = 50  # that are looked for in a film whose mark cannot be decoded


@dataclass(frozen=True)
class KeptManifest:
    """A manifest as JSON; `signed` is the file with the signed one, if the film was signed."""

    manifest: dict[str, Any]
    signed: Path | None

    def assertion(self, label: str) -> dict[str, Any]:
        """The data of an assertion; empty if there is none."""
        return next((one["data"] for one in self.manifest["assertions"] if one["label"] == label), {})


def keep(folder: Path, payload: int, manifest: dict[str, object], signed: bytes | None) -> None:
    """Keep the newest manifest of a payload; raises `OutputError`."""
    place = folder / f"{payload:016x}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with written_whole(place) as part:
            part.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
        if signed is None:
            place.with_suffix(_SIGNED).unlink(missing_ok=True)
        else:
            with written_whole(place.with_suffix(_SIGNED)) as part:
                part.write_bytes(signed)
    except OSError as fault:
        raise fault_of_writing(place, fault) from fault


def recall(folder: Path, payload: int) -> KeptManifest | None:
    """The manifest that was kept for a payload; None if there is none, or none that can be read."""
    place = folder / f"{payload:016x}.json"
    with suppress(OSError, ValueError, KeyError):
        manifest = json.loads(place.read_text("utf-8"))
        signed = place.with_suffix(_SIGNED)
        return KeptManifest(manifest, signed if manifest["assertions"] and signed.exists() else None)
    return None


def newest(folder: Path) -> tuple[int, ...]:
    """The payloads of the manifests that were kept last, the newest first."""
    kept = sorted(folder.glob("*.json"), key=lambda path: -path.stat().st_mtime)[:_MOST]
    return tuple(int(path.stem, 16) for path in kept)
