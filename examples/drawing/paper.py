"""Where a drawing lies in its picture, and how skia's strokes and numpy's reliefs come together on it.

Everything of one person is drawn in *face units*: the face is 2 wide, its middle between the eyes is (0, 0), y points
down. A `Frame` places that in the picture. Pictures are `H W 3` float32 sRGB in [0, 1].
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

Array = NDArray[np.float32]
Colour = tuple[float, float, float]
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Frame:
    """Picture size in pixels, where (0, 0) of the face lies, pixels per face unit, and the head's roll in degrees."""

    width: int
    height: int
    x: float
    y: float
    unit: float
    roll: float = 0.0

    def grid(self) -> tuple[Array, Array]:
        """Face coordinates of every pixel, two `H W` arrays."""
        rows, columns = np.mgrid[0 : self.height, 0 : self.width].astype(np.float32)
        angle = np.deg2rad(self.roll)
        dx, dy = (columns + 0.5 - self.x) / self.unit, (rows + 0.5 - self.y) / self.unit
        across, down = np.cos(angle) * dx + np.sin(angle) * dy, np.cos(angle) * dy - np.sin(angle) * dx
        return across.astype(np.float32), down.astype(np.float32)

    def paint(self, draw: Callable[[skia.Canvas], None]) -> Array:
        """What `draw` leaves on an empty canvas in face units: `H W 4`, straight alpha, sRGB in [0, 1]."""
        pixels = np.zeros((self.height, self.width, 4), np.uint8)
        info = skia.ImageInfo.Make(self.width, self.height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        surface = skia.Surface.MakeRasterDirect(info, pixels)
        canvas = surface.getCanvas()
        canvas.translate(self.x, self.y)
        canvas.rotate(self.roll)
        canvas.scale(self.unit, self.unit)
        draw(canvas)
        surface.flushAndSubmit()
        layer = pixels.astype(np.float32) / 255
        layer[..., :3] /= np.maximum(layer[..., 3:], 1 / 255)
        return layer.clip(0, 1)

    def mask(self, path: skia.Path, blur: float = 0.0) -> Array:
        """`H W` in [0, 1]: the inside of a path, its edge softened by `blur` face units."""
        layer = self.paint(lambda canvas: canvas.drawPath(path, ink((1, 1, 1))))
        return self.soften(layer[..., 3], blur)

    def soften(self, image: Array, blur: float) -> Array:
        """Gaussian blur with a sigma of `blur` face units."""
        sigma = blur * self.unit
        return cv2.GaussianBlur(image, (0, 0), sigma) if sigma > 0.2 else image

    def shift(self, image: Array, dx: float, dy: float) -> Array:
        """The image moved by face units (along the picture's axes)."""
        move = np.array([[1, 0, dx * self.unit], [0, 1, dy * self.unit]], np.float32)
        return cv2.warpAffine(image, move, (self.width, self.height), borderMode=cv2.BORDER_REPLICATE)


def ink(colour: Colour, alpha: float = 1.0, blur: float = 0.0, width: float = 0.0) -> skia.Paint:
    """A fill, or a round stroke of a width; edges softened by `blur` face units."""
    style = skia.Paint.kStroke_Style if width else skia.Paint.kFill_Style
    paint = skia.Paint(AntiAlias=True, Style=style, StrokeWidth=width, StrokeCap=skia.Paint.kRound_Cap)
    paint.setColor4f(skia.Color4f(*colour, alpha))
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return paint


def curve(points: Points, close: bool = False) -> skia.Path:
    """A smooth path through points (Catmull-Rom as cubic Beziers)."""
    knots = np.asarray(points, np.float64)
    before = np.roll(knots, 1, 0) if close else np.vstack([knots[:1], knots[:-1]])
    after = np.roll(knots, -1, 0) if close else np.vstack([knots[1:], knots[-1:]])
    slopes = (after - before) / 6
    path = skia.Path()
    path.moveTo(*knots[0].tolist())
    count = len(knots)
    for index in range(count if close else count - 1):
        end = (index + 1) % count
        path.cubicTo(*(knots[index] + slopes[index]).tolist(), *(knots[end] - slopes[end]).tolist(), *knots[end].tolist())
    if close:
        path.close()
    return path


def tapered(points: Points, width: float) -> skia.Path:
    """A tapered stroke along a quadratic curve of three points, thick at its root."""
    a, b, c = (np.array(point) for point in points)
    t = np.linspace(0, 1, 9)[:, None]
    line = (1 - t) ** 2 * a + 2 * (1 - t) * t * b + t**2 * c
    along = np.gradient(line, axis=0)
    across = np.stack([-along[:, 1], along[:, 0]], 1) / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    edge = across * (width / 2 * (1 - 0.92 * t))
    path = skia.Path()
    path.addPoly([skia.Point(*point) for point in np.vstack([line + edge, (line - edge)[::-1]]).tolist()], True)
    return path


def over(picture: Array, layer: Array, strength: float = 1.0) -> Array:
    """A layer (`H W 4`, straight alpha) laid over a picture."""
    alpha = layer[..., 3:] * strength
    return picture * (1 - alpha) + layer[..., :3] * alpha


def blend(picture: Array, colour: Array, mask: Array) -> Array:
    """A picture replaced by another (or by one colour) where the mask is 1."""
    return picture + (colour - picture) * mask[..., None]


def darken(picture: Array, mask: Array, colour: Colour) -> Array:
    """A picture multiplied by a colour where the mask is 1: a tinted shadow."""
    return picture * (1 - mask[..., None] * (1 - np.array(colour, np.float32)))
