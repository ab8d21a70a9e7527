"""Colours and the pen: how an area, its shade and its outline are put on the canvas in each drawing style.

Everything is drawn in units of the head's height. The pen applies the style, so figures are described once: flat has
only areas, outlined adds a dark contour, shaded has light from the upper left, sketch is a pale wash under pencil lines.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

import skia

from dramatis.stage.grading import Grade, graded

Point = tuple[float, float]
Colour = int
"""0xRRGGBB."""

Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""

INK: Colour = 0x2B2230
PAPER: Colour = 0xF6EFE2
WHITE: Colour = 0xFFFFFF

SKIN_COLOURS: dict[str, Colour] = {"pale": 0xFFE3D3, "light": 0xFBCBA7, "tan": 0xDB9A66, "brown": 0xA8673F, "dark": 0x7C4A2D}
HAIR_PAINTS: dict[str, Colour] = {
    "black": 0x2A2430, "brown": 0x6B3F26, "blond": 0xF0C24E, "red": 0xC4481F, "grey": 0xA9A9B4, "blue": 0x3C6FD6,
}  # fmt: skip
CLOTH_COLOURS: dict[str, Colour] = {
    "red": 0xD23B3B, "orange": 0xEE8A2B, "yellow": 0xF3C93A, "green": 0x3F9E5B, "blue": 0x3867C4,
    "purple": 0x8350B0, "pink": 0xEE86AE, "white": 0xF2F0EC, "grey": 0x8C9099, "black": 0x33323C,
}  # fmt: skip


@lru_cache(maxsize=4096)
def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`share` of the second colour in the first."""
    rest = 1 - share
    red = round((first >> 16) * rest + (second >> 16) * share)
    green = round((first >> 8 & 255) * rest + (second >> 8 & 255) * share)
    return red << 16 | green << 8 | round((first & 255) * rest + (second & 255) * share)


@dataclass(frozen=True)
class Tone:
    """One material: in the light, in the shade, and where the light grazes it."""

    base: Colour
    shade: Colour
    light: Colour


@lru_cache(maxsize=256)
def tone(base: Colour, cast: Colour = 0x3A1F55, depth: float = 0.32) -> Tone:
    """A material of this colour; its shade takes the colour `cast`."""
    return Tone(base, mix(base, cast, depth), mix(base, 0xFFF4DC, 0.45))


@dataclass(frozen=True)
class Shade:
    """Where the shade lies on a shape: outside a circle round the lit side, with a soft edge from `start` to 1 of its radius."""

    centre: Point
    radius: float
    start: float = 0.80


def _brush() -> skia.Paint:
    return skia.Paint(AntiAlias=True)


def _nib() -> skia.Paint:
    return skia.Paint(
        AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join
    )


