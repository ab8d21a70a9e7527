"""How people turn to each other and feel with each other in films that people watch (`pacing`); no training data shows it.

Everybody stands a quarter turned to the others and looks at who speaks; who speaks looks at who spoke before. Who listens shows a
faint answer to what the others feel: concern beside tears, not a smile.
"""

import math
from itertools import pairwise

import numpy as np

from dramatis.stage.people.head import varied
from dramatis.stage.people.idle_motion import Actor, nods, speaks
from dramatis.stage.people.moods import Channels, Times, added, ease
from dramatis.stage.play.script import Mood, Part

_HEAD, _LISTENS, _EYES = 21.0, 6.0, 0.38  # degrees to whom one looks at, more while listening; of the eyes' way
_BODY, _FOLLOWS = 24.0, 8.0  # degrees of the shoulders to where the others stand, and to whom one looks at
_TURN, _LATE, _SOON = 0.45, 0.15, 0.25  # s of a turn; after somebody begins to speak; before one's own line
_THINKS, _OFTEN, _LONG = 0.7, 0.0, 2.2  # s of looking away early in a line, how seldom (-1..1), and of lines with it
_FELT, _FADES = 0.4, 0.6  # s after which a feeling of somebody else is answered, and in which that comes and goes
_ANSWERS: dict[str, dict[str, float]] = {
    "sadness": {"inner": 0.75, "outer": -0.30, "smile": -0.62, "lids": -0.08, "pitch": 3.0, "roll": 5.0},
    "anger": {"inner": 0.50, "outer": 0.25, "smile": -0.55, "lids": 0.10, "pitch": -3.0},
    "excitement": {"smile": 0.35, "outer": 0.20, "squint": 0.15},
    "surprise": {"inner": 0.25, "outer": 0.35, "lids": 0.10, "smile": -0.10},
    "confusion": {"inner": 0.30, "smile": -0.20, "roll": 4.0},
}
"""By what somebody else feels; a roll tilts the head towards them."""


def company(actor: Actor, times: Times) -> Channels:
    """Where somebody turns and what they show of the others' feelings; nothing for who is alone."""
    if len(actor.script.parts) < 2:
        return {}
    return added(_turned(actor, times), _answered(actor, times), nods(actor, times), _thoughts(actor, times))


def _turned(actor: Actor, times: Times) -> Channels:
    """Body, head and eyes."""
    sides = [actor.way(number) for number in range(len(actor.script.parts)) if number != actor.number]
    partners = _partners(actor)
    across = np.full(len(times), float(actor.way(partners[0][1])))
    for (_, before), (start, after) in pairwise(partners):
        across += (actor.way(after) - actor.way(before)) * ease((times - start) / _TURN)
    listens = np.max([speaks(part, times) for part in _others(actor)], axis=0) * (1 - speaks(actor.part, times))
    return {
        "yaw": across * (_HEAD + _LISTENS * listens),
        "gaze_x": across * _EYES,
        "turn": _BODY * sum(sides) / len(sides) + _FOLLOWS * across,
    }


def _others(actor: Actor) -> list[Part]:
    return [part for number, part in enumerate(actor.script.parts) if number != actor.number]


def _partners(actor: Actor) -> list[tuple[float, int]]:
    """From which second on somebody looks at whom: at who speaks; in an own line at who spoke before, or else does next."""
    parts, me = actor.script.parts, actor.number
    lines = sorted((line.phones[0][1], who) for who, part in enumerate(parts) for line in part.speech if line.phones)
    nearest = min((who for who in range(len(parts)) if who != me), key=lambda who: abs(parts[who].x - actor.part.x))
    found: list[tuple[float, int]] = []
    for place, (start, who) in enumerate(lines):
        before = [other for _, other in reversed(lines[:place]) if other != me]
        after = [other for _, other in lines[place:] if other != me]
        found.append((start - _SOON, [*before, *after, nearest][0]) if who == me else (start + _LATE, who))
    return [(-math.inf, found[0][1] if found else nearest), *found]


def _thoughts(actor: Actor, times: Times) -> Channels:
    """The eyes of who speaks leave the other one for a moment, early in some longer lines."""
    away = np.zeros(len(times))
    for number, line in enumerate(actor.part.speech):
        if line.phones and line.phones[-1][2] - line.phones[0][1] > _LONG and varied(actor.seed + number, 61) > _OFTEN:
            clock = times - line.phones[0][1] - 0.35
            away += np.minimum(ease(clock / 0.14), ease((_THINKS - clock) / 0.14))
    return {"gaze_x": -0.75 * _EYES * _mean_side(actor) * away, "gaze_y": -0.22 * away, "yaw": -5.0 * _mean_side(actor) * away}


def _mean_side(actor: Actor) -> float:
    sides = [actor.way(number) for number in range(len(actor.script.parts)) if number != actor.number]
    return sum(sides) / len(sides)


def _answered(actor: Actor, times: Times) -> Channels:
    """A faint answer to the strongest feelings of the others, unless one has a feeling of one's own."""
    own = np.max([np.zeros(len(times)), *(_felt(mood, times, 0.0) for mood in actor.part.moods)], axis=0)
    shares = [
        (actor.way(number), mood.what, _felt(mood, times, _FELT) * (1 - own))
        for number, part in enumerate(actor.script.parts)
        if number != actor.number
        for mood in part.moods
        if mood.what in _ANSWERS
    ]
    if not shares:
        return {}
    total = np.maximum(1.0, np.sum([share for *_, share in shares], axis=0))
    return added(
        *(
            {name: value * (side if name == "roll" else 1) * share / total for name, value in _ANSWERS[what].items()}
            for side, what, share in shares
        )
    )


def _felt(mood: Mood, times: Times, late: float) -> Times:
    """`T`, 0..1: how much of a feeling there is, seen `late` seconds after it came."""
    if mood.what not in _ANSWERS:
        return np.zeros(len(times))
    came = ease((times - mood.span.start - late) / _FADES) if mood.span.start > 0 else np.ones(len(times))
    return min(1.0, 1.3 * mood.intensity) * came * ease((mood.span.end + late + _FADES - times) / _FADES)
