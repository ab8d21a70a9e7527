"""A street, a forest, the mountains, and space. Every painter paints one layer."""

import numpy as np

from dramatis.stage.paint import limb, oval, polygon
from dramatis.stage.places.brush import Brush, arc, box, tint
from dramatis.stage.places.indoors import WIDE, Palette
from dramatis.stage.places.outdoors import paint_sky, ridge
from dramatis.stage.places.panes import houses


def street_sky(brush: Brush, palette: Palette) -> None:
    paint_sky(brush, palette, 0.1)


def street_far(brush: Brush, palette: Palette) -> None:
    chance = np.random.default_rng(palette.variant + 3)
    for k in range(22):
        x, top = -3.1 + 0.29 * k, -0.10 - 0.22 * float(chance.uniform())
        brush.fill(box(x - 0.15, top, x + 0.15, 0.6), tint(0.78 - 0.03 * (k % 3), 0.035, 250), tint(0.86, 0.03, 235))


def street_houses(brush: Brush, palette: Palette) -> None:
    for house in houses(palette.shift, palette.variant):
        x, top, hue = house.x, house.top, palette.accent + 70 * ((house.number + palette.variant) % 4)
        brush.fill(box(x - 0.41, top, x + 0.41, 0.42), tint(0.82, 0.06, hue), tint(0.74, 0.065, hue))
        brush.fill(box(x - 0.43, top - 0.03, x + 0.43, top + 0.02, 0.01), tint(0.62, 0.06, hue))
        for pane in house.panes:
            brush.fill(box(*pane, 0.01), tint(0.68, 0.06, 240), tint(0.88, 0.04, 220))
        brush.fill(box(x - 0.36, 0.18, x + 0.36, 0.42), tint(0.50, 0.05, hue + 20), tint(0.60, 0.04, 220))
        awning = polygon([(x - 0.34, 0.13), (x + 0.34, 0.13), (x + 0.39, 0.21), (x - 0.39, 0.21)])
        brush.fill(awning, tint(0.68, 0.14, hue + 140), tint(0.62, 0.14, hue + 140))
    brush.fill(box(-WIDE, 0.40, WIDE, 2.0), tint(0.76, 0.012, 250), tint(0.62, 0.015, 250))
    brush.fill(box(-WIDE, 0.405, WIDE, 0.43), tint(0.88, 0.01, 90))


def street_near(brush: Brush, palette: Palette) -> None:
    for x in (-2.7, -0.86, 1.02, 2.9):
        post = x - palette.shift
        brush.fill(box(post - 0.016, -0.34, post + 0.016, 0.62), tint(0.36, 0.02, 250))
        brush.fill(box(post - 0.14, -0.36, post + 0.016, -0.335, 0.01), tint(0.36, 0.02, 250))
        brush.fill(oval((post - 0.13, -0.315), 0.05, 0.04), tint(0.97, 0.07, 95))


def forest_far(brush: Brush, palette: Palette) -> None:
    brush.fill(box(-WIDE, -1.6, WIDE, 1.0), tint(0.90, 0.06, 130), tint(0.80, 0.08, palette.hue))
    brush.glow((0.4 - 3 * palette.shift, -0.3), 0.9, tint(0.98, 0.06, 100), 0.9)
    for k in range(20):
        x = -3.1 + 0.33 * k
        brush.fill(box(x - 0.03, -1.6, x + 0.03, 0.5), tint(0.74, 0.06, palette.hue), tint(0.70, 0.07, palette.hue))


def forest_middle(brush: Brush, palette: Palette) -> None:
    chance = np.random.default_rng(palette.variant + 8)
    for k in range(14):
        x, half = -3.2 + 0.49 * k + float(chance.uniform(-0.1, 0.1)), float(chance.uniform(0.22, 0.32))
        for row in range(3):
            top, wide = -0.52 + 0.24 * row, half * (0.6 + 0.25 * row)
            leaf = polygon([(x, top - 0.12), (x + wide, top + 0.25), (x - wide, top + 0.25)])
            brush.fill(leaf, tint(0.60 - 0.03 * row, 0.09, palette.hue + 12), tint(0.50 - 0.03 * row, 0.085, palette.hue + 20))
    brush.fill(
        arc([(-WIDE, 0.22), (-1.2, 0.18), (0.4, 0.23), (1.7, 0.18), (WIDE, 0.22)], 2.4),
        tint(0.68, 0.10, palette.hue),
        tint(0.50, 0.09, palette.hue + 15),
    )


