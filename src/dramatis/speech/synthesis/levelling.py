"""Spoken lines at one loudness (ITU-R BS.1770-4, EBU R128), with a limiter, and ends without clicks."""

import math

import numpy as np
from numpy.typing import NDArray

from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_levels import loudness

TARGET = -16.0
"""LUFS of a spoken line in a film, where it is in both channels."""
_BOTH = 10 * math.log10(2)  # dB by which a sound in both channels is louder than in one
_CEILING = 0.89  # -1 dB of full scale
_ROUNDS = 2  # of setting the level and limiting
_LOOK, _FADE = 0.005, 0.008  # seconds before a peak that a limiter acts; of a fade at each end

Samples = NDArray[np.float32]


def levelled(samples: Samples, rate: int, target: float = TARGET) -> Samples:
    """Mono sound that has a loudness in both channels, its peaks below -1 dB of full scale; what the limiter takes of a peaky
    voice is given back.
    """
    out = samples
    for _ in range(_ROUNDS):
        now = loudness(Waveform(out[:, None], rate)) + _BOTH
        if math.isinf(now):
            return samples
        out = limited((out * 10 ** ((target - now) / 20)).astype(np.float32), rate)
    return out


def limited(samples: Samples, rate: int) -> Samples:
    """Peaks above the ceiling are turned down, from a few milliseconds before to a few after."""
    if float(np.abs(samples).max(initial=0.0)) <= _CEILING:
        return samples
    reach = max(1, round(_LOOK * rate))
    wanted = np.minimum(1.0, _CEILING / np.maximum(np.abs(samples), 1e-9))
    padded = np.pad(wanted, 2 * reach, constant_values=1.0)
    lowest = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).min(axis=1)
    window = np.hanning(2 * reach + 3)[1:-1]
    gain = np.convolve(lowest, window / window.sum(), mode="valid")
    return (samples * gain).astype(np.float32)


def faded(samples: Samples, rate: int) -> Samples:
    """Ends that begin and end at zero."""
    count = min(len(samples) // 2, round(_FADE * rate))
    ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(count) / max(1, count))).astype(np.float32)
    out = samples.copy()
    out[:count] *= ramp
    out[len(out) - count :] *= ramp[::-1]
    return out
