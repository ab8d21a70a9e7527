"""The head: its relief, its skin, and the shape of eyes and mouth that everything else agrees with."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import skia

from drawing.paper import Array, Colour, Frame, blend, curve, darken, ink
from drawing.relief import SKIN, Light, bump, linear, lit

EYE = (0.445, 0.02)
EYE_HALF = 0.232


@dataclass(frozen=True)
class Person:
    """What tells one drawn person from another. Colours are sRGB; lengths are face units."""

    skin: Colour = (0.89, 0.70, 0.59)
    blush: Colour = (0.86, 0.45, 0.40)
    lips: Colour = (0.74, 0.36, 0.35)
    iris: Colour = (0.34, 0.40, 0.27)
    hair: Colour = (0.26, 0.135, 0.085)
    brow: Colour = (0.30, 0.18, 0.12)
    outline: tuple[tuple[float, float], ...] = (
        (-1.44, 0.0),
        (-1.40, 0.34),
        (-1.25, 0.66),
        (-1.0, 0.89),
        (-0.7, 0.99),
        (-0.35, 1.0),
        (-0.1, 0.985),
        (0.1, 0.975),
        (0.35, 0.94),
        (0.6, 0.865),
        (0.8, 0.765),
        (0.98, 0.645),
        (1.13, 0.505),
        (1.24, 0.38),
        (1.32, 0.27),
        (1.362, 0.15),
        (1.378, 0.0),
    )
    nose_width: float = 0.86
    lip_fullness: float = 1.08
    mouth_half: float = 0.355
    smile: float = 0.08
    brow_weight: float = 1.0
    brow_height: float = 0.0
    lashes: float = 1.0
    eye_open: float = 1.1
    freckles: int = 0


def half_width(person: Person, y: Array) -> Array:
    """Half the face's width at each y."""
    knots = np.array(person.outline)
    fine = np.linspace(knots[0, 0], knots[-1, 0], 2001)
    width = np.interp(fine, knots[:, 0], knots[:, 1] ** 2)
    kernel = np.exp(-(np.linspace(-2.5, 2.5, 121) ** 2))
    width = np.convolve(np.pad(width, 60, mode="reflect", reflect_type="odd"), kernel / kernel.sum(), "valid")
    return np.interp(y, fine, np.sqrt(width.clip(0, None)), left=0, right=0).astype(np.float32)


def face_path(person: Person) -> skia.Path:
    """The face's silhouette."""
    y = np.linspace(person.outline[0][0], person.outline[-1][0], 220)
    width = half_width(person, y.astype(np.float32))
    right = list(zip(width.tolist(), y.tolist(), strict=True))
    path = skia.Path()
    path.addPoly([skia.Point(px, py) for px, py in right] + [skia.Point(-px, py) for px, py in reversed(right)], True)
    return path


def mouth_line(person: Person, x: Array) -> Array:
    """y of the line between the lips."""
    across = (x / person.mouth_half).clip(-1.3, 1.3)
    return (
        0.868
        - person.smile * across**2 * 1.1
        + 0.008 * np.exp(-((across / 0.22) ** 2))
        - 0.007 * np.exp(-(((np.abs(across) - 0.42) / 0.2) ** 2))
    )


def lip_paths(person: Person) -> tuple[skia.Path, skia.Path]:
    """Upper and lower lip as areas that meet on the mouth line."""
    across = np.linspace(-1, 1, 61)
    line = mouth_line(person, across * person.mouth_half)
    taper = (1 - np.abs(across) ** 2.3) ** 0.8
    bow = 1 + 0.17 * np.exp(-(((np.abs(across) - 0.24) / 0.17) ** 2)) - 0.16 * np.exp(-((across / 0.1) ** 2))
    top = line - person.lip_fullness * 0.1 * (1 - np.abs(across) ** 1.35) ** 0.95 * bow
    low = line + person.lip_fullness * 0.128 * taper * (1 - 0.12 * across**2)
    xs = across * person.mouth_half
    return _between(xs, top, line + 0.004), _between(xs, line - 0.004, low)


def _between(x: Array, top: Array, low: Array) -> skia.Path:
    path = skia.Path()
    upper = [skia.Point(float(a), float(b)) for a, b in zip(x, top, strict=True)]
    lower = [skia.Point(float(a), float(b)) for a, b in zip(x[::-1], low[::-1], strict=True)]
    path.addPoly(upper + lower, True)
    return path


