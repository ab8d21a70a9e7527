"""Idle motion of a character: breath, blinks, glances, head motion of speech, attention to others."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.speech.mouthshapes import RATE as FEATURE_RATE
from dramatis.stage.people.head import varied
from dramatis.stage.people.moods import Channels, Times, added, ease
from dramatis.stage.people.mouths import RATE, mouth_track
from dramatis.stage.play.script import Part, Script

_BLINK, _SHUTS, _OPENS = 3.1, 0.09, 0.16  # s between blinks, and of one
_GLANCE = 1.5  # s between small movements of the eyes
_FRIENDLY = {"inner": 0.40, "outer": 0.15, "smile": 0.12}
"""What faces at rest have in films that people watch (`pacing`): brows that lie flat beside round eyes look stern."""


@dataclass(frozen=True, eq=False)
class Actor:
    """One part in its script."""

    script: Script
    number: int
    known: NDArray[np.float32] | None = None
    """The mouth over all lines, if that is known already."""

    @property
    def spoken(self) -> NDArray[np.float32]:
        """`T 8` at `mouths.RATE`: the mouth over all lines."""
        return spoken_by(self.part) if self.known is None else self.known

    @property
    def part(self) -> Part:
        return self.script.parts[self.number]

    @property
    def seed(self) -> int:
        """Of blinks, glances and sway."""
        return self.script.seed * 31 + self.number * 7 + 3

    def way(self, other: int | None) -> int:
        """Which side another character is on; with nobody there, where there is more room."""
        if other is not None and other < len(self.script.parts) and other != self.number:
            return 1 if self.script.parts[other].x >= self.part.x else -1
        return 1 if self.part.x <= 0.55 else -1


def idle(actor: Actor, times: Times) -> Channels:
    """Breath, sway, and eye movements."""
    a, b = 6.28 * varied(actor.seed, 11), 6.28 * varied(actor.seed, 12)
    step = np.floor(times / _GLANCE)
    late = ease((times / _GLANCE - step) * _GLANCE / 0.12)
    glances = [_jitter(actor.seed, step - 1, k) * (1 - late) + _jitter(actor.seed, step, k) * late for k in (21, 22)]
    friendly = _FRIENDLY if actor.part.blinks is not None else {}
    return {name: np.full(len(times), value) for name, value in friendly.items()} | {
        "lean_y": 0.010 * np.sin(2 * math.pi * 0.27 * times + a),
        "shrug": 0.035 * np.sin(2 * math.pi * 0.27 * times + a + 0.4),
        "yaw": 2.4 * np.sin(2 * math.pi * 0.13 * times + b) + 1.2 * np.sin(2 * math.pi * 0.31 * times + a),
        "roll": 1.5 * np.sin(2 * math.pi * 0.11 * times + a + b),
        "pitch": 1.0 * np.sin(2 * math.pi * 0.21 * times + b),
        "lean_x": 0.014 * np.sin(2 * math.pi * 0.09 * times + a),
        "gaze_x": 0.16 * glances[0],
        "gaze_y": 0.10 * glances[1],
    }


def _jitter(seed: int, step: Times, which: int) -> Times:
    """`T`, -1..1: a number for every step."""
    value = np.sin(seed * 12.9898 + step * 78.233 + which * 37.719) * 43758.5453
    return 2 * (value - np.floor(value)) - 1


def blinks(actor: Actor, times: Times) -> Times:
    """`T`, 0 open .. 1 shut."""
    if actor.part.blinks is not None:
        return np.max([np.zeros(len(times)), *(_blink(times - at) for at in actor.part.blinks)], axis=0)
    shut = np.zeros(len(times))
    for back in (-1, 0, 1):
        step = np.floor(times / _BLINK) + back
        shut = np.maximum(shut, _blink(times - (step + 0.5 + 0.35 * _jitter(actor.seed, step, 31)) * _BLINK))
    return shut


def _blink(away: Times) -> Times:
    """`T`: one blink, by the seconds since its lids met."""
    return np.where(away < 0.05, ease(1 + away / _SHUTS), ease(1 - (away - 0.05) / _OPENS))


def talk(actor: Actor, times: Times) -> Channels:
    """A speaker's head and brows move with the loud syllables."""
    if not any(speech.phones for speech in actor.part.speech):
        return {}
    spoken = actor.spoken
    open_, slow = (
        np.mean([mouth_at(spoken, times - lag)[:, 0] for lag in lags], axis=0) for lags in ((0.0, 0.06, 0.12), (0.1, 0.3, 0.5))
    )
    active = speaks(actor.part, times)
    return {
        "pitch": 7.0 * open_ - 3.0 * slow,
        "inner": 0.30 * slow,
        "outer": 0.30 * slow,
        "yaw": 4.0 * active * np.sin(2 * math.pi * 0.45 * times + actor.seed),
        "roll": 2.5 * active * np.sin(2 * math.pi * 0.33 * times + 2 * actor.seed),
    }


