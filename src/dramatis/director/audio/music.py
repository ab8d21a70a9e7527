"""Classifies a track into speech, song, music and silence, and finds its beat, if it has one.

Song is what the detector of `speech.activity` says is sung, or what holds its notes: most of the voiced time then lies in
runs of steady pitch, and something sounds in the pauses.
The beat is found from the onsets by dynamic programming (Ellis 2007).
"""

from bisect import bisect_left, insort

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.director.claims import Heard, SoundSegment
from dramatis.speech.analysis import VoiceAnalysis, runs
from dramatis.speech.spectrum import RATE, Signal, smooth

_NOTE = 0.18  # s of steady pitch that is a note
_STEADY = 0.35  # semitones either side
_AROUND = 40  # frames whose median a note is compared with
_SUNG = 0.45  # what `sung` says from which somebody sings
_UNDER = 25.0  # dB below the loudest at which something still sounds in the pauses
_PLAYS = 0.3  # how sure it is that music plays
_LOUDEST = 36.0  # dB below the loudest that still sounds
_SILENCE = 0.6  # s of silence that is a stretch of its own
_SLOWEST, _FASTEST = 60.0, 180.0  # beats a minute
_TIGHT = 100.0  # how firmly beats keep their distance


def stretches(analysis: VoiceAnalysis, start: float = 0.0) -> tuple[SoundSegment, ...]:
    """What is heard from the track's first to its last instant, without gaps; `start` is the track's own, in seconds."""
    level = analysis.sound.level
    sounding = (smooth(analysis.music, 25.0) > _PLAYS) & (level > max(-70.0, float(np.percentile(level, 98)) - _LOUDEST))
    voice = analysis.speech
    share = sung(analysis)
    kinds: NDArray[np.int64] = np.where(voice, 0, np.where(sounding, 2, 3))
    if share >= _SUNG:
        kinds[voice] = 1
    names: tuple[Heard, ...] = ("speech", "song", "music", "silence")
    found: list[tuple[int, int, int]] = []
    for kind in range(4):
        found += [(first, last, kind) for first, last in runs(kinds == kind)]
    joined = _joined(sorted(found))
    sure = round(float(np.clip(abs(share - _SUNG) * 3 + 0.4, 0, 0.95)), 2)
    return tuple(
        SoundSegment(Span(start + first / RATE, start + last / RATE), names[kind], sure if kind < 2 else 0.7)
        for first, last, kind in joined
    )


def mostly_sung(analysis: VoiceAnalysis) -> bool:
    """Whether more of a voice is singing than speech."""
    heard = stretches(analysis)
    song, speech = (sum(part.span.seconds for part in heard if part.heard == kind) for kind in ("song", "speech"))
    return song > speech


def sung(analysis: VoiceAnalysis) -> float:
    """How much a voice sings, 0..1: notes, long voiced runs, and something that sounds in its pauses."""
    lengths = [last - first for first, last in runs(analysis.pitch > 0)] or [0]
    level, quiet = analysis.sound.level, ~analysis.speech
    backed = quiet.any() and float(np.median(level[quiet])) > float(np.percentile(level, 95)) - _UNDER
    drawn = float(np.clip(np.percentile(lengths, 90) / RATE - 0.8, 0, 1))
    told = float((analysis.song[analysis.speech] > 0.5).mean()) if analysis.speech.any() else 0.0
    return min(1.0, max(told, notes(analysis) + 0.1 * bool(backed) + 0.1 * drawn))


def notes(analysis: VoiceAnalysis) -> float:
    """Share of the voiced time that lies in steady notes, 0..1."""
    tone = analysis.pitch
    voiced = tone > 0
    if voiced.sum() < RATE // 2:
        return 0.0
    height = (12 * np.log2(np.maximum(tone, 1.0))).tolist()
    held = 0
    for first, last in runs(voiced):
        at, around = first, list[float]()  # the last frames of the note, sorted
        for place in range(first, last):
            short = place - at < _AROUND
            if short:
                insort(around, height[place])
            if abs(height[place] - _middle(around)) > _STEADY:
                held += _long(place - at)
                at, around = place, [height[place]]
            elif not short:
                insort(around, height[place])
                del around[bisect_left(around, height[place - _AROUND])]
        held += _long(last - at)
    return held / float(voiced.sum())


def beats(analysis: VoiceAnalysis, start: float = 0.0) -> tuple[tuple[float, ...], float]:
    """Instants of the beats, seconds, and the tempo in beats a minute; nothing where no beat is felt."""
    strength = _onsets(analysis)
    tempo, sure = _tempo(strength)
    if sure < 0.1:
        return (), 0.0
    places = _tracked(strength, 60 * RATE / tempo)
    return tuple(round(start + place / RATE, 3) for place in places), round(tempo, 1)


def _middle(ordered: list[float]) -> float:
    """The median."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _long(frames: int) -> int:
    return frames if frames >= _NOTE * RATE else 0


def _joined(parts: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Short silences and short music belong to what is around them."""
    found: list[tuple[int, int, int]] = []
    for first, last, kind in parts:
        short = kind >= 2 and last - first < _SILENCE * RATE
        if found and (short or found[-1][2] == kind):
            found[-1] = (found[-1][0], last, found[-1][2])
        else:
            found.append((first, last, kind))
    if len(found) > 1 and found[0][2] >= 2 and found[0][1] < _SILENCE * RATE:
        found[:2] = [(0, found[1][1], found[1][2])]
    return found


def _onsets(analysis: VoiceAnalysis) -> Signal:
    """How suddenly it becomes louder at each frame, in any band; mean 0, variance 1."""
    level = np.log10(smooth(analysis.sound.power, 1.5) + 1e-7)
    rise = np.maximum(np.diff(level, axis=0, prepend=level[:1]), 0).sum(1)
    rise = rise - smooth(rise.astype(np.float32), 40.0)
    return ((rise - rise.mean()) / (rise.std() + 1e-9)).astype(np.float32)


def _tempo(strength: Signal) -> tuple[float, float]:
    """Beats a minute, and how sure, 0..1: the best lag of the onsets' autocorrelation, near 110 preferred."""
    count = len(strength)
    if count < 4 * RATE:
        return 0.0, 0.0
    spectrum = np.abs(np.fft.rfft(strength, 2 * count)) ** 2
    alike = np.fft.irfft(spectrum)[:count] / count
    lags = np.arange(round(60 * RATE / _FASTEST), min(count // 2, round(60 * RATE / _SLOWEST)) + 1)
    liked = np.exp(-0.5 * (np.log2(60 * RATE / lags / 110) / 0.9) ** 2)
    best = int(lags[(alike[lags] * liked).argmax()])
    return 60 * RATE / best, float(np.clip(alike[best] / max(float(alike[0]), 1e-9), 0, 1))


def _tracked(strength: Signal, period: float) -> list[int]:
    """Frames of the beats (Ellis 2007, equation 3)."""
    strong = smooth(strength, period / 32)
    score = strong.astype(np.float64).copy()
    before = np.full(len(strong), -1)
    back = np.arange(round(period / 2), round(2 * period) + 1)
    cost = -_TIGHT * np.log(back / period) ** 2 / 10
    for place in range(int(back[0]), len(strong)):
        reach = back[back <= place]
        choice = score[place - reach] + cost[: len(reach)]
        best = int(choice.argmax())
        if choice[best] > 0:
            score[place] += choice[best]
            before[place] = place - int(reach[best])
    tail = score[-round(2 * period) :]
    place = len(score) - len(tail) + int(tail.argmax())
    found = []
    while place >= 0:
        found.append(place)
        place = int(before[place])
    return found[::-1]
