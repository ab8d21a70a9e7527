"""What a set shows of its materials in large pictures: boards and tiles, grain, leaves, grass, sand, rock, folds of cloth.

A texture is few strokes in one colour over a painted layer, pale enough to leave its colours as they are.
"""

from collections.abc import Callable

import numpy as np
import skia
from numpy.typing import NDArray

from dramatis.stage.paint import Colour, Point, add_lens, lens, oval, polygon
from dramatis.stage.places.brush import Brush, box, tint
from dramatis.stage.places.halls import kitchen_floor
from dramatis.stage.places.indoors import WIDE, Palette
from dramatis.stage.places.panes import houses

Texture = Callable[[Brush, Palette], None]
_DARK: Colour = 0x2A1C28


def _many(palette: Palette, count: int, which: int) -> NDArray[np.float64]:
    """`count 4` numbers in 0..1, the same for a place every time."""
    return np.random.default_rng([palette.variant, which]).uniform(size=(count, 4))


def _boards(top: float) -> Texture:
    """A floor of boards: their gaps come nearer to each other towards the wall."""

    def draw(brush: Brush, palette: Palette) -> None:
        gaps: list[skia.Path] = []
        grain: list[tuple[Point, Point, Point]] = []
        y, step = top + 0.03, 0.035
        for row in range(9):
            gaps.append(box(-WIDE, y, WIDE, y + 0.0022))
            for x in np.arange(-3.2 + 0.37 * (row % 3), 3.3, 1.1):
                gaps.append(
                    polygon([(x, y), (x + 0.003, y), (x + 0.003 + 0.06 * x * step, y + step), (x + 0.06 * x * step, y + step)])
                )
            for x, down, long, _ in _many(palette, 9, row):
                start = (-3.2 + 6.4 * x, y + step * (0.2 + 0.6 * down))
                grain.append((start, (start[0] + 0.1, start[1] + 0.003), (start[0] + 0.12 + 0.2 * long, start[1])))
            y, step = y + step, step * 1.32
        _each(brush, gaps, _DARK, alpha=0.13)
        _strokes(brush, grain, 0.0016, (_DARK, 0.10))

    return draw


def _strokes(brush: Brush, spots: list[tuple[Point, Point, Point]], width: float, ink: tuple[Colour, float]) -> None:
    """One by one: what lies outside the picture is then left out."""
    _each(brush, [lens(*spot, width) for spot in spots], *ink)


def _each(brush: Brush, bars: list[skia.Path], colour: Colour, alpha: float) -> None:
    """Bars one by one, which is faster than as one path."""
    for bar in bars:
        brush.fill(bar, colour, alpha=alpha)


def _grass(top: float, low: float, hue: float = 0.0) -> Texture:
    """Tufts, larger the nearer they are, darker and lighter ones."""

    def draw(brush: Brush, palette: Palette) -> None:
        for which, ink in enumerate(((tint(0.45, 0.10, palette.hue + hue), 0.34), (tint(0.92, 0.12, palette.hue - 12), 0.34))):
            spots: list[tuple[Point, Point, Point]] = []
            for x, y, size, lean in _many(palette, 90, 40 + which):
                root = (-3.2 + 6.4 * x, top + (low - top) * y**1.3)
                tall = (0.010 + 0.035 * y) * (0.6 + 0.8 * size)
                for k in (-1, 0, 1):
                    tip = (root[0] + k * 0.5 * tall + 0.3 * tall * (lean - 0.5), root[1] - tall * (1.0 - 0.2 * abs(k)))
                    spots.append((root, (root[0] + k * 0.1 * tall, root[1] - 0.6 * tall), tip))
            _strokes(brush, spots, 0.0022, ink)

    return draw


def _specks(top: float, low: float, count: int, ink: tuple[Colour, float]) -> Texture:
    """Sand and pebbles."""

    def draw(brush: Brush, palette: Palette) -> None:
        path = skia.Path()
        for x, y, size, _ in _many(palette, count, 50):
            down = top + (low - top) * y**1.2
            path.addPath(oval((-3.2 + 6.4 * x, down), (0.002 + 0.004 * y) * (0.5 + size), (0.001 + 0.002 * y) * (0.5 + size)))
        brush.fill(path, ink[0], alpha=ink[1])

    return draw


