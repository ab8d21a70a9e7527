"""More rooms: kitchen, classroom, library, and the stage of a theatre. Every painter paints one layer."""

import numpy as np

from dramatis.stage.paint import oval, polygon
from dramatis.stage.places.brush import Brush, arc, box, tint
from dramatis.stage.places.indoors import WIDE, Palette, draw_floor


def kitchen_wall(brush: Brush, palette: Palette) -> None:
    brush.fill(box(-WIDE, -2.2, WIDE, 0.4), tint(0.90, 0.03, palette.hue), tint(0.83, 0.035, palette.hue))
    brush.fill(box(-WIDE, -0.02, WIDE, 0.22), tint(0.94, 0.02, palette.accent), tint(0.90, 0.03, palette.accent))
    for x in np.arange(-3.2, 3.3, 0.95) + palette.shift:
        brush.fill(
            box(x - 0.30, -0.62, x + 0.30, -0.12, 0.02), tint(0.80, 0.05, palette.accent), tint(0.74, 0.055, palette.accent)
        )
        brush.fill(box(x - 0.265, -0.58, x - 0.01, -0.155, 0.01), tint(0.84, 0.045, palette.accent))
        brush.fill(box(x + 0.01, -0.58, x + 0.265, -0.155, 0.01), tint(0.84, 0.045, palette.accent))
        window = x + 0.475
        brush.fill(box(window - 0.145, -0.50, window + 0.145, -0.06, 0.01), tint(0.96, 0.01, 80))
        brush.fill(box(window - 0.12, -0.475, window + 0.12, -0.085), tint(0.80, 0.07, 240), tint(0.94, 0.03, 210))
    draw_floor(brush, 0.55, 70)


def kitchen_counter(brush: Brush, palette: Palette) -> None:
    brush.fill(box(-WIDE, 0.24, WIDE, 1.4), tint(0.72, 0.05, palette.hue + 20), tint(0.62, 0.055, palette.hue + 20))
    brush.fill(box(-WIDE, 0.20, WIDE, 0.255, 0.01), tint(0.94, 0.012, 80), tint(0.86, 0.02, 80))
    for x in np.arange(-3.0, 3.2, 1.5) - palette.shift:
        brush.fill(
            box(x - 0.13, 0.05, x + 0.13, 0.205, 0.03),
            tint(0.62, 0.11, palette.accent + 90),
            tint(0.52, 0.11, palette.accent + 90),
        )
        brush.fill(box(x - 0.15, 0.03, x + 0.15, 0.065, 0.015), tint(0.70, 0.09, palette.accent + 90))
        brush.fill(oval((x, 0.02), 0.022, 0.018), tint(0.40, 0.02, 60))
        brush.fill(oval((x + 0.62, 0.17), 0.15, 0.045), tint(0.93, 0.02, 90), tint(0.82, 0.03, 80))
        for k, hue in enumerate((30, 130, 60)):
            brush.fill(oval((x + 0.55 + 0.075 * k, 0.125), 0.048, 0.048), tint(0.70, 0.15, hue), tint(0.6, 0.15, hue))


def kitchen_floor(brush: Brush, palette: Palette) -> None:
    """What is seen of the floor below the counter where the camera is far away, as in films."""
    brush.fill(box(-WIDE, 0.70, WIDE, 0.76), tint(0.42, 0.03, palette.hue + 20))
    brush.fill(box(-WIDE, 0.755, WIDE, 2.4), tint(0.80, 0.03, 70), tint(0.70, 0.035, 65))


