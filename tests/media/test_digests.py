"""What an engine's version names: an edit of code that its frames come from films again, any other edit does not."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import dramatis

Version = Callable[[], str]
SHOWN = """
import sys
from dramatis.engines import build
print(build("portrait").limits.version)
sys.exit(any(name in sys.modules for name in ("torch", "mediapipe", "cv2")))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package's code, to be edited."""
    source = Path(dramatis.__file__).parent
    return Path(shutil.copytree(source, tmp_path / "dramatis", ignore=shutil.ignore_patterns("__pycache__")))


@pytest.fixture
def version(copy: Path) -> Version:
    """The version of the copy's portrait engine."""
    seen = {**os.environ, "PYTHONPATH": str(copy.parent), "PYTHONDONTWRITEBYTECODE": "1"}

    def shown() -> str:
        return subprocess.run([sys.executable, "-c", SHOWN], check=True, capture_output=True, text=True, env=seen).stdout

    return shown


def test_an_edit_changes_the_versions_of_what_uses_it_and_no_others(copy: Path, version: Version) -> None:
    before = version()
    for unused in ("conditioning/mannequin.py", "models/dit.py", "story/document.py", "cli/app.py", "engines/fake.py"):
        with (copy / unused).open("a") as file:
            file.write("\nEDITED = 1\n")
    assert version() == before
    for used in ("speech/visemes.py", "engines/portrait/cutouts/matting.py", "story/direction.py"):
        before = version()
        with (copy / used).open("a") as file:
            file.write("\nEDITED = 1\n")
        assert version() != before