def _living_wall(brush: Brush, palette: Palette) -> None:
    folds = skia.Path()
    for middle in (-1.9, -0.42, 1.5):
        for side in (-1, 1):
            for k in range(4):
                x = middle + palette.shift + side * (0.215 + 0.035 * k)
                add_lens(folds, ((x, -0.45), (x + side * 0.006, -0.2), (x + side * (0.004 + 0.008 * k), 0.17)), 0.004)
    brush.fill(folds, _DARK, alpha=0.08)
    _boards(0.34)(brush, palette)


def _living_furniture(brush: Brush, palette: Palette) -> None:
    sofa, seams = -0.18 - palette.shift, []
    for x in (sofa - 2.6, sofa, sofa + 2.6):
        for left, right in ((-0.60, -0.04), (0.04, 0.60)):
            seams += [((x + left, 0.225), (x + (left + right) / 2, 0.212), (x + right, 0.225))]
            seams += [((x + left + 0.02, 0.43), (x + left + 0.16, 0.40), (x + left + 0.24, 0.36))]
            seams += [((x + right - 0.02, 0.43), (x + right - 0.14, 0.41), (x + right - 0.22, 0.37))]
    _strokes(brush, seams, 0.003, (_DARK, 0.18))
    pleats = [
        ((x + 1.05 + 0.028 * k, -0.315), (x + 1.05 + 0.037 * k, -0.2), (x + 1.05 + 0.047 * k, -0.105))
        for x in (sofa - 2.6, sofa, sofa + 2.6)
        for k in (-2, -1, 0, 1, 2)
    ]
    _strokes(brush, pleats, 0.003, (0x8A5A1C, 0.22))


def _kitchen_wall(brush: Brush, palette: Palette) -> None:
    lines: list[skia.Path] = []
    for y in (0.06, 0.14):
        lines.append(box(-WIDE, y, WIDE, y + 0.0028))
    for row in range(3):
        for x in np.arange(-3.3 + 0.06 * (row % 2), 3.3, 0.12):
            lines.append(box(float(x), -0.02 + 0.08 * row, float(x) + 0.0028, 0.06 + 0.08 * row))
    _each(brush, lines, _DARK, alpha=0.10)
    knobs = skia.Path()
    for x in np.arange(-3.2, 3.3, 0.95) + palette.shift:
        for side in (-1, 1):
            knobs.addPath(oval((float(x) + side * 0.030, -0.20), 0.009, 0.009))
    brush.fill(knobs, tint(0.55, 0.03, 70), alpha=0.8)


def _counter(brush: Brush, palette: Palette) -> None:
    seams: list[skia.Path] = []
    for x in np.arange(-3.2, 3.3, 0.52):
        seams.append(box(float(x), 0.27, float(x) + 0.004, 1.2))
        seams.append(box(float(x) + 0.20, 0.315, float(x) + 0.32, 0.325))
    _each(brush, seams, _DARK, alpha=0.22)
    _specks(0.208, 0.25, 160, (_DARK, 0.14))(brush, palette)
    kitchen_floor(brush, palette)
    _boards(0.76)(brush, palette)


def _office_wall(brush: Brush, palette: Palette) -> None:
    _boards(0.38)(brush, palette)
    glare = skia.Path()
    for k in range(-3, 4):
        x = 1.02 * k + palette.shift - 0.2
        for left in (-0.34, -0.22):
            glare.addPath(
                polygon([(x + left + 0.12, -0.41), (x + left + 0.18, -0.41), (x + left + 0.02, 0.09), (x + left - 0.04, 0.09)])
            )
    brush.fill(glare, 0xFFFFFF, alpha=0.06)


def _class_wall(brush: Brush, palette: Palette) -> None:
    _boards(0.42)(brush, palette)
    spots = []
    for x in (-2.9 + palette.shift, 0.1 + palette.shift, 3.1 + palette.shift):
        for a, y, long, lean in _many(palette, 9, 60):
            start = (x - 0.74 + 1.2 * a, -0.34 + 0.36 * y)
            end = (start[0] + 0.10 + 0.2 * long, start[1] + 0.03 * (lean - 0.5))
            spots.append((start, ((start[0] + end[0]) / 2, start[1] - 0.012), end))
    _strokes(brush, spots, 0.012, (0xFFFFFF, 0.05))


