"""Tokens that are calculated at once: all of them, or on a processor a few hundred at a time.

All but self-attention treats each token by itself. What a few hundred tokens become in between stays in the processor's cache,
and in memory that was used before; for a whole video the system would hand out new pages for each tensor (docs/log.md).
"""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from dramatis.models.dit import Layout

AT_ONCE = 640


@dataclass(frozen=True)
class Piece:
    """Some tokens of a video `B T*S dim`, their latent frames, and the noise levels' entries that are theirs."""

    tokens: slice
    frames: slice
    levels: slice
    layout: Layout
    """(noise levels, tokens of each)."""


def pieces_of(video: Tensor, frames: int, levels: int) -> tuple[Piece, ...]:
    """Of tokens `B T*S dim` of so many latent frames, with one noise level for all of them or one for each."""
    count = video.shape[1]
    if video.device.type != "cpu" or count <= AT_ONCE:
        return (Piece(slice(0, count), slice(0, frames), slice(0, levels), ((levels, count // levels),)),)
    each = count // frames
    parts = -(-each // AT_ONCE)
    found = []
    for frame in range(frames):
        level = frame if levels > 1 else 0
        for part in range(parts):
            start, end = (each * frame + each * at // parts for at in (part, part + 1))
            found.append(Piece(slice(start, end), slice(frame, frame + 1), slice(level, level + 1), ((1, end - start),)))
    return tuple(found)


def piecewise(pieces: tuple[Piece, ...], calculate: Callable[[Piece], tuple[Tensor, ...]]) -> tuple[Tensor, ...]:
    """What is calculated of each piece, `B n ...`, one behind the other."""
    if len(pieces) == 1:
        return calculate(pieces[0])
    whole: tuple[Tensor, ...] = ()
    for piece in pieces:
        found = calculate(piece)
        whole = whole or tuple(one.new_empty(len(one), pieces[-1].tokens.stop, *one.shape[2:]) for one in found)
        for one, part in zip(whole, found, strict=True):
            one[:, piece.tokens] = part
    return whole
