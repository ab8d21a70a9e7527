"""The encoder's training: examples that are true and come again, and steps that learn."""

import importlib.util

import numpy as np
import pytest

from dramatis.models.speech_encoder import SpeechConfig
from dramatis.speech.mouthshapes import SHAPE_COLUMNS, SPEECH_COLUMN, loudness_of
from dramatis.training import speech_encoder as speech

pytestmark = pytest.mark.skipif(importlib.util.find_spec("espeakng_loader") is None, reason="the extra 'say' is not installed")


def test_an_example_comes_again_and_no_two_are_alike() -> None:
    one, again, other = speech.example(3), speech.example(3), speech.example(4)
    assert np.array_equal(one.samples, again.samples)
    assert np.array_equal(one.features, again.features)
    assert not np.array_equal(one.samples, other.samples)
    assert np.allclose(one.features[:, SHAPE_COLUMNS].sum(1), 1)


def test_truth_speaks_where_the_sound_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "augmented", lambda samples, draw: samples)
    found = [speech.example(number) for number in range(6)]
    loud = np.concatenate([loudness_of(one.samples) for one in found])
    said = np.concatenate([one.features[:, SPEECH_COLUMN] for one in found])
    assert np.corrcoef(loud, said)[0, 1] > 0.6


def test_a_small_encoder_learns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "batch", _kept(speech.batch(0)))
    trainer = speech.build_trainer(SpeechConfig(mels=32, width=32, dilations=(1, 2)))
    losses = [trainer.step(number)["loss"] for number in range(60)]
    assert losses[-1] < 0.85 * losses[0]


def _kept(value: object) -> object:
    return lambda number: value