def relief(person: Person, frame: Frame) -> Array:
    """Height of the face towards the viewer, `H W`, face units."""
    x, y = frame.grid()
    width = np.maximum(half_width(person, y), 0.02)
    depth_at = (
        (-1.46, 0.05),
        (-1.3, 0.5),
        (-1.0, 0.83),
        (-0.6, 1.0),
        (-0.2, 1.06),
        (0.2, 1.08),
        (0.6, 1.1),
        (0.9, 1.08),
        (1.15, 1.0),
        (1.28, 0.88),
        (1.37, 0.68),
        (1.42, 0.45),
    )
    depth = _smooth(y, *np.array(depth_at).T, 0.1)
    ratio = (np.abs(x) / width).clip(0, 0.992)
    height = frame.soften((depth * (1 - ratio**2.5) ** 0.42).astype(np.float32), 0.05)
    side = np.abs(x)
    height += _nose(person, x, y) + _sockets(side, y)
    height += 0.075 * bump(side, y, (0.56, 0.30), (0.26, 0.2), 25) - 0.05 * bump(side, y, (0.86, -0.35), (0.2, 0.3))
    height += 0.085 * bump(x, y, (0, 0.86), (0.4, 0.24)) + 0.06 * bump(x, y, (0, 1.21), (0.2, 0.12))
    height -= 0.05 * bump(x, y, (0, 1.05), (0.2, 0.05)) + 0.02 * bump(x, y, (0, 0.69), (0.032, 0.07))
    height += 0.012 * (bump(side, y, (0.06, 0.69), (0.03, 0.08)))
    height -= 0.016 * bump(side, y, (0.40, 0.70), (0.05, 0.16), -28) + 0.03 * bump(
        side, y, (person.mouth_half + 0.03, mouth_line(person, np.float32(person.mouth_half)) - 0.005), (0.04, 0.03)
    )
    return (frame.soften(height.astype(np.float32), 0.012) + _lips(person, x, y)).astype(np.float32)


def _smooth(y: Array, knots: Sequence[float], values: Sequence[float], width: float = 0.05) -> Array:
    """Values between knots, rounded off over `width` face units."""
    fine = np.linspace(-2, 2, 1601)
    kernel = np.exp(-((np.arange(-160, 161) * 0.0025 / width) ** 2))
    return np.interp(
        y, fine, np.convolve(np.pad(np.interp(fine, knots, values), 160, mode="edge"), kernel / kernel.sum(), "valid")
    )


def _nose(person: Person, x: Array, y: Array) -> Array:
    rise = _smooth(
        y, (-0.45, -0.3, -0.1, 0.1, 0.3, 0.43, 0.5, 0.56, 0.62, 0.7), (0, 0.035, 0.07, 0.15, 0.26, 0.34, 0.36, 0.29, 0.1, 0)
    )
    spread = _smooth(y, (-0.4, -0.1, 0.2, 0.42, 0.55, 0.65), (0.2, 0.1, 0.11, 0.16, 0.19, 0.2)) * person.nose_width
    wing = 0.185 * person.nose_width
    side = np.abs(x)
    nose = rise * np.exp(-((side / spread) ** 2)) + 0.075 * bump(x, y, (0, 0.475), (0.11, 0.1))
    nose += 0.13 * bump(side, y, (wing, 0.535), (0.07, 0.07)) - 0.05 * bump(side, y, (wing + 0.09, 0.52), (0.045, 0.1))
    nose -= 0.07 * bump(side, y, (0.095 * person.nose_width, 0.60), (0.045, 0.022), -12)
    return nose


def _sockets(side: Array, y: Array) -> Array:
    sockets = -0.15 * bump(side, y, (0.41, -0.03), (0.28, 0.145)) - 0.09 * bump(side, y, (0.19, 0.0), (0.09, 0.12))
    sockets += 0.075 * bump(side, y, (EYE[0], EYE[1]), (0.24, 0.13)) + 0.05 * bump(side, y, (0.45, -0.25), (0.33, 0.09), 6)
    return sockets - 0.010 * bump(side, y, (0.42, 0.19), (0.2, 0.045), 8)


def _lips(person: Person, x: Array, y: Array) -> Array:
    half, full = person.mouth_half, person.lip_fullness
    line = mouth_line(person, x)
    taper = (1 - (np.abs(x) / (half * 1.04)).clip(0, 1) ** 2.4) ** 0.7
    upper = 0.05 * np.exp(-(((y - line + 0.045 * full) / (0.042 * full)) ** 2))
    lower = 0.085 * np.exp(-(((y - line - 0.062 * full) / (0.058 * full)) ** 2)) * (1 - 0.14 * np.exp(-((x / 0.03) ** 2)))
    groove = -0.055 * np.exp(-(((y - line) / 0.016) ** 2))
    return (upper + lower + groove) * taper


