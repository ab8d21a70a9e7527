"""Embeddings of voices: 256 numbers for 1.6 s of speech, close together where one person speaks (Wan et al. 2018, GE2E).

The weights are those of the package resemblyzer, which is not imported: three LSTM layers of 256 and a projection. They are read
from its file by their places, which the file's SHA-256 fixes, and computed in numpy: neither torch nor pickle is needed.
"""

import functools
import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dramatis.errors import VoiceError
from dramatis.speech.spectrum import HOP, SAMPLE_RATE, Signal

WINDOW = 160
"""Frames of 10 ms that are embedded at once."""
_PACKAGE, _FILE = "resemblyzer", "pretrained.pt"
_SHA256 = "39373b86598fa3da9fcddee6142382efe09777e8d37dc9c0561f41f0070f134e"
_HIDDEN, _MELS, _FFT = 256, 40, 400
_LAYERS = (
    (269_883, 433_723, 5_676_603, 5_680_699),
    (1_482_299, 2_530_875, 5_684_795, 5_688_891),
    (3_579_451, 4_628_027, 5_692_987, 5_697_083),
)
"""Where weights of inputs and states and both biases begin, in bytes; gates in the order input, forget, cell, output."""
_PROJECTION = (7_731, 6_699)
_LOUDNESS = 10 ** (-30 / 20)  # root mean square of what the network was trained on

Matrix = NDArray[np.float32]


def available() -> bool:
    """Whether the package is installed."""
    return importlib.util.find_spec(_PACKAGE) is not None


@dataclass(frozen=True, eq=False)
class VoiceEncoder:
    """`layers` are (weights of inputs, of states, bias), `projection` (weights, bias)."""

    layers: tuple[tuple[Matrix, Matrix, Matrix], ...]
    projection: tuple[Matrix, Matrix]

    def embed(self, mels: Matrix) -> Matrix:
        """`N WINDOW 40` mel powers as `N 256` embeddings of length 1."""
        frames = mels.transpose(1, 0, 2)
        for inputs, states, bias in self.layers:
            frames = _recurrent(frames @ inputs.T + bias, states)
        weights, bias = self.projection
        found = np.maximum(frames[-1] @ weights.T + bias, 0)
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6), np.float32)


@functools.lru_cache(maxsize=1)
def voice_encoder() -> VoiceEncoder:
    """The network, read once; raises `VoiceError` if its package is missing or damaged."""
    spec = importlib.util.find_spec(_PACKAGE)
    data = Path(spec.origin).with_name(_FILE).read_bytes() if spec and spec.origin else b""
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise VoiceError("Voices are told apart by resemblyzer 0.1.4, which is missing or damaged here; install it again.")

    def read(start: int, *shape: int) -> Matrix:
        return np.frombuffer(data, "<f4", int(np.prod(shape)), start).reshape(shape).astype(np.float32)

    gates = 4 * _HIDDEN
    layers = tuple(
        (read(one, gates, _HIDDEN if at else _MELS), read(two, gates, _HIDDEN), read(three, gates) + read(four, gates))
        for at, (one, two, three, four) in enumerate(_LAYERS)
    )
    return VoiceEncoder(layers, (read(_PROJECTION[0], _HIDDEN, _HIDDEN), read(_PROJECTION[1], _HIDDEN)))


def mel_powers(samples: Signal) -> Matrix:
    """`T 40` mel powers of mono sound at 16 kHz, every 10 ms, at the loudness of the training."""
    loud = float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0
    padded = np.pad(samples * (_LOUDNESS / loud if 0 < loud < _LOUDNESS else 1.0), _FFT // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::HOP]
    window = np.hanning(_FFT + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    return np.asarray(power @ _filters().T, np.float32)


def _recurrent(frames: Matrix, states: Matrix) -> Matrix:
    """One LSTM layer over `T N 4H` (inputs weighted already), as `T N H`."""
    hidden = cell = np.zeros((frames.shape[1], _HIDDEN), np.float32)
    out = np.empty((*frames.shape[:2], _HIDDEN), np.float32)
    turned = np.ascontiguousarray(states.T)
    for at, entered in enumerate(frames):
        gates = entered + hidden @ turned
        enter, forget, leave = (_sigmoid(gates[:, part * _HIDDEN : (part + 1) * _HIDDEN]) for part in (0, 1, 3))
        cell = forget * cell + enter * np.tanh(gates[:, 2 * _HIDDEN : 3 * _HIDDEN])
        hidden = leave * np.tanh(cell)
        out[at] = hidden
    return out


def _sigmoid(x: Matrix) -> Matrix:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * x)), np.float32)


@functools.cache
def _filters() -> Matrix:
    """`40 201` triangles on Slaney's mel scale (linear below 1 kHz), each of area 1."""
    step, knee, growth = 200 / 3, 15.0, np.log(6.4) / 27
    top = knee + np.log(SAMPLE_RATE / 2 / 1000) / growth
    mels = np.linspace(0, top, _MELS + 2)
    edges = np.where(mels < knee, mels * step, 1000 * np.exp(growth * (mels - knee)))
    bins = np.arange(_FFT // 2 + 1) * SAMPLE_RATE / _FFT
    rising = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    return np.asarray(np.maximum(0, np.minimum(rising, falling)) * 2 / (edges[2:] - edges[:-2])[:, None], np.float32)
