"""Large lively eyes and soft brows for a gentle face, drawn with skia over the lit skin."""

import numpy as np
import skia

from drawing.eyes import bezier
from drawing.gentle_face import glint
from drawing.head import Person
from drawing.paper import Array, Colour, Frame, curve, darken, ink, over, tapered

MIDDLE = (0.438, 0.015)
UPPER = ((-0.244, 0.044), (-0.16, -0.115), (0.094, -0.21), (0.252, -0.018))
LOWER = ((0.252, -0.018), (0.18, 0.094), (-0.076, 0.132), (-0.244, 0.044))
IRIS = 0.124
PUPIL = (-0.006, -0.016)


def at(side: int, x: float, y: float) -> tuple[float, float]:
    """A point of an eye (x away from the nose) in face units; `side` is -1 for the picture's left eye."""
    return side * (MIDDLE[0] + x), MIDDLE[1] + y


def _path(side: int, points: Array) -> skia.Path:
    path = skia.Path()
    path.addPoly([skia.Point(*at(side, float(x), float(y))) for x, y in points], True)
    return path


def opening(side: int) -> skia.Path:
    """The space between the lids."""
    return _path(side, np.vstack([bezier(UPPER, 60), bezier(LOWER, 60)]))


def draw_gentle_eyes(picture: Array, person: Person, frame: Frame, seed: int) -> Array:
    """The picture with both eyes and brows."""
    random = np.random.default_rng(seed)
    for side in (-1, 1):
        picture = _lids(picture, frame, side)
        picture = over(picture, frame.paint(lambda canvas, side=side: _globe(canvas, person.iris, side, random)))
        inside = frame.mask(opening(side), 0.003)
        shade = (inside - frame.shift(inside, 0, 0.05)).clip(0, 1)
        picture = darken(picture, frame.soften(shade, 0.016) * inside * 0.62, (0.34, 0.2, 0.19))
        picture = over(picture, frame.paint(lambda canvas, side=side: _catchlights(canvas, side)))
        picture = over(picture, frame.paint(lambda canvas, side=side: _lashes(canvas, side, random)))
        picture = over(picture, frame.paint(lambda canvas, side=side: _brow(canvas, person, side, random)))
    return picture


def _lids(picture: Array, frame: Frame, side: int) -> Array:
    """Warm shade in the socket, a soft crease above the upper lid, a rosy rim around the opening."""
    crease = [at(side, x, y) for x, y in ((-0.212, -0.028), (-0.12, -0.136), (0.02, -0.186), (0.155, -0.156), (0.272, -0.062))]
    fold = frame.paint(lambda canvas: canvas.drawPath(curve(crease), ink((0, 0, 0), 1, 0.008, 0.011)))[..., 3]
    lid = frame.paint(lambda canvas: canvas.drawPath(curve(crease), ink((0, 0, 0), 1, 0.03, 0.06)))[..., 3]
    picture = darken(picture, lid * 0.42, (0.74, 0.48, 0.42))
    picture = darken(picture, fold * 0.62, (0.5, 0.27, 0.22))
    picture = darken(picture, frame.mask(opening(side), 0.022) * 0.5, (0.74, 0.44, 0.38))
    shelf = [at(side, x, y) for x, y in ((-0.19, 0.125), (-0.03, 0.165), (0.13, 0.14))]
    light = frame.paint(lambda canvas: canvas.drawPath(curve(shelf), ink((0, 0, 0), 1, 0.02, 0.03)))[..., 3]
    return glint(picture, light * 0.10)


