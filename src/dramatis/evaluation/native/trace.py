"""One pass over a film of the stage: everything that its measures need, as short curves.

A film of five minutes is not held in memory. Its frames are read once, at any size; the reader sees them reduced to 144 pixels.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Rate
from dramatis.evaluation.film.continuity import change
from dramatis.evaluation.film.drift import PartLook, ends, look_of
from dramatis.evaluation.native.reader import Reader
from dramatis.evaluation.native.reading import Reading, read
from dramatis.media.still import Pixels

_SIDE = 144  # pixels: what the reader was trained on
_AT_ONCE = 32  # frames that are read together
Curve = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FilmTrace:
    """A film of `T` frames, read. `opening` `T` in heads' heights, `changes` `T - 1` from each frame to the next; `first` and
    `last` are its ends, `looks` the words that are read there, and `zoom` how many times as tall a head is at the end.
    """

    opening: Curve
    changes: Curve
    first: PartLook
    last: PartLook
    looks: tuple[dict[str, str], dict[str, str]]
    zoom: float


def trace(reader: Reader, frames: Iterable[Pixels], count: int, rate: Rate) -> FilmTrace:
    """Read a film of `count` frames, which may come one by one; raises `ValueError` if there are fewer."""
    places = ends(count, rate)
    kept: dict[int, Pixels] = {}
    parts, changes = list[Reading](), list[float]()
    before: Pixels | None = None
    number = 0
    shown = islice(frames, count)
    while block := list(islice(shown, _AT_ONCE)):
        parts.append(read(reader, [_reduced(frame) for frame in block]))
        changes += [change(*pair) for pair in pairwise(block if before is None else [before, *block])]
        kept |= {at: frame for at, frame in enumerate(block, number) if any(at in part for part in places)}
        before, number = block[-1], number + len(block)
    if number < count:
        raise ValueError(f"a film of {count} frames has only {number}")
    heads = np.concatenate([part.heads for part in parts])
    looks = [read(reader, [_reduced(kept[at]) for at in part]).looks for part in places]
    sizes = [max(1e-6, float(np.median(heads[part, 2]))) for part in places]
    first, last = (look_of(kept[at] for at in part) for part in places)
    opening = np.concatenate([part.opening for part in parts])
    return FilmTrace(opening, np.asarray(changes, np.float64), first, last, (looks[0], looks[1]), sizes[1] / sizes[0])


def same(one: dict[str, str], other: dict[str, str], aspects: Iterable[str]) -> float:
    """The share of aspects that have the same word in both."""
    known = [name for name in aspects if name in one and name in other]
    return sum(one[name] == other[name] for name in known) / max(1, len(known))


def _reduced(frame: Pixels) -> Pixels:
    """The shorter side at most `_SIDE` pixels."""
    import cv2

    scale = _SIDE / min(frame.shape[:2])
    if scale >= 1:
        return frame
    return np.asarray(cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
