"""What is heard in sounds that are made on the spot, and in speech where samples lie beside the project."""

from pathlib import Path

import numpy as np
import pytest

from dramatis.evaluation.film import voice_curves
from dramatis.media.sound import Waveform

EXAMPLE = Path(__file__).parents[3] / "examples" / "mira.flac"


def buzz(loud: list[tuple[float, float]], seconds: float = 4.0, rate: int = 16000, floor: float = 0.0) -> Waveform:
    """A buzz of 140 Hz in the given spans, over noise."""
    times = np.arange(round(seconds * rate)) / rate
    voice = sum(np.sin(2 * np.pi * 140 * k * times) / k for k in range(1, 20))
    inside = np.any([(times >= a) & (times < b) for a, b in loud], axis=0) if loud else np.zeros(len(times), bool)
    sound = 0.2 * voice * inside + floor * np.random.default_rng(0).normal(size=len(times))
    return Waveform(sound.astype(np.float32)[:, None], rate)


@pytest.mark.parametrize("rate", [8000, 16000, 44100])
@pytest.mark.parametrize("floor", [0.0, 0.004])
def test_speech_is_found_where_it_is(rate: int, floor: float) -> None:
    heard = voice_curves.hear(buzz([(1.0, 1.8), (2.6, 3.2)], rate=rate, floor=floor))
    spans = [(a / voice_curves.HZ, b / voice_curves.HZ) for a, b in voice_curves.runs(heard.speech)]
    assert len(spans) == 2
    assert np.allclose(spans, [(1.0, 1.8), (2.6, 3.2)], atol=0.04)


def test_a_short_gap_belongs_to_speech_and_a_click_does_not() -> None:
    heard = voice_curves.hear(buzz([(1.0, 1.5), (1.58, 2.0), (3.0, 3.01)]))
    assert [(a, b) for a, b in voice_curves.runs(heard.speech)] == [(pytest.approx(100, abs=4), pytest.approx(200, abs=4))]


def test_digital_silence_has_neither_speech_nor_loudness_nor_closures() -> None:
    silence = buzz([])
    heard = voice_curves.hear(silence)
    assert not heard.speech.any()
    assert heard.loudness.max() == 0.0
    assert voice_curves.closures(silence) == ()
    assert voice_curves.phones(silence) == ()


def test_loudness_follows_syllables_without_delay_and_not_their_periods() -> None:
    rate = 16000
    times = np.arange(4 * rate) / rate
    syllables = 0.5 - 0.5 * np.cos(2 * np.pi * 3 * times)
    sound = 0.3 * syllables * np.sign(np.sin(2 * np.pi * 120 * times))
    loudness = voice_curves.hear(Waveform(sound.astype(np.float32)[:, None], rate)).loudness
    peaks = [k for k in range(1, len(loudness) - 1) if loudness[k - 1] < loudness[k] >= loudness[k + 1]]
    assert np.allclose(np.array(peaks) / voice_curves.HZ, (np.arange(len(peaks)) + 0.5) / 3, atol=0.02)
    assert len(peaks) == 12


def test_turning_the_volume_down_changes_nothing() -> None:
    loud = buzz([(1.0, 1.8), (2.6, 3.2)], floor=1e-4)
    soft = Waveform(loud.samples * np.float32(0.1), loud.rate)
    assert np.allclose(voice_curves.hear(loud).loudness, voice_curves.hear(soft).loudness, atol=0.02)
    assert (voice_curves.hear(loud).speech == voice_curves.hear(soft).speech).mean() > 0.98


def test_lips_that_must_close_are_heard_in_speech() -> None:
    from dramatis.media.sounds.sound_files import read_sound

    voice = read_sound(str(EXAMPLE))
    spans = voice_curves.closures(voice)
    speech = voice_curves.hear(voice).speech
    labels = [(label, span) for label, span in voice_curves.phones(voice) if label in voice_curves.BILABIAL]
    assert 3 <= len(spans) <= len(labels)
    assert all(
        0.01 <= span.seconds <= 0.5 and speech[int(span.start * 100) - 15 : int(span.end * 100) + 15].any() for span in spans
    )
