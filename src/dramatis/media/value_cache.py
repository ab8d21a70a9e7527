"""A disk cache of computed values that several processes and later films share: rigs, faces, mattes.

Each value is a file, named by the digest of its inputs, beside the finished clips. The first process that needs a value makes
it; others wait. If a file cannot be read or written, the value is computed again.
"""

import fcntl
import os
import pickle
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from dramatis.errors import OutputError
from dramatis.media.files import written_whole

Value = TypeVar("Value")
SUFFIX = ".value"
_SEAL = 4  # bytes
_FOREIGN = (pickle.UnpicklingError, AttributeError, EOFError, ImportError, LookupError, TypeError, ValueError)
"""Exceptions from reading a file that is damaged, or was written by other versions of our classes and libraries."""


@dataclass(frozen=True)
class ValueCache:
    """A folder of values of the user's own cache, which may begin with `~`; None: nothing is kept."""

    folder: Path | None = None

    def get(self, name: str, make: Callable[[], Value]) -> Value:
        """The value of that name (a digest of all its inputs); made and stored if it is missing."""
        try:
            path = self.folder and self.folder.expanduser() / f"{name}{SUFFIX}"
        except RuntimeError:  # the user has no home folder
            path = None
        if path is None:
            return make()
        found = _read(path)
        if found is not None:
            return cast("tuple[Value]", found)[0]
        with _alone(path):
            found = _read(path)  # another process may have made it meanwhile
            if found is not None:
                return cast("tuple[Value]", found)[0]
            made = make()
            _write(path, made)
        return made


NOWHERE = ValueCache()
"""Nothing is kept."""


def _read(path: Path) -> tuple[object] | None:
    """The value of a file, in a tuple; None if there is none. A damaged file is removed."""
    try:
        data = memoryview(path.read_bytes())
        os.utime(path)
    except OSError:
        return None
    try:
        if data[:_SEAL] != _sealed(data[_SEAL:]):
            raise ValueError("the file was damaged after it was written")
        return (pickle.loads(data[_SEAL:]),)
    except _FOREIGN:
        with suppress(OSError):
            path.unlink()
        return None


def _write(path: Path, value: object) -> None:
    try:
        with written_whole(path) as part:
            data = pickle.dumps(value, protocol=5)
            with part.open("wb") as file:
                file.writelines((_sealed(data), data))
    except OutputError:
        return


def _sealed(data: bytes | memoryview) -> bytes:
    """The checksum (CRC-32) at the start of a file."""
    return zlib.crc32(data).to_bytes(_SEAL)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Lock the value of a path; if locking is impossible, go on without."""
    lock = path.with_name(f".{path.stem}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
        os.close(handle)
