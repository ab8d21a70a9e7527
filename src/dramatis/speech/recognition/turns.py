"""Two people in one recording: how likely that is, and who speaks when.

Phrases, cut where they are long and quiet, are embedded (`voice_encoder`), and the embeddings are parted in two groups (2-means,
begun along their first principal component). How far the groups are apart, in embedding and in pitch, says how likely it is that
two people speak: a logistic function, fitted to mixtures of voices and to people alone (docs/log.md, 27 November 2026).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.speech.analysis import VoiceAnalysis, samples_of
from dramatis.speech.recognition.voice_encoder import WINDOW, Matrix, VoiceEncoder, mel_powers
from dramatis.speech.spectrum import RATE

_HOP, _MANY = 40, 100  # frames from one window to the next; more pieces have one window each
_BATCH = 64  # windows
_LONGEST, _SHORTEST = 250, 60  # frames: longer phrases are cut; shorter ones go with their neighbours
_ROUNDS = 12
_COSINE, _PITCH, _BRIEF, _OFFSET = -10.3, 5.7, -4.8, 8.2  # of the logistic function: similarity, octaves, 1 / seconds
_MOST_OCTAVES = 1.0

Labels = NDArray[np.bool_]


@dataclass(frozen=True)
class VoiceTurn:
    """A stretch in which one person speaks, the first or the second who is heard (0, 1), and how sure that is."""

    voice: int
    span: Span
    confidence: float


@dataclass(frozen=True)
class Turns:
    """Who speaks when, if two people do; `confidence` says how sure it is that there are two (0 to 1).

    The turns follow each other without gaps, from 0 s to the end, and meet in pauses. `pitches` are medians in Hz.
    """

    turns: tuple[VoiceTurn, ...] = ()
    confidence: float = 0.0
    pitches: tuple[float, float] = (0.0, 0.0)


def turns_in(analysis: VoiceAnalysis, encoder: VoiceEncoder, most: int | None = None) -> Turns:
    """The turns of two people; none, and a confidence of 0, where too little is said to compare. `most` pieces of up to 2.5 s are
    compared; None: all.
    """
    everything = _pieces(analysis)
    pieces = [piece for piece in everything if piece[1] - piece[0] >= _SHORTEST][:most]
    if len(pieces) < 2:
        return Turns()
    lengths = np.array([end - start for start, end in pieces], np.float32)
    embedded = _embedded(analysis, pieces, encoder)
    second = _parted(embedded, lengths)
    if second.all() or not second.any():
        return Turns()
    second ^= second[0]
    centres = _centres(embedded, second, lengths)
    pitches = _pitch(analysis, pieces, ~second), _pitch(analysis, pieces, second)
    octaves = abs(math.log2(pitches[1] / pitches[0])) if min(pitches) > 0 else 0.0
    heard = float(min(lengths[second].sum(), lengths[~second].sum())) / RATE
    sure = likely_two(float(centres[0] @ centres[1]), octaves, heard)
    margins = np.where(second, -1, 1) * (embedded @ centres[0] - embedded @ centres[1])
    labels = {piece: (int(one), sure * _confidence(float(gap))) for piece, one, gap in zip(pieces, second, margins, strict=True)}
    return Turns(_turns(everything, labels, len(analysis.speech) / RATE), round(sure, 2), pitches)


def likely_two(cosine: float, octaves: float, seconds: float) -> float:
    """How likely two people speak, by the similarity of both groups, their distance in pitch, and how long the briefer one is."""
    score = _COSINE * cosine + _PITCH * min(octaves, _MOST_OCTAVES) + _BRIEF / seconds + _OFFSET
    return 1 / (1 + math.exp(-score))


def _pieces(analysis: VoiceAnalysis) -> list[tuple[int, int]]:
    """Frames `[start, end)` of phrases, cut at their quietest instants where they are long."""
    found: list[tuple[int, int]] = []
    for phrase in analysis.phrases:
        start, end = round(phrase.start * RATE), round(phrase.end * RATE)
        while end - start > _LONGEST:
            first = start + _LONGEST // 3
            cut = first + int(np.argmin(analysis.loudness[first : start + _LONGEST]))
            found.append((start, cut))
            start = cut
        found.append((start, end))
    return found


def _embedded(analysis: VoiceAnalysis, pieces: Sequence[tuple[int, int]], encoder: VoiceEncoder) -> Matrix:
    """`N 256`: the mean embedding of each piece's windows, of length 1; short pieces are repeated to fill a window."""
    windows: list[Matrix] = []
    counts = []
    hop = _HOP if len(pieces) <= _MANY else _LONGEST
    for start, end in pieces:
        mels = mel_powers(samples_of(analysis, start, end))
        if len(mels) < WINDOW:
            mels = np.pad(mels, ((0, WINDOW - len(mels)), (0, 0)), mode="wrap")
        first = range(0, len(mels) - WINDOW + 1, hop)
        windows += [mels[at : at + WINDOW] for at in first]
        counts.append(len(first))
    found = [encoder.embed(np.stack(windows[at : at + _BATCH])) for at in range(0, len(windows), _BATCH)]
    parts = np.split(np.concatenate(found), np.cumsum(counts)[:-1])
    return _unit(np.stack([part.mean(axis=0) for part in parts]))


