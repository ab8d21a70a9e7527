"""Hair seen near: strands that follow its form, darker and lighter, and a sheen that lies across them."""

import math
from collections.abc import Sequence

import skia

from dramatis.stage.paint import INK, WHITE, Pen, Point, Tone, add_lens, mix
from dramatis.stage.people.head import Head, varied

Curve = tuple[Point, Point, Point]
"""Start, control and end of a quadratic curve."""


def between(first: Curve, second: Curve, share: float) -> Curve:
    """The curve `share` of the way from the first to the second."""
    a, b, c = ((p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share) for p, q in zip(first, second, strict=True))
    return a, b, c


def through(start: Point, middle: Point, end: Point) -> Curve:
    """The curve through three points."""
    return start, (2 * middle[0] - (start[0] + end[0]) / 2, 2 * middle[1] - (start[1] + end[1]) / 2), end


def part_of(curve: Curve, begin: float, end: float) -> Curve:
    """A piece of a curve."""

    def at(t: float) -> Point:
        (ax, ay), (bx, by), (cx, cy) = curve
        r = 1 - t
        return r * r * ax + 2 * r * t * bx + t * t * cx, r * r * ay + 2 * r * t * by + t * t * cy

    return through(at(begin), at((begin + end) / 2), at(end))


def draw_strands(pen: Pen, sides: Sequence[tuple[Curve, Curve]], hair: Tone, count: int = 11, sheen: float = 1.0) -> None:
    """So many strands between each pair of curves; `sheen` is how strong the light across them is."""
    dark, light, shine = skia.Path(), skia.Path(), skia.Path()
    for number, (first, second) in enumerate(sides):
        for k in range(count):
            share = (k + 0.7 + 0.35 * varied(k, 51 + number)) / (count + 0.4)
            curve = between(first, second, share)
            begin, end = 0.06 + 0.16 * abs(varied(k, 52)), 0.96 - 0.22 * abs(varied(k, 53))
            add_lens(dark if k % 3 else light, part_of(curve, begin, end), 0.0045 + 0.0035 * abs(varied(k, 54)))
            glint = 0.34 + 0.05 * math.sin(2.2 * k) - 0.10 * share
            wide = (0.010 + 0.007 * abs(varied(k, 55))) * (1.0 if number == 0 else 0.55)
            add_lens(shine, part_of(curve, glint, glint + 0.16 + 0.07 * abs(varied(k, 56))), wide)
    if pen.has_lines:
        pen.area(dark, INK, 0.40)
        return
    faint = 1.0 if pen.style == "shaded" else 0.6
    pen.area(dark, mix(hair.shade, INK, 0.25), 0.42 * faint)
    pen.area(light, mix(hair.base, 0xFFE3B0, 0.30), 0.50 * faint)
    if sheen > 0:
        pen.shading(shine, mix(hair.base, WHITE, 0.50), 0.50 * sheen)


def cap_sides(head: Head, volume: float, line: Sequence[tuple[float, float]]) -> list[tuple[Curve, Curve]]:
    """Left and right half of the hair on the skull, from its parting to the temples: along the hairline, along the contour."""
    middle = len(line) // 2
    crown = head.seen(-0.04, -0.5 - volume * 1.25, -0.09)
    found = []
    for side, low, half in ((-1, line[-1], line[(middle + len(line)) // 2]), (1, line[0], line[middle // 2])):
        inner = through(head.at(*line[middle], 0.012), head.at(*half, 0.012), head.at(*low, 0.012))
        shoulder = head.seen(side * (0.335 + volume * 0.9), -0.31 - volume * 0.5, -0.07)
        outer = through(crown, shoulder, head.seen(side * (0.40 + volume * 0.6), low[1], -0.03))
        found.append((inner, outer))
    return found


def draw_curls(pen: Pen, centres: Sequence[Point], radius: float, hair: Tone) -> None:
    """Each curl turns round its middle."""
    dark, light = skia.Path(), skia.Path()
    for k, (x, y) in enumerate(centres):
        for ring, share in enumerate((0.82, 0.56, 0.30)):
            r, turn = radius * share, 1.9 * k + 1.3 * ring
            for path, begin in ((dark, turn), (light, turn + math.pi)):
                spots = [(x + r * math.cos(begin + a), y + r * math.sin(begin + a)) for a in (0.0, 0.95, 1.9)]
                add_lens(path, through(spots[0], spots[1], spots[2]), 0.006)
    if pen.has_lines:
        pen.area(dark, INK, 0.5)
        return
    pen.area(dark, mix(hair.shade, INK, 0.45), 0.55)
    pen.area(light, mix(hair.base, WHITE, 0.30), 0.34 if pen.style == "shaded" else 0.2)
