"""Reads and writes video through PyAV: H.264 clips, frame by frame.

Every clip is encoded by one thread with the same headers, so that clips from parallel processes can be
joined by copying packets (`reel.py`). Neighbouring clips share one frame, and the join drops the first frame of every
clip but the first. The second frame of each clip is therefore also an IDR frame, and no later frame refers to the first.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dramatis.clock import Rate, Span
from dramatis.errors import PictureError
from dramatis.media.files import fault_of_writing, written_whole
from dramatis.media.footage import Footage
from dramatis.media.pictures.overlay import Overlay, laid_over
from dramatis.media.still import Pixels, Still
from dramatis.media.videos.container import opened
from dramatis.media.videos.luma_pattern import LumaPattern
from dramatis.media.videos.transparency import stacked
from dramatis.story import Canvas

if TYPE_CHECKING:
    from av.container import InputContainer, OutputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

BT709 = 1
"""The code point of primaries, transfer and matrix in ITU-T H.273."""
_UNSPECIFIED = 2
_LIMITED = 1
_BESIDE = 5  # frames at each end of a clip that get more bits
_EPSILON = 1e-6  # seconds
_QUICK = ":me=dia:subme=1"  # x264: a diamond, and the least refinement between pixels
_WHOLE, _AFTER = 500_000_000, 25_000_000  # most pixels of a video that is decoded completely; and after a seek


@dataclass(frozen=True)
class Encoding:
    """H.264 settings: `crf` 0 (lossless) to 51, the name of an x264 preset, threads of one encoder; `rgb`: no conversion to
    YUV, which few players show; `pattern` is added to the luma of every frame (not to RGB), `overlays` are laid over it before;
    `quick_motion`: x264 looks for motion less thoroughly than the preset does.
    """

    crf: int
    preset: str
    threads: int = 1
    rgb: bool = False
    pattern: LumaPattern | None = None
    overlays: tuple[Overlay, ...] = ()
    quick_motion: bool = False


FINAL = Encoding(crf=17, preset="veryfast", quick_motion=True)
"""Visually lossless, for the film. Quick motion saves a quarter of the time for a tenth of the file, at the same PSNR. On a face
before a still background, superfast is not faster but three times as large.
"""
LOSSLESS = Encoding(crf=0, preset="ultrafast")
"""Lossless planes (chroma at half size)."""
INNER = Encoding(crf=0, preset="ultrafast", rgb=True)
"""Lossless pixels, for footage that a later phase reads."""


@dataclass(frozen=True)
class Probe:
    """What a film's header says. `tags`: primaries, transfer, matrix (H.273 code points), range (1 limited, 2 full)."""

    canvas: Canvas
    frames: int
    seconds: float
    has_sound: bool
    codec: str
    tags: tuple[int, int, int, int]


def encoders() -> list[str]:
    """FFmpeg's names of the encoders that a film needs; raises `ValueError` if one is missing."""
    import av

    return [av.codec.Codec(name, "w").long_name for name in ("libx264", "aac")]


def write_clip(footage: Footage, path: str, encoding: Encoding = FINAL, on_frame: Callable[[int], None] | None = None) -> int:
    """Encode footage of even width and height into an MP4 file, whole or not at all; returns the number of frames.

    `on_frame(n)` is called after each frame with the number of frames done, and may raise to stop. Raises `OutputError`.
    """
    import av

    if footage.canvas.alpha:
        footage = stacked(footage)
    done = 0
    with written_whole(path) as part:
        try:
            with av.open(str(part), "w", format="mp4") as container:
                stream = _stream(container, footage, encoding)
                _describe(stream, footage.canvas, encoding)
                for pixels in footage.frames:
                    shown = laid_over(pixels, encoding.overlays, footage.span.start + footage.canvas.rate.time(done) + _EPSILON)
                    container.mux(stream.encode(_frame(shown, footage.canvas, done, encoding)))
                    done += 1
                    if on_frame is not None:
                        on_frame(done)
                container.mux(stream.encode(None))
        except av.FFmpegError as fault:
            raise fault_of_writing(Path(path), OSError(fault.errno, fault.strerror)) from fault
    return done


