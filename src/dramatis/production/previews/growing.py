"""The film while it is made: what there is of it can be watched at its preview's path.

A film of several phases is shown from its first phase on, which films all of it, small and at a few frames a second: its clips
are encoded again, large enough to be watched. With the first finished clip the film itself takes over.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from math import ceil
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from dramatis.clock import Span
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Pixels
from dramatis.media.videos.exports import exporter
from dramatis.media.videos.reel import NO_TAGS, Reel
from dramatis.media.videos.stored import StoredFrames
from dramatis.media.videos.video import Encoding, write_clip
from dramatis.production.phases.phase import stored
from dramatis.production.report import Recorder
from dramatis.runtime.dispatch import RenderedClip
from dramatis.story import Canvas, Storyline

_SHORT_SIDE = 360  # pixels of a preview, at least
_ENCODING = Encoding(crf=20, preset="ultrafast")
"""Frames in the order in which they are shown, so that all but the last of them can be watched at once."""
_EPSILON = 1e-6  # frames


class GrowingFilm:
    """The film at `path`, with its sound; `folder` is for files that are needed for a moment. Use it in a `with` block.

    `sketch` and `append` clips in the film's order, then `finish`. If the block ends otherwise, no file is left.
    """

    def __init__(self, path: Path, sound: Waveform, storyline: Storyline, folder: Path, recorder: Recorder) -> None:
        self._path, self._sound, self._storyline, self._recorder = path, sound, storyline, recorder
        self._part = folder / ".sketch.mp4"
        self._open = ExitStack()
        self._sketch: Reel | None = None
        self._film: Reel | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self._open.__exit__(kind, fault, trace)
        finally:
            with suppress(OSError):  # clips that are kept for the next run are in it
                self._part.parent.rmdir()

    def sketch(self, clip: RenderedClip) -> None:
        """Show a clip of the first phase: the part of it that is not shown yet. Raises `DramatisError`."""
        canvas = clip.take.canvas
        if self._sketch is None:
            self._sketch = self._open.enter_context(Reel(str(self._path), self._sound, canvas.rate))
        film = ceil(self._storyline.seconds * canvas.rate.fps - _EPSILON)
        first = max(clip.take.first, self._sketch.frames - 1)  # a reel drops the first frame of what it joins
        end = min(clip.take.first + clip.take.frames, film)
        if end > self._sketch.frames:
            self._part.parent.mkdir(parents=True, exist_ok=True)
            shown = _watchable(canvas, first, stored(clip, first - clip.take.first, end - first))
            write_clip(shown, str(self._part), _ENCODING)
            try:
                self._sketch.append(str(self._part))
            finally:
                self._part.unlink()
            self._recorder.joined(self._sketch.frames, str(self._sketch.preview))

    def append(self, clip: RenderedClip) -> None:
        """Join a finished clip of the film. Raises `OutputError`."""
        if self._film is None:
            self._open.close()
            self._film = self._open.enter_context(Reel(str(self._path), self._sound, self._storyline.canvas.rate))
        self._film.append(str(clip.path))
        self._recorder.joined(self._film.frames, str(self._film.preview))

    def finish(self, tags: Mapping[str, str] = NO_TAGS) -> None:
        """Write the film under its final name, with tags that players show; raises `OutputError`."""
        if self._film is None:
            raise ValueError("a film without clips cannot be finished")
        self._film.finish(exporter(self._path, self._sound, self._storyline.canvas), tags)


def _watchable(canvas: Canvas, first: int, frames: StoredFrames) -> Footage:
    """Frames of a small canvas, from the film's frame `first` on, large enough to be watched."""
    scale = max(1.0, _SHORT_SIDE / min(canvas.width, canvas.height))
    width, height = (round(side * scale / 2) * 2 for side in (canvas.width, canvas.height))
    span = Span(canvas.rate.time(first), canvas.rate.time(first + frames.count - 1))
    return Footage(Canvas(width, height, canvas.rate), span, _scaled(frames, (width, height)))


def _scaled(frames: StoredFrames, size: tuple[int, int]) -> Iterator[Pixels]:
    import cv2

    for frame in frames:
        yield np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_CUBIC), np.uint8)
