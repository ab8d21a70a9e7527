"""Clips come back with the same frames, times and colours, and never by halves."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.errors import Cancelled, OutputError, PictureError, VoiceError
from dramatis.media.footage import Footage
from dramatis.media.sounds.tracks import read_track
from dramatis.media.still import Pixels
from dramatis.media.videos.luma_frames import luma_frames
from dramatis.media.videos.video import FINAL, LOSSLESS, Encoding, frame_at, probe, read_clip, write_clip
from dramatis.story import Canvas
from tests.media.counting import counting, number_of

RATES = [Rate(25), Rate(30000, 1001), Rate(60)]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("encoding", [FINAL, LOSSLESS])
def test_every_frame_comes_back_in_order(encoding: Encoding, rate: Rate, tmp_path: Path) -> None:
    path = str(tmp_path / "clip.mp4")
    seen: list[int] = []
    assert write_clip(counting(7, 70, rate), path, encoding, seen.append) == 64
    assert seen == list(range(1, 65))
    clip = read_clip(path)
    assert [number_of(pixels) for pixels in clip.frames] == list(range(7, 71))
    assert [number_of(pixels) for pixels in clip.frames] == list(range(7, 71))  # footage on disk is read again and again
    assert clip.canvas == Canvas(256, 144, rate)
    assert clip.span.end == pytest.approx(rate.time(63))


def test_the_header_says_what_the_film_is(tmp_path: Path) -> None:
    path = str(tmp_path / "clip.mp4")
    write_clip(counting(0, 30), path, FINAL)
    facts = probe(path)
    assert (facts.frames, facts.codec, facts.has_sound, facts.tags) == (31, "h264", False, (1, 1, 1, 1))
    assert facts.seconds == pytest.approx(31 / 25)


@pytest.mark.parametrize(
    "colour", [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0), (201, 160, 141), (60, 45, 40)]
)
def test_colours_come_back_within_two_levels(colour: tuple[int, int, int], tmp_path: Path) -> None:
    flat = np.full((64, 64, 3), colour, np.uint8)
    for encoding in (FINAL, LOSSLESS):
        write_clip(Footage(Canvas(64, 64, Rate(25)), Span(0, 0.08), [flat] * 3), str(tmp_path / "flat.mp4"), encoding)
        for pixels in read_clip(str(tmp_path / "flat.mp4")).frames:
            assert np.abs(pixels.astype(int) - flat).max() <= 2


def test_a_frame_is_found_by_its_time(tmp_path: Path) -> None:
    path = str(tmp_path / "clip.mp4")
    write_clip(counting(0, 300), path, FINAL)
    for seconds, number in {0.0: 0, 0.039: 0, 0.04: 1, 5.0: 125, 11.97: 299, 12.0: 300, 99.0: 300}.items():
        assert number_of(frame_at(path, seconds).pixels) == number


def test_frames_beside_a_join_lose_less_than_others(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).normal(0, 4, (60, 96, 160, 1))
    frames = list(np.repeat(128 + noise, 3, 3).astype(np.uint8))
    clip = Footage(Canvas(160, 96, Rate(25)), Span(0.0, 59 / 25), frames)
    write_clip(clip, str(tmp_path / "clip.mp4"))
    errors = [
        float(np.abs(seen.astype(float) - made).mean())
        for seen, made in zip(read_clip(str(tmp_path / "clip.mp4")).frames, frames, strict=True)
    ]
    usual = float(np.median(errors))
    assert max(errors[1], errors[-1]) < 0.97 * usual


def test_one_seed_one_file(tmp_path: Path) -> None:
    """The same frames give the same bytes: what the vault keeps does not depend on the run."""
    for name in ("a.mp4", "b.mp4"):
        write_clip(counting(0, 40), str(tmp_path / name), FINAL)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


_ENCODING = """
import sys
import cv2
import numpy as np
from dramatis.clock import Rate, Span
from dramatis.media.footage import Footage
from dramatis.media.videos.video import write_clip
from dramatis.story import Canvas
coarse = np.random.default_rng(0).integers(0, 255, (65, 87, 3)).astype(np.uint8)
whole = cv2.resize(coarse, (696, 520), interpolation=cv2.INTER_CUBIC)
frames = [np.ascontiguousarray(whole[k : k + 480, 2 * k : 2 * k + 656]) for k in range(20)]
write_clip(Footage(Canvas(656, 480, Rate(25)), Span(0, 0.8), frames), sys.argv[1])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="MALLOC_PERTURB_ is glibc's")
def test_a_film_does_not_depend_on_what_lay_in_memory(tmp_path: Path) -> None:
    """At this width x264's look-ahead with AVX-512 reads what nobody wrote."""
    files = [tmp_path / f"{fill}.mp4" for fill in (0, 3)]
    for fill, file in zip((0, 3), files, strict=True):
        surroundings = os.environ | {"MALLOC_PERTURB_": str(fill), "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
        subprocess.run([sys.executable, "-c", _ENCODING, str(file)], check=True, env=surroundings)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_stopped_clip_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int) -> None:
        if done == 5:
            raise Cancelled

    def broken() -> Iterator[Pixels]:
        yield from list(counting(0, 9).frames)
        raise KeyboardInterrupt

    with pytest.raises(Cancelled):
        write_clip(counting(0, 40), str(tmp_path / "clip.mp4"), FINAL, stop)
    with pytest.raises(KeyboardInterrupt):
        write_clip(Footage(Canvas(256, 144, Rate(25)), Span(0, 1), broken()), str(tmp_path / "clip.mp4"))
    assert list(tmp_path.iterdir()) == []


