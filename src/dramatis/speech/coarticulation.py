"""Mouth shapes from phones and sound: dominance blending, corrections from the signal, and complete lip closures.

Phones are uncertain (and English), so the sound is used, too: jaw and lips open with the current loudness,
and the balance of the bands moves them between open and close, spread and round, in any language.
"""

import itertools

import numpy as np
from numpy.typing import NDArray

from dramatis.speech.analysis import VoiceAnalysis, bridged, runs
from dramatis.speech.closures import Closure, closures
from dramatis.speech.mouthshapes import LOUDNESS_COLUMN, SPEECH_COLUMN, Features, syllables
from dramatis.speech.phones import Phone
from dramatis.speech.spectrum import RATE, Signal, smooth
from dramatis.speech.visemes import MOUTH, UNKNOWN, VISEMES, Viseme

_JAW, _SPREAD, _PUCKER, _FUNNEL, _PRESS, _UPPER, _LOWER, _TONGUE = range(len(MOUTH))
_REACH_JAW, _REACH_LIPS = 0.055, 0.080  # s; how far a phone extends beyond its ends
_FLANK, _QUICK = 0.065, 0.050  # s; time that lips take to close or part, and between two closures that are near
_LEAD, _TRAIL = 5, 2  # frames; opening before the sound, staying after it
_GAP = 0.13  # s; shorter pauses do not close the mouth
TRUST, HEARD = 0.6, 0.45
"""Of a phone's jaw against one that only follows the loudness: of phones that are known, and of those that are only heard."""
_COMMON_JAW = 0.62
_FLOOR = 0.12  # jaw strength at the softest sound

Shapes = NDArray[np.float32]


def mouth_of(analysis: VoiceAnalysis, start: int, end: int, phones: tuple[Phone, ...]) -> Shapes:
    """`end-start 8`: the mouth in frames `[start, end)`, from the phones spoken there."""
    times = np.arange(start, end) / RATE
    shapes = blended(phones, times)
    _colour(shapes, analysis, start, end)
    gate = gate_of(analysis.speech)[start:end]
    loud = analysis.loudness[start:end]
    shapes = smooth(voiced(shapes, loud, gate), 1.5)
    return closed_on(shapes, closures(analysis, start, end, phones), times)


def voiced(shapes: Shapes, loud: Signal, gate: Signal, trust: float = TRUST) -> Shapes:
    """`T 8`: the mouth of phones as it is when they are spoken so loud (0..1) while the mouth is in use (`gate`, 0..1)."""
    spoken = shapes * gate[:, None]
    jaw = trust * shapes[:, _JAW] + (1 - trust) * _COMMON_JAW
    spoken[:, _JAW] = jaw * (_FLOOR + (1 - _FLOOR) * loud) * gate
    spoken[:, [_UPPER, _LOWER]] *= (0.25 + 0.75 * loud)[:, None]
    spoken[:, [_SPREAD, _PUCKER, _FUNNEL]] *= (0.45 + 0.55 * np.sqrt(loud))[:, None]
    return spoken


def as_spoken(features: Features) -> Features:
    """`T 24`: the features of `speech.mouthshapes` with mouths opened by the loudness; pressed lips
    stay closed.
    """
    loud, gate = syllables(features[:, LOUDNESS_COLUMN]), features[:, SPEECH_COLUMN]
    mouth = voiced(features[:, : len(MOUTH)], loud, gate)
    parted = 1 - np.clip(2 * features[:, _PRESS] - 1, 0, 1)
    mouth[:, [_JAW, _FUNNEL, _UPPER, _LOWER, _TONGUE]] *= parted[:, None]
    return np.concatenate((mouth, features[:, len(MOUTH) :]), 1)


def gate_of(speech: NDArray[np.bool_]) -> Signal:
    """`T`, 0 in silence, 1 in speech; opens a little before the sound."""
    held = bridged(speech, _GAP)
    wide = held.copy()
    for start, end in runs(held):
        wide[max(0, start - _LEAD) : end + _TRAIL] = True
    return _smoothstep(smooth(wide.astype(np.float32), 2.2))