@dataclass(frozen=True)
class Pen:
    """Draws on a canvas in one style; `fine` is the width of an outline. Brush and nib take a new colour for every shape.

    `detail` is how much of the close-up's drawing is added, 0 (small pictures) .. 1 (`detail_at`). Every colour goes through the
    `grade`.
    """

    canvas: skia.Canvas
    style: str
    detail: float = 0.0
    fine: float = 0.022
    grade: Grade = ()
    brush: skia.Paint = field(default_factory=_brush)
    nib: skia.Paint = field(default_factory=_nib)

    def solid(self, colour: Colour, alpha: float = 1.0) -> int:
        """A colour as a paint takes it."""
        return round(255 * alpha) << 24 | graded(colour, self.grade)

    def shape(self, path: skia.Path, material: Tone, shade: Shade | None = None) -> None:
        """An area of a material with what the style adds: shade, outline, pencil."""
        if self.style == "shaded" and shade is not None:
            radii = (shade.start * shade.radius, shade.radius)
            light = _rings(shade.centre, radii, (self.solid(material.base), self.solid(material.shade)))
            self.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=light))
            return
        self.brush.setColor(self.solid(mix(material.base, PAPER, 0.45) if self.style == "sketch" else material.base))
        self.canvas.drawPath(path, self.brush)
        if self.style == "outlined":
            self.line(path, INK, self.fine)
        elif self.style == "sketch":
            self._pencil(path)

    def area(self, path: skia.Path, colour: Colour, alpha: float = 1.0) -> None:
        """A detail without outline."""
        self.brush.setColor(self.solid(mix(colour, PAPER, 0.25) if self.style == "sketch" else colour, alpha))
        self.canvas.drawPath(path, self.brush)

    def line(self, path: skia.Path, colour: Colour, width: float, alpha: float = 1.0) -> None:
        """A stroke with round ends."""
        self.nib.setColor(self.solid(colour, alpha))
        self.nib.setStrokeWidth(width)
        self.canvas.drawPath(path, self.nib)

    def dot(self, centre: Point, radius: float, colour: Colour, alpha: float = 1.0) -> None:
        """A filled circle."""
        self.brush.setColor(self.solid(colour, alpha))
        self.canvas.drawCircle(*centre, radius, self.brush)

    def bar(self, path: skia.Path, material: Tone, width: float) -> None:
        """A thick line that is a thing of its own, such as a finger: with an outline where the style has one."""
        if self.has_lines:
            self.line(path, INK, width + self.fine * 1.6, 1.0 if self.style == "outlined" else 0.75)
        self.line(path, mix(material.base, PAPER, 0.45) if self.style == "sketch" else material.base, width)

    def shading(self, path: skia.Path, colour: Colour, alpha: float = 1.0) -> None:
        """A cast shadow or a rim of light: only where the style has light."""
        if self.style == "shaded":
            self.area(path, colour, alpha)

    def soft(self, centre: Point, halves: Point, colour: Colour, alpha: float) -> None:
        """An ellipse that fades out to its edge; only where the style has light."""
        if self.style == "shaded" and alpha > 0:
            self.glow(centre, halves, colour, alpha)

    def glow(self, centre: Point, halves: Point, colour: Colour, alpha: float, core: float = 0.0) -> None:
        """The same in any style; inside `core` of its radius it does not fade."""
        across, down = max(1e-3, halves[0]), max(1e-3, halves[1])
        self.canvas.save()
        self.canvas.translate(*centre)
        self.canvas.scale(across, down)
        self.canvas.drawCircle(0.0, 0.0, 1.0, _faded(graded(colour, self.grade), round(255 * alpha), core))
        self.canvas.restore()

    @contextmanager
    def near(self, bounds: Bounds) -> Iterator[None]:
        """What is drawn here belongs to the close-up: it fades in over what lies below it, within bounds."""
        self._begin(bounds)
        yield
        self.canvas.restore()

    def _begin(self, bounds: Bounds) -> None:
        if self.detail < 1:
            self.canvas.saveLayerAlpha(skia.Rect.MakeLTRB(*bounds), round(255 * self.detail))
        else:
            self.canvas.save()

    def add(self, bounds: Bounds, draw: Callable[..., None], *what: object) -> None:
        """Let the close-up's `draw` add its detail within bounds, with the pen and what it needs, if the picture is large."""
        if self.detail > 0 and self.shows(bounds):
            self._begin(bounds)
            draw(self, *what)
            self.canvas.restore()

    def keep_within(self, path: skia.Path) -> None:
        """Clip to a path without smoothing its edge, which takes a seventh of the time: for what is pale or fades out."""
        self.canvas.clipPath(path, False)

    def shows(self, bounds: Bounds) -> bool:
        """Whether anything within bounds is in the picture."""
        return not self.canvas.quickReject(skia.Rect.MakeLTRB(*bounds))

    @property
    def has_lines(self) -> bool:
        """Whether the style draws outlines, so that the parts of one shape must be one path."""
        return self.style in {"outlined", "sketch"}

    def rim(self, path: skia.Path, colour: Colour, width: float, alpha: float = 0.7) -> None:
        """A line of light along an edge: only where the style has light."""
        if self.style == "shaded":
            self.line(path, colour, width, alpha)

    def _pencil(self, path: skia.Path) -> None:
        """A wavering line; near by it is two thin ones that follow the shape more closely."""
        if self.detail < 1:
            self._drawn(path, 0.75 * (1 - self.detail), self.fine * 0.75, (0.16, 0.018, 7))
        if self.detail > 0:
            self._drawn(path, 0.70 * self.detail, self.fine * 0.42, (2.0 * self.fine, 0.27 * self.fine, 7))
            self._drawn(path, 0.45 * self.detail, self.fine * 0.30, (2.7 * self.fine, 0.60 * self.fine, 23))

    def _drawn(self, path: skia.Path, alpha: float, width: float, waver: tuple[float, float, int]) -> None:
        paint = skia.Paint(
            AntiAlias=True, Color=self.solid(INK, alpha), Style=skia.Paint.kStroke_Style, StrokeWidth=width,
            PathEffect=skia.DiscretePathEffect.Make(*waver),
        )  # fmt: skip
        self.canvas.drawPath(path, paint)


