"""The score of a voice: control signals for a face, at 100 Hz on the film's clock.

`listen` is cheap and covers the whole voice; phones and mouth shapes cost more, so `score` makes them piece by piece, and
only the pieces that a span needs. A piece never depends on another: the score of a span is the whole score, cut.
"""

from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.speech.analysis import VoiceKey, analysis_of, pieces, samples_of
from dramatis.speech.coarticulation import Shapes, mouth_of
from dramatis.speech.phones import Phone, decode
from dramatis.speech.spectrum import RATE, Signal
from dramatis.speech.visemes import MOUTH

__all__ = ["MOUTH", "RATE", "Score", "score"]

_MARGIN = 1.0  # s of mouth on both sides of a span
_LAP = 10  # frames that neighbouring pieces share


@dataclass(frozen=True, eq=False)
class Score:
    """Control signals from a voice; arrays have one row for each `1 / RATE` seconds of the whole voice.

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


def score(voice: Waveform, span: Span | None = None, cache: ValueCache = NOWHERE) -> Score:
    """The score of a voice; mouth and phones for `span` and a second around it (None: everywhere).

    Results are cached in `cache`, for other processes and the next film.
    """
    key = VoiceKey(voice.digest, voice, cache)
    analysis = analysis_of(key)
    mouth = np.zeros((len(analysis.speech), len(MOUTH)), np.float32)
    phones: list[Phone] = []
    for number, piece in enumerate(_pieces(key)):
        start, end = _reach(piece, len(mouth))
        if span is None or (start <= (span.end + _MARGIN) * RATE and end >= (span.start - _MARGIN) * RATE):
            shapes, spoken = _piece(key, number)
            mouth[start:end] += shapes
            phones += spoken
    return Score(
        mouth=mouth,
        loudness=analysis.loudness,
        stress=analysis.stress,
        phrases=analysis.phrases,
        speech=analysis.speech,
        pitch=analysis.pitch,
        phones=tuple(phones),
    )


@lru_cache(maxsize=8)
def _pieces(key: VoiceKey) -> tuple[tuple[int, int], ...]:
    return tuple(pieces(analysis_of(key)))


@lru_cache(maxsize=256)
def _piece(key: VoiceKey, number: int) -> tuple[Shapes, tuple[Phone, ...]]:
    """Mouth of one piece, faded where it laps over its neighbours, and its phones."""
    analysis, piece = analysis_of(key), _pieces(key)[number]
    start, end = _reach(piece, len(analysis.speech))
    samples = samples_of(analysis, start, end)
    decoded = key.cache.get(digest_of("phones", code_digest("dramatis.speech.phones"), samples), partial(decode, samples, 0.0))
    phones = tuple((label, first + start / RATE, last + start / RATE) for label, first, last in decoded)
    shapes = mouth_of(analysis, start, end, phones) * _fade(piece, start, end)[:, None]
    inside = Span(piece[0] / RATE, piece[1] / RATE)
    return shapes, tuple(phone for phone in phones if inside.holds((phone[1] + phone[2]) / 2))


def _reach(piece: tuple[int, int], frames: int) -> tuple[int, int]:
    """A piece with what it laps over."""
    return max(0, piece[0] - _LAP), min(frames, piece[1] + _LAP)


def _fade(piece: tuple[int, int], start: int, end: int) -> Signal:
    """Weights of frames `[start, end)` of a piece; those of neighbours that touch add up to one."""
    at = np.arange(start, end) + 0.5
    rise = np.clip((at - piece[0] + _LAP) / (2 * _LAP), 0, 1) if start < piece[0] else np.ones(end - start)
    fall = np.clip((piece[1] + _LAP - at) / (2 * _LAP), 0, 1) if end > piece[1] else np.ones(end - start)
    return (rise * fall).astype(np.float32)
