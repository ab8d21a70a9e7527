"""What belongs to one kind of clothes, seen near: placket, strings, lapels, tie, knitting, gathers, the edge of a hood."""

import skia

from dramatis.stage.paint import INK, WHITE, Pen, Shade, Tone, add_lens, mix, oval, polygon, smooth
from dramatis.stage.people.closeups.cloth_detail import draw_button, draw_stitches
from dramatis.stage.people.closeups.hair_detail import through
from dramatis.stage.people.skeleton import Skeleton


def draw_front_detail(pen: Pen, body: Skeleton, stuff: Tone, trunk: skia.Path) -> None:
    """What belongs to one kind of clothes: placket and buttons, strings and pocket, lapels, knitting, gathers."""
    if body.person.clothes in {"jacket", "sweater", "dress", "stripes"}:
        pen.canvas.clipPath(trunk, True)
    draw = {"shirt": _shirt, "hoodie": _hoodie, "jacket": _jacket, "dress": _dress, "sweater": _sweater, "stripes": _stripes}
    draw[body.person.clothes](pen, body, stuff)


def _shirt(pen: Pen, body: Skeleton, stuff: Tone) -> None:
    s = body.shift
    for x in (-0.052, 0.068):
        draw_stitches(pen, smooth([(s + x, 0.34), (s * 1.1 + x, 0.8), (s + x, body.hips)], closed=False), stuff)
    for y in (0.48, 0.76, 1.04):
        draw_button(pen, (s + 0.045, y), 0.030, stuff)
        hole = skia.Path()
        add_lens(hole, ((s + 0.005, y), (s + 0.010, y + 0.002), (s + 0.018, y)), 0.005)
        pen.area(hole, mix(stuff.shade, INK, 0.4), 0.8)
    for side in (-1, 1):
        edge = [(side * 0.275 + s * 0.4, 0.10), (side * 0.165 + s * 0.8, 0.305), (s + side * 0.03, 0.225)]
        draw_stitches(pen, polygon(edge, closed=False), Tone(stuff.base, mix(stuff.base, stuff.shade, 0.6), stuff.light))
    pocket = [(0.18 + s, 0.62), (0.42 + s, 0.62), (0.42 + s, 0.82), (0.30 + s, 0.90), (0.18 + s, 0.82)]
    pen.line(polygon(pocket), stuff.shade, 0.009, 0.9)
    draw_stitches(pen, polygon([(0.18 + s, 0.660), (0.42 + s, 0.660)], closed=False), stuff)


def _hoodie(pen: Pen, body: Skeleton, stuff: Tone) -> None:
    s, sway = body.shift, 0.4 * body.pose.hair[0]
    for side in (-1, 1):
        x = side * 0.12 + s
        pen.dot((x, 0.32), 0.026, 0xC9CDD2)
        pen.line(oval((x, 0.32), 0.020, 0.020), 0x7B828C, 0.008)
        tip = (x + sway, 0.66 - side * 0.03)
        pen.line(polygon([(tip[0], tip[1] - 0.045), tip], closed=False), 0xB9BEC6, 0.040)
        twist = skia.Path()
        for k in range(6):
            y = 0.36 + 0.042 * k
            add_lens(twist, ((x - 0.014, y + 0.012), (x, y), (x + 0.014, y - 0.012)), 0.004)
        pen.area(twist, 0xB8AFA2, 0.7)
    if pen.shows((-0.6, 0.95, 0.6, 1.40)):
        _pocket(pen, s, stuff)


def _pocket(pen: Pen, s: float, stuff: Tone) -> None:
    """Its seams and the shade of its openings."""
    edge = [(-0.34 + s, 0.995), (0.34 + s, 0.995)]
    draw_stitches(pen, smooth(edge, closed=False), stuff)
    for side in (-1, 1):
        draw_stitches(pen, smooth([(side * 0.325 + s, 1.02), (side * 0.44 + s, 1.34)], closed=False), stuff)
        shade = skia.Path()
        add_lens(shade, through((side * 0.35 + s, 0.99), (side * 0.42 + s, 1.15), (side * 0.465 + s, 1.34)), 0.016)
        pen.area(shade, mix(stuff.shade, INK, 0.35), 0.55)


def draw_rim_of_hood(pen: Pen, shift: float, stuff: Tone) -> None:
    """The hood's edge comes from behind the neck and crosses below the throat."""
    s = shift
    outer = [(-0.27 + s * 0.3, -0.22), (-0.355 + s * 0.5, -0.02), (-0.25 + s * 0.8, 0.20), (s, 0.365)]
    inner = [(s, 0.235), (-0.105 + s * 0.8, 0.155), (-0.215 + s * 0.4, 0.0), (-0.175 + s * 0.3, -0.22)]
    colour = mix(stuff.base, stuff.light, 0.35)
    for side in (1, -1):
        turned = [((x - s * 0.6) * -side + s * 0.6, y) for x, y in [*outer, *inner]]
        half = smooth(turned, round_=0.8)
        pen.shape(half, Tone(colour, mix(stuff.base, stuff.shade, 0.32), stuff.light), Shade((-0.25 + s, -0.10), 0.66, 0.62))
        edge = smooth(turned[4:], closed=False)
        draw_stitches(pen, smooth([(x * 1.10, y + 0.012) for x, y in turned[4:]], closed=False), stuff)
        pen.line(edge, stuff.shade, 0.010, 0.9)
    seam = skia.Path()
    add_lens(seam, through((s - 0.035, 0.238), (s + 0.014, 0.300), (s + 0.040, 0.358)), 0.008)
    pen.area(seam, mix(stuff.shade, INK, 0.2), 0.9)


