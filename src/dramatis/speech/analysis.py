"""Fast analysis of a whole voice: loudness, speech activity, pitch, stress, phrases.

Everything is heard in the voice alone, where somebody speaks or sings (`activity`): music under it, noise, chords and applause
move nothing. Silence is decided against a noise floor that is followed through the track, so that room tone and hiss do not
count as speech, and exact zeros (a track on which the character is silent) never do.
"""

import functools
import itertools
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.speech.activity import VocalTrack, voice_in
from dramatis.speech.spectrum import HOP, RATE, SAMPLE_RATE, Signal, Spectrum, at_sample_rate, pitch, smooth, spectrum
from dramatis.speech.vocals import WEIGHTS

_SYLLABLE = 3.7  # frames; Gaussian with its -3 dB point at 5 Hz
_PAUSE = 0.25  # s; a shorter silence does not end a phrase
_BLIP = 0.06  # s; shorter sounds are no speech
_BLOCK = 50  # frames of one estimate of the noise floor
_BRIDGE = 0.06  # s; the closure of a consonant is no silence
_BREATH, _VOICED = 9.0, 0.12  # dB below the loudest speech; least share of voiced frames
_DIGITAL_SILENCE, _QUIETEST = -100.0, -80.0  # dB of full scale
_BELOW_PEAK, _LEAST_RANGE, _LOUD = 34.0, 9.0, 14.0  # dB
_WHOLE, _PIECE, _BEGIN = 1200, 800, 400  # frames; a voice that is decoded at once, pieces of a longer one, its first stretch's
_STRESS_EVERY = 0.3  # s, at least this between two stressed syllables

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class VoiceAnalysis:
    """A voice at `RATE`, frames at `i / RATE` seconds; `samples` is the voice alone at 16 kHz, `spectrum` its.

    `sound` is everything that is heard with it; `song` and `music`, `T` 0..1, are how sure it is that somebody sings, that music
    plays.
    """

    samples: Signal
    spectrum: Spectrum
    sound: Spectrum
    song: Signal
    music: Signal
    loudness: Signal
    speech: Mask
    pitch: Signal
    stress: tuple[tuple[float, float], ...]
    phrases: tuple[Span, ...]


@dataclass(frozen=True)
class VoiceKey:
    """A voice, compared by its content, and the cache of its analysis."""

    digest: str
    voice: Waveform = field(compare=False)
    cache: ValueCache = field(default=NOWHERE, compare=False)


def analyse(voice: Waveform, cache: ValueCache = NOWHERE) -> VoiceAnalysis:
    """Analyse a whole voice; cached in this process for recent voices, and in `cache` for others."""
    return analysis_of(VoiceKey(voice.digest, voice, cache))


@functools.lru_cache(maxsize=8)
def analysis_of(key: VoiceKey) -> VoiceAnalysis:
    """As `analyse`, for a named voice."""
    return key.cache.get(digest_of("heard", version(), key.digest), functools.partial(_analysis, key))


@functools.cache
def version() -> str:
    """Digest of the code and weights of the analysis."""
    return digest_of(code_digest(__name__), WEIGHTS.read_bytes())


def _analysis(key: VoiceKey) -> VoiceAnalysis:
    everything = at_sample_rate(key.voice)
    vocal = _vocal(everything, key.cache)
    sound = spectrum(everything)
    bands = spectrum(vocal.samples) if vocal.accompanied else sound
    level = bands.level
    tone = pitch(vocal.samples, vocal.active & (level > max(_QUIETEST, float(np.percentile(level, 99)) - _BELOW_PEAK)))
    speech = without_breaths(speech_mask(level, tone) & vocal.active, level, tone)
    loud = _loudness(bands, speech)
    tone = np.where(speech, tone, 0).astype(np.float32)
    return VoiceAnalysis(
        samples=vocal.samples,
        spectrum=bands,
        sound=sound,
        song=vocal.kinds.song,
        music=vocal.kinds.music,
        loudness=loud,
        speech=speech,
        pitch=tone,
        stress=_stress(loud, tone),
        phrases=_phrases(speech),
    )


