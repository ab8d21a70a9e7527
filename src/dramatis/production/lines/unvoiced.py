"""Notes about voices in which nobody speaks or sings for a while: music and noise do not move the mouth."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np

from dramatis.clock import Span
from dramatis.production.assets import Assets
from dramatis.speech.analysis import VoiceAnalysis, bridged, runs
from dramatis.speech.spectrum import RATE
from dramatis.story import Line

_LONG = 1.0  # s without a voice that are reported
_GAP = 0.5  # s; shorter pauses in music are ignored
_BELOW, _QUIETEST = 30.0, -60.0  # dB below the loudest, and below full scale: softer sound counts as silence
_NAMED = 3  # reported stretches
_PLAYS = 0.4  # confidence that music plays


def unvoiced(lines: Iterable[Line], assets: Assets) -> tuple[str, ...]:
    """A note for each voice track with longer parts without a voice."""
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
    """Long stretches of sound without a voice."""
    level = analysis.sound.level
    heard = bridged(level > max(_QUIETEST, float(np.percentile(level, 98)) - _BELOW), _GAP)
    edges = [0.0, *(edge for phrase in analysis.phrases for edge in (phrase.start, phrase.end)), len(level) / RATE]
    free = np.zeros(len(level), np.bool_)
    for start, end in list(pairwise(edges))[::2]:
        free[round(start * RATE) : round(end * RATE)] = True
    return [Span(start / RATE, end / RATE) for start, end in runs(heard & free) if end - start >= _LONG * RATE]
