"""Torso, arms, hands and legs with their clothes, in coordinates of the neck's base (right and down, heads)."""

import math
from dataclasses import dataclass

import skia

from dramatis.stage.head import varied
from dramatis.stage.paint import CLOTH_COLOURS, INK, Pen, Point, Shade, Tone, limb, mix, oval, polygon, skin, smooth, tone
from dramatis.stage.pose import Pose
from dramatis.stage.script import Person

_SHOULDERS = {"woman": 0.64, "man": 0.78, "girl": 0.50, "boy": 0.52, "cat": 0.56, "bear": 0.80, "rabbit": 0.54, "robot": 0.72}
_BUILD = {"slim": 0.92, "average": 1.0, "broad": 1.13}
_UPPER, _LOWER = 0.74, 0.70  # arm
_HIPS = 1.62


@dataclass(frozen=True)
class Arm:
    """Shoulder, elbow and wrist of one arm; `side` -1 is the picture's left."""

    side: int
    shoulder: Point
    elbow: Point
    wrist: Point
    raised: bool


@dataclass(frozen=True)
class Body:
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
        return _HIPS - 0.012 * self.pose.bow - self.pose.lean[1]

    @property
    def high(self) -> float:
        """The shoulders' height below the neck's base."""
        return 0.20 - 0.13 * self.pose.shrug


def body_of(person: Person, pose: Pose) -> Body:
    """Where the joints are."""
    half = _SHOULDERS[person.species] * _BUILD[person.build] * (1 + 0.03 * varied(person.identity, 5))
    seen = half * (0.55 + 0.45 * math.cos(math.radians(pose.turn)))
    shift = 0.30 * math.sin(math.radians(pose.turn))
    high = 0.20 - 0.13 * pose.shrug
    return Body(person, pose, seen, shift, (_arm(-1, seen, high, pose), _arm(1, seen, high, pose)))


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
    turned = 1 if side * -uy + 0.6 * ux > 0 else -1
    elbow = (shoulder[0] + ux * along - turned * uy * off, shoulder[1] + uy * along + turned * ux * off)
    return Arm(side, shoulder, elbow, (shoulder[0] + ux * near, shoulder[1] + uy * near), hand is not None)


def hanging(side: int, half: float, high: float) -> Point:
    """Where a hand hangs."""
    return side * (half + 0.02), high + 1.54


def cloth(person: Person) -> Tone:
    """The material of the clothes."""
    return tone(CLOTH_COLOURS[person.colour], 0x2A1B5A, 0.34)


def draw_torso(pen: Pen, body: Body) -> None:
    """Neck, torso and the clothes on it."""
    stuff, tones = cloth(body.person), skin(body.person.skin)
    if body.person.clothes == "hoodie":
        _hood(pen, body, stuff)
    _neck(pen, body, tones)
    pen.shape(_trunk(body), stuff, Shade((-0.30 + body.shift, 0.1), 1.30, 0.60))
    _collar(pen, body, stuff, tones)


def draw_arm(pen: Pen, body: Body, arm: Arm) -> None:
    """Hand and sleeve: the sleeve's shade lies below and on the right."""
    stuff, tones = cloth(body.person), skin(body.person.skin)
    which = 0 if arm.side < 0 else 1
    thick = (0.165 if body.person.species == "man" else 0.138) * _BUILD[body.person.build]
    dx, dy = arm.wrist[0] - arm.elbow[0], arm.wrist[1] - arm.elbow[1]
    length = math.hypot(dx, dy) or 1.0
    dx, dy = dx / length, dy / length
    cuff = (arm.wrist[0] - 0.07 * dx, arm.wrist[1] - 0.07 * dy)
    angle = math.degrees(math.atan2(dx, -dy)) + body.pose.waving[which]
    draw_hand(pen, tones, (arm.wrist, angle, arm.side), body.pose.hands[which] if arm.raised else "fist")
    joints, widths = (arm.shoulder, arm.elbow, cuff), (thick, thick * 0.92, thick * 0.74)
    if pen.style == "shaded":
        pen.shape(limb(joints, widths), Tone(stuff.shade, stuff.shade, stuff.light))
        lit = [(x - 0.028, y - 0.022) for x, y in joints]
        pen.area(limb(lit, [width * 0.80 for width in widths]), stuff.base)
    else:
        pen.shape(limb(joints, widths), stuff)
    nx, ny = -dy * thick * 0.68, dx * thick * 0.68
    band = polygon([(cuff[0] - nx, cuff[1] - ny), (cuff[0] + nx, cuff[1] + ny)], closed=False)
    pen.line(band, mix(stuff.base, stuff.light, 0.5), 0.085)


