"""A faint pattern that is added to the luma of every frame before it is encoded: a sum of waves that repeats itself.

It lies still in all frames, so takes can be cut anywhere, and an encoder pays for it once. It is scaled with the film: waves are
counted per short side of the picture, not in pixels. Texture hides more than even areas do: it may be twice as strong there.
"""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.media.digests import digest_of
from dramatis.media.still import Pixels

_LEAST = 3.0  # pixels of the shortest wave that a small picture can show
_APART, _NEAR, _AROUND = 4, (3, 3), (9, 9)  # pixels between those that are looked at; of them, a neighbourhood and a surrounding
_ROUGH = 3  # levels of luma: the mean difference from the neighbourhood
_JUDGED, _AREA, _EVEN = 720, 9, 0.2  # short side of a picture that is judged, pixels of an area of one level, share of those
_WHITE = 250

Planes = NDArray[np.uint8]
"""`H * 3 / 2, W`: planar I420, whose first H rows are the luma."""


@dataclass(frozen=True, eq=False)
class LumaPattern:
    """`waves[M + y, x]` is the amplitude of the wave with `y` (-M to M) periods down and `x` (0 to M) across a square tile, whose
    side is `period` short sides of the picture. `level` is their standard deviation in levels of 8 bits, before these are made
    whole. `masked`: it is twice as strong in texture, which masks it.
    """

    waves: NDArray[np.complex64]
    period: float
    level: float
    masked: bool = False

    @functools.cached_property
    def digest(self) -> str:
        """Content digest."""
        return digest_of(self.waves, self.period, self.level, self.masked)

    def __repr__(self) -> str:
        return f"LumaPattern({self.digest})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LumaPattern) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def levels(self, width: int, height: int) -> NDArray[np.int8]:
        """`H W`: the pattern for pictures of a size, in whole levels of luma: -1, 0 or 1."""
        most, side = self.waves.shape[1] - 1, self.period * min(width, height)
        down, across = np.arange(-most, most + 1), np.arange(most + 1)
        shown = self.waves * (np.hypot(down[:, None], across) <= side / _LEAST)
        rows = np.exp(2j * np.pi / side * np.outer(np.arange(height), down))
        columns = np.exp(2j * np.pi / side * np.outer(across, np.arange(width)))
        spread = np.sqrt(np.sum(np.abs(self.waves) ** 2) / 2)
        pattern = (rows @ shown @ columns).real / spread * self.level
        return np.clip(np.rint(np.round(pattern, 6)), -1, 1).astype(np.int8)


def add_pattern(planes: Planes, pattern: LumaPattern) -> None:
    """Add a pattern to the luma of a frame, in place. Sums are modulo 256: luma has limited range, 16 to 235."""
    height, width = planes.shape[0] * 2 // 3, planes.shape[1]
    luma = planes[:height]
    change = _change(pattern, width, height)
    if pattern.masked:
        textured = _textured(luma)
        np.bitwise_and(textured, change, out=textured)
        change = np.add(textured, change, out=textured)
    np.add(luma, change, out=luma)


def _textured(luma: Planes) -> Planes:
    """255 where neighbouring pixels differ much, else 0; from every fourth pixel."""
    import cv2

    height, width = luma.shape
    some = cv2.resize(luma, (-(-width // _APART), -(-height // _APART)), interpolation=cv2.INTER_NEAREST)
    rough = cv2.blur(cv2.absdiff(some, cv2.blur(some, _NEAR)), _AROUND)
    mask = cv2.threshold(rough, _ROUGH, 255, cv2.THRESH_BINARY)[1]
    wide = cv2.merge([mask] * _APART).reshape(len(mask), -1)  # each pixel repeated: a tenth of the time that resize takes
    return np.asarray(np.repeat(wide, _APART, axis=0)[:height, :width], np.uint8)


def has_even_areas(pixels: Pixels) -> bool:
    """Whether a fifth of a picture lies in areas of one level, as in drawings: nothing masks a pattern there. White
    does not count: the pattern hardly shows in it.
    """
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    scale = _JUDGED / min(grey.shape)
    grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    area, coloured = np.ones((_AREA, _AREA), np.uint8), grey < _WHITE
    even = coloured & (cv2.dilate(grey, area) == cv2.erode(grey, area))
    return bool(even.sum() > _EVEN * max(1, int(coloured.sum())))


@functools.lru_cache(maxsize=2)
def _change(pattern: LumaPattern, width: int, height: int) -> Planes:
    """The levels as bytes, which are added ten times as fast as mixed types."""
    return pattern.levels(width, height).view(np.uint8)
