"""Which state of this program runs here: workers on other machines must have the same, since values travel pickled."""

import functools
from pathlib import Path

from dramatis.media.digests import digest_of


@functools.cache
def program_digest() -> str:
    """Digest of all source files of the package."""
    root = Path(__file__).parents[1]
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.py"))
    return digest_of(*(part for name in names for part in (name, (root / name).read_bytes())))
