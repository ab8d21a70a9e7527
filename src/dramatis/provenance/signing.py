"""Signs a finished film and reads the signature of any file, with the C2PA library (extra `provenance`)."""

import importlib.util
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dramatis.errors import OutputError, PictureError
from dramatis.media.files import written_whole
from dramatis.provenance.credentials import Credentials

if TYPE_CHECKING:
    import c2pa

_SETTINGS = {
    "version": 1,
    "builder": {"thumbnail": {"enabled": False}},
    "verify": {"verify_after_sign": False, "verify_trust": True},
}
UNTRUSTED = "signingCredential.untrusted"
_MP4 = "video/mp4"
FORMATS = {".mp4": _MP4, ".mov": "video/quicktime", ".gif": "image/gif"}
"""By the ending of a file: what is signed, as the library names it."""


@dataclass(frozen=True)
class Signature:
    """What a file's signature says. `changes` are codes of the C2PA specification: what does not fit the file any more, so that
    it is empty for a file that is as it was signed. `trusted`: its certificate is one of the authorities that were named.
    """

    manifest: dict[str, Any] = field(repr=False)
    trusted: bool
    changes: tuple[str, ...]

    @property
    def signer(self) -> str:
        """Who signed, in the certificate's words."""
        info = self.manifest.get("signature_info", {})
        return str(info.get("common_name") or info.get("issuer") or "somebody unnamed")

    @property
    def made_by(self) -> str:
        """The program that made the claim."""
        info = (self.manifest.get("claim_generator_info") or [{}])[0]
        return " ".join(str(info[part]) for part in ("name", "version") if info.get(part))

    def assertion(self, label: str) -> dict[str, Any]:
        """The data of an assertion; empty if the manifest has none of that label."""
        return next((one["data"] for one in self.manifest.get("assertions", []) if one["label"] == label), {})


def can_sign() -> bool:
    """Whether the library is installed."""
    return importlib.util.find_spec("c2pa") is not None


def sign(film: Path, manifest: dict[str, object], credentials: Credentials) -> bytes:
    """Write a manifest into a film of FORMATS, whole or not at all; returns the manifest as bytes. Raises `OutputError`."""
    import c2pa

    try:
        about = c2pa.C2paSignerInfo(credentials.algorithm.encode(), credentials.chain, credentials.key, None)
        builder = c2pa.Builder.from_json(json.dumps(manifest), _context(""))
        with written_whole(film) as part, film.open("rb") as source, part.open("w+b") as target:
            return builder.sign(c2pa.Signer.from_info(about), FORMATS[film.suffix.lower()], source, target)
    except c2pa.C2paError as fault:
        raise OutputError(f"{film} could not be signed ({fault}); check the certificate and its key.") from fault


def read_signature(film: Path, authority: str = "", manifest: bytes | None = None) -> Signature | None:
    """The signature of a file, or of a `manifest` that is kept elsewhere; None if there is none.

    `authority` is a certificate (PEM) that is trusted. Raises `PictureError` for a manifest that cannot be read.
    """
    import c2pa

    try:
        with film.open("rb") as file:
            reader = c2pa.Reader.try_create(FORMATS.get(film.suffix.lower(), _MP4), file, manifest, context=_context(authority))
            if reader is None:
                return None
            told, active = reader.get_validation_results() or {}, reader.get_active_manifest() or {}
    except c2pa.C2paError as fault:
        raise PictureError(f"{film} has a signature that cannot be read ({fault}); give the file as it was made.") from fault
    found = told.get("activeManifest") or {}
    failures = tuple(dict.fromkeys(one["code"] for one in found.get("failure", [])))
    trusted = any(one["code"] == "signingCredential.trusted" for one in found.get("success", []))
    return Signature(active, trusted, tuple(code for code in failures if code != UNTRUSTED))


def _context(authority: str) -> "c2pa.Context":
    import c2pa

    trusted = {"trust": {"user_anchors": authority}} if authority else {}
    return c2pa.Context(c2pa.Settings.from_dict({**_SETTINGS, **trusted}))
