"""Frames with opacity (`H W 4`, colours not multiplied by it), and how clips hold them: H.264 has no opacity.

A clip has the colours in its upper half and the opacity, as grey, in its lower half. So it is encoded and joined like any other,
and taken apart where the film is written in a format that has opacity (`exports.py`).
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from dramatis.media.footage import Footage
from dramatis.media.still import Pixels
from dramatis.story import Canvas

_REACH = 9  # pixels: how far colours go on where nothing is seen, for encoders that share colours between pixels


def straight(on_black: Pixels, on_white: Pixels) -> NDArray[np.uint8]:
    """`H W 4` from the same frame drawn over black and over white: what the ground adds is what shows through."""
    import cv2

    through = cv2.transform(cv2.subtract(on_white, on_black), np.full((1, 3), 1 / 3, np.float32))
    return unmultiplied(np.dstack([on_black, 255 - through]))


def unmultiplied(frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`H W 4` with colours that were multiplied by the opacity, without that."""
    import cv2

    opacity = frame[..., 3:]
    scale = 255.0 / np.maximum(opacity, 1).astype(np.float32)
    colours = np.where(
        opacity == 255, frame[..., :3], np.minimum(cv2.multiply(frame[..., :3], np.repeat(scale, 3, 2), dtype=5), 255)
    )
    return np.dstack([np.rint(colours).astype(np.uint8), opacity])


def stacked(footage: Footage) -> Footage:
    """Frames `H W 4` as frames `2H W 3` that an encoder takes."""
    canvas = Canvas(footage.canvas.width, 2 * footage.canvas.height, footage.canvas.rate)
    return Footage(canvas, footage.span, _stacked(footage.frames))


def parted(stack: Pixels) -> NDArray[np.uint8]:
    """`H W 4` from a frame of a clip."""
    height = stack.shape[0] // 2
    return np.dstack([stack[:height], stack[height:, :, 1]])


def _stacked(frames: Iterable[Pixels]) -> Iterator[Pixels]:
    import cv2

    for frame in frames:
        yield np.concatenate([_continued(frame), cv2.cvtColor(frame[..., 3], cv2.COLOR_GRAY2RGB)])


def _continued(frame: Pixels) -> Pixels:
    """The colours, going on beyond the edge of what is seen."""
    import cv2

    opacity = frame[..., 3]
    weight = cv2.blur(opacity.astype(np.float32), (_REACH, _REACH))
    around = cv2.blur(frame[..., :3] * (opacity[..., None] / np.float32(255)), (_REACH, _REACH)) * np.float32(255)
    near = around / np.maximum(weight, 1e-3)[..., None]
    return np.where(opacity[..., None] > 0, frame[..., :3], np.clip(near, 0, 255)).astype(np.uint8)
