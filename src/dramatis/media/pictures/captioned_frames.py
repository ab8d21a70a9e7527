"""Captions drawn onto frames, each drawn once and blended onto every frame of its span.

Sizes depend on the frame alone, so a caption is in the same place in every clip of a film.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Rate, Span
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.pictures.fonts import Font, is_wide
from dramatis.media.still import Pixels

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

MARGIN = 0.045
"""Between the caption and the edge of the picture, as a share of its height."""
WIDEST = 0.88
"""The longest line, as a share of the picture's width."""
MOST_LINES = 2
MOST_SIGNS, MOST_WIDE_SIGNS = 42, 16
"""Of a line."""
_SIZE, _LARGER, _SMALLEST = 0.0385, 1.05, 9  # of the root of the picture's area; Chinese in Latin letters; pixels
_LINE = 1.28  # line spacing, in letter heights
_OUTLINE, _THICKER = 0.085, 0.022  # of a letter's height
_BOX, _ROUND, _PAD = 176, 0.22, (0.42, 0.14)  # opacity; corner and padding in letter heights
_WHITE, _LIT, _BLACK = (255, 255, 255, 255), (255, 214, 64, 255), (0, 0, 0, 255)
_EPSILON = 1e-6  # seconds

Style = Literal["plain", "box", "words"]


@dataclass(frozen=True)
class LitWord:
    """When a word lights up, in seconds on the film's clock, and which letters of which line it is."""

    span: Span
    line: int
    first: int
    end: int


@dataclass(frozen=True)
class Caption:
    """What is shown in a span of the film's clock: one or two lines, below or above, and the words that light up."""

    span: Span
    lines: tuple[str, ...]
    words: tuple[LitWord, ...] = ()
    above: bool = False


@dataclass(frozen=True)
class Captions:
    """The captions of a film or of a part of it, in order, and how they are drawn."""

    style: Style
    font: Font
    shown: tuple[Caption, ...] = ()

    def during(self, span: Span) -> "Captions | None":
        """Those that are seen in a span, both ends included; None: there are none."""
        near = tuple(one for one in self.shown if one.span.start < span.end + _EPSILON and one.span.end > span.start)
        return Captions(self.style, self.font, near) if near else None

    @property
    def digest(self) -> str:
        """Of what is drawn and of the code that draws it."""
        return digest_of(code_digest(__name__), self.style, self.font.digest, repr(self.shown))


@dataclass(frozen=True)
class Lettering:
    """How large text is in a picture of so many pixels."""

    font: Font
    width: int
    height: int

    @property
    def size(self) -> int:
        """Height of letters, in pixels."""
        share = _SIZE * (_LARGER if self.font.light else 1.0)
        return max(_SMALLEST, round(share * math.sqrt(self.width * self.height)))

    @property
    def sized(self) -> "FreeTypeFont":
        """The font at this size."""
        return self.font.sized(self.size)

    def fills(self, sign: str) -> tuple[float, float]:
        """How much of a line a sign takes: of the signs that a line has, and of its width."""
        signs = 1 / MOST_WIDE_SIGNS if is_wide(sign) else 1 / MOST_SIGNS
        return signs, self.sized.getlength(sign) / (WIDEST * self.width)

    def place(self, lines: tuple[str, ...], above: bool) -> tuple[float, float, float, float]:
        """The box of a caption, x0, y0, x1, y1 in pixels."""
        wide = max(self.sized.getlength(line) for line in lines) + 2 * _PAD[0] * self.size
        tall = (len(lines) * _LINE + 2 * _PAD[1]) * self.size
        left, top = (self.width - wide) / 2, MARGIN * self.height
        top = top if above else self.height - top - tall
        return left, top, left + wide, top + tall


