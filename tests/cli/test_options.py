"""The options of the commands are closed."""

import re

from typer.testing import CliRunner

from dramatis.cli.app import app

RUNNER = CliRunner()


def test_no_option_is_added_or_renamed_by_accident() -> None:
    found = {}
    for command in ("make", "look", "measure", "stage", "train", "verify", "doctor"):
        result = RUNNER.invoke(app, [command, "--help"], env={"COLUMNS": "200"})
        assert result.exit_code == 0
        assert result.stdout.count("  -") - 1 <= 12, command
        found[command] = sorted(set(re.findall(r"--[a-z]+", result.stdout)) - {"--help"})
    assert found == {
        "make": [
            "--background",
            "--captions",
            "--consent",
            "--engine",
            "--lanes",
            "--music",
            "--output",
            "--portrait",
            "--prompt",
            "--say",
            "--size",
            "--voice",
        ],
        "look": ["--output", "--phases"],
        "measure": ["--json"],
        "stage": ["--count", "--output", "--repertoire", "--seconds", "--size", "--split"],
        "train": ["--folder", "--minutes"],
        "verify": ["--json"],
        "doctor": ["--engine"],
    }


def test_options_of_a_film_stand_in_groups() -> None:
    told = RUNNER.invoke(app, ["make", "--help"], env={"COLUMNS": "200"}).stdout
    places = [told.index(word) for word in ("Who:", "--consent", "What:", "--prompt", "Output:", "--size")]
    assert places == sorted(places)