PLAIN, FINE = 150.0, 170.0
"""Heads of this height (pixels) are drawn without close-up detail, and with all of it."""


def detail_at(head: float) -> float:
    """How much detail a head of this height in pixels shows, 0..1."""
    return min(1.0, max(0.0, (head - PLAIN) / (FINE - PLAIN)))


@lru_cache(maxsize=512)
def _faded(colour: Colour, alpha: int, core: float) -> skia.Paint:
    """The paint of a glow. Two stops take two thirds of the time of three."""
    return skia.Paint(Shader=_rings((0.0, 0.0), (core, 1.0), (alpha << 24 | colour, colour)))


def _rings(centre: Point, radii: tuple[float, float], ends: tuple[int, int]) -> skia.Shader:
    """One colour inside the first radius, another one outside the second."""
    middle = skia.Point(*centre)
    if radii[0] <= 0:
        return skia.GradientShader.MakeRadial(middle, radii[1], ends)
    return skia.GradientShader.MakeTwoPointConical(middle, radii[0], middle, radii[1], ends)


def smooth(points: Sequence[Point], closed: bool = True, round_: float = 1.0) -> skia.Path:
    """A curve through the points (Catmull and Rom 1974)."""
    pull = round_ / 6
    around = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    path = skia.Path()
    path.moveTo(*points[0])
    cubic = path.cubicTo
    for (px, py), (ax, ay), (bx, by), (nx, ny) in zip(around, around[1:], around[2:], around[3:], strict=False):
        cubic(ax + (bx - px) * pull, ay + (by - py) * pull, bx - (nx - ax) * pull, by - (ny - ay) * pull, bx, by)
    if closed:
        path.close()
    return path


def outline(path: skia.Path) -> skia.Path:
    """What a path's parts cover together, without the lines inside; where Skia finds no outline, the path as it is."""
    try:
        return skia.Simplify(path)
    except RuntimeError:
        return path


def union(parts: Sequence[skia.Path]) -> skia.Path:
    """The outline of what parts cover together."""
    whole = skia.Path()
    for part in parts:
        whole = skia.Op(whole, part, skia.PathOp.kUnion_PathOp)
    return whole


def polygon(points: Sequence[Point], closed: bool = True) -> skia.Path:
    """Straight lines through the points."""
    return skia.Path.Polygon([skia.Point(*point) for point in points], closed)


def around(points: Sequence[Point], margin: float) -> Bounds:
    """What lies so near to some points."""
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across) - margin, min(down) - margin, max(across) + margin, max(down) + margin


def oval(centre: Point, across: float, down: float) -> skia.Path:
    """An ellipse by its half axes."""
    return skia.Path.Oval(skia.Rect.MakeLTRB(centre[0] - across, centre[1] - down, centre[0] + across, centre[1] + down))


def lens(start: Point, bend: Point, end: Point, width: float) -> skia.Path:
    """A stroke with pointed ends, thickest in its middle: a strand, a fold, a crease."""
    path = skia.Path()
    add_lens(path, (start, bend, end), width)
    return path


def add_lens(path: skia.Path, spots: tuple[Point, Point, Point], width: float) -> None:
    """Add a stroke with pointed ends to a path that is filled: from the first to the last spot, bent towards the second."""
    (ax, ay), (bx, by), (cx, cy) = spots
    length = math.hypot(cx - ax, cy - ay) or 1e-6
    nx, ny = (ay - cy) / length * width, (cx - ax) / length * width
    path.moveTo(ax, ay)
    path.quadTo(bx + nx, by + ny, cx, cy)
    path.quadTo(bx - nx, by - ny, ax, ay)


def limb(points: Sequence[Point], widths: Sequence[float]) -> skia.Path:
    """A limb through joints with these half widths: tapered, round at every joint."""
    path = skia.Path()
    path.setFillType(skia.PathFillType.kWinding)
    for (x, y), width in zip(points, widths, strict=True):
        path.addCircle(x, y, width)
    for k in range(len(points) - 1):
        (ax, ay), (bx, by) = points[k], points[k + 1]
        length = math.hypot(bx - ax, by - ay) or 1e-6
        nx, ny = (ay - by) / length, (bx - ax) / length
        a, b = widths[k], widths[k + 1]
        corners = [(ax + nx * a, ay + ny * a), (ax - nx * a, ay - ny * a), (bx - nx * b, by - ny * b), (bx + nx * b, by + ny * b)]
        path.addPath(polygon(corners))
    return path
