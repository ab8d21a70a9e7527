"""What shines in films, painted over sets in the colours of their light: moon, windows and lamps by night, the sky at sunset.

Training data has none of it.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from dramatis.stage.paint import Point, oval, polygon
from dramatis.stage.places.brush import Brush, box, tint
from dramatis.stage.places.indoors import WIDE, Palette
from dramatis.stage.places.panes import PANES, houses

Light = Callable[[Brush, Palette, bool], None]
"""Brush, numbers of the place, and whether the air is clear."""
_WARM, _PALE, _SHADE = tint(0.90, 0.11, 82), tint(0.97, 0.06, 92), tint(0.74, 0.13, 68)
_MOON, _NIGHT = tint(0.97, 0.03, 100), tint(0.26, 0.06, 268)
_LIT = 0.55  # of all windows


def _sky(brush: Brush, palette: Palette, clear: bool) -> None:
    """Stars, and the moon where the sun is by day. Clouds hide both."""
    if not clear:
        return
    chance = np.random.default_rng(palette.variant + 31)
    for x, y, size in chance.uniform(size=(110, 3)):
        brush.fill(oval((-WIDE + 2 * WIDE * x, -1.2 + 1.15 * y), 0.0016 + 0.0022 * size**4, 0.0016 + 0.0022 * size**4), _MOON,
                   alpha=0.35 + 0.5 * size)  # fmt: skip
    moon = (0.55 - 4 * palette.shift, -0.33)
    brush.glow(moon, 0.42, _MOON, 0.35)
    brush.fill(oval(moon, 0.052, 0.052), _MOON)
    for across, down, radius in ((-0.015, -0.012, 0.011), (0.017, 0.010, 0.014), (0.004, -0.026, 0.007)):
        brush.fill(oval((moon[0] + across, moon[1] + down), radius, radius), tint(0.90, 0.03, 100))


def _sunset(brush: Brush, palette: Palette, clear: bool) -> None:
    """From violet above to gold at the horizon, with the sun just over it; clouds show through."""
    if not clear:
        return
    bands = (
        (-1.4, -0.30, tint(0.55, 0.09, 310), tint(0.74, 0.12, 20)),
        (-0.30, 0.35, tint(0.74, 0.12, 20), tint(0.90, 0.13, 80)),
    )
    for top, low, above, below in bands:
        brush.fill(box(-WIDE, top, WIDE, low + 0.002), above, below, alpha=0.72)
    sun = (0.55 - 4 * palette.shift, -0.10)
    brush.glow(sun, 0.75, _PALE, 0.75)
    brush.fill(oval(sun, 0.085, 0.085), tint(0.98, 0.07, 95))


def _far_windows(top: float, step: float, first: float, seed: int, brush: Brush, palette: Palette, _clear: bool) -> None:
    """Small windows in towers far away."""
    chance = np.random.default_rng(palette.variant + seed)
    for k in range(26):
        for row in range(5):
            for column in (-0.05, 0.0, 0.05):
                if chance.uniform() < 0.16:
                    left, high = first + step * k + column, top + 0.07 * row
                    brush.fill(box(left - 0.012, high, left + 0.012, high + 0.026), _WARM, alpha=0.75)


def _office_view(brush: Brush, palette: Palette, clear: bool) -> None:
    """The town behind the office's glass."""
    brush.fill(box(-WIDE, -2.2, WIDE, 0.6), _NIGHT, alpha=0.78)
    _far_windows(-0.26, 0.21, -2.6, 43, brush, palette, clear)


def _street_houses(brush: Brush, palette: Palette, _clear: bool) -> None:
    """Half of the windows, and what the shops throw onto the pavement."""
    chance = np.random.default_rng(palette.variant + 47)
    for house in houses(palette.shift, palette.variant):
        x = house.x
        for left, high, right, low in house.panes:
            if chance.uniform() < _LIT and high < 0.08:
                _window(brush, (left, high), (right - left, low - high))
        if chance.uniform() < 0.75:
            brush.fill(box(x - 0.34, 0.215, x + 0.34, 0.40, 0.006), _PALE, _WARM, alpha=0.80)
            brush.glow((x, 0.34), 0.50, _WARM, 0.35)
            spill = polygon([(x - 0.30, 0.43), (x + 0.30, 0.43), (x + 0.44, 0.62), (x - 0.44, 0.62)])
            brush.fill(spill, _WARM, alpha=0.12)


