"""Frames with an opacity: found from two grounds, kept in clips of H.264, written into formats that have one."""

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from dramatis.clock import Rate, Span
from dramatis.errors import OutputError
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.videos.exports import check_opacity, exporter
from dramatis.media.videos.transparency import parted, straight, unmultiplied
from dramatis.media.videos.video import Encoding, read_clip, write_clip
from dramatis.story import Canvas

CANVAS = Canvas(64, 48, Rate(25), alpha=True)
SILENCE = Waveform(np.zeros((48000, 2), np.float32), 48000)


def disc() -> NDArray[np.uint8]:
    """A red disc with a soft edge on nothing."""
    across, down = np.meshgrid(np.arange(64) - 31.5, np.arange(48) - 23.5)
    opacity = np.clip((16 - np.hypot(across, down)) / 4 + 0.5, 0, 1)
    colours = np.broadcast_to((200, 40, 60), (48, 64, 3))
    return np.dstack([colours, np.round(255 * opacity)]).astype(np.uint8)


def over(frame: NDArray[np.uint8], level: int) -> NDArray[np.uint8]:
    share = frame[..., 3:] / 255
    return np.round(frame[..., :3] * share + level * (1 - share)).astype(np.uint8)


def test_colours_and_opacity_are_found_from_two_grounds() -> None:
    frame = disc()
    found = straight(over(frame, 0), over(frame, 255))
    assert np.abs(found[..., 3].astype(int) - frame[..., 3]).max() <= 1
    solid = frame[..., 3] > 128
    assert np.abs(found[solid].astype(int) - frame[solid]).max() <= 3
    multiplied = np.dstack([over(frame, 0), frame[..., 3]])
    assert np.abs(unmultiplied(multiplied)[solid].astype(int) - frame[solid]).max() <= 2


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    write_clip(Footage(CANVAS, Span(0, 0.16), [disc()] * 5), str(path), Encoding(8, "veryfast"))
    return path


def alike(found: NDArray[np.uint8]) -> None:
    frame = disc()
    assert np.abs(found[..., 3].astype(int) - frame[..., 3]).max() <= 16
    solid = frame[..., 3] > 200
    assert np.abs(found[solid][:, :3].astype(int) - frame[solid][:, :3]).max() <= 16
    assert np.abs(over(found, 255).astype(int) - over(frame, 255)).mean() < 1.5  # no dark fringe


def test_a_clip_keeps_both(clip: Path) -> None:
    frames = list(read_clip(str(clip)).frames)
    assert len(frames) == 5
    alike(parted(frames[2]))


def test_numbered_pictures_have_it(clip: Path, tmp_path: Path) -> None:
    export = exporter(tmp_path / "film.png", SILENCE, CANVAS)
    assert export is not None
    export(clip)
    with Image.open(tmp_path / "film" / "film.000003.png") as picture:
        alike(np.asarray(picture))


@pytest.mark.parametrize(("ending", "decoder"), [(".mov", "prores"), (".webm", "libvpx-vp9")])
def test_films_for_editors_and_for_the_web_have_it(clip: Path, tmp_path: Path, ending: str, decoder: str) -> None:
    film = tmp_path / f"film{ending}"
    export = exporter(film, SILENCE, CANVAS)
    assert export is not None
    export(clip)
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        context = av.CodecContext.create(decoder, "r")  # FFmpeg's own decoder of VP9 shows no opacity
        coded = stream.codec_context
        context.width, context.height, context.codec_tag = coded.width, coded.height, coded.codec_tag
        frames = [frame for packet in container.demux(stream) for frame in context.decode(packet)]
    assert len(frames) == 5
    alike(frames[2].to_ndarray(format="rgba"))


def test_a_format_without_opacity_is_refused() -> None:
    with pytest.raises(OutputError, match=r"\.mp4 has no opacity.*\.mov, \.webm, \.png"):
        check_opacity(Path("film.mp4"), CANVAS)
    check_opacity(Path("film.mov"), CANVAS)
