"""What is heard of a scene besides its voices: rain and wind, a murmuring audience, a bouncing ball, falling blocks, steps.

Everything is synthesised, mono at 48 kHz, on the script's clock, and soft: speech is about ten times as loud. A sound begins at
the instant at which what makes it is seen.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.stage.places.physics import ball_bounces, block_falls
from dramatis.stage.play.script import INDOORS, Script

RATE = 48_000
_LOUD = {"rain": 0.012, "wind": 0.010, "audience": 0.004}
"""Root mean square of what goes on."""
_INSIDE = 0.35  # of the loudness of weather that is heard through a window
_RAMP = 0.04  # seconds of a beginning or an end
_BALL, _BLOCK, _STEP = 0.16, 0.10, 0.07  # peaks of a blow
_EVERY = 8.0  # seconds after which noise comes again

Sound = NDArray[np.float32]


def place_sounds(shots: Sequence[tuple[Span, Script]], seconds: float) -> Sound | None:
    """The sounds of a film's shots, `N` samples; None where nothing is heard in any of them."""
    track = np.zeros(round(seconds * RATE), np.float32)
    for span, script in shots:
        first, last = (min(len(track), round(edge * RATE)) for edge in (span.start, span.end))
        going_on = _going_on(script, first, last)
        blows = _blows(script, first, last)
        track[first:last] += going_on + blows
    return track if track.any() else None


def _going_on(script: Script, first: int, last: int) -> Sound:
    """Weather and people from one sample of the film to another."""
    place = script.place
    inside = place.set in INDOORS
    heard = [place.weather] if place.weather in _LOUD else []
    heard += ["audience"] * (place.set == "stage")
    sound = np.zeros(last - first, np.float32)
    for kind in heard:
        behind = inside and kind != "audience"
        loop = _loop(kind, place.seed, behind)
        level = _LOUD[kind] * (_INSIDE if behind else 1.0)
        sound += level * loop[np.arange(first, last) % len(loop)]  # on the film's clock: it goes on through cuts
    ramp = min(round(_RAMP * RATE), len(sound) // 2)
    sound[:ramp] *= np.linspace(0, 1, ramp, dtype=np.float32)
    sound[len(sound) - ramp :] *= np.linspace(1, 0, ramp, dtype=np.float32)
    return sound


def _blows(script: Script, first: int, last: int) -> Sound:
    """What hits something, at the instants at which it does."""
    place, sound = script.place, np.zeros(last - first, np.float32)
    blows: list[tuple[float, float, Callable[[float], Sound]]] = []
    if place.happening == "bouncing ball":
        blows += [(at, _BALL * min(1.0, speed / 2.3), _bounce) for at, speed in ball_bounces(place.seed)]
    elif place.happening == "toppling stack":
        blows += [(at, _BLOCK, _thud) for at in block_falls(script.seconds)]
    for part in script.parts:
        for doing in (doing for doing in part.doings if doing.what == "walk in"):
            steps = 2 * max(1, round(doing.span.seconds))
            blows += [
                (doing.span.start + doing.span.seconds * number / steps, _STEP * (0.8 + 0.2 * (number % 2)), _footstep)
                for number in range(1, steps + 1)
            ]
    for at, level, made in blows:
        place_at = round(at * RATE) - first
        if 0 <= place_at < len(sound):
            blow = made(level)[: len(sound) - place_at]
            sound[place_at : place_at + len(blow)] += blow
    return sound


def _loop(kind: str, seed: int, behind: bool) -> Sound:
    """Noise that can be repeated without a seam, of root mean square 1; `behind` a window it is dull."""
    draw = np.random.default_rng([seed, sorted(_LOUD).index(kind)])
    count = round(_EVERY * RATE)
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    low, high = {"rain": (400.0, 9000.0), "wind": (60.0, 700.0), "audience": (150.0, 1800.0)}[kind]
    high = min(high, 1200.0) if behind else high
    shape = 1 / (1 + (low / np.maximum(hertz, 1.0)) ** 4) / (1 + (hertz / high) ** 4) / np.maximum(hertz, 50.0) ** 0.35
    sound = np.fft.irfft(np.fft.rfft(draw.standard_normal(count)) * shape, count)
    if kind != "rain":  # gusts, and voices that rise and fall
        slow = np.fft.irfft(np.fft.rfft(draw.standard_normal(count)) * (hertz < (0.5 if kind == "wind" else 4.0)), count)
        sound *= np.clip(1 + 0.5 * slow / (slow.std() + 1e-9), 0.15, None)
    return np.asarray(sound / np.sqrt((sound**2).mean()), np.float32)


def _bounce(level: float) -> Sound:
    """A rubber ball: a hollow note that falls, and the slap of the ground."""
    return _blow(level, 0.16, lambda clock: np.sin(2 * np.pi * (150 * clock - 120 * clock**2)) * np.exp(-clock / 0.035), 0.25)


def _thud(level: float) -> Sound:
    """A wooden block on a floor."""
    return _blow(level, 0.12, lambda clock: np.sin(2 * np.pi * 310 * clock) * np.exp(-clock / 0.018), 0.5)


def _footstep(level: float) -> Sound:
    """A shoe on a floor."""
    return _blow(level, 0.1, lambda clock: np.sin(2 * np.pi * 95 * clock) * np.exp(-clock / 0.022), 0.4)


def _blow(level: float, seconds: float, tone: Callable[[NDArray[np.float64]], NDArray[np.float64]], slap: float) -> Sound:
    clock = np.arange(round(seconds * RATE)) / RATE
    hiss = np.random.default_rng(7).standard_normal(len(clock))
    dull = np.convolve(hiss, np.full(24, 1 / 24), mode="same") * 3
    sound = (tone(clock) + slap * dull * np.exp(-clock / 0.008)) * np.minimum(1, clock / 0.001)
    return np.asarray(level * sound / np.abs(sound).max(), np.float32)
