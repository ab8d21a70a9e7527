"""What a file says of where it comes from: its signature, its watermark, its tags, and whether they agree.

`verdict` is 0 if something speaks for a film of ours, 1 if nothing does, 2 if the layers contradict each other.
"""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dramatis.errors import PictureError
from dramatis.media.files import check_source
from dramatis.media.videos.luma_frames import luma_frames
from dramatis.media.videos.video import Probe, probe
from dramatis.provenance.credentials import authority_of
from dramatis.provenance.installation import Installation
from dramatis.provenance.kept_manifests import KeptManifest, newest, recall
from dramatis.provenance.manifest import ALGORITHM, FILM
from dramatis.provenance.signing import Signature, can_sign, read_signature
from dramatis.provenance.tags import read_xmp
from dramatis.provenance.watermark.detection import Watermark, find_mark
from dramatis.provenance.watermark.residuals import SHORT_SIDE, averages, residuals

_OURS = "Dramatis"


@dataclass(frozen=True)
class Findings:
    """What was found. `kept` is the manifest that this installation keeps for the watermark; `unread` says why a layer was not
    looked at; `contradictions` and `changes` are sentences.
    """

    film: Probe
    signature: Signature | None
    mark: Watermark | None
    kept: KeptManifest | None
    tagged: bool
    unread: tuple[str, ...]
    contradictions: tuple[str, ...]
    changes: tuple[str, ...]

    @property
    def ours(self) -> bool:
        """Whether something speaks for a film of Dramatis."""
        signed = self.signature is not None and self.signature.made_by.startswith(_OURS)
        return signed or self.mark is not None

    @property
    def verdict(self) -> int:
        """0: something speaks for it, 1: nothing does, 2: the layers contradict each other."""
        return 2 if self.contradictions else 0 if self.ours else 1

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of the film as it was made, of the signed or the kept manifest; empty if there is none."""
        source = self.signature or self.kept
        return source.assertion(FILM) if source is not None else {}


def verify(path: Path, installation: Installation | None) -> Findings:
    """Look at every layer of a file; raises `PictureError` if it is no video."""
    check_source(path, "film", PictureError)
    film = probe(str(path))
    unread = []
    signature = None
    if can_sign():
        signature = read_signature(path, authority_of(installation) if installation else "")
    else:
        unread.append("The signature was not looked at: the C2PA library is not installed (extra provenance).")
    mark = kept = None
    if installation is None:
        unread.append("The watermark was not looked for: this installation has no key.")
    else:
        seen = residuals(averages(luma_frames(str(path), SHORT_SIDE), film.seconds))
        mark = find_mark(seen, installation.key, newest(installation.manifests))
        kept = recall(installation.manifests, mark.payload) if mark else None
    layers = Findings(film, signature, mark, kept, "DigitalSourceType" in read_xmp(path), tuple(unread), (), ())
    return Findings(**{**vars(layers), "contradictions": tuple(_contradictions(layers)), "changes": tuple(_changes(layers))})


def as_json(found: Findings) -> dict[str, object]:
    """The findings, ready for JSON."""
    signature, mark = found.signature, found.mark
    return {
        "verdict": found.verdict,
        "signature": signature
        and {
            "made by": signature.made_by,
            "signer": signature.signer,
            "trusted": signature.trusted,
            "failures": list(signature.changes),
        },
        "watermark": mark
        and {
            "payload": f"{mark.payload:016x}",
            "decoded": mark.decoded,
            "seconds": [[round(span.start, 2), round(span.end, 2)] for span in mark.spans],
            "zoom": round(mark.zoom, 3),
            "strength": round(mark.strength, 1),
            "manifest": found.kept and found.kept.manifest,
        },
        "tagged": found.tagged,
        "facts": found.facts,
        "contradictions": list(found.contradictions),
        "changes": list(found.changes),
        "not looked at": list(found.unread),
    }


def _contradictions(found: Findings) -> Iterator[str]:
    signature, mark = found.signature, found.mark
    if signature is None:
        return
    if signature.changes:
        yield f"The file was changed after it was signed ({', '.join(signature.changes)})."
    bound = _bound_payload(signature)
    if mark is None or bound == mark.payload:
        return
    if bound is None:
        yield "The picture carries the watermark of a film that was made here, and the signature does not name it."
    else:
        yield "The signature is that of another film than the watermark's: one of them was put onto this file."


def _bound_payload(signature: Signature) -> int | None:
    """The payload of the watermark that a manifest names; None if it names none of ours."""
    binding = signature.assertion("c2pa.soft-binding")
    if binding.get("alg") != ALGORITHM:
        return None
    with suppress(KeyError, IndexError, TypeError, ValueError):
        value = binding["blocks"][0]["value"]
        return int.from_bytes(value if isinstance(value, bytes) else b64decode(value), "big")
    return None


def _changes(found: Findings) -> Iterator[str]:
    """What became of the film since it was made."""
    made = found.facts.get("film", {})
    canvas, mark = found.film.canvas, found.mark
    if made and (made["width"], made["height"]) != (canvas.width, canvas.height):
        yield f"It was {made['width']}x{made['height']} pixels and is {canvas.width}x{canvas.height}."
    if made and abs(made["fps"] - canvas.rate.fps) > 0.01:
        yield f"It had {made['fps']:g} frames a second and has {canvas.rate.fps:g}."
    if made and abs(made["seconds"] - found.film.seconds) > 0.1:
        yield f"It lasted {made['seconds']:.1f} s and lasts {found.film.seconds:.1f} s."
    if mark and abs(mark.zoom - 1) > 0.015:
        how = "cropped" if mark.zoom > 1 else "given borders"
        yield f"It was {how}: the picture's short side shows {100 / mark.zoom:.0f} % of what it did."
    if mark and found.signature is None and found.kept is not None and found.kept.signed is not None:
        yield "It was signed, and the signature was stripped."
