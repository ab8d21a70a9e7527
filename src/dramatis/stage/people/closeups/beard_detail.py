"""Beards and glasses seen near: single hairs that follow the jaw, reflections and nose pads."""

from collections.abc import Sequence

import skia

from dramatis.stage.paint import INK, WHITE, Pen, Point, Tone, add_lens, mix, polygon, smooth
from dramatis.stage.people.closeups.hair_detail import through
from dramatis.stage.people.head import Head, varied
from dramatis.stage.people.lip_shapes import MOUTH_Y, lips_of


def draw_beard_detail(pen: Pen, head: Head, hair: Tone, kind: str, within: skia.Path | None) -> None:
    """Hairs of a beard, downwards and outwards; those of a moustache from its middle; short ones of stubble."""
    dark, light = skia.Path(), skia.Path()
    if within is not None:
        pen.canvas.save()
        pen.canvas.clipPath(within, True)
        if kind == "stubble":
            pen.keep_within(head.skin)
        for k in range(90 if kind == "full" else 130):
            u, v = 0.40 * varied(k, 71), 0.30 + 0.24 * varied(k, 72) + 0.6 * head.jaw
            x, y = head.at(u, v, 0.03)
            long = (0.060 if kind == "full" else 0.016) * (0.7 + 0.3 * varied(k, 73))
            end = (x + u * 0.35 * long / 0.06, y + long)
            add_lens(
                light if k % 3 == 0 else dark,
                through((x, y), (x + u * 0.02, y + long * 0.5), end),
                0.0050 if kind == "full" else 0.003,
            )
        _hairs(pen, hair, dark, light, kind)
        pen.canvas.restore()
    if kind in {"moustache", "full"}:
        dark, light = skia.Path(), skia.Path()
        lips = lips_of(head)
        y, wide = MOUTH_Y - lips.top - lips.thick[0], lips.width + 0.045
        for side in (-1, 1):
            for k in range(11):
                share = (k + 0.5) / 11
                start = head.at(side * wide * (0.04 + 0.60 * share), y - 0.030 + 0.010 * share, 0.01)
                end = head.at(side * wide * (0.24 + 0.74 * share), y + 0.002 + 0.028 * share, 0.01)
                middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - 0.006)
                add_lens(light if k % 3 == 0 else dark, through(start, middle, end), 0.005)
        _hairs(pen, hair, dark, light, "full")


def _hairs(pen: Pen, hair: Tone, dark: skia.Path, light: skia.Path, kind: str) -> None:
    pen.area(dark, mix(hair.shade, INK, 0.35), 0.55 if kind == "full" else 0.45)
    pen.area(light, mix(hair.base, 0xFFE3B0, 0.30), 0.50 if kind == "full" else 0.25)


def draw_lens_detail(pen: Pen, ring: Sequence[Point], path: skia.Path, dark: bool) -> None:
    """The light slants over a lens, the frame shines above and shades the cheek below."""
    left, right = min(x for x, _ in ring), max(x for x, _ in ring)
    top, low = min(y for _, y in ring), max(y for _, y in ring)
    wide = right - left
    pen.canvas.save()
    pen.canvas.clipPath(path, True)
    for start, breadth, alpha in ((0.16, 0.18, 0.34), (0.42, 0.07, 0.28)):
        x = left + wide * (start + 0.22)
        glare = [(x, top), (x + wide * breadth, top), (x + wide * (breadth - 0.40), low), (x - wide * 0.40, low)]
        pen.area(polygon(glare), 0xBFD0F0 if dark else WHITE, alpha * (0.55 if dark else 1.0))
    pen.canvas.restore()
    pen.rim(smooth([ring[6], ring[8], ring[9]], closed=False), WHITE, 0.007, 0.55)