def _wood(brush: Brush, rows: list[float], palette: Palette) -> None:
    spots: list[tuple[Point, Point, Point]] = []
    for row, y in enumerate(rows):
        for x, down, long, _ in _many(palette, 22, 70 + row):
            start = (-3.2 + 6.4 * x, y + 0.012 * down)
            spots.append((start, (start[0] + 0.05, start[1] + 0.002), (start[0] + 0.06 + 0.12 * long, start[1])))
    _strokes(brush, spots, 0.0016, (_DARK, 0.20))


def _class_desks(brush: Brush, palette: Palette) -> None:
    _wood(brush, [0.285, 0.300, 0.312], palette)


def _library_shelves(brush: Brush, palette: Palette) -> None:
    bands: list[skia.Path] = []
    grain = skia.Path()
    for middle in (-3.2, -1.15, 0.95, 3.05):
        x = middle + palette.shift
        for row in range(4):
            top = -0.47 + 0.25 * row
            for k in range(6):
                left = x - 0.62 + 0.2 * k
                add_lens(grain, ((left, top + 0.228), (left + 0.07, top + 0.231), (left + 0.17, top + 0.227)), 0.0018)
            for book in range(10):
                if (book * 2 + row + palette.variant) % 7:
                    left, high = x - 0.59 + 0.118 * book, 0.045 * ((book * 3 + row) % 3)
                    for down in (0.045, 0.060, 0.150):
                        bands.append(box(left + 0.012, top + high + down, left + 0.093, top + high + down + 0.006))
    _each(brush, bands, 0xF3DFA4, alpha=0.38)
    brush.fill(grain, _DARK, alpha=0.30)


def _stage_curtains(brush: Brush, _: Palette) -> None:
    spots = [
        (
            (side * (0.74 + 0.21 * k) + off, -0.9),
            (side * (0.74 + 0.21 * k) + off + 0.008, -0.2),
            (side * (0.74 + 0.21 * k) + off, 0.45),
        )
        for side in (-1, 1)
        for k in range(9)
        for off in (-0.07, 0.0, 0.06)
    ]
    _strokes(brush, spots, 0.007, (0x14040A, 0.20))
    _strokes(
        brush, [((a[0] + 0.02, a[1]), (b[0] + 0.02, b[1]), (c[0] + 0.02, c[1])) for a, b, c in spots], 0.004, (0xFFD0B0, 0.12)
    )


def _street_houses(brush: Brush, palette: Palette) -> None:
    lines: list[skia.Path] = []
    bricks: list[skia.Path] = []
    for house in houses(palette.shift, palette.variant):
        for left, high, right, low in house.panes:
            lines.append(box(left + 0.067, high, left + 0.073, low))
            lines.append(box(left, high + 0.066, right, high + 0.072))
            lines.append(box(left - 0.012, low, right + 0.012, low + 0.013))
        for a, b, _, _ in _many(palette, 26, 80 + house.number):
            left, high = house.x - 0.40 + 0.74 * a, house.top + 0.04 + 0.44 * round(b * 14) / 14
            bricks.append(box(left, high, left + 0.045, high + 0.016, 0.002))
    _each(brush, lines, 0xFFFFFF, alpha=0.75)
    _each(brush, bricks, _DARK, alpha=0.09)
    _specks(0.45, 0.9, 120, (_DARK, 0.13))(brush, palette)


def _leaves(centres: list[tuple[float, float, float, float]], hue: float) -> Texture:
    """Clusters of leaves on crowns: (right, down, half width, half height)."""

    def draw(brush: Brush, palette: Palette) -> None:
        for which, ink in enumerate(
            ((tint(0.40, 0.09, palette.hue + hue + 10), 0.22), (tint(0.86, 0.13, palette.hue + hue - 15), 0.26))
        ):
            spots: list[tuple[Point, Point, Point]] = []
            for number, (x, y, across, down) in enumerate(centres):
                for a, b, c, _ in _many(palette, 26, 90 + which + 2 * number):
                    angle, far = 6.283 * a, 0.92 * b**0.5
                    start = (x + palette.shift + across * far * np.cos(angle), y + down * far * np.sin(angle))
                    end = (start[0] + 0.022 * (c - 0.3), start[1] + 0.018)
                    spots.append((start, ((start[0] + end[0]) / 2 + 0.006, (start[1] + end[1]) / 2), end))
            _strokes(brush, spots, 0.006, ink)

    return draw


