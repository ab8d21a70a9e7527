"""The seventeen actions: what each adds to head, body and hands, from rest to rest.

Every gesture is a function of its own clock only, so any time can be drawn without earlier ones.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dramatis.stage.people.moods import Times, ease
from dramatis.stage.play.script import Doing

Moves = dict[str, Times | float]
"""What a gesture adds, by channel; for a hand: where it goes, and by which share (`left`, `right`)."""

RISE = 0.32
"""s; how long a gesture takes to begin and to end (at most 35 % of it)."""


@dataclass(frozen=True, eq=False)
class GesturePhase:
    """One action seen at many instants."""

    part: Times
    """`T`: 0 at rest, 1 fully in the gesture."""
    phase: Times
    """`T`: 0..1 from its start to its end."""
    clock: Times
    """`T`: seconds since its start."""
    seconds: float
    strength: float
    """0.55..1."""
    way: int
    """-1 towards the left of the picture, 1 towards the right."""
    reach: tuple[float, float] | None = None
    """As `Doing.reach`."""

    def swing(self, hertz: float) -> Times:
        """`T`: a swing -1..1 of about this rate, from rest to rest."""
        swings = max(1, round(hertz * self.seconds))
        return np.sin(2 * math.pi * swings * self.phase) * ease(self.part * 2)


def phase_of(doing: Doing, times: Times, way: int) -> GesturePhase:
    """The action's own clock."""
    seconds = max(1e-3, doing.span.seconds)
    clock = times - doing.span.start
    rise = min(RISE, 0.35 * seconds)
    part = np.minimum(ease(clock / rise), ease((seconds - clock) / rise))
    return GesturePhase(part, np.clip(clock / seconds, 0, 1), clock, seconds, 0.4 + 0.6 * doing.intensity, way, doing.reach)


def _wave(m: GesturePhase) -> Moves:
    swing, side = m.swing(2.2), m.way if m.reach else 1
    name = "right" if side > 0 else "left"
    far, down = m.reach or (1.02, -0.50)
    return {
        f"{name}_x": side * (far + 0.17 * swing),
        f"{name}_y": down + 0.05 * swing,
        name: m.part,
        f"{name}_turn": side * 24 * swing,
        "roll": side * 4 * m.part,
        "lean_x": side * 0.03 * m.part,
    }


def _nod(m: GesturePhase) -> Moves:
    nods = max(1, round(1.7 * m.seconds))
    return {"pitch": 24 * m.strength * np.sin(math.pi * nods * m.phase) ** 2 * ease(m.part * 2)}


def _shake(m: GesturePhase) -> Moves:
    return {"yaw": 30 * m.strength * m.swing(1.5), "outer": -0.15 * m.part}


def _turn(side: int) -> Callable[[GesturePhase], Moves]:
    def turned(m: GesturePhase) -> Moves:
        return {
            "yaw": side * 44 * m.part,
            "turn": side * 24 * m.part,
            "gaze_x": side * 0.55 * m.part,
            "lean_x": side * 0.06 * m.part,
        }

    return turned


def _raise(m: GesturePhase) -> Moves:
    shake = 0.05 * m.strength * m.swing(2.0)
    return {
        "left_x": -1.0 + shake,
        "left_y": -0.70 - shake,
        "left": m.part,
        "right_x": 1.0 + shake,
        "right_y": -0.70 + shake,
        "right": m.part,
        "inner": 0.3 * m.part,
        "outer": 0.3 * m.part,
        "shrug": 0.3 * m.part,
        "lean_y": -0.03 * m.part,
    }


def _fold(m: GesturePhase) -> Moves:
    return {
        "left_x": 0.30,
        "left_y": 0.74,
        "left": m.part,
        "right_x": -0.30,
        "right_y": 0.62,
        "right": m.part,
        "fists": m.part,
        "pitch": -3 * m.part,
        "shrug": 0.15 * m.part,
    }


def _point(m: GesturePhase) -> Moves:
    name = "left" if m.way < 0 else "right"
    thrust = 0.06 * m.swing(1.0)
    far, down = m.reach or (1.42, -0.02)
    return {
        f"{name}_x": m.way * (far + thrust),
        f"{name}_y": down + 0 * m.part,
        name: m.part,
        "pointing": m.part,
        "yaw": m.way * 18 * m.part,
        "lean_x": m.way * 0.05 * m.part,
        "gaze_x": m.way * 0.5 * m.part,
    }


def _shrug(m: GesturePhase) -> Moves:
    return {
        "left_x": -1.02,
        "left_y": 0.42,
        "left": m.part,
        "right_x": 1.02,
        "right_y": 0.42,
        "right": m.part,
        "left_turn": -50 * m.part,
        "right_turn": 50 * m.part,
        "shrug": 1.0 * m.part,
        "roll": 8 * m.part,
        "inner": 0.6 * m.part,
        "outer": 0.5 * m.part,
        "smile": -0.3 * m.part,
    }