def speaks(part: Part, times: Times) -> Times:
    """`T`, 0..1: whether the part speaks, with soft edges."""
    found = np.zeros(len(times))
    for speech in part.speech:
        if speech.phones:
            start, end = speech.phones[0][1], speech.phones[-1][2]
            found = np.maximum(found, np.minimum(ease((times - start + 0.35) / 0.35), ease((end + 0.45 - times) / 0.45)))
    return found


def attention(actor: Actor, times: Times) -> Channels:
    """Listeners turn to who speaks and nod at the end of a line; a speaker turns a little to the nearest of the others."""
    track = nods(actor, times)
    mine = speaks(actor.part, times)
    others = [(number, part) for number, part in enumerate(actor.script.parts) if number != actor.number]
    for number, part in others:
        side, theirs = actor.way(number), speaks(part, times) * (1 - mine)
        track = added(track, {"gaze_x": side * 0.55 * theirs, "yaw": side * 17.0 * theirs, "turn": side * 5.0 * theirs})
    if others:
        addressed, _ = min(others, key=lambda other: abs(other[1].x - actor.part.x))
        track = added(track, {"yaw": actor.way(addressed) * 7.0 * mine})
    return track


def nods(actor: Actor, times: Times) -> Channels:
    """A nod at the end of each line of the others."""
    ends = [
        line.phones[-1][2]
        for number, part in enumerate(actor.script.parts)
        for line in part.speech
        if number != actor.number and line.phones
    ]
    down = np.zeros(len(times))
    for end in ends:
        down += 9 * np.sin(math.pi * np.clip((times - end + 0.2) / 0.5, 0, 1)) ** 2
    return {"pitch": down} if ends else {}


def spoken_by(part: Part) -> NDArray[np.float32]:
    """`T 8` at `mouths.RATE`: the mouth over all lines of a part; at rest before and after."""
    phones = sorted((phone for speech in part.speech for phone in speech.phones), key=lambda phone: phone[1])
    if not phones:
        return np.zeros((1, 8), np.float32)
    seconds = max(end for _, _, end in phones) + 0.5
    return mouth_track(phones, seconds, loudness(part, seconds))


def loudness(part: Part, seconds: float) -> NDArray[np.float32] | None:
    """`T` at 50 Hz from 0 s on: how loud all lines of a part are; None if that is not known of one of them."""
    if not all(speech.loudness for speech in part.speech if speech.phones):
        return None
    times = np.arange(int(seconds * FEATURE_RATE) + 2) / FEATURE_RATE
    total = np.zeros(len(times), np.float32)
    for speech in part.speech:
        if speech.phones:
            own = speech.start + np.arange(len(speech.loudness)) / FEATURE_RATE
            total = np.maximum(total, np.interp(times, own, speech.loudness, 0, 0).astype(np.float32))
    return total


def mouth_at(spoken: NDArray[np.float32], times: Times) -> NDArray[np.float32]:
    """`T 8` at any instants."""
    at = np.clip(times * RATE, 0, len(spoken) - 1)
    low = np.minimum(at.astype(np.int64), max(0, len(spoken) - 2))
    share = (at - low)[:, None]
    return (spoken[low] * (1 - share) + spoken[np.minimum(low + 1, len(spoken) - 1)] * share).astype(np.float32)
