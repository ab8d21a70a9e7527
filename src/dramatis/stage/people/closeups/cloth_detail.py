"""Clothes seen near: folds where cloth bends and hangs, seams and stitches, ribs, and buttons with their thread."""

import math

import skia

from dramatis.stage.paint import INK, WHITE, Pen, Point, Shade, Tone, add_lens, mix, oval, polygon, smooth
from dramatis.stage.people.closeups.hair_detail import through
from dramatis.stage.people.skeleton import Arm, Skeleton


def draw_sleeve_detail(pen: Pen, arm: Arm, thick: float, stuff: Tone) -> None:
    """Folds inside the elbow and over the cuff, stronger the more the arm bends."""
    (ex, ey), (wx, wy) = arm.elbow, arm.wrist
    upper, lower = _direction(arm.shoulder, arm.elbow), _direction(arm.elbow, arm.wrist)
    bend = (upper[0] * lower[1] - upper[1] * lower[0], upper[0] * lower[0] + upper[1] * lower[1])
    inner = 1 if bend[0] > 0 else -1
    strength = min(1.0, 0.35 + 0.65 * (1 - bend[1]))
    dark, light = skia.Path(), skia.Path()
    nx, ny = -upper[1] * inner, upper[0] * inner
    for k, along in enumerate((-0.16, -0.04, 0.08)):
        side = upper if along < 0 else lower
        root = (ex + side[0] * along + nx * thick * 0.86, ey + side[1] * along + ny * thick * 0.86)
        tip = (ex + side[0] * along * 0.2 - nx * thick * (0.35 - 0.1 * k), ey + side[1] * along * 0.2 - ny * thick * (0.35 - 0.1 * k))
        middle = ((root[0] + tip[0]) / 2 + side[0] * 0.018, (root[1] + tip[1]) / 2 + side[1] * 0.018)
        add_lens(dark, (root, middle, tip), 0.013)
        add_lens(light, _moved((root, middle, tip), -0.012, -0.012), 0.007)
    for k, back in enumerate((0.16, 0.24)):
        x, y = wx - lower[0] * back, wy - lower[1] * back
        px, py = -lower[1] * thick * 0.66, lower[0] * thick * 0.66
        ends = ((x - px, y - py), (x + lower[0] * 0.03, y + lower[1] * 0.03), (x + px * (0.2 + 0.5 * k), y + py * (0.2 + 0.5 * k)))
        add_lens(dark, ends, 0.008)
    _fold(pen, dark, light, stuff, strength)


def _direction(start: Point, end: Point) -> Point:
    length = math.dist(start, end) or 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def _moved(curve: tuple[Point, Point, Point], dx: float, dy: float) -> tuple[Point, Point, Point]:
    a, b, c = ((x + dx, y + dy) for x, y in curve)
    return a, b, c


def _fold(pen: Pen, dark: skia.Path, light: skia.Path, stuff: Tone, strength: float = 1.0) -> None:
    """A fold: shade, and beside it the cloth that turns to the light."""
    if pen.has_lines:
        pen.area(dark, INK, 0.45 * strength)
        return
    pen.area(dark, mix(stuff.shade, INK, 0.22), 0.62 * strength)
    if pen.style == "shaded":
        pen.area(light, stuff.light, 0.30 * strength)


def draw_cuff_detail(pen: Pen, band: tuple[Point, Point], kind: str, stuff: Tone) -> None:
    """The band, with ribs of knitted cuffs, else with a seam and, on a shirt or jacket, a button."""
    (ax, ay), (bx, by) = band
    dx, dy = _direction(band[0], band[1])
    corners = [(ax - dx * 0.020 - dy * w, ay - dy * 0.020 + dx * w) for w in (-0.043, 0.043)]
    corners += [(bx + dx * 0.020 - dy * w, by + dy * 0.020 + dx * w) for w in (0.043, -0.043)]
    pen.shape(smooth(corners, round_=0.22), Tone(mix(stuff.base, stuff.light, 0.5), mix(stuff.base, stuff.shade, 0.6), stuff.light))
    if kind in {"sweater", "hoodie"}:
        ribs = skia.Path()
        for k in range(7):
            x, y = ax + (bx - ax) * k / 6, ay + (by - ay) * k / 6
            add_lens(ribs, ((x - dy * 0.036, y + dx * 0.036), (x, y), (x + dy * 0.036, y - dx * 0.036)), 0.006)
        pen.area(ribs, mix(stuff.shade, INK, 0.15), 0.65)
        return
    seam = smooth([(ax + dy * 0.030, ay - dx * 0.030), (bx + dy * 0.030, by - dx * 0.030)], closed=False)
    _stitched(pen, seam, stuff)
    if kind in {"shirt", "jacket"}:
        _button(pen, (ax + (bx - ax) * 0.72, ay + (by - ay) * 0.72), 0.020, stuff)


