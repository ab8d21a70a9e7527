"""Drawing of sets: matching colours, and areas in each drawing style."""

import math
from dataclasses import dataclass
from itertools import pairwise

import skia

from dramatis.stage.grading import Grade, graded
from dramatis.stage.paint import INK, PAPER, Colour, Point, mix, outline

_BROAD = 0.12
"""Square units of an area from which on a gradient is painted in bands."""


def tint(light: float, chroma: float, hue: float) -> Colour:
    """A colour by lightness 0..1, chroma 0..0.3 and hue in degrees (OKLCH, Ottosson 2020): equal lightness looks equal."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long, middle, short = (
        (light + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (light - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (light - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (_encoded(channel) for channel in linear)
    return red << 16 | green << 8 | blue


def _encoded(linear: float) -> int:
    value = min(1.0, max(0.0, linear))
    return round(255 * (12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055))


@dataclass(frozen=True)
class Brush:
    """Paints a set in units of the picture, in one style; flat and outlined have no gradients, sketch is a wash under lines.

    `fine` is for large pictures: broad gradients are painted as bands of equal colour, which takes a fifth of the time. Every
    colour goes through the `grade`: that is the same as grading the picture, and takes no time for each frame.
    """

    canvas: skia.Canvas
    style: str = "shaded"
    fine: bool = False
    grade: Grade = ()

    def fill(self, path: skia.Path, top: Colour, bottom: Colour | None = None, alpha: float = 1.0) -> None:
        """An area; in the shaded style it goes from one colour at its top to another at its bottom."""
        paint = skia.Paint(AntiAlias=True, Color=self._solid(top, alpha))
        if bottom is not None and bottom != top:
            bounds = path.getBounds()
            if self.style == "shaded" and self.fine and alpha >= 1 and bounds.width() * bounds.height() > _BROAD:
                self._bands(path, top, bottom)
                return
            if self.style == "shaded":
                ends = [skia.Point(0, bounds.top()), skia.Point(0, bounds.bottom())]
                paint.setShader(skia.GradientShader.MakeLinear(ends, [self._solid(top, alpha), self._solid(bottom, alpha)]))
            else:
                paint.setColor(self._solid(mix(top, bottom, 0.5), alpha))
        self.canvas.drawPath(path, paint)
        if self.style in {"outlined", "sketch"} and alpha >= 1.0:
            self._contour(outline(path) if self.fine else path)

    def _bands(self, path: skia.Path, top: Colour, bottom: Colour) -> None:
        """A gradient from top to bottom, in as many bands as it has colours."""
        bounds = path.getBounds()
        steps = 2 * max(abs((top >> shift & 255) - (bottom >> shift & 255)) for shift in (0, 8, 16)) or 1
        tall = bounds.height() / steps
        self.canvas.save()
        self.canvas.clipPath(path, True)
        paint = skia.Paint()
        for k in range(steps):
            paint.setColor(self._solid(mix(top, bottom, (k + 0.5) / steps)))
            upper = bounds.top() + k * tall
            self.canvas.drawRect(skia.Rect.MakeLTRB(bounds.left(), upper, bounds.right(), upper + tall), paint)
        self.canvas.restore()

    def glow(self, centre: Point, radius: float, colour: Colour, alpha: float) -> None:
        """Soft light: only where the style has light."""
        if self.style == "shaded":
            ends = [self._solid(colour, alpha), self._solid(colour, 0.0)]
            paint = skia.Paint(Shader=skia.GradientShader.MakeRadial(skia.Point(*centre), radius, ends))
            self.canvas.drawCircle(*centre, radius, paint)

    def line(self, path: skia.Path, colour: Colour, width: float) -> None:
        """A stroke with round ends."""
        paint = skia.Paint(AntiAlias=True, Color=self._solid(colour), Style=skia.Paint.kStroke_Style, StrokeWidth=width)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        self.canvas.drawPath(path, paint)

    def _solid(self, colour: Colour, alpha: float = 1.0) -> int:
        shown = mix(colour, PAPER, 0.55) if self.style == "sketch" else colour
        return round(255 * alpha) << 24 | graded(shown, self.grade)

    def _contour(self, path: skia.Path) -> None:
        soft = 0.55 if self.style == "sketch" else 0.8
        paint = skia.Paint(
            AntiAlias=True,
            Color=round(255 * soft) << 24 | graded(INK, self.grade),
            Style=skia.Paint.kStroke_Style,
            StrokeWidth=0.006,
        )
        if self.style == "sketch":
            waver = (0.025, 0.0022, 3) if self.fine else (0.06, 0.005, 3)
            paint.setPathEffect(skia.DiscretePathEffect.Make(*waver))
        self.canvas.drawPath(path, paint)


def box(left: float, top: float, right: float, bottom: float, round_: float = 0.0) -> skia.Path:
    """A rectangle with round corners."""
    return skia.Path.RRect(skia.Rect.MakeLTRB(left, top, right, bottom), round_, round_)


def cloud(x: float, y: float, size: float) -> skia.Path:
    """Three discs and a bar in one outline."""
    path = box(x - size, y - 0.30 * size, x + size, y + 0.12 * size, 0.21 * size)
    for across, down, radius in ((-0.45, -0.25, 0.36), (0.08, -0.42, 0.48), (0.55, -0.2, 0.32)):
        path.addCircle(x + across * size, y + down * size, radius * size)
    return outline(path)


def arc(points: list[Point], floor: float) -> skia.Path:
    """A hilly outline through the points (left to right), filled down to `floor`."""
    path = skia.Path()
    path.moveTo(points[0][0], floor)
    path.lineTo(*points[0])
    for (ax, ay), (bx, by) in pairwise(points):
        middle = (ax + bx) / 2
        path.cubicTo(middle, ay, middle, by, bx, by)
    path.lineTo(points[-1][0], floor)
    path.close()
    return path
