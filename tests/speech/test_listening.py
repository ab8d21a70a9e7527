"""What is heard in a whole voice: speech and silence, loudness, pitch, phrases, stress."""

import numpy as np
import pytest

from dramatis.media.sound import Waveform
from dramatis.speech.analysis import VoiceAnalysis, analyse, pieces
from dramatis.speech.spectrum import pitch
from tests.speaking import chords, talk

Bursts = tuple[tuple[float, float], ...]


def voice(bursts: Bursts, seconds: float, rate: int = 16_000, noise: float = 0.0) -> Waveform:
    """Somebody speaks during the bursts; noise everywhere."""
    hiss = noise * np.random.default_rng(1).normal(size=round(seconds * rate))
    return Waveform((talk(seconds, bursts, rate)[: len(hiss)] + hiss).astype(np.float32)[:, None], rate)


def near(analysis: VoiceAnalysis, at: float) -> bool:
    return bool(analysis.speech[round(at * 100)])


BURSTS = ((1.0, 1.4), (2.2, 3.0))


@pytest.mark.parametrize(("rate", "noise"), [(8_000, 0.0), (16_000, 0.003), (44_100, 0.003), (48_000, 0.0)])
def test_speech_is_where_the_sound_is(rate: int, noise: float) -> None:
    analysis = analyse(voice(BURSTS, 4.0, rate, noise))
    assert len(analysis.speech) == 401
    assert [near(analysis, at) for at in (0.5, 1.2, 1.8, 2.6, 3.5)] == [False, True, False, True, False]
    starts = [(phrase.start, phrase.end) for phrase in analysis.phrases]
    assert np.allclose(starts, BURSTS, atol=0.06)


