"""Captions in the picture: when they are seen, where, in which colours, and with which font."""

from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.errors import OutputError
from dramatis.media.pictures import fonts
from dramatis.media.pictures.captioned_frames import Caption, Captions, Lettering, LitWord, captioned
from dramatis.media.pictures.fonts import font_for
from dramatis.media.still import Pixels

RATE = Rate(10)
CHINESE = "你好，我是米拉"


def film(captions: Captions, count: int = 20, level: int = 120, size: tuple[int, int] = (180, 320)) -> list[Pixels]:
    return list(captioned([np.full((*size, 3), level, np.uint8)] * count, 0, RATE, captions))


def changed(frame: Pixels, level: int = 120) -> tuple[int, int, int, int] | None:
    """The box of what was drawn, left, top, right, bottom."""
    rows, columns = np.nonzero((frame != level).any(axis=2))
    return (columns.min(), rows.min(), columns.max(), rows.max()) if len(rows) else None


def yellow(frame: Pixels) -> tuple[int, int] | None:
    """The first and the last column with the colour of a word that is spoken."""
    light = frame.astype(int)
    columns = np.flatnonzero(((light[..., 0] > 200) & (light[..., 2] < 110)).any(axis=0))
    return (columns[0], columns[-1]) if len(columns) else None


@pytest.mark.parametrize("style", ["plain", "box", "words"])
@pytest.mark.parametrize("text", ["Hello there.", CHINESE])
@pytest.mark.parametrize("size", [(180, 320), (320, 180)])
def test_a_caption_is_seen_in_its_span_low_in_the_middle(style: str, text: str, size: tuple[int, int]) -> None:
    frames = film(Captions(style, font_for(text), (Caption(Span(0.5, 1.2), (text,)),)), size=size)
    assert [changed(frame) is not None for frame in frames] == [5 <= number < 12 for number in range(20)]
    left, top, right, bottom = changed(frames[5])
    assert abs((left + right) / 2 - size[1] / 2) < 4
    assert top > 0.8 * size[0]
    assert bottom < 0.97 * size[0]


@pytest.mark.parametrize("level", [5, 250])
@pytest.mark.parametrize("style", ["plain", "box"])
def test_letters_are_light_with_dark_around_them_on_any_ground(style: str, level: int) -> None:
    frame = film(Captions(style, font_for(""), (Caption(Span(0, 1), ("WHITE",)),)), 1, level, (360, 640))[0]
    left, top, right, bottom = changed(frame, level)
    part = frame[top:bottom, left:right]
    assert (part > 245).all(axis=2).mean() > 0.1
    assert (part < 100).all(axis=2).mean() > 0.1


def test_a_spoken_word_lights_up_in_its_time_and_at_its_place() -> None:
    words = (LitWord(Span(0.0, 0.5), 0, 0, 4), LitWord(Span(0.5, 1.0), 0, 5, 9), LitWord(Span(1.2, 1.5), 1, 0, 4))
    frames = film(Captions("words", font_for(""), (Caption(Span(0.0, 2.0), ("ABCD EFGH", "IJKL MNOP"), words),)))
    first, second, third = yellow(frames[2]), yellow(frames[7]), yellow(frames[13])
    assert first
    assert second
    assert third
    assert first[1] < second[0]
    assert third[0] < second[0]
    assert yellow(frames[11]) is None
    assert yellow(film(Captions("plain", font_for(""), (Caption(Span(0.0, 2.0), ("ABCD EFGH",), words),)))[2]) is None


def test_what_is_drawn_does_not_depend_on_where_clips_are_cut() -> None:
    words = (LitWord(Span(0.2, 0.8), 0, 0, 5), LitWord(Span(0.8, 1.4), 0, 6, 11))
    captions = Captions(
        "words", font_for(""), (Caption(Span(0.2, 1.6), ("Hello there",), words), Caption(Span(1.6, 2), ("Two",)))
    )
    whole = film(captions)
    ground = [np.full((180, 320, 3), 120, np.uint8)] * 20
    part = captions.during(Span(0.8, 1.2))
    assert part is not None
    assert [caption.lines for caption in part.shown] == [("Hello there",)]
    for number, frame in enumerate(captioned(ground[8:13], 8, RATE, part), 8):
        assert np.array_equal(frame, whole[number])


def test_frames_without_a_caption_are_not_touched() -> None:
    frame = np.zeros((180, 320, 3), np.uint8)
    captions = Captions("plain", font_for(""), (Caption(Span(5.0, 6.0), ("Later",)),))
    assert next(captioned([frame], 0, RATE, captions)) is frame
    assert captions.during(Span(0.0, 4.9)) is None


def test_a_caption_is_opaque_where_the_picture_is_not() -> None:
    clear = np.zeros((180, 320, 4), np.uint8)
    seen = next(captioned([clear], 0, RATE, Captions("plain", font_for(""), (Caption(Span(0, 1), ("Hello",)),))))
    assert seen[..., 3].max() == 255
    assert seen[0, 0, 3] == 0


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (720, 720), (1080, 1350)])
def test_two_lines_lie_in_the_lowest_fifth(size: tuple[int, int]) -> None:
    for text in ("The quick brown fox", "敏捷的棕色狐狸跳过懒狗"):
        left, top, right, bottom = Lettering(font_for(text), *size).place((text, text), above=False)
        assert top > 0.8 * size[1]
        assert bottom < 0.96 * size[1]
        assert left > 0
        assert right < size[0]


def test_a_missing_sign_is_an_error_that_names_it() -> None:
    with pytest.raises(OutputError, match=r'does not have the sign "\U0001f9ff" \(U\+1F9FF\).*DRAMATIS_FONT'):
        font_for("An eye: \U0001f9ff")


def test_without_a_chinese_font_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "asian_font", lambda: None)
    with pytest.raises(OutputError, match=r'the sign "你".*pip install noto-cjk-sans-otc==0\.0\.1'):
        font_for(CHINESE)


def test_a_named_font_is_used_or_refused(tmp_path: Path) -> None:
    own = Path(font_for(CHINESE).path)
    assert font_for("Hello", own).path == str(own)
    (tmp_path / "no.ttf").write_bytes(b"no font")
    with pytest.raises(OutputError, match=r"no\.ttf cannot be used as a font"):
        font_for("Hello", tmp_path / "no.ttf")
    with pytest.raises(OutputError, match="cannot be used as a font"):
        font_for("Hello", tmp_path / "none.ttf")
