"""The watermark as somebody meets it who has only the film: its bits, where it lies, and nothing in films of others."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.media.footage import Footage
from dramatis.media.pictures.colour import to_i420
from dramatis.media.still import Pixels
from dramatis.media.videos.luma_frames import luma_frames
from dramatis.media.videos.luma_pattern import LumaPattern, add_pattern, has_even_areas
from dramatis.media.videos.video import FINAL, Encoding, read_clip, write_clip
from dramatis.provenance.watermark.detection import Watermark, find_mark
from dramatis.provenance.watermark.error_correction import CODED, decode, encode
from dramatis.provenance.watermark.residuals import SHORT_SIDE, averages, residuals
from dramatis.provenance.watermark.spread_spectrum import FAST, SLOW, pattern_of, spectrum_of
from dramatis.story import Canvas

SPECTRUM = spectrum_of(b"a key", FAST)
DRAWN = spectrum_of(b"a key", SLOW)
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


def read(film: Path, key: bytes = b"a key", known: tuple[int, ...] = ()) -> Watermark | None:
    return find_mark(residuals(averages(luma_frames(str(film), SHORT_SIDE), 2.0)), key, known)


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


def drawing(count: int = 24) -> list[Pixels]:
    """A disk that moves before a wall of one colour, and a floor of another."""
    frames = []
    for number in range(count):
        frame = np.full((CANVAS.height, CANVAS.width, 3), (86, 102, 158), np.uint8)
        frame[250:] = (60, 74, 82)
        cv2.circle(frame, (200 + 5 * number, 180), 70, (200, 120, 90), -1)
        frames.append(frame)
    return frames


def test_even_areas_carry_it_through_a_crop_and_another_encoding(tmp_path: Path) -> None:
    marked = filmed(tmp_path / "drawn.mp4", drawing(), replace(FINAL, pattern=pattern_of(DRAWN, PAYLOAD)))
    smaller = [np.ascontiguousarray(frame[20:344, 10:586]) for frame in read_clip(str(marked)).frames]
    for film in (marked, filmed(tmp_path / "cropped.mp4", smaller, Encoding(28, "veryfast"))):
        mark = read(film, known=(1, PAYLOAD, 2))
        assert mark is not None
        assert mark.payload == PAYLOAD
    assert read(filmed(tmp_path / "plain.mp4", drawing(), FINAL), known=(1, PAYLOAD, 2)) is None


def added(frame: Pixels, pattern: LumaPattern) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    """Levels of luma that a pattern adds to a frame."""
    planes = to_i420(frame)
    before = planes.astype(np.int16)
    add_pattern(planes, pattern)
    assert np.array_equal(planes[frame.shape[0] :], before[frame.shape[0] :])
    return planes[: frame.shape[0]] - before[: frame.shape[0]]


def test_in_even_areas_it_is_one_level_with_few_edges() -> None:
    frame = np.full((720, 1280, 3), (86, 102, 158), np.uint8)
    slow, fast = (added(frame, pattern_of(spectrum, PAYLOAD)) for spectrum in (DRAWN, SPECTRUM))
    assert np.abs(slow).max() == np.abs(fast).max() == 1
    assert np.abs(slow).mean() < 0.5
    assert np.count_nonzero(np.diff(slow)) < 0.05 * slow.size < np.count_nonzero(np.diff(fast))


def test_texture_hides_two_levels() -> None:
    frame = np.random.default_rng(2).integers(90, 160, (360, 640, 3)).astype(np.uint8)
    frame[:, 320:] = 120
    change = np.abs(added(frame, pattern_of(SPECTRUM, PAYLOAD)))
    assert change[:, :300].max() == 2
    assert change[:, 360:].max() == 1


def test_drawings_have_even_areas_and_photographs_have_not() -> None:
    grain = np.random.default_rng(3).normal(0, 3, (360, 640, 1))
    lit = np.clip(np.linspace(60, 180, 640)[:, None] + grain, 0, 255).astype(np.uint8).repeat(3, axis=2)
    assert has_even_areas(drawing(1)[0])
    assert not has_even_areas(lit)
    lit[:, :160] = 255  # before a white wall
    assert not has_even_areas(lit)
    lit[:, :160] = 200
    assert has_even_areas(lit)
