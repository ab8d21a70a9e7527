"""Where people stand and what the camera frames, in units of the stage, for any shape of picture.

The cast stands side by side, left to right, in all shots alike. A view is the camera moved towards those who are framed (a real
move: near things grow faster than far ones), so that every shot shows the same set; moves of the direction are added to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.conditioning.reading import looks_of
from dramatis.stage.lens import CameraPose, CameraTarget, unit, views
from dramatis.stage.people.pose import Pose
from dramatis.stage.play.script import Shooting
from dramatis.story import Cue
from dramatis.take import Take

SCALE = 0.36
"""Height of a head in units, before the camera moves."""
_EYES = -0.06  # of heads' middles: below the picture's middle, in units
_APART, _CLOSE = 1.75, 1.40  # heads between two neighbours, in wide and in narrow pictures
_HALF = 0.85  # heads from the middle of a person to the shoulder and beyond
_SHORT = {"girl": 0.11, "boy": 0.11, "cat": 0.09, "rabbit": 0.09}
"""Units by which small characters are lower: everybody stands on the same ground."""
_HEADS = {"close-up": 0.56, "medium close-up": 0.40, "medium": 0.28, "full": 0.20, "wide": 0.12}
"""Heights of heads in the picture by framing."""
_PLACES = {"close-up": 0.46, "medium close-up": 0.42, "medium": 0.39, "full": 0.19, "wide": 0.36}
"""Where the middle of heads is, from the top."""
_USUAL = "medium close-up"
_NARROW = 1.1  # width for height
_LOWEST = 0.78  # of the picture's height: hands in action are above it
_HANDS = {
    "fold arms": 1.6, "clap": 1.5, "shrug": 1.35, "drink": 1.4, "hand over": 1.5, "take off glasses": 1.15, "dance": 1.6,
    "point": 1.0, "sit down": 1.0,
}  # fmt: skip
"""Heads from a head's middle down to the hands at the lowest."""
_WIDTHS = {"wave": 1.35, "raise both hands": 1.3, "point": 1.6, "hand over": 1.35, "shrug": 1.25, "dance": 1.3}
"""Heads from a person's middle to the hands at the widest."""
_SINGLE = 0.5  # heads from the middle of somebody alone that are seen at least
_LEAST = 0.22  # of the height: no gesture makes a single head smaller


@dataclass(frozen=True)
class Seat:
    """Where a character's head is before the camera moves, in units from the picture's middle."""

    x: float
    y: float
    scale: float = SCALE


def seats(take: Take) -> tuple[Seat, ...]:
    """The cast side by side."""
    apart = SCALE * (_APART if take.canvas.aspect > _NARROW else _CLOSE)
    count = len(take.cast)
    low = [_SHORT.get(looks_of(role.words).species, 0.0) for role in take.cast]
    return tuple(Seat((number - (count - 1) / 2) * apart, _EYES + low[number]) for number in range(count))


@dataclass(frozen=True)
class Base:
    """The camera of a shot before its moves: how much larger people are, what is in the middle, and where heads are (from the
    picture's middle down); all in units.
    """

    zoom: float
    x: float
    y: float
    down: float

    def pose(self, move: CameraPose, walked: float = 0.0) -> CameraPose:
        """A move of the camera, made from here."""
        away = 1 / self.zoom
        return CameraPose(
            push=1 - away * (1 - move.push),
            truck=self.x + walked + move.truck * away,
            pan=move.pan,
            tilt=move.tilt - self.down,
            roll=move.roll,
            rise=self.y + move.rise * away,
        )


def base_of(take: Take) -> Base:
    """What the camera frames at a shot's start."""
    width, height = take.canvas.width, take.canvas.height
    one = unit((width, height))
    framed = [seat for seat, role in zip(seats(take), take.cast, strict=True) if role.name in _focus(take)] or [Seat(0.0, _EYES)]
    framing = take.view.framing or _USUAL
    place = _PLACES[framing]
    apart = (framed[-1].x - framed[0].x) / SCALE
    head = min(_HEADS[framing], *_fitting(take, place, apart))
    zoom = head * height / (one * SCALE)
    middle = (framed[0].x + framed[-1].x) / 2
    return Base(zoom, middle, float(np.mean([seat.y for seat in framed])), (place - 0.5) * height / one)


def _focus(take: Take) -> set[str]:
    names = {role.name for role in take.cast}
    return names & set(take.view.focus) or names


def _fitting(take: Take, place: float, apart: float) -> tuple[float, float]:
    """The largest heads (of the picture's height) with which hands in action are not too low, and everybody is in the picture;
    `apart` is how many heads lie between the outer ones of who is framed.
    """
    focus, aspect = _focus(take), take.canvas.aspect
    acting = [cue.what for cue in take.direction.cues if cue.kind == "action" and (cue.who is None or cue.who in focus)]
    lowest, widest = (max((table.get(what, 0.0) for what in acting), default=0.0) for table in (_HANDS, _WIDTHS))
    high = max(_LEAST, (_LOWEST - place) / lowest) if lowest else 1.0
    if apart:
        return high, aspect / (apart + 2 * max(_HALF, widest))
    return high, max(_LEAST, aspect / (2 * max(widest, _SINGLE)))


def cameras(take: Take, times: NDArray[np.float64], poses: Sequence[Sequence[Pose]]) -> tuple[list[CameraPose], list[CameraPose]]:
    """The camera at `times`, and what of it moves the weather: its moves alone."""
    base, size = base_of(take), (take.canvas.width, take.canvas.height)
    cues = [cue for cue in take.direction.cues if cue.kind == "camera"]
    moves = [_moved(cues, float(time), size, take.seed) for time in times]
    walked = [0.0] * len(times)
    if poses and any(cue.what == "follow" for cue in cues):
        names = [role.name for role in take.cast]
        who = next((names.index(name) for name in take.view.focus if name in names), 0)
        walked = [pose.lean[0] * SCALE for pose in poses[who]]
    return [base.pose(move, way) for move, way in zip(moves, walked, strict=True)], moves


def _moved(cues: Sequence[Cue], time: float, size: tuple[int, int], seed: int) -> CameraPose:
    """All moves that have begun, one after the other."""
    near, total = 1.0, CameraPose()
    target = CameraTarget(size[0] / unit(size), (0.0, 0.0))
    for cue in cues:
        if cue.what == "handheld" and not cue.span.start <= time <= cue.span.end:
            continue
        shooting, clock = Shooting(cue.what, cue.intensity), np.array([time - cue.span.start])
        move = views(shooting, max(cue.span.seconds, 1e-3), clock, target, seed)[0]
        near *= 1 - move.push
        total = CameraPose(
            1 - near, total.truck + move.truck, total.pan + move.pan, total.tilt + move.tilt, total.roll + move.roll
        )
    return total
