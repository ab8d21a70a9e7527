"""WAV files with wrong sizes in their headers, and several WAV (also AIFF and RF64) files in one.

A streaming program writes the header before it knows the length (size 0), a crashed one leaves an old length, and
`cat a.wav b.wav` makes one file of two. The header is compared with the actual bytes, chunk by chunk
("Multimedia Programming Interface and Data Specifications 1.0", IBM and Microsoft, 1991).
"""

import mmap
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

_FORM = re.compile(rb"RIFF....WAVE|RF64....WAVE|FORM....AIF[FC]", re.DOTALL)
_TAGS = (b"TAG", b"ID3", b"APE")  # appended data that is not a chunk
_MOST = 2**31  # most bytes that are copied; more would be longer than a voice may last


@dataclass(frozen=True)
class _Wav:
    """Position of one WAV file in a file: its bytes `start:end`, its sound from `first` on, the length in its header
    and the actual length. For other files (AIFF, RF64) `first` is `end`: they are read unchanged.
    """

    start: int
    end: int
    first: int
    claimed: int
    there: int


def wavs_in(path: str) -> tuple[bytes, ...]:
    """The files that follow each other in a file, with corrected sizes; none for a file to be read unchanged."""
    size = Path(path).stat().st_size
    with Path(path).open("rb") as file:
        if size > _MOST or _FORM.fullmatch(file.read(12)) is None:
            return ()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            found = [_wav(data, start, end) for start, end in pairwise([*_starts(data), size])]
            wavs = [wav for wav in found if wav is not None]
            if len(wavs) > 1 or any(wav.there > wav.claimed for wav in wavs):
                return tuple(_mended(data, wav) for wav in wavs)
    return ()


def _starts(data: mmap.mmap) -> list[int]:
    """Offsets of the files. If a file is as long as its header says, it is skipped in one step."""
    starts, at = [], 0
    while (form := _FORM.search(data, at)) is not None:
        starts.append(form.start())
        order: Literal["big", "little"] = "big" if form.group().startswith(b"FORM") else "little"
        claimed = form.start() + 8 + int.from_bytes(form.group()[4:8], order)
        at = claimed if form.end() < claimed <= len(data) else form.end()
    return starts


def _wav(data: mmap.mmap, start: int, end: int) -> _Wav | None:
    if data[start : start + 4] != b"RIFF":
        return _Wav(start, end, end, 0, 0)
    at = start + 12
    while at + 8 <= end:
        size = _number(data, at + 4)
        if data[at : at + 4] == b"data":
            rest = end - at - 8
            trusted = size <= rest and _ends(data, at + 8 + size + size % 2, end)
            return _Wav(start, end, at + 8, size, size if trusted else rest)
        at += 8 + size + size % 2
    return None


def _ends(data: mmap.mmap, at: int, end: int) -> bool:
    """Whether what follows a chunk shows that it ended there: nothing, further chunks, tags or zeros."""
    if not data[at:end].strip(b"\0"):
        return True
    while at + 8 <= end:
        name = data[at : at + 4]
        if name[:3] in _TAGS:
            return True
        size = _number(data, at + 4)
        if not all(32 <= letter < 127 for letter in name):
            return False
        at += 8 + size + size % 2
    return at <= end + 1


def _mended(data: mmap.mmap, wav: _Wav) -> bytes:
    head = bytearray(data[wav.start : wav.first])
    if wav.first == wav.end:
        return bytes(head)
    sound = data[wav.first : wav.first + wav.there]
    head[4:8] = (len(head) - 8 + wav.there).to_bytes(4, "little")
    head[-4:] = wav.there.to_bytes(4, "little")
    return bytes(head) + sound


def _number(data: mmap.mmap, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")
