"""The head as a solid: where a point of the face is seen when the head turns, nods and tilts, and how this person is built.

Head coordinates have their origin in the middle of the head, right and down, in units of the head's height (crown
-0.5, chin 0.5). A point of the face lies on an ellipsoid, so features shift and foreshorten together when it turns.
"""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import skia

from dramatis.stage.paint import Point, smooth
from dramatis.stage.people.pose import Pose
from dramatis.stage.play.script import Person

_WIDE, _TALL, _DEEP = 0.415, 0.56, 0.36  # half axes of the ellipsoid on which the face lies
_MIDDLE = -0.66  # of the head above the neck's base
_PIVOT = 0.46  # below the middle: where the head tilts
_DROP = 0.055  # of the chin at the widest opening

_OUTLINE = {
    "oval": ((0.25, -0.44, -0.07), (0.375, -0.23, -0.05), (0.395, 0.0, 0.0), (0.37, 0.18, 0.04),
        (0.285, 0.36, 0.11), (0.13, 0.478, 0.2)),
    "round": ((0.26, -0.44, -0.07), (0.39, -0.23, -0.05), (0.43, 0.0, 0.0), (0.45, 0.2, 0.04), (0.36, 0.39, 0.11),
        (0.16, 0.485, 0.2)),
    "square": ((0.26, -0.44, -0.07), (0.38, -0.23, -0.05), (0.395, 0.0, 0.0), (0.395, 0.2, 0.04),
        (0.385, 0.40, 0.09), (0.23, 0.495, 0.18)),
    "long": ((0.24, -0.44, -0.07), (0.355, -0.23, -0.05), (0.355, 0.0, 0.0), (0.335, 0.2, 0.04),
        (0.275, 0.43, 0.11), (0.13, 0.56, 0.2)),
    "muzzled": ((0.29, -0.45, -0.07), (0.43, -0.24, -0.05), (0.47, 0.0, 0.0), (0.46, 0.2, 0.04), (0.36, 0.38, 0.11),
        (0.17, 0.482, 0.2)),
}  # fmt: skip
"""The right half of the contour from crown to chin: right, down, and how far in front of the head's axis."""

_SKULLS = {"girl": "round", "boy": "round", "cat": "muzzled", "bear": "muzzled", "rabbit": "muzzled", "robot": "square"}
"""Species with a skull of their own."""


@lru_cache(maxsize=4096)
def varied(identity: int, which: int) -> float:
    """-1..1: a proportion in which people of one description differ."""
    value = math.sin(identity * 12.9898 + which * 78.233) * 43758.5453
    return 2 * (value - math.floor(value)) - 1


@dataclass(frozen=True)
class Head:
    """One person's head in one pose."""

    person: Person
    pose: Pose
    sines: tuple[float, float, float, float]
    """Sine and cosine of yaw, of pitch."""

    @property
    def grown(self) -> bool:
        """Whether this is no child."""
        return self.person.species not in {"girl", "boy"}

    @property
    def female(self) -> bool:
        """Whether lips and lashes are drawn full."""
        return self.person.species in {"woman", "girl"}

    @property
    def jaw(self) -> float:
        """How far the chin is down."""
        return _DROP * float(self.pose.mouth[0])

    def at(self, x: float, y: float, lift: float = 0.0) -> Point:
        """Where a point of the face is seen; `lift` in front of the skin."""
        sy, cy, sp, cp = self.sines
        inside = 1 - (x / _WIDE) ** 2 - (y / _TALL) ** 2
        z = _DEEP * math.sqrt(inside) + lift if inside > 0 else lift
        back = z * cy - x * sy
        return x * cy + z * sy, y * cp + back * sp

    def seen(self, x: float, y: float, z: float) -> Point:
        """Where a point of the contour is seen: it shifts with the turn but the head gets no narrower."""
        sy, _, sp, cp = self.sines
        return x + z * sy, y * cp + z * sp

    def contour(self, grow: float = 0.0) -> list[Point]:
        """The skin's outline, clockwise from the crown; `grow` beyond it."""
        half = _OUTLINE[_SKULLS.get(self.person.species, self.person.face)]
        wide = 1 + 0.03 * varied(self.person.identity, 1) - (0.0 if self.person.species in {"man", "boy"} else 0.02)
        drop = [0.0, 0.0, 0.0, 0.15, 0.6, 1.0]
        right = [(x * wide + grow, y + grow * y * 2 + self.jaw * d, z) for (x, y, z), d in zip(half, drop, strict=True)]
        chin = max(y for _, y, _ in right) + 0.02
        whole = [(0.0, -0.5 - grow, -0.08), *right, (0.0, chin, 0.22), *((-x, y, z) for x, y, z in reversed(right))]
        return [self.seen(*point) for point in whole]

    @cached_property
    def skin(self) -> skia.Path:
        """The skin's outline as a path, which is not to be changed."""
        return smooth(self.contour())

    def to_body(self, point: Point) -> Point:
        """From head coordinates to those of the neck's base."""
        angle, shift = math.radians(self.pose.roll), self.offset
        x, y = point[0], point[1] - _PIVOT
        turned = (x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle))
        return turned[0] + shift[0], turned[1] + shift[1]

    @property
    def offset(self) -> Point:
        """The pivot from the neck's base."""
        sy, _, sp, _ = self.sines
        return 0.06 * sy, _MIDDLE + _PIVOT + 0.05 * sp


def head_of(person: Person, pose: Pose) -> Head:
    """The head of this person in this pose."""
    yaw, pitch = math.radians(pose.yaw), math.radians(pose.pitch)
    return Head(person, pose, (math.sin(yaw), math.cos(yaw), math.sin(pitch), math.cos(pitch)))


PIVOT = _PIVOT
