"""Phones of a known text at the times at which they are said."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dramatis.media.sounds.sound_files import read_sound, resample
from dramatis.speech.alignment import _words, aligned_phones
from dramatis.speech.analysis import VoiceAnalysis, analyse

RECORDING = Path(__file__).parents[2] / "examples" / "noor.flac"
TEXT = "Tom, my brother promised that pictures can speak."


@pytest.fixture(scope="module")
def voice() -> VoiceAnalysis:
    return analyse(resample(read_sound(str(RECORDING)), 16_000, mono=True))


def test_phones_of_a_known_text_lie_where_they_are_said(voice: VoiceAnalysis) -> None:
    phones = aligned_phones(voice.samples, voice.speech, TEXT.replace("brother", "bröther"))
    assert [label for label, *_ in phones][:8] == ["t", "ɑ", "m", "m", "aɪ", "b", "ɹ", "ʌ"]
    assert all(one[2] <= two[1] + 1e-6 for one, two in pairwise(phones))
    bands = np.log(voice.spectrum.power + 1e-9)
    hiss = bands[:, 5:].max(axis=1) - bands[:, 1:3].max(axis=1)
    inside = {
        kind: np.mean([hiss[round(100 * (start + end) / 2)] for label, start, end in phones if label in kind])
        for kind in ("sʃztʃ", "ɑɪʌæi")
    }
    assert inside["sʃztʃ"] > inside["ɑɪʌæi"] + 3  # more than twenty times the power


@pytest.mark.parametrize(
    "text", ["Hello there.", "", "Nobody said a word about it.", "In 1999 we met.", "Tom, my brother", "你好"]
)
def test_another_text_has_no_phones(voice: VoiceAnalysis, text: str) -> None:
    assert aligned_phones(voice.samples, voice.speech, text) == ()


def test_numbers_are_aligned_as_they_are_read(voice: VoiceAnalysis) -> None:
    pytest.importorskip("hibari")
    words = dict(_words("In 214 rooms", lambda word: word == "in"))
    assert words["in"] is None
    assert (words["214"] or "").split()[:4] == ["T", "UW", "HH", "AH"]


def test_mandarin_is_aligned_by_syllables() -> None:
    pytest.importorskip("rjieba")
    said = [sounds for _, sounds in _words("3只小猫慢点儿吃", lambda word: False)]
    assert said == ["S AE N", "JH IH", "SH Y AW", "M AW", "M AE N", "D Y EH N R", "CH IH"]
