"""Writes a film as a small GIF that loops: one palette for all of it, and a dither that does not flicker."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, cast

from dramatis.errors import PictureError
from dramatis.media.videos.container import opened
from dramatis.media.videos.video import BT709
from dramatis.story import Canvas

if TYPE_CHECKING:
    from av.container import InputContainer, OutputContainer
    from av.filter import Graph
    from av.filter.context import FilterContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

SIDE, FPS = 480, 12.5
"""The longer side in pixels and the most frames a second: a GIF is large for what it shows."""


def small(canvas: Canvas) -> tuple[int, int, int]:
    """Width and height of a film's GIF, and of how many frames it has one."""
    scale = min(1.0, SIDE / max(canvas.width, canvas.height))
    every = ceil(canvas.rate.fps / FPS - 1e-6)
    return max(2, round(canvas.width * scale)), max(2, round(canvas.height * scale)), every


def write_gif(joined: Path, part: Path, canvas: Canvas) -> None:
    """Write the file `part` from a film's joined clips. Raises `PictureError`, and what FFmpeg raises."""
    import av
    from av.filter import Graph

    size = small(canvas)
    rate = Fraction(canvas.rate.frames, canvas.rate.per * size[2])
    graph = Graph()
    pictures, palette = _source(graph, size[:2], "rgb24", rate), _source(graph, (16, 16), "bgra", rate)
    mapped, sink = graph.add("paletteuse", "dither=bayer:bayer_scale=3:diff_mode=rectangle"), graph.add("buffersink")
    pictures.link_to(mapped, 0, 0)
    palette.link_to(mapped, 0, 1)
    mapped.link_to(sink)
    graph.configure()
    palette.push(_palette(joined, size, rate))
    palette.push(None)
    with av.open(str(part), "w", format="gif", options={"loop": "0"}) as target:
        stream = target.add_stream("gif", rate=rate)
        stream.width, stream.height, stream.pix_fmt = size[0], size[1], "pal8"
        for frame in chain(_reduced(joined, size, rate), [None]):
            pictures.push(frame)
            _drained(sink, target, stream)
        target.mux(stream.encode(None))


def decoded(source: "InputContainer") -> "Iterator[VideoFrame]":
    """The frames of a film."""
    stream = source.streams.video[0]
    stream.thread_type = "AUTO"
    yield from source.decode(stream)


def timed(frame: "VideoFrame", number: int, rate: Fraction) -> "VideoFrame":
    """The frame as the one of that number of a new film, which is free to choose how to encode it."""
    from av.video.frame import PictureType

    frame.pts, frame.time_base, frame.pict_type = number, 1 / rate, PictureType.NONE
    return frame


def _reduced(joined: Path, size: tuple[int, int, int], rate: Fraction) -> "Iterator[VideoFrame]":
    width, height, every = size
    with opened(str(joined), PictureError) as source:
        for number, frame in enumerate(decoded(source)):
            if number % every == 0:
                yield timed(frame.reformat(width, height, "rgb24", src_colorspace=BT709), number // every, rate)


def _palette(joined: Path, size: tuple[int, int, int], rate: Fraction) -> "VideoFrame":
    """The 256 colours that suit all of the film."""
    from av.filter import Graph

    graph = Graph()
    source, sink = _source(graph, size[:2], "rgb24", rate), graph.add("buffersink")
    graph.link_nodes(source, graph.add("palettegen", "stats_mode=full"), sink).configure()
    for frame in chain(_reduced(joined, size, rate), [None]):
        source.push(frame)
    return cast("VideoFrame", sink.pull())


def _source(graph: "Graph", size: tuple[int, int], pixels: str, rate: Fraction) -> "FilterContext":
    from av.video.format import VideoFormat

    return graph.add_buffer(width=size[0], height=size[1], format=VideoFormat(pixels), time_base=1 / rate)


def _drained(sink: "FilterContext", target: "OutputContainer", stream: "VideoStream") -> None:
    """Encode the frames that a filter has ready."""
    import av

    while True:
        try:
            target.mux(stream.encode(cast("VideoFrame", sink.pull())))
        except (av.BlockingIOError, av.EOFError):
            return
