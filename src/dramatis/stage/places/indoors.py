"""Rooms. Every painter takes a brush and the numbers of its place, and paints one layer; `h` is the palette's hue."""

from dataclasses import dataclass

import numpy as np
import skia

from dramatis.stage.paint import oval, polygon, smooth
from dramatis.stage.places.brush import Brush, arc, box, cloud, tint

WIDE = 3.4
"""How far a layer reaches to both sides, in units."""


@dataclass(frozen=True)
class Palette:
    """What a place's seed decides: the palette's hue, an accent's hue, and how its things are shifted (units)."""

    hue: float
    accent: float
    shift: float
    variant: int


def palette_of(name: str, seed: int, hues: tuple[float, ...]) -> Palette:
    """One of the set's palettes."""
    chance = np.random.default_rng([seed & 0xFFFFFFFF, sum(map(ord, name))])
    hue = float(hues[int(chance.integers(len(hues)))]) + float(chance.uniform(-8, 8))
    accent = hue + float(chance.choice((60.0, 150.0, 210.0)))
    return Palette(hue, accent, float(chance.uniform(-0.22, 0.22)), int(chance.integers(4)))


def _plant(brush: Brush, x: float, floor: float, size: float, palette: Palette) -> None:
    for k, (across, up) in enumerate(((-0.55, 0.9), (0.6, 0.95), (-0.25, 1.35), (0.3, 1.4), (0.0, 1.6))):
        tip = (x + across * size, floor - (0.5 + up) * size)
        leaf = smooth([(x, floor - 0.4 * size), (x + across * size * 0.3 - 0.16 * size, (floor + tip[1]) / 2), tip,
                       (x + across * size * 0.75 + 0.16 * size, (floor + tip[1]) / 2)])  # fmt: skip
        brush.fill(leaf, tint(0.60 + 0.03 * k, 0.09, 145), tint(0.48 + 0.03 * k, 0.08, 150))
    pot = [
        (x - 0.32 * size, floor - 0.55 * size),
        (x + 0.32 * size, floor - 0.55 * size),
        (x + 0.22 * size, floor),
        (x - 0.22 * size, floor),
    ]
    brush.fill(polygon(pot), tint(0.72, 0.07, palette.accent), tint(0.6, 0.08, palette.accent))


def draw_floor(brush: Brush, top: float, hue: float) -> None:
    """A floor from `top` down, with its skirting board."""
    brush.fill(box(-WIDE, top, WIDE, 2.2), tint(0.66, 0.055, hue), tint(0.50, 0.06, hue))
    brush.fill(box(-WIDE, top - 0.035, WIDE, top + 0.012), tint(0.93, 0.012, hue))


def living_wall(brush: Brush, palette: Palette) -> None:
    brush.fill(box(-WIDE, -2.2, WIDE, 0.36), tint(0.84, 0.045, palette.hue), tint(0.75, 0.05, palette.hue))
    draw_floor(brush, 0.34, 65)
    for middle in (-1.9, -0.42, 1.5):
        x = middle + palette.shift
        brush.glow((x, -0.12), 0.85, tint(0.97, 0.03, 90), 0.75)
        brush.fill(box(x - 0.25, -0.40, x + 0.25, 0.10, 0.012), tint(0.96, 0.012, 80))
        brush.fill(box(x - 0.215, -0.365, x + 0.215, 0.065), tint(0.80, 0.07, 240), tint(0.93, 0.035, 215))
        brush.fill(cloud(x - 0.05, -0.15, 0.11), tint(0.97, 0.008, 230))
        brush.fill(box(x - 0.011, -0.365, x + 0.011, 0.065), tint(0.96, 0.012, 80))
        for side in (-1, 1):
            edge = [
                (x + side * 0.19, -0.46),
                (x + side * 0.36, -0.46),
                (x + side * 0.34, 0.2),
                (x + side * 0.25, 0.2),
                (x + side * 0.265, -0.1),
            ]
            brush.fill(polygon(edge), tint(0.86, 0.055, palette.accent), tint(0.76, 0.065, palette.accent))
        brush.fill(box(x - 0.40, -0.475, x + 0.40, -0.45, 0.012), tint(0.55, 0.05, 60))
    for k, middle in enumerate((0.38, 0.70, -1.15, 2.2)):
        x, top = middle + palette.shift, (-0.30, -0.24, -0.28, -0.3)[k]
        brush.fill(box(x - 0.105, top, x + 0.105, top + 0.26, 0.008), tint(0.97, 0.01, 80))
        brush.fill(box(x - 0.08, top + 0.025, x + 0.08, top + 0.235), tint(0.70, 0.085, palette.accent + 50 * k))
        brush.fill(
            arc([(x - 0.08, top + 0.15), (x - 0.01, top + 0.11), (x + 0.08, top + 0.17)], top + 0.235),
            tint(0.54, 0.09, palette.accent + 50 * k),
        )


