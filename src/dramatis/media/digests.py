"""Names for values by their content: BLAKE2b, 16 bytes, in hexadecimal."""

import functools
import hashlib
import importlib.resources
from typing import Any

import numpy as np
from numpy.typing import NDArray


def digest_of(*parts: NDArray[Any] | bytes | str | float | None) -> str:
    """The name of a sequence of arrays and plain values; order, type, dtype and shape count."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        if isinstance(part, np.ndarray):
            state.update(f"array {part.dtype} {part.shape}:".encode())
            state.update(np.ascontiguousarray(part).data)
        else:
            state.update(f"{type(part).__name__} {part!r};".encode())
    return state.hexdigest()


@functools.cache
def code_digest(*packages: str) -> str:
    """The name of the code of packages (dotted names): what their modules, not those of packages inside them, say."""
    modules = [
        module
        for package in packages
        for module in sorted(importlib.resources.files(package).iterdir(), key=lambda file: file.name)
        if module.name.endswith(".py")
    ]
    return digest_of(*(part for module in modules for part in (module.name, module.read_bytes())))
