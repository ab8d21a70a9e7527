"""Outdoor sets. Every painter paints one layer, in units of the picture from its middle."""

import numpy as np
import skia

from dramatis.stage.paint import limb, oval, polygon, smooth
from dramatis.stage.places.brush import Brush, arc, box, cloud, tint
from dramatis.stage.places.indoors import WIDE, Palette


def paint_sky(brush: Brush, palette: Palette, horizon: float, hue: float = 245) -> None:
    brush.fill(
        box(-WIDE, -1.4, WIDE, horizon + 0.3), tint(0.68, 0.105, hue), tint(0.94, 0.035, 205 if palette.variant % 2 else 225)
    )
    sun = 0.55 - 4 * palette.shift
    brush.glow((sun, -0.30), 0.65, tint(0.99, 0.05, 95), 0.85)
    chance = np.random.default_rng(palette.variant + 11)
    for k in range(7):
        x, y, size = (
            -2.6 + 0.86 * k + float(chance.uniform(-0.2, 0.2)),
            -0.36 + float(chance.uniform(0, 0.2)),
            float(chance.uniform(0.12, 0.22)),
        )
        brush.fill(cloud(x, y, size), tint(0.985, 0.006, 230), tint(0.93, 0.018, 235))


def ridge(brush: Brush, level: float, height: float, colours: tuple[int, int], seed: int) -> None:
    chance = np.random.default_rng(seed)
    points = [(-WIDE + 0.34 * k, level - height * float(chance.uniform(0, 1))) for k in range(21)]
    brush.fill(arc(points, 1.6), *colours)


def _tree(brush: Brush, x: float, floor: float, size: float, hue: float) -> None:
    trunk = limb(
        [(x, floor), (x + 0.02 * size, floor - 0.55 * size), (x, floor - 0.9 * size)], [0.075 * size, 0.05 * size, 0.035 * size]
    )
    brush.fill(trunk, tint(0.50, 0.05, 55))
    for across, up, radius, light in ((-0.26, 0.95, 0.30, 0.56), (0.28, 0.98, 0.29, 0.58), (0.0, 1.18, 0.37, 0.64)):
        crown = oval((x + across * size, floor - up * size), radius * size, radius * 0.92 * size)
        brush.fill(crown, tint(light + 0.07, 0.115, hue), tint(light - 0.09, 0.10, hue + 12))


def park_sky(brush: Brush, palette: Palette) -> None:
    paint_sky(brush, palette, 0.1)


def park_hills(brush: Brush, palette: Palette) -> None:
    ridge(brush, 0.02, 0.16, (tint(0.80, 0.055, 190), tint(0.86, 0.05, 160)), palette.variant)


def park_trees(brush: Brush, palette: Palette) -> None:
    chance = np.random.default_rng(palette.variant + 5)
    for k in range(16):
        x, size = -3.0 + 0.4 * k + float(chance.uniform(-0.08, 0.08)), float(chance.uniform(0.16, 0.27))
        brush.fill(
            oval((x, 0.10 - 0.3 * size), 1.05 * size, size),
            tint(0.74, 0.095, palette.hue + 14),
            tint(0.62, 0.09, palette.hue + 22),
        )
    brush.fill(
        arc([(-WIDE, 0.10), (-1.0, 0.13), (0.5, 0.10), (1.6, 0.13), (WIDE, 0.1)], 2.4),
        tint(0.82, 0.115, palette.hue - 8),
        tint(0.66, 0.12, palette.hue + 6),
    )


def park_path(brush: Brush, palette: Palette) -> None:
    x = 0.25 + 2 * palette.shift
    path = smooth(
        [
            (x + 0.05, 0.14),
            (x + 0.16, 0.14),
            (x - 0.05, 0.24),
            (x + 0.5, 0.55),
            (x + 0.6, 1.6),
            (x - 1.2, 1.6),
            (x - 0.7, 0.55),
            (x - 0.30, 0.24),
        ]
    )
    brush.fill(path, tint(0.90, 0.04, 85), tint(0.82, 0.05, 75))


def park_near(brush: Brush, palette: Palette) -> None:
    for x in (-2.75, -0.92, 1.05, 2.7):
        _tree(brush, x + palette.shift, 0.42, 0.62, palette.hue + (0 if x < 0 else 10))
    for x in (-1.6, 0.15, 2.0):
        _bench(brush, x - 2 * palette.shift + 0.35, palette)
    for x in (-2.1, -0.45, 1.55):
        brush.fill(
            oval((x + palette.shift, 0.46), 0.22, 0.11), tint(0.66, 0.11, palette.hue + 8), tint(0.52, 0.10, palette.hue + 16)
        )


