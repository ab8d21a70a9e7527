"""Clothes seen near: folds where cloth bends and hangs, seams and stitches, ribs, and buttons with their thread."""

import math

import skia

from dramatis.stage.paint import INK, WHITE, Pen, Point, Tone, add_lens, mix, oval, smooth
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
        tip = (
            ex + side[0] * along * 0.2 - nx * thick * (0.35 - 0.1 * k),
            ey + side[1] * along * 0.2 - ny * thick * (0.35 - 0.1 * k),
        )
        middle = ((root[0] + tip[0]) / 2 + side[0] * 0.018, (root[1] + tip[1]) / 2 + side[1] * 0.018)
        add_lens(dark, (root, middle, tip), 0.013)
        add_lens(light, _moved((root, middle, tip), -0.012, -0.012), 0.007)
    for k, back in enumerate((0.16, 0.24)):
        x, y = wx - lower[0] * back, wy - lower[1] * back
        px, py = -lower[1] * thick * 0.66, lower[0] * thick * 0.66
        ends = (
            (x - px, y - py),
            (x + lower[0] * 0.03, y + lower[1] * 0.03),
            (x + px * (0.2 + 0.5 * k), y + py * (0.2 + 0.5 * k)),
        )
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
    pen.shape(
        smooth(corners, round_=0.22), Tone(mix(stuff.base, stuff.light, 0.5), mix(stuff.base, stuff.shade, 0.6), stuff.light)
    )
    if kind in {"sweater", "hoodie"}:
        ribs = skia.Path()
        for k in range(7):
            x, y = ax + (bx - ax) * k / 6, ay + (by - ay) * k / 6
            add_lens(ribs, ((x - dy * 0.036, y + dx * 0.036), (x, y), (x + dy * 0.036, y - dx * 0.036)), 0.006)
        pen.area(ribs, mix(stuff.shade, INK, 0.15), 0.65)
        return
    seam = smooth([(ax + dy * 0.030, ay - dx * 0.030), (bx + dy * 0.030, by - dx * 0.030)], closed=False)
    draw_stitches(pen, seam, stuff)
    if kind in {"shirt", "jacket"}:
        draw_button(pen, (ax + (bx - ax) * 0.72, ay + (by - ay) * 0.72), 0.020, stuff)


def draw_stitches(pen: Pen, path: skia.Path, stuff: Tone) -> None:
    """A seam with visible thread."""
    paint = skia.Paint(
        AntiAlias=True, Color=pen.solid(mix(stuff.shade, INK, 0.2), 0.75), Style=skia.Paint.kStroke_Style,
        StrokeWidth=0.0065, StrokeCap=skia.Paint.kRound_Cap, PathEffect=skia.DashPathEffect.Make([0.026, 0.020], 0.0),
    )  # fmt: skip
    pen.canvas.drawPath(path, paint)


def draw_button(pen: Pen, middle: Point, radius: float, stuff: Tone) -> None:
    """With its rim and four holes."""
    x, y = middle
    pen.dot((x + 0.004, y + 0.006), radius * 1.08, mix(stuff.shade, INK, 0.45), 0.55)
    pen.dot(middle, radius, mix(stuff.light, WHITE, 0.5))
    pen.line(oval(middle, radius * 0.72, radius * 0.72), mix(stuff.light, stuff.shade, 0.55), radius * 0.18)
    for dx in (-0.28, 0.28):
        for dy in (-0.28, 0.28):
            pen.dot((x + dx * radius, y + dy * radius), radius * 0.13, mix(stuff.shade, INK, 0.5))


def draw_shoulder(pen: Pen, arm: Arm, thick: float, trunk: skia.Path, cloth: tuple[Tone, bool]) -> None:
    """Where an arm joins the chest its cloth is the trunk's, and no round end of a sleeve lies on it.

    `cloth` is the material, and whether it has stripes.
    """
    (x, y), (stuff, striped) = arm.shoulder, cloth
    pen.canvas.save()
    pen.canvas.clipPath(trunk, True)
    pen.canvas.clipPath(oval(arm.shoulder, thick * 1.03, thick * 1.03), True)
    if striped:
        pen.canvas.clipRect(skia.Rect.MakeLTRB(-2.0, -1.0, 2.0, 0.37))
    inward = -arm.side * thick * 0.62
    if pen.style == "shaded":
        pen.glow((x + inward, y + thick * 0.10), (thick * 1.15, thick * 1.45), stuff.base, 1.0, core=0.6)
    else:
        pale = mix(stuff.base, 0xF6EFE2, 0.45) if pen.style == "sketch" else stuff.base
        pen.canvas.drawOval(
            skia.Rect.MakeLTRB(x + inward - thick * 0.72, y - thick * 0.92, x + inward + thick * 0.72, y + thick * 1.25),
            skia.Paint(AntiAlias=True, Color=pen.solid(pale)),
        )
    seam = skia.Path()
    side = arm.side
    add_lens(
        seam,
        through((x - side * 0.02, y - thick * 0.86), (x - side * thick * 0.42, y), (x - side * 0.01, y + thick * 0.98)),
        0.006,
    )
    pen.area(seam, mix(stuff.shade, INK, 0.15), 0.60)
    pen.canvas.restore()


def draw_trunk_detail(pen: Pen, body: Skeleton, stuff: Tone, trunk: skia.Path) -> None:
    """Folds from the armpits and at the waist, a hem, ribs of knitted things, soft light on the chest."""
    half, high, hips, s = body.half, body.high, body.hips, body.shift
    pen.keep_within(trunk)
    pen.soft((-half * 0.42 + s, high + 0.30), (half * 0.48, 0.34), stuff.light, 0.34)
    pen.soft((half * 0.10 + s, 0.10), (half * 0.62, 0.16), mix(stuff.shade, INK, 0.2), 0.20)
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
        draw_stitches(pen, smooth([(-half, hips - 0.02), (s, hips + 0.0), (half, hips - 0.02)], closed=False), stuff)
