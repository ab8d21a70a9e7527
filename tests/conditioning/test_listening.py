"""What is heard in a whole voice: speech and silence, loudness, pitch, phrases, stress."""

import numpy as np
import pytest

from dramatis.conditioning.hearing import Hearing, listen, pieces
from dramatis.media.sound import Waveform

Bursts = tuple[tuple[float, float], ...]


def voice(bursts: Bursts, seconds: float, rate: int = 16_000, noise: float = 0.0, pitch: float = 160.0) -> Waveform:
    """A buzz like a vowel during the bursts, noise everywhere."""
    times = np.arange(int(seconds * rate)) / rate
    buzz = sum(np.sin(2 * np.pi * pitch * k * times) / k for k in range(1, 20) if pitch * k < rate / 2.2)
    on = np.zeros(len(times))
    for start, end in bursts:
        on += np.clip(np.minimum(times - start, end - times) / 0.02, 0, 1)
    hiss = noise * np.random.default_rng(1).normal(size=len(times))
    return Waveform((0.15 * buzz * on + hiss).astype(np.float32)[:, None], rate)


def near(hearing: Hearing, at: float) -> bool:
    return bool(hearing.speech[round(at * 100)])


BURSTS = ((1.0, 1.4), (2.2, 3.0))


@pytest.mark.parametrize(("rate", "noise"), [(8_000, 0.0), (16_000, 0.003), (44_100, 0.003), (48_000, 0.0)])
def test_speech_is_where_the_sound_is(rate: int, noise: float) -> None:
    hearing = listen(voice(BURSTS, 4.0, rate, noise))
    assert len(hearing.speech) == 401
    assert [near(hearing, at) for at in (0.5, 1.2, 1.8, 2.6, 3.5)] == [False, True, False, True, False]
    starts = [(phrase.start, phrase.end) for phrase in hearing.phrases]
    assert np.allclose(starts, BURSTS, atol=0.06)


def test_noise_under_the_voice_is_not_speech() -> None:
    """A track that is exactly silent at first, then noisy, with a voice 14 dB above the noise."""
    track = voice(BURSTS, 6.0, noise=0.03)
    samples = track.samples.copy()
    samples[: 16_000 // 2] = 0
    hearing = listen(Waveform(samples, 16_000))
    assert near(hearing, 2.6)
    assert hearing.speech[350:].mean() < 0.02
    assert not hearing.speech[:80].any()


def test_a_breath_is_no_speech() -> None:
    track = voice(((1.0, 2.0),), 3.0, noise=0.0)
    samples = track.samples.copy()
    samples[36_000:42_000, 0] += 0.01 * np.random.default_rng(0).normal(size=6_000)
    hearing = listen(Waveform(samples, 16_000))
    assert near(hearing, 1.5)
    assert not near(hearing, 2.45)


def test_silence_has_no_loudness_no_phrase_no_stress() -> None:
    hearing = listen(Waveform(np.zeros((16_000, 2), np.float32), 16_000))
    assert not hearing.loudness.any()
    assert not hearing.pitch.any()
    assert (hearing.phrases, hearing.stress, pieces(hearing)) == ((), (), [])


def test_loudness_does_not_depend_on_the_gain_but_follows_the_syllables() -> None:
    track = voice(((0.5, 0.7), (0.9, 1.1), (1.5, 2.0)), 2.5)
    soft = listen(Waveform(track.samples * np.float32(0.2), track.rate)).loudness
    loud = listen(track).loudness
    assert np.abs(soft - loud).max() < 0.1
    assert loud[60] > 0.8
    assert loud[80] < 0.5
    assert 0 <= loud.min() <= loud.max() <= 1


@pytest.mark.parametrize("hertz", [90.0, 210.0, 430.0])
def test_pitch_is_found_where_there_is_a_voice(hertz: float) -> None:
    hearing = listen(voice(((0.5, 1.5),), 2.0, pitch=hertz))
    assert np.median(hearing.pitch[60:140]) == pytest.approx(hertz, rel=0.02)
    assert not hearing.pitch[:40].any()


def test_the_loud_and_high_syllable_is_stressed() -> None:
    times = np.arange(32_000) / 16_000
    strength = 0.03 + 0.3 * np.exp(-(((times - 1.0) / 0.08) ** 2)) + 0.05 * np.exp(-(((times - 1.6) / 0.08) ** 2))
    buzz = sum(np.sin(2 * np.pi * 150 * k * times) / k for k in range(1, 15))
    stress = listen(Waveform((strength * buzz).astype(np.float32)[:, None], 16_000)).stress
    assert max(stress, key=lambda beat: beat[1])[0] == pytest.approx(1.0, abs=0.05)
    assert all(0 <= strength <= 1 for _, strength in stress)


def test_pieces_hold_all_speech_and_are_short() -> None:
    hearing = listen(voice(((0.5, 4.0), (4.6, 7.0), (8.0, 26.0)), 27.0))
    found = pieces(hearing)
    covered = np.zeros(len(hearing.speech), int)
    for start, end in found:
        assert 0 < end - start <= 940
        covered[start:end] += 1
    assert covered.max() == 1
    assert covered[hearing.speech].all()


@pytest.mark.parametrize("samples", [0, 1, 159, 161, 4_801])
def test_odd_and_tiny_lengths_are_heard(samples: int) -> None:
    hearing = listen(Waveform(np.full((samples, 1), 0.1, np.float32), 16_000))
    assert len(hearing.loudness) == len(hearing.speech) == len(hearing.pitch) == samples // 160 + 1
