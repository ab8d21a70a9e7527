"""Non-human characters: fur, ears, muzzles, and a robot's metal. The word for hair colour names the fur's colour."""

import math

import skia

from dramatis.stage.paint import (
    HAIR_PAINTS,
    INK,
    SKIN_COLOURS,
    WHITE,
    Colour,
    Pen,
    Point,
    Shade,
    Tone,
    mix,
    oval,
    polygon,
    smooth,
    tone,
)
from dramatis.stage.people.closeups.creature_detail import (
    draw_bolt,
    draw_ear_fur,
    draw_fur_shade,
    draw_lamp,
    draw_muzzle_detail,
    draw_panels,
    draw_whiskers,
)
from dramatis.stage.people.head import Head
from dramatis.stage.play.script import Person

CREATURES = frozenset({"cat", "bear", "rabbit", "robot"})
"""Species that are not human."""

_PINK: Colour = 0xE98B95


def hide(person: Person) -> Tone:
    """The material of head and hands: skin (its shade is redder, not greyer), fur or metal."""
    if person.species not in CREATURES:
        return tone(SKIN_COLOURS[person.skin], 0x9A2F3A, 0.30)
    fur = HAIR_PAINTS[person.hair_colour]
    if person.species == "robot":
        return tone(mix(fur, 0xC9D4DC, 0.62), 0x23364F, 0.42)
    pale = {"cat": 0.12, "bear": 0.06, "rabbit": 0.34}[person.species]
    return tone(mix(fur, 0xFFF3E0, pale), 0x3A1F55, 0.30)


def draw_behind(pen: Pen, head: Head) -> None:
    """Ears and antenna, behind the skull."""
    draw = {"cat": _cat_ears, "bear": _bear_ears, "rabbit": _rabbit_ears, "robot": _antenna}[head.person.species]
    draw(pen, head, hide(head.person))


def draw_muzzle(pen: Pen, head: Head) -> None:
    """The part of the face under the mouth: a muzzle with its nose, or a robot's panel."""
    if head.person.species == "robot":
        _panel(pen, head)
        return
    coat = hide(head.person)
    pen.add((-0.8, -0.7, 0.8, 0.8), draw_fur_shade, head, coat)
    low = 0.02 + head.jaw * 1.6
    spots = [
        (-0.235, 0.285),
        (-0.15, 0.155),
        (0.0, 0.125),
        (0.15, 0.155),
        (0.235, 0.285),
        (0.15, 0.425 + low),
        (0.0, 0.455 + low),
        (-0.15, 0.425 + low),
    ]
    pen.area(smooth([head.at(u, v, 0.03) for u, v in spots]), mix(coat.base, 0xFFF6E8, 0.62))
    wide = 0.085 if head.person.species == "bear" else 0.060
    nose = [head.at(u, v, 0.09) for u, v in ((-wide, 0.155), (0.0, 0.140), (wide, 0.155), (0.0, 0.155 + wide))]
    colour = 0x2B2026 if head.person.species == "bear" else _PINK
    pen.area(smooth(nose), colour)
    if pen.detail < 1:
        pen.dot(head.at(-0.02, 0.158, 0.10), 0.014, WHITE, 0.8)
    pen.add((-0.8, -0.7, 0.8, 0.8), draw_muzzle_detail, head, coat, (nose, colour))
    if head.person.species != "bear":
        if pen.detail < 1:
            _whiskers(pen, head, coat)
        pen.add((-0.8, -0.7, 0.8, 0.8), draw_whiskers, head, coat)
    if head.person.species == "cat":
        for u in (-0.10, 0.0, 0.10):
            pen.line(smooth([head.at(u, -0.40, 0.02), head.at(u * 0.8, -0.28, 0.02)], closed=False), coat.shade, 0.042)


def _whiskers(pen: Pen, head: Head, coat: Tone) -> None:
    for side in (-1, 1):
        for drop in (-0.03, 0.03):
            whisker = [head.at(side * 0.22, 0.25 + drop * 0.6, 0.05), head.seen(side * 0.50, 0.23 + drop * 2.2, 0.06)]
            pen.line(smooth(whisker, closed=False), mix(coat.shade, INK, 0.5), 0.018, 0.8)


