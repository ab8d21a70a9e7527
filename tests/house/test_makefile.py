"""`make` chooses an interpreter that runs, and installs no more than what is asked for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")


def steps(tmp_path: Path, *words: str) -> str:
    """What a target would do where nothing is installed, with `tmp_path` before all other programs."""
    env = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin"}
    command = ["make", "-n", *words, f"VENV={tmp_path}/venv"]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=env).stdout


def program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_a_name_that_points_nowhere_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "python3.11", "echo python3.11: command not found >&2; exit 127")
    program(tmp_path / "python3.12", f'exec {sys.executable} "$@"')
    assert "python3.12 -m venv" in steps(tmp_path, "film")


def test_a_film_installs_no_torch_and_a_named_build_comes_first(tmp_path: Path) -> None:
    program(tmp_path / "python3.11", f'exec {sys.executable} "$@"')
    light = steps(tmp_path, "film")
    assert "examples/dialogue.json" in light
    assert "torch==" not in light
    assert "constraints-native.txt" not in light
    native = steps(tmp_path, "native", "TORCH=build.whl")
    assert "constraints-wan.txt" not in light + native
    assert "--no-deps -r constraints-wan.txt" in steps(tmp_path, "test")
    assert 0 < native.index("build.whl") < native.index("-r constraints-native.txt")
