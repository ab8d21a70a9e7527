"""Starting is quick: what is not needed yet is not loaded."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dramatis.media.digests import used_by

HEAVY = (
    "torch",
    "mediapipe",
    "cv2",
    "av",
    "scipy",
    "matplotlib",
    "PIL",
    "soundfile",
    "skia",
    "pocketsphinx",
    "transformers",
    "diffusers",
    "numpy",
    "fastapi",
    "uvicorn",
    "sqlite3",
)
LIGHT = ("cli.make", "cli.plan", "cli.look", "cli.doctor", "cli.stage", "runtime.worker", "engines.portrait", "engines.drawn")
"""Parts that are used without the native model."""
FOR_TYPES = re.compile(r"^if TYPE_CHECKING:\n(?:[ \t].*\n|\n)+", re.MULTILINE)
OF_TORCH = re.compile(r"^\s*(?:import|from) (?:torch|safetensors|jaxtyping)\b", re.MULTILINE)
SHOW = "import sys, json; print('\\n' + json.dumps([name for name in sys.argv[1:] if name in sys.modules]))"


def loaded(code: str, *more: str) -> list[str]:
    script = f"import sys\nnames, sys.argv = sys.argv[1:], ['dramatis', '--help']\n{code}\nsys.argv = ['', *names]\n{SHOW}"
    result = subprocess.run([sys.executable, "-c", script, *HEAVY, *more], capture_output=True, text=True, check=True)
    return list(json.loads(result.stdout.splitlines()[-1]))


RUN = "from dramatis.cli import main\ntry:\n    main()\nexcept SystemExit as end:\n    assert end.code == {}"


@pytest.mark.parametrize(
    "code",
    [
        "import dramatis",
        "import dramatis.cli",
        RUN.format(0),
        "sys.argv[1:] = ['make', 'nothing.json']\n" + RUN.format(2),
    ],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    assert loaded(code) == []


def test_the_help_of_no_command_loads_anything_heavy() -> None:
    """Nor the library with which typer reads the values of options, which takes longer than all the rest."""
    commands = ("make", "plan", "serve", "verify", "voices", "look", "measure", "doctor")
    code = f"from dramatis.cli import main\nfor name in {commands}:\n    sys.argv[1:] = [name, '--help']\n    main()"
    assert loaded(code, "pydantic", "rich") == []


def test_a_film_is_calculated_alike_in_any_process() -> None:
    """Rounding depends on how many threads share a sum, so it is one everywhere, and is settled before numpy is there."""
    threads = "import os\nassert 'numpy' not in sys.modules\nassert os.environ['OPENBLAS_NUM_THREADS'] == '1'"
    loaded("sys.argv[1:] = ['make', 'nothing.json']\n" + RUN.format(2) + "\n" + threads)


def test_a_film_is_made_without_torch() -> None:
    code = "import dramatis.production.produce, dramatis.recipes, dramatis.engines.fake, dramatis.runtime.worker"
    assert {"torch", "mediapipe", "matplotlib"}.isdisjoint(loaded(code))


@pytest.mark.parametrize("part", LIGHT)
def test_nothing_on_the_way_of_a_light_film_names_torch(part: str) -> None:
    """Whatever these import of this package, at the top or in a function, but for types alone; engines are built by name."""
    files = {module: importlib.util.find_spec(module) for module in used_by(f"dramatis.{part}")}
    sources = {module: Path(str(spec and spec.origin)).read_text() for module, spec in files.items()}
    assert not [module for module, source in sources.items() if OF_TORCH.search(FOR_TYPES.sub("", source))]


def test_a_native_film_is_planned_without_torch(tmp_path: Path) -> None:
    code = "import sys\nsys.modules['torch'] = None\nfrom dramatis.cli import main\nmain()"
    command = [sys.executable, "-c", code, "plan", "--engine", "native", "--prompt", "a woman waves", "-o", "plan.json"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert result.returncode == 0, result.stderr
    assert json.loads((tmp_path / "plan.json").read_text())["engine"] == "native"


def test_python_can_run_the_package() -> None:
    result = subprocess.run([sys.executable, "-m", "dramatis", "--help"], capture_output=True, text=True, check=True)
    assert "make" in result.stdout


@pytest.mark.parametrize("command", [["make", "--engine", "native", "--prompt", "a woman waves"], ["train", "speech"]])
def test_what_is_not_installed_is_named(command: list[str], tmp_path: Path) -> None:
    code = "import sys\nsys.modules['torch'] = None\nfrom dramatis.cli import main\nmain()"
    result = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert result.returncode == 2
    assert "needs torch" in result.stderr
    assert "pip install torch" in result.stderr
    assert "Traceback" not in result.stderr
