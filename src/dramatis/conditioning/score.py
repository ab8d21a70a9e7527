"""The performance score: what a voice asks of a face, as a plain value at 100 Hz on the film's clock.

`listen` is cheap and covers the whole voice; phones and mouth shapes cost more, so `score` makes them piece by piece, and
only the pieces that a span needs. A piece never depends on another: the score of a span is the whole score, cut.
"""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.conditioning.hearing import Hearing, Named, heard, pieces, samples_of
from dramatis.conditioning.mouthing import Shapes, mouth_of
from dramatis.conditioning.phones import Phone, decode
from dramatis.conditioning.spectrum import RATE, Signal
from dramatis.conditioning.visemes import MOUTH
from dramatis.media.sound import Waveform

__all__ = ["MOUTH", "RATE", "Score", "score"]

_MARGIN = 1.0  # s of mouth on both sides of a span


@dataclass(frozen=True, eq=False)
class Score:
    """A voice's performance; arrays have one row for each `1 / RATE` seconds of the whole voice.

    `mouth` (`T 8`, 0..1, channels as in `MOUTH`) and `phones` (label, start, end in seconds) are there for the span that
    was asked for and a second around it; everything else covers the whole voice. `loudness` is `T`, 0..1; `stress` holds
    (seconds, strength 0..1); `phrases` are the stretches between pauses; `pitch` is `T`, Hz, 0 where unvoiced.
    """

    mouth: Shapes
    loudness: Signal
    stress: tuple[tuple[float, float], ...]
    phrases: tuple[Span, ...]
    speech: NDArray[np.bool_]
    pitch: Signal
    phones: tuple[Phone, ...]


def score(voice: Waveform, span: Span | None = None) -> Score:
    """The score of a voice; mouth and phones for `span` and a second around it (None: everywhere)."""
    named = Named(voice.digest, voice)
    hearing = heard(named)
    mouth = np.zeros((len(hearing.speech), len(MOUTH)), np.float32)
    phones: list[Phone] = []
    for number, (start, end) in enumerate(_pieces(named)):
        if span is None or (start <= (span.end + _MARGIN) * RATE and end >= (span.start - _MARGIN) * RATE):
            shapes, spoken = _piece(named, number)
            mouth[start:end] = shapes
            phones += spoken
    return Score(
        mouth, hearing.loudness, hearing.stress, hearing.phrases, hearing.speech, hearing.pitch, tuple(phones)
    )  # fmt: skip


@functools.lru_cache(maxsize=8)
def _pieces(named: Named) -> tuple[tuple[int, int], ...]:
    return tuple(pieces(heard(named)))


@functools.lru_cache(maxsize=256)
def _piece(named: Named, number: int) -> tuple[Shapes, tuple[Phone, ...]]:
    """Mouth and phones of one piece."""
    hearing: Hearing = heard(named)
    start, end = _pieces(named)[number]
    phones = decode(samples_of(hearing, start, end), start / RATE)
    return mouth_of(hearing, start, end, phones), phones