def captioned(frames: Iterable[Pixels], first: int, rate: Rate, captions: Captions) -> Iterator[Pixels]:
    """Frames from the film's frame `first` on, with the captions of their times; a frame without one is the same array."""
    key, layer = None, None
    for number, frame in enumerate(frames, first):
        at = rate.time(number) + _EPSILON
        caption = next((one for one in captions.shown if one.span.holds(at)), None)
        if caption is None:
            yield frame
            continue
        lit = frozenset(word for word in caption.words if captions.style == "words" and word.span.holds(at))
        if layer is None or key != (caption, lit):
            lettering = Lettering(captions.font, frame.shape[1], frame.shape[0])
            key, layer = (caption, lit), _layer(caption, lit, captions.style, lettering)
        yield layer.over(frame)


@dataclass(frozen=True, eq=False)
class _Layer:
    """A part of the picture to be blended: its corner, its colours times its opacity, and how much of the frame shows through.

    Both are `H W 3`, as frames are.
    """

    left: int
    top: int
    colour: NDArray[np.uint16]
    through: NDArray[np.uint16]

    @classmethod
    def of(cls, image: "Image", left: int, top: int) -> "_Layer":
        """From RGBA, which has its left upper corner at that place of the frame."""
        part = np.asarray(image)
        opacity = np.repeat(part[..., 3:], 3, axis=2).astype(np.uint16)
        return cls(left, top, part[..., :3] * opacity, np.uint16(255) - opacity)

    def over(self, frame: Pixels) -> Pixels:
        """A copy of the frame with it; `H W 3` or, with the opacity, `H W 4`."""
        out = frame.copy()
        part = out[self.top : self.top + self.colour.shape[0], self.left : self.left + self.colour.shape[1]]
        mixed = np.multiply(part[..., :3], self.through, dtype=np.uint16)
        mixed += self.colour
        part[..., :3] = _by_255(mixed)
        if frame.shape[2] == 4:
            part[..., 3] = ~_by_255(~part[..., 3] * self.through[..., 0]).astype(np.uint8)
        return out


def _by_255(product: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """A product of two bytes, divided by 255 and rounded."""
    product += np.right_shift(product, np.uint16(8))
    product += np.uint16(1)
    return np.right_shift(product, np.uint16(8))


def _layer(caption: Caption, lit: frozenset[LitWord], style: Style, lettering: Lettering) -> _Layer:
    """The caption, drawn on a picture of its own (RGBA)."""
    from PIL import Image, ImageDraw

    font, size = lettering.sized, lettering.size
    box = lettering.place(caption.lines, caption.above)
    corner = max(0, math.floor(box[0])), max(0, math.floor(box[1]))
    wide, tall = min(math.ceil(box[2]), lettering.width) - corner[0], min(math.ceil(box[3]), lettering.height) - corner[1]
    image = Image.new("RGBA", (wide, tall), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    if style == "box":
        draw.rounded_rectangle((0, 0, wide - 1, tall - 1), round(_ROUND * size), (0, 0, 0, _BOX))
    thicker = round(_THICKER * size) if lettering.font.light else 0
    edge = max(1, round(_OUTLINE * size)) + thicker
    for number, line in enumerate(caption.lines):
        x = (box[0] + box[2] - font.getlength(line)) / 2 - corner[0]
        base = (_PAD[1] + number * _LINE) * size + (_LINE * size + font.getmetrics()[0] * 0.74) / 2
        if style != "box":
            draw.text((x, base), line, _BLACK, font, anchor="ls", stroke_width=edge, stroke_fill=_BLACK)
        for part, start, colour in _parts(line, sorted((word.first, word.end) for word in lit if word.line == number)):
            at = (x + font.getlength(line[:start]), base)
            draw.text(at, part, colour, font, anchor="ls", stroke_width=thicker, stroke_fill=colour)
    return _Layer.of(image, *corner)


def _parts(line: str, lit: list[tuple[int, int]]) -> Iterator[tuple[str, int, tuple[int, int, int, int]]]:
    """A line as parts, each with the place of its first letter and its colour."""
    edges = [0, *(edge for word in lit for edge in word), len(line)]
    for place, (start, end) in enumerate(pairwise(edges)):
        if end > start:
            yield line[start:end], start, _LIT if place % 2 else _WHITE
