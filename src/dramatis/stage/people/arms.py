"""Arms, hands, and what hands hold, in coordinates of the neck's base."""

import math

import skia

from dramatis.stage.paint import PAPER, Pen, Point, Shade, Tone, around, limb, mix, outline, oval, polygon, smooth, tone
from dramatis.stage.people.closeups.cloth_detail import draw_cuff_detail, draw_shoulder, draw_sleeve_detail
from dramatis.stage.people.closeups.hand_detail import draw_hand_detail
from dramatis.stage.people.clothes import cloth, trunk_of
from dramatis.stage.people.creatures import hide
from dramatis.stage.people.skeleton import BUILD, Arm, Skeleton


def draw_arm(pen: Pen, body: Skeleton, arm: Arm) -> None:
    """Hand and sleeve: the sleeve's shade lies below and on the right."""
    stuff, tones = cloth(body.person), hide(body.person)
    which = 0 if arm.side < 0 else 1
    thick = (0.165 if body.person.species == "man" else 0.138) * BUILD[body.person.build]
    dx, dy = arm.wrist[0] - arm.elbow[0], arm.wrist[1] - arm.elbow[1]
    length = math.hypot(dx, dy) or 1.0
    dx, dy = dx / length, dy / length
    cuff = (arm.wrist[0] - 0.07 * dx, arm.wrist[1] - 0.07 * dy)
    angle = math.degrees(math.atan2(dx, -dy)) + body.pose.waving[which]
    if arm.side > 0 and body.pose.held and arm.raised:
        draw_thing(pen, body.pose.held, (arm.wrist[0] + 0.15 * dx, arm.wrist[1] + 0.15 * dy), body.pose.waving[1])
    if pen.shows(around((arm.wrist,), 0.6)):
        shown = body.pose.hands[which] if arm.raised else "fist"
        draw_hand(pen, body.person.species, tones, (arm.wrist, angle, arm.side), shown)
    joints, widths = (arm.shoulder, arm.elbow, cuff), (thick, thick * 0.92, thick * 0.74)
    if pen.style == "shaded":
        pen.shape(limb(joints, widths), Tone(stuff.shade, stuff.shade, stuff.light))
        lit = [(x - 0.028, y - 0.022) for x, y in joints]
        pen.area(limb(lit, [width * 0.80 for width in widths]), stuff.base)
    else:
        sleeve = limb(joints, widths)
        pen.shape(outline(sleeve) if pen.has_lines else sleeve, stuff)
    nx, ny = -dy * thick * 0.68, dx * thick * 0.68
    band = polygon([(cuff[0] - nx, cuff[1] - ny), (cuff[0] + nx, cuff[1] + ny)], closed=False)
    pen.add(around((arm.shoulder,), 0.3), draw_shoulder, arm, thick, trunk_of(body), (stuff, body.person.clothes == "stripes"))
    pen.add(around((arm.elbow, arm.wrist), 0.3), draw_sleeve_detail, arm, thick, stuff)
    if pen.detail < 1:
        pen.line(band, mix(stuff.base, stuff.light, 0.5), 0.085)
    ends = (cuff[0] - nx, cuff[1] - ny), (cuff[0] + nx, cuff[1] + ny)
    pen.add(around((cuff,), 0.3), draw_cuff_detail, ends, body.person.clothes, stuff)


def draw_hand(pen: Pen, species: str, tones: Tone, where: tuple[Point, float, int], kind: str) -> None:
    """A hand at a wrist, fingers along `angle` (clockwise from up): open, fist or point."""
    (x, y), angle, side = where
    pen.canvas.save()
    pen.canvas.translate(x, y)
    pen.canvas.rotate(angle)
    if pen.detail < 1:
        _small_hand(pen, tones, side, kind)
    pen.add((-0.3, -0.5, 0.3, 0.2), draw_hand_detail, tones, side, kind, species)
    pen.canvas.restore()


def _small_hand(pen: Pen, tones: Tone, side: int, kind: str) -> None:
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
    pen.bar(strokes, tones, 0.066)
    pen.shape(palm, tones, Shade((-0.05, -0.15), 0.24, 0.6))
    if pen.has_lines:
        pen.line(strokes, mix(tones.base, PAPER, 0.45) if pen.style == "sketch" else tones.base, 0.060)
    if kind == "open":
        pen.rim(smooth([(-0.07, -0.10), (0.0, -0.075), (0.06, -0.105)], closed=False), tones.shade, 0.02, 0.7)


def draw_thing(pen: Pen, what: str, hand: Point, angle: float) -> None:
    """A cup, a pair of glasses or a box at a hand; `angle` tips the cup."""
    pen.canvas.save()
    pen.canvas.translate(*hand)
    {"cup": _cup, "glasses": _pair_of_glasses, "box": _box}[what](pen, angle)
    pen.canvas.restore()


def _cup(pen: Pen, angle: float) -> None:
    pen.canvas.rotate(0.5 * angle)
    china = tone(0xF4F1EA)
    pen.bar(oval((-0.19, -0.02), 0.085, 0.085), china, 0.045)
    pen.shape(
        smooth([(-0.17, -0.19), (0.17, -0.19), (0.14, 0.17), (-0.14, 0.17)], round_=0.35), china, Shade((-0.1, -0.1), 0.34, 0.5)
    )
    pen.line(polygon([(-0.145, 0.0), (0.145, 0.0)], closed=False), 0xE0503F, 0.08)


def _pair_of_glasses(pen: Pen, angle: float) -> None:
    pen.canvas.rotate(-20 + angle)
    for side in (-1, 1):
        ring = oval((side * 0.155, -0.20), 0.13, 0.12)
        pen.area(ring, 0xDDF1FF, 0.35)
        pen.line(ring, 0x241C22, 0.032)
    pen.line(polygon([(-0.03, -0.20), (0.03, -0.20)], closed=False), 0x241C22, 0.032)


def _box(pen: Pen, _: float) -> None:
    paper = tone(0xE8A93A)
    pen.shape(polygon([(-0.30, -0.36), (0.30, -0.36), (0.30, 0.08), (-0.30, 0.08)]), paper, Shade((-0.2, -0.3), 0.7, 0.5))
    pen.line(polygon([(0.0, -0.35), (0.0, 0.07)], closed=False), 0xC7363B, 0.09)
    for side in (-1, 1):
        pen.line(smooth([(0.0, -0.37), (side * 0.13, -0.50), (side * 0.17, -0.40)]), 0xC7363B, 0.055)
