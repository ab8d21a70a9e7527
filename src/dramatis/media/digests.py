"""Content digests: BLAKE2b, 16 bytes, in hexadecimal."""

import functools
import hashlib
import importlib.resources
import re
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

_IMPORT = re.compile(rf"^[ \t]*from ({__name__.partition('.')[0]}[\w.]*) import (\([^)]*\)|.+)$", re.MULTILINE)
_COMMENT = re.compile(r"#.*")


def digest_of(*parts: NDArray[Any] | bytes | str | float | None) -> str:
    """The digest of a sequence of arrays and plain values; order, type, dtype and shape count."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        if isinstance(part, np.ndarray):
            state.update(f"array {part.dtype} {part.shape}:".encode())
            state.update(np.ascontiguousarray(part).data)
        elif isinstance(part, bytes):
            state.update(f"bytes {len(part)}:".encode())
            state.update(part)
        else:
            state.update(f"{type(part).__name__} {part!r};".encode())
    return state.hexdigest()


@functools.cache
def code_digest(*modules: str) -> str:
    """The name of the code of modules (dotted names) and of all that they use of this package, and of nothing else."""
    return digest_of(*(part for module in sorted(used_by(*modules)) for part in (module, _source(module))))


def used_by(*modules: str) -> set[str]:
    """Modules of this package that some of them import, at the top or in a function, and what those import; themselves too.

    Read from the files: nothing is imported for it. A name that a package passes on is looked for where it comes from.
    """
    found: set[str] = set()
    left = list(modules)
    while left:
        module = left.pop()
        if module not in found:
            found.add(module)
            left += [_home(package, name) for package, name in _imports(module)]
    return found


@functools.cache
def _imports(module: str) -> tuple[tuple[str, str], ...]:
    """What a module imports of this package, as pairs of a module and a name in it."""
    found = _IMPORT.findall(_source(module))
    names = [(package, _COMMENT.sub("", listed).strip("()").split(",")) for package, listed in found]
    return tuple((package, name.split()[0]) for package, listed in names for name in listed if name.strip())


def _home(package: str, name: str) -> str:
    """The module that a name of a module is, or is defined in."""
    if _file(f"{package}.{name}") is not None:
        return f"{package}.{name}"
    passed = [_home(*pair) for pair in _imports(package) if pair[1] == name]
    return passed[0] if passed else package


@functools.cache
def _source(module: str) -> str:
    file = _file(module)
    if file is None:
        raise ValueError(f"There is no module {module}.")
    return file.read_text(encoding="utf-8")


@functools.cache
def _file(module: str) -> Traversable | None:
    """The file of a module, or of a package's own code."""
    root, *parts = module.split(".")
    place = importlib.resources.files(root).joinpath(*parts)
    found = (place / "__init__.py", importlib.resources.files(root).joinpath(*parts[:-1], f"{parts[-1]}.py") if parts else place)
    return next((file for file in found if file.is_file()), None)