def _window(brush: Brush, corner: Point, size: tuple[float, float]) -> None:
    left, high, wide, tall = *corner, *size
    brush.glow((left + wide / 2, high + tall / 2), 1.1 * max(size), _WARM, 0.28)
    brush.fill(box(left, high, left + wide, high + tall, 0.01), _PALE, _WARM, alpha=0.92)
    bars = _SHADE
    brush.fill(box(left + 0.48 * wide, high, left + 0.52 * wide, high + tall), bars, alpha=0.8)
    brush.fill(box(left, high + 0.42 * tall, left + wide, high + 0.46 * tall), bars, alpha=0.8)


def _street_lamps(brush: Brush, palette: Palette, _clear: bool) -> None:
    """Lanterns, and their light down to the ground."""
    for x in (-2.7, -0.86, 1.02, 2.9):
        lamp = (x - palette.shift - 0.13, -0.315)
        cone = polygon([(lamp[0] - 0.04, lamp[1]), (lamp[0] + 0.04, lamp[1]), (lamp[0] + 0.42, 0.62), (lamp[0] - 0.42, 0.62)])
        brush.fill(cone, _PALE, alpha=0.07)
        brush.glow(lamp, 0.40, _WARM, 0.55)
        brush.fill(oval(lamp, 0.046, 0.036), _PALE)


def _moonlit_sea(brush: Brush, palette: Palette, clear: bool) -> None:
    """The moon's path on the water."""
    if not clear:
        return
    chance = np.random.default_rng(palette.variant + 53)
    for across, down, long in chance.uniform(size=(60, 3)):
        x = 0.55 - 4 * palette.shift + (across - 0.5) * (0.16 + 0.5 * down)
        brush.fill(oval((x, 0.012 + 0.19 * down), 0.02 + 0.05 * long, 0.0022 + 0.002 * down), _MOON, alpha=0.55 - 0.25 * down)


def _floor_lamps(brush: Brush, palette: Palette, _clear: bool) -> None:
    """The shades of the living room's lamps, and the walls around them."""
    sofa = -0.18 - palette.shift
    for x in (sofa - 2.6, sofa, sofa + 2.6):
        lamp = x + 1.05
        brush.glow((lamp, -0.2), 0.95, _WARM, 0.50)
        shade = polygon([(lamp - 0.08, -0.32), (lamp + 0.08, -0.32), (lamp + 0.15, -0.10), (lamp - 0.15, -0.10)])
        brush.fill(shade, _PALE, _WARM, alpha=0.95)


def _sconces(brush: Brush, palette: Palette, clear: bool) -> None:
    """Lamps at the library's wall, beside its windows."""
    _room("library", (-1.2, 0.6, 2.2), 0.40, brush, palette, clear)
    for window in (-2.2, -0.1, 2.0):
        for side in (-1, 1):
            x = window + palette.shift + 0.34 * side
            brush.glow((x, -0.20), 0.46, _WARM, 0.55)
            brush.fill(box(x - 0.010, -0.12, x + 0.010, 0.02, 0.008), tint(0.45, 0.07, 70))
            shade = polygon([(x - 0.042, -0.24), (x + 0.042, -0.24), (x + 0.075, -0.11), (x - 0.075, -0.11)])
            brush.fill(shade, _PALE, _WARM, alpha=0.95)


def _room(name: str, places: tuple[float, ...], strength: float, brush: Brush, palette: Palette, _clear: bool) -> None:
    """It is dark behind the glass; light of lamps above the picture."""
    for x in places:
        brush.glow((x + palette.shift, -0.45), 1.25, _WARM, strength)
    for pane in PANES[name][1](palette.shift) if name in PANES else ():
        brush.fill(box(*map(float, pane)), _NIGHT, alpha=0.80)


_BY_NIGHT: dict[str, Light] = {
    "street_sky": _sky, "park_sky": _sky, "beach_sky": _sky, "mountain_sky": _sky,
    "street_far": partial(_far_windows, -0.28, 0.29, -3.1, 41), "office_view": _office_view,
    "street_houses": _street_houses, "street_near": _street_lamps, "beach_sea": _moonlit_sea, "living_furniture": _floor_lamps,
    "living_wall": partial(_room, "living room", (), 0.0), "kitchen_wall": partial(_room, "kitchen", (-1.3, 0.0, 1.3), 0.45),
    "office_wall": partial(_room, "", (-1.5, 0.0, 1.5), 0.30), "class_wall": partial(_room, "", (-1.5, 0.0, 1.5), 0.40),
    "library_wall": _sconces, "library_shelves": partial(_room, "", (-1.2, 0.6, 2.2), 0.30),
}  # fmt: skip
_AT_SUNSET: dict[str, Light] = {"street_sky": _sunset, "park_sky": _sunset, "beach_sky": _sunset, "mountain_sky": _sunset}
LIGHTS = {"night": _BY_NIGHT, "sunset": _AT_SUNSET}
"""Light of a place -> painter of a layer -> what shines there."""