def test_noise_under_the_voice_is_not_speech() -> None:
    """A track that is exactly silent at first, then noisy, with a voice 14 dB above the noise."""
    track = voice(BURSTS, 6.0, noise=0.03)
    samples = track.samples.copy()
    samples[: 16_000 // 2] = 0
    analysis = analyse(Waveform(samples, 16_000))
    assert near(analysis, 2.6)
    assert analysis.speech[350:].mean() < 0.02
    assert not analysis.speech[:80].any()


def test_a_breath_is_no_speech() -> None:
    track = voice(((1.0, 2.0),), 3.0, noise=0.0)
    samples = track.samples.copy()
    samples[36_000:42_000, 0] += 0.01 * np.random.default_rng(0).normal(size=6_000)
    analysis = analyse(Waveform(samples, 16_000))
    assert near(analysis, 1.5)
    assert not near(analysis, 2.45)


def test_silence_has_no_loudness_no_phrase_no_stress() -> None:
    analysis = analyse(Waveform(np.zeros((16_000, 2), np.float32), 16_000))
    assert not analysis.loudness.any()
    assert not analysis.pitch.any()
    assert (analysis.phrases, analysis.stress, pieces(analysis)) == ((), (), [])


def test_loudness_does_not_depend_on_the_gain_but_follows_the_syllables() -> None:
    track = voice(((0.5, 0.9), (1.2, 1.5), (2.0, 2.6)), 3.2)
    soft = analyse(Waveform(track.samples * np.float32(0.2), track.rate)).loudness
    loud = analyse(track).loudness
    assert np.abs(soft - loud).max() < 0.1
    assert loud[50:90].max() > 0.7
    assert loud[100:112].max() < 0.2
    assert 0 <= loud.min() <= loud.max() <= 1


@pytest.mark.parametrize("hertz", [90.0, 210.0, 430.0])
def test_the_pitch_of_a_tone_is_found(hertz: float) -> None:
    times = np.arange(16_000) / 16_000
    tone = sum(np.sin(2 * np.pi * hertz * k * times) / k for k in range(1, 20) if hertz * k < 7_000)
    found = pitch(np.asarray(0.15 * tone, np.float32), np.arange(101) >= 50)
    assert np.median(found[55:95]) == pytest.approx(hertz, rel=0.02)
    assert not found[:50].any()


def test_the_loud_syllable_is_stressed() -> None:
    times = np.arange(32_000) / 16_000
    strength = 0.15 + 2.0 * np.exp(-(((times - 1.0) / 0.08) ** 2)) + 0.2 * np.exp(-(((times - 1.6) / 0.08) ** 2))
    stress = analyse(Waveform((strength * talk(2.0)).astype(np.float32)[:, None], 16_000)).stress
    assert max(stress, key=lambda beat: beat[1])[0] == pytest.approx(1.0, abs=0.05)
    assert all(0 <= strength <= 1 for _, strength in stress)


def test_pieces_hold_all_speech_and_are_short() -> None:
    analysis = analyse(voice(((0.5, 4.0), (4.6, 7.0), (8.0, 26.0)), 27.0))
    found = pieces(analysis)
    covered = np.zeros(len(analysis.speech), int)
    for start, end in found:
        assert 0 < end - start <= 940
        covered[start:end] += 1
    assert covered.max() == 1
    assert covered[analysis.speech].all()


@pytest.mark.parametrize("samples", [0, 1, 159, 161, 4_801])
def test_odd_and_tiny_lengths_are_heard(samples: int) -> None:
    analysis = analyse(Waveform(np.full((samples, 1), 0.1, np.float32), 16_000))
    assert len(analysis.loudness) == len(analysis.speech) == len(analysis.pitch) == samples // 160 + 1


def over(sound: np.ndarray, music: np.ndarray, decibels: float) -> Waveform:
    """A voice so much louder than the music under it."""
    scale = float(sound[sound != 0].std()) / float(music.std()) * 10 ** (-decibels / 20)
    return Waveform((0.5 * (sound + scale * music)).astype(np.float32)[:, None], 16_000)


def sounds_without_a_voice() -> dict[str, np.ndarray]:
    draw = np.random.default_rng(3)
    hiss, times = 0.1 * draw.normal(size=64_000), np.arange(64_000) / 16_000
    claps = np.zeros(64_000)
    for at in draw.integers(0, 63_000, 160):
        claps[at : at + 300] += draw.uniform(0.1, 0.5) * draw.normal(size=300) * np.exp(-np.arange(300) / 60)
    breaths = np.convolve(hiss, np.ones(4) / 4, mode="same") * np.maximum(0, np.sin(2 * np.pi * 0.5 * times)) ** 4
    return {"chords": chords(4.0), "hiss": hiss, "applause": claps, "breaths": breaths}


@pytest.mark.parametrize("name", sounds_without_a_voice())
def test_what_is_no_voice_is_not_heard_as_one(name: str) -> None:
    analysis = analyse(Waveform(sounds_without_a_voice()[name].astype(np.float32)[:, None], 16_000))
    assert not analysis.speech.any()
    assert not analysis.loudness.any()
    assert (analysis.phrases, analysis.stress) == ((), ())


def test_music_before_a_voice_is_not_heard_as_one() -> None:
    sound = over(talk(6.0, ((3.0, 5.5),)), chords(6.0), 8)
    analysis = analyse(sound)
    assert analysis.speech[:280].mean() < 0.02
    assert analysis.speech[310:540].mean() > 0.75
    assert analysis.music[:280].mean() > 0.5


@pytest.mark.parametrize(("decibels", "least"), [(10, 0.9), (5, 0.85), (0, 0.75)])
def test_loudness_over_music_is_that_of_the_voice(decibels: float, least: float) -> None:
    sound = talk(6.0, ((1.0, 3.0), (4.0, 5.5)))
    clean = analyse(Waveform(sound[:, None], 16_000))
    mixed = analyse(over(sound, chords(6.0), decibels))
    assert np.corrcoef(clean.loudness, mixed.loudness)[0, 1] > least
    assert mixed.loudness[330:370].max() < 0.05


def test_a_clean_voice_stays_as_it_is() -> None:
    sound = talk(4.0, ((0.5, 2.0), (2.6, 3.5)))
    assert np.array_equal(analyse(Waveform(sound[:, None], 16_000)).samples, sound)
