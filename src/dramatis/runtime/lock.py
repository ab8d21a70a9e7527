"""One film is made by one command at a time.

A claim is a locked file that contains the owner's process id. The operating system releases the lock with the process,
so a file left behind by a crash is free.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dramatis.errors import OutputError
from dramatis.media.files import fault_of_writing


@contextmanager
def locked(lock: Path, what: Path) -> Iterator[None]:
    """Hold the claim `lock` on the file `what`; raises `OutputError` if another process holds it."""
    try:
        handle = _locked(lock)
    except OSError as fault:
        raise fault_of_writing(what, fault) from fault
    if handle is None:
        owner = lock.read_text().strip() if lock.exists() else ""
        by = f" (process {owner})" if owner else ""
        raise OutputError(
            f"Another Dramatis{by} is making {what} right now; wait until it is done, or give another name with -o."
        )
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(handle)
        with suppress(OSError):
            lock.parent.rmdir()


def _locked(lock: Path) -> int | None:
    while True:
        lock.parent.mkdir(exist_ok=True)
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:
            continue  # the folder was removed by an owner that has just finished
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        if _same(lock, handle):
            os.ftruncate(handle, 0)
            os.write(handle, f"{os.getpid()}\n".encode())
            return handle
        os.close(handle)  # the owner removed it between our open and our lock


def _same(lock: Path, handle: int) -> bool:
    try:
        return lock.stat().st_ino == os.fstat(handle).st_ino
    except FileNotFoundError:
        return False
