"""Small pictures that are laid over frames before they are encoded, such as a label in a corner."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.media.digests import digest_of
from dramatis.media.still import Pixels


@dataclass(frozen=True, eq=False)
class Overlay:
    """`picture` (`H W 4`, RGBA, not premultiplied) with its upper left corner at `x`, `y`; `span`: when it is shown, in seconds
    of the film's clock (None: always).
    """

    picture: NDArray[np.uint8]
    x: int
    y: int
    span: Span | None = None

    @cached_property
    def digest(self) -> str:
        """Content digest."""
        return digest_of(self.picture, self.x, self.y, repr(self.span))

    def __repr__(self) -> str:
        return f"Overlay({self.digest})"


def laid_over(pixels: Pixels, overlays: tuple[Overlay, ...], seconds: float) -> Pixels:
    """The frame of an instant with what is shown over it; a new array if anything is."""
    shown = [one for one in overlays if one.span is None or one.span.holds(seconds)]
    if not shown:
        return pixels
    result = pixels.copy()
    for one in shown:
        part = result[one.y : one.y + one.picture.shape[0], one.x : one.x + one.picture.shape[1]]
        picture = one.picture[: part.shape[0], : part.shape[1]].astype(np.uint16)
        opaque = picture[..., 3:]
        part[:] = ((picture[..., :3] * opaque + part * (255 - opaque) + 127) // 255).astype(np.uint8)
    return result