def _bench(brush: Brush, x: float, palette: Palette) -> None:
    wood = (tint(0.68, 0.085, palette.accent), tint(0.58, 0.09, palette.accent))
    for leg in (-0.22, 0.22):
        brush.fill(box(x + leg - 0.015, 0.16, x + leg + 0.015, 0.42), tint(0.40, 0.02, 250))
    brush.fill(box(x - 0.30, 0.17, x + 0.30, 0.23, 0.015), *wood)
    brush.fill(box(x - 0.30, 0.30, x + 0.30, 0.345, 0.015), *wood)


def beach_sky(brush: Brush, palette: Palette) -> None:
    paint_sky(brush, palette, 0.1, 238)


def beach_sea(brush: Brush, palette: Palette) -> None:
    brush.fill(box(-WIDE, 0.0, WIDE, 0.6), tint(0.66, 0.095, 232), tint(0.83, 0.08, 195))
    for k in range(-3, 5):
        x = 0.9 * k + 3 * palette.shift
        brush.fill(oval((x, 0.075 + 0.02 * (k % 2)), 0.24, 0.009), tint(0.90, 0.04, 210))
        brush.fill(oval((x + 0.45, 0.13), 0.32, 0.011), tint(0.91, 0.04, 205))
    for x in (-1.5, 0.62, 2.1):
        boat = x - 3 * palette.shift
        brush.fill(
            polygon([(boat - 0.10, 0.0), (boat + 0.10, 0.0), (boat + 0.07, 0.035), (boat - 0.07, 0.035)]), tint(0.60, 0.13, 30)
        )
        brush.fill(polygon([(boat - 0.005, -0.20), (boat - 0.005, -0.015), (boat - 0.09, -0.015)]), tint(0.98, 0.01, 90))
        brush.fill(
            polygon([(boat + 0.005, -0.17), (boat + 0.005, -0.015), (boat + 0.07, -0.015)]), tint(0.90, 0.05, palette.accent)
        )


def beach_sand(brush: Brush, palette: Palette) -> None:
    shore = [(-WIDE + 0.7 * k, 0.205 + 0.025 * ((k + palette.variant) % 2)) for k in range(11)]
    brush.fill(arc([(x, y - 0.02) for x, y in shore], 2.4), tint(0.97, 0.015, 200))
    brush.fill(arc(shore, 2.4), tint(0.91, 0.055, 85), tint(0.80, 0.075, 75))


def beach_near(brush: Brush, palette: Palette) -> None:
    for x in (-2.6, -0.95, 2.2):
        _palm(brush, x + palette.shift, 0.5, 0.9)
    for k, x in enumerate((-1.75, 0.80, 2.9)):
        _parasol(brush, x - palette.shift, palette.accent + 60 * k)


def _palm(brush: Brush, x: float, floor: float, size: float) -> None:
    trunk = limb(
        [(x, floor), (x + 0.10 * size, floor - 0.45 * size), (x + 0.16 * size, floor - 0.85 * size)],
        [0.05 * size, 0.035 * size, 0.028 * size],
    )
    brush.fill(trunk, tint(0.64, 0.06, 65), tint(0.54, 0.06, 60))
    top = (x + 0.16 * size, floor - 0.85 * size)
    for k, (across, up) in enumerate(((-0.48, -0.20), (0.48, -0.18), (-0.42, 0.06), (0.42, 0.08), (-0.22, -0.33), (0.24, -0.33))):
        tip = (top[0] + across * size, top[1] + (up + 0.12) * size)
        middle = ((top[0] + tip[0]) / 2, min(top[1], tip[1]) - 0.07 * size)
        leaf = smooth([top, (middle[0], middle[1] - 0.03 * size), tip, (middle[0], middle[1] + 0.07 * size)])
        brush.fill(leaf, tint(0.64 - 0.02 * k, 0.11, 140), tint(0.54 - 0.01 * k, 0.10, 150))


def _parasol(brush: Brush, x: float, hue: float) -> None:
    brush.fill(box(x - 0.012, -0.05, x + 0.012, 0.48), tint(0.93, 0.01, 80))
    brush.fill(_dome(x, 0.40), tint(0.74, 0.13, hue), tint(0.66, 0.13, hue))
    brush.fill(_dome(x, 0.15), tint(0.97, 0.012, 85))


def _dome(x: float, half: float) -> skia.Path:
    path = skia.Path()
    path.moveTo(x - half, 0.03)
    path.cubicTo(x - 0.72 * half, -0.13, x - 0.35 * half, -0.19, x, -0.20)
    path.cubicTo(x + 0.35 * half, -0.19, x + 0.72 * half, -0.13, x + half, 0.03)
    path.close()
    return path