def draw_hand(pen: Pen, tones: Tone, where: tuple[Point, float, int], kind: str) -> None:
    """A hand at a wrist, fingers along `angle` (clockwise from up): open, fist or point."""
    (x, y), angle, side = where
    pen.canvas.save()
    pen.canvas.translate(x, y)
    pen.canvas.rotate(angle)
    palm = smooth([(-0.095, 0.02), (-0.12, -0.14), (-0.07, -0.22), (0.07, -0.22), (0.12, -0.14), (0.095, 0.02), (0.0, 0.06)])
    fingers = {"open": (-0.098, -0.034, 0.034, 0.098), "point": (side * -0.05,), "fist": ()}[kind]
    strokes = skia.Path()
    for k, u in enumerate(fingers):
        long = 0.40 if len(fingers) == 1 else 0.355 if k in {1, 2} else 0.315
        strokes.moveTo(u * 0.85, -0.14)
        strokes.lineTo(u * (1.45 if len(fingers) > 1 else 1.0), -long)
    if kind == "open":
        strokes.moveTo(-side * 0.07, -0.06)
        strokes.lineTo(-side * 0.185, -0.185)
    pen.line(strokes, tones.base, 0.066)
    pen.shape(palm, tones, Shade((-0.05, -0.15), 0.24, 0.6))
    if kind == "open":
        pen.rim(smooth([(-0.07, -0.10), (0.0, -0.075), (0.06, -0.105)], closed=False), tones.shade, 0.02, 0.7)
    pen.canvas.restore()


def _neck(pen: Pen, body: Body, tones: Tone) -> None:
    wide = 0.155 if body.person.species in {"woman", "girl", "boy"} else 0.195
    x = body.shift * 0.25
    neck = smooth(
        [
            (-wide, -0.34),
            (-wide, -0.06),
            (-wide - 0.10 + x, 0.10),
            (x, 0.24),
            (wide + 0.10 + x, 0.10),
            (wide, -0.06),
            (wide, -0.34),
        ],
        round_=0.7,
    )
    pen.shape(neck, tones)
    pen.shading(
        smooth(
            [(-wide - 0.02, -0.36), (-wide - 0.01, -0.06), (0.03, 0.02), (wide + 0.01, -0.02), (wide + 0.02, -0.36)], round_=0.6
        ),
        tones.shade,
    )


def _trunk(body: Body) -> skia.Path:
    half, high, hips = body.half, body.high, body.hips
    female = body.person.species in {"woman", "girl"}
    waist = half * (0.74 if female else 0.86) + (0.08 if body.person.build == "broad" else 0.0)
    chest = half * (0.90 if female else 0.94)
    lag = 0.25 * body.pose.hair[0]
    side = [
        (0.20, 0.02),
        (half * 0.60, high - 0.10),
        (half - 0.06, high + 0.0),
        (half * 0.97, high + 0.30),
        (chest, 0.70),
        (waist + lag, 1.15),
        (half * 0.90 + lag, hips),
        (half * 0.5, hips + 0.06),
    ]
    return smooth([*side, *((-x if k < 5 else -x + 2 * lag, y) for k, (x, y) in reversed(list(enumerate(side))))], round_=0.85)


def _hood(pen: Pen, body: Body, stuff: Tone) -> None:
    s = body.shift * 0.4
    hood = smooth(
        [(-0.34 + s, 0.12), (-0.40 + s, -0.10), (-0.24 + s, -0.26), (0.24 + s, -0.26), (0.40 + s, -0.10), (0.34 + s, 0.12)]
    )
    pen.shape(hood, Tone(stuff.shade, mix(stuff.shade, INK, 0.3), stuff.base))