def read_clip(path: str) -> Footage:
    """The RGB frames of a video file, which can be read repeatedly; raises `PictureError`, also during reading."""
    facts = probe(path)
    return Footage(facts.canvas, Span(0.0, facts.canvas.rate.time(max(0, facts.frames - 1))), _Frames(path))


def probe(path: str) -> Probe:
    """What the header of a video file says; raises `PictureError`."""
    with opened(path, PictureError) as container:
        stream = video_stream(container, path)
        context = stream.codec_context
        average = stream.average_rate or stream.guessed_rate or Fraction(25)
        rate = Rate(average.numerator, average.denominator)
        seconds = _seconds_of(container, stream)
        tags = (context.color_primaries, context.color_trc, context.colorspace, context.color_range)
        return Probe(
            canvas=Canvas(context.width, context.height, rate),
            frames=stream.frames or rate.nearest(seconds),
            seconds=seconds,
            has_sound=bool(container.streams.audio),
            codec=context.name,
            tags=(int(tags[0]), int(tags[1]), int(tags[2]), int(tags[3])),
        )


def frame_at(path: str, seconds: float) -> Still:
    """The frame shown at a time in seconds (the last one if the film is shorter); raises `PictureError`."""
    with opened(path, PictureError) as container:
        stream = video_stream(container, path)
        if seconds > 0:
            container.seek(int(seconds / stream.time_base) if stream.time_base else 0, stream=stream)
        shown: VideoFrame | None = None
        for frame in container.decode(stream):
            if shown is not None and frame.time is not None and frame.time > seconds + 1e-4:
                break
            shown = frame
        if shown is None:
            raise PictureError(f"{path} has no picture that can be decoded; give another video.")
        return Still(_rgb(shown))


def spread_frames(path: str, count: int) -> "Iterator[tuple[float, Still]]":
    """About `count` frames spread over a video, upright, each with its time in seconds; raises `PictureError`.

    To be fast, a short video is decoded once, and of a long one only a part after each seek.
    """
    with opened(path, PictureError) as container:
        stream = video_stream(container, path)
        stream.thread_type = "AUTO"
        last = -1.0
        for frame in _spread(container, stream, count):
            if frame.time is not None and frame.time <= last:
                continue
            last = frame.time or 0.0
            yield last, Still(np.ascontiguousarray(np.rot90(_rgb(frame), round(frame.rotation / 90))))
        if last < 0:
            raise PictureError(f"{path} has no picture that can be decoded; give another video.")


