"""Neck, torso, legs and the clothes on them, in coordinates of the neck's base."""

from functools import lru_cache

import skia

from dramatis.stage.paint import (
    CLOTH_COLOURS,
    INK,
    PAPER,
    Colour,
    Pen,
    Shade,
    Tone,
    limb,
    mix,
    outline,
    oval,
    polygon,
    smooth,
    tone,
)
from dramatis.stage.people.closeups.cloth_detail import draw_trunk_detail
from dramatis.stage.people.closeups.garment_detail import draw_front_detail, draw_rim_of_hood
from dramatis.stage.people.closeups.skin_detail import draw_neck_detail
from dramatis.stage.people.creatures import CREATURES, hide
from dramatis.stage.people.head import varied
from dramatis.stage.people.skeleton import Skeleton, legs_of
from dramatis.stage.play.script import Person

_PENCIL = 0.27  # of the paper in an area of a pencil sketch, besides what every area has


def cloth(person: Person) -> Tone:
    """The material of the clothes."""
    return tone(CLOTH_COLOURS[person.colour], 0x2A1B5A, 0.34)


def draw_torso(pen: Pen, body: Skeleton) -> None:
    """Neck, torso and the clothes on it."""
    stuff, tones = cloth(body.person), hide(body.person)
    if body.person.clothes == "hoodie":
        _hood(pen, body, stuff)
    _neck(pen, body, tones)
    trunk = trunk_of(body)
    pen.shape(trunk, stuff, Shade((-0.30 + body.shift, 0.1), 1.30, 0.60))
    pen.add((-1.4, -0.4, 1.4, 2.2), draw_trunk_detail, body, stuff, trunk)
    _collar(pen, body, stuff)
    pen.add((-1.4, -0.4, 1.4, 2.2), draw_front_detail, body, stuff, trunk)


def _neck(pen: Pen, body: Skeleton, tones: Tone) -> None:
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
    if pen.detail > 0 and body.person.species not in CREATURES:
        with pen.near((-0.6, -0.5, 0.6, 0.5)):
            pen.keep_within(neck)
            draw_neck_detail(pen, wide, body.shift, tones, body.person.species != "man")


@lru_cache(maxsize=16)
def trunk_of(body: Skeleton) -> skia.Path:
    """The outline of chest and belly, which is not to be changed."""
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


def _hood(pen: Pen, body: Skeleton, stuff: Tone) -> None:
    s = body.shift * 0.4
    hood = smooth(
        [(-0.34 + s, 0.12), (-0.40 + s, -0.10), (-0.24 + s, -0.26), (0.24 + s, -0.26), (0.40 + s, -0.10), (0.34 + s, 0.12)]
    )
    pen.shape(hood, Tone(stuff.shade, mix(stuff.shade, INK, 0.3), stuff.base))


def _collar(pen: Pen, body: Skeleton, stuff: Tone) -> None:
    """Each kind of clothes has its own neckline and front."""
    s = body.shift
    kind = body.person.clothes
    draw = {"shirt": _shirt, "hoodie": _hoodie, "jacket": _jacket, "dress": _dress, "sweater": _sweater, "stripes": _stripes}[
        kind
    ]
    pen.canvas.save()
    if pen.detail > 0 and body.pose.solid and kind in {"dress", "stripes"}:  # whose necklines else come out of a turned body
        pen.canvas.clipPath(trunk_of(body), True)
    draw(pen, (s, body), stuff)
    pen.canvas.restore()


_Front = tuple[float, Skeleton]


def _shirt(pen: Pen, front: _Front, stuff: Tone) -> None:
    s, body = front
    tones = hide(body.person)
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


def _hoodie(pen: Pen, front: _Front, stuff: Tone) -> None:
    s, body = front
    right = [(0.14 + s, 0.24), (0.30 + s * 0.5, 0.04), (0.22 + s * 0.4, -0.12)]
    left = [(-0.22 + s * 0.4, -0.12), (-0.30 + s * 0.5, 0.04), (-0.14 + s, 0.24)]
    rim = smooth([*left, (s, 0.30), *right], closed=False)
    if pen.detail < 1:
        pen.line(rim, mix(stuff.base, stuff.light, 0.35), 0.13)
        pen.line(rim, stuff.shade, 0.024)
    pen.add((-0.6, -0.6, 0.6, 0.6), draw_rim_of_hood, s, stuff)
    for side in (-1, 1):
        x = side * 0.12 + s
        sway = 0.4 * body.pose.hair[0]
        pen.line(smooth([(x, 0.32), (x + side * 0.01, 0.48), (x + sway, 0.66 - side * 0.03)], closed=False), 0xF7F3EA, 0.036)
    pocket = smooth([(-0.34 + s, 0.98), (0.34 + s, 0.98), (0.46 + s, 1.36), (-0.46 + s, 1.36)], round_=0.35)
    pen.area(pocket, mix(stuff.base, stuff.shade, 0.55))