def blended(phones: tuple[Phone, ...], times: NDArray[np.float64]) -> Shapes:
    """`T 8`: each phone's target, weighted by its dominance at the instant."""
    parts = [part for phone in phones for part in _parts(*phone)]
    if not parts:
        return np.zeros((len(times), len(MOUTH)), np.float32)
    targets = np.array([viseme.shape for viseme, _, _ in parts])
    firm = np.array([[viseme.jaw, viseme.lips] for viseme, _, _ in parts])
    starts, ends = (np.array([part[k] for part in parts]) for k in (1, 2))
    outside = np.maximum(np.maximum(starts - times[:, None], times[:, None] - ends), 0)
    inside = np.minimum(np.minimum(times[:, None] - starts, ends - times[:, None]), 0.05).clip(0)
    shapes = np.empty((len(times), len(MOUTH)), np.float32)
    for channels, reach, column in (([_JAW, _TONGUE], _REACH_JAW, 0), ([1, 2, 3, 4, 5, 6], _REACH_LIPS, 1)):
        weight = firm[:, column] * np.exp(-((outside / reach) ** 1.5)) * (1 + 20 * inside) + 1e-9
        shapes[:, channels] = (weight @ targets[:, channels]) / weight.sum(axis=1, keepdims=True)
    return shapes


def _parts(label: str, start: float, end: float) -> list[tuple[Viseme, float, float]]:
    """A phone's visemes with their times; lips leave the target a little before the phone ends."""
    visemes = VISEMES.get(label, UNKNOWN)
    step = (end - start) / len(visemes)
    return [(viseme, start + k * step, start + (k + 1) * step) for k, viseme in enumerate(visemes)]


def _colour(shapes: Shapes, analysis: VoiceAnalysis, start: int, end: int) -> None:
    """Correct by the balance of the bands, in units of the voice's own standard deviation."""
    bands = np.log(analysis.spectrum.power + 1e-10)
    solid = analysis.speech & (analysis.loudness > 0.2)
    if not solid.any():
        return
    openness = _balance(bands[:, 1:3].max(axis=1) - bands[:, 0], solid)[start:end]
    frontness = _balance(bands[:, 4] - bands[:, 2], solid)[start:end]
    shapes[:, _JAW] *= 1 + 0.30 * openness
    shapes[:, _SPREAD] += 0.22 * np.maximum(frontness, 0) * (1 - shapes[:, _PUCKER])
    shapes[:, _SPREAD] *= 1 - 0.3 * np.maximum(-frontness, 0)
    shapes[:, _PUCKER] += 0.25 * np.maximum(-frontness, 0) * np.maximum(-openness, 0)
    np.clip(shapes, 0, 1, out=shapes)


def _balance(values: Signal, solid: NDArray[np.bool_]) -> Signal:
    """`T`, -1..1: smoothed, relative to the voice's own median."""
    middle, spread = float(np.median(values[solid])), float(values[solid].std()) + 1e-3
    return np.tanh(smooth((values - middle) / spread, 2.5)).astype(np.float32)


def closed_on(shapes: Shapes, spans: list[Closure], times: NDArray[np.float64]) -> Shapes:
    """Close the lips: `press` is 1 and nothing is open on the whole of each closure."""
    shut = np.zeros(len(times), np.float32)
    rests = [min(_FLANK, max(_QUICK, 0.45 * (after[0] - before[1]))) for before, after in itertools.pairwise(spans)]
    for (start, end), closing, parting in zip(spans, [_FLANK, *rests], [*rests, _FLANK], strict=False):
        away: NDArray[np.float64] = np.maximum((start - times) / closing, (times - end) / parting)
        shut = np.maximum(shut, _smoothstep(1 - away))
    parted = 1 - shut
    shapes[:, [_JAW, _FUNNEL, _UPPER, _LOWER, _TONGUE]] *= parted[:, None]
    shapes[:, [_SPREAD, _PUCKER]] *= (0.4 + 0.6 * parted)[:, None]
    shapes[:, _PRESS] = np.maximum(shapes[:, _PRESS], shut)
    return np.clip(np.where(shapes < 1e-3, 0, shapes), 0, 1).astype(np.float32)


def _smoothstep(values: NDArray[np.float64] | Signal) -> Signal:
    clipped = np.clip(np.asarray(values, np.float64), 0, 1)
    return (clipped * clipped * (3 - 2 * clipped)).astype(np.float32)
