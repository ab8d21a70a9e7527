"""Spectral analysis of a voice at 100 Hz: band energies and pitch every 10 ms, in numpy.

Frames lie at `i / RATE` seconds, centred; five minutes take about a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.media.sound import Waveform

RATE = 100
"""Frames of analysis a second, Hz."""
SAMPLE_RATE = 16_000
"""Sample rate of the analysis, Hz."""
HOP = SAMPLE_RATE // RATE
BANDS = ((150, 450), (450, 800), (800, 1250), (1250, 1800), (1800, 3000), (3000, 4500), (4500, 7500))
"""Hz; the first five carry the syllables, the last two the hiss."""
_WINDOW, _PITCH_WINDOW, _CHUNK = 512, 512, 2048
_PITCH_RATE = SAMPLE_RATE // 2
_LOWEST, _HIGHEST = 65.0, 700.0  # Hz of pitch

Signal = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Spectrum:
    """`power` is `T bands`, mean square amplitude in each of `BANDS`; `T = samples // HOP + 1`."""

    power: Signal

    @property
    def frames(self) -> int:
        """T."""
        return len(self.power)

    @property
    def level(self) -> Signal:
        """`T`, dB, at least -120: all bands, the lowest (where music and rooms hum) with a tenth of its power."""
        weights = np.array([0.1, 1, 1, 1, 1, 1, 1], np.float32)
        return (10 * np.log10(self.power @ weights + 1e-12)).astype(np.float32)


def at_sample_rate(voice: Waveform) -> Signal:
    """Mono samples at `SAMPLE_RATE`; not-a-number counts as silence."""
    samples = np.nan_to_num(voice.mono, posinf=0.0, neginf=0.0)
    if voice.rate == SAMPLE_RATE or not len(samples):
        return samples.astype(np.float32)
    import soxr

    return np.asarray(soxr.resample(samples, voice.rate, SAMPLE_RATE), np.float32)


def spectrum(samples: Signal) -> Spectrum:
    """Band energies of mono sound at `SAMPLE_RATE`."""
    window = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
    frequencies = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
    edges = np.searchsorted(frequencies, [low for low, _ in BANDS] + [BANDS[-1][1]])
    scale = 2 / (_WINDOW * float((window**2).sum()))
    rows = [np.empty((0, len(BANDS)), np.float32)]
    for _, frames in _frames(samples, _WINDOW):
        power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
        rows.append((np.add.reduceat(power[:, : edges[-1]], edges[:-1], axis=1) * scale).astype(np.float32))
    return Spectrum(np.concatenate(rows))


def pitch(samples: Signal, wanted: NDArray[np.bool_]) -> Signal:
    """`T`, Hz, 0 where unvoiced or not `wanted` (`T` bool): the first strong peak of the normalised autocorrelation.

    Heard at half the sample rate and for every other frame, which is four times cheaper and as good.
    """
    half = samples[: len(samples) // 2 * 2].reshape(-1, 2).mean(axis=1)
    window = np.hanning(_PITCH_WINDOW + 1)[:-1].astype(np.float32)
    shape = _autocorrelation(window[None])[0]
    found = np.zeros((len(wanted) + 1) // 2, np.float32)
    for first, frames in _frames(half, _PITCH_WINDOW):
        mask = wanted[::2][first : first + len(frames)]
        if mask.any():
            found[first : first + len(mask)][mask] = _pitch_of(frames[: len(mask)][mask] * window, shape)
    return np.where(wanted, np.repeat(_median3(found), 2)[: len(wanted)], 0).astype(np.float32)


def smooth(values: Signal, sigma: float) -> Signal:
    """Gaussian smoothing over the first axis, `sigma` in frames, zeros beyond the ends, no lag."""
    reach = int(np.ceil(3.5 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel = (kernel / kernel.sum()).astype(np.float32)
    padded = np.pad(values, [(reach, reach)] + [(0, 0)] * (values.ndim - 1))
    return np.asarray(sum(weight * padded[k : k + len(values)] for k, weight in enumerate(kernel)), np.float32)


def _frames(samples: Signal, window: int) -> Iterator[tuple[int, Signal]]:
    """Centred frames, in chunks: (number of the first, `n window`)."""
    total = len(samples) // HOP + 1
    padded = np.pad(samples, (window // 2, window // 2 + HOP))
    strided = np.lib.stride_tricks.sliding_window_view(padded, window)[::HOP][:total]
    for first in range(0, total, _CHUNK):
        yield first, strided[first : first + _CHUNK]


def _autocorrelation(frames: Signal) -> Signal:
    transformed = np.fft.rfft(frames, 2 * _PITCH_WINDOW, axis=1)
    return np.fft.irfft(np.abs(transformed) ** 2, axis=1)[:, : _PITCH_WINDOW // 2].astype(np.float32)


def _pitch_of(frames: Signal, shape: Signal) -> Signal:
    """Pitch of windowed frames; the window's own autocorrelation is divided out (Boersma 1993)."""
    raw = _autocorrelation(frames - frames.mean(axis=1, keepdims=True))
    curve = raw / np.maximum(raw[:, :1], 1e-9) / (shape / shape[0])
    low, high = int(_PITCH_RATE / _HIGHEST), int(_PITCH_RATE / _LOWEST)
    inner = curve[:, low : high + 1]
    peak = (inner >= curve[:, low - 1 : high]) & (inner > curve[:, low + 1 : high + 2])
    heights = np.where(peak, inner, 0)
    best = heights.max(axis=1)
    lag = np.argmax(heights >= 0.88 * best[:, None], axis=1) + low
    rows = np.arange(len(curve))
    before, at, after = curve[rows, lag - 1], curve[rows, lag], curve[rows, lag + 1]
    fraction = np.clip(0.5 * (before - after) / np.minimum(before - 2 * at + after, -1e-6), -0.5, 0.5)
    return np.where(best > 0.5, _PITCH_RATE / (lag + fraction), 0).astype(np.float32)


def _median3(values: Signal) -> Signal:
    """Removes lone octave jumps."""
    padded = np.pad(values, 1, mode="edge")
    return np.median(np.lib.stride_tricks.sliding_window_view(padded, 3), axis=1).astype(np.float32)
