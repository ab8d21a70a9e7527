"""Skia on a machine without OpenGL.

Skia's wheel is linked to libEGL.so.1 and libGL.so.1, which bare machines lack. The stage draws into memory and calls neither.
Where one is missing, a library of that name is made in memory (ELF64, System V ABI), of which every function returns 0; the
loader takes it for the other, since it goes by names.
"""

import ctypes
import os
import platform
import re
import struct
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

LIBRARIES = ("libEGL.so.1", "libGL.so.1")
_RETURN_0 = {"x86_64": (62, bytes.fromhex("31c0c3")), "aarch64": (183, bytes.fromhex("000080d2c0035fd6"))}
"""By machine, its number in ELF files, and the code of a function."""
_NAME = re.compile(rb"(?:egl|gl)[A-Z]\w*(?=\0)")
_PAGE = 0x10000  # the largest page of a supported machine
_HASH, _STRTAB, _SYMTAB, _STRSZ, _SYMENT, _SONAME = 4, 5, 6, 10, 11, 14


def replace_missing() -> None:
    """Load a library for each of those that this machine lacks; nothing is done where it has them, or has no skia."""
    found = find_spec("skia") if sys.platform == "linux" else None
    missing = [] if found is None else [name for name in LIBRARIES if not _loads(name)]
    if found is None or not missing or platform.machine() not in _RETURN_0:
        return
    functions = sorted(set(_NAME.findall(Path(found.origin or "").read_bytes())))
    with ExitStack() as opened:  # each has a name of its own until all are loaded
        for name in missing:
            file = opened.enter_context(os.fdopen(os.memfd_create(name), "wb"))
            file.write(library(name.encode(), functions, platform.machine()))
            file.flush()
            ctypes.CDLL(f"/proc/self/fd/{file.fileno()}")


def library(name: bytes, functions: Sequence[bytes], machine: str) -> bytes:
    """A shared library of a name with these functions."""
    number, code = _RETURN_0[machine]
    strings, places = bytearray(b"\0"), []
    for text in (name, *functions):
        places.append(len(strings))
        strings += text + b"\0"
    count = len(functions) + 1
    table = struct.pack(f"<3I{count}I", 1, count, 1, 0, *range(2, count), 0)  # one bucket, and one chain of all symbols
    start = 64 + 4 * 56
    at_hash = start + len(code) + -len(code) % 8
    at_symbols = at_hash + len(table) + -len(table) % 8
    at_strings = at_symbols + 24 * count
    symbols = bytes(24) + b"".join(struct.pack("<IBBHQQ", place, 0x12, 0, 1, start, len(code)) for place in places[1:])
    parts = [(start, code), (at_hash, table), (at_symbols, symbols), (at_strings, bytes(strings))]
    end = at_strings + len(strings)
    at_dynamic = end + -end % _PAGE
    entries = {_HASH: at_hash, _STRTAB: at_strings, _SYMTAB: at_symbols, _STRSZ: len(strings), _SYMENT: 24, _SONAME: places[0]}
    dynamic = b"".join(struct.pack("<QQ", *entry) for entry in [*entries.items(), (0, 0)])
    parts.append((at_dynamic, dynamic))
    return _laid_out([(0, _header(number, (end, at_dynamic, len(dynamic)))), *parts])


def _header(machine: int, extent: tuple[int, int, int]) -> bytes:
    """The file's header and its segments: code and tables, the dynamic section (twice), and a stack that is not executed."""
    end, at_dynamic, length = extent
    head = struct.pack("<16sHHIQQQIHHHHHH", b"\x7fELF\x02\x01\x01", 3, machine, 1, 0, 64, 0, 0, 64, 56, 4, 64, 0, 0)
    segments = [
        (1, 5, 0, end, _PAGE),
        (1, 6, at_dynamic, length, _PAGE),
        (2, 6, at_dynamic, length, 8),
        (0x6474E551, 6, 0, 0, 16),
    ]
    return head + b"".join(
        struct.pack("<IIQQQQQQ", kind, flags, place, place, place, size, size, align)
        for kind, flags, place, size, align in segments
    )


def _laid_out(parts: Sequence[tuple[int, bytes]]) -> bytes:
    """Parts of a file, each at its place."""
    file = bytearray(max(place + len(part) for place, part in parts))
    for place, part in parts:
        file[place : place + len(part)] = part
    return bytes(file)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
