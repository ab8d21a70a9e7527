"""Phone times lie beside the sounds that this program spoke; those of another sound and damaged ones are not used."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import write_sound
from dramatis.speech.phone_times import file_of, from_closure, read_phones, write_phones
from dramatis.speech.synthesis import speak

needs_espeak = pytest.mark.skipif(importlib.util.find_spec("espeakng_loader") is None, reason="the extra 'say' is not installed")
PHONES = (("h", 0.0, 0.1), ("ə", 0.1, 0.25), ("l", 0.25, 0.3))


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "film.Mira.wav"
    write_sound(Waveform(np.full((16000, 1), 0.1, np.float32), 16000), str(path))
    write_phones(path, PHONES)
    return path


def test_phones_are_found_beside_their_sound(sound: Path, tmp_path: Path) -> None:
    assert read_phones(sound) == (PHONES, "")
    assert read_phones(tmp_path / "recorded.wav") == ((), "")


def test_another_sound_under_the_same_name_has_no_phones(sound: Path) -> None:
    write_sound(Waveform(np.full((16000, 1), 0.2, np.float32), 16000), str(sound))
    phones, note = read_phones(sound)
    assert not phones
    assert "belongs to another sound" in note


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{}",
        "[" * 100_000,
        '{"sound": "x", "phones": [["a", 0.2, 0.1]]}',
        '{"sound": "x", "phones": [["a", 0, NaN]]}',
        '{"sound": "x", "phones": [["a", 0, 1], ["b", 0.5, 2]]}',
        '{"sound": "x", "phones": [["a", true, 1, 2]]}',
    ],
)
def test_a_damaged_file_is_ignored_with_a_note(sound: Path, damage: str) -> None:
    file_of(sound).write_text(damage, encoding="utf-8")
    phones, note = read_phones(sound)
    assert not phones
    assert note.startswith("film.Mira.phones.json is damaged")


def test_a_stop_begins_where_the_mouth_shuts() -> None:
    samples = np.full(16000, 0.3, np.float32)
    samples[6400:8000] = 0.0  # shut from 0.4 to 0.5 s
    vowel, stop = from_closure((("a", 0.0, 0.5), ("p", 0.5, 0.6)), samples)
    assert vowel == ("a", 0.0, pytest.approx(0.4, abs=0.01))
    assert stop == ("p", pytest.approx(0.4, abs=0.01), 0.6)


@needs_espeak
def test_the_synthesiser_tells_phones_of_a_whole_line() -> None:
    said = speak("Bob made a map.")
    labels = [label for label, _, _ in said.phones]
    assert labels.count("b") == 2
    assert labels.count("m") == 2
    assert said.phones[-1][2] <= said.sound.seconds