def _collar(pen: Pen, body: Body, stuff: Tone, tones: Tone) -> None:
    """Each kind of clothes has its own neckline and front."""
    s = body.shift
    kind = body.person.clothes
    draw = {"shirt": _shirt, "hoodie": _hoodie, "jacket": _jacket, "dress": _dress, "sweater": _sweater, "stripes": _stripes}[
        kind
    ]
    draw(pen, (s, body), stuff, tones)


_Front = tuple[float, Body]


def _shirt(pen: Pen, front: _Front, stuff: Tone, tones: Tone) -> None:
    s, body = front
    pen.area(smooth([(-0.15 + s * 0.4, -0.02), (0.15 + s * 0.4, -0.02), (0.02 + s, 0.30)], round_=0.3), tones.shade)
    seam = smooth([(s, 0.28), (s * 1.1, 0.8), (s, body.hips)], closed=False)
    pen.line(seam, stuff.shade, 0.030)
    for y in (0.48, 0.76, 1.04):
        pen.dot((s + 0.045, y), 0.030, mix(stuff.light, 0xFFFFFF, 0.5))
        pen.dot((s + 0.050, y + 0.006), 0.018, stuff.shade)
    for side in (-1, 1):
        flap = polygon([(side * 0.17 + s * 0.3, -0.08), (side * 0.30 + s * 0.4, 0.10), (side * 0.17 + s * 0.8, 0.34), (s, 0.24)])
        pen.shape(flap, Tone(mix(stuff.base, 0xFFFFFF, 0.30), stuff.base, stuff.light), Shade((-0.2 + s, 0.0), 0.5, 0.6))
        pen.line(
            polygon([(side * 0.30 + s * 0.4, 0.10), (side * 0.17 + s * 0.8, 0.34), (s, 0.24)], closed=False), stuff.shade, 0.026
        )


def _hoodie(pen: Pen, front: _Front, stuff: Tone, tones: Tone) -> None:
    s, body = front
    rim = smooth(
        [
            (-0.22 + s * 0.4, -0.12),
            (-0.30 + s * 0.5, 0.04),
            (-0.14 + s, 0.24),
            (s, 0.30),
            (0.14 + s, 0.24),
            (0.30 + s * 0.5, 0.04),
            (0.22 + s * 0.4, -0.12),
        ],
        closed=False,
    )
    pen.line(rim, mix(stuff.base, stuff.light, 0.35), 0.13)
    pen.line(rim, stuff.shade, 0.024)
    for side in (-1, 1):
        x = side * 0.12 + s
        sway = 0.4 * body.pose.hair[0]
        pen.line(smooth([(x, 0.32), (x + side * 0.01, 0.48), (x + sway, 0.66 - side * 0.03)], closed=False), 0xF7F3EA, 0.036)
    pocket = smooth([(-0.34 + s, 0.98), (0.34 + s, 0.98), (0.46 + s, 1.36), (-0.46 + s, 1.36)], round_=0.35)
    pen.area(pocket, mix(stuff.base, stuff.shade, 0.55))


def _jacket(pen: Pen, front: _Front, stuff: Tone, tones: Tone) -> None:
    s, body = front
    pen.area(
        smooth([(-0.24 + s * 0.5, -0.04), (0.24 + s * 0.5, -0.04), (0.15 + s, 0.5), (s, 0.98), (-0.15 + s, 0.5)], round_=0.4),
        0xF4F1EA,
    )
    pen.area(
        polygon([(-0.045 + s, 0.16), (0.045 + s, 0.16), (0.075 + s, 0.66), (s, 0.80), (-0.075 + s, 0.66)]),
        mix(stuff.shade, 0xB0282F, 0.6),
    )
    for side in (-1, 1):
        lapel = polygon(
            [
                (side * 0.22 + s * 0.4, -0.06),
                (side * 0.42 + s * 0.5, 0.16),
                (side * 0.36 + s * 0.8, 0.42),
                (s + side * 0.01, 0.98),
                (side * 0.16 + s, 0.40),
            ]
        )
        pen.shape(lapel, Tone(mix(stuff.base, stuff.light, 0.25), stuff.shade, stuff.light), Shade((-0.3 + s, 0.2), 0.7, 0.6))
        pen.line(
            polygon([(side * 0.42 + s * 0.5, 0.16), (side * 0.36 + s * 0.8, 0.42), (s + side * 0.01, 0.98)], closed=False),
            stuff.shade,
            0.028,
        )
    pen.line(polygon([(s, 0.98), (s, body.hips)], closed=False), stuff.shade, 0.03)


