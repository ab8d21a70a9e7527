"""Synthetic music and noise without a voice, by number.

Chords, arpeggios and tunes of simple instruments, drums, and the noises of rooms, streets and audiences. Everything is drawn
from a generator; sound is mono at 16 kHz, float32, of root mean square 0.1.
"""

import functools
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
Draw = np.random.Generator
_Wave = NDArray[np.float64]
Instrument = Callable[[float, float, Draw], _Wave]
"""Hertz and seconds of a note -> its sound."""

_RATE = 16_000
_HIGHEST = 7000.0  # Hz of a partial
_LEVEL = 0.1
_INVENTED = 0.55  # share of invented instruments
_CHORDS = ((0, 4, 7), (0, 3, 7), (0, 4, 7, 11), (0, 3, 7, 10), (0, 5, 7))
_STEPS, _TUNE = (0, 5, 7, 9, 2, 4), (0, 2, 4, 7, 9, 12)  # semitones: of a chord's root, of a tune over it


def music(seconds: float, draw: Draw) -> Sound:
    """Music of one or two instruments (of `INSTRUMENTS`, or invented), some with a bass and drums."""
    track = np.zeros(round(seconds * _RATE))
    beat, root = 60 / draw.uniform(60, 150), int(draw.integers(43, 60))
    band = [_drawn(draw) for _ in range(int(draw.integers(1, 3)))]
    chords, tune = band[0], band[-1]
    broken, bass = draw.random() < 0.35, draw.random() < 0.6
    at = float(draw.uniform(0, 0.3))
    while at < seconds:
        base, lasts = root + int(draw.choice(_STEPS)), beat * float(draw.choice([2, 4]))
        notes = _CHORDS[draw.integers(len(_CHORDS))]
        for number in range(round(2 * lasts / beat) if broken else len(notes)):
            start, length = (number * beat / 2, 0.6 * beat) if broken else (0.0, lasts)
            _add(
                track,
                0.4 * chords(_hertz(base + notes[number % len(notes)] + 12 * int(draw.random() < 0.3)), length, draw),
                at + start,
            )
        if len(band) > 1 or draw.random() < 0.3:
            _melody(track, tune, base + 12, (at, lasts, beat), draw)
        if bass:
            _add(track, 0.4 * _synth(_hertz(base - 12), lasts, draw), at)
        at += lasts
    if draw.random() < 0.4:
        track += draw.uniform(0.1, 0.7) * float(np.abs(track).max()) * _drums(len(track), beat, draw)
    return _levelled(track)


def noise(seconds: float, draw: Draw, kind: str | None = None) -> Sound:
    """A noise of one of `NOISES`."""
    name = kind or str(draw.choice(list(NOISES)))
    return _levelled(NOISES[name](round(seconds * _RATE), draw))


def _drawn(draw: Draw) -> Instrument:
    """One of the instruments, or one that is drawn anew."""
    if draw.random() < _INVENTED:
        return functools.partial(_invented, int(draw.integers(1 << 30)))
    return INSTRUMENTS[str(draw.choice(list(INSTRUMENTS)))]


def _melody(track: _Wave, tune: Instrument, base: int, when: tuple[float, float, float], draw: Draw) -> None:
    at, lasts, beat = when
    passed = 0.0
    while passed < lasts:
        length = beat * float(draw.choice([0.5, 1, 1, 2]))
        _add(track, 0.6 * tune(_hertz(base + int(draw.choice(_TUNE))), min(length, lasts - passed) + 0.05, draw), at + passed)
        passed += length


def _hertz(note: float) -> float:
    return float(440 * 2 ** ((note - 69) / 12))


def _add(track: _Wave, part: _Wave, at: float) -> None:
    first = round(at * _RATE)
    place = track[first : first + len(part)]
    place += part[: len(place)]


def _levelled(track: _Wave) -> Sound:
    return (_LEVEL * track / max(1e-9, float(np.sqrt((track**2).mean())))).astype(np.float32)


def _times(seconds: float) -> _Wave:
    return np.arange(max(1, round(seconds * _RATE))) / _RATE


def _held(times: _Wave, rise: float) -> _Wave:
    """A note that is held to its end."""
    return np.clip(np.minimum(times, times[-1] - times) / rise, 0, 1)


def _partials(phase: _Wave, hertz: float, weights: _Wave, draw: Draw) -> _Wave:
    """A sum of harmonics with these weights."""
    count = min(len(weights), int(_HIGHEST / hertz))
    turns = draw.uniform(0, 2 * np.pi, count)
    return np.asarray(sum(weights[k] * np.sin((k + 1) * phase + turns[k]) for k in range(count)) + 0 * phase, np.float64)


