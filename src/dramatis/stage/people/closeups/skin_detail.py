"""Skin seen near: soft light on forehead, cheek and nose, blush without an edge, the shade of hair and chin, ears, tears."""

import math

import skia

from dramatis.stage.paint import INK, WHITE, Pen, Point, Tone, add_lens, mix, oval, smooth
from dramatis.stage.people.head import Head

_TEAR = 0x8FD0F2


def draw_light(pen: Pen, head: Head, tones: Tone) -> None:
    """Where the face's form turns to the light, and away from it; before its features are drawn."""
    light = mix(tones.base, 0xFFF8E8, 0.46)
    pen.canvas.save()
    pen.keep_within(head.skin)
    pen.soft(head.at(-0.10, -0.26), (0.27, 0.20), light, 0.42)
    pen.soft(head.at(-0.20, 0.13), (0.17, 0.13), light, 0.40)
    pen.soft(head.at(0.0, 0.45 + head.jaw), (0.11, 0.075), light, 0.34)
    for side in (-1, 1):
        pen.soft(head.at(side * 0.165, 0.005), (0.155, 0.135), tones.shade, 0.16)
        pen.soft(head.at(side * 0.33, 0.30), (0.13, 0.19), tones.shade, 0.26)
    rim = [head.seen(x, y, z) for x, y, z in ((0.375, 0.02, 0.0), (0.345, 0.20, 0.04), (0.25, 0.37, 0.11))]
    pen.rim(smooth(rim, closed=False), tones.light, 0.022, 0.22)
    pen.canvas.restore()


def draw_blush(pen: Pen, head: Head, tones: Tone, centre: Point, halves: Point) -> None:
    """Colour of a cheek, without an edge; hatched where the style is pencil."""
    flush = min(1.0, head.pose.flush)
    colour = mix(tones.base, 0xE8453C, 0.7)
    if pen.style == "sketch":
        strokes = skia.Path()
        for k in range(7):
            x = centre[0] + halves[0] * (k - 3) / 3.4
            tall = halves[1] * math.sqrt(max(0.0, 1 - ((k - 3) / 3.6) ** 2))
            add_lens(strokes, ((x - 0.02, centre[1] + tall), (x, centre[1]), (x + 0.03, centre[1] - tall)), 0.006)
        pen.area(strokes, colour, 0.35 + 0.4 * flush)
        return
    pen.glow(centre, (halves[0] * 1.75, halves[1] * 1.75), colour, 0.24 + 0.56 * flush)


def draw_nose_detail(pen: Pen, head: Head, tones: Tone, tip: Point, wings: tuple[Point, Point]) -> None:
    """The tip is round, the wings are soft, the nostrils lie under it, and it casts a shade to the right."""
    (left, right), pitch = wings, head.sines[2]
    low = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2 + 0.018)
    pen.soft((right[0] + 0.012, right[1] + 0.020), (0.060, 0.034), tones.shade, 0.55)
    pen.soft((tip[0] + 0.018, tip[1] + 0.004), (0.050, 0.050), tones.shade, 0.30)
    pen.soft((tip[0] - 0.010, tip[1] - 0.010), (0.030, 0.032), mix(tones.light, WHITE, 0.4), 0.75)
    pen.soft(head.at(-0.012, 0.06, 0.04), (0.020, 0.090), tones.light, 0.45)
    holes = skia.Path()
    for side, wing in ((-1, left), (1, right)):
        x, y = (wing[0] + low[0]) / 2, (wing[1] + low[1]) / 2 + 0.001
        add_lens(holes, ((x - 0.014, y - side * 0.004), (x, y - 0.010 + 0.03 * pitch), (x + 0.014, y + side * 0.004)), 0.010)
    pen.area(holes, mix(tones.shade, INK, 0.65), 0.80)
    for side, wing in ((-1, left), (1, right)):
        curl = skia.Path()
        spots = (wing[0] - side * 0.006, wing[1] - 0.030), (wing[0] + side * 0.016, wing[1] - 0.010), (wing[0], wing[1] + 0.012)
        add_lens(curl, spots, 0.006)
        pen.area(curl, tones.shade, 0.7)


