"""Films with a face whose mouth is moved by a known amount are tracked, measured and laid out on a sheet."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from dramatis.clock import Rate, Span
from dramatis.evaluation.film import voice_curves
from dramatis.evaluation.film.figures import as_table, to_json
from dramatis.evaluation.film.measure import measure
from dramatis.evaluation.film.sheet import sheet
from dramatis.evaluation.film.tracking import FaceTrack, Sighting, track
from dramatis.media.faces.face_finding import find_faces
from dramatis.media.footage import Footage
from dramatis.media.pictures.picture_files import read_still
from dramatis.media.sounds.sound_files import read_sound
from dramatis.media.still import Pixels, Still
from dramatis.media.videos.reel import Reel
from dramatis.media.videos.video import write_clip
from dramatis.story import Canvas, Character, Direction, Line, Shot, Storyline
from dramatis.story.document import to_json as storyline_json

EXAMPLES = Path(__file__).parents[3] / "examples"
PORTRAIT, VOICE = EXAMPLES / "mira.png", EXAMPLES / "mira.flac"
WIDTH, HEIGHT, RATE = 640, 360, Rate(25)
CANVAS = Canvas(WIDTH, HEIGHT, RATE)
GRID = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)


@pytest.fixture(scope="module")
def picture() -> Pixels:
    pixels = read_still(str(PORTRAIT)).pixels
    return np.asarray(cv2.resize(pixels, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)


@pytest.fixture(scope="module")
def mesh(picture: Pixels) -> NDArray[np.float32]:
    return max(find_faces(Still(picture)), key=lambda face: face.size).mesh


def opened(picture: Pixels, mesh: NDArray[np.float32], share: float) -> Pixels:
    """The picture with its mouth opened by a share of its width: the lower lip and chin go down, a dark hole is drawn."""
    middle = (mesh[13] + mesh[14]) / 2
    wide = float(np.linalg.norm(mesh[61] - mesh[291])) / 2
    gap = 2 * wide * share
    down, across = GRID
    shape = np.clip(1 - ((across - middle[0]) / wide) ** 2, 0, 1)
    below = np.clip(down - middle[1], 0, None)
    from_down = down - np.minimum(below, gap * shape * np.exp(-np.clip(below - gap, 0, None) / (2 * wide)))
    moved = cv2.remap(picture, across, from_down.astype(np.float32), cv2.INTER_LINEAR)
    hole = np.clip(np.minimum(down - middle[1], middle[1] + gap * shape - down) + 0.5, 0, 1)[..., None] * (gap > 0.5)
    return np.asarray(moved * (1 - hole) + np.array([40, 12, 12]) * hole, np.uint8)


def write(path: Path, frames: Iterator[Pixels], count: int) -> str:
    write_clip(Footage(CANVAS, Span(0, RATE.time(count - 1)), frames), str(path))
    return str(path)


def main_face(found: Sighting) -> FaceTrack:
    """The largest face; detection may take a light in the background for another."""
    return max(found.faces, key=lambda face: float(np.nanmedian(face.size)))


def test_the_opening_that_was_drawn_is_found(picture: Pixels, mesh: NDArray[np.float32], tmp_path: Path) -> None:
    known = 0.4 * np.clip(np.sin(np.arange(40) / 3) ** 2, 0, 1)
    found = track(write(tmp_path / "talk.mp4", (opened(picture, mesh, share) for share in known), 40))
    face = main_face(found)
    assert face.seen.all()
    assert np.corrcoef(face.opening, known)[0, 1] >= 0.97


def test_a_still_film_has_a_still_mouth(picture: Pixels, mesh: NDArray[np.float32], tmp_path: Path) -> None:
    wide = opened(picture, mesh, 0.4)
    frames = iter([wide] * 3 + [picture] * 30)
    opening = main_face(track(write(tmp_path / "still.mp4", frames, 33))).opening
    still = opening[-28:]
    assert np.percentile(np.abs(still - np.median(still)), 95) < 0.02 * opening[:3].max()


def test_shots_are_told_apart_and_faces_found_again(picture: Pixels, tmp_path: Path) -> None:
    other = np.ascontiguousarray(255 - np.roll(picture, 160, axis=1))
    other[:, :320] = np.roll(picture, -80, axis=1)[:, 80:400]
    frames = iter([picture] * 6 + [other] * 6)
    found = track(write(tmp_path / "cut.mp4", frames, 12))
    assert found.cuts == (0, 6)
    assert main_face(found).seen[6:].all()


def film(folder: Path, frames: list[Pixels], lines: tuple[Line, ...]) -> str:
    """A finished film with the example's voice and its storyline beside it."""
    seconds = RATE.time(len(frames))
    clip = write(folder / "clip.mp4", iter(frames), len(frames))
    with Reel(str(folder / "film.mp4"), read_sound(str(VOICE)), RATE) as reel:
        reel.append(clip)
        reel.finish()
    cast = (Character("Mira", str(PORTRAIT), voice=lines[0].sound if lines else None),)
    plan = Storyline(CANVAS, cast, lines, (Shot(Span(0, seconds), str(PORTRAIT), ("Mira",), Direction()),))
    (folder / "film.storyline.json").write_text(storyline_json(plan))
    return str(folder / "film.mp4")


def test_a_film_whose_mouth_follows_its_voice_is_measured_so(picture: Pixels, mesh: NDArray[np.float32], tmp_path: Path) -> None:
    voice = read_sound(str(VOICE))
    loudness = voice_curves.hear(voice).loudness
    late = 3  # frames
    shares = np.interp(np.arange(75) / 25 - late / 25, np.arange(len(loudness)) / voice_curves.HZ, loudness)
    frames = [opened(picture, mesh, 0.35 * float(share)) for share in shares]
    path = film(tmp_path, frames, (Line("Mira", str(VOICE), 0.0),))
    found = measure(path)
    face = found.faces[0]
    assert face.name == "Mira"
    assert face.lag == pytest.approx(late / 25, abs=0.015)
    assert face.correlation is not None
    assert face.correlation < 0.85
    assert face.sharpness == pytest.approx(1.0, abs=0.1)  # the chin is pressed together where the mouth was opened
    assert found.background is not None
    assert found.background > 40
    table = as_table(found)
    assert "+1" in next(line for line in table.splitlines() if "lag" in line)
    assert "✗" in next(line for line in table.splitlines() if "lag" in line)
    assert '"lag"' in to_json(found)


def test_a_film_that_is_blurred_has_lost_sharpness(picture: Pixels, tmp_path: Path) -> None:
    soft = np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.2), np.uint8)
    found = measure(film(tmp_path, [soft] * 30, (Line("Mira", str(VOICE), 0.0),)))
    assert found.faces[0].sharpness is not None
    assert found.faces[0].sharpness < 0.85


def test_a_contact_sheet_shows_the_film(picture: Pixels, tmp_path: Path) -> None:
    page = sheet(film(tmp_path, [picture] * 30, (Line("Mira", str(VOICE), 0.0),)))
    assert page.width == 1920
    assert page.height > 600
    assert len(np.unique(page.pixels.reshape(-1, 3), axis=0)) > 5000
