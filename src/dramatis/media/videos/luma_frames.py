"""The luma of a film's frames, scaled while it is decoded."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dramatis.errors import PictureError
from dramatis.media.videos.video import opened


def luma_frames(path: str, short_side: int) -> Iterator[tuple[float, NDArray[np.uint8]]]:
    """The luma of each frame, scaled to a short side, with its time in seconds; raises `PictureError`, also during reading."""
    with opened(path, PictureError) as container:
        if not container.streams.video:
            raise PictureError(f"{path} has no moving picture in it; give a video.")
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        for number, frame in enumerate(container.decode(stream)):
            scale = short_side / min(frame.width, frame.height)
            size = (round(frame.width * scale), round(frame.height * scale))
            grey = frame.reformat(width=size[0], height=size[1], format="gray", interpolation="AREA")
            at = frame.time if frame.time is not None else number / float(stream.average_rate or 25)
            yield at, np.asarray(grey.to_ndarray(), np.uint8)
