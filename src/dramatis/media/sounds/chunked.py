"""Several CAF or MP4 files (also M4A, MOV) in one, and AU files whose header has no length.

`cat a.m4a b.m4a` makes one file of two, of which decoders read the first. Both formats are a row of named chunks, so
the second file begins at the chunk that begins a file (ISO/IEC 14496-12, 4.3; "Core Audio Format Specification 1.0", Apple).
"""

import mmap
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

_MOST = 2**31  # most bytes that are copied; more would be longer than a voice may last
_CAF, _MP4, _AU = b"caff", b"ftyp", b".snd"
_CAF_HEADER, _LARGE = 8, 16  # bytes of a CAF file's header, and of a box with a length of 64 bits


def parts_in(path: str) -> tuple[bytes, ...]:
    """The files that follow each other in a file, with corrected lengths; none for a file to be read unchanged."""
    if Path(path).stat().st_size > _MOST:
        return ()
    with Path(path).open("rb") as file:
        head = file.read(12)
        if head[:4] == _AU:
            return (head[:8] + b"\xff" * 4 + file.read(),) if head[8:12] == b"\0" * 4 else ()  # all ones: until its end
        if head[:4] != _CAF and head[4:8] != _MP4:
            return ()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            starts = list(_chunks(data) if head[:4] == _CAF else _boxes(data))
            return tuple(data[start:end] for start, end in pairwise([*starts, len(data)])) if len(starts) > 1 else ()


def _chunks(data: mmap.mmap) -> Iterator[int]:
    """Where CAF files begin: a chunk is a name and its length in 64 bits, which is -1 for sound until the end."""
    at = 0
    while at + 12 <= len(data):
        if data[at : at + 4] == _CAF:
            yield at
            at += _CAF_HEADER
            continue
        size = int.from_bytes(data[at + 4 : at + 12], signed=True)
        if size < 0:
            return
        at += 12 + size


def _boxes(data: mmap.mmap) -> Iterator[int]:
    """Where MP4 files begin: a box is its length in 32 bits (1: in 64 bits behind the name; 0: until the end) and its name."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        if data[at + 4 : at + 8] == _MP4:
            yield at
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + _LARGE])
        if size < 8:
            return
        at += size