def _spread(container: "InputContainer", stream: "VideoStream", count: int) -> "Iterator[VideoFrame]":
    """Frames at or before evenly spread times, as near as the limit of decoded pixels allows."""
    seconds, size = _seconds_of(container, stream), max(1, stream.codec_context.width * stream.codec_context.height)
    frames = stream.frames or round(seconds * float(stream.average_rate or 25))
    if frames * size <= _WHOLE:
        step = max(1, frames // count)
        yield from islice(container.decode(stream), 0, step * count, step)
        return
    for number in range(count):
        target = seconds * number / count
        container.seek(int(target * 1_000_000))
        shown = None
        for frame in islice(container.decode(stream), max(2, _AFTER // size)):
            if shown is not None and (frame.time or 0.0) > target + 1e-4:
                break
            shown = frame
        if shown is not None:
            yield shown


class _Frames:
    """The RGB frames of a file; each iteration opens the file anew."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __iter__(self) -> Iterator[Pixels]:
        with opened(self._path, PictureError) as container:
            stream = video_stream(container, self._path)
            stream.thread_type = "AUTO"
            for frame in container.decode(stream):
                yield _rgb(frame)


def _stream(container: "OutputContainer", footage: Footage, encoding: Encoding) -> "VideoStream":
    rate = footage.canvas.rate
    options = _options(encoding, rate.nearest(footage.span.end) - rate.nearest(footage.span.start) + 1)
    if encoding.rgb:
        return container.add_stream("libx264rgb", rate=_fraction(rate), options=options)
    return container.add_stream("libx264", rate=_fraction(rate), options=options)


def _fraction(rate: Rate) -> Fraction:
    return Fraction(rate.frames, rate.per)


def _options(encoding: Encoding, frames: int) -> dict[str, str]:
    # stitchable: headers do not depend on the content; chromaloc 1: centred chroma, as `to_i420` makes it
    params = f"stitchable=1:chromaloc=1{_instructions()}{_QUICK if encoding.quick_motion else ''}"
    options = {"preset": encoding.preset, "crf": str(encoding.crf), "forced-idr": "1", "x264-params": params}
    if encoding.crf == 0:
        return options
    return options | {"profile": "high", "x264-params": params + _zones(frames)}


def _zones(frames: int) -> str:
    """More bits for the frames beside a join: without them the key frame after it differs from the frame before it by the errors
    of both, which shows as a pulse.
    """
    if frames < 4 * _BESIDE:
        return ""
    return f":zones=0,{_BESIDE - 1},b=2.5/{frames - _BESIDE},{frames - 1},b=3.5"


@functools.cache
def _instructions() -> str:
    """The option that keeps x264 from AVX-512: its look-ahead (mbtree) then reads memory that nobody wrote at widths that are no
    multiple of 128, and the same frames become another film. AVX2 is as fast.
    """
    import cv2

    return ":asm=AVX2" if "*AVX2" in cv2.getCPUFeaturesLine().split() else ""


def _describe(stream: "VideoStream", canvas: Canvas, encoding: Encoding) -> None:
    if not encoding.rgb and (canvas.width % 2 or canvas.height % 2):
        raise ValueError(f"H.264 4:2:0 takes even sizes only, not {canvas.width}x{canvas.height}")
    stream.width, stream.height, stream.pix_fmt = canvas.width, canvas.height, "rgb24" if encoding.rgb else "yuv420p"
    stream.time_base = Fraction(canvas.rate.per, canvas.rate.frames)
    context = stream.codec_context
    context.time_base = Fraction(canvas.rate.per, canvas.rate.frames)
    context.thread_count = encoding.threads
    if not encoding.rgb:
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = _LIMITED


def _frame(pixels: Pixels, canvas: Canvas, number: int, encoding: Encoding) -> "VideoFrame":
    import av
    from av.video.frame import PictureType

    from dramatis.media.pictures.colour import to_i420
    from dramatis.media.videos.luma_pattern import add_pattern

    if pixels.shape != (canvas.height, canvas.width, 3) or pixels.dtype != np.uint8:
        raise ValueError(f"a frame of {canvas.width}x{canvas.height} RGB bytes is needed, not {pixels.dtype} {pixels.shape}")
    if encoding.rgb:
        frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
    else:
        planes = to_i420(pixels)
        if encoding.pattern is not None:
            add_pattern(planes, encoding.pattern)
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.colorspace, frame.color_range = BT709, _LIMITED
    frame.pts, frame.time_base = number, Fraction(canvas.rate.per, canvas.rate.frames)
    frame.pict_type = PictureType.I if number <= 1 else PictureType.NONE
    return frame


def video_stream(container: "InputContainer", path: str) -> "VideoStream":
    """The first moving picture of a file that can be decoded; raises `PictureError` if there is none."""
    streams = container.streams.video
    if not streams:
        raise PictureError(f"{path} has no moving picture in it; give a video.")
    for stream in streams:
        if getattr(stream, "codec_context", None) is not None:
            return stream
    raise PictureError(f"{path} has a moving picture that no decoder here reads; give it in H.264, H.265, VP9 or AV1.")


def _seconds_of(container: "InputContainer", stream: "VideoStream") -> float:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return (container.duration or 0) / 1_000_000


def _rgb(frame: "VideoFrame") -> Pixels:
    """Convert with the file's matrix; untagged files as players do: small ones with BT.601, others with BT.709."""
    if frame.format.is_rgb:
        return np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
    matrix = int(frame.colorspace)
    if matrix == _UNSPECIFIED:
        matrix = BT709 if frame.height >= 720 else 5
    shown = frame.reformat(format="rgb24", src_colorspace=matrix, interpolation="BILINEAR")
    return np.asarray(shown.to_ndarray(), np.uint8)
