"""Eyes, brows, nose, mouth, cheeks, beard and glasses, drawn in head coordinates (`head.Head`)."""

import math
from dataclasses import dataclass

import skia

from dramatis.stage.paint import HAIR_PAINTS, INK, WHITE, Colour, Pen, Point, Shade, Tone, mix, oval, smooth, tone
from dramatis.stage.people.creatures import CREATURES, draw_muzzle, hide
from dramatis.stage.people.head import Head, varied

_EYE_X, _EYE_Y, MOUTH_Y = 0.178, 0.035, 0.285
_IRISES: tuple[Colour, ...] = (0x4A2E1C, 0x2F6FA8, 0x3D7A4C, 0x6B4A22)


@dataclass(frozen=True)
class Lips:
    """The mouth's geometry in face coordinates about its middle: the truth and the drawing read the same."""

    width: float
    """Half the width between the corners."""
    inner: float
    """Half the width of the opening."""
    top: float
    """How far the opening goes up from the line between the corners."""
    bottom: float
    corner: float
    """How far the corners are up."""
    thick: tuple[float, float]
    """Upper and lower lip."""

    @property
    def opening(self) -> float:
        """The height of the opening."""
        return self.top + self.bottom


def lips_of(head: Head) -> Lips:
    """What the eight channels and the smile make of the mouth."""
    jaw, spread, pucker, funnel, press, upper, lower, _ = (float(value) for value in head.pose.mouth)
    smile, purse, free = head.pose.smile, head.pose.purse * max(0.0, 1 - 1.5 * jaw), 1 - press
    narrow = (1 - 0.50 * pucker - 0.30 * funnel) * (1 - 0.42 * purse)
    width = 0.165 * (1 + 0.30 * spread + 0.18 * max(smile, 0)) * narrow
    rounded = 0.035 * funnel + 0.020 * pucker
    top = (0.022 * jaw + 0.045 * upper * min(1, 0.4 + jaw) + 0.6 * rounded) * free
    bottom = (0.220 * jaw + 0.040 * lower + rounded) * free
    full = (0.042 if head.female else 0.030) * (1 + 0.5 * purse)
    thick = (full * 0.72 * (1 + 0.5 * pucker) * (1 - 0.6 * press), full * (1 + 0.5 * pucker + 0.2 * funnel) * (1 - 0.6 * press))
    return Lips(width, width * (0.90 if top + bottom > 0.01 else 0.0), top, bottom, 0.012 + 0.075 * smile, thick)


def draw_face(pen: Pen, head: Head) -> None:
    """All of the face but beard and glasses."""
    tones, human = hide(head.person), head.person.species not in CREATURES
    if not human:
        draw_muzzle(pen, head)
    _cheeks(pen, head, tones)
    for side in (-1, 1):
        _eye(pen, head, side, tones)
        _brow(pen, head, side)
    if human:
        _nose(pen, head, tones)
    if human and head.person.beard != "none":
        draw_beard(pen, head)
    _mouth(pen, head, tones)
    if head.pose.tears > 0:
        _tears(pen, head)
    if head.person.glasses != "none" and head.pose.glasses_on:
        draw_glasses(pen, head)


def _cheeks(pen: Pen, head: Head, tones: Tone) -> None:
    flush = min(1.0, head.pose.flush)
    for side in (-1, 1):
        x, y = head.at(side * 0.245, 0.205)
        edge = abs(head.at(side * 0.31, 0.205)[0] - head.at(side * 0.18, 0.205)[0]) / 2
        pen.area(oval((x, y), max(0.02, edge), 0.058 + 0.042 * flush), mix(tones.base, 0xE8453C, 0.7), 0.14 + 0.50 * flush)


def _eye(pen: Pen, head: Head, side: int, tones: Tone) -> None:
    pose, size = head.pose, 1 + 0.07 * varied(head.person.identity, 2) + (0.06 if head.female else 0.0)
    if not head.grown:
        size *= 1.12
    half, up, down = 0.100 * size, 0.098 * size * min(pose.lids, 1.5), 0.062 * size * (1 - 0.55 * pose.squint)
    x, y = side * _EYE_X, _EYE_Y
    down = min(down, 0.022 + up)

    def at(u: float, v: float) -> Point:
        return head.at(x + side * u, y + v)

    top = [at(-half, 0.012), at(-half * 0.62, -up * 0.72), at(0.0, -up), at(half * 0.66, -up * 0.74), at(half, -0.008)]
    low = [at(half * 0.6, down * 0.78), at(0.0, down), at(-half * 0.6, down * 0.8)]
    ball = smooth([*top, *low])
    pen.area(ball, 0xFDFBF7)
    pen.canvas.save()
    pen.canvas.clipPath(ball, True)
    look = head.at(x + 0.040 * pose.gaze[0], y - 0.016 + 0.034 * pose.gaze[1])
    squeeze = max(0.55, abs(head.at(x + 0.05, y)[0] - head.at(x - 0.05, y)[0]) / 0.1)
    iris = _IRISES[int(abs(varied(head.person.identity, 3)) * 3.99)]
    pen.area(oval(look, 0.066 * squeeze * size, 0.069 * size), iris)
    pen.area(oval(look, 0.036 * squeeze * size, 0.038 * size), 0x14101A)
    pen.dot((look[0] - 0.024, look[1] - 0.028), 0.021 * size, WHITE)
    pen.canvas.restore()
    lash = smooth(top, closed=False)
    pen.line(lash, mix(INK, tones.shade, 0.1), 0.030 if head.female else 0.024)
    if head.female:
        pen.line(smooth([top[-1], at(half + 0.026, -0.034 * min(1, pose.lids + 0.3))], closed=False), INK, 0.020)
    pen.line(smooth(low, closed=False), tones.shade, 0.012, 0.7)


