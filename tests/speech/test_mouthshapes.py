"""Mouth shapes of phones, and the features of silence."""

import numpy as np
import pytest

from dramatis.speech.mouthshapes import (
    FEATURES,
    MOUTH,
    SHAPES,
    atoms,
    levelled,
    loudness_of,
    shape_of,
    sounds,
    syllables,
    truth_features,
)
from dramatis.speech.visemes import MOUTH as CHANNELS


@pytest.mark.parametrize(
    ("label", "letters"),
    [("ˈaɪ", "aɪ"), ("tʃʰ", "ʧ"), ("ts.h", "ʧ"), ("iː", "i"), ("ɯᵝ", "u"), ("(en)", ""), ("œ̃", "œ"), ("5", ""), ("h", "h")],
)
def test_labels_fall_into_sounds(label: str, letters: str) -> None:
    assert atoms(label) == letters


@pytest.mark.parametrize(
    ("letter", "shape"), [("p", "closed"), ("v", "lip-teeth"), ("ʧ", "hush"), ("y", "u"), ("ɹ", "r"), ("?", "silence")]
)
def test_sounds_have_shapes(letter: str, shape: str) -> None:
    assert SHAPES[shape_of(letter)] == shape


def test_a_diphthong_shares_its_time() -> None:
    assert list(sounds([("aɪ", 1.0, 2.0)])) == [("a", 1.0, 1.5), ("ɪ", 1.5, 2.0)]


def test_the_portrait_engine_has_the_same_mouth() -> None:
    assert MOUTH == CHANNELS
    assert len(FEATURES) == 24


def test_silence_is_a_closed_mouth() -> None:
    known = truth_features((), np.zeros((200, 8), np.float32), loudness_of(np.zeros(32_000, np.float32)))
    assert known.shape == (101, 24)
    assert (known[:, 8] == 1).all()
    assert np.delete(known, 8, axis=1).max() == 0


def test_loud_and_soft_recordings_come_to_one_level() -> None:
    sound = np.random.default_rng(0).normal(0, 0.01, 16_000).astype(np.float32)
    assert np.allclose(levelled(sound), levelled(8 * sound), atol=1e-5)
    assert not levelled(np.zeros(16_000, np.float32)).any()


def test_syllables_are_as_loud_as_their_amplitude() -> None:
    tone = np.sin(np.arange(48_000) * 0.3).astype(np.float32)
    tone[16_000:32_000] *= 0.5
    tone[32_000:] = 0
    loud = syllables(loudness_of(levelled(tone)))
    assert loud[25] == pytest.approx(1, abs=0.02)
    assert loud[75] == pytest.approx(0.5, abs=0.02)
    assert loud[125] < 0.03
