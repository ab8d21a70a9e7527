"""Analysis of a voice for the measures: loudness of syllables, speech activity, and times of closed lips.

Everything is computed from the sound, independently of the score that an engine may have used.

- *Loudness* follows Stevens' power law (sones grow as energy to the power of 0.3), of the band below 4 kHz, where
  vowels are and hissing is not, smoothed by a Gaussian that passes 5 Hz at -3 dB: a bump for each syllable.
- *Speech* is where the level is within 32 dB of the loud parts, and over the lowest quarter of the voice's own range in dB.
- *Closures* are the phones /p b m/ that pocketsphinx decodes without any text, with an English model, in two passes of
  different settings; only phones that both passes hear count, since a phone that was never said closes no lips.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.media.sound import Waveform

HZ = 100
"""Values a second of every curve here; value k is centred at k/100 s."""

_BAND = 8000  # Hz to which the voice is resampled: keeps what lies below 4 kHz
_PHONES = 16000
_SYLLABLES = 5.0  # Hz
_LOWEST = -90.0  # dB
_REACH = 32.0  # dB below the loud parts that still are speech
BILABIAL = frozenset({"P", "B", "M"})
_PASSES = (2.0, 1.0)  # weights of the phone language model


@dataclass(frozen=True, eq=False)
class VoiceCurves:
    """A voice as it is heard, 100 values a second: loudness in [0, 1] (98th percentile is 1) and where there is speech."""

    loudness: NDArray[np.float64]
    speech: NDArray[np.bool_]


def hear(voice: Waveform) -> VoiceCurves:
    """Loudness and speech of a voice."""
    power = _power(_resampled(voice, _BAND))
    level = 10 * np.log10(power + 10 ** (_LOWEST / 10))
    loudness = gaussian(power, HZ * 0.1325 / _SYLLABLES) ** 0.3
    top = float(np.percentile(loudness, 98)) if loudness.size else 0.0
    return VoiceCurves(np.clip(loudness / top, 0, 1.5) if top > 1e-6 else np.zeros_like(loudness), speech(level))


def speech(level: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where a level in dB, 100 values a second, is speech; pauses below 0.15 s belong to it, bursts below 0.05 s do not."""
    if not level.size or level.max() <= _LOWEST + 20:
        return np.zeros(level.shape, bool)
    floor, top = np.percentile(level, (3, 95))
    loud: NDArray[np.bool_] = level > max(top - _REACH, floor + (top - floor) / 4)
    for value, shortest in ((False, 15), (True, 5)):
        for start, end in runs(loud == value):
            if end - start < shortest and (value or (start > 0 and end < len(loud))):
                loud[start:end] = not value
    return loud


def closures(voice: Waveform) -> tuple[Span, ...]:
    """When the lips must be closed for /p b m/, as an English phone decoder hears it."""
    sound = _resampled(voice, _PHONES)
    if not sound.size or np.abs(sound).max() < 1e-3:
        return ()
    first, second = ([span for label, span in _decoded(sound, weight) if label in BILABIAL] for weight in _PASSES)
    return tuple(span for span in first if any(span.overlap(other) > 0 for other in second))


def phones(voice: Waveform) -> tuple[tuple[str, Span], ...]:
    """The phones (ARPAbet) of a voice with their spans, as an English decoder hears them without knowing the text."""
    sound = _resampled(voice, _PHONES)
    if not sound.size or np.abs(sound).max() < 1e-3:
        return ()
    return tuple((label, span) for label, span in _decoded(sound, _PASSES[0]) if label.isalpha() and label != "SIL")


def gaussian(values: NDArray[np.float64], sigma: float) -> NDArray[np.float64]:
    """Values smoothed by a Gaussian of `sigma` values, ends repeated; it does not delay."""
    reach = max(1, round(4 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    if not values.size:
        return values
    return np.convolve(np.pad(values, reach, mode="edge"), kernel / kernel.sum(), mode="valid")


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """`[start, end)` of each stretch of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _power(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """Mean square in windows of 25 ms, every 10 ms, slow drift removed."""
    hop, reach = _BAND // HZ, int(_BAND * 0.0125)
    drift = np.convolve(sound, np.full(reach, 1 / reach), mode="same") if sound.size else sound
    summed = np.concatenate([[0.0], np.cumsum((sound - drift).astype(np.float64) ** 2)])
    middles = np.arange(0, len(sound), hop)
    low, high = np.clip(middles - reach, 0, len(sound)), np.clip(middles + reach, 0, len(sound))
    return np.asarray((summed[high] - summed[low]) / (2 * reach), np.float64)


def _resampled(voice: Waveform, rate: int) -> NDArray[np.float32]:
    import soxr

    return np.asarray(voice.mono if voice.rate == rate else soxr.resample(voice.mono, voice.rate, rate), np.float32)


def _decoded(sound: NDArray[np.float32], weight: float) -> list[tuple[str, Span]]:
    from pocketsphinx import Decoder, get_model_path

    model = f"{get_model_path()}/en-us"
    decoder = Decoder(
        hmm=f"{model}/en-us",
        allphone=f"{model}/en-us-phone.lm.bin",
        lm=None,
        dict=None,
        lw=weight,
        beam=1e-20,
        pbeam=1e-20,
        loglevel="FATAL",
    )
    decoder.start_utt()
    decoder.process_raw((sound / np.abs(sound).max() * 23000).astype("<i2").tobytes(), full_utt=True)
    decoder.end_utt()
    return [(part.word, Span(part.start_frame / HZ, (part.end_frame + 1) / HZ)) for part in decoder.seg() or ()]