def _brow(pen: Pen, head: Head, side: int) -> None:
    inner, outer = head.pose.brows
    lift = side * head.pose.one_brow
    y, thick = -0.138, 0.044 if head.female else 0.056
    ends = (-0.095 * inner - 0.05 * lift, -0.082 * outer - 0.08 * lift)
    middle = (ends[0] + ends[1]) / 2 - 0.022
    spots = [(0.078, y + 0.002 + ends[0]), (0.165, y - 0.004 + middle), (0.265, y + 0.022 + ends[1])]
    upper = [head.at(side * u, v - thick / 2) for u, v in spots]
    lower = [head.at(side * u, v + thick / 2) for u, v in (spots[1], spots[0])]
    colour = HAIR_PAINTS[head.person.hair_colour]
    pen.area(smooth([*upper, *lower], round_=0.9), mix(colour, INK, 0.60 if colour != HAIR_PAINTS["black"] else 0.0))


def _nose(pen: Pen, head: Head, tones: Tone) -> None:
    long = 0.01 * varied(head.person.identity, 4) + (0.0 if head.female else 0.012)
    wide = 0.046 if head.female else 0.056
    tip = head.at(0.0, 0.165 + long, 0.075)
    left, right = head.at(-wide, 0.178 + long, 0.02), head.at(wide, 0.178 + long, 0.02)
    bridge, low = head.at(0.012, 0.03, 0.03), head.at(0.0, 0.196 + long, 0.045)
    pen.shading(smooth([bridge, tip, low, right], round_=0.6), tones.shade, 0.55)
    pen.line(smooth([left, low, right], closed=False), mix(tones.shade, INK, 0.25), 0.020)
    pen.rim(smooth([(tip[0] - 0.018, tip[1] - 0.03), (tip[0] - 0.012, tip[1] - 0.01)], closed=False), tones.light, 0.024)


def _mouth(pen: Pen, head: Head, tones: Tone) -> None:
    lips, y = lips_of(head), MOUTH_Y
    lip = mix(tones.base, 0xC6304A, 0.60 if head.female else 0.40)

    def at(u: float, v: float) -> Point:
        return head.at(u, y + v - lips.corner * (u / 0.165) ** 2 * 0.9)

    def ring(half: float, top: float, bottom: float) -> skia.Path:
        upper = [at(-half, 0.0), at(-half * 0.62, -top * 0.80), at(0.0, -top), at(half * 0.62, -top * 0.80), at(half, 0.0)]
        return smooth([*upper, at(half * 0.66, bottom * 0.74), at(0.0, bottom), at(-half * 0.66, bottom * 0.74)])

    outer = ring(lips.width, lips.top + lips.thick[0], lips.bottom + lips.thick[1])
    pen.area(outer, lip)
    if lips.opening < 0.012:
        seam = [
            at(-lips.width * 1.02, 0.0),
            at(-lips.width * 0.5, 0.004),
            at(0.0, 0.006),
            at(lips.width * 0.5, 0.004),
            at(lips.width * 1.02, 0.0),
        ]
        pen.line(smooth(seam, closed=False), mix(lip, INK, 0.70), 0.022)
        return
    hole = ring(lips.inner, lips.top, lips.bottom)
    pen.area(hole, 0x431020)
    pen.canvas.save()
    pen.canvas.clipPath(hole, True)
    _inside(pen, head, lips, at)
    pen.canvas.restore()


