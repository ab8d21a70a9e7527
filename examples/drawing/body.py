"""Neck, shoulders and clothes, lit like the face."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import skia

from drawing.head import Person
from drawing.paper import Array, Colour, Frame, Points, blend, curve, darken, ink, tapered
from drawing.relief import CLOTH, SKIN, Light, Surface, bump, linear, lit


@dataclass(frozen=True)
class Figure:
    """The body below the chin: half widths by y, what is worn, its opening at the neck and its folds."""

    outline: tuple[tuple[float, float], ...] = (
        (0.5, 0.53),
        (1.2, 0.53),
        (1.5, 0.55),
        (1.68, 0.64),
        (1.82, 0.86),
        (1.94, 1.25),
        (2.06, 1.66),
        (2.2, 1.98),
        (2.42, 2.2),
        (2.8, 2.36),
        (3.3, 2.46),
        (4.5, 2.6),
    )
    cloth: Colour = (0.07, 0.36, 0.40)
    opening: Points = ()
    folds: tuple[Points, ...] = ()
    hem: Colour = (0.10, 0.42, 0.46)
    thickness: float = 0.06
    rib: float = 0.0
    bones: float = 1.0
    soft_bones: float = 0.0
    skin: Surface = SKIN


def _width(figure: Figure, y: Array) -> Array:
    knots = np.array(figure.outline)
    fine = np.linspace(0, 5, 1001)
    kernel = np.exp(-(np.linspace(-2.5, 2.5, 51) ** 2))
    smooth = np.convolve(np.pad(np.interp(fine, knots[:, 0], knots[:, 1]), 25, mode="edge"), kernel / kernel.sum(), "valid")
    return np.interp(y, fine, smooth).astype(np.float32)


def body_path(figure: Figure, thicker: float = 0.0) -> skia.Path:
    """The silhouette from the neck down."""
    y = np.linspace(0.75, 4.6, 200).astype(np.float32)
    x = _width(figure, y) + thicker * (y > 1.7)
    path = skia.Path()
    right = list(zip(x.tolist(), y.tolist(), strict=True))
    path.addPoly([skia.Point(*p) for p in right] + [skia.Point(-px, py) for px, py in reversed(right)], True)
    return path


def strokes(frame: Frame, lines: Sequence[Points], width: float, blur: float) -> Array:
    """Soft ridges along lines, `H W` in [0, 1]."""

    def draw(canvas: skia.Canvas) -> None:
        for line in lines:
            canvas.drawPath(curve(line), ink((1, 1, 1), 1.0, blur, width))

    return frame.soften(frame.paint(draw)[..., 3], blur * 0.6)


def drapes(frame: Frame, lines: Sequence[Points], width: float, blur: float) -> Array:
    """Folds that are thick where they start and fade where they end, `H W` in [0, 1]."""

    def draw(canvas: skia.Canvas) -> None:
        for line in lines:
            middle = (
                line[len(line) // 2][0] * 2 - (line[0][0] + line[-1][0]) / 2,
                line[len(line) // 2][1] * 2 - (line[0][1] + line[-1][1]) / 2,
            )
            canvas.drawPath(tapered([line[0], middle, line[-1]], width), ink((1, 1, 1), 1.0, blur))

    return frame.soften(frame.paint(draw)[..., 3], blur)


def _relief(figure: Figure, frame: Frame) -> Array:
    x, y = frame.grid()
    ratio = (np.abs(x) / np.maximum(_width(figure, y), 0.1)).clip(0, 0.99)
    depth = np.interp(y, (0.8, 1.3, 1.7, 2.0, 2.4, 3.0, 4.5), (0.35, 0.38, 0.45, 0.66, 0.9, 1.15, 1.2))
    return frame.soften((depth * (1 - ratio**2.4) ** 0.45).astype(np.float32), 0.05)


def draw_body(picture: Array, person: Person, figure: Figure, frame: Frame, light: Light) -> Array:
    """The picture with neck, chest and clothes; the head goes on top."""
    x, y = frame.grid()
    side = np.abs(x)
    base = _relief(figure, frame)
    bones: list[Points] = [[(0.10 * s, 2.13), (0.5 * s, 2.04), (1.0 * s, 1.96), (1.45 * s, 1.99)] for s in (-1, 1)]
    tendons: list[Points] = [[(0.50 * s, 1.15), (0.33 * s, 1.65), (0.11 * s, 2.06)] for s in (-1, 1)]
    ridges = 0.075 * strokes(frame, bones, 0.05, 0.03) + 0.06 * strokes(frame, tendons, 0.07, 0.045)
    ridges -= 0.06 * bump(x, y, (0, 2.11), (0.08, 0.08)) + 0.05 * bump(side, y, (0.62, 1.95), (0.3, 0.06), -8)
    flesh = base + figure.bones * frame.soften(ridges.astype(np.float32), figure.soft_bones)
    albedo = np.broadcast_to(linear(person.skin), (*x.shape, 3)).astype(np.float32)
    albedo = blend(albedo, linear(person.blush), 0.22 * bump(x, y, (0, 2.3), (0.8, 0.35)) + 0.1)
    image = lit(flesh.astype(np.float32), albedo, frame, light, figure.skin)
    under = bump(x, y, (0.1, 1.22), (0.75, 0.42)) * 0.92
    image = darken(image, under, (0.48, 0.28, 0.25))
    picture = blend(picture, image, frame.mask(body_path(figure), 0.004))
    return _dress(picture, figure, frame, light, base) if figure.opening else picture


def _dress(picture: Array, figure: Figure, frame: Frame, light: Light, base: Array) -> Array:
    opening = curve(figure.opening, close=True)
    worn = frame.mask(body_path(figure, 0.05), 0.004) * (1 - frame.mask(opening)) * (frame.grid()[1] > 1.3)
    rim = frame.mask(opening)
    band = (frame.soften(rim, 0.05) * 2).clip(0, 1) * (1 - rim)
    height = base + figure.thickness * (1 - frame.soften(rim, 0.02)) + 0.03 * frame.soften(band, 0.015)
    height += 0.12 * drapes(frame, figure.folds, 0.17, 0.05) + 0.05 * drapes(frame, figure.folds, 0.07, 0.02)
    x, y = frame.grid()
    height += 0.02 * np.sin(3.1 * x + 1.7 * np.sin(2.3 * y)) * np.sin(4.3 * y + 1.1 * np.sin(2.9 * x))
    height += figure.rib * np.sin(2 * np.pi * 13 * (x + 0.05 * np.sin(2.6 * y))) * (1 - band)
    height += figure.rib * 1.3 * np.sin(2 * np.pi * 15 * np.arctan2(x, 2.2 - y)) * band
    albedo = blend(np.broadcast_to(linear(figure.cloth), (*x.shape, 3)).astype(np.float32), linear(figure.hem), band)
    image = lit(height.astype(np.float32), albedo, frame, light, CLOTH)
    shade = frame.shift(frame.soften(worn, 0.03), 0.02, 0.05) * (1 - worn) * frame.mask(body_path(figure))
    picture = darken(picture, (shade * 0.6).clip(0, 1), (0.4, 0.26, 0.24))
    return blend(picture, image, worn)
