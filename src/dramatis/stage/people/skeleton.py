"""The joints of a body in one pose, in coordinates of the neck's base (right and down, in heads)."""

import math
from dataclasses import dataclass

from dramatis.stage.paint import Point
from dramatis.stage.people.head import varied
from dramatis.stage.people.pose import Pose
from dramatis.stage.play.script import Person

_SHOULDERS = {"woman": 0.64, "man": 0.78, "girl": 0.50, "boy": 0.52, "cat": 0.56, "bear": 0.80, "rabbit": 0.54, "robot": 0.72}
BUILD = {"slim": 0.92, "average": 1.0, "broad": 1.13}
"""How wide a body is."""
_UPPER, _LOWER = 0.74, 0.70  # arm
_HIPS, _FLOOR = 1.62, 3.15  # below the neck's base at rest
_SHORT = {"girl": 0.80, "boy": 0.80, "cat": 0.84, "rabbit": 0.84}  # legs


@dataclass(frozen=True)
class Arm:
    """Shoulder, elbow and wrist of one arm; `side` -1 is the picture's left."""

    side: int
    shoulder: Point
    elbow: Point
    wrist: Point
    raised: bool


@dataclass(frozen=True)
class Skeleton:
    """The joints of one person in one pose."""

    person: Person
    pose: Pose
    half: float
    """Half the shoulders' width."""
    shift: float
    """How far what is in the middle of the chest moves when the shoulders turn."""
    arms: tuple[Arm, Arm]

    @property
    def hips(self) -> float:
        """Down from the neck's base; nearer when the body bows."""
        return _HIPS - 0.012 * self.pose.bow - self.pose.lean[1] + self.pose.sunk

    @property
    def high(self) -> float:
        """The shoulders' height below the neck's base."""
        return 0.20 - 0.13 * self.pose.shrug


def skeleton_of(person: Person, pose: Pose) -> Skeleton:
    """Where the joints are."""
    half = _SHOULDERS[person.species] * BUILD[person.build] * (1 + 0.03 * varied(person.identity, 5))
    seen = half * (0.55 + 0.45 * math.cos(math.radians(pose.turn)))
    shift = 0.30 * math.sin(math.radians(pose.turn))
    high = 0.20 - 0.13 * pose.shrug
    return Skeleton(person, pose, seen, shift, (_arm(-1, seen, high, pose), _arm(1, seen, high, pose)))


def _arm(side: int, half: float, high: float, pose: Pose) -> Arm:
    """Two bones to where the hand is wanted; the elbow points out and down, and a little towards the viewer."""
    hand = pose.left_hand if side < 0 else pose.right_hand
    shoulder = (side * (half - 0.135), high + 0.155)
    tx, ty = hand or hanging(side, half, high)
    dx, dy = tx - shoulder[0], ty - shoulder[1]
    reach = max(0.2, math.hypot(dx, dy))
    near = min(reach, (_UPPER + _LOWER) * 0.995)
    ux, uy = dx / reach, dy / reach
    along = (_UPPER**2 - _LOWER**2 + near**2) / (2 * near)
    off = 0.72 * math.sqrt(max(0.0, _UPPER**2 - along**2))
    tucked = pose.tucked[0 if side < 0 else 1]
    turned = side if tucked else 1 if side * -uy + 0.6 * ux > 0 else -1
    elbow = (shoulder[0] + ux * along - turned * uy * off, shoulder[1] + uy * along + turned * ux * off)
    return Arm(side, shoulder, elbow, (shoulder[0] + ux * near, shoulder[1] + uy * near), hand is not None)


def hips_of() -> float:
    """How far hips are below the base of the neck at rest."""
    return _HIPS


def floor_of(person: Person) -> float:
    """How far the ground is below the base of the neck at rest."""
    return (_FLOOR - _HIPS) * _SHORT.get(person.species, 1.0) + _HIPS


def hanging(side: int, half: float, high: float) -> Point:
    """Where a hand hangs."""
    return side * (half + 0.02), high + 1.54


@dataclass(frozen=True)
class Leg:
    """Hip, knee and ankle of one leg."""

    side: int
    hip: Point
    knee: Point
    ankle: Point


def legs_of(body: Skeleton) -> tuple[Leg, Leg]:
    """Legs from the moving hips to feet that stay on the ground, but for steps."""
    return _leg(body, -1), _leg(body, 1)


def _leg(body: Skeleton, side: int) -> Leg:
    pose, short = body.pose, _SHORT.get(body.person.species, 1.0)
    away = 0.3 * math.tanh(pose.lean[0] / 0.3)
    step = math.sin(math.pi * pose.stride) * side
    moving = 1.0 if abs(pose.lean[0]) > 0.01 and pose.stride % 1 else 0.0
    hip = (side * body.half * 0.40, body.hips - 0.05)
    ground = floor_of(body.person) - pose.lean[1] - 0.012 * pose.bow
    ankle = (side * body.half * 0.42 - away + 0.22 * step * moving, ground - 0.16 * max(0.0, step) * moving)
    middle = ((hip[0] + ankle[0]) / 2, (hip[1] + ankle[1]) / 2)
    spare = max(0.0, (_FLOOR - _HIPS) * short - (ankle[1] - hip[1]))
    return Leg(side, hip, (middle[0] + side * 0.55 * spare + 0.10 * step * moving, middle[1] - 0.35 * spare), ankle)
