"""`dramatis make` with the portrait engine: what is wrong with people in pictures is said in one line, before any filming."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from dramatis.cli import app
from dramatis.media.faces.face_finding import find_faces
from dramatis.media.pictures.picture_files import read_still

Make = Callable[..., str]
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAMATIS_WORKERS", "0")


def refused(*options: str) -> str:
    before = set(Path().rglob("*"))
    result = CliRunner().invoke(app, ["make", *options])
    assert result.exit_code == 2, result.output
    assert len(result.stderr.strip().splitlines()) == 1
    assert set(Path().rglob("*")) == before
    return str(result.stderr)


def test_no_face(make_picture: Make, make_voice: Make) -> None:
    assert "No face was found" in refused("--portrait", make_picture(), "--voice", make_voice())


def test_more_voices_than_faces(make_voice: Make) -> None:
    said = refused("--portrait", str(EXAMPLES / "mira.png"), *("--voice", make_voice()) * 2)
    assert "shows one face" in said
    assert "but 2 characters" in said


def test_a_face_that_is_too_small(make_voice: Make, tmp_path: Path) -> None:
    small = Image.open(EXAMPLES / "mira.png").convert("RGB")
    small.thumbnail((90, 90))
    small.save(tmp_path / "small.png")
    said = refused("--portrait", "small.png", "--voice", make_voice())
    assert "40 are needed" in said or "No face" in said
    said = refused("--portrait", str(EXAMPLES / "mira.png"), "--voice", make_voice(), "--size", "64")
    assert "pixels high in the film, 40 are needed" in said


def test_a_box_too_small_for_a_face(make_voice: Make) -> None:
    picture = EXAMPLES / "mira.png"
    said = refused("--portrait", f"{picture}@0,0,20,20", "--voice", make_voice())
    assert "20" in said


def test_a_box_beside_the_picture(make_voice: Make) -> None:
    picture = EXAMPLES / "mira.png"
    assert "No face was found" in refused("--portrait", f"{picture}@5000,5000,6000,6000", "--voice", make_voice())


def test_a_box_by_hand_films_what_no_network_takes_for_a_face(make_picture: Make, make_voice: Make) -> None:
    options = [
        "--portrait",
        f"{make_picture(width=320, height=240)}@110,60,210,190",
        "--voice",
        make_voice(seconds=1.0),
        "--size",
        "240",
    ]
    result = CliRunner().invoke(app, ["make", *options, "-o", "film.mp4"])
    assert result.exit_code == 0, result.output
    assert Path("film.mp4").exists()


def test_a_picture_that_is_upside_down(make_voice: Make) -> None:
    Image.open(EXAMPLES / "mira.png").convert("RGB").resize((360, 360)).rotate(180).save("turned.png")
    assert "is upside down; turn the picture" in refused("--portrait", "turned.png", "--voice", make_voice())


def test_a_picture_that_cuts_the_mouth_off(make_voice: Make) -> None:
    whole = Image.open(EXAMPLES / "mira.png").convert("RGB")
    _x0, y0, _x1, y1 = find_faces(read_still(str(EXAMPLES / "mira.png")))[0].box
    whole.crop((0, 0, whole.width, int(y0 + 0.62 * (y1 - y0)))).save("cut.png")
    said = refused("--portrait", "cut.png", "--voice", make_voice())
    assert "The mouth of" in said
    assert "the whole face" in said
