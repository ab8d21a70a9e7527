"""What people do in films alone, from rest to rest: small actions of head and face, and the hands of who speaks."""

import math
from collections.abc import Callable

import numpy as np

from dramatis.stage.people.gestures import GesturePhase, Moves
from dramatis.stage.people.moods import ease


def _look(across: float, down: float) -> Callable[[GesturePhase], Moves]:
    """Head and eyes go to a side of the picture, -1..1 to the right and down."""

    def looked(m: GesturePhase) -> Moves:
        return {
            "yaw": 32 * across * m.part,
            "gaze_x": 0.6 * across * m.part,
            "pitch": 19 * down * m.part,
            "gaze_y": 0.6 * down * m.part,
            "lids": -0.22 * max(0.0, down) * m.part,
        }

    return looked


def _lean(m: GesturePhase) -> Moves:
    return {"bow": 20 * m.strength * m.part, "lean_y": 0.05 * m.part, "pitch": -4 * m.part, "inner": 0.2 * m.part}


def _smile(m: GesturePhase) -> Moves:
    return {"smile": 0.9 * m.strength * m.part, "squint": 0.3 * m.part}


def _brows(m: GesturePhase) -> Moves:
    return {"inner": 0.95 * m.strength * m.part, "outer": 0.95 * m.strength * m.part, "lids": 0.15 * m.part}


def _blink(m: GesturePhase) -> Moves:
    return {"shut": np.minimum(ease(m.clock / 0.09), ease((0.30 - m.clock) / 0.16))}


def _sigh(m: GesturePhase) -> Moves:
    """The shoulders rise with the breath, then fall below rest."""
    breath = np.sin(2 * math.pi * m.phase) * ease(m.part * 2)
    return {
        "shrug": 0.7 * m.strength * breath,
        "lean_y": -0.04 * breath,
        "pitch": -6 * breath,
        "lids": -0.22 * m.part,
        "inner": 0.3 * m.part,
    }


def _beat(*sides: int) -> Callable[[GesturePhase], Moves]:
    """Open hands come up and stress a word with a small stroke down."""

    def stroked(m: GesturePhase) -> Moves:
        stroke = 0.08 * np.sin(math.pi * np.clip((m.clock - 0.10) / 0.45, 0, 1)) * m.strength
        far, down = m.reach or (1.0, 0.5)
        moves: Moves = {"roll": 1.5 * sum(sides) * m.part, "pitch": 38.0 * stroke * m.part}
        for side, name in ((-1, "left"), (1, "right")):
            if side in sides:
                moves[f"{name}_x"] = side * far + 0 * m.part
                moves[f"{name}_y"] = down + stroke
                moves[name] = m.part
                moves[f"{name}_tucked"] = np.ceil(m.part)
                moves[f"{name}_turn"] = side * 38 * m.part
        return moves

    return stroked


def _stand(m: GesturePhase) -> Moves:
    """Who has sat leans forward to rise; the rising itself is the end of sitting."""
    return {"bow": 8 * np.sin(math.pi * m.phase) * m.part}


GLANCES: dict[str, Callable[[GesturePhase], Moves]] = {
    "look left": _look(-1, 0),
    "look right": _look(1, 0),
    "look up": _look(0, -1),
    "look down": _look(0, 1),
    "lean in": _lean,
    "smile": _smile,
    "brow raise": _brows,
    "blink": _blink,
    "sigh": _sigh,
    "stand up": _stand,
    "left beat": _beat(-1),
    "right beat": _beat(1),
    "both beat": _beat(-1, 1),
}
"""By the words of `script.GLANCES` and `script.BEATS`."""