def _organ(hertz: float, seconds: float, draw: Draw) -> _Wave:
    times, weights = _times(seconds), np.zeros(8)
    weights[[0, 1, 2, 3, 5, 7]] = draw.uniform(0.2, 1, 6)
    return _partials(2 * np.pi * hertz * times, hertz, weights, draw) * _held(times, 0.03)


def _piano(hertz: float, seconds: float, draw: Draw) -> _Wave:
    times, wave = _times(seconds + 0.3), np.zeros(round((seconds + 0.3) * _RATE))
    fade = draw.uniform(0.8, 2.0)
    for k in range(1, 14):
        stretched = k * hertz * np.sqrt(1 + 4e-4 * k * k)
        if stretched < _HIGHEST:
            wave += k**-1.1 * np.sin(2 * np.pi * stretched * times + draw.uniform(0, 6)) * np.exp(-times * (fade + 0.5 * k))
    return wave * np.minimum(1, times / 0.004)


def _strings(hertz: float, seconds: float, draw: Draw) -> _Wave:
    times = _times(seconds)
    swing = 1 + draw.uniform(0, 0.008) * np.sin(2 * np.pi * draw.uniform(4.5, 6.5) * times + draw.uniform(0, 6))
    body = [draw.uniform(300, 600), draw.uniform(900, 1400), draw.uniform(2000, 3200)]
    harmonics = np.arange(1, 26)
    weights = (0.35 + sum(1 / (1 + ((harmonics * hertz - middle) / 250) ** 2) for middle in body)) / harmonics
    return _partials(2 * np.pi * hertz * np.cumsum(swing) / _RATE, hertz, weights, draw) * _held(times, draw.uniform(0.05, 0.2))