def _vocal(samples: Signal, cache: ValueCache) -> VocalTrack:
    """The voice in a sound without its silent end, so that a line and its track are analysed once."""
    heard = np.flatnonzero(samples)
    length = int(heard[-1]) + 1 if len(heard) else len(samples)
    sounding = samples[: min(len(samples), -(-length // HOP) * HOP)]
    return cache.get(digest_of("vocal", version(), sounding), functools.partial(voice_in, sounding)).lasting(len(samples))


def alone(voice: Waveform, cache: ValueCache = NOWHERE) -> Signal:
    """The separated voice at `SAMPLE_RATE`, with silence where nobody speaks or sings."""
    analysis = analyse(voice, cache)
    near = smooth(bridged(analysis.speech, _PAUSE).astype(np.float32), _SYLLABLE)
    gate = np.interp(np.arange(len(analysis.samples)) * (RATE / SAMPLE_RATE), np.arange(len(near)), np.clip(3 * near, 0, 1))
    return (analysis.samples * gate).astype(np.float32)


def runs(mask: Mask) -> list[tuple[int, int]]:
    """Stretches of True as `[start, end)`."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def speech_mask(level: Signal, tone: Signal) -> Mask:
    """`T`, where somebody speaks: sure speech, what is audible and touches it, and loud voiced sound.

    The last is for voices that never pause, where the lowest level is no noise. `level` is in dB, `tone` the pitch in Hz.
    """
    sounding = level > _DIGITAL_SILENCE
    if not sounding.any():
        return np.zeros(len(level), bool)
    peak = float(np.percentile(level[sounding], 98))
    floor = np.minimum(_floor(level, sounding), peak - _LEAST_RANGE)
    margin = np.clip(0.35 * (peak - floor), 4, 10)
    sure = np.maximum(np.maximum(floor + margin, peak - _BELOW_PEAK), _QUIETEST)
    held = smooth((np.maximum(level, _DIGITAL_SILENCE) - _DIGITAL_SILENCE).astype(np.float32), 1.0) + _DIGITAL_SILENCE
    mask = (held > sure - 0.4 * margin) | ((tone > 0) & (held > np.maximum(peak - _LOUD, floor + 3)))
    for start, end in runs(mask):
        if end - start < _BLIP * RATE or int((held[start:end] > np.minimum(sure, peak - _LOUD)[start:end]).sum()) < 4:
            mask[start:end] = False
    return bridged(mask, _BRIDGE)


def without_breaths(mask: Mask, level: Signal, tone: Signal) -> Mask:
    """The mask without quiet stretches of mostly unvoiced sound: a breath is not speech."""
    kept = mask.copy()
    peak = float(np.percentile(level[mask], 98)) if mask.any() else 0.0
    for start, end in runs(mask):
        if (tone[start:end] > 0).mean() < _VOICED and level[start:end].max() < peak - _BREATH:
            kept[start:end] = False
    return kept


def bridged(mask: Mask, longest: float) -> Mask:
    """The mask with gaps of at most `longest` seconds filled."""
    full = mask.copy()
    for start, end in runs(~mask):
        if end - start <= longest * RATE and start > 0 and end < len(mask):
            full[start:end] = True
    return full


def _floor(level: Signal, sounding: Mask) -> Signal:
    """The noise floor at each frame, dB: a low percentile around it, exact silence left out."""
    blocks = -(-len(level) // _BLOCK)
    lows = np.full(blocks, np.nan)
    for block in range(blocks):
        part = slice(max(0, block - 4) * _BLOCK, (block + 5) * _BLOCK)
        heard_here = level[part][sounding[part]]
        if len(heard_here) >= _BLOCK:
            lows[block] = np.percentile(heard_here, 4)
    lows = np.where(np.isnan(lows), _DIGITAL_SILENCE, lows)
    centres = (np.arange(blocks) + 0.5) * _BLOCK
    return np.interp(np.arange(len(level)), centres, lows).astype(np.float32)


def _loudness(bands: Spectrum, speech: Mask) -> Signal:
    """`T`, 0..1: perceived loudness of the syllables (amplitude to the power 0.6, Stevens), relative to the voice's own."""
    envelope = smooth(np.power(bands.power[:, :5].sum(axis=1) + 1e-12, 0.3), _SYLLABLE)
    if not speech.any():
        return np.zeros(len(envelope), np.float32)
    top = float(np.percentile(envelope[speech], 96))
    quiet = envelope[~speech]
    floor = min(float(np.percentile(quiet, 60)), 0.3 * top) if len(quiet) else 0.0
    near = smooth(speech.astype(np.float32), 2.5)
    return (np.clip((envelope - floor) / max(top - floor, 1e-9), 0, 1) * np.clip(1.6 * near, 0, 1)).astype(np.float32)


def _phrases(speech: Mask) -> tuple[Span, ...]:
    """Stretches of speech between pauses."""
    return tuple(Span(start / RATE, end / RATE) for start, end in runs(bridged(speech, _PAUSE)))


def _stress(loud: Signal, tone: Signal) -> tuple[tuple[float, float], ...]:
    """Prominent syllables: peaks of loudness that stand out from their neighbours, more so where the pitch is high."""
    reach = int(_STRESS_EVERY * RATE)
    if not loud.any():
        return ()
    padded = np.pad(loud, reach)
    highest = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).max(axis=1)
    peaks = np.flatnonzero((loud == highest) & (loud > 0.25))
    voiced = tone[tone > 0]
    middle = float(np.median(voiced)) if len(voiced) else 1.0
    found: list[tuple[float, float]] = []
    for peak in peaks:
        around = loud[max(0, peak - 60) : peak + 61]
        near = tone[max(0, peak - 6) : peak + 7]
        lift = float(np.log2(max(near.max(), 1.0) / middle)) if near.any() else 0.0
        strength = 0.55 * float(loud[peak]) + 0.5 * float(loud[peak] - np.median(around)) + 0.4 * lift
        if strength > 0.3 and (not found or peak / RATE - found[-1][0] >= _STRESS_EVERY):
            found.append((float(peak) / RATE, float(np.clip(strength, 0, 1))))
    return tuple(found)


def pieces(analysis: VoiceAnalysis) -> list[tuple[int, int]]:
    """Cut a voice for decoding: frames `[start, end)` that hold all speech.

    A short voice is one piece; a long one is cut in pieces of at most 8 s, and of 4 s where it begins, so that its first picture
    need not wait long. Cuts lie in the middle of pauses; where nobody pauses for so long, at the quietest instant.
    """
    begin, limit = (_WHOLE, _WHOLE) if len(analysis.speech) <= _WHOLE else (_BEGIN, _PIECE)
    cuts = [0, *((a + b) // 2 for a, b in runs(~analysis.speech) if b - a >= 12), len(analysis.speech)]
    parts: list[tuple[int, int]] = []
    for start, end in itertools.pairwise(cuts):
        if not analysis.speech[start:end].any():
            continue
        first, last = _trimmed(analysis.speech, start, end)
        if parts and parts[-1][1] == first and last - parts[-1][0] <= (limit if len(parts) > 1 else begin):
            parts[-1] = (parts[-1][0], last)
        else:
            parts.append((first, last))
    loud, most = analysis.loudness, (begin, *itertools.repeat(limit, len(parts)))
    return [piece for (start, end), longest in zip(parts, most, strict=False) for piece in _split(loud, start, end, longest)]


def _trimmed(speech: Mask, start: int, end: int) -> tuple[int, int]:
    """Leave out silence that is further than a second from the speech."""
    inside = np.flatnonzero(speech[start:end])
    return max(start, start + int(inside[0]) - RATE), min(end, start + int(inside[-1]) + 1 + RATE)


def _split(loud: Signal, start: int, end: int, limit: int) -> list[tuple[int, int]]:
    """Parts of at most `limit` frames, cut at quiet instants."""
    found = []
    while end - start > limit:
        low = start + limit // 2
        cut = low + int(np.argmin(loud[low : start + limit]))
        found.append((start, cut))
        start = cut
    return [*found, (start, end)]


def samples_of(analysis: VoiceAnalysis, start: int, end: int) -> Signal:
    """The sound of frames `[start, end)`."""
    hop = SAMPLE_RATE // RATE
    return analysis.samples[max(0, start) * hop : end * hop]