def _clap(m: GesturePhase) -> Moves:
    claps = max(2, round(2.2 * m.seconds))
    apart = 0.07 + 0.34 * np.sin(math.pi * claps * m.phase) ** 2
    return {
        "left_x": -apart,
        "left_y": 0.42,
        "left": m.part,
        "right_x": apart,
        "right_y": 0.42,
        "right": m.part,
        "left_turn": 25 * m.part,
        "right_turn": -25 * m.part,
        "smile": 0.3 * m.part,
    }


def _bow(m: GesturePhase) -> Moves:
    deep = np.sin(math.pi * m.phase) ** 1.2
    return {"bow": 42 * m.strength * deep, "pitch": 24 * deep, "gaze_y": 0.6 * deep, "lids": -0.4 * deep}


def _glasses(m: GesturePhase) -> Moves:
    up, down = ease(m.phase / 0.35), ease((m.phase - 0.45) / 0.35)
    return {
        "right_x": 0.40 + 0.40 * down,
        "right_y": -0.52 + 0.75 * down,
        "right": m.part,
        "fists": up * m.part,
        "pitch": 5 * m.part * (1 - down),
    }


def _drink(m: GesturePhase) -> Moves:
    up = ease((m.phase - 0.15) / 0.2) * ease((0.85 - m.phase) / 0.2)
    return {
        "right_x": 0.62 - 0.24 * up,
        "right_y": 0.52 - 0.78 * up,
        "right": m.part,
        "fists": m.part,
        "right_turn": -70 * up,
        "pitch": -14 * up,
        "lids": -0.4 * up,
    }


def _hand_over(m: GesturePhase) -> Moves:
    out = ease((m.phase - 0.2) / 0.25)
    far, down = m.reach or (1.30, 0.40)
    far -= 0.0 if m.way > 0 else 0.70  # across the body
    return {
        "right_x": 0.55 + (m.way * far - 0.55) * out,
        "right_y": 0.55 + (down - 0.55) * out,
        "right": m.part,
        "fists": m.part,
        "yaw": m.way * 22 * m.part,
        "gaze_x": m.way * 0.4 * m.part,
        "turn": m.way * 14 * m.part,
        "lean_x": m.way * 0.10 * out * m.part,
        "right_tucked": np.ceil(m.part) * float(m.reach is not None and m.way > 0),
    }


def _walk(m: GesturePhase) -> Moves:
    left = 1 - ease(m.phase)
    steps = 2 * max(1, round(m.seconds))
    far, _ = m.reach or (4.0, 0.0)
    return {
        "lean_x": -m.way * far * left,
        "stride": steps * m.phase,
        "lean_y": -0.05 * np.abs(np.sin(math.pi * steps * m.phase)) * ease(m.part * 2),
        "yaw": m.way * 30 * m.part,
        "turn": m.way * 20 * m.part,
    }


def _sit(m: GesturePhase) -> Moves:
    rise = min(0.7, 0.35 * m.seconds)
    down = np.minimum(ease(m.clock / rise), ease((m.seconds - m.clock) / rise))
    moving = 4 * down * (1 - down)
    sunk = m.reach[1] * down if m.reach else 0.0 * down
    return {"seated": down, "lean_y": 0.62 * down, "sunk": sunk, "bow": 14.0 * moving, "pitch": 8.0 * moving}


def _dance(m: GesturePhase) -> Moves:
    beat = m.swing(1.0)
    bounce = np.abs(m.swing(2.0))
    return {
        "lean_x": 0.20 * beat,
        "lean_y": 0.07 * bounce - 0.02 * m.part,
        "roll": 9.0 * beat,
        "turn": 16.0 * beat,
        "left_x": -0.88 + 0.1 * beat,
        "left_y": 0.15 - 0.55 * beat,
        "left": m.part,
        "right_x": 0.88 + 0.1 * beat,
        "right_y": 0.15 + 0.55 * beat,
        "right": m.part,
        "fists": m.part,
        "smile": 0.5 * m.part,
        "shrug": 0.2 * bounce,
    }


GESTURES: dict[str, Callable[[GesturePhase], Moves]] = {
    "wave": _wave,
    "nod": _nod,
    "shake head": _shake,
    "turn left": _turn(-1),
    "turn right": _turn(1),
    "raise both hands": _raise,
    "fold arms": _fold,
    "point": _point,
    "shrug": _shrug,
    "clap": _clap,
    "bow": _bow,
    "take off glasses": _glasses,
    "drink": _drink,
    "hand over": _hand_over,
    "walk in": _walk,
    "sit down": _sit,
    "dance": _dance,
}
"""By the words of `script.ACTIONS`."""
