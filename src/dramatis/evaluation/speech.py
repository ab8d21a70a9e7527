"""How well the speech encoder hears: against the truth of held-out voices, and on recordings against what others hear.

On the stage the truth is known. On real recordings an English phone decoder (pocketsphinx) names /p b m/ and open vowels,
and pauses are where a level says so; the decoder errs too, so agreement has a ceiling that nobody knows.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dramatis.clock import Span
from dramatis.evaluation import hearing
from dramatis.media.sound import Waveform
from dramatis.media.sounds import resample
from dramatis.models.mouthshapes import (
    MOUTH,
    RATE,
    SAMPLE_RATE,
    SHAPE_COLUMNS,
    SHAPES,
    Features,
    levelled,
    loudness_of,
    truth_features,
)
from dramatis.stage import voices
from dramatis.stage.mouths import mouth_track

Hear = Callable[[np.ndarray[tuple[int, ...], np.dtype[np.float32]]], Features]
"""Mono sound at 16 kHz and the common level, `N`, to features `T 24`."""

OPEN_VOWELS = frozenset({"AA", "AE", "AW", "AY"})
_JAW, _PRESS = MOUTH.index("jaw"), MOUTH.index("press")
_CLOSED = 0.5  # of `press`
_AWAY = 0.15  # s from speech that silence must be


@dataclass(frozen=True)
class Reading:
    """Against the truth: share of frames with the right mouth shape, of those in speech, and correlation of the jaw."""

    frames: int
    right: float
    right_in_speech: float
    jaw: float


@dataclass(frozen=True)
class Agreement:
    """On a recording; None where it gives no occasion.

    `closed`: share of /p b m/ during which the lips press; `opened`: the jaw in the middle of open vowels, as a share of the
    largest opening, and `rest`: the same in silence; `loudness`: correlation of jaw and syllable loudness.
    """

    closed: float | None
    opened: float | None
    rest: float | None
    loudness: float | None


def read(hear: Hear, lines: list[voices.Line]) -> Reading:
    """How well lines are read whose truth is known."""
    heard, known = [], []
    for line in lines:
        samples = line.sound.samples[:, 0]
        heard.append(hear(samples))
        known.append(truth_features(line.phones, mouth_track(line.phones, line.sound.seconds), loudness_of(samples)))
    given, truth = np.concatenate(heard), np.concatenate(known)
    right = given[:, SHAPE_COLUMNS].argmax(1) == truth[:, SHAPE_COLUMNS].argmax(1)
    spoken = truth[:, SHAPE_COLUMNS].argmax(1) != SHAPES.index("silence")
    jaw = float(np.corrcoef(given[:, _JAW], truth[:, _JAW])[0, 1])
    return Reading(len(right), float(right.mean()), float(right[spoken].mean()), jaw)


def agree(hear: Hear, voice: Waveform) -> Agreement:
    """How far a recording's features agree with what an English decoder and a level meter hear."""
    given = hear(levelled(resample(voice, SAMPLE_RATE, mono=True).samples[:, 0]))
    jaw = given[:, _JAW]
    largest = max(1e-3, float(np.percentile(jaw, 98)))
    bilabials = [float(_part(given[:, _PRESS], span).max(initial=0.0) >= _CLOSED) for span in hearing.closures(voice)]
    vowels = [span for label, span in hearing.phones(voice) if label in OPEN_VOWELS]
    opened = [float(_part(jaw, span).max(initial=0.0)) / largest for span in vowels]
    known = hearing.hear(voice)
    quiet = _quiet(known.speech, len(jaw))
    loud = np.interp(np.arange(len(jaw)) / RATE, np.arange(len(known.loudness)) / hearing.HZ, known.loudness)
    return Agreement(
        closed=float(np.mean(bilabials)) if bilabials else None,
        opened=float(np.mean(opened)) if opened else None,
        rest=float(jaw[quiet].mean()) / largest if quiet.any() else None,
        loudness=float(np.corrcoef(jaw, loud)[0, 1]) if loud.std() > 0 and jaw.std() > 0 else None,
    )


def _part(curve: Features, span: Span) -> Features:
    first = max(0, int(np.floor(span.start * RATE)))
    return curve[first : max(first + 1, int(np.ceil(span.end * RATE)) + 1)]


def _quiet(
    speech: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], frames: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Frames that are some way off from any speech."""
    near = speech.copy()
    for start, end in hearing.runs(speech):
        near[max(0, start - round(_AWAY * hearing.HZ)) : end + round(_AWAY * hearing.HZ)] = True
    at = np.minimum(np.arange(frames) * (hearing.HZ // RATE), len(near) - 1)
    return ~near[at]
