"""The watermark as somebody meets it who has only the film: its bits, where it lies, and nothing in films of others."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.media.footage import Footage
from dramatis.media.luma_frames import luma_frames
from dramatis.media.still import Pixels
from dramatis.media.video import FINAL, Encoding, read_clip, write_clip
from dramatis.provenance.watermark.detection import Watermark, read_mark
from dramatis.provenance.watermark.error_correction import CODED, decode, encode
from dramatis.provenance.watermark.residuals import SHORT_SIDE, windows
from dramatis.provenance.watermark.spread_spectrum import pattern_of, spectrum_of
from dramatis.story import Canvas

SPECTRUM = spectrum_of(b"a key")
PAYLOAD = 0x0123456789ABCDEF
CANVAS = Canvas(640, 360, Rate(12))


def scene(count: int = 24) -> list[Pixels]:
    """A disk that moves before a soft background with some grain."""
    chance = np.random.default_rng(0)
    across, down = np.meshgrid(np.linspace(40, 200, CANVAS.width), np.linspace(60, 180, CANVAS.height))
    ground = cv2.GaussianBlur(chance.normal(0, 40, (CANVAS.height, CANVAS.width)), (0, 0), 3) + (across + down) / 2
    frames = []
    for number in range(count):
        frame = np.repeat(ground[..., None], 3, axis=2)
        cv2.circle(frame, (200 + 5 * number, 180), 70, (200, 120, 90), -1)
        frames.append(np.clip(frame, 0, 255).astype(np.uint8))
    return frames


def filmed(path: Path, frames: list[Pixels], encoding: Encoding, rate: Rate = CANVAS.rate) -> Path:
    height, width = frames[0].shape[:2]
    write_clip(Footage(Canvas(width, height, rate), Span(0, rate.time(len(frames) - 1)), frames), str(path), encoding)
    return path


def read(film: Path, key: bytes = b"a key") -> Watermark | None:
    return read_mark(tuple(windows(luma_frames(str(film), SHORT_SIDE), 2.0)), spectrum_of(key))


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    encoding = replace(FINAL, pattern=pattern_of(SPECTRUM, PAYLOAD))
    return filmed(tmp_path_factory.mktemp("marked") / "film.mp4", scene(), encoding)


def test_bits_survive_noise_and_wrong_bits_are_known() -> None:
    chance = np.random.default_rng(1)
    soft = 1.0 - 2.0 * encode(PAYLOAD)
    assert decode(soft + chance.normal(0, 1.0, CODED)) == PAYLOAD
    assert decode(chance.normal(0, 1.0, CODED)) is None


def test_a_film_says_its_bits_and_the_seconds_that_carry_them(marked: Path) -> None:
    mark = read(marked)
    assert mark is not None
    assert mark.payload == PAYLOAD
    assert mark.zoom == pytest.approx(1.0, abs=0.005)
    assert [(span.start, round(span.end)) for span in mark.spans] == [(0.0, 2)]


def test_a_crop_another_size_rate_and_codec_leave_it(marked: Path, tmp_path: Path) -> None:
    height, width = round(0.9 * CANVAS.height / 2) * 2, round(0.9 * CANVAS.width / 2) * 2
    changed = [cv2.resize(frame[20 : 20 + height, 10 : 10 + width], (480, 270)) for frame in read_clip(str(marked)).frames]
    mark = read(filmed(tmp_path / "changed.mp4", changed[5:], Encoding(26, "veryfast"), Rate(15)))
    assert mark is not None
    assert mark.payload == PAYLOAD
    assert mark.zoom == pytest.approx(1 / 0.9, abs=0.01)


def test_only_the_part_that_was_made_here_carries_it(marked: Path, tmp_path: Path) -> None:
    frames = [*read_clip(str(marked)).frames, *(frame[::-1].copy() for frame in scene())]
    mark = read(filmed(tmp_path / "longer.mp4", frames, FINAL))
    assert mark is not None
    assert [(span.start, round(span.end)) for span in mark.spans] == [(0.0, 2)]


def test_films_of_others_carry_nothing(marked: Path, tmp_path: Path) -> None:
    assert read(marked, b"another key") is None
    assert read(filmed(tmp_path / "plain.mp4", scene(), FINAL)) is None


def test_nobody_sees_it() -> None:
    """At most one level of luma; at a lower level, in less than a third of the pixels."""
    assert np.abs(pattern_of(SPECTRUM, PAYLOAD).levels(1280, 720)).max() == 1
    assert np.abs(pattern_of(SPECTRUM, PAYLOAD, 0.5).levels(1280, 720)).mean() < 1 / 3
