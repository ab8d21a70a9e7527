"""Singing from spoken lines: the vocal tract filter of the speech, excited at the notes of a tune, with long vowels.

Linear prediction separates the filter from its excitation (Atal and Hanauer 1971). Phone times stay exact. It sounds like a
voice, while `singing`, which has only formants, sounds like an instrument.
"""

import numpy as np
from numpy.typing import NDArray

from dramatis.media.sound import Waveform
from dramatis.speech.mouthshapes import SAMPLE_RATE, Phone, atoms
from dramatis.speech.spectrum import RATE, pitch
from dramatis.stage.sound import voices
from dramatis.stage.sound.voices import SPLITS, Split, VoiceLine

_ORDER, _WINDOW = 18, 400
_HOP = 80  # samples, 5 ms
_VOWELS = frozenset("aeiouɔæɑəɪʊɛʌɜɐyøœɯɨɒɚɝɤɵ")
_SCALE = (0, 2, 4, 5, 7, 9, 11, 12)
_EMPHASIS = 0.9
_Wave = NDArray[np.float64]


def line(index: int, split: Split) -> VoiceLine:
    """The sung line of a number; raises `VoiceError` without the synthesiser."""
    spoken = voices.line(index, split)
    draw = np.random.default_rng([SPLITS.index(split), index, 31])
    base = draw.uniform(47, 56) if spoken.speaker.kind == "man" else draw.uniform(57, 69)
    sound, phones = sung(spoken.sound.mono, spoken.phones, float(base), draw)
    return VoiceLine(
        f"held {split}/{index}", Waveform(sound[:, None], SAMPLE_RATE), phones, spoken.speaker, spoken.language, spoken.text
    )


def sung(
    samples: NDArray[np.float32], phones: tuple[Phone, ...], base: float, draw: np.random.Generator
) -> tuple[NDArray[np.float32], tuple[Phone, ...]]:
    """Speech at 16 kHz, sung from the note `base` upwards; vowels last one and a half to four times as long."""
    at, notes, later = _tune(phones, len(samples) / SAMPLE_RATE, draw)
    times = np.arange(len(at)) * _HOP / SAMPLE_RATE
    steady = np.convolve(np.abs(np.diff(notes, prepend=notes[0])) < 0.01, np.ones(60) / 60, mode="same")
    notes = base + notes + draw.uniform(0.05, 0.5) * np.sin(2 * np.pi * draw.uniform(4.8, 6.5) * times) * steady
    excited = _excitation(samples, at, 440 * 2 ** ((notes - 69) / 12), draw)
    sound = _through_tract(samples, at, excited)
    return (0.5 * sound / max(1e-9, float(np.abs(sound).max()))).astype(np.float32), later


def _tune(phones: tuple[Phone, ...], seconds: float, draw: np.random.Generator) -> tuple[_Wave, _Wave, tuple[Phone, ...]]:
    """For every 5 ms of the song the instant of the speech, and semitones above the lowest note; the phones' new times."""
    parts, last = list[tuple[str, float, float]](), 0.0
    for label, start, end in phones:
        parts += [("", last, start)] if start > last else []
        parts.append((label, start, end))
        last = max(last, end)
    at, notes, later = list[float](), list[float](), list[Phone]()
    degree = int(draw.integers(len(_SCALE)))
    for label, start, end in [*parts, ("", last, seconds)]:
        vowel = any(letter in _VOWELS for letter in atoms(label))
        degree = int(np.clip(degree + draw.integers(-2, 3), 0, len(_SCALE) - 1)) if vowel else degree
        slower = draw.uniform(1.5, 4.0) if vowel else 1.15
        count = max(1, round((end - start) * slower * SAMPLE_RATE / _HOP))
        later += [(label, len(at) * _HOP / SAMPLE_RATE, (len(at) + count) * _HOP / SAMPLE_RATE)] if label else []
        at += np.linspace(start, end, count, endpoint=False).tolist()
        notes += [float(_SCALE[degree])] * count
    glide = np.hanning(27)[1:-1]
    return np.array(at), np.convolve(np.pad(notes, 12, mode="edge"), glide / glide.sum(), mode="valid"), tuple(later)


def _excitation(samples: NDArray[np.float32], at: _Wave, hertz: _Wave, draw: np.random.Generator) -> _Wave:
    """Pulses at the pitch where the speech is voiced, noise where it is not."""
    heard = pitch(samples, np.ones(len(samples) * RATE // SAMPLE_RATE + 1, np.bool_)) > 0
    voiced = np.convolve(heard, np.ones(3) / 3, mode="same")[np.minimum((at * RATE).astype(int), len(heard) - 1)]
    fine = np.repeat(hertz, _HOP)
    pulses = np.flatnonzero(np.diff(np.floor(np.cumsum(fine) / SAMPLE_RATE), prepend=0) > 0)
    train = np.zeros(len(fine))
    train[pulses] = np.sqrt(SAMPLE_RATE / fine[pulses])
    share = np.repeat(voiced, _HOP)
    return share * train + (1 - 0.96 * share) * 0.9 * draw.normal(size=len(fine))


def _through_tract(samples: NDArray[np.float32], at: _Wave, excited: _Wave) -> _Wave:
    """The excitation through the all-pole filter of each instant."""
    bright = np.pad(np.append(samples[:1], samples[1:] - _EMPHASIS * samples[:-1]), _WINDOW).astype(np.float64)
    window, past, sound = np.hanning(_WINDOW), np.zeros(_ORDER), np.empty(len(excited))
    slow = 0.0
    for number, instant in enumerate(at):
        middle = round(instant * SAMPLE_RATE) + _WINDOW
        taps, gain = _predictor(bright[middle - _WINDOW // 2 : middle + _WINDOW // 2] * window)
        for place in range(number * _HOP, (number + 1) * _HOP):
            value = gain * excited[place] - float(taps @ past)
            past[1:] = past[:-1]
            past[0] = value
            slow = value + _EMPHASIS * slow
            sound[place] = slow
    return sound


def _predictor(frame: _Wave) -> tuple[_Wave, float]:
    """The coefficients of the all-pole filter of a frame, and the gain of its excitation (Levinson and Durbin)."""
    alike = np.fft.irfft(np.abs(np.fft.rfft(frame, 2 * _WINDOW)) ** 2)[: _ORDER + 1]
    alike[0] = 1.0005 * alike[0] + 1e-9
    taps, error = np.zeros(_ORDER + 1), float(alike[0])
    taps[0] = 1.0
    for order in range(1, _ORDER + 1):
        reflection = -float(taps[:order] @ alike[order:0:-1]) / error
        taps[1 : order + 1] += reflection * taps[order - 1 :: -1][:order]
        error = max(1e-9, error * (1 - reflection**2))
    return taps[1:], float(np.sqrt(error / _WINDOW))