def _pair(head: Head, spots: tuple[tuple[float, float], ...], side: int) -> list[Point]:
    dx, dy = head.pose.hair
    found = []
    for x, y in spots:
        free = max(0.0, -y - 0.45)
        px, py = head.seen(side * x, y, -0.08)
        found.append((px + free * dx, py + free * dy))
    return found


def _cat_ears(pen: Pen, head: Head, coat: Tone) -> None:
    for side in (-1, 1):
        pen.shape(
            smooth(_pair(head, ((0.10, -0.42), (0.34, -0.76), (0.42, -0.18)), side), round_=0.35),
            coat,
            Shade((-0.3, -0.5), 0.9, 0.5),
        )
        pen.area(smooth(_pair(head, ((0.19, -0.44), (0.325, -0.65), (0.37, -0.30)), side), round_=0.35), _PINK)
        if pen.detail > 0:
            root, tip = _pair(head, ((0.285, -0.36), (0.325, -0.65)), side)
            with pen.near((-0.8, -1.0, 0.8, 0.0)):
                draw_ear_fur(pen, root, tip, 0.075, coat)


def _bear_ears(pen: Pen, head: Head, coat: Tone) -> None:
    for side in (-1, 1):
        middle = head.seen(side * 0.34, -0.43, -0.06)
        pen.shape(oval(middle, 0.165, 0.160), coat, Shade((middle[0] - 0.06, middle[1] - 0.05), 0.25, 0.6))
        pen.area(oval(middle, 0.090, 0.088), mix(coat.base, 0xFFE9CF, 0.55))


def _rabbit_ears(pen: Pen, head: Head, coat: Tone) -> None:
    for side in (-1, 1):
        pen.shape(
            smooth(_pair(head, ((0.06, -0.40), (0.10, -0.85), (0.22, -1.10), (0.32, -0.85), (0.27, -0.38)), side)),
            coat,
            Shade((-0.2, -0.8), 0.7, 0.5),
        )
        pen.area(smooth(_pair(head, ((0.13, -0.50), (0.155, -0.85), (0.215, -1.00), (0.265, -0.85), (0.22, -0.50)), side)), _PINK)


def _antenna(pen: Pen, head: Head, coat: Tone) -> None:
    dx, dy = head.pose.hair
    low, top = head.seen(0.0, -0.48, -0.05), head.seen(0.0, -0.70, -0.05)
    top = (top[0] + 0.8 * dx, top[1] + 0.5 * dy)
    pen.line(smooth([low, top], closed=False), coat.shade, 0.05)
    pen.dot(top, 0.075, 0xF2533F)
    pen.add((-0.6, -1.2, 0.6, 0.0), draw_lamp, low, top, coat)
    pen.dot((top[0] - 0.022, top[1] - 0.025), 0.022, WHITE, 0.9)
    for side in (-1, 1):
        x, y = head.seen(side * 0.41, 0.05, -0.03)
        pen.shape(
            oval((x, y), 0.085, 0.14),
            Tone(coat.shade, mix(coat.shade, INK, 0.4), coat.light),
            Shade((x - 0.03, y - 0.04), 0.18, 0.6),
        )
        pen.add((x - 0.2, y - 0.3, x + 0.2, y + 0.3), draw_bolt, (x, y), coat)


def _panel(pen: Pen, head: Head) -> None:
    coat = hide(head.person)
    visor = [
        head.at(0.365 * _boxed(math.cos(t)), 0.03 + 0.175 * _boxed(math.sin(t)))
        for t in (2 * math.pi * (k + 0.5) / 16 for k in range(16))
    ]
    pen.area(smooth(visor), mix(coat.shade, INK, 0.55))
    seam: skia.Path = polygon([head.at(-0.30, -0.26), head.at(0.0, -0.275), head.at(0.30, -0.26)], closed=False)
    pen.line(seam, coat.shade, 0.026)
    for side in (-1, 1):
        pen.dot(head.at(side * 0.30, 0.30), 0.026, coat.shade)
    pen.add((-0.6, -0.7, 0.6, 0.7), draw_panels, head, coat, smooth(visor))


def _boxed(value: float) -> float:
    return math.copysign(abs(value) ** 0.55, value)