def skin(person: Person, frame: Frame) -> Array:
    """The face's albedo, linear `H W 3`: red where blood is near, pale on the brow, lips, nostrils."""
    x, y = frame.grid()
    side = np.abs(x)
    albedo = np.broadcast_to(linear(person.skin), (frame.height, frame.width, 3)).astype(np.float32)
    blush = linear(person.blush)
    red = (
        0.42 * bump(side, y, (0.60, 0.36), (0.26, 0.2))
        + 0.34 * bump(x, y, (0, 0.5), (0.2, 0.12))
        + 0.14 * bump(x, y, (0, 1.2), (0.25, 0.15))
    )
    albedo = blend(albedo, blush, (red + 0.2 * bump(side, y, (0.4, -0.06), (0.26, 0.08))).clip(0, 0.6))
    albedo = blend(albedo, blush * 0.55, 0.26 * bump(side, y, (0.38, 0.13), (0.22, 0.07), 8))
    nostril = curve([(0.035, 0.607), (0.075, 0.585), (0.125, 0.59), (0.142, 0.607), (0.11, 0.617), (0.06, 0.617)], close=True)
    for turn in (1, -1):
        matrix = skia.Matrix.Scale(turn * person.nose_width, 1)
        albedo = blend(albedo, linear((0.22, 0.08, 0.06)), 0.85 * frame.mask(_moved(nostril, matrix), 0.012))
    if person.freckles:
        albedo = blend(albedo, linear((0.55, 0.30, 0.20)), frame.paint(lambda canvas: _freckles(canvas, person.freckles))[..., 3])
    upper, lower = lip_paths(person)
    colour = linear(person.lips)
    albedo = blend(albedo, colour * 0.82, 0.92 * frame.mask(upper, 0.011))
    albedo = blend(albedo, colour, 0.9 * frame.mask(lower, 0.014))
    inside = frame.mask(upper, 0.008) * np.exp(-(((y - mouth_line(person, x)) / 0.045) ** 2))
    albedo = blend(albedo, linear((0.36, 0.15, 0.16)), 0.62 * inside)
    grain = np.sin(x * 95 + 3 * np.sin(y * 21)) * np.sin(x * 41 + 1.3)
    creases = 0.07 * grain * frame.mask(lower, 0.02)
    line = np.exp(-(((y - mouth_line(person, x)) / 0.0075) ** 2)) * (1 - (side / (person.mouth_half * 0.99)) ** 8).clip(0, 1)
    dark = frame.soften((0.8 * line).astype(np.float32), 0.003)
    return blend(albedo * (1 - creases[..., None]), linear((0.26, 0.07, 0.07)), dark)


def _freckles(canvas: skia.Canvas, count: int) -> None:
    random = np.random.default_rng(31)
    for _ in range(count):
        x, y = random.normal(0, 0.36), random.normal(0.3, 0.12)
        canvas.drawCircle(x, y + 0.25 * x * x, random.uniform(0.005, 0.012), ink((0, 0, 0), random.uniform(0.08, 0.3), 0.004))


def _moved(path: skia.Path, matrix: skia.Matrix) -> skia.Path:
    copy = skia.Path(path)
    copy.transform(matrix)
    return copy


def draw_ears(picture: Array, person: Person, frame: Frame, light: Light) -> Array:
    """The picture with both ears, to be drawn before the face."""
    x, y = frame.grid()
    side = np.abs(x)
    lobes = [
        [
            (s * px, py)
            for px, py in ((0.93, -0.2), (1.06, -0.27), (1.155, -0.16), (1.15, 0.06), (1.085, 0.29), (1.02, 0.42), (0.95, 0.38))
        ]
        for s in (-1, 1)
    ]
    mask = sum(frame.mask(curve(points, close=True), 0.004) for points in lobes)
    rim = frame.soften(mask, 0.035) * mask
    height = (
        0.35 * frame.soften(rim, 0.012)
        - 0.13 * bump(side, y, (1.04, 0.02), (0.055, 0.16), 8)
        + 0.05 * bump(side, y, (0.965, 0.05), (0.03, 0.06))
    )
    height += 0.05 * bump(side, y, (1.085, -0.02), (0.02, 0.15), 8)
    albedo = blend(np.broadcast_to(linear(person.skin), (*x.shape, 3)).astype(np.float32), linear(person.blush), 0.35 + 0 * x)
    image = lit(height.astype(np.float32), albedo, frame, light, SKIN)
    image = darken(image, bump(side, y, (1.03, 0.06), (0.05, 0.11), 8), (0.5, 0.27, 0.22))
    return blend(picture, darken(image, (1.1 - side).clip(0, 0.14) * 3, (0.55, 0.4, 0.36)), mask.clip(0, 1))


def draw_face(picture: Array, person: Person, frame: Frame, light: Light) -> Array:
    """The picture with the bare face on it: no eyes, brows or hair yet."""
    image = lit(relief(person, frame), skin(person, frame), frame, light, SKIN)
    return blend(picture, image, frame.mask(face_path(person), 0.004))
