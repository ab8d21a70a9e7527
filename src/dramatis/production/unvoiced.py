"""What the user is told of a voice in which nobody speaks or sings for a while: music and noise move no mouth."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np

from dramatis.clock import Span
from dramatis.production.assets import Assets
from dramatis.speech.analysis import VoiceAnalysis, bridged, runs
from dramatis.speech.spectrum import RATE
from dramatis.story import Line

_LONG = 1.0  # s without a voice that are worth a word
_GAP = 0.5  # s; music that stops for less goes on
_BELOW, _QUIETEST = 30.0, -60.0  # dB below the loudest, and of full scale: what is softer is not heard
_NAMED = 3  # stretches that are listed
_PLAYS = 0.4  # how sure it is that music plays


def unvoiced(lines: Iterable[Line], assets: Assets) -> tuple[str, ...]:
    """A sentence for each voice that is not only a voice."""
    sounds = dict.fromkeys(line.sound for line in lines)
    return tuple(filter(None, (_told(Path(sound).name, assets.analysis(sound)) for sound in sounds)))


def _told(name: str, analysis: VoiceAnalysis) -> str:
    spans = _without(analysis)
    if not spans:
        return ""
    inside = np.concatenate([analysis.music[round(span.start * RATE) : round(span.end * RATE)] for span in spans])
    what = "music" if float(inside.mean()) > _PLAYS else "noise"
    if not analysis.phrases:
        return f"{name} holds no voice, only {what}: the mouth stays closed."
    told = [f"{span.start:.1f} to {span.end:.1f} s" for span in spans]
    where = ", ".join(told[:_NAMED]) + (f" and {len(told) - _NAMED} times more" if len(told) > _NAMED else "")
    return f"In {name} {what} is heard and nobody speaks or sings from {where}: the mouth stays closed there."


def _without(analysis: VoiceAnalysis) -> list[Span]:
    """Where something is heard that is no voice, for long."""
    level = analysis.sound.level
    heard = bridged(level > max(_QUIETEST, float(np.percentile(level, 98)) - _BELOW), _GAP)
    edges = [0.0, *(edge for phrase in analysis.phrases for edge in (phrase.start, phrase.end)), len(level) / RATE]
    free = np.zeros(len(level), np.bool_)
    for start, end in list(pairwise(edges))[::2]:
        free[round(start * RATE) : round(end * RATE)] = True
    return [Span(start / RATE, end / RATE) for start, end in runs(heard & free) if end - start >= _LONG * RATE]
