"""Animals and robots seen near: fur at the contour and over the face, a muzzle with its cleft and whiskers; panels and lights."""

import math
from collections.abc import Sequence
from itertools import pairwise

import skia

from dramatis.stage.paint import INK, WHITE, Pen, Point, Tone, add_lens, mix, oval, polygon, smooth
from dramatis.stage.people.closeups.hair_detail import through
from dramatis.stage.people.head import Head, varied


def draw_tufts(pen: Pen, head: Head, coat: Tone) -> None:
    """Tips of fur beyond the contour, longest at the cheeks; drawn before the head, which hides their roots."""
    edge = head.contour(-0.01)
    lit, shady = skia.Path(), skia.Path()
    for k, ((ax, ay), (bx, by)) in enumerate(pairwise([*edge, edge[0]])):
        long = 0.026 if ay < 0.05 else 0.060 if abs(ax) > 0.2 else 0.040
        for step in range(4):
            share = (step + 0.3 + 0.3 * varied(7 * k + step, 61)) / 4
            x, y = ax + (bx - ax) * share, ay + (by - ay) * share
            away = math.hypot(x, y - 0.02) or 1.0
            out = (x / away, (y - 0.02) / away + 0.50)
            size = long * (0.8 + 0.4 * varied(5 * k + step, 62))
            tip = (x + out[0] * size, y + out[1] * size)
            add_lens(shady if x > 0.12 else lit, through((x * 0.90, y * 0.92), (x, y), tip), 0.026)
    if pen.has_lines:
        return
    pen.area(lit, coat.base)
    pen.area(shady, mix(coat.base, coat.shade, 0.75 if pen.style == "shaded" else 0.0))


def draw_fur(pen: Pen, head: Head, coat: Tone) -> None:
    """Single hairs on forehead, cheeks and chin, away from the middle."""
    dark, light = skia.Path(), skia.Path()
    for k in range(54):
        u, v = 0.36 * varied(k, 63), 0.46 * varied(k, 64)
        if abs(u) < 0.26 and -0.13 < v < 0.44:
            continue
        start = head.at(u, v)
        lean = (u * 0.16, 0.040 if v > -0.2 else -0.030)
        end = (start[0] + lean[0], start[1] + lean[1])
        middle = (start[0] + lean[0] * 0.4, start[1] + lean[1] * 0.6)
        add_lens(dark if k % 2 else light, through(start, middle, end), 0.0055)
    pen.keep_within(head.skin)
    pen.area(dark, INK if pen.has_lines else coat.shade, 0.40 if pen.has_lines else 0.55)
    if not pen.has_lines:
        pen.area(light, mix(coat.base, WHITE, 0.4), 0.55)


def draw_fur_shade(pen: Pen, head: Head, coat: Tone) -> None:
    """Soft light and shade on the fur's form."""
    pen.soft(head.at(-0.12, -0.30), (0.26, 0.17), mix(coat.base, 0xFFF8E8, 0.5), 0.42)
    pen.soft(head.at(-0.26, 0.10), (0.14, 0.15), mix(coat.base, 0xFFF8E8, 0.5), 0.34)
    for side in (-1, 1):
        pen.soft(head.at(side * 0.178, 0.03), (0.17, 0.15), coat.shade, 0.30)


def draw_muzzle_detail(pen: Pen, head: Head, coat: Tone, nose: tuple[Sequence[Point], int]) -> None:
    """Round cheeks of the muzzle, the cleft below the nose, the roots of whiskers, and light on a wet nose."""
    (left, top, right, low), colour = nose
    pale = mix(coat.base, 0xFFF6E8, 0.62)
    for side in (-1, 1):
        pen.soft(head.at(side * 0.105, 0.225, 0.04), (0.105, 0.075), mix(pale, WHITE, 0.6), 0.75)
    pen.soft(head.at(0.0, 0.41 + head.jaw, 0.04), (0.15, 0.05), coat.shade, 0.40)
    pen.soft((low[0], low[1] + 0.012), (0.075, 0.030), coat.shade, 0.55)
    cleft = skia.Path()
    end = head.at(0.0, 0.262, 0.06)
    add_lens(cleft, through(low, ((low[0] + end[0]) / 2, (low[1] + end[1]) / 2), end), 0.009)
    pen.area(cleft, mix(coat.shade, INK, 0.55), 0.85)
    dots = skia.Path()
    for side in (-1, 1):
        for u, v in ((0.105, 0.215), (0.145, 0.240), (0.115, 0.255), (0.155, 0.205)):
            dots.addPath(oval(head.at(side * u, v, 0.04), 0.0065, 0.0065))
    pen.area(dots, mix(coat.shade, INK, 0.35), 0.75)
    holes = skia.Path()
    for side in (-1, 1):
        x, y = (low[0] + (left if side < 0 else right)[0]) / 2, (left[1] + low[1]) / 2 - 0.002
        add_lens(holes, through((x - side * 0.014, y + 0.008), (x, y - 0.008), (x + side * 0.016, y - 0.004)), 0.008)
    pen.area(holes, mix(colour, INK, 0.65), 0.9)
    pen.glow((top[0] - 0.020, top[1] + 0.014), (0.032, 0.014), WHITE, 0.70)


