"""How loud a sound is (ITU-R BS.1770-4, as EBU R128 uses it), and music that is fitted under speech."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.media.sound import Waveform

_BLOCK, _STEP = 0.4, 0.1  # seconds of a gating block, and from one to the next
_ABSOLUTE, _RELATIVE = -70.0, -10.0  # LUFS, and below the mean: quieter blocks do not count
_AT_ONCE, _OVERLAP = 20.0, 0.5  # seconds that are filtered at once, and before them so that the filter has settled
_SHELF = (1681.974450955533, 3.999843853973347, 0.7071752369554196)  # Hz, dB and quality: the head
_HIGH_PASS = (38.13547087602444, 0.5003270373238773)  # Hz and quality
_CROSSING, _BEGIN, _END = 1.5, 0.3, 2.0  # seconds: where music is looped, at a film's beginning and at its end
UNDER, RAISED = 18.0, 8.0
"""Decibels of music under speech while somebody speaks, and how much louder it is in pauses."""
_ALONE = -20.0  # LUFS of music in a film without a voice
_BEFORE, _FALL, _HOLD, _RISE = 0.15, 0.15, 0.25, 0.9  # seconds of a duck: before speech, down, after speech, up
_LEVELS = 100  # values of a level a second


def loudness(sound: Waveform) -> float:
    """Integrated loudness in LUFS; minus infinity for silence."""
    step = round(_STEP * sound.rate)
    powers = np.concatenate([_powers(part, step) for part in _weighted(sound)])
    size = round(_BLOCK / _STEP)
    if len(powers) < size:
        powers = np.pad(powers, (0, size - len(powers)))
    blocks = np.convolve(powers, np.full(size, 1 / size), mode="valid")
    blocks = blocks[blocks > _power(_ABSOLUTE)]
    if not len(blocks):
        return -math.inf
    blocks = blocks[blocks > blocks.mean() * 10 ** (_RELATIVE / 10)]
    return -0.691 + 10 * math.log10(float(blocks.mean()))


def fitted(music: Waveform, seconds: float) -> Waveform:
    """Music of a film's length: looped with cross-fades or cut; it fades in, and longer out."""
    count, cross = round(seconds * music.rate), round(_CROSSING * music.rate)
    samples, cross = music.samples, min(cross, len(music.samples) // 4)
    whole = np.zeros((count, samples.shape[1]), np.float32)
    ramp = np.sin(np.linspace(0, np.pi / 2, cross, dtype=np.float32))[:, None]
    at = 0
    while at < count:
        part = samples.copy()
        if at:
            part[:cross] *= ramp
        if at + len(part) < count:
            part[len(part) - cross :] *= ramp[::-1]
        place = whole[at : at + len(part)]
        place += part[: len(place)]
        at += len(part) - cross
    for fade, edge in ((_BEGIN, whole), (_END, whole[::-1])):
        length = min(round(fade * music.rate), count // 4)
        edge[:length] *= np.linspace(0, 1, length, dtype=np.float32)[:, None] ** 2
    return Waveform(whole, music.rate)


def under_speech(music: Waveform, voices: Waveform, spoken: Sequence[Span]) -> Waveform:
    """Music of the length of the voices: `UNDER` decibels below them while somebody speaks, raised in longer pauses."""
    speech, plays = loudness(voices), loudness(music)
    if math.isinf(plays):
        return music
    base = _ALONE - plays if math.isinf(speech) else speech - UNDER + RAISED - plays
    edges = [edge for span in _joined(spoken) for edge in _duck(span)] if not math.isinf(speech) else []
    times, levels = ([0.0, *(at for at, _ in edges)], [0.0, *(level for _, level in edges)])
    if edges and edges[0][0] <= 0:
        times, levels = times[1:], levels[1:]
    clock = np.arange(math.ceil(len(music.samples) / music.rate * _LEVELS) + 1) / _LEVELS
    gains = 10 ** ((base - RAISED * np.interp(clock, times, levels)) / 20)
    out = np.empty_like(music.samples)
    for first in range(0, len(out), music.rate):
        part = np.arange(first, min(first + music.rate, len(out))) / music.rate
        out[first : first + music.rate] = music.samples[first : first + music.rate] * np.interp(part, clock, gains)[:, None]
    return Waveform(out, music.rate)


def _duck(span: Span) -> Iterator[tuple[float, float]]:
    """Corners of the level around speech: 0 raised, 1 ducked."""
    start = span.start - _BEFORE
    yield from ((start, 0.0), (start + _FALL, 1.0), (span.end + _HOLD, 1.0), (span.end + _HOLD + _RISE, 0.0))


def _joined(spoken: Sequence[Span]) -> list[Span]:
    """Speech without the pauses in which music would not be up again before it goes down."""
    joined: list[Span] = []
    for span in sorted(spoken):
        if joined and span.start - _BEFORE - joined[-1].end < _HOLD + _RISE:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _powers(samples: NDArray[np.float64], step: int) -> NDArray[np.float64]:
    """Mean square of each step, added over channels."""
    whole = samples[: len(samples) // step * step]
    return np.asarray((whole**2).sum(axis=1).reshape(-1, step).mean(axis=1), np.float64)


def _weighted(sound: Waveform) -> Iterator[NDArray[np.float64]]:
    """The sound as the ear weights it, `N C`, part by part."""
    step, before = round(_STEP * sound.rate), round(_OVERLAP * sound.rate)
    size = round(_AT_ONCE * sound.rate) // step * step
    for first in range(0, max(1, len(sound.samples)), size):
        start = max(0, first - before)
        part = sound.samples[start : first + size]
        count = len(part) + before
        at = np.exp(-2j * np.pi * np.fft.rfftfreq(count))
        powers = np.stack([np.ones_like(at), at, at**2])
        filters = (_shelf(sound.rate), _high_pass(sound.rate))
        response = np.prod([(top @ powers) / (bottom @ powers) for top, bottom in filters], axis=0)
        heard = np.fft.irfft(np.fft.rfft(part, count, axis=0) * response[:, None], count, axis=0)
        yield heard[first - start : len(part)]


def _shelf(rate: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coefficients of a biquad, above and below the fraction."""
    frequency, gain, quality = _SHELF
    k, high = math.tan(math.pi * frequency / rate), 10 ** (gain / 20)
    band = high**0.4996667741545416
    top = [high + band * k / quality + k * k, 2 * (k * k - high), high - band * k / quality + k * k]
    return np.array(top), np.array([1 + k / quality + k * k, 2 * (k * k - 1), 1 - k / quality + k * k])


def _high_pass(rate: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    frequency, quality = _HIGH_PASS
    k = math.tan(math.pi * frequency / rate)
    whole = 1 + k / quality + k * k
    return np.array([1.0, -2.0, 1.0]), np.array([1.0, 2 * (k * k - 1) / whole, (1 - k / quality + k * k) / whole])