def _guitar(hertz: float, seconds: float, draw: Draw) -> _Wave:
    """A plucked string (Karplus and Strong 1983)."""
    period = max(2, int(_RATE / hertz))
    string, rows = draw.uniform(-1, 1, period), list[_Wave]()
    for _ in range(-(-round(seconds * _RATE) // period)):
        rows.append(string)
        string = 0.498 * (string + np.roll(string, 1))
    return np.concatenate(rows) if rows else string


def _synth(hertz: float, seconds: float, draw: Draw) -> _Wave:
    times, harmonics = _times(seconds), np.arange(1, 30)
    weights = 1 / harmonics / (1 + (harmonics * hertz / draw.uniform(500, 3000)) ** 2)
    return _partials(2 * np.pi * hertz * times, hertz, weights, draw) * _held(times, 0.02)


def _flute(hertz: float, seconds: float, draw: Draw) -> _Wave:
    times = _times(seconds)
    swing = 1 + draw.uniform(0, 0.006) * np.sin(2 * np.pi * draw.uniform(4.5, 6) * times)
    breath = 0.03 * draw.normal(size=len(times))
    tone = _partials(2 * np.pi * hertz * np.cumsum(swing) / _RATE, hertz, np.array([1, 0.3, 0.1, 0.05]), draw)
    return (tone + breath) * _held(times, 0.06)


def _brass(hertz: float, seconds: float, draw: Draw) -> _Wave:
    times, harmonics = _times(seconds), np.arange(1, 21)
    blown = _held(times, draw.uniform(0.03, 0.1))
    dull = _partials(2 * np.pi * hertz * times, hertz, harmonics**-1.5, draw)
    bright = _partials(2 * np.pi * hertz * times, hertz, harmonics**-0.7, draw)
    return blown * ((1 - blown**2) * dull + blown**2 * bright)


def _bell(hertz: float, seconds: float, draw: Draw) -> _Wave:
    times, fade = _times(seconds + 0.5), draw.uniform(0.7, 1.5)
    parts = [(1, 1), (2.76, 0.6), (5.4, 0.4), (8.9, 0.2)]
    return np.asarray(
        sum(
            w * np.sin(2 * np.pi * r * hertz * times) * np.exp(-times * (fade + 0.6 * r))
            for r, w in parts
            if r * hertz < _HIGHEST
        )
        + 0 * times,
        np.float64,
    )


def _invented(number: int, hertz: float, seconds: float, draw: Draw) -> _Wave:
    """The instrument of a number: its partials, how they ring and fade, a body, vibrato, tremolo and a second string."""
    body = np.random.default_rng(number)
    times = _times(seconds + body.uniform(0, 0.4))
    count, falls = int(body.integers(1, 22)), body.uniform(0.3, 2.0)
    harmonics = np.arange(1, count + 1)
    weights = harmonics**-falls * body.uniform(0.05, 1, count)
    weights *= 1 + body.uniform(0, 4) / (1 + ((harmonics * hertz - body.uniform(300, 3000)) / body.uniform(150, 600)) ** 2)
    swing = 1 + body.uniform(0, 0.006) * body.integers(0, 2) * np.sin(2 * np.pi * body.uniform(3, 8) * times)
    phase = 2 * np.pi * hertz * np.cumsum(swing) / _RATE
    wave = _partials(phase, hertz, weights, draw)
    if body.random() < 0.4:
        wave = wave + _partials(phase * (1 + body.uniform(0.001, 0.01)), hertz, weights, draw)
    fades = np.exp(-times * body.uniform(0, 6) * body.integers(0, 2))
    trembles = 1 + body.uniform(0, 0.5) * body.integers(0, 2) * np.sin(2 * np.pi * body.uniform(3, 9) * times)
    return wave * _held(times, body.uniform(0.004, 0.15)) * fades * trembles


def _drums(samples: int, beat: float, draw: Draw) -> _Wave:
    track, times = np.zeros(samples), _times(0.3)
    kick = np.sin(2 * np.pi * (50 * times + 3 * (1 - np.exp(-30 * times)))) * np.exp(-18 * times)
    for number, at in enumerate(np.arange(0, samples / _RATE, beat / 2)):
        snare = (0.4 * draw.normal(size=len(times)) + 0.4 * np.sin(2 * np.pi * 190 * times)) * np.exp(-20 * times)
        if number % 2 == 0:
            _add(track, kick if number % 4 == 0 else snare, at)
        hat = np.diff(draw.normal(size=801)) * np.exp(-np.arange(800) / 150)
        _add(track, 0.2 * hat, at)
    return track


def _passed(wave: _Wave, low: float, high: float) -> _Wave:
    """What lies between two frequencies."""
    hertz = np.maximum(np.fft.rfftfreq(len(wave), 1 / _RATE), 1.0)
    return np.fft.irfft(np.fft.rfft(wave) / (1 + (low / hertz) ** 4) / (1 + (hertz / high) ** 4), len(wave))


def _hiss(samples: int, draw: Draw) -> _Wave:
    return _passed(draw.normal(size=samples), draw.uniform(20, 200), draw.uniform(3000, 8000))


def _wind(samples: int, draw: Draw) -> _Wave:
    knots = np.arange(0, samples + _RATE, int(draw.uniform(0.3, 1.0) * _RATE))
    return _passed(draw.normal(size=samples), 60, draw.uniform(250, 700)) * np.interp(
        np.arange(samples), knots, draw.uniform(0.1, 1.8, len(knots))
    )


def _applause(samples: int, draw: Draw) -> _Wave:
    track, fade = np.zeros(samples), np.exp(-np.arange(300) / 60)
    hands = [_passed(draw.normal(size=300) * fade, draw.uniform(400, 900), draw.uniform(1500, 3500)) for _ in range(12)]
    for at in draw.uniform(0, samples / _RATE, int(draw.uniform(15, 150) * samples / _RATE)):
        _add(track, draw.uniform(0.2, 1) * hands[draw.integers(12)], at)
    return track


def _breaths(samples: int, draw: Draw) -> _Wave:
    strength, at = np.zeros(samples), float(draw.uniform(0.1, 0.8))
    while at < samples / _RATE:
        _add(strength, np.hanning(round(draw.uniform(0.25, 0.8) * _RATE)), at)
        at += draw.uniform(1, 2.5)
    return _passed(draw.normal(size=samples), 500, 3500) * strength + 1e-4


def _traffic(samples: int, draw: Draw) -> _Wave:
    swell = 1 + np.sin(2 * np.pi * draw.uniform(0.1, 0.4) * np.arange(samples) / _RATE)
    return _passed(draw.normal(size=samples), 40, 250) + 0.1 * _passed(draw.normal(size=samples), 200, 2000) * swell


def _clicks(samples: int, draw: Draw) -> _Wave:
    track, at = 1e-3 * draw.normal(size=samples), 0.2
    while at < samples / _RATE:
        _add(track, draw.normal(size=200) * np.exp(-np.arange(200) / 40), at)
        at += draw.uniform(0.1, 0.6)
    return track


def _hum(samples: int, draw: Draw) -> _Wave:
    phase = 2 * np.pi * float(draw.choice([50, 60, 100, 120])) * np.arange(samples) / _RATE
    return sum(np.sin(k * phase) / k for k in range(1, 12)) + 0.01 * draw.normal(size=samples)


INSTRUMENTS: dict[str, Instrument] = {
    "organ": _organ, "piano": _piano, "strings": _strings, "guitar": _guitar, "synth": _synth, "flute": _flute, "brass": _brass,
    "bell": _bell,
}  # fmt: skip
NOISES: dict[str, Callable[[int, Draw], _Wave]] = {
    "hiss": _hiss, "wind": _wind, "applause": _applause, "breaths": _breaths, "traffic": _traffic, "clicks": _clicks, "hum": _hum,
}  # fmt: skip