def _stitched(pen: Pen, path: skia.Path, stuff: Tone) -> None:
    paint = skia.Paint(
        AntiAlias=True, Color=round(255 * 0.75) << 24 | mix(stuff.shade, INK, 0.2), Style=skia.Paint.kStroke_Style,
        StrokeWidth=0.0065, StrokeCap=skia.Paint.kRound_Cap, PathEffect=skia.DashPathEffect.Make([0.026, 0.020], 0.0),
    )  # fmt: skip
    pen.canvas.drawPath(path, paint)


def _button(pen: Pen, middle: Point, radius: float, stuff: Tone) -> None:
    x, y = middle
    pen.dot((x + 0.004, y + 0.006), radius * 1.08, mix(stuff.shade, INK, 0.45), 0.55)
    pen.dot(middle, radius, mix(stuff.light, WHITE, 0.5))
    pen.line(oval(middle, radius * 0.72, radius * 0.72), mix(stuff.light, stuff.shade, 0.55), radius * 0.18)
    for dx in (-0.28, 0.28):
        for dy in (-0.28, 0.28):
            pen.dot((x + dx * radius, y + dy * radius), radius * 0.13, mix(stuff.shade, INK, 0.5))


def draw_shoulder(pen: Pen, arm: Arm, thick: float, trunk: skia.Path, cloth: tuple[Tone, bool]) -> None:
    """Where an arm joins the chest its cloth is the trunk's: no round end of a sleeve lies on it; `cloth`: and whether it has stripes."""
    (x, y), (stuff, striped) = arm.shoulder, cloth
    pen.canvas.save()
    pen.canvas.clipPath(trunk, True)
    if striped:
        pen.canvas.clipRect(skia.Rect.MakeLTRB(-2.0, -1.0, 2.0, 0.37))
    inward = -arm.side * thick * 0.62
    if pen.style == "shaded":
        pen.glow((x + inward, y + thick * 0.10), (thick * 1.15, thick * 1.45), stuff.base, 1.0, core=0.6)
    else:
        pale = mix(stuff.base, 0xF6EFE2, 0.45) if pen.style == "sketch" else stuff.base
        pen.canvas.drawOval(
            skia.Rect.MakeLTRB(x + inward - thick * 0.72, y - thick * 0.92, x + inward + thick * 0.72, y + thick * 1.25),
            skia.Paint(AntiAlias=True, Color=0xFF000000 | pale),
        )
    seam = skia.Path()
    side = arm.side
    add_lens(seam, through((x - side * 0.02, y - thick * 0.86), (x - side * thick * 0.42, y), (x - side * 0.01, y + thick * 0.98)), 0.006)
    pen.area(seam, mix(stuff.shade, INK, 0.15), 0.60)
    pen.canvas.restore()


def draw_trunk_detail(pen: Pen, body: Skeleton, stuff: Tone, trunk: skia.Path) -> None:
    """Folds from the armpits and at the waist, a hem, ribs of knitted things, soft light on the chest."""
    half, high, hips, s = body.half, body.high, body.hips, body.shift
    pen.canvas.clipPath(trunk, True)
    pen.soft((-half * 0.42 + s, high + 0.30), (half * 0.48, 0.34), stuff.light, 0.34)
    pen.soft((half * 0.10 + s, 0.10), (half * 0.62, 0.16), mix(stuff.shade, INK, 0.2), 0.28)
    dark, light = skia.Path(), skia.Path()
    for side in (-1, 1):
        pit = (side * half * 0.93, high + 0.40)
        for tip in ((side * half * 0.52 + s * 0.5, high + 0.34), (side * half * 0.56 + s * 0.5, high + 0.54)):
            curve = through(pit, ((pit[0] + tip[0]) / 2, (pit[1] + tip[1]) / 2 + 0.030), tip)
            add_lens(dark, curve, 0.012)
            add_lens(light, _moved(curve, -0.004, -0.017), 0.008)
        for k, y in enumerate((1.02, 1.16, 1.30)):
            start, end = (side * half * 0.92, y - 0.04), (side * half * (0.30 + 0.10 * k) + s, y + 0.055 - 0.03 * k)
            curve = through(start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + 0.028), end)
            add_lens(dark, curve, 0.011)
            add_lens(light, _moved(curve, -0.004, -0.016), 0.007)
    _fold(pen, dark, light, stuff, 0.75)
    if body.person.clothes in {"sweater", "hoodie"}:
        ribs = skia.Path()
        for k in range(-14, 15):
            x = k * half * 0.072 + 0.4 * s
            add_lens(ribs, ((x, hips - 0.085), (x, hips - 0.04), (x, hips + 0.02)), 0.005)
        pen.area(ribs, mix(stuff.shade, INK, 0.2), 0.6)
    elif body.person.clothes != "dress":
        _stitched(pen, smooth([(-half, hips - 0.02), (s, hips + 0.0), (half, hips - 0.02)], closed=False), stuff)


def draw_front_detail(pen: Pen, body: Skeleton, stuff: Tone, trunk: skia.Path) -> None:
    """What belongs to one kind of clothes: placket and buttons, strings and pocket, lapels, knitting, gathers."""
    if body.person.clothes == "jacket":
        pen.canvas.clipPath(trunk, True)
    draw = {"shirt": _shirt, "hoodie": _hoodie, "jacket": _jacket, "dress": _dress, "sweater": _sweater, "stripes": _stripes}
    draw[body.person.clothes](pen, body, stuff)


