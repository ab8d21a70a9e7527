"""Video as a stream of frames. A long film is never one array."""

from collections.abc import Iterable
from dataclasses import dataclass

from dramatis.clock import Span
from dramatis.media.still import Pixels
from dramatis.story import Canvas


@dataclass(frozen=True, eq=False)
class Footage:
    """Frames of one take, in order, both ends of the span included.

    `frames` yields `H W 3` uint8 RGB arrays of the canvas's size. An engine's footage can be read once; the
    vault's can be read repeatedly, and has a digest.
    """

    canvas: Canvas
    span: Span
    frames: Iterable[Pixels]
    digest: str | None = None