def _park_near(brush: Brush, palette: Palette) -> None:
    crowns, bark = [], []
    for x in (-2.75, -0.92, 1.05, 2.7):
        for across, up, radius in ((-0.26, 0.95, 0.30), (0.28, 0.98, 0.29), (0.0, 1.18, 0.37)):
            crowns.append((x + across * 0.62, 0.42 - up * 0.62, radius * 0.60, radius * 0.55))
        for k in (-1, 0, 1):
            root = (x + palette.shift + 0.018 * k, 0.40)
            bark.append((root, (root[0] + 0.004, 0.2), (root[0] + 0.008 - 0.006 * k, 0.08)))
    _leaves(crowns, 0.0)(brush, palette)
    _strokes(brush, bark, 0.004, (_DARK, 0.30))


def _sea(brush: Brush, palette: Palette) -> None:
    spots = []
    for x, y, long, _ in _many(palette, 90, 100):
        start = (-3.2 + 6.4 * x, 0.012 + 0.185 * y**1.2)
        wide = (0.03 + 0.10 * y) * (0.5 + long)
        spots.append((start, (start[0] + wide / 2, start[1] - 0.006), (start[0] + wide, start[1])))
    _strokes(brush, spots, 0.0022, (0xFFFFFF, 0.30))


def _peaks(brush: Brush, palette: Palette) -> None:
    chance = np.random.default_rng(palette.variant + 4)
    shade, ridges = skia.Path(), []
    for k in range(9):
        x, top, half = -3.2 + 0.8 * k + palette.shift, -0.40 + 0.16 * float(chance.uniform()), 0.62
        shade.addPath(polygon([(x, top), (x + half, 0.3), (x + 0.16, 0.3), (x + 0.05, top + 0.32), (x + 0.10, top + 0.17)]))
        for a, b, c, _ in _many(palette, 10, 110 + k):
            start = (x + (a - 0.5) * 0.5, top + 0.25 + 0.25 * b)
            ridges.append((start, (start[0] + 0.01, start[1] + 0.03), (start[0] + 0.05 * (c - 0.5), start[1] + 0.08)))
    brush.fill(shade, tint(0.42, 0.06, 265), alpha=0.16)
    _strokes(brush, ridges, 0.003, (_DARK, 0.14))


def _forest_near(brush: Brush, palette: Palette) -> None:
    spots = []
    for x in (-2.8, -0.80, 0.95, 2.6):
        for a, b, c, _ in _many(palette, 22, 130):
            start = (x + palette.shift + (a - 0.5) * 0.15, -0.6 + 1.0 * b)
            spots.append((start, (start[0] + 0.008 * (c - 0.5), start[1] + 0.04), (start[0], start[1] + 0.06 + 0.08 * c)))
    _strokes(brush, spots, 0.004, (_DARK, 0.34))


def _forest_middle(brush: Brush, palette: Palette) -> None:
    _grass(0.24, 0.62, 12)(brush, palette)


TEXTURES: dict[str, Texture] = {
    "living_wall": _living_wall,
    "living_furniture": _living_furniture,
    "kitchen_wall": _kitchen_wall,
    "kitchen_counter": _counter,
    "office_wall": _office_wall,
    "class_wall": _class_wall,
    "class_desks": _class_desks,
    "library_wall": _boards(0.48),
    "library_shelves": _library_shelves,
    "stage_back": _boards(0.38),
    "stage_curtains": _stage_curtains,
    "street_houses": _street_houses,
    "park_trees": _grass(0.15, 0.62),
    "park_near": _park_near,
    "beach_sea": _sea,
    "beach_sand": _specks(0.24, 0.7, 420, (0x7A5522, 0.30)),
    "mountain_peaks": _peaks,
    "mountain_meadow": _grass(0.31, 0.66),
    "forest_middle": _forest_middle,
    "forest_near": _forest_near,
    "space_ground": _specks(0.32, 0.8, 260, (_DARK, 0.22)),
}
"""By the name of the painter that they lie over."""
