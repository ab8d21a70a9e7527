"""A video given as a portrait: which frame is taken, and that it is said."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.errors import PictureError
from dramatis.media.footage import Footage
from dramatis.media.pictures.picture_files import read_still
from dramatis.media.still import Pixels
from dramatis.media.videos.video import FINAL, spread_frames, write_clip
from dramatis.production.assets import Assets
from dramatis.story import Canvas

PORTRAIT = read_still(str(Path(__file__).parents[2] / "examples/mira.png")).pixels
UPRIGHT, TURNED = (
    b"".join(value.to_bytes(4, "big", signed=True) for value in matrix)
    for matrix in ((65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30), (0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30))
)
"""How a film's header says that it is shown as it is, and turned by a quarter, clockwise."""


def small(pixels: Pixels) -> Pixels:
    return np.ascontiguousarray(cv2.resize(pixels, (320, 180), interpolation=cv2.INTER_AREA))


def video(path: Path, frames: list[Pixels]) -> str:
    height, width = frames[0].shape[:2]
    span = Span(0.0, (len(frames) - 1) / 5)
    write_clip(Footage(Canvas(width, height, Rate(5)), span, frames), str(path), FINAL)
    return str(path)


def test_the_best_frame_is_taken_and_said(tmp_path: Path) -> None:
    face = small(PORTRAIT)
    blurred, nobody = cv2.GaussianBlur(face, (0, 0), 4), np.full_like(face, 90)
    far = np.full_like(face, 90)
    far[60:120, 100:207] = cv2.resize(face, (107, 60), interpolation=cv2.INTER_AREA)
    path = video(tmp_path / "clip.mp4", [nobody, blurred, face, far])
    assets = Assets()
    taken = assets.picture(path)
    assert np.abs(taken.pixels.astype(int) - face).mean() < 4
    assert assets.notes == ["clip.mp4 is a video: its frame at 0.4 s is the picture."]
    assert len(assets.faces(path)) == 1


def test_a_video_of_a_turned_phone_is_upright(tmp_path: Path) -> None:
    face = small(PORTRAIT)
    path = Path(video(tmp_path / "phone.mp4", [np.ascontiguousarray(np.rot90(face))] * 2))
    data = path.read_bytes()
    at = data.index(UPRIGHT, data.index(b"tkhd"))
    path.write_bytes(data[:at] + TURNED + data[at + len(UPRIGHT) :])
    (_, first), *_ = spread_frames(str(path), 2)
    assert np.abs(first.pixels.astype(int) - face).mean() < 4


def test_frames_of_a_long_film_come_from_all_over_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dramatis.media.videos.video._WHOLE", 0)
    grey = [np.full((32, 32, 3), 4 * number, np.uint8) for number in range(60)]
    found = list(spread_frames(video(tmp_path / "long.mp4", grey), 6))
    assert [round(seconds, 1) for seconds, _ in found] == [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]
    assert [round(float(still.pixels.mean()) / 4) for _, still in found] == [0, 10, 20, 30, 40, 50]


def test_a_video_without_pictures_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = Path(video(tmp_path / "cut.mp4", [small(PORTRAIT)] * 3))
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(PictureError):
        Assets().picture(str(path))
