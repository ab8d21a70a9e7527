"""Which blueprint frame near a cut becomes a keyframe: the best one to look at, of those that are equally good for the voice.

Everything that is made later starts from keyframes, so a frame of a blink, or a blurred one, would spread into two clips.
Only pixels are compared, since a drawn face is none to a face finder:

- *sharpness* (mean of the Laplacian): how far it is from what is usual, since blur has less of it and noise has more;
- *movement*: the difference from its neighbours in the block of the picture that moves most, so that a hand counts;
- *transient*: how far a block differs from both neighbours where these agree with each other: a blink, an open mouth, a flash;
- *identity*: the distance of the picture on a coarse grid of colours from what is usual.

What is usual is the median of the passage's frames up to there; later ones do not count, so an edit leaves earlier choices alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from dramatis.media.still import Pixels
from dramatis.production.phases.boundaries import FrameGrid, Passage, cuts
from dramatis.production.phases.phase import stored
from dramatis.runtime.dispatch import RenderedClip

_SHARPNESS, _MOVEMENT, _TRANSIENT, _IDENTITY = 1.0, 1.0, 2.0, 4.0
"""Weights: half or twice the usual sharpness (1) is as bad as a block that moves from black to white (1), as one that blinks
from grey to white (0.5), and as colours that are a quarter of their range away from the usual ones.
"""
_AWAY = 0.02  # of the score, for each second from the even cut: among equal frames the cut is even
_FLAT = 1e-3  # levels of 255: the sharpness of a picture of one colour
_SIDE = 144  # pixels of the shorter side on which frames are compared
_BLOCKS, _COARSE = 16, 8  # blocks along the longer side

Gray = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Mark:
    """What is measured of one frame beside its neighbours; `colours` is `8 8 3`; all but the sharpness in 0 to 1."""

    sharpness: float
    movement: float
    transient: float
    colours: NDArray[np.float32]


def choose(grid: FrameGrid, passage: Passage, blueprint: tuple[RenderedClip, ...]) -> tuple[int, ...]:
    """The boundaries of a passage's clips; they disturb the voice as little as the proposed ones.

    Each clip of the blueprint is read once. Raises `PictureError` if one of them is damaged.
    """
    per_frame = grid.clips.per_frame_of(grid.blueprint)
    first = blueprint[0].take.first
    marks = list(marks_of(_frames(blueprint)))

    def best(places: Sequence[int], even: float) -> int:
        numbers = [place // per_frame - first for place in places]
        scores = scores_of(marks, numbers)
        away = [abs(place - even) / grid.clips.fps for place in places]
        return min(zip(places, scores, away, strict=True), key=lambda it: it[1] + _AWAY * it[2])[0]

    return cuts(passage.edges[0], passage.edges[-1], passage.heard, grid, best)


def scores_of(marks: Sequence[Mark], numbers: Sequence[int]) -> list[float]:
    """How bad it is to cut at some frames of a passage, 0 and more."""
    before = marks[: max(numbers) + 1]
    sharp = max(_FLAT, float(np.median([mark.sharpness for mark in before])))
    usual = np.median([mark.colours for mark in before], axis=0)

    def score(mark: Mark) -> float:
        octaves = abs(np.log2(max(mark.sharpness, _FLAT) / sharp))
        distance = float(np.sqrt(np.square(mark.colours - usual).mean()))
        return _SHARPNESS * float(octaves) + _MOVEMENT * mark.movement + _TRANSIENT * mark.transient + _IDENTITY * distance

    return [score(marks[number]) for number in numbers]


def marks_of(frames: Iterable[Pixels]) -> Iterator[Mark]:
    """The marks of frames in order; three of them are in memory at once. At both ends a frame has one neighbour."""
    before: Pixels | None = None
    shown: Pixels | None = None
    for after in chain(map(_small, frames), [None]):
        if shown is not None:
            yield _mark(shown if before is None else before, shown, shown if after is None else after)
        before, shown = shown, after


def _frames(blueprint: tuple[RenderedClip, ...]) -> Iterator[Pixels]:
    """The frames of a passage's clips, each once: neighbours share one."""
    for number, clip in enumerate(blueprint):
        shared = min(number, 1)
        yield from stored(clip, shared, clip.take.frames - shared)


def _small(frame: Pixels) -> Pixels:
    import cv2

    scale = min(1.0, _SIDE / min(frame.shape[:2]))
    return np.asarray(cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _mark(before: Pixels, shown: Pixels, after: Pixels) -> Mark:
    import cv2

    laplacian = cv2.Laplacian(cv2.cvtColor(shown, cv2.COLOR_RGB2GRAY), cv2.CV_32F)
    come, gone, across = (_difference(*pair) for pair in ((before, shown), (shown, after), (before, after)))
    transient = np.minimum(come, gone) - across
    colours = cv2.resize(shown, (_COARSE, _COARSE), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return Mark(float(np.abs(laplacian).mean()), float((come + gone).max()) / 2, max(0.0, float(transient.max())), colours)


def _difference(one: Pixels, other: Pixels) -> NDArray[np.float32]:
    """The mean difference of each block, 0 to 1."""
    import cv2

    height, width = one.shape[:2]
    side = max(height, width) / _BLOCKS
    blocks = (max(1, round(width / side)), max(1, round(height / side)))
    return np.asarray(cv2.resize(cv2.absdiff(one, other), blocks, interpolation=cv2.INTER_AREA).mean(axis=2) / 255, np.float32)
