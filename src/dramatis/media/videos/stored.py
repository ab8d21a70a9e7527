"""Frames that lie in a file, as values: they travel as a path and a name, and are decoded where they are looked at."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from dramatis.errors import PictureError
from dramatis.media.digests import digest_of
from dramatis.media.still import Pixels
from dramatis.media.videos.video import read_clip


@dataclass(frozen=True)
class StoredFrames:
    """`count` frames of a clip from its frame `first` on, `H W 3` uint8 RGB; can be read again and again.

    `name` is the clip's. Raises `PictureError` while it is read, if the file has gone or is damaged.
    """

    path: str
    name: str
    first: int
    count: int

    @property
    def digest(self) -> str:
        """Name of these frames, made of the clip's name and their place in it."""
        return digest_of("frames", self.name, self.first, self.count)

    def __iter__(self) -> Iterator[Pixels]:
        done = 0
        with suppress(PictureError):
            for frame in islice(read_clip(self.path).frames, self.first, self.first + self.count):
                yield frame
                done += 1
        if done < self.count:
            raise PictureError(
                f"{self.path}, which this film needs, is damaged or gone; run the same command again: it is made anew."
            )


@dataclass(frozen=True)
class Splice:
    """Frames of several clips, one part after the other; can be read again and again. Raises `PictureError` while it is read."""

    parts: tuple[StoredFrames, ...]

    @property
    def digest(self) -> str:
        """Name of these frames, made of the names of their parts."""
        return digest_of("splice", *(part.digest for part in self.parts))

    def __iter__(self) -> Iterator[Pixels]:
        return chain.from_iterable(self.parts)


@dataclass(frozen=True)
class StoredStill:
    """One frame of a clip as a picture (`still.Picture`), scaled to `width` x `height` pixels."""

    frames: StoredFrames
    width: int
    height: int

    @property
    def digest(self) -> str:
        """Name of this frame at this size."""
        return digest_of("still", self.frames.digest, self.width, self.height)

    @property
    def pixels(self) -> Pixels:
        """`H W 3` uint8 RGB, decoded each time; raises `PictureError`."""
        import cv2

        shown = next(iter(self.frames))
        size = (self.width, self.height)
        if shown.shape[1::-1] == size:
            return shown
        means = cv2.INTER_AREA if size[0] < shown.shape[1] else cv2.INTER_LANCZOS4
        return np.asarray(cv2.resize(shown, size, interpolation=means), np.uint8)
