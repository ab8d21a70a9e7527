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
_HALF, _SINGLE = 0.85, 0.5  # heads from a person's middle to what is seen beside it, of several people and of one alone
_SHORT = {"girl": 0.11, "boy": 0.11, "cat": 0.09, "rabbit": 0.09}
"""Units by which small characters are lower: everybody stands on the same ground."""
_HEADS = {"close-up": 0.56, "medium close-up": 0.40, "medium": 0.28, "full": 0.19, "wide": 0.15}
"""Heights of heads in the picture by framing."""
_PLACES = {"close-up": 0.46, "medium close-up": 0.42, "medium": 0.39, "full": 0.22, "wide": 0.31}
"""Where the middle of heads is, from the top."""
_USUAL = "medium close-up"
_FLOOR = 0.90  # units from where things bounce before people to where they stand
_NARROW = 1.1  # width for height
_LOWEST, _TOP, _LOWER = 0.78, 0.02, 0.06  # of the picture's height: hands in action, ears, how far heads move down for those
_LEAST = 0.2  # of the height: no gesture makes a single head smaller
_CROWNS = {"rabbit": 1.08, "robot": 0.92, "cat": 0.80, "boy": 0.66, "girl": 0.60}
"""Heads from a head's middle to the top of ears, hair or aerial."""
_HANDS = {
    "fold arms": 1.6, "clap": 1.5, "shrug": 1.35, "drink": 1.4, "hand over": 1.5, "take off glasses": 1.15, "dance": 1.6,
    "point": 1.0, "sit down": 1.25, "bow": 1.15,
}  # fmt: skip
"""Heads from a head's middle down to the hands, or to the chin of who goes down, at the lowest."""
_REACHES = {"wave": (0.5, 1.45), "raise both hands": (1.35, 1.35), "shrug": (1.25, 1.25), "dance": (1.35, 1.35)}
"""Heads from a person's middle to the hands at the widest, left and right."""
_AIMED = {"point": (0.5, 1.85), "hand over": (0.5, 1.75)}
"""The same, to the side at which it is aimed."""


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
    aspect, height = take.canvas.aspect, take.canvas.height
    one = unit((take.canvas.width, height))
    seated, focus = seats(take), _focus(take)
    framed = [seated[number] for number in focus] or [Seat(0.0, _EYES)]
    framing = take.view.framing or _USUAL
    place, head = _PLACES[framing], _HEADS[framing]
    apart = (framed[-1].x - framed[0].x) / SCALE
    left, right, lowest = _reach(take, focus, _HALF if apart else _SINGLE)
    crown = max((_CROWNS.get(looks_of(take.cast[number].words).species, 0.55) for number in focus), default=0.55)
    wished = head
    head = min(head, aspect / (apart + left + right), (_LOWEST - place) / lowest)
    head = head if apart else max(head, min(wished, _LEAST))
    place = min(place + _LOWER, max(place, _TOP + head * crown))
    head = min(head, (place - _TOP) / crown)
    aside = max(0.0, right * head - aspect / 2) - max(0.0, left * head - aspect / 2) if not apart else (right - left) * head / 2
    middle = (framed[0].x + framed[-1].x) / 2 + aside / head * SCALE
    return Base(head * height / (one * SCALE), middle, float(np.mean([seat.y for seat in framed])), (place - 0.5) * height / one)


def floor_of(take: Take) -> float:
    """How much lower than usual things bounce and fall, in units: on the floor where it is seen, else before the people."""
    return _FLOOR if take.view.framing in {"full", "wide"} else 0.0


def _focus(take: Take) -> list[int]:
    """Who is framed, by place in the cast."""
    everybody = range(len(take.cast))
    return [number for number in everybody if take.cast[number].name in take.view.focus] or list(everybody)


def _reach(take: Take, focus: Sequence[int], beside: float) -> tuple[float, float, float]:
    """Heads from the outer ones of who is framed to what must be seen left and right of them, and from their middles down."""
    left, right, low = beside, beside, 0.5
    for number in focus:
        for cue in take.direction.cues:
            if cue.kind != "action" or cue.who not in (None, take.cast[number].name):
                continue
            low = max(low, _HANDS.get(cue.what, 0.0))
            near, far = _REACHES.get(cue.what, (0.0, 0.0))
            if cue.what in _AIMED:
                near, far = _AIMED[cue.what] if side_of(take, number, cue) > 0 else _AIMED[cue.what][::-1]
            left = max(left, near if number == focus[0] else 0.0)
            right = max(right, far if number == focus[-1] else 0.0)
    return left, right, low


def side_of(take: Take, number: int, cue: Cue) -> int:
    """The side on which the aim of a character's action is: -1 left, 1 right."""
    aim = aim_of(take, number, cue)
    return 1 if aim is None or aim > number else -1


def aim_of(take: Take, number: int, cue: Cue) -> int | None:
    """At whom an action of a character is aimed, by place in the cast: whom the cue names, else the nearest other character."""
    others = [other for other in range(len(take.cast)) if other != number]
    named = (other for other in others if take.cast[other].name == cue.to)
    return next(named, min(others, key=lambda other: abs(other - number), default=None))


def cameras(take: Take, times: NDArray[np.float64], poses: Sequence[Sequence[Pose]]) -> tuple[list[CameraPose], list[CameraPose]]:
    """The camera at `times`, and what of it moves the weather: its moves alone."""
    base, size = base_of(take), (take.canvas.width, take.canvas.height)
    cues = [cue for cue in take.direction.cues if cue.kind == "camera"]
    moves = [_moved(cues, float(time), size, take.motion_seed) for time in times]
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
