"""`dramatis train`: what cannot be trained is said, and the script from nothing to weights asks for what there is."""

import re
import subprocess
from pathlib import Path

import pytest

from dramatis.cli.train import trained
from dramatis.errors import BriefError
from dramatis.models.headers import WEIGHTS
from dramatis.recipes import training

SCRIPT = (Path(__file__).parents[2] / "runs/native.sh").read_text()


@pytest.mark.parametrize(
    ("what", "minutes", "message"),
    [
        ("hair", 1.0, '"hair" cannot be trained: codec, '),
        ("codec", -1.0, "A run cannot take -1 minutes; give 0 or more."),
        ("codec", float("nan"), "A run cannot take nan minutes"),
    ],
)
def test_what_cannot_be_trained_is_refused(what: str, minutes: float, message: str, tmp_path: Path) -> None:
    with pytest.raises(BriefError, match=re.escape(message)):
        trained(what, minutes, tmp_path)


def test_the_script_trains_what_there_is_and_keeps_what_is_shipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    called: list[str] = []
    for name in training.RUNS:
        monkeypatch.setitem(training.RUNS, name, lambda folder, minutes, on_event, name=name: called.append(name))
    asked = re.findall(r"^\$train (\w+) --minutes (\S+)", SCRIPT, re.MULTILINE)
    for name, minutes in asked:
        trained(name, float(minutes), tmp_path)
    assert called == [name for name, _ in asked]
    kept = set(re.findall(r"(\w+)\.safetensors", SCRIPT))
    assert {path.stem for path in WEIGHTS.glob("*.safetensors")} <= kept


def test_the_prepared_training_needs_no_option_and_is_a_shell_script() -> None:
    script = Path(__file__).parents[2] / "runs/gpu.sh"
    asked = re.search(r'trained\("(\w+)"', script.read_text())
    assert asked is not None
    assert asked[1] in training.RUNS
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
