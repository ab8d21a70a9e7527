"""Words of recordings by Whisper: with a stand-in for its package, and with the real one where it is installed."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from dramatis.errors import BriefError
from dramatis.media.sound import Waveform
from dramatis.speech.recognition.recognisers import recognisers
from dramatis.speech.recognition.whisper import Whisper, packaged, sounding

VOICE = Waveform((0.2 * np.sin(np.arange(48_000) * 0.08))[:, None].astype(np.float32), 16_000)
EXAMPLE = Path(__file__).parents[3] / "examples" / "tom.flac"


def _word(text: str, start: float, end: float) -> SimpleNamespace:
    return SimpleNamespace(word=text, start=start, end=end, probability=0.98)


class WhisperModel:
    """A model that always hears the same; weights named "broken" cannot be read."""

    asked: list[dict[str, object]]

    def __init__(self, folder: str, **_settings: object) -> None:
        if folder.endswith("broken"):
            raise RuntimeError("no model.bin")
        WhisperModel.asked = []

    def transcribe(self, samples: object, **settings: object) -> tuple[list[SimpleNamespace], SimpleNamespace]:
        self.asked.append(settings)
        heard = [_word(" It's", 0.5, 0.9), _word(" six", 1.0, 1.4), _word(" o", 1.4, 1.5), _word("'clock.", 1.5, 1.9)]
        sure = SimpleNamespace(words=heard, avg_logprob=-0.2, compression_ratio=1.1)
        babble = SimpleNamespace(words=[_word(" la", 2.0, 2.1)] * 9, avg_logprob=-0.2, compression_ratio=9.0)
        return [sure, babble, SimpleNamespace(words=None, avg_logprob=0.0, compression_ratio=1.0)], SimpleNamespace(
            language="zh", language_probability=0.9
        )


@pytest.fixture
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("faster_whisper")
    module.WhisperModel = WhisperModel  # type: ignore[attr-defined]  # the part of the module that is used
    monkeypatch.setitem(sys.modules, "faster_whisper", module)


@pytest.mark.usefixtures("_stand_in")
def test_words_are_whole_and_babble_is_left_out(tmp_path: Path) -> None:
    heard = Whisper(tmp_path).hear(VOICE)
    assert [(word.text, word.span.start, word.span.end) for word in heard.words] == [
        ("It's", 0.5, 0.9),
        ("six", 1.0, 1.4),
        ("o'clock.", 1.4, 1.9),
    ]
    assert (heard.language, heard.confidence) == ("zh", 0.9)


@pytest.mark.usefixtures("_stand_in")
def test_mandarin_is_asked_for_in_simplified_characters(tmp_path: Path) -> None:
    Whisper(tmp_path).hear(VOICE)
    assert [asked["initial_prompt"] is None for asked in WhisperModel.asked] == [True, False]
    Whisper(tmp_path).hear(VOICE, "en")
    assert [asked["language"] for asked in WhisperModel.asked[2:]] == ["en"]


@pytest.mark.usefixtures("_stand_in")
def test_weights_that_cannot_be_used_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="no folder"):
        recognisers(tmp_path / "nowhere", 1)
    (tmp_path / "broken").mkdir()
    with pytest.raises(BriefError, match="cannot be used by faster-whisper"):
        Whisper(tmp_path / "broken").hear(VOICE)


@pytest.mark.usefixtures("_stand_in")
def test_what_is_read_quickly_and_left_out_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Whisper(tmp_path, quick=True).hear(VOICE, "en")
    assert len(WhisperModel.asked) == 2  # babble was left out
    assert [word.text for word in heard.words] == ["It's", "six", "o'clock."]
    whole = SimpleNamespace(words=[_word(" Six.", 0.5, 0.9)], avg_logprob=-0.2, compression_ratio=1.1)
    english = SimpleNamespace(language="en", language_probability=0.9)
    monkeypatch.setattr(WhisperModel, "transcribe", lambda *_, **__: ([whole], english))
    monkeypatch.setattr(WhisperModel, "asked", [])
    assert Whisper(tmp_path, quick=True).hear(VOICE).text == "Six."


def test_the_silence_that_fills_a_window_is_not_encoded() -> None:
    window = np.zeros((1, 80, 3000), np.float32)
    window[..., :412] = -0.4  # silence in a sound is no zero
    assert sounding(window) == 412
    assert sounding(np.zeros((80, 3000), np.float32)) == 3000


def test_other_weights_in_a_folder_are_another_recogniser(tmp_path: Path) -> None:
    before = Whisper(tmp_path).version
    (tmp_path / "model.bin").write_bytes(b"other")
    assert Whisper(tmp_path).version != before


_ALONE = """
import socket, sys
def refused(*_): raise SystemExit("a connection was tried")
socket.socket.connect = socket.getaddrinfo = refused
from dramatis.media.sounds.sound_files import read_sound
from dramatis.production.assets import Assets
from dramatis.speech.recognition.recognisers import recognisers
from dramatis.media.value_cache import NOWHERE
found = Assets(NOWHERE, recognise=recognisers(None, 1)).transcript(sys.argv[1])
print(found.language, *(word.text for word in found.words))
"""


@pytest.mark.skipif(packaged() is None or find_spec("ctranslate2") is None, reason="constraints-words.txt is not installed")
def test_a_recording_is_understood_without_a_file_in_the_home_or_a_connection(tmp_path: Path) -> None:
    source = str(Path(sys.modules["dramatis"].__file__ or "").parents[1])
    alone = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONPATH": source}
    told = subprocess.run([sys.executable, "-c", _ALONE, str(EXAMPLE)], env=alone, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("en ")
    assert "patient" in told.stdout
    assert not list(tmp_path.rglob("*"))
