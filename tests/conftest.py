"""Pictures and voices for every test, made on the spot."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image


@pytest.fixture(autouse=True)
def _own_vault(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds, or leaves, clips in the user's cache."""
    monkeypatch.setenv("DRAMATIS_VAULT", str(tmp_path_factory.mktemp("vault")))


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
    """`make_voice(name, seconds, pauses)` writes a sound like a voice (a buzz in syllables) and returns its path."""

    def make(name: str = "voice.wav", seconds: float = 3.0, spoken: tuple[tuple[float, float], ...] = ()) -> str:
        rate = 16000
        times = np.arange(round(seconds * rate)) / rate
        buzz = sum(np.sin(2 * np.pi * 140 * k * times) / k for k in range(1, 12))
        sound = 0.2 * buzz * (0.55 + 0.45 * np.sin(2 * np.pi * 4 * times))
        if spoken:
            sound *= np.any([(times >= start) & (times < end) for start, end in spoken], axis=0)
        soundfile.write(tmp_path / name, sound.astype(np.float32), rate)
        return str(tmp_path / name)

    return make
