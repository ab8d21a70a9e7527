"""Augmentation of voices: rooms, microphones, telephones, codecs, noise, music.

All of it is synthetic, cheap (some milliseconds for three seconds of sound) and drawn from the generator that is given.
Sound is mono at 16 kHz, float32.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
Draw = np.random.Generator

_RATE = 16_000


def augmented(sound: Sound, draw: Draw) -> Sound:
    """A recording of the sound, `N` as before: through a room and a channel, with noise, at another level."""
    steps: tuple[tuple[float, Callable[[Sound, Draw], Sound]], ...] = (
        (0.4, in_room), (0.8, coloured), (0.3, narrowed), (0.65, noisy), (0.12, with_music), (0.15, coded),
    )  # fmt: skip
    for share, step in steps:
        if draw.random() < share:
            sound = step(sound, draw)
    louder = sound * np.float32(10 ** (draw.uniform(-8, 6) / 20))
    return np.clip(louder, -1, 1).astype(np.float32)


def in_room(sound: Sound, draw: Draw) -> Sound:
    """With the reverberation of a room: early reflections and a tail that dies away within 0.1 to 0.7 s."""
    decay, amount = draw.uniform(0.1, 0.7), draw.uniform(0.05, 0.5)
    times = np.arange(int(decay * _RATE)) / _RATE
    tail = draw.normal(size=len(times)) * 10 ** (-3 * times / decay)
    tail[: int(draw.uniform(0.001, 0.008) * _RATE)] = 0
    for reflection in draw.uniform(0.002, 0.04, 6):
        tail[int(reflection * _RATE)] += draw.normal() * 6
    tail *= amount / np.sqrt((tail**2).sum() + 1e-9)
    tail[0] = 1.0
    return _filtered(sound, np.fft.rfft(tail, _length(len(sound) + len(tail))))


def coloured(sound: Sound, draw: Draw) -> Sound:
    """Equalisation like that of a microphone and a distance: each octave some decibels up or down."""
    size = _length(len(sound) + 512)
    octaves = np.log2(np.maximum(np.fft.rfftfreq(size, 1 / _RATE), 30) / 60)
    curve = np.interp(octaves, np.arange(8), np.cumsum(draw.normal(0, 3.0, 8)))
    return _filtered(sound, 10 ** ((curve - curve.mean()) / 20))


def narrowed(sound: Sound, draw: Draw) -> Sound:
    """Telephone band (300 to 3,400 Hz), or a low-pass filter (2.5 to 7 kHz)."""
    low, high = (300.0, 3400.0) if draw.random() < 0.4 else (draw.uniform(20, 200), draw.uniform(2500, 7000))
    size = _length(len(sound) + 512)
    frequencies = np.fft.rfftfreq(size, 1 / _RATE) + 1e-3
    return _filtered(sound, 1 / np.sqrt(1 + (low / frequencies) ** 6) / np.sqrt(1 + (frequencies / high) ** 10))


def noisy(sound: Sound, draw: Draw) -> Sound:
    """With steady or swelling noise of some colour, 3 to 40 dB below the voice; sometimes a hum."""
    size = _length(len(sound))
    spectrum = np.fft.rfft(draw.normal(size=size))
    spectrum *= np.maximum(np.fft.rfftfreq(size, 1 / _RATE), 40.0) ** draw.uniform(-1.2, 0.3)
    noise = np.fft.irfft(spectrum)[: len(sound)]
    times = np.arange(len(sound)) / _RATE
    noise *= 1 + draw.uniform(0, 0.8) * np.sin(2 * np.pi * (draw.uniform(0.2, 3) * times + draw.random()))
    if draw.random() < 0.2:
        noise += 2 * noise.std() * np.sin(2 * np.pi * draw.choice([50, 60, 100, 120]) * times)
    return _under(sound, noise, draw.uniform(3, 40))


def with_music(sound: Sound, draw: Draw) -> Sound:
    """With tones under it, like a simple accompaniment: chords of decaying notes, 3 to 25 dB below the voice."""
    music = np.zeros(len(sound))
    beat = int(draw.uniform(0.2, 0.6) * _RATE)
    for start in range(0, len(sound), beat):
        times = np.arange(min(2 * beat, len(sound) - start)) / _RATE
        fade = np.exp(-times * draw.uniform(1, 8))
        for note in draw.integers(36, 80, draw.integers(1, 4)):
            turn = 2 * np.pi * 440 * 2 ** ((note - 69) / 12) * times
            music[start : start + len(times)] += fade * (np.sin(turn) + draw.uniform(0, 0.7) * np.sin(2 * turn))
    return _under(sound, music, draw.uniform(3, 25))


def coded(sound: Sound, draw: Draw) -> Sound:
    """Coarse quantisation: logarithmic steps, five to eight bits."""
    steps = 2 ** draw.integers(4, 8)
    packed = np.sign(sound) * np.log1p(255 * np.abs(np.clip(sound, -1, 1))) / np.log(256)
    held = np.round(packed * steps) / steps
    return (np.sign(held) * (256 ** np.abs(held) - 1) / 255).astype(np.float32)


def _under(sound: Sound, other: NDArray[np.float64], decibels: float) -> Sound:
    """Another sound below this one."""
    loud = float(np.sqrt(np.percentile(sound.astype(np.float64) ** 2, 90) + 1e-8))
    scale = loud * 10 ** (-decibels / 20) / (float(other.std()) + 1e-9)
    return (sound + scale * other).astype(np.float32)


def _filtered(sound: Sound, response: NDArray[np.complex128] | NDArray[np.float64]) -> Sound:
    size = 2 * (len(response) - 1)
    return np.fft.irfft(np.fft.rfft(sound, size) * response, size)[: len(sound)].astype(np.float32)


def _length(samples: int) -> int:
    """A length that is quick to transform, and even."""
    return -(-samples // 4096) * 4096
