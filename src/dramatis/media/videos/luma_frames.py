"""The luma of a film's frames, scaled while it is decoded."""

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dramatis.errors import PictureError
from dramatis.media.videos.container import opened
from dramatis.media.videos.video import video_stream

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer
    from av.video.stream import VideoStream


def luma_frames(path: str, short_side: int) -> Iterator[tuple[float, NDArray[np.uint8]]]:
    """The luma of each frame, scaled to a short side, with its time in seconds. A damaged frame is left out, as players do.

    All have the size of the first one. Raises `PictureError`, also during reading.
    """
    with opened(path, PictureError) as container:
        stream = video_stream(container, path)
        stream.thread_type = "AUTO"
        size: tuple[int, int] | None = None
        for number, frame in enumerate(_decodable(container, stream)):
            scale = short_side / min(frame.width, frame.height)
            size = size or (round(frame.width * scale), round(frame.height * scale))
            grey = frame.reformat(width=size[0], height=size[1], format="gray", interpolation="AREA")
            at = frame.time if frame.time is not None else number / float(stream.average_rate or 25)
            yield at, np.asarray(grey.to_ndarray(), np.uint8)


def _decodable(container: "InputContainer", stream: "VideoStream") -> "Iterator[VideoFrame]":
    """The frames of a stream without those that are damaged."""
    from av.error import InvalidDataError

    for packet in container.demux(stream):
        with suppress(InvalidDataError):
            yield from packet.decode()