def living_furniture(brush: Brush, palette: Palette) -> None:
    sofa = -0.18 - palette.shift
    colour = palette.hue + 180
    for x in (sofa - 2.6, sofa, sofa + 2.6):
        brush.fill(oval((x, 0.62), 0.95, 0.07), tint(0.35, 0.04, 60), alpha=0.35)
        brush.fill(box(x - 0.72, 0.13, x + 0.72, 0.60, 0.10), tint(0.62, 0.075, colour), tint(0.50, 0.075, colour))
        brush.fill(box(x - 0.62, 0.20, x - 0.02, 0.46, 0.06), tint(0.67, 0.075, colour), tint(0.57, 0.08, colour))
        brush.fill(box(x + 0.02, 0.20, x + 0.62, 0.46, 0.06), tint(0.67, 0.075, colour), tint(0.57, 0.08, colour))
        for side in (-1, 1):
            brush.fill(
                box(x + side * 0.72 - 0.12, 0.26, x + side * 0.72 + 0.12, 0.62, 0.09),
                tint(0.66, 0.075, colour),
                tint(0.52, 0.08, colour),
            )
        brush.fill(box(x + 0.34, 0.22, x + 0.60, 0.44, 0.07), tint(0.80, 0.09, palette.accent), tint(0.70, 0.1, palette.accent))
        lamp = x + 1.05
        brush.fill(box(lamp - 0.012, -0.16, lamp + 0.012, 0.62), tint(0.42, 0.03, 60))
        brush.glow((lamp, -0.16), 0.42, tint(0.96, 0.07, 85), 0.55)
        brush.fill(
            polygon([(lamp - 0.08, -0.32), (lamp + 0.08, -0.32), (lamp + 0.15, -0.10), (lamp - 0.15, -0.10)]),
            tint(0.96, 0.06, 90),
            tint(0.88, 0.09, 80),
        )
        _plant(brush, x - 1.12, 0.60, 0.30, palette)


def office_view(brush: Brush, palette: Palette) -> None:
    brush.fill(box(-WIDE, -2.2, WIDE, 0.6), tint(0.76, 0.075, 245), tint(0.95, 0.03, 90 if palette.variant % 2 else 220))
    chance = np.random.default_rng(palette.variant)
    for k in range(26):
        x, top = -2.6 + 0.21 * k, -0.02 - 0.30 * float(chance.uniform())
        brush.fill(box(x - 0.12, top, x + 0.10, 0.6), tint(0.74 - 0.05 * (k % 3), 0.04, 255), tint(0.84, 0.03, 235))


def office_wall(brush: Brush, palette: Palette) -> None:
    wall = box(-WIDE, -2.2, WIDE, 0.40)
    for k in range(-3, 4):
        x = 1.02 * k + palette.shift - 0.2
        wall.addRect(x - 0.42, -0.42, x + 0.42, 0.10)
    wall.setFillType(skia.PathFillType.kEvenOdd)
    brush.fill(wall, tint(0.88, 0.022, palette.hue), tint(0.78, 0.03, palette.hue))
    for k in range(-3, 4):
        x = 1.02 * k + palette.shift - 0.2
        for edge in (x - 0.42, x + 0.42, x):
            brush.fill(box(edge - 0.012, -0.43, edge + 0.012, 0.10), tint(0.97, 0.006, 240))
        brush.fill(box(x - 0.45, 0.095, x + 0.45, 0.135, 0.01), tint(0.97, 0.008, 80))
    draw_floor(brush, 0.38, palette.hue + 20)


def office_furniture(brush: Brush, palette: Palette) -> None:
    for x in (-2.3 - palette.shift, 0.62 - palette.shift, 2.9 - palette.shift):
        brush.fill(box(x - 0.62, 0.24, x + 0.62, 0.29, 0.015), tint(0.78, 0.06, 70), tint(0.70, 0.07, 65))
        brush.fill(box(x - 0.56, 0.29, x - 0.50, 0.8), tint(0.60, 0.02, 250))
        brush.fill(box(x + 0.20, 0.29, x + 0.56, 0.8), tint(0.86, 0.012, 80), tint(0.76, 0.015, 80))
        brush.fill(box(x - 0.04, 0.12, x + 0.02, 0.245), tint(0.55, 0.01, 250))
        brush.fill(box(x - 0.24, -0.13, x + 0.22, 0.15, 0.02), tint(0.36, 0.02, 260))
        brush.fill(
            box(x - 0.215, -0.105, x + 0.195, 0.125, 0.008), tint(0.80, 0.07, palette.accent), tint(0.68, 0.09, palette.accent)
        )
        brush.fill(box(x + 0.36, 0.16, x + 0.45, 0.245, 0.02), tint(0.95, 0.01, 80), tint(0.84, 0.02, 80))
        shelf = x - 1.16
        brush.fill(box(shelf - 0.34, -0.20, shelf + 0.34, 0.85, 0.012), tint(0.74, 0.055, 68), tint(0.62, 0.06, 64))
        for row in range(3):
            top = -0.165 + 0.27 * row
            brush.fill(box(shelf - 0.31, top, shelf + 0.31, top + 0.235), tint(0.52, 0.045, 60), tint(0.58, 0.045, 60))
            for book in range(5):
                left = shelf - 0.29 + 0.115 * book
                colour = tint(0.80 - 0.07 * ((book + row) % 3), 0.075, palette.accent + 70 * ((book * 2 + row) % 4))
                if (book + row * 2 + palette.variant) % 5:
                    brush.fill(box(left, top + 0.035, left + 0.10, top + 0.235, 0.008), colour)
