"""Where people stand and what the camera frames, in units of the stage, for any shape of picture.

The cast stands side by side, left to right, in all shots. A view is the camera moved towards those who are framed (a real
move: near things grow faster than far ones), so that every shot shows the same set; moves of the direction are added to it.
Who is framed alone looks across the picture at others who stand outside it, as a film cheats them away.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.conditioning.reading import looks_of
from dramatis.stage.lens import CameraPose, CameraTarget, unit, views
from dramatis.stage.people.pose import Pose
from dramatis.stage.play.script import Shooting
from dramatis.story import FRAMINGS, Cue
from dramatis.take import Take

SCALE = 0.36
"""Height of a head in units, before the camera moves."""
_EYES = -0.06  # of heads' middles: below the picture's middle, in units
_APART, _TWO_APART = ((0.70, 1.05), (0.9, 1.25), (1.1, 1.40), (1.5, 1.85)), ((0.70, 1.18), (0.9, 1.40), (1.1, 1.60), (1.5, 2.10))
"""Heads between two neighbours of several and of two, by the picture's width for its height: in narrow ones they stand one before
the other, in wide ones there is room for the hands between two who talk.
"""
_HALVES = ((0.70, 0.66), (0.9, 0.70), (1.5, 0.85))
"""Heads from the middle of an outer one of several people to what is seen beside it: in narrow pictures shoulders are cropped."""
_SINGLE, _BODY = 0.5, 1.5  # heads from the middle of who is alone to what is seen beside it, and of anybody to their hands
_HAND, _NEXT = 0.40, 1.0  # heads of a hand beyond its wrist, and from the middle of the next one to where such a wrist may be
_ASIDE = 0.12  # of the picture's width: how far who looks at others outside it is from its middle
_SHORT = {"girl": 0.11, "boy": 0.11, "cat": 0.09, "rabbit": 0.09}
"""Units by which small characters are lower: everybody stands on the same ground."""
_HEADS = {"close-up": 0.56, "medium close-up": 0.40, "medium": 0.28, "full": 0.19, "wide": 0.15}
"""Heights of heads in the picture by framing."""
_PLACES = {"close-up": 0.46, "medium close-up": 0.42, "medium": 0.39, "full": 0.22, "wide": 0.31}
"""Where the middle of heads is, from the top."""
_USUAL = "medium close-up"
_FURTHER = 0.92  # how large those in the middle of several are, who stand further away
_FLOOR = 0.90  # units from where things bounce before people to where they stand
SAT = 0.62
"""Heads by which a head is lower when its owner sits."""
_LOWEST, _TOP, _LOWER = 0.78, 0.02, 0.06  # of the picture's height: hands in action, ears, how far heads move down for those
_LEAST = 0.2  # of the height: no gesture makes a single head smaller
_CROWNS = {"rabbit": 1.08, "robot": 0.92, "cat": 0.80, "boy": 0.66, "girl": 0.60}
"""Heads from a head's middle to the top of ears, hair or aerial."""
_HANDS = {
    "fold arms": 1.6, "clap": 1.5, "shrug": 1.35, "drink": 1.4, "hand over": 1.5, "take off glasses": 1.15, "dance": 1.6,
    "point": 1.0, "sit down": 1.25, "bow": 1.15,
}  # fmt: skip
"""Heads from a head's middle down to the hands, or to the chin of who goes down, at the lowest."""
_REACHES = {"raise both hands": (1.35, 1.35), "shrug": (1.25, 1.25), "dance": (1.35, 1.35)}
"""Heads from a person's middle to the hands at the widest, left and right."""
_AIMED = {"point": (0.5, 1.65), "hand over": (0.5, 1.75), "wave": (0.5, 1.45)}
"""The same, to the side at which it is aimed."""
_WAVES = 1.02, -0.50  # heads: where the hand of who waves is, to the side of whom it greets
AIMED = frozenset(_AIMED)
"""Actions that are aimed at somebody."""


@dataclass(frozen=True)
class Seat:
    """Where a character's head is before the camera moves, in units from the picture's middle."""

    x: float
    y: float
    scale: float = SCALE


def seats(take: Take) -> tuple[Seat, ...]:
    """The cast side by side; around some who are framed so far apart that the others are outside the picture. The set's middle is
    theirs, so that behind each of them is something else.
    """
    focus, count = focus_of(take), len(take.cast)
    near = _apart(take)
    away = near if len(focus) == count else _away(take, focus, near)
    places = [0.0]
    for number in range(1, count):
        places.append(places[-1] + (near if {number - 1, number} <= set(focus) else away))
    middle = (places[0] + places[count - 1]) / 2 if count else 0.0
    return tuple(_seat(take, number, SCALE * (place - middle)) for number, place in enumerate(places[:count]))


def _seat(take: Take, number: int, x: float) -> Seat:
    """Three or more stand in a half circle: the inner ones are further away, and so are their feet."""
    inner = 0 < number < len(take.cast) - 1 and focus_of(take) != [number]
    scale = SCALE * (_FURTHER if inner else 1.0)
    return Seat(x, _EYES + _low(take, number) * scale / SCALE, scale)


def _low(take: Take, number: int) -> float:
    """Units by which somebody's head is lower than usual when they stand."""
    return _SHORT.get(looks_of(take.cast[number].words).species, 0.0)


