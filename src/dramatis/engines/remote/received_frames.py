"""The frames of a film that a server sent: as many and as large as were asked for, between the frames that were given."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.given_ends import met
from dramatis.engines.remote.protocol import Served, Sizes
from dramatis.errors import EngineError
from dramatis.media.still import Pixels
from dramatis.media.videos.video import probe, read_clip
from dramatis.take import Take

_SAME_RATE = 0.02


def received(film: Path, take: Take, served: Served) -> Iterator[Pixels]:
    """Exactly the frames of a take; frames that were given are shown as they are, and those beside them go over into them.

    Raises `EngineError` for a film that is another one, or for given frames of another size.
    """
    frames = _fitted(film, take, served.sizes)
    ends = [_given(take, place) for place in (0, take.frames - 1)]
    return frames if served.exact or not any(end is not None for end in ends) else _met(frames, *ends)


def _met(frames: Iterable[Pixels], first: Pixels | None, last: Pixels | None) -> Iterator[Pixels]:
    shown: Iterator[NDArray[np.float32]] = map(_signed, frames)
    if first is not None:
        shown = chain([_signed(first)], islice(shown, 1, None))
    for frame in met(shown, int(first is not None), None if last is None else _signed(last)):
        yield np.ascontiguousarray(np.clip(np.rint((frame + 1) * 127.5), 0, 255).astype(np.uint8).transpose(1, 2, 0))


def _signed(pixels: Pixels) -> NDArray[np.float32]:
    """`H W 3` -> `3 H W` in -1..1."""
    return pixels.transpose(2, 0, 1) / np.float32(127.5) - np.float32(1)


def _given(take: Take, place: int) -> Pixels | None:
    """The frame that was given for a place of a take."""
    rate, canvas = take.canvas.rate, take.canvas
    for anchor in take.anchors:
        if rate.nearest(anchor.at) - take.first == place:
            size = anchor.picture.width, anchor.picture.height
            if size != (canvas.width, canvas.height):
                wanted = f"{canvas.width}x{canvas.height}"
                raise EngineError(f"A given frame has {size[0]}x{size[1]} pixels, its take {wanted}: give one of its size.")
            return anchor.picture.pixels
    return None


def _fitted(film: Path, take: Take, sizes: Sizes) -> Iterator[Pixels]:
    import cv2

    facts, canvas = probe(str(film)), take.canvas
    if abs(facts.canvas.rate.fps - canvas.rate.fps) > _SAME_RATE:
        raise EngineError(f"The server sent {facts.canvas.rate.fps:g} frames a second, {canvas.rate.fps:g} were asked for.")
    size, wanted = (facts.canvas.width, facts.canvas.height), (canvas.width, canvas.height)
    if size != wanted and sizes == "asked":
        raise EngineError(f"The server sent {size[0]}x{size[1]} pixels, {wanted[0]}x{wanted[1]} were asked for.")
    count = 0
    for frame in read_clip(str(film)).frames:
        if count == take.frames:
            return
        count += 1
        if size == wanted:
            yield frame
        else:
            means = cv2.INTER_AREA if size[0] > wanted[0] else cv2.INTER_CUBIC
            yield np.asarray(
                cv2.resize(_in_shape(frame, wanted) if sizes == "cropped" else frame, wanted, interpolation=means), np.uint8
            )
    if count < take.frames:
        raise EngineError(f"The server sent {count} frames, {take.frames} were asked for.")


def _in_shape(frame: Pixels, wanted: tuple[int, int]) -> Pixels:
    """The middle of a frame in another shape of picture."""
    height, width = frame.shape[:2]
    kept_width = min(width, round(height * wanted[0] / wanted[1]))
    kept_height = min(height, round(width * wanted[1] / wanted[0]))
    left, top = (width - kept_width) // 2, (height - kept_height) // 2
    return frame[top : top + kept_height, left : left + kept_width]
