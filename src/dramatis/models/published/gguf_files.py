"""Headers of GGUF files (version 2 and 3 of the format of llama.cpp), without torch."""

import struct
from io import BufferedReader
from math import prod
from pathlib import Path
from typing import Any

from dramatis.errors import EngineError
from dramatis.models.headers import unreadable

BLOCKS = {
    0: ("F32", 1, 4), 1: ("F16", 1, 2), 30: ("BF16", 1, 2),
    2: ("Q4_0", 32, 18), 3: ("Q4_1", 32, 20), 6: ("Q5_0", 32, 22), 7: ("Q5_1", 32, 24), 8: ("Q8_0", 32, 34),
    12: ("Q4_K", 256, 144), 13: ("Q5_K", 256, 176), 14: ("Q6_K", 256, 210),
}  # fmt: skip
"""By number: name, values of a block, bytes of a block."""
_NUMBERS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_TEXT, _ARRAY = 8, 9
_ALIGNMENT = 32
_SHAPE_OF = "comfy.gguf.orig_shape."
"""A tensor of five axes, which the format has not, is flattened; here stands its shape."""


def gguf_entries(path: Path) -> dict[str, tuple[str, tuple[int, ...], int, int]]:
    """Name -> block type, shape, first byte, bytes; raises `EngineError` if it is no such file or holds an unknown type."""
    try:
        with path.open("rb") as file:
            magic, version, count, settings = struct.unpack("<4sIQQ", file.read(24))
            if magic != b"GGUF" or version not in {2, 3}:
                raise ValueError(f"{magic!r}, version {version}")
            said = dict(_setting(file) for _ in range(settings))
            listed = [_listed(file) for _ in range(count)]
            alignment = int(said.get("general.alignment", _ALIGNMENT))
            begin = -(-file.tell() // alignment) * alignment
    except (OSError, ValueError, struct.error, KeyError, UnicodeDecodeError) as fault:
        raise unreadable(path, fault) from None
    unknown = [(name, kind) for name, _, kind, _ in listed if kind not in BLOCKS]
    if unknown:
        raise EngineError(
            f"{unknown[0][0]} in {path} is of GGUF's type {unknown[0][1]}, which is not read: use Q4_0 to Q8_0 or Q4_K to Q6_K."
        )
    found = {}
    for name, shape, kind, at in listed:
        word, values, size = BLOCKS[kind]
        whole = tuple(said.get(_SHAPE_OF + name, shape))
        found[name] = (word, whole, begin + at, prod(shape) // values * size)
    return found


def _setting(file: BufferedReader) -> tuple[str, Any]:
    return _text(file), _value(file, *struct.unpack("<I", file.read(4)))


def _value(file: BufferedReader, kind: int) -> Any:  # noqa: ANN401 - a setting is whatever the file says
    if kind == _TEXT:
        return _text(file)
    if kind == _ARRAY:
        inner, count = struct.unpack("<IQ", file.read(12))
        return [_value(file, inner) for _ in range(count)]
    form = _NUMBERS[kind]
    return struct.unpack(form, file.read(struct.calcsize(form)))[0]


def _text(file: BufferedReader) -> str:
    (length,) = struct.unpack("<Q", file.read(8))
    if length > 1 << 20:
        raise ValueError(f"a word of {length} bytes")
    return file.read(length).decode()


def _listed(file: BufferedReader) -> tuple[str, tuple[int, ...], int, int]:
    """Name, shape (the file has the fastest axis first), type, place."""
    name = _text(file)
    (axes,) = struct.unpack("<I", file.read(4))
    *shape, kind, at = struct.unpack(f"<{axes}QIQ", file.read(8 * axes + 12))
    return name, tuple(reversed(shape)), kind, at
