"""Speech from text: languages, phones, and faults said in one sentence."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from dramatis.errors import VoiceError
from dramatis.speech.synthesis import espeak as speech
from dramatis.speech.synthesis import language_of, say, speak

needs_espeak = pytest.mark.skipif(importlib.util.find_spec("espeakng_loader") is None, reason="the extra 'say' is not installed")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Good morning", "en-us"),
        ("你好，我的名字叫小明。", "cmn"),
        ("私は太郎です", "ja"),
        ("안녕하세요", "ko"),
        ("Привет, как дела?", "ru"),
        ("12 + 30", "en-us"),
        ("OK, 我们今天去公园散步吧", "cmn"),
    ],
)
def test_language_follows_the_script(text: str, language: str) -> None:
    assert language_of(text) == language


@needs_espeak
def test_speech_is_heard_twice_the_same() -> None:
    first, second = say("Hello there, how are you?"), say("Hello there, how are you?")
    assert 1.0 < first.seconds < 4.0
    assert first.samples.shape[1] == 1
    assert 0.3 < np.abs(first.samples).max() <= 1.0
    assert first.digest == second.digest


@needs_espeak
def test_nothing_of_the_working_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('run')")
    monkeypatch.chdir(tmp_path)
    assert say("Hello.").seconds > 0.1


@needs_espeak
def test_phones_are_those_of_the_words_in_order() -> None:
    spoken = speak("My mama may bake.")
    labels = "".join(label for label, _, _ in spoken.phones)
    assert labels.count("m") == 4
    assert "b" in labels
    starts = [start for _, start, _ in spoken.phones]
    assert starts == sorted(starts)
    assert all(0 <= start < end <= spoken.sound.seconds for _, start, end in spoken.phones)


@needs_espeak
def test_other_scripts_are_spoken() -> None:
    assert say("你好，我的名字叫小明。").seconds > 1
    assert say("Hallo Welt", "de").digest != say("Hallo Welt").digest


@needs_espeak
def test_unknown_voice_is_named() -> None:
    with pytest.raises(VoiceError, match="zz-nowhere"):
        say("Hello", "zz-nowhere")


@pytest.mark.parametrize(("text", "part"), [("", "empty"), (" \n\t", "empty"), ("a" * 20_001, "20,001")])
def test_bad_texts_are_refused(text: str, part: str) -> None:
    with pytest.raises(VoiceError, match=part):
        say(text)


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(VoiceError, match="pip install espeakng-loader"):
        say("Hello")


def test_a_broken_installation_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "_parts", lambda: ("nowhere/libespeak-ng.so", "nowhere"))
    with pytest.raises(VoiceError, match="cannot start"):
        say("Hello")
