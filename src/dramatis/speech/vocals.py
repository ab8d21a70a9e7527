"""Voice detection in a mix: voice activity over music and noise, and the voice's share of each band.

A small network of dilated residual convolutions over log energies of 80 mel bands, in numpy: a film is made without torch.
It is trained on the stage's voices and orchestra (`training/vocals.py`), where both parts of every mix are known. An instant
hears 1.3 s on both sides.
"""

import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dramatis.errors import EngineError

SAMPLE_RATE, HOP, WINDOW = 16_000, 160, 1024
BANDS = 80
WIDTH, DILATIONS = 96, (1, 2, 4, 8, 16, 32, 64)
WEIGHTS = Path(__file__).parents[1] / "weights" / "vocals.safetensors"
_LOWEST, _HIGHEST = 60.0, 7600.0  # Hz
_FLOOR, _MIDDLE, _SPREAD = 1e-7, -3.5, 1.8  # of the log energies, against the loud frames
_LOUD = 98  # percentile of the frames' power that is the reference
_CHUNK = 2048
_PIECE, _MARGIN = 3000, sum(DILATIONS)  # frames that are heard at once, and around them

Signal = NDArray[np.float32]
Spectrum = NDArray[np.complex64]


@dataclass(frozen=True, eq=False)
class VocalMask:
    """Analysis of a mix at 100 Hz: `activity` `T`, 0..1, confidence of a voice; `share` `T BANDS`, 0..1, the
    voice's share of each band's power.
    """

    activity: Signal
    share: Signal


def powers(samples: Signal) -> Signal:
    """`T BANDS`: the power of each band."""
    return np.concatenate([np.abs(part) ** 2 @ filters() for _, part in _spectra(samples)])


def _spectra(samples: Signal) -> Iterator[tuple[int, Spectrum]]:
    """`T 513` centred windows, `T = samples // HOP + 1`, in chunks with the number of each one's first frame."""
    count = len(samples) // HOP + 1
    padded = np.pad(samples, (WINDOW // 2, WINDOW // 2 + HOP))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:count]
    for first in range(0, count, _CHUNK):
        yield first, np.fft.rfft(frames[first : first + _CHUNK] * window()).astype(np.complex64)


def sounding(samples: Signal, share: Signal) -> Signal:
    """The separated voice (Wiener filter, 1949) by overlap-add, as long as the sound."""
    track = np.zeros(len(samples) + WINDOW + HOP, np.float32)
    weights = np.zeros_like(track)
    for first, bins in _spectra(samples):
        gains = np.sqrt(np.clip(share[first : first + len(bins)], 0, 1)) @ _spreading()
        frames = np.fft.irfft(bins * gains, WINDOW, axis=1).astype(np.float32) * window()
        for number, frame in enumerate(frames, first):
            track[number * HOP : number * HOP + WINDOW] += frame
            weights[number * HOP : number * HOP + WINDOW] += window() ** 2
    return (track / np.maximum(weights, 1e-3))[WINDOW // 2 :][: len(samples)]


@functools.cache
def _spreading() -> Signal:
    """`BANDS 513`: how each bin is made of bands."""
    rows = filters().T / (filters().T.sum(0) + 1e-12)
    return (rows / np.maximum(rows.sum(0), 1e-12)).astype(np.float32)


@functools.cache
def window() -> Signal:
    """The window of the analysis, `WINDOW`."""
    return np.hanning(WINDOW + 1)[:-1].astype(np.float32)


@functools.cache
def filters() -> Signal:
    """`513 BANDS`: triangles on the mel scale; each band's weights add up to one."""
    lowest, highest = (2595 * float(np.log10(1 + hertz / 700)) for hertz in (_LOWEST, _HIGHEST))
    mel = np.linspace(lowest, highest, BANDS + 2)
    edges = 700 * (10 ** (mel / 2595) - 1)
    hertz = np.fft.rfftfreq(WINDOW, 1 / SAMPLE_RATE)[:, None]
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    rows = np.clip(np.minimum((hertz - low) / (middle - low), (high - hertz) / (high - middle)), 0, 1) + 1e-9
    return (rows / rows.sum(0)).astype(np.float32)


def energies(power: Signal) -> Signal:
    """`T BANDS` power -> the network's input: log energies relative to the sound's loud frames."""
    loud = max(float(np.percentile(power.sum(1), _LOUD)) / BANDS, 1e-12) if len(power) else 1.0
    return ((np.log10(power / loud + _FLOOR) - _MIDDLE) / _SPREAD).astype(np.float32)


def vocal_mask(given: Signal, weights: Mapping[str, Signal] | None = None) -> VocalMask:
    """The network's output for `energies`; with the shipped weights, unless others are given."""
    state = shipped() if weights is None else weights
    parts = []
    for first in range(0, len(given), _PIECE):
        start, end = max(0, first - _MARGIN), min(len(given), first + _PIECE + _MARGIN)
        parts.append(_forward(given[start:end], state)[first - start : first - start + _PIECE])
    told = np.concatenate(parts) if parts else np.zeros((0, BANDS + 1), np.float32)
    told = 1 / (1 + np.exp(-np.clip(told, -30, 30)))
    return VocalMask(told[:, 0], told[:, 1:])


def _forward(given: Signal, state: Mapping[str, Signal]) -> Signal:
    hidden = _mixed(given, "begin", state)
    for number, dilation in enumerate(DILATIONS):
        name = f"blocks.{number}"
        normed = np.pad(_normed(hidden, f"{name}.norm", state), ((dilation, dilation), (0, 0)))
        taps = np.split(state[f"{name}.near.weight"].T, 3)
        near = state[f"{name}.near.bias"] + normed[: len(hidden)] @ taps[0]
        for k in (1, 2):
            near += normed[k * dilation : k * dilation + len(hidden)] @ taps[k]
        hidden += _mixed(np.maximum(near, 0, out=near), f"{name}.mix", state)
    return _mixed(_normed(hidden, "norm", state), "end", state)


def _mixed(values: Signal, name: str, state: Mapping[str, Signal]) -> Signal:
    mixed = values @ state[f"{name}.weight"].T
    mixed += state[f"{name}.bias"]
    return mixed


def _normed(values: Signal, name: str, state: Mapping[str, Signal]) -> Signal:
    normed = values - values.mean(1, keepdims=True)
    deviation = np.sqrt(np.einsum("tc,tc->t", normed, normed) / normed.shape[1] + np.float32(1e-5))
    normed *= (1 / deviation)[:, None]
    normed *= state[f"{name}.weight"]
    normed += state[f"{name}.bias"]
    return normed


@functools.cache
def shipped() -> Mapping[str, Signal]:
    """The shipped weights."""
    return read(WEIGHTS)


def read(path: Path) -> Mapping[str, Signal]:
    """Tensors of a safetensors file in half or single precision; raises `EngineError` for what is none."""
    kinds = {"F16": "<f2", "F32": "<f4"}
    try:
        data = path.read_bytes()
        length = int.from_bytes(data[:8], "little")
        header = json.loads(data[8 : 8 + length])
        header.pop("__metadata__", None)
        return {name: _tensor(data[8 + length :], kinds[told["dtype"]], told) for name, told in header.items()}
    except (OSError, ValueError, KeyError) as fault:
        raise EngineError(f"{path.name} holds no weights ({fault}); install the package again.") from fault


def _tensor(data: bytes, kind: str, told: Mapping[str, list[int]]) -> Signal:
    first, last = told["data_offsets"]
    return np.frombuffer(data[first:last], kind).reshape(told["shape"]).astype(np.float32)
