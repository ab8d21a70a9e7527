"""`dramatis doctor` on the machine that runs the tests."""

import pytest
from typer.testing import CliRunner

from dramatis.cli import app
from dramatis.cli.doctor import Check

RUNNER = CliRunner()


def broken() -> str:
    raise RuntimeError("it is\nbroken")


def test_every_part_has_a_line() -> None:
    result = RUNNER.invoke(app, ["doctor"])
    assert result.exit_code == 0, result.output
    parts = ("Python", "mediapipe", "H.264 and AAC", "faces", "portrait engine", "cores", "memory", "free disk", "a small film")
    for part in parts:
        assert f"ok  {part}:" in result.stdout
    assert "Films can be made here." in result.stdout


@pytest.mark.parametrize(("needed", "code"), [(True, 1), (False, 0)])
def test_a_broken_part_is_one_line(monkeypatch: pytest.MonkeyPatch, needed: bool, code: int) -> None:
    monkeypatch.setattr("dramatis.cli.doctor._checks", lambda: [Check("glue", broken, needed), Check("wood", lambda: "fine")])
    result = RUNNER.invoke(app, ["doctor"])
    assert result.exit_code == code
    assert f"{'NO' if needed else '--'}  glue: it is broken\n  ok  wood: fine" in result.stdout
    assert ("cannot" in result.stdout) == needed