def _parted(embedded: Matrix, weights: NDArray[np.float32]) -> Labels:
    """Which of the embeddings are of the second group."""
    around = (embedded - np.average(embedded, axis=0, weights=weights)) * np.sqrt(weights)[:, None]
    second: Labels = np.linalg.svd(around, full_matrices=False)[0][:, 0] > 0
    for _ in range(_ROUNDS):
        if second.all() or not second.any():
            break
        centres = _centres(embedded, second, weights)
        nearer = embedded @ centres[1] > embedded @ centres[0]
        if (nearer == second).all():
            break
        second = nearer
    return second


def _centres(embedded: Matrix, second: Labels, weights: NDArray[np.float32]) -> Matrix:
    return _unit(np.stack([np.average(embedded[own], axis=0, weights=weights[own]) for own in (~second, second)]))


def _unit(rows: Matrix) -> Matrix:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)


def _pitch(analysis: VoiceAnalysis, pieces: Sequence[tuple[int, int]], own: Labels) -> float:
    """Median pitch in Hz of some pieces; 0 if nothing is voiced."""
    heard = np.concatenate([analysis.pitch[start:end] for (start, end), here in zip(pieces, own, strict=True) if here])
    return round(float(np.median(heard[heard > 0])), 1) if (heard > 0).any() else 0.0


def _turns(
    pieces: Sequence[tuple[int, int]], labels: Mapping[tuple[int, int], tuple[int, float]], seconds: float
) -> tuple[VoiceTurn, ...]:
    """Neighbouring pieces of one voice as a turn; turns meet in the middle of the pause between them. Pieces without a label go
    with the nearest one that has one.
    """
    voices = [labels[min(labels, key=partial(_apart, piece))] for piece in pieces]
    runs: list[list[int]] = []
    for at, (voice, _) in enumerate(voices):
        if runs and voices[runs[-1][0]][0] == voice:
            runs[-1].append(at)
        else:
            runs.append([at])
    cuts = [(pieces[one[-1]][1] + pieces[two[0]][0]) / 2 / RATE for one, two in pairwise(runs)]
    edges = [0.0, *(round(cut, 2) for cut in cuts), seconds]
    lengths = [end - start for start, end in pieces]
    return tuple(
        VoiceTurn(
            voices[run[0]][0],
            Span(start, end),
            round(float(np.average([voices[at][1] for at in run], weights=[lengths[at] for at in run])), 2),
        )
        for run, (start, end) in zip(runs, pairwise(edges), strict=True)
    )


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0) if one != other else -1


def _confidence(margin: float) -> float:
    """From how much nearer a piece lies to its own group than to the other one."""
    return float(np.clip(0.5 + 1.6 * margin, 0.5, 0.99))
