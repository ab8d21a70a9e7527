"""Moving pictures as a stream. A long film never exists as one array."""

from collections.abc import Iterable
from dataclasses import dataclass

from dramatis.clock import Span
from dramatis.media.still import Pixels
from dramatis.story import Canvas


@dataclass(frozen=True, eq=False)
class Footage:
    """Frames of one take, in order, both ends of the span included.

    `frames` yields `H W 3` uint8 RGB arrays of the canvas's size. What an engine returns can be read once; what the
    vault returns can be read again and again, and has a name.
    """

    canvas: Canvas
    span: Span
    frames: Iterable[Pixels]
    digest: str | None = None
