"""Writes files completely or not at all, and checks files before they are read.

A file is written under a temporary name in the same folder and renamed when it is complete, so that neither a
crash nor Ctrl-C leaves an incomplete file under its final name. Disk errors become one sentence.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dramatis.errors import DramatisError, OutputError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def fault_of_writing(path: Path, fault: OSError) -> OutputError:
    """The message for a failed write."""
    if fault.errno in _FULL:
        return OutputError(f"The disk is full: {path} could not be written; free some space there or choose another folder.")
    return OutputError(f"{path} could not be written ({fault.strerror or fault}); choose a folder that you may write to.")


def check_folder(path: Path) -> None:
    """Refuse a path that cannot be written; raises `OutputError`."""
    folder = path.parent
    if not folder.is_dir():
        raise OutputError(f"The folder {folder} does not exist; make it first, or choose another place for {path.name}.")
    if path.is_dir():
        raise OutputError(f"{path} is a folder; give the name of a file in it.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"The folder {folder} may not be written to; choose another place for {path.name}.")


def check_source(file: Path, what: str, kind: type[DramatisError]) -> None:
    """Refuse a missing or empty file; raises `kind`. `what` names it in the message: "picture", "sound file"."""
    try:
        if file.is_dir():
            raise kind(f"{file} is a folder; give a {what} in it.")
        if not file.exists():
            raise kind(f"There is no {what} at {file}; check the name and the folder.")
        if not file.is_file():
            raise kind(f"{file} is not a file; give a {what}.")
        if file.stat().st_size == 0:
            raise kind(f"{file} is an empty file (0 bytes); copy or export the {what} again.")
    except OSError as fault:
        raise kind(f"{file} cannot be opened ({fault.strerror}); check its name and its permissions.") from fault


@contextmanager
def written_whole(path: str | Path) -> Iterator[Path]:
    """Yields a temporary name beside `path`, which replaces `path` at the end; on any exception nothing is left.

    The temporary name keeps the suffix, since writers choose the format by it. Raises `OutputError` for disk errors.
    """
    final = Path(path)
    check_folder(final)
    part = final.with_name(f".{final.stem}.{os.getpid()}.part{final.suffix}")
    try:
        yield part
        part.replace(final)
    except OSError as fault:
        raise fault_of_writing(final, fault) from fault
    finally:
        with suppress(OSError):  # no such file, or its folder was removed
            part.unlink()