def test_an_old_clip_survives_a_stopped_new_one(tmp_path: Path) -> None:
    def stop(done: int) -> None:
        raise Cancelled(done)

    path = tmp_path / "clip.mp4"
    write_clip(counting(0, 9), str(path))
    before = path.read_bytes()
    with pytest.raises(Cancelled):
        write_clip(counting(0, 40), str(path), FINAL, stop)
    assert path.read_bytes() == before


def test_places_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        write_clip(counting(0, 9), str(tmp_path / "nowhere" / "clip.mp4"))
    with pytest.raises(OutputError, match="is a folder"):
        write_clip(counting(0, 9), str(tmp_path))


FULL = """
import resource, signal, sys
from dramatis.errors import OutputError
from dramatis.media.videos.reel import Reel
from dramatis.media.videos.video import write_clip, LOSSLESS
from dramatis.clock import Rate
from tests.media.counting import counting
folder = sys.argv[1]
write_clip(counting(0, 200), folder + "/whole.mp4", LOSSLESS)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
def clip():
    write_clip(counting(0, 200), folder + "/clip.mp4", LOSSLESS)
def reel():
    with Reel(folder + "/film.mp4", None, Rate(25)) as film:
        film.append(folder + "/whole.mp4")
        film.finish()
for work in (clip, reel):
    try:
        work()
    except OutputError as fault:
        print(fault)
"""


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    """A file-size limit stands for the full disk: the write fails in the middle of the file."""
    assert hasattr(signal, "SIGXFSZ")
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    command = [sys.executable, "-W", "error", "-c", FULL, str(tmp_path)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("The disk is full") for line in lines)
    assert [path.name for path in tmp_path.iterdir()] == ["whole.mp4"]


def test_what_is_no_video_is_said_in_one_sentence(tmp_path: Path) -> None:
    whole = tmp_path / "whole.mp4"
    write_clip(counting(0, 60), str(whole))
    (tmp_path / "text.mp4").write_text("no film")
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "cut.mp4").write_bytes(whole.read_bytes()[:2000])
    for name in ("text.mp4", "empty.mp4", "cut.mp4", "missing.mp4"):
        with pytest.raises(PictureError) as caught:
            probe(str(tmp_path / name))
        assert name in str(caught.value)
    with pytest.raises(VoiceError, match="no sound"):
        read_track(str(whole))


def test_frames_of_another_size_are_a_fault_of_the_program(tmp_path: Path) -> None:
    flat = np.zeros((64, 64, 3), np.uint8)
    with pytest.raises(ValueError, match="32x32"):
        write_clip(Footage(Canvas(32, 32, Rate(25)), Span(0, 0), [flat]), str(tmp_path / "a.mp4"))
    with pytest.raises(ValueError, match="even"):
        write_clip(Footage(Canvas(33, 32, Rate(25)), Span(0, 0), [flat]), str(tmp_path / "a.mp4"))


def test_a_codec_that_is_not_known_is_named(tmp_path: Path) -> None:
    path = tmp_path / "odd.mp4"
    write_clip(counting(0, 10), str(path), FINAL)
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz"))
    for read in (probe, lambda name: frame_at(name, 0.0), lambda name: next(luma_frames(name, 64))):
        with pytest.raises(PictureError, match=r"no decoder here reads; give it in H\.264"):
            read(str(path))