def draw_whiskers(pen: Pen, head: Head, coat: Tone) -> None:
    """Three on each side, thin towards their ends, bent by their weight."""
    whiskers = skia.Path()
    for side in (-1, 1):
        for lift, fall in ((-0.045, -0.075), (-0.004, 0.005), (0.034, 0.085)):
            start, end = head.at(side * 0.17, 0.232 + lift * 0.5, 0.05), head.seen(side * 0.55, 0.235 + fall, 0.06)
            middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - 0.022)
            add_lens(whiskers, through(start, middle, end), 0.006)
    pen.area(whiskers, mix(coat.shade, INK, 0.5), 0.9)


def draw_ear_fur(pen: Pen, root: Point, tip: Point, wide: float, coat: Tone) -> None:
    """Long hairs inside an ear, from its root towards its tip."""
    hairs = skia.Path()
    for k in range(6):
        x = root[0] + wide * (k - 2.5) / 2.5
        reach = 0.42 + 0.16 * varied(k, 65)
        end = (x + (tip[0] - root[0]) * reach + 0.012 * (k - 2.5), root[1] + (tip[1] - root[1]) * reach)
        add_lens(hairs, through((x, root[1]), ((x + end[0]) / 2 + 0.006, (root[1] + end[1]) / 2), end), 0.010)
    pen.area(hairs, mix(coat.base, WHITE, 0.45), 0.85)


def draw_panels(pen: Pen, head: Head, coat: Tone, visor: skia.Path) -> None:
    """A robot's head is bolted together: seams with rivets, a visor that mirrors the light, slits of its voice."""
    dark = mix(coat.shade, INK, 0.35)
    pen.keep_within(head.skin)
    seams = [[head.at(side * 0.345, v) for v in (-0.30, -0.12, 0.10, 0.30)] for side in (-1, 1)]
    for seam in seams:
        pen.line(smooth(seam, closed=False), coat.shade, 0.008, 0.85)
        pen.line(smooth([(x - 0.007, y) for x, y in seam], closed=False), mix(coat.base, WHITE, 0.5), 0.005, 0.6)
    for u, v in ((-0.30, -0.33), (0.30, -0.33), (-0.15, -0.345), (0.15, -0.345), (0.0, -0.35), (-0.315, 0.40), (0.315, 0.40)):
        x, y = head.at(u, v)
        pen.dot((x + 0.003, y + 0.004), 0.015, dark, 0.7)
        pen.dot((x, y), 0.013, coat.base)
        pen.dot((x - 0.004, y - 0.004), 0.005, WHITE, 0.8)
    pen.soft(head.at(-0.13, -0.36), (0.20, 0.085), WHITE, 0.45)
    pen.canvas.save()
    pen.canvas.clipPath(visor, True)
    glare = [head.at(-0.30, -0.16), head.at(-0.10, -0.16), head.at(-0.24, 0.22), head.at(-0.42, 0.22)]
    pen.area(polygon(glare), WHITE, 0.10)
    thin = [head.at(-0.05, -0.16), head.at(-0.015, -0.16), head.at(-0.155, 0.22), head.at(-0.19, 0.22)]
    pen.area(polygon(thin), WHITE, 0.10)
    pen.canvas.restore()
    pen.line(visor, dark, 0.012)
    pen.rim(visor, mix(coat.base, WHITE, 0.5), 0.005, 0.6)
    for side in (-1, 1):
        x, y = head.at(side * 0.30, 0.30)
        pen.line(polygon([(x - 0.014, y - 0.010), (x + 0.014, y + 0.010)], closed=False), dark, 0.009)
        slits = [[head.at(side * u, 0.225 + d) for u in (0.255, 0.335)] for d in (-0.022, 0.0, 0.022)]
        for slit in slits:
            pen.line(smooth(slit, closed=False), dark, 0.009, 0.8)


def draw_lamp(pen: Pen, low: Point, top: Point, coat: Tone) -> None:
    """The antenna's rings and the light of its lamp."""
    for share in (0.15, 0.30, 0.45):
        x, y = low[0] + (top[0] - low[0]) * share, low[1] + (top[1] - low[1]) * share
        pen.line(polygon([(x - 0.030, y), (x + 0.030, y)], closed=False), mix(coat.shade, INK, 0.3), 0.010)
    pen.soft(top, (0.17, 0.17), 0xFF8A70, 0.45)
    pen.soft((top[0] + 0.020, top[1] + 0.026), (0.06, 0.05), 0x8A1420, 0.6)


def draw_bolt(pen: Pen, middle: Point, coat: Tone) -> None:
    """The plate over a robot's ear."""
    dark = mix(coat.shade, INK, 0.45)
    pen.line(oval(middle, 0.050, 0.095), dark, 0.010)
    pen.line(oval(middle, 0.022, 0.042), dark, 0.008)
    pen.soft((middle[0] - 0.018, middle[1] - 0.045), (0.035, 0.05), WHITE, 0.5)
