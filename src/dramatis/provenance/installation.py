"""What belongs to this installation: the watermark's key, and the folder where credentials and manifests are kept.

The key is made at the first run and never leaves its file (mode 600). Without it nobody can read the watermark or write one.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from dramatis.errors import OutputError
from dramatis.media.files import fault_of_writing

_KEY, _LENGTH = "watermark.key", 32


@dataclass(frozen=True)
class SigningFiles:
    """A certificate chain and its private key, both PEM, that sign in place of this installation's own."""

    certificates: Path
    key: Path


@dataclass(frozen=True)
class Installation:
    """A folder with the watermark's key; `signing` None: films are signed by a certificate authority made here."""

    folder: Path
    key: bytes = field(repr=False)
    signing: SigningFiles | None = None

    @property
    def manifests(self) -> Path:
        """Where manifests of finished films are kept, by the payload of their watermarks."""
        return self.folder / "manifests"


def installation_at(folder: Path, signing: SigningFiles | None = None) -> Installation:
    """The installation in a folder, which is made at the first run; raises `OutputError` if that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / _KEY
        with suppress(FileExistsError):
            write_secret(path, secrets.token_bytes(_LENGTH))
        key = path.read_bytes()
    except OSError as fault:
        raise fault_of_writing(folder, fault) from fault
    if len(key) != _LENGTH:
        raise OutputError(
            f"{path} holds no key of {_LENGTH} bytes; restore it, or delete it: films made so far are then not read."
        )
    return Installation(folder, key, signing)


def found_installation(folder: Path) -> Installation | None:
    """The installation in a folder, if something was filmed with it before; nothing is made. Raises `OutputError`."""
    return installation_at(folder) if (folder / _KEY).is_file() else None


def write_secret(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole; raises `FileExistsError` if it is there, and `OSError`."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
        os.link(part, path)  # of several processes one wins, the others read what it wrote
    finally:
        part.unlink(missing_ok=True)
