"""Hair: locks of many tapered strands between guide curves, each piece of a strand lit as a thin cylinder.

The highlight is Kajiya and Kay's (1989): brightest where the strand runs across the half vector of light and eye.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import skia

from drawing.paper import Array, Colour, Frame, Points, curve, ink, tapered
from drawing.relief import Light, unit


@dataclass(frozen=True)
class Sheet:
    """Hair between two guide curves (root first). `wave` is the swing in face units, `shade` darkens what lies behind."""

    inner: Points
    outer: Points
    locks: int = 20
    strands: int = 44
    wave: float = 0.1
    waves: float = 2.1
    shade: float = 1.0
    width: float = 0.0115
    gather: float = 0.35
    fray: float = 0.012
    between: tuple[Points, ...] = ()


PIECES = 44


def along(points: Points, count: int = PIECES) -> Array:
    """A guide curve resampled to `count 2`, evenly in length, smooth."""
    knots = np.asarray(points, np.float64)
    before, after = np.vstack([2 * knots[:1] - knots[1:2], knots[:-1]]), np.vstack([knots[1:], 2 * knots[-1:] - knots[-2:-1]])
    slopes = (after - before) / 2
    t = np.linspace(0, len(knots) - 1, 400)
    index = np.minimum(t.astype(int), len(knots) - 2)
    s = (t - index)[:, None]
    a, b, da, db = knots[index], knots[index + 1], slopes[index], slopes[index + 1]
    fine = (2 * s**3 - 3 * s**2 + 1) * a + (s**3 - 2 * s**2 + s) * da + (3 * s**2 - 2 * s**3) * b + (s**3 - s**2) * db
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(fine, axis=0), axis=1))])
    even = np.linspace(0, length[-1], count)
    return np.stack([np.interp(even, length, fine[:, axis]) for axis in (0, 1)], 1).astype(np.float32)


def lay(sheet: Sheet, share: Array) -> Array:
    """Curves at shares 0..1 between the guides: `N PIECES 2`."""
    guides = np.stack([along(points) for points in (sheet.inner, *sheet.between, sheet.outer)])
    place = share.clip(0, 1) * (len(guides) - 1)
    index = np.minimum(place.astype(int), len(guides) - 2)
    part = (place - index)[:, None, None]
    return guides[index] * (1 - part) + guides[index + 1] * part


def sides(curves: Array) -> Array:
    """Unit vectors across curves."""
    tangent = np.gradient(curves, axis=-2)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=-1, keepdims=True), 1e-6)
    return np.stack([-tangent[..., 1], tangent[..., 0]], -1)


def brightness(curves: Array, light: Light) -> tuple[Array, Array, Array]:
    """Diffuse, highlight and rim of each piece of strand, three `N PIECES`."""
    x, y = curves[..., 0], curves[..., 1]
    crown = np.minimum(y + 0.25, 0) / 1.45
    round_ = 1 - (x / 1.75) ** 2 - crown**2
    z = np.sqrt(round_.clip(0.02, 1))
    path = np.concatenate([curves, 1.1 * z[..., None]], -1)
    tangent = np.gradient(path, axis=-2)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=-1, keepdims=True), 1e-6)
    normal = np.stack([x / 1.75, crown, z], -1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    key, rim = np.array(unit(light.key)), np.array(unit(light.rim))
    half = np.array(unit((key[0], key[1], key[2] + 1)))
    facing = ((normal @ key + 0.35) / 1.35).clip(0, 1)
    lean = tangent + 0.12 * normal
    lean /= np.linalg.norm(lean, axis=-1, keepdims=True)
    shine = np.sqrt((1 - (lean @ half) ** 2).clip(0, 1)) ** 42 * facing
    edge = (normal @ rim + 0.1).clip(0, 1) * (1 - z) ** 0.8
    return facing, shine, edge


def draw_sheet(canvas: skia.Canvas, sheet: Sheet, colour: Colour, light: Light, seed: int) -> None:
    """One sheet of hair, lock after lock in an order of its own."""
    random = np.random.default_rng(seed)
    centres = (np.arange(sheet.locks) + 0.5 + random.uniform(-0.35, 0.35, sheet.locks)) / sheet.locks
    half = 1.1 / sheet.locks
    t = np.linspace(0, 1, PIECES)
    for lock in random.permutation(sheet.locks):
        narrow = 1 - sheet.gather * np.sin(t * np.pi * 0.5) ** 2
        spread = np.sort(random.uniform(-1, 1, sheet.strands))
        spread = spread[random.permutation(sheet.strands)]
        curves = _strands(sheet, centres[lock], half, spread, narrow, random)
        facing, shine, edge = brightness(curves, light)
        tone = sheet.shade * random.uniform(0.82, 1.12)
        middle = curves[np.abs(spread).argsort()[: max(4, sheet.strands // 4)]].mean(0)
        _underlay(canvas, middle, half, sheet, tuple(0.3 * tone * v for v in colour))
        light_of = (
            tone * (0.2 + 0.9 * facing) * (1 - 0.45 * np.exp(-((t / 0.09) ** 2))) * (1 - 0.42 * np.abs(spread)[:, None] ** 1.6)
        )
        glow = (sheet.shade * (1.05 * shine * random.uniform(0.5, 1.15, (sheet.strands, 1))), 0.9 * sheet.shade * edge)
        _draw(canvas, curves, _colours(colour, light, light_of, glow, random), sheet, random)


def draw_wisps(canvas: skia.Canvas, sheet: Sheet, colour: Colour, light: Light, seed: int) -> None:
    """Single loose hairs between the guides, `locks` times a few that run together; `fray` is how far they stray."""
    random = np.random.default_rng(seed)
    t = np.linspace(0, 1, PIECES)
    for centre in random.uniform(0, 1, sheet.locks):
        near = (centre + random.normal(0, 0.05, sheet.strands)).astype(np.float32)
        curves = lay(sheet, near)
        stray = random.normal(0, sheet.fray) * t**1.5 + random.normal(0, sheet.fray * 0.4, (sheet.strands, 1)) * t
        swing = sheet.wave * np.sin(2 * np.pi * (sheet.waves * t + random.uniform(0, 0.3))) * t
        curves = curves + sides(curves) * (stray + swing)[..., None]
        ends = random.uniform(0.7, 1.0, sheet.strands)
        starts = random.uniform(0, sheet.gather, sheet.strands)
        curves = np.stack([_shorten(line, float(a), float(b)) for line, a, b in zip(curves, starts, ends, strict=True)])
        facing, shine, edge = brightness(curves, light)
        glow = (0.8 * sheet.shade * shine, 0.9 * sheet.shade * edge)
        _draw(canvas, curves, _colours(colour, light, sheet.shade * (0.3 + 0.8 * facing), glow, random), sheet, random)


def _strands(sheet: Sheet, centre: float, half: float, spread: Array, narrow: Array, random: np.random.Generator) -> Array:
    t = np.linspace(0, 1, PIECES)
    core = lay(sheet, np.full(1, centre, np.float32))[0]
    wide = lay(sheet, (centre + spread * half).astype(np.float32))
    curves = core + (wide - core) * narrow[None, :, None]
    phase = random.uniform(0, 0.22) + 0.5 * centre
    swing = sheet.wave * np.interp(t, (0, 0.3, 0.6, 1), (0, 0.25, 0.9, 1.1)) * np.sin(2 * np.pi * (sheet.waves * t + phase))
    loose = random.normal(0, sheet.fray, (len(spread), 1)) * t + random.normal(0, sheet.fray * 0.4, (len(spread), 1)) * np.sin(
        9 * t
    )
    across = sides(curves)
    cut = random.uniform(0.9, 1.0, (len(spread), 1, 1))
    curves = curves + across * (swing[None] + loose)[..., None]
    root = random.uniform(0, 0.05, len(spread))
    return np.stack(
        [_shorten(line, float(start), float(end)) for line, start, end in zip(curves, root, cut[:, 0, 0], strict=True)]
    )


def _shorten(curve: Array, start: float, end: float) -> Array:
    place = np.linspace(start * (PIECES - 1), end * (PIECES - 1), PIECES)
    return np.stack([np.interp(place, np.arange(PIECES), curve[:, axis]) for axis in (0, 1)], 1)


def _underlay(canvas: skia.Canvas, middle: Array, half: float, sheet: Sheet, colour: Colour) -> None:
    width = np.linalg.norm(along(sheet.outer) - along(sheet.inner), axis=1) * half * 0.8
    across = sides(middle)
    taper = np.linspace(1, 0.35, PIECES)
    edge = across * (width * taper + 0.008)[:, None]
    path = skia.Path()
    path.addPoly([skia.Point(*point) for point in np.vstack([middle + edge, (middle - edge)[::-1]]).tolist()], True)
    canvas.drawPath(path, ink(colour, 0.55, 0.012))


def _colours(colour: Colour, light: Light, diffuse: Array, glow: tuple[Array, Array], random: np.random.Generator) -> Array:
    shine, edge = glow
    base = (
        np.array(colour) * random.uniform(0.75, 1.25, (len(diffuse), 1, 1)) * (1 + random.normal(0, 0.04, (len(diffuse), 1, 3)))
    )
    warm = np.sqrt(np.array(colour)) * np.array(light.key_colour) * 0.62
    cool = np.array(light.rim_colour) * 0.42
    return (base * 1.5 * diffuse[..., None] + warm * shine[..., None] + cool * edge[..., None]).clip(0, 1)


def _draw(canvas: skia.Canvas, curves: Array, colours: Array, sheet: Sheet, random: np.random.Generator) -> None:
    taper = np.interp(np.linspace(0, 1, PIECES), (0, 0.06, 0.6, 1), (0.35, 1, 0.9, 0.2))
    for line, tones in zip(curves.tolist(), colours.tolist(), strict=True):
        thick = sheet.width * random.uniform(0.5, 1.1)
        for index in range(PIECES - 1):
            paint = ink(tones[index], 1.0, 0, thick * taper[index])
            canvas.drawLine(*line[index], *line[index + 1], paint)


def stubble(canvas: skia.Canvas, density: Array, frame: Frame, colour: Colour, size: tuple[float, float], seed: int) -> None:
    """Short hairs that grow downwards and outwards where `density` (`H W` in [0, 1]) allows; `size` is (length, thickness)."""
    random = np.random.default_rng(seed)
    x, y = frame.grid()
    count = int(density.sum() / frame.unit**2 * 5200)
    places = random.choice(
        density.size,
        count,
        p=(density / density.sum()).ravel().astype(np.float64) / (density / density.sum()).sum(dtype=np.float64),
    )
    for place in places:
        px, py = float(x.flat[place]), float(y.flat[place])
        length = size[0] * random.uniform(0.6, 1.2)
        lean = 0.55 * px + random.normal(0, 0.28)
        tip = (px + length * np.sin(lean), py + length * np.cos(lean))
        bend = (px + 0.5 * length * np.sin(lean * 1.6), py + 0.5 * length * np.cos(lean))
        shade = random.uniform(0.5, 1.45) * (1.25 - 0.3 * px)
        canvas.drawPath(tapered([(px, py), bend, tip], size[1]), ink([min(1.0, v * shade) for v in colour], 0.5))


def mass(points: Sequence[tuple[float, float]]) -> skia.Path:
    """A closed smooth shape under the strands."""
    return curve(points, close=True)
