"""Emotion of a voice over time: arousal and valence from energy, pitch, brightness and pace, and the six emotions from both.

No learned model: the directions follow the literature (Banse and Scherer 1996; Juslin and Laukka 2003):
excitement and anger are louder, higher, brighter and faster than the same voice at rest, sadness is softer, lower, duller and
slower; anger is harsh where excitement sings. Everything is measured against the voice's own middle, so that a quiet
recording or a high voice is no feeling; what the whole voice is like adds an absolute part that is held less surely.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.director.claims import CONTOUR_RATE, Feeling
from dramatis.speech.analysis import VoiceAnalysis
from dramatis.speech.spectrum import RATE, smooth
from dramatis.story import EMOTIONS

Curve = NDArray[np.float64]

STEP = RATE // CONTOUR_RATE
"""Frames of hearing for each value of a contour."""
_WINDOW = 3.5  # values (0.35 s): sigma of what is one moment of feeling
_PLACES = {
    "calm": (-0.15, 0.15, 1.0),
    "excitement": (0.75, 0.55, 1.0),
    "confusion": (0.05, -0.35, 0.35),
    "sadness": (-0.75, -0.45, 1.0),
    "surprise": (0.7, 0.1, 0.45),
    "anger": (0.8, -0.6, 1.0),
}
"""Arousal, valence (Russell 1980), and how often a voice says it."""
_SPREAD = 0.38
_WORTH = 3.0
"""How many times the variance a cut must explain, for each e-fold of the length."""


@dataclass(frozen=True, eq=False)
class Prosody:
    """Contours of a voice, `CONTOUR_RATE` values a second from its start.

    `energy` (dB, of the syllables around), `pitch` (Hz, 0 where unvoiced), `tilt` (dB of what lies above 1 kHz against what
    lies below), `spoken` (share of speech around), `rate` (syllables a second of speech, for the whole voice).
    """

    energy: Curve
    pitch: Curve
    tilt: Curve
    spoken: Curve
    rate: float


def prosody(analysis: VoiceAnalysis) -> Prosody:
    """The contours of what was heard."""
    power = analysis.spectrum.power.astype(np.float64)
    weight = analysis.speech.astype(np.float64)
    spoken = _around(weight)
    near = np.maximum(spoken, 1e-3)
    voiced = (analysis.pitch > 0).astype(np.float64)
    tone = np.log2(np.maximum(analysis.pitch, 1.0)) * voiced
    middle = _around(tone) / np.maximum(_around(voiced), 1e-3)
    low, high = _around(power[:, :3].sum(1) * weight) / near, _around(power[:, 3:].sum(1) * weight) / near
    return Prosody(
        energy=10 * np.log10(low + high + 1e-10),
        pitch=np.where(_around(voiced) > 0.02, 2.0**middle, 0.0),
        tilt=10 * np.log10((high + 1e-10) / (low + 1e-10)),
        spoken=np.clip(spoken, 0, 1),
        rate=_rate(analysis),
    )


def feelings(contours: Prosody, start: float = 0.0) -> tuple[Feeling, ...]:
    """A feeling for every value of the contours at which somebody speaks; `start` is when the voice starts, in seconds."""
    here = contours.spoken > 0.15
    if not here.any():
        return ()
    arousal, valence = _circle(contours, here)
    sure = np.clip(contours.spoken, 0, 1) * np.clip(0.35 + 0.6 * np.abs(arousal), 0, 0.9)
    return tuple(
        Feeling(
            round(start + place / CONTOUR_RATE, 3),
            round(float(arousal[place]), 3),
            round(float(valence[place]), 3),
            emotions_at(float(arousal[place]), float(valence[place])),
            round(float(sure[place]), 3),
        )
        for place in np.flatnonzero(here)
    )


def emotions_at(arousal: float, valence: float) -> tuple[float, ...]:
    """A weight for each of EMOTIONS, adding up to 1: how near its place on the circle is."""
    near = [
        often * np.exp(-((arousal - a) ** 2 + (valence - v) ** 2) / (2 * _SPREAD**2))
        for a, v, often in (_PLACES[name] for name in EMOTIONS)
    ]
    total = sum(near) + 1e-12
    return tuple(round(float(weight / total), 3) for weight in near)


def turns(feelings: tuple[Feeling, ...], least: float = 0.4, shortest: float = 2.4) -> list[tuple[int, int]]:
    """Stretches `[start, end)` of feelings in which a voice feels the same: parted where parting explains most (binary
    segmentation, Scott and Knott 1974), and joined again with the stretch before where arousal and valence differ by less than
    `least`. `shortest` is in seconds.
    """
    values = np.array([(one.arousal, one.valence) for one in feelings]).reshape(-1, 2)
    room = max(2, round(shortest * CONTOUR_RATE))

    def parted(start: int, end: int) -> list[tuple[int, int]]:
        cut = _best_cut(values[start:end], room)
        return [(start, end)] if cut is None else [*parted(start, start + cut), *parted(start + cut, end)]

    joined: list[tuple[int, int]] = []
    for start, end in parted(0, len(values)) if len(values) else []:
        alike = joined and np.abs(values[slice(*joined[-1])].mean(0) - values[start:end].mean(0)).max() < least
        joined[-1:] = [(joined[-1][0], end)] if alike else [*joined[-1:], (start, end)]
    return joined


def _best_cut(values: Curve, room: int) -> int | None:
    """The split with the least squared error of two means; None if there is no room or too little gain."""
    count = len(values)
    if count < 2 * room:
        return None
    places = np.arange(room, count - room + 1)
    sums = np.cumsum(values, axis=0)
    left, right = sums[places - 1], sums[-1] - sums[places - 1]
    gain = (left**2).sum(1) / places + (right**2).sum(1) / (count - places) - (sums[-1] ** 2).sum() / count
    enough = _WORTH * float(values.var(0).sum()) * np.log(count)
    return int(places[gain.argmax()]) if gain.max() > enough else None


def _circle(contours: Prosody, here: NDArray[np.bool_]) -> tuple[Curve, Curve]:
    """Arousal and valence, -1..1."""
    weights = contours.spoken * here
    energy = _against(contours.energy, weights, 25)
    tilt = _against(contours.tilt, weights, 25)
    voiced = weights * (contours.pitch > 0)
    tone = 12 * np.log2(np.maximum(contours.pitch, 1.0) / 100.0)
    height = np.where(contours.pitch > 0, _against(tone, voiced, 35), 0.0)
    alive = _spread(tone, voiced)
    pace = contours.rate - 4.0 if contours.rate else 0.0
    whole = 0.10 * np.clip(pace, -2, 2) + 0.07 * np.clip(alive - 3.0, -2.5, 4)
    moment = energy / 15 + height / 14 + tilt / 30
    arousal = np.tanh(1.15 * (moment - 0.18) + whole)
    harsh = tilt / 9 + energy / 18 - height / 6
    sung = np.clip(alive - 3.2, -2, 3) * 0.16
    valence = np.tanh(np.where(arousal > 0, 0.15 + sung - 0.75 * np.clip(harsh, -1, 1.6) * arousal, 0.15 + sung + 0.8 * arousal))
    return arousal, valence


def _around(values: NDArray[np.float64]) -> Curve:
    """Frames smoothed, one value for each step."""
    return smooth(values.astype(np.float32), _WINDOW * STEP)[::STEP].astype(np.float64)


def _against(values: Curve, weights: Curve, percent: float) -> Curve:
    """Relative to the lower quantile of the voice itself, so that frequent values count as rest."""
    spoken = values[weights > 0]
    return values - float(np.percentile(spoken, percent)) if len(spoken) else np.zeros_like(values)


def _spread(values: Curve, weights: Curve) -> float:
    inside = values[weights > 0]
    return float(np.percentile(inside, 90) - np.percentile(inside, 10)) / 1.8 if len(inside) > 5 else 3.0


def _rate(analysis: VoiceAnalysis) -> float:
    """Syllables a second of speech: peaks of loudness with a dip between them."""
    loud, seconds = analysis.loudness, float(analysis.speech.sum()) / RATE
    if seconds < 0.5:
        return 0.0
    inner = loud[1:-1]
    peaks = np.flatnonzero((inner >= loud[:-2]) & (inner > loud[2:]) & (inner > 0.12)) + 1
    count, low = 0, 0.0
    last = 0
    for peak in peaks:
        low = float(loud[last : peak + 1].min())
        if not count or low < 0.85 * min(float(loud[last]), float(loud[peak])):
            count, last = count + 1, int(peak)
        elif loud[peak] > loud[last]:
            last = int(peak)
    return count / seconds