def _inside(pen: Pen, head: Head, lips: Lips, at: object) -> None:
    """Teeth and tongue, inside the opening."""
    place = at if callable(at) else head.at
    tongue = float(head.pose.mouth[7])
    reach = lips.bottom * (0.42 + 0.5 * tongue)
    base = place(0.0, lips.bottom * 1.12)
    pen.area(oval((base[0], base[1]), lips.inner * 0.72, max(0.01, reach)), 0xDB5A66)
    half, show = lips.inner * 0.93, min(0.052, 0.62 * lips.opening)
    top = [place(-half, -lips.top - 0.03), place(half, -lips.top - 0.03)]
    edge = [
        place(half * 0.9, -lips.top * 0.5 + show * 0.55),
        place(0.0, -lips.top + show),
        place(-half * 0.9, -lips.top * 0.5 + show * 0.55),
    ]
    pen.area(smooth([*top, *edge], round_=0.7), 0xFBF7F0)
    lower = float(head.pose.mouth[6])
    if lower > 0.25 and lips.opening > 0.05:
        rise = 0.030 * lower
        low = [
            place(-half * 0.62, lips.bottom),
            place(0.0, lips.bottom - rise),
            place(half * 0.62, lips.bottom),
            place(0.0, lips.bottom + 0.05),
        ]
        pen.area(smooth(low), 0xEDE6DE)


def _tears(pen: Pen, head: Head) -> None:
    for side in (-1, 1):
        start, end = head.at(side * 0.20, 0.11), head.at(side * 0.225, 0.11 + 0.22 * head.pose.tears)
        pen.line(smooth([start, end], closed=False), 0x8FD0F2, 0.034, 0.85)
        pen.dot(end, 0.030, 0x8FD0F2, 0.95)


def draw_beard(pen: Pen, head: Head) -> None:
    """Stubble, moustache or full beard."""
    hair = tone(HAIR_PAINTS[head.person.hair_colour])
    lips, kind = lips_of(head), head.person.beard
    if kind in {"full", "stubble"}:
        half = [(0.40, 0.10, -0.02), (0.385, 0.22, 0.04), (0.30, 0.40, 0.11), (0.14, 0.525, 0.2)]
        grow = 0.02 if kind == "full" else -0.006
        edge = [head.seen(x + grow, y + grow + head.jaw * min(1, max(0, y - 0.1) * 3), z) for x, y, z in half]
        mirror = [head.seen(-x - grow, y + grow + head.jaw * min(1, max(0, y - 0.1) * 3), z) for x, y, z in half]
        chin = head.seen(0.0, 0.545 + grow + head.jaw, 0.22)
        inner = [
            head.at(u, v)
            for u, v in (
                (-0.345, 0.10),
                (-0.30, 0.235),
                (-0.15, 0.215),
                (0.0, 0.222),
                (0.15, 0.215),
                (0.30, 0.235),
                (0.345, 0.10),
            )
        ]
        path = smooth([*edge, chin, *reversed(mirror), *inner], round_=0.8)
        if kind == "full":
            pen.shape(path, hair, Shade((-0.15, 0.1), 0.62, 0.72))
        else:
            pen.area(path, hair.base, 0.28)
    if kind in {"moustache", "full"}:
        y = MOUTH_Y - lips.top - lips.thick[0]
        wide = lips.width + 0.045
        spots = [
            (-wide, y + 0.035),
            (-wide * 0.6, y - 0.035),
            (0.0, y - 0.030),
            (wide * 0.6, y - 0.035),
            (wide, y + 0.035),
            (0.0, y + 0.012),
        ]
        pen.area(smooth([head.at(u, v, 0.01) for u, v in spots], round_=0.9), hair.base if kind == "moustache" else hair.shade)


def draw_glasses(pen: Pen, head: Head) -> None:
    """Round, square or dark glasses."""
    kind, radius = head.person.glasses, 0.150
    for side in (-1, 1):
        corner = 1.0 if kind == "round" else 1.22
        turns = [2 * math.pi * k / 12 + math.pi / 12 for k in range(12)]
        ring = [
            head.at(
                side * _EYE_X + radius * _boxy(math.cos(t), corner),
                _EYE_Y + 0.01 + radius * 0.92 * _boxy(math.sin(t), corner) / (1.0 if kind == "round" else 1.15),
                0.05,
            )
            for t in turns
        ]
        path = smooth(ring)
        if kind == "dark":
            pen.area(path, 0x1B1820, 0.94)
            pen.line(smooth([ring[5], ring[7]], closed=False), 0x8FA4C8, 0.02, 0.8)
        else:
            pen.area(path, 0xDDF1FF, 0.22)
        pen.line(path, 0x241C22, 0.030)
        arm = [head.at(side * (_EYE_X + radius), _EYE_Y, 0.05), head.seen(side * 0.40, 0.0, 0.0)]
        if (arm[1][0] - arm[0][0]) * side > 0:
            pen.line(smooth(arm, closed=False), 0x241C22, 0.026)
    bridge = [head.at(-0.035, _EYE_Y - 0.005, 0.07), head.at(0.0, _EYE_Y - 0.025, 0.07), head.at(0.035, _EYE_Y - 0.005, 0.07)]
    pen.line(smooth(bridge, closed=False), 0x241C22, 0.030)


def _boxy(value: float, corner: float) -> float:
    return max(-1.0, min(1.0, value * corner))


def eye_at(head: Head, side: int) -> Point:
    """The middle of an eye."""
    return head.at(side * _EYE_X, _EYE_Y)
