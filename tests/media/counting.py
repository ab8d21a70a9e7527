"""Pictures that say their number, so that a test can read a film back frame by frame."""

from collections.abc import Iterator

import numpy as np

from dramatis.clock import Rate, Span
from dramatis.media.footage import Footage
from dramatis.media.still import Pixels
from dramatis.story import Canvas

FILM = Rate(25)
_BITS = 12


def counting(first: int, last: int, rate: Rate = FILM) -> Footage:
    """Footage of frames `first` to `last`, both included."""
    canvas = Canvas(256, 144, rate)
    return Footage(canvas, Span(rate.time(first), rate.time(last)), list(_frames(canvas, first, last)))


def number_of(pixels: Pixels) -> int:
    """Which number a frame says."""
    return sum(1 << bit for bit in range(_BITS) if pixels[30:50, 20 * bit + 6 : 20 * bit + 14].mean() > 128)


def _frames(canvas: Canvas, first: int, last: int) -> Iterator[Pixels]:
    for number in range(first, last + 1):
        pixels = np.full((canvas.height, canvas.width, 3), (40, 90, 60), np.uint8)
        for bit in range(_BITS):
            pixels[20:60, 20 * bit : 20 * bit + 20] = 255 * (number >> bit & 1)
        x = number * 5 % 200
        pixels[90:130, x : x + 40] = (220, 60, 40)
        yield pixels
