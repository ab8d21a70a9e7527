"""Random functions of the film's clock: the same seed, name and time give the same value, wherever a take begins."""

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.float64]
Track = NDArray[np.float64]
"""One value for each time."""


def source(seed: int, *names: str) -> np.random.Generator:
    """A generator for one purpose of one character."""
    return np.random.default_rng([seed % 2**64, *(zlib.crc32(name.encode()) for name in names)])


def wander(times: Times, hertz: float, generator: np.random.Generator) -> Track:
    """Smooth noise of about `hertz`, standard deviation about 0.8: a cubic B-spline through random values."""
    at = times * hertz
    base = np.floor(at).astype(int)
    values = generator.standard_normal(int(base.max(initial=0)) + 5) * 1.25
    t = at - base
    parts = ((1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3)
    return np.asarray(sum(part * values[base + k] for k, part in enumerate(parts)) / 6)


def ease(x: NDArray[Any]) -> Track:
    """Smooth step from 0 (x <= 0) to 1 (x >= 1)."""
    t = np.clip(x, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float64)


def hold(times: Times, start: float, end: float, rise: float, fall: float) -> Track:
    """1 between two instants, easing in after the first and out before the second."""
    share = min(1.0, (end - start) / max(rise + fall, 1e-6))
    rise, fall = share * rise + 1e-6, share * fall + 1e-6
    return ease((times - start) / rise) * ease((end - times) / fall)


def pulse(times: Times, at: float, rise: float, stay: float, fall: float) -> Track:
    """0 to 1 in `rise` seconds before `at`, `stay` seconds of 1, back in `fall` seconds."""
    return ease((times - at + rise) / rise) * ease((at + stay + fall - times) / fall)
