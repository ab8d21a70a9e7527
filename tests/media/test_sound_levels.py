"""Loudness by the standard's own test sounds, and music under speech."""

import numpy as np
import pytest

from dramatis.clock import Span
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_levels import fitted, loudness, under_speech

RATE = 48000


def tone(seconds: float, decibels: float, channels: int = 2, hertz: float = 997.0) -> Waveform:
    wave = 10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)
    return Waveform(np.repeat(wave[:, None], channels, axis=1).astype(np.float32), RATE)


def level(sound: Waveform, start: float, end: float) -> float:
    part = sound.samples[round(start * sound.rate) : round(end * sound.rate)]
    return 10 * float(np.log10(np.mean(part.astype(np.float64) ** 2) + 1e-12))


def test_loudness_is_that_of_the_standard() -> None:
    assert loudness(tone(3, -23.0)) == pytest.approx(-23.0, abs=0.1)  # EBU Tech 3341, case 1
    assert loudness(tone(3, 0.0, channels=1)) == pytest.approx(-3.01, abs=0.1)
    quiet = Waveform(np.concatenate([tone(2, -36.0).samples, tone(24, -23.0).samples, tone(2, -36.0).samples]), RATE)
    assert loudness(quiet) == pytest.approx(-23.0, abs=0.1)  # case 3: the quiet parts do not count
    assert loudness(Waveform(np.zeros((RATE, 2), np.float32), RATE)) == float("-inf")


@pytest.mark.parametrize("seconds", [2.0, 7.3])
def test_music_is_looped_or_cut_to_the_film_and_fades_at_both_ends(seconds: float) -> None:
    music = fitted(tone(3, -12.0, hertz=440), seconds)
    assert len(music.samples) == round(seconds * RATE)
    assert np.abs(music.samples[:20]).max() < 0.01
    assert np.abs(music.samples[-20:]).max() < 0.01
    if seconds > 3:  # where it is looped it is neither silent nor twice as loud
        assert all(-18 < level(music, at, at + 0.1) < -11 for at in np.arange(0.5, seconds - 2.2, 0.1))


def test_music_is_ducked_while_somebody_speaks_and_raised_in_pauses() -> None:
    spoken = (Span(1.0, 3.0), Span(3.4, 4.0), Span(8.0, 10.0))
    voices = Waveform(tone(12, -20.0).samples.copy(), RATE)
    for start, end in ((0.0, 1.0), (3.0, 3.4), (4.0, 8.0), (10.0, 12.0)):
        voices.samples[round(start * RATE) : round(end * RATE)] = 0
    music = under_speech(tone(12, -9.0), voices, spoken)
    for start, end in ((1.05, 4.0), (8.05, 10.0)):  # within 0.2 s of the first sound, and in the short pause, too
        assert all(level(music, at, at + 0.1) == pytest.approx(-20 - 3 - 18, abs=1.2) for at in np.arange(start, end - 0.1, 0.1))
    assert level(music, 6.0, 7.5) == pytest.approx(-20 - 3 - 10, abs=1.2)
    assert np.abs(np.diff(music.samples[:, 0])).max() < 0.02  # no click


def test_music_without_a_voice_is_heard() -> None:
    silence = Waveform(np.zeros((3 * RATE, 2), np.float32), RATE)
    assert loudness(under_speech(tone(3, -3.0), silence, ())) == pytest.approx(-20.0, abs=0.2)