def _dress(pen: Pen, front: _Front, stuff: Tone, tones: Tone) -> None:
    s, body = front
    neckline = smooth(
        [(-0.36 + s * 0.4, -0.02), (0.36 + s * 0.4, -0.02), (0.30 + s * 0.8, 0.20), (s, 0.36), (-0.30 + s * 0.8, 0.20)],
        round_=0.8,
    )
    pen.area(neckline, tones.base)
    pen.shading(smooth([(-0.16, -0.06), (0.16, -0.06), (0.12, 0.03), (0.02, 0.06)], round_=0.7), tones.shade)
    pen.line(
        smooth(
            [(-0.36 + s * 0.4, 0.0), (-0.30 + s * 0.8, 0.20), (s, 0.36), (0.30 + s * 0.8, 0.20), (0.36 + s * 0.4, 0.0)],
            closed=False,
        ),
        0xFBF6EC,
        0.045,
    )
    pen.line(
        smooth([(-body.half * 0.78, 1.10), (s, 1.16), (body.half * 0.78, 1.10)], closed=False), mix(stuff.shade, INK, 0.3), 0.09
    )


def _sweater(pen: Pen, front: _Front, stuff: Tone, tones: Tone) -> None:
    s, _ = front
    roll = smooth(
        [(-0.24 + s * 0.3, -0.14), (0.24 + s * 0.3, -0.14), (0.27 + s * 0.4, 0.10), (s * 0.5, 0.17), (-0.27 + s * 0.4, 0.10)],
        round_=0.7,
    )
    pen.shape(roll, Tone(mix(stuff.base, stuff.light, 0.30), stuff.shade, stuff.light), Shade((-0.15 + s, -0.05), 0.4, 0.6))
    pen.line(smooth([(-0.27 + s * 0.4, 0.10), (s * 0.5, 0.17), (0.27 + s * 0.4, 0.10)], closed=False), stuff.shade, 0.03)
    zigzag = [(x + s, 0.62 + 0.06 * (-1) ** k) for k, x in enumerate((-0.54, -0.36, -0.18, 0.0, 0.18, 0.36, 0.54))]
    pen.line(polygon(zigzag, closed=False), mix(stuff.light, 0xFFFFFF, 0.3), 0.06)


def _stripes(pen: Pen, front: _Front, stuff: Tone, tones: Tone) -> None:
    s, body = front
    pen.canvas.save()
    pen.canvas.clipPath(_trunk(body), True)
    band = 0xF6F3EC if body.person.colour != "white" else 0x3A4470
    for y in (0.42, 0.72, 1.02, 1.32):
        pen.line(smooth([(-1.0, y - 0.05), (s, y + 0.05), (1.0, y - 0.05)], closed=False), band, 0.13)
    pen.canvas.restore()
    pen.area(
        smooth([(-0.22 + s * 0.4, -0.02), (0.22 + s * 0.4, -0.02), (0.13 + s * 0.8, 0.13), (-0.13 + s * 0.8, 0.13)], round_=0.8),
        tones.shade,
    )
    pen.line(
        smooth(
            [(-0.25 + s * 0.4, -0.02), (-0.14 + s * 0.8, 0.13), (0.14 + s * 0.8, 0.13), (0.25 + s * 0.4, -0.02)], closed=False
        ),
        stuff.shade,
        0.045,
    )
