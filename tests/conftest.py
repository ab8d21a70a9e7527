"""Pictures and voices for every test, made on the spot; shapes of tensors are checked wherever a test leads.

Chance is the same in every run: hypothesis draws as it does in CI (another look: `--hypothesis-profile=default`), and each test
begins with the same seeds, whichever tests ran before it.
"""

import gc
import itertools
import os
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import settings
from PIL import Image

from dramatis.runtime.environment import calculate_alike
from tests.speaking import RATE, talk

settings.load_profile("ci")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each command that a test starts would compile the program again
sys.dont_write_bytecode = False
calculate_alike()  # as in a film: PyTorch's sums do not depend on how busy the machine is, and tests run side by side

with suppress(ModuleNotFoundError):  # without the native model there is nothing to check
    from jaxtyping import install_import_hook

    install_import_hook(["dramatis.models", "dramatis.sampling", "dramatis.conditioning"], "beartype.beartype")

HERE = Path(__file__).parent
LONG = {"engines", "evaluation", "production", "training"}
_VAULTS = itertools.count()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests begin first, so that at the end no process waits for another one (with `--no-loadscope-reorder`)."""
    items.sort(key=lambda item: item.path.relative_to(HERE).parts[0] not in LONG)


def pytest_collection_finish() -> None:
    """What was imported stays; the garbage collector need not look at it again."""
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Before fixtures of any scope are made."""
    random.seed(0)
    np.random.seed(0)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(0)


@pytest.fixture(autouse=True)
def _own_vault(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds, or leaves, clips in the user's cache, or keys in the user's settings."""
    monkeypatch.setenv("DRAMATIS_VAULT", str(tmp_path_factory.getbasetemp() / f"vault{next(_VAULTS)}"))  # made when it is used
    monkeypatch.setenv("DRAMATIS_CONFIG", "none")
    monkeypatch.setenv("DRAMATIS_RECOGNISER", "none")  # tests name the recognisers that they need


@pytest.fixture
def make_picture(tmp_path: Path) -> Callable[..., str]:
    """`make_picture(name, width, height)` writes a picture without a face and returns its path."""

    def make(name: str = "picture.png", width: int = 320, height: int = 180) -> str:
        across, down = np.meshgrid(np.linspace(40, 200, width), np.linspace(60, 180, height))
        Image.fromarray(np.stack([across, down, (across + down) / 2], axis=2).astype(np.uint8)).save(tmp_path / name)
        return str(tmp_path / name)

    return make


@pytest.fixture
def make_voice(tmp_path: Path) -> Callable[..., str]:
    """`make_voice(name, seconds, spoken)` writes a voice that speaks in these spans (none: all the time) and returns its path."""

    def make(name: str = "voice.wav", seconds: float = 3.0, spoken: tuple[tuple[float, float], ...] = ()) -> str:
        soundfile.write(tmp_path / name, talk(seconds, spoken), RATE)
        return str(tmp_path / name)

    return make
