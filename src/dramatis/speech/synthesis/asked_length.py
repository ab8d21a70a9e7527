"""Lines that are to last so many seconds: said faster or slower within bounds, and whole.

Words that do not fit are neither cut nor hurried: the line is longer then. One that ends too early is followed by silence.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from dramatis.media.sound import Waveform
from dramatis.speech.synthesis.speech_lines import LineToSpeak
from dramatis.speech.synthesis.spoken import Spoken

FASTEST, SLOWEST = 1.15, 0.8
"""Bounds of the rate, against the voice's own."""
_ROUNDS = 2  # pauses and rounded durations do not follow the rate: said again with what the first try showed
_SHORTEST = 0.5  # of its length, that a line is asked to last; none becomes as short
_NEAR = 0.02  # of the length; as near need not be said again

Say = Callable[[Sequence[LineToSpeak]], list[Spoken]]


def in_length(lines: Sequence[LineToSpeak], said: Sequence[Spoken], seconds: Sequence[float], say: Say) -> list[Spoken]:
    """The lines, which were `said` at their own rates, in `seconds` each as nearly as the bounds allow; 0: as it is."""
    found, rates = list(said), [line.prosody.rate for line in lines]
    for _ in range(_ROUNDS):
        wished = [
            _rate(line.prosody.rate, rate * one.sound.seconds / asked) if asked else rate
            for line, rate, one, asked in zip(lines, rates, found, seconds, strict=True)
        ]
        again = [at for at, (rate, wish) in enumerate(zip(rates, wished, strict=True)) if abs(wish / rate - 1) > _NEAR]
        for at, one in zip(again, say([_at(lines[at], wished[at]) for at in again]) if again else [], strict=True):
            found[at], rates[at] = one, wished[at]
    return [_lasting(one, asked) for one, asked in zip(found, seconds, strict=True)]


def shared(said: Sequence[Spoken], seconds: Sequence[float], whole: float) -> list[float]:
    """How long each line is to last so that all together are no longer than `whole`; a length of their own stays."""
    free = sum(one.sound.seconds for one, own in zip(said, seconds, strict=True) if not own)
    bound = sum(max(own, one.sound.seconds / FASTEST) for one, own in zip(said, seconds, strict=True) if own)
    if free + bound <= whole:
        return list(seconds)
    share = max(_SHORTEST, (whole - bound) / max(free, 1e-9))
    return [own or one.sound.seconds * share for one, own in zip(said, seconds, strict=True)]


def _rate(usual: float, wished: float) -> float:
    """The wished rate within the bounds; a manner that is faster or slower than they are keeps its own."""
    return float(np.clip(wished, min(usual, SLOWEST), max(usual, FASTEST)))


def _at(line: LineToSpeak, rate: float) -> LineToSpeak:
    return replace(line, prosody=replace(line.prosody, rate=rate))


def _lasting(said: Spoken, seconds: float) -> Spoken:
    """The line with silence after it, if it is shorter."""
    sound = said.sound
    lack = round(seconds * sound.rate) - len(sound.samples)
    return said if lack <= 0 else Spoken(Waveform(np.pad(sound.samples, ((0, lack), (0, 0))), sound.rate), said.phones)