def forest_near(brush: Brush, palette: Palette) -> None:
    for x in (-2.8, -0.80, 0.95, 2.6):
        trunk = x + palette.shift
        brush.fill(
            limb([(trunk, 0.6), (trunk + 0.02, -0.1), (trunk - 0.03, -1.6)], [0.14, 0.10, 0.09]),
            tint(0.48, 0.05, 50),
            tint(0.40, 0.05, 45),
        )
        for k in range(3):
            brush.fill(
                oval((trunk - 0.22 + 0.22 * k, 0.56), 0.16, 0.10),
                tint(0.58, 0.10, palette.hue + 8),
                tint(0.46, 0.09, palette.hue + 16),
            )
    for x in (-1.5, 0.25, 1.7):
        cap = x - palette.shift
        brush.fill(box(cap - 0.018, 0.36, cap + 0.018, 0.44, 0.01), tint(0.94, 0.02, 85))
        brush.fill(
            arc([(cap - 0.06, 0.37), (cap - 0.03, 0.325), (cap + 0.03, 0.325), (cap + 0.06, 0.37)], 0.375), tint(0.62, 0.18, 28)
        )


def mountain_sky(brush: Brush, palette: Palette) -> None:
    paint_sky(brush, palette, 0.1)


def mountain_peaks(brush: Brush, palette: Palette) -> None:
    chance = np.random.default_rng(palette.variant + 4)
    for k in range(9):
        x, top, half = -3.2 + 0.8 * k + palette.shift, -0.40 + 0.16 * float(chance.uniform()), 0.62
        slope = polygon([(x, top), (x + half, 0.3), (x - half, 0.3)])
        brush.fill(slope, tint(0.66, 0.05, 255), tint(0.78, 0.045, 225))
        foot, low = 0.30 * half, top + 0.30 * (0.3 - top)
        zigzag = [(x + 0.07, top + 0.13), (x, top + 0.18), (x - 0.07, top + 0.13)]
        snow = [(x, top), (x + foot, low), *zigzag, (x - foot, low)]
        brush.fill(polygon(snow), tint(0.98, 0.008, 230), tint(0.93, 0.02, 235))


def mountain_meadow(brush: Brush, palette: Palette) -> None:
    ridge(brush, 0.20, 0.10, (tint(0.66, 0.08, palette.hue + 20), tint(0.60, 0.09, palette.hue + 10)), palette.variant + 2)
    brush.fill(
        arc([(-WIDE, 0.24), (-1.0, 0.28), (0.5, 0.24), (1.6, 0.29), (WIDE, 0.24)], 2.4),
        tint(0.80, 0.11, palette.hue),
        tint(0.66, 0.12, palette.hue + 8),
    )


def mountain_near(brush: Brush, palette: Palette) -> None:
    for k, x in enumerate((-2.9, -1.02, 0.82, 1.35, 2.7)):
        pine, size = x + palette.shift, 0.8 + 0.2 * (k % 2)
        brush.fill(box(pine - 0.025, 0.30, pine + 0.025, 0.50), tint(0.46, 0.05, 50))
        for row in range(3):
            top, wide = (-0.26 + 0.17 * row) * size, (0.12 + 0.05 * row) * size
            leaf = polygon([(pine, top - 0.10), (pine + wide, top + 0.22), (pine - wide, top + 0.22)])
            brush.fill(leaf, tint(0.56, 0.09, 150), tint(0.46, 0.085, 158))


def space_stars(brush: Brush, palette: Palette) -> None:
    brush.fill(box(-WIDE, -2.2, WIDE, 2.2), tint(0.24, 0.08, 285), tint(0.36, 0.10, palette.hue))
    chance = np.random.default_rng(palette.variant + 20)
    for _ in range(150):
        x, y, radius = float(chance.uniform(-3.2, 3.2)), float(chance.uniform(-1.2, 1.2)), float(chance.uniform(0.004, 0.011))
        brush.fill(oval((x, y), radius, radius), tint(0.97, 0.02, 90 + 150 * (radius > 0.008)), alpha=0.9)
    for x in (-1.6, 0.5, 2.4):
        brush.glow((x - 3 * palette.shift, -0.1), 0.7, tint(0.60, 0.15, palette.accent), 0.45)


def space_planets(brush: Brush, palette: Palette) -> None:
    for k, (x, y, radius) in enumerate(((-0.62, -0.18, 0.20), (0.78, -0.26, 0.11), (-2.2, -0.1, 0.25), (2.3, -0.2, 0.22))):
        middle, hue = x + 2 * palette.shift, palette.accent + 80 * k
        brush.fill(oval((middle, y), radius, radius), tint(0.78, 0.11, hue), tint(0.52, 0.12, hue + 20))
        if k % 2 == 0:
            brush.line(oval((middle, y), radius * 1.7, radius * 0.34), tint(0.86, 0.06, hue + 60), 0.022)


def space_ground(brush: Brush, palette: Palette) -> None:
    hills = [(-WIDE + 0.68 * k, 0.24 + 0.05 * ((k * 3 + palette.variant) % 3)) for k in range(11)]
    brush.fill(arc(hills, 2.4), tint(0.70, 0.05, palette.hue + 40), tint(0.50, 0.06, palette.hue + 30))
    for k, x in enumerate((-2.6, -1.3, -0.45, 0.6, 1.5, 2.6)):
        brush.fill(
            oval((x + palette.shift, 0.38 + 0.05 * (k % 3)), 0.17, 0.035),
            tint(0.55, 0.055, palette.hue + 35),
            tint(0.62, 0.05, palette.hue + 35),
        )
