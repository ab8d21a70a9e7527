"""Small pictures are the training data and truth of the native model: they stay as they are, however close-ups are drawn."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("skia", exc_type=ImportError)

from dramatis.stage.paint import FINE, PLAIN, detail_at
from dramatis.stage.play.script import NATIVE, WHOLE, Script
from dramatis.stage.play.script_writer import write
from dramatis.stage.theatre import Theatre

GOLDEN = Path(__file__).parent / "golden" / "small_frames.png"
SIZE = (192, 144)


def scripts() -> list[Script]:
    """Every species, style and kind of clothes is among them."""
    return [write(WHOLE, number, "test", 2.7) for number in range(8)] + [
        write(NATIVE, number, "test", 2.7) for number in range(4)
    ]


def filmed(script: Script, size: tuple[int, int], detailed: bool = True) -> NDArray[np.uint8]:
    return Theatre(script, detailed).film(size, np.array([1.3]))[0][0]


def test_small_frames_stay_pixel_for_pixel() -> None:
    frames = [filmed(script, SIZE) for script in scripts()]
    page = np.concatenate([np.concatenate(frames[k : k + 4], 1) for k in (0, 4, 8)])
    kept = cv2.imread(str(GOLDEN))[..., ::-1]
    assert np.abs(page.astype(int) - kept).max() <= 2  # another processor rounds differently


def test_detail_comes_with_size() -> None:
    assert detail_at(PLAIN) == 0
    assert detail_at(FINE) == 1
    assert 0.2 < detail_at((PLAIN + FINE) / 2) < 0.8


@pytest.mark.parametrize("number", range(4))
def test_a_large_frame_of_the_native_repertoire_is_the_small_one_in_detail(number: int) -> None:
    """The same layout and the same mean colours as without detail, and more edges."""
    script, size = write(NATIVE, number, "test", 2.7), (1440, 1080)
    near = filmed(script, size).astype(int)
    plain = filmed(script, size, detailed=False).astype(int)
    assert np.abs(near - plain).mean() < 2
    assert np.abs(near.mean((0, 1)) - plain.mean((0, 1))).max() < 0.7
    assert np.abs(np.diff(near, axis=1)).mean() > np.abs(np.diff(plain, axis=1)).mean()