def _globe(canvas: skia.Canvas, colour: Colour, side: int, random: np.random.Generator) -> None:
    canvas.save()
    canvas.clipPath(opening(side), skia.ClipOp.kIntersect, True)
    centre = skia.Point(*at(side, *PUPIL))
    white = skia.Paint(AntiAlias=True)
    tones = [0xFFF6EFEA, 0xFFEFE5DE, 0xFFD3B5AB, 0xFF9B6D62]
    white.setShader(skia.GradientShader.MakeRadial(centre, 0.3, tones, [0.0, 0.52, 0.84, 1.0]))
    canvas.drawPaint(white)
    canvas.drawCircle(*at(side, -0.233, 0.044), 0.03, ink((0.86, 0.52, 0.48), 0.9, 0.012))
    _iris(canvas, colour, centre, random)
    edge = [at(side, float(x), float(y)) for x, y in bezier(LOWER)[2:-2]]
    canvas.drawPath(curve(edge), ink((0.95, 0.70, 0.64), 0.9, 0.003, 0.016))
    canvas.drawPath(curve([(x, y - 0.009) for x, y in edge]), ink((1, 1, 1), 0.3, 0.002, 0.005))
    canvas.restore()


def _disc(canvas: skia.Canvas, centre: skia.Point, radius: float, tones: list[tuple[Colour, float]], stops: list[float]) -> None:
    paint = skia.Paint(AntiAlias=True)
    colours = [skia.Color4f(*(min(1.0, v) for v in tone), alpha).toColor() for tone, alpha in tones]
    paint.setShader(skia.GradientShader.MakeRadial(centre, radius, colours, stops))
    canvas.drawCircle(centre.x(), centre.y(), radius, paint)


def _iris(canvas: skia.Canvas, colour: Colour, centre: skia.Point, random: np.random.Generator) -> None:
    cx, cy = centre.x(), centre.y()
    r, g, b = colour

    def tone(k: float) -> Colour:
        return min(1.0, r * k), min(1.0, g * k), min(1.0, b * k)

    canvas.drawCircle(cx, cy, IRIS, ink(tone(0.25), 0.95, 0.008))
    rings = [(tone(0.7), 1.0), (tone(1.25), 1.0), (tone(0.95), 1.0), (tone(0.34), 1.0)]
    _disc(canvas, centre, IRIS * 0.965, rings, [0.38, 0.56, 0.8, 1.0])
    for angle in np.linspace(0, 2 * np.pi, 170, endpoint=False):
        turn = angle + random.normal(0, 0.02)
        start, end = IRIS * random.uniform(0.42, 0.52), IRIS * random.uniform(0.7, 0.94)
        below = 0.5 + 0.5 * np.sin(turn)
        shade = tone(1.8) if random.random() < 0.3 + 0.5 * below else tone(0.4)
        from_, to = ((cx + reach * np.cos(turn), cy + reach * np.sin(turn)) for reach in (start, end))
        canvas.drawLine(*from_, *to, ink(shade, 0.16 + 0.28 * below, 0, random.uniform(0.0015, 0.0045)))
    gold = (min(1.0, r * 1.9), min(1.0, g * 1.85), b * 1.6)
    _disc(canvas, skia.Point(cx + 0.022, cy + 0.068), 0.088, [(gold, 0.8), (gold, 0.0)], [0.0, 1.0])
    canvas.drawCircle(cx, cy, IRIS, ink(tone(0.2), 0.55, 0.006, 0.012))
    canvas.drawCircle(cx, cy, IRIS * 0.44, ink((0.05, 0.025, 0.02), 1, 0.004))


def _catchlights(canvas: skia.Canvas, side: int) -> None:
    cx, cy = at(side, *PUPIL)
    canvas.drawOval(skia.Rect.MakeXYWH(cx - 0.078, cy - 0.080, 0.062, 0.056), ink((1, 0.985, 0.95), 0.97, 0.003))
    canvas.drawCircle(cx + 0.056, cy + 0.056, 0.015, ink((0.9, 0.94, 1), 0.55, 0.005))


