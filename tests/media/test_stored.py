"""Frames in a file: what is written for a later phase is read bit for bit, and travels by name."""

from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.errors import PictureError
from dramatis.media.footage import Footage
from dramatis.media.videos.stored import Splice, StoredFrames, StoredStill
from dramatis.media.videos.video import INNER, write_clip
from dramatis.runtime.pickling import Packer, Unpacker
from dramatis.story import Canvas
from dramatis.take import Anchor, Take

CANVAS = Canvas(51, 37, Rate(12))
NOISE = np.random.default_rng(1).integers(0, 256, (9, CANVAS.height, CANVAS.width, 3), np.uint8)


@pytest.fixture
def clip(tmp_path: Path) -> str:
    """Frames of odd size, and of noise, in which nothing can be left out."""
    path = str(tmp_path / "clip.mp4")
    write_clip(Footage(CANVAS, Span(0.0, CANVAS.rate.time(8)), NOISE), path, INNER)
    return path


def test_nothing_is_lost(clip: str) -> None:
    part = StoredFrames(clip, "name", 3, 4)
    for _ in range(2):
        assert np.array_equal(np.array(list(part)), NOISE[3:7])
    assert np.array_equal(StoredStill(StoredFrames(clip, "name", 8, 1), CANVAS.width, CANVAS.height).pixels, NOISE[8])


def test_frames_of_several_clips_are_one_after_the_other(clip: str, tmp_path: Path) -> None:
    other = str(tmp_path / "other.mp4")
    write_clip(Footage(CANVAS, Span(0.0, CANVAS.rate.time(8)), NOISE[::-1]), other, INNER)
    parts = (StoredFrames(clip, "name", 1, 2), StoredFrames(other, "other", 0, 3))
    for _ in range(2):
        assert np.array_equal(np.array(list(Splice(parts))), np.concatenate([NOISE[1:3], NOISE[8:5:-1]]))
    assert Splice(parts).digest not in {Splice(parts[::-1]).digest, Splice(parts[:1]).digest, parts[0].digest}
    Path(other).unlink()
    with pytest.raises(PictureError, match="run the same command again"):
        list(Splice(parts))


def test_a_frame_is_scaled(clip: str) -> None:
    small = StoredStill(StoredFrames(clip, "name", 0, 1), 24, 18)
    assert small.pixels.shape == (18, 24, 3)
    assert abs(float(small.pixels.mean()) - float(NOISE[0].mean())) < 3


def test_names_tell_frames_apart(clip: str) -> None:
    parts = [StoredFrames(clip, name, first, count) for name in "ab" for first, count in ((0, 1), (1, 1), (0, 2))]
    names = {part.digest for part in parts} | {StoredStill(parts[0], side, 18).digest for side in (24, 26)}
    assert len(names) == len(parts) + 2


def test_a_take_travels_without_pixels(clip: str) -> None:
    frames = StoredFrames(clip, "name", 0, 9)
    span = Span(0.0, CANVAS.rate.time(8))
    still = StoredStill(StoredFrames(clip, "name", 2, 1), CANVAS.width, CANVAS.height)
    take = Take(CANVAS, span, anchors=(Anchor(still, 0.0),), prior=Footage(CANVAS, span, frames, frames.digest))
    sent = Packer().pack(take)
    assert len(sent) < 2000
    there = Unpacker().unpack(sent)
    assert isinstance(there, Take)
    assert there.digest == take.digest
    assert there.prior is not None
    assert np.array_equal(np.array(list(there.prior.frames)), NOISE)
    assert np.array_equal(there.anchors[0].picture.pixels, NOISE[2])


@pytest.mark.parametrize("left", [0, 700])
def test_what_is_gone_or_damaged_is_said(clip: str, left: int) -> None:
    whole = Path(clip).read_bytes()
    Path(clip).unlink()
    if left:
        Path(clip).write_bytes(whole[:left])
    with pytest.raises(PictureError, match="run the same command again"):
        list(StoredFrames(clip, "name", 0, 9))
