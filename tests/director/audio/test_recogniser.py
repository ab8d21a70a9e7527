"""A recogniser with weights of the user's: what it hears reaches the plan."""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from dramatis.director import direct
from dramatis.director.audio.recogniser import listening, whisper
from dramatis.director.claims import Material, VoiceInput
from dramatis.errors import BriefError
from dramatis.media.sound import Waveform
from dramatis.story import Character
from dramatis.take import Limits

VOICE = Waveform((0.2 * np.sin(np.arange(48_000) * 0.08))[:, None].astype(np.float32), 16_000)


class WhisperModel:
    """A model that always hears the same two words; weights named "broken" cannot be read."""

    def __init__(self, folder: str, **_settings: object) -> None:
        if folder.endswith("broken"):
            raise RuntimeError("no model.bin")

    def transcribe(self, _samples: object, **_settings: object) -> tuple[list[SimpleNamespace], None]:
        words = [
            SimpleNamespace(word=" Hello", start=0.5, end=0.9, probability=0.98),
            SimpleNamespace(word=" there.", start=1.0, end=1.4, probability=0.9),
        ]
        return [SimpleNamespace(words=words), SimpleNamespace(words=None)], None


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("faster_whisper")
    module.WhisperModel = WhisperModel  # type: ignore[attr-defined]  # the part of the module that is used
    monkeypatch.setitem(sys.modules, "faster_whisper", module)


def test_an_action_lands_on_a_recognised_word(tmp_path: Path) -> None:
    given = Material(
        "When she says there, she nods.",
        (Character("Mira", ""),),
        6.0,
        (VoiceInput("Mira", VOICE, start=2.0),),
        (),
        Limits("any", "1"),
    )
    verdict = listening(whisper(tmp_path), direct)(given)
    track = verdict.audio.tracks[0]
    assert [(word.text, word.span.start) for word in track.words] == [("Hello", 2.5), ("there.", 3.0)]
    assert track.language == "en"
    nod = next(claim for claim in verdict.deliberation.outcome if claim.what == "nod")
    assert nod.at == "there" or (nod.span is not None and abs(nod.span.start - 3.0) < 0.2)


def test_weights_that_cannot_be_used_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="no folder"):
        whisper(tmp_path / "nowhere")
    (tmp_path / "broken").mkdir()
    with pytest.raises(BriefError, match="cannot be used by faster-whisper"):
        whisper(tmp_path / "broken")