def _jacket(pen: Pen, body: Skeleton, stuff: Tone) -> None:
    s = body.shift
    knot = [(-0.045 + s, 0.16), (0.045 + s, 0.16), (0.030 + s, 0.235), (-0.030 + s, 0.235)]
    tie = mix(stuff.shade, 0xB0282F, 0.6)
    pen.area(polygon(knot), mix(tie, WHITE, 0.16))
    stripes = skia.Path()
    for k in range(7):
        y = 0.30 + 0.066 * k
        wide = 0.042 + 0.004 * k
        stripes.addPath(polygon([(s - wide, y), (s + wide, y - 0.045), (s + wide, y - 0.028), (s - wide, y + 0.017)]))
    pen.canvas.save()
    pen.canvas.clipPath(
        polygon([(-0.035 + s, 0.235), (0.035 + s, 0.235), (0.072 + s, 0.66), (s, 0.795), (-0.072 + s, 0.66)]), True
    )
    pen.area(stripes, mix(tie, WHITE, 0.34), 0.7)
    pen.canvas.restore()
    for side in (-1, 1):
        flap = polygon([(s * 0.4 + side * 0.02, -0.02), (side * 0.20 + s * 0.5, 0.10), (side * 0.10 + s * 0.8, 0.25), (s, 0.17)])
        pen.area(flap, 0xFFFFFF)
        pen.line(
            polygon([(side * 0.20 + s * 0.5, 0.10), (side * 0.10 + s * 0.8, 0.25), (s, 0.17)], closed=False), 0xB9B4C4, 0.008
        )
        notch = polygon([(side * 0.385 + s * 0.6, 0.30), (side * 0.255 + s * 0.8, 0.275), (side * 0.300 + s * 0.8, 0.235)])
        pen.area(notch, stuff.shade, 0.85)
        pocket = [
            (side * 0.30 + s, 1.10),
            (side * 0.55 + s * 0.8, 1.08),
            (side * 0.55 + s * 0.8, 1.125),
            (side * 0.30 + s, 1.145),
        ]
        pen.area(polygon(pocket), mix(stuff.base, stuff.shade, 0.55))
        pen.line(polygon(pocket), stuff.shade, 0.008)
    for y in (1.06, 1.26):
        draw_button(pen, (s + 0.06, y), 0.030, Tone(stuff.base, mix(stuff.shade, INK, 0.3), mix(stuff.shade, INK, 0.1)))
    breast = polygon([(0.40 + s * 0.8, 0.60), (0.56 + s * 0.7, 0.57), (0.565 + s * 0.7, 0.605), (0.405 + s * 0.8, 0.635)])
    pen.area(breast, mix(stuff.base, stuff.shade, 0.6))
    pen.area(
        polygon(
            [
                (0.425 + s * 0.8, 0.605),
                (0.45 + s * 0.8, 0.54),
                (0.49 + s * 0.8, 0.58),
                (0.53 + s * 0.7, 0.53),
                (0.55 + s * 0.7, 0.58),
            ]
        ),
        0xF4F1EA,
    )


def _dress(pen: Pen, body: Skeleton, stuff: Tone) -> None:
    s, half = body.shift, body.half
    gathers = skia.Path()
    for k in range(-6, 7):
        x, up = k * half * 0.115 + 0.8 * s, 1 if k % 2 else -1
        start = 1.125 + up * 0.050
        add_lens(gathers, ((x, start), (x * 1.02, start + up * 0.07), (x * 1.06, start + up * (0.12 + 0.03 * (k % 3)))), 0.008)
    pen.area(gathers, mix(stuff.shade, INK, 0.25), 0.6)
    buckle = (s, 1.14)
    pen.line(polygon([(s - 0.05, 1.105), (s + 0.05, 1.105), (s + 0.05, 1.185), (s - 0.05, 1.185)]), 0xE2B94E, 0.014)
    pen.line(polygon([(s - 0.05, buckle[1] + 0.006), (s + 0.01, buckle[1] + 0.006)], closed=False), 0xE2B94E, 0.012)
    draw_stitches(pen, smooth([(-0.33 + s * 0.8, 0.235), (s, 0.405), (0.33 + s * 0.8, 0.235)], closed=False), stuff)


def _sweater(pen: Pen, body: Skeleton, stuff: Tone) -> None:
    s = body.shift
    ribs = skia.Path()
    for k in range(-8, 9):
        x = k * 0.030
        add_lens(ribs, ((x + s * 0.3, -0.130), (x * 1.05 + s * 0.35, 0.0), (x * 1.08 + s * 0.45, 0.150 - abs(k) * 0.007)), 0.006)
    pen.area(ribs, mix(stuff.shade, INK, 0.12), 0.55)
    if pen.shows((-0.7, 0.73, 0.7, 1.01)):
        _knit(pen, s, stuff)


def _knit(pen: Pen, s: float, stuff: Tone) -> None:
    """Rows of stitches over the belly."""
    knit = skia.Path()
    for row in range(4):
        for k in range(-9, 10):
            x, y = 0.062 * k + s + 0.031 * (row % 2), 0.76 + 0.075 * row
            add_lens(knit, ((x - 0.020, y - 0.018), (x - 0.008, y - 0.004), (x, y + 0.012)), 0.005)
            add_lens(knit, ((x + 0.020, y - 0.018), (x + 0.008, y - 0.004), (x, y + 0.012)), 0.005)
    pen.area(knit, mix(stuff.shade, INK, 0.1), 0.42)


def _stripes(pen: Pen, body: Skeleton, stuff: Tone) -> None:
    s = body.shift
    neck = [(-0.235 + s * 0.4, 0.035), (-0.13 + s * 0.8, 0.168), (0.13 + s * 0.8, 0.168), (0.235 + s * 0.4, 0.035)]
    draw_stitches(pen, smooth(neck, closed=False), stuff)