def _shirt(pen: Pen, body: Skeleton, stuff: Tone) -> None:
    s = body.shift
    for x in (-0.052, 0.068):
        _stitched(pen, smooth([(s + x, 0.34), (s * 1.1 + x, 0.8), (s + x, body.hips)], closed=False), stuff)
    for y in (0.48, 0.76, 1.04):
        _button(pen, (s + 0.045, y), 0.030, stuff)
        hole = skia.Path()
        add_lens(hole, ((s + 0.005, y), (s + 0.010, y + 0.002), (s + 0.018, y)), 0.005)
        pen.area(hole, mix(stuff.shade, INK, 0.4), 0.8)
    for side in (-1, 1):
        edge = [(side * 0.275 + s * 0.4, 0.10), (side * 0.165 + s * 0.8, 0.305), (s + side * 0.03, 0.225)]
        _stitched(pen, polygon(edge, closed=False), Tone(stuff.base, mix(stuff.base, stuff.shade, 0.6), stuff.light))
    pocket = [(0.18 + s, 0.62), (0.42 + s, 0.62), (0.42 + s, 0.82), (0.30 + s, 0.90), (0.18 + s, 0.82)]
    pen.line(polygon(pocket), stuff.shade, 0.009, 0.9)
    _stitched(pen, polygon([(0.18 + s, 0.660), (0.42 + s, 0.660)], closed=False), stuff)


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
    edge = [(-0.34 + s, 0.995), (0.34 + s, 0.995)]
    _stitched(pen, smooth(edge, closed=False), stuff)
    for side in (-1, 1):
        _stitched(pen, smooth([(side * 0.325 + s, 1.02), (side * 0.44 + s, 1.34)], closed=False), stuff)
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
        pen.shape(half, Tone(colour, mix(stuff.base, stuff.shade, 0.6), stuff.light), Shade((-0.25 + s, -0.10), 0.62, 0.55))
        edge = smooth(turned[4:], closed=False)
        _stitched(pen, smooth([(x * 1.10, y + 0.012) for x, y in turned[4:]], closed=False), stuff)
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
    pen.canvas.clipPath(polygon([(-0.035 + s, 0.235), (0.035 + s, 0.235), (0.072 + s, 0.66), (s, 0.795), (-0.072 + s, 0.66)]), True)
    pen.area(stripes, mix(tie, WHITE, 0.34), 0.7)
    pen.canvas.restore()
    for side in (-1, 1):
        flap = polygon([(s * 0.4 + side * 0.02, -0.02), (side * 0.20 + s * 0.5, 0.10), (side * 0.10 + s * 0.8, 0.25), (s, 0.17)])
        pen.area(flap, 0xFFFFFF)
        pen.line(polygon([(side * 0.20 + s * 0.5, 0.10), (side * 0.10 + s * 0.8, 0.25), (s, 0.17)], closed=False), 0xB9B4C4, 0.008)
        notch = polygon([(side * 0.385 + s * 0.6, 0.30), (side * 0.255 + s * 0.8, 0.275), (side * 0.300 + s * 0.8, 0.235)])
        pen.area(notch, stuff.shade, 0.85)
        pocket = [(side * 0.30 + s, 1.10), (side * 0.55 + s * 0.8, 1.08), (side * 0.55 + s * 0.8, 1.125), (side * 0.30 + s, 1.145)]
        pen.area(polygon(pocket), mix(stuff.base, stuff.shade, 0.55))
        pen.line(polygon(pocket), stuff.shade, 0.008)
    for y in (1.06, 1.26):
        _button(pen, (s + 0.06, y), 0.030, Tone(stuff.base, mix(stuff.shade, INK, 0.3), mix(stuff.shade, INK, 0.1)))
    breast = polygon([(0.40 + s * 0.8, 0.60), (0.56 + s * 0.7, 0.57), (0.565 + s * 0.7, 0.605), (0.405 + s * 0.8, 0.635)])
    pen.area(breast, mix(stuff.base, stuff.shade, 0.6))
    pen.area(polygon([(0.425 + s * 0.8, 0.605), (0.45 + s * 0.8, 0.54), (0.49 + s * 0.8, 0.58), (0.53 + s * 0.7, 0.53), (0.55 + s * 0.7, 0.58)]), 0xF4F1EA)


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
    _stitched(pen, smooth([(-0.33 + s * 0.8, 0.235), (s, 0.405), (0.33 + s * 0.8, 0.235)], closed=False), stuff)


def _sweater(pen: Pen, body: Skeleton, stuff: Tone) -> None:
    s = body.shift
    ribs = skia.Path()
    for k in range(-8, 9):
        x = k * 0.030
        add_lens(ribs, ((x + s * 0.3, -0.130), (x * 1.05 + s * 0.35, 0.0), (x * 1.08 + s * 0.45, 0.150 - abs(k) * 0.007)), 0.006)
    pen.area(ribs, mix(stuff.shade, INK, 0.12), 0.55)
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
    _stitched(pen, smooth(neck, closed=False), stuff)
