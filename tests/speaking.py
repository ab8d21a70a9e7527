"""A voice for tests: the example's, without its pauses, so that it speaks whenever a test wants; and music."""

import functools
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

EXAMPLE = Path(__file__).parents[1] / "examples" / "mira.flac"
RATE = 16_000
_PART = RATE // 50  # samples of 20 ms
_QUIET = 0.05  # of the loudest part

Sound = NDArray[np.float32]


@functools.cache
def _endless() -> Sound:
    samples, rate = soundfile.read(EXAMPLE, dtype="float32")
    samples = soxr.resample(samples, rate, RATE)
    parts = samples[: len(samples) // _PART * _PART].reshape(-1, _PART)
    loud = np.sqrt((parts**2).mean(1))
    return np.asarray(parts[loud > _QUIET * loud.max()].reshape(-1), np.float32)


def talk(seconds: float, spoken: tuple[tuple[float, float], ...] = (), rate: int = RATE) -> Sound:
    """`N` samples: somebody speaks without a pause in these spans of seconds (none: all the time), and is silent elsewhere."""
    count = round(seconds * RATE)
    sound = np.resize(_endless(), count)
    if spoken:
        times = np.arange(count) / RATE
        sound = sound * np.max([np.clip(np.minimum(times - start, end - times) / 0.02, 0, 1) for start, end in spoken], axis=0)
    return np.asarray(sound if rate == RATE else soxr.resample(sound, RATE, rate), np.float32)


def chords(seconds: float, seed: int = 0) -> Sound:
    """`N` samples of an organ that plays a chord for each second: music in which nobody sings."""
    draw = np.random.default_rng(seed)
    times = np.arange(round(seconds * RATE)) / RATE
    sound = np.zeros(len(times))
    for second in range(int(np.ceil(seconds))):
        here = (times >= second) & (times < second + 1)
        held = np.clip(np.minimum(times[here] - second, second + 1 - times[here]) / 0.05, 0, 1)
        root = int(draw.integers(45, 57))
        for note in (root, root + 4, root + 7, root + 12):
            for harmonic in (1, 2, 3, 4, 6):
                turn = 2 * np.pi * harmonic * 440 * 2 ** ((note - 69) / 12) * times[here]
                sound[here] += held * np.sin(turn) / harmonic
    return (0.1 * sound / max(1e-9, float(sound.std()))).astype(np.float32)