def _jacket(pen: Pen, front: _Front, stuff: Tone) -> None:
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


def _dress(pen: Pen, front: _Front, stuff: Tone) -> None:
    s, body = front
    tones = hide(body.person)
    neckline = smooth(
        [(-0.36 + s * 0.4, -0.02), (0.36 + s * 0.4, -0.02), (0.30 + s * 0.8, 0.20), (s, 0.36), (-0.30 + s * 0.8, 0.20)],
        round_=0.8,
    )
    pale = pen.style == "sketch" and body.pose.solid
    pen.area(neckline, mix(tones.base, PAPER, _PENCIL) if pale else tones.base)
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


def _sweater(pen: Pen, front: _Front, stuff: Tone) -> None:
    s, body = front
    roll = smooth(
        [(-0.24 + s * 0.3, -0.14), (0.24 + s * 0.3, -0.14), (0.27 + s * 0.4, 0.10), (s * 0.5, 0.17), (-0.27 + s * 0.4, 0.10)],
        round_=0.7,
    )
    pen.shape(roll, Tone(mix(stuff.base, stuff.light, 0.30), stuff.shade, stuff.light), Shade((-0.15 + s, -0.05), 0.4, 0.6))
    pen.line(smooth([(-0.27 + s * 0.4, 0.10), (s * 0.5, 0.17), (0.27 + s * 0.4, 0.10)], closed=False), stuff.shade, 0.03)
    pen.canvas.save()
    if pen.detail > 0:
        pen.canvas.clipPath(trunk_of(body), True)
    zigzag = [(x + s, 0.62 + 0.06 * (-1) ** k) for k, x in enumerate((-0.54, -0.36, -0.18, 0.0, 0.18, 0.36, 0.54))]
    pen.line(polygon(zigzag, closed=False), mix(stuff.light, 0xFFFFFF, 0.3), 0.06)
    pen.canvas.restore()


def _stripes(pen: Pen, front: _Front, stuff: Tone) -> None:
    s, body = front
    tones = hide(body.person)
    pen.canvas.save()
    pen.canvas.clipPath(trunk_of(body), True)
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


_TROUSERS: tuple[Colour, ...] = (0x2F3B57, 0x3B3B45, 0x5A4636, 0x54606E)
_SHOES: Colour = 0x2A2228


def draw_legs(pen: Pen, body: Skeleton) -> None:
    """Legs with trousers, or bare below a skirt, and shoes; a stool under who sits."""
    if body.pose.seated > 0.05:
        y = body.hips + 0.08
        pen.area(limb([(-0.45, y), (0.45, y)], [0.09, 0.09]), 0x8A5A34, min(1.0, 2 * body.pose.seated))
        for side in (-1, 1):
            pen.line(
                polygon([(side * 0.36, y + 0.05), (side * 0.46, y + 0.95)], closed=False),
                0x6E4526,
                0.09,
                min(1.0, 2 * body.pose.seated),
            )
    skirt = body.person.clothes == "dress"
    stuff = hide(body.person) if skirt else tone(_TROUSERS[int(abs(varied(body.person.identity, 6)) * 3.99)])
    wide = body.half * (0.24 if skirt else 0.31)
    for leg in legs_of(body):
        shoe = oval((leg.ankle[0] + leg.side * 0.06, leg.ankle[1] + 0.04), 0.21, 0.10)
        pen.shape(
            outline(limb([leg.hip, leg.knee, leg.ankle], [wide, wide * 0.82, wide * 0.62])),
            stuff,
            Shade((-0.3, leg.hip[1]), 1.1, 0.4),
        )
        pen.shape(shoe, tone(_SHOES))
    half, hips = body.half, body.hips
    if skirt:
        knee = min(hips + 0.85, legs_of(body)[0].ankle[1] - 0.3)
        sway = 0.6 * body.pose.hair[0]
        hem = [
            (-half * 0.80, hips - 0.1),
            (half * 0.80, hips - 0.1),
            (half * 1.30 + sway, knee),
            (sway, knee + 0.08),
            (-half * 1.30 + sway, knee),
        ]
        pen.shape(smooth(hem, round_=0.5), cloth(body.person), Shade((-0.4, hips), 1.2, 0.5))