def _apart(take: Take) -> float:
    """Heads between two neighbours who are framed."""
    wide = any(cue.kind == "action" and cue.what in _REACHES for cue in take.direction.cues)
    return max(_between(take, _TWO_APART if len(take.cast) == 2 else _APART), _APART[-1][1] if wide else 0.0)


def _away(take: Take, focus: Sequence[int], near: float) -> float:
    """Heads from an outer one of those who are framed to the next who is not."""
    broad = (focus[-1] - focus[0]) * near
    head, _, aside = _framed(take, focus, broad)
    return max(near, (take.canvas.aspect / 2 + abs(aside)) / head + _BODY - broad / 2)


def _between(take: Take, table: Sequence[tuple[float, float]]) -> float:
    """The value of a table for a picture's shape."""
    shapes, values = zip(*table, strict=True)
    return float(np.interp(take.canvas.aspect, shapes, values))


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
    height, focus = take.canvas.height, focus_of(take)
    one = unit((take.canvas.width, height))
    seated = [seats(take)[number] for number in focus] or [Seat(0.0, _EYES)]
    apart = (seated[-1].x - seated[0].x) / SCALE
    head, place, aside = _framed(take, focus, apart)
    middle = (seated[0].x + seated[-1].x) / 2 + aside / head * SCALE
    down = float(np.mean([seat.y for seat in seated])) + SCALE * SAT * float(
        np.mean([_sits(take, who) for who in focus] or [False])
    )
    return Base(head * height / (one * SCALE), middle, down, (place - 0.5) * height / one)


def _framed(take: Take, focus: Sequence[int], apart: float) -> tuple[float, float, float]:
    """The height of heads and the place of their middles, in heights of the picture; how far the middle of the picture is to the
    right of who is framed, in the same; `apart` are the heads between the outer ones.
    """
    aspect, framing = take.canvas.aspect, take.view.framing or _USUAL
    place, head = _PLACES[framing] if focus else 0.5, _HEADS[framing]
    left, right, lowest = _reach(take, focus, _between(take, _HALVES) if apart else _SINGLE)
    crown = max((_CROWNS.get(looks_of(take.cast[number].words).species, 0.55) for number in focus), default=0.55)
    wished = head
    head = min(head, aspect / (apart + left + right), (_LOWEST - place) / lowest)
    head = head if apart else max(head, min(wished, _LEAST))
    place = min(place + _LOWER, max(place, _TOP + head * crown))
    head = min(head, (place - _TOP) / crown)
    if apart:
        return head, place, (right - left) * head / 2
    over = max(0.0, right * head - aspect / 2) - max(0.0, left * head - aspect / 2)
    return head, place, over or _ASIDE * aspect * _across(take, focus)


def _across(take: Take, focus: Sequence[int]) -> int:
    """The side on which all the others are of somebody who is framed alone: -1 left, 1 right, 0 on both or none."""
    others = [number for number in range(len(take.cast)) if number not in focus]
    return 0 if not others or len(focus) != 1 else int(max(others) > focus[0]) - int(min(others) < focus[0])


def _sits(take: Take, number: int) -> bool:
    """Whether somebody sits from the shot's start on: the cue of it has no length."""
    cues = [cue for cue in take.direction.cues if cue.kind == "action" and cue.who in (None, take.cast[number].name)]
    return any(cue.what == "sit down" and not cue.span.seconds for cue in cues)


def floor_of(take: Take) -> float:
    """How much lower than usual things bounce and fall, in units: on the floor where it is seen, else before the people."""
    return _FLOOR if take.view.framing in {"full", "wide"} else 0.0


def room_for_hands(take: Take) -> float:
    """Heads from the middle of who speaks to where a hand may come: before the next one, in the picture; 0: hands hang."""
    if take.view.framing == FRAMINGS[0]:
        return 0.0
    focus, near = focus_of(take), _apart(take)
    head, _, aside = _framed(take, focus, (len(focus) - 1) * near)
    inside = take.canvas.aspect / 2 / head - (abs(aside) / head if len(focus) == 1 else -(len(focus) - 1) * near / 2)
    return min(inside - _HAND, near - _NEXT if len(focus) > 1 else _BODY)


def focus_of(take: Take) -> list[int]:
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
            low = max(low, _HANDS.get(cue.what, 0.0) if cue.span.seconds else 0.0)
            near, far = _REACHES.get(cue.what, (0.0, 0.0))
            if cue.what in _AIMED and cue.span.seconds:
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


def reach_of(take: Take, number: int, cue: Cue) -> tuple[float, float] | None:
    """Where the hand of an aimed action goes: towards the other one, below both faces; from where somebody walks in; a chair."""
    if cue.what == "sit down":
        return 0.0, SAT
    if cue.what == "walk in":
        base, seat = base_of(take), seats(take)[number]
        beside = abs(seat.x - base.x) + take.canvas.width / unit((take.canvas.width, take.canvas.height)) / base.zoom / 2
        return max(4.0, beside / SCALE + _BODY), 0.0
    aim = aim_of(take, number, cue)
    if cue.what not in AIMED or aim is None:
        return None
    if cue.what == "wave":
        return _WAVES
    here, there = seats(take)[number], seats(take)[aim]
    apart, lower = abs(there.x - here.x) / SCALE, max(0.0, (there.y - here.y) / SCALE)
    if cue.what == "point":
        return min(1.42, max(0.8, apart - 1.0)), 0.40 + lower
    return min(1.30, max(0.8, apart - 0.40)), 0.50 + lower / 2


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