def _lashes(canvas: skia.Canvas, side: int, random: np.random.Generator) -> None:
    dark = (0.11, 0.055, 0.045)
    upper = bezier(UPPER, 120)
    thick = np.interp(np.linspace(0, 1, 120), (0, 0.15, 0.7, 0.95, 1), (0.004, 0.016, 0.03, 0.026, 0.012))
    band = np.vstack([upper - np.stack([0 * thick, thick], 1), (upper + np.array((0, 0.005)))[::-1]])
    canvas.drawPath(_path(side, band), ink(dark, 0.95, 0.004))
    wing = [at(side, *point) for point in ((0.216, -0.05), (0.268, -0.052), (0.306, -0.08))]
    canvas.drawPath(tapered(wing, 0.028), ink(dark, 0.9, 0.002))
    for share in np.linspace(0.14, 0.98, 30):
        x, y = (float(v) for v in upper[int(share * 119)])
        length = (0.022 + 0.05 * share**1.3) * random.uniform(0.8, 1.1)
        lean = -0.3 + 1.45 * share + random.normal(0, 0.07)
        tip = (x + length * np.sin(lean), y - length * np.cos(lean) - 0.018)
        bend = (x + 0.8 * length * np.sin(lean), y - 0.2 * length - 0.008)
        canvas.drawPath(tapered([at(side, *map(float, p)) for p in ((x, y - 0.008), bend, tip)], 0.0105), ink(dark, 0.85))
    lower = bezier(LOWER, 120)
    line = [at(side, float(x), float(y) + 0.005) for x, y in lower[3:85]]
    canvas.drawPath(curve(line[::6]), ink((0.35, 0.17, 0.13), 0.45, 0.006, 0.008))
    for share in np.linspace(0.06, 0.62, 13):
        x, y = (float(v) for v in lower[int(share * 119)])
        length = 0.024 * random.uniform(0.7, 1.1)
        tip = (x + length * (0.75 - share), y + length)
        canvas.drawPath(tapered([at(side, *p) for p in ((x, y), (x, y + 0.6 * length), tip)], 0.006), ink(dark, 0.4))


def _brow(canvas: skia.Canvas, person: Person, side: int, random: np.random.Generator) -> None:
    """A soft band under fine hairs that lean up at the nose and out towards the temple."""
    lift = person.brow_height
    spine = bezier(((0.165, -0.285 - lift), (0.34, -0.375 - lift), (0.56, -0.425 - lift), (0.765, -0.265 - lift)), 100)
    body = np.interp(np.linspace(0, 1, 100), (0, 0.12, 0.45, 1), (0.03, 0.052, 0.048, 0.007)) * person.brow_weight
    half = np.stack([0 * body, body * 0.8], 1)
    soft = skia.Path()
    soft.addPoly([skia.Point(side * float(x), float(y)) for x, y in np.vstack([spine - half, (spine + half)[::-1]])], True)
    canvas.drawPath(soft, ink(person.brow, 0.55, 0.02))
    canvas.drawPath(soft, ink(person.brow, 0.3, 0.008))
    for _ in range(int(460 * person.brow_weight)):
        index = int(99 * random.random() ** 0.9)
        share, offset = index / 99, float(np.clip(random.normal(0, 0.42), -1, 1))
        x, y = spine[index] + (0, offset * body[index])
        length = random.uniform(0.045, 0.075) * (1 - 0.3 * share)
        lean = np.interp(share, (0, 0.25, 0.6, 1), (-0.9, -0.5, -0.05, 0.5)) + 0.22 * offset * (share > 0.2)
        tip = (x + length * np.cos(lean), y + length * np.sin(lean))
        bend = (x + 0.55 * length * np.cos(lean - 0.15), y + 0.55 * length * np.sin(lean - 0.15))
        points = [(side * float(px), float(py)) for px, py in ((x, y), bend, tip)]
        shade = random.uniform(0.7, 1.3)
        tone = (person.brow[0] * shade, person.brow[1] * shade, person.brow[2] * shade)
        canvas.drawPath(tapered(points, random.uniform(0.004, 0.007)), ink(tone, 0.3))