def class_wall(brush: Brush, palette: Palette) -> None:
    brush.fill(box(-WIDE, -2.2, WIDE, 0.5), tint(0.90, 0.035, palette.hue), tint(0.82, 0.04, palette.hue))
    for x in (-2.9 + palette.shift, 0.1 + palette.shift, 3.1 + palette.shift):
        brush.fill(box(x - 0.86, -0.44, x + 0.86, 0.12, 0.02), tint(0.68, 0.06, 65), tint(0.6, 0.06, 65))
        brush.fill(box(x - 0.82, -0.40, x + 0.82, 0.08, 0.01), tint(0.45, 0.06, 160), tint(0.40, 0.055, 165))
        brush.fill(box(x - 0.25, 0.075, x + 0.0, 0.10, 0.008), tint(0.95, 0.01, 90))
        for k, wide in enumerate((0.34, 0.22)):
            brush.fill(
                box(x - 0.70, -0.32 + 0.11 * k, x - 0.70 + wide, -0.295 + 0.11 * k, 0.01), tint(0.90, 0.012, 120), alpha=0.85
            )
        brush.fill(polygon([(x + 0.42, -0.08), (x + 0.58, -0.32), (x + 0.74, -0.08)]), tint(0.72, 0.07, 90), alpha=0.9)
        globe = x + 1.5
        brush.fill(box(globe - 0.32, -0.40, globe + 0.32, 0.05, 0.01), tint(0.96, 0.015, 80))
        for k in range(6):
            left, top = globe - 0.28 + 0.2 * (k % 3), -0.36 + 0.2 * (k // 3)
            brush.fill(box(left, top, left + 0.16, top + 0.16, 0.01), tint(0.82, 0.09, palette.accent + 60 * k))
    draw_floor(brush, 0.42, 70)


def class_desks(brush: Brush, palette: Palette) -> None:
    for x in np.arange(-3.1, 3.2, 1.05) - palette.shift:
        brush.fill(box(x - 0.03, 0.32, x + 0.03, 0.9), tint(0.5, 0.02, 250))
        brush.fill(box(x - 0.38, 0.27, x + 0.38, 0.33, 0.015), tint(0.80, 0.07, 75), tint(0.72, 0.08, 70))
        brush.fill(
            box(x - 0.18, 0.22, x + 0.06, 0.272, 0.008), tint(0.68, 0.11, palette.accent), tint(0.62, 0.12, palette.accent)
        )
        brush.fill(box(x - 0.15, 0.175, x + 0.03, 0.222, 0.008), tint(0.78, 0.10, palette.accent + 90))


def library_wall(brush: Brush, palette: Palette) -> None:
    brush.fill(box(-WIDE, -2.2, WIDE, 0.6), tint(0.62, 0.05, palette.hue), tint(0.54, 0.05, palette.hue))
    draw_floor(brush, 0.48, 50)
    for x in (-2.2, -0.1, 2.0):
        middle = x + palette.shift
        brush.fill(box(middle - 0.24, -0.56, middle + 0.24, 0.14, 0.16), tint(0.88, 0.06, 220), tint(0.95, 0.03, 90))
        brush.fill(box(middle - 0.012, -0.55, middle + 0.012, 0.14), tint(0.45, 0.05, 55))
        brush.glow((middle, -0.1), 0.7, tint(0.97, 0.04, 90), 0.4)


def library_shelves(brush: Brush, palette: Palette) -> None:
    for middle in (-3.2, -1.15, 0.95, 3.05):
        x = middle + palette.shift
        brush.fill(box(x - 0.66, -0.52, x + 0.66, 1.0, 0.015), tint(0.52, 0.065, 55), tint(0.44, 0.06, 52))
        for row in range(4):
            top = -0.47 + 0.25 * row
            brush.fill(box(x - 0.61, top, x + 0.61, top + 0.215), tint(0.34, 0.045, 50))
            for book in range(10):
                left, high = x - 0.59 + 0.118 * book, 0.045 * ((book * 3 + row) % 3)
                if (book * 2 + row + palette.variant) % 7:
                    colour = tint(0.62 + 0.06 * ((book + row) % 3), 0.085, palette.accent + 55 * ((book + 2 * row) % 5))
                    brush.fill(box(left, top + 0.02 + high, left + 0.105, top + 0.215, 0.006), colour)


def stage_back(brush: Brush, palette: Palette) -> None:
    brush.fill(box(-WIDE, -2.2, WIDE, 1.0), tint(0.34, 0.09, palette.hue), tint(0.46, 0.10, palette.hue))
    for x in (-1.4, 0.0, 1.4):
        lamp = x + palette.shift
        brush.fill(
            polygon([(lamp - 0.05, -1.0), (lamp + 0.05, -1.0), (lamp + 0.55, 0.6), (lamp - 0.55, 0.6)]),
            tint(0.95, 0.06, 90),
            alpha=0.16,
        )
        brush.glow((lamp, 0.38), 0.6, tint(0.95, 0.06, 90), 0.5)
    brush.fill(box(-WIDE, 0.38, WIDE, 2.0), tint(0.60, 0.07, 60), tint(0.44, 0.07, 55))
    for x in (-1.4, 0.0, 1.4):
        brush.fill(oval((x + palette.shift, 0.52), 0.52, 0.09), tint(0.93, 0.07, 90), alpha=0.4)


def stage_curtains(brush: Brush, palette: Palette) -> None:
    red = palette.hue + palette.variant % 2 * 40
    for side in (-1, 1):
        for k in range(9):
            x = side * (0.74 + 0.21 * k)
            fold = polygon([(x - 0.13, -1.6), (x + 0.13, -1.6), (x + 0.13, 0.46), (x - 0.13, 0.46)])
            brush.fill(fold, tint(0.42 + 0.06 * (k % 2), 0.16, red), tint(0.34 + 0.06 * (k % 2), 0.15, red))
    for k in range(17):
        x = -3.2 + 0.4 * k
        scallop = arc([(x - 0.22, -0.40), (x, -0.33), (x + 0.22, -0.40)], -1.6)
        brush.fill(scallop, tint(0.50, 0.16, red), tint(0.40, 0.16, red))
        brush.fill(oval((x, -0.345), 0.02, 0.025), tint(0.82, 0.12, 90))
