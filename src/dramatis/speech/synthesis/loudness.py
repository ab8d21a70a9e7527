"""Loudness by ITU-R BS.1770-4 (EBU R128): measuring, levelling, a limiter, and ends without clicks."""

import math

import numpy as np
from numpy.typing import NDArray

TARGET = -16.0
"""LUFS of a spoken line."""
_CEILING = 0.89  # -1 dB of full scale
_BLOCK, _STEP = 0.4, 0.1  # seconds of a gating block, and between two
_ABSOLUTE, _RELATIVE = -70.0, -10.0  # LUFS, and LU below the mean: quieter blocks do not count
_LOOK, _FADE = 0.005, 0.008  # seconds before a peak that a limiter acts; of a fade at each end
_SHELF = (1681.974450955533, 3.999843853973347, 0.7071752369554196)  # Hz, dB, Q of the head's filter
_HIGH_PASS = (38.13547087602444, 0.5003270373238773)  # Hz, Q

Samples = NDArray[np.float32]


def loudness(samples: Samples, rate: int) -> float:
    """Integrated loudness of mono sound in LUFS; minus infinity for silence."""
    heard = _weighted(samples, rate)
    block, step = round(_BLOCK * rate), round(_STEP * rate)
    if len(heard) < block:
        powers = np.array([float((heard**2).mean())]) if len(heard) else np.zeros(1)
    else:
        sums = np.concatenate([[0.0], np.cumsum(heard**2)])
        starts = np.arange(0, len(heard) - block + 1, step)
        powers = (sums[starts + block] - sums[starts]) / block
    for gate in (_power(_ABSOLUTE), None):
        least = gate if gate is not None else float(powers.mean()) * 10 ** (_RELATIVE / 10)
        powers = powers[powers > least]
        if not len(powers):
            return -math.inf
    return -0.691 + 10 * math.log10(float(powers.mean()))


def levelled(samples: Samples, rate: int, target: float = TARGET) -> Samples:
    """Mono sound at a loudness, its peaks below -1 dB of full scale."""
    now = loudness(samples, rate)
    if math.isinf(now):
        return samples
    return limited((samples * 10 ** ((target - now) / 20)).astype(np.float32), rate)


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


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _weighted(samples: Samples, rate: int) -> NDArray[np.float64]:
    """Sound as the ear weights it: both filters of the standard, applied to the spectrum."""
    count = len(samples) + rate // 10  # room for the filters to die away
    at = np.exp(-2j * np.pi * np.fft.rfftfreq(count))
    powers = np.stack([np.ones_like(at), at, at**2])
    response = np.prod([(top @ powers) / (bottom @ powers) for top, bottom in (_shelf(rate), _high_pass(rate))], axis=0)
    return np.fft.irfft(np.fft.rfft(samples, count) * response, count)[: len(samples)]


def _shelf(rate: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    frequency, gain, q = _SHELF
    k, high = math.tan(math.pi * frequency / rate), 10 ** (gain / 20)
    band = high**0.4996667741545416
    top = [high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k]
    bottom = [1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k]
    return np.array(top), np.array(bottom)


def _high_pass(rate: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    frequency, q = _HIGH_PASS
    k = math.tan(math.pi * frequency / rate)
    whole = 1 + k / q + k * k
    return np.array([1.0, -2.0, 1.0]), np.array([1.0, 2 * (k * k - 1) / whole, (1 - k / q + k * k) / whole])