def draw_shadow_of_hair(pen: Pen, head: Head, tones: Tone, hair: skia.Path) -> None:
    """What the hair keeps from the light: a strip of the forehead below its edge."""
    if pen.style != "shaded":
        return
    pen.canvas.save()
    pen.keep_within(head.skin)
    for down, alpha in ((0.022, 0.30), (0.040, 0.20)):
        pen.canvas.save()
        pen.canvas.translate(0.004, down)
        pen.area(hair, tones.shade, alpha)
        pen.canvas.restore()
    pen.canvas.restore()


def draw_ear_detail(pen: Pen, middle: Point, side: int, tones: Tone) -> None:
    """The rim, the fold inside and the lobe."""
    x, y = middle
    rim = [
        (x - side * 0.012, y - 0.078),
        (x + side * 0.040, y - 0.064),
        (x + side * 0.046, y + 0.004),
        (x + side * 0.020, y + 0.062),
    ]
    pen.line(smooth(rim, closed=False), tones.shade, 0.010, 0.75)
    inner = [
        (x + side * 0.018, y - 0.040),
        (x - side * 0.012, y - 0.012),
        (x + side * 0.016, y + 0.020),
        (x - side * 0.008, y + 0.044),
    ]
    pen.line(smooth(inner, closed=False), mix(tones.shade, INK, 0.30), 0.009, 0.75)
    pen.soft((x - side * 0.012, y + 0.004), (0.030, 0.050), mix(tones.shade, INK, 0.2), 0.55)
    pen.soft((x + side * 0.010, y + 0.078), (0.026, 0.022), tones.light, 0.6)


def draw_tears(pen: Pen, head: Head) -> None:
    """A wet trace that narrows upwards, and a drop with a light in it."""
    for side in (-1, 1):
        start, end = head.at(side * 0.20, 0.10), head.at(side * 0.225, 0.11 + 0.22 * head.pose.tears)
        trace = smooth([start, (end[0] - 0.012, end[1]), (end[0], end[1] + 0.012), (end[0] + 0.012, end[1])], round_=0.5)
        pen.area(trace, _TEAR, 0.50)
        drop = [
            (end[0], end[1] - 0.058),
            (end[0] + 0.026, end[1] + 0.004),
            (end[0], end[1] + 0.030),
            (end[0] - 0.026, end[1] + 0.004),
        ]
        pen.area(smooth(drop, round_=0.8), _TEAR, 0.95)
        pen.area(oval((end[0] + 0.004, end[1] + 0.010), 0.014, 0.012), mix(_TEAR, 0x2E6FA8, 0.45), 0.6)
        pen.dot((end[0] - 0.008, end[1] - 0.008), 0.007, WHITE, 0.95)


def draw_neck_detail(pen: Pen, wide: float, shift: float, tones: Tone, slim: bool) -> None:
    """The muscles from behind the ears to the pit of the throat, collarbones, and the chin's shade without an edge."""
    x = shift * 0.25
    pen.soft((0.03, -0.20), (wide * 1.15, 0.20), mix(tones.shade, INK, 0.30), 0.55)
    pen.soft((-wide * 0.55, 0.05), (wide * 0.5, 0.13), tones.light, 0.22)
    lines = skia.Path()
    for side in (-1, 1):
        start, end = (side * wide * 0.88, -0.20), (x + side * 0.030, 0.150)
        add_lens(lines, (start, (side * wide * 0.62 + x * 0.4, 0.0), end), 0.008 if slim else 0.011)
        bone = ((x + side * 0.045, 0.165), (x + side * 0.16, 0.125), (x + side * 0.30, 0.120))
        add_lens(lines, bone, 0.007)
    pen.area(lines, mix(tones.shade, INK, 0.18), 0.36)
    pen.soft((x, 0.165), (0.030, 0.026), mix(tones.shade, INK, 0.3), 0.6)
