"""`dramatis stage` writes what it says, and refuses in one sentence."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("skia", reason="the stage draws with skia (the extra `stage`)", exc_type=ImportError)
pytest.importorskip("espeakng_loader", reason="its voices are synthesised (the extra `say`)")

from dramatis.cli.app import app
from dramatis.media.pictures.picture_files import read_still
from dramatis.media.videos.video import probe

RUNNER = CliRunner()


def test_a_contact_sheet_has_a_row_for_every_script(tmp_path: Path) -> None:
    heights = []
    for count in (1, 3):
        result = RUNNER.invoke(app, ["stage", "2", "--count", str(count), "--size", "128x72", "-o", str(tmp_path / "sheet.png")])
        assert result.exit_code == 0
        heights.append(read_still(str(tmp_path / "sheet.png")).height)
    assert heights[1] > heights[0] + 2 * 72


def test_a_film_has_its_truth_beside_it(tmp_path: Path) -> None:
    film = tmp_path / "scene.mp4"
    for number in range(8):  # the first in which somebody speaks
        asked = ["stage", str(number), "--count", "1", "--seconds", "1.5", "--size", "128x72", "-o", str(film)]
        assert RUNNER.invoke(app, asked).exit_code == 0
        told = json.loads(film.with_suffix(".json").read_text())
        if any(words == "speaks" for words, _ in told["captions"]["en"]):
            break
    facts = probe(str(film))
    assert (facts.canvas.width, facts.canvas.height) == (128, 72)
    assert facts.has_sound
    assert facts.frames == len(told["frames"]) == 36
    person = told["frames"][20]["people"][0]
    assert len(person["points"]) == len(told["points"])
    assert 0 < person["head"][0] < person["head"][2] < 128


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--split", "holiday"], "validation"),
        (["--repertoire", "all"], "native or whole"),
        (["--size", "huge"], "256x144"),
        (["--size", "255x144"], "even"),
        (["--count", "0"], "1 to 100"),
        (["--seconds", "900"], "60"),
        (["-o", "stage.gif"], ".mp4"),
        (["-o", "nowhere/stage.png"], "nowhere"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = RUNNER.invoke(app, ["stage", *words])
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output
