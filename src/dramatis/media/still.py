"""Pictures as values. Their arrays are never modified."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dramatis.media.digests import digest_of

Pixels = NDArray[np.uint8]
"""`H W 3`, RGB, full range, sRGB transfer."""


class Picture(Protocol):
    """What is asked of a picture: a `Still`, or one that is read where it lies (`media/videos/stored.py`)."""

    @property
    def pixels(self) -> Pixels:
        """`H W 3` uint8 RGB."""
        ...

    @property
    def width(self) -> int:
        """Pixels."""
        ...

    @property
    def height(self) -> int:
        """Pixels."""
        ...

    @property
    def digest(self) -> str:
        """Its name: of its content, or of what it was made from."""
        ...


@dataclass(frozen=True, eq=False)
class Still:
    """One picture: `H W 3` uint8 RGB."""

    pixels: Pixels

    @cached_property
    def digest(self) -> str:
        """Content digest."""
        return digest_of(self.pixels)

    @property
    def width(self) -> int:
        """Pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.pixels.shape[0])


@dataclass(frozen=True, eq=False)
class Matte:
    """A region of a picture: `H W` uint8, 255 inside. It covers the whole picture, possibly at lower resolution."""

    alpha: NDArray[np.uint8]

    @cached_property
    def digest(self) -> str:
        """Content digest."""
        return digest_of(self.alpha)
