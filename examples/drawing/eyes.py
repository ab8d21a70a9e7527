"""Eyes and brows: globe, iris, lids, lashes and single brow hairs, drawn with skia over the lit face."""

import numpy as np
import skia

from drawing.head import EYE, Person
from drawing.paper import Array, Colour, Frame, curve, darken, ink, over, tapered

Shape = tuple[tuple[float, float], ...]
UPPER: Shape = ((-0.232, 0.032), (-0.165, -0.085), (0.085, -0.168), (0.24, -0.018))
LOWER: Shape = ((0.24, -0.018), (0.175, 0.082), (-0.075, 0.118), (-0.232, 0.032))
IRIS = 0.113


def at(side: int, x: float, y: float) -> tuple[float, float]:
    """A point of an eye (x away from the nose) in face units; `side` is -1 for the picture's left eye."""
    return side * (EYE[0] + x), EYE[1] + y


def bezier(shape: Shape, count: int = 40) -> Array:
    """Points along a cubic Bezier, `count 2`."""
    t = np.linspace(0, 1, count)[:, None]
    a, b, c, d = (np.array(point) for point in shape)
    return ((1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d).astype(np.float32)


def eye_path(side: int, person: Person) -> skia.Path:
    """The opening between the lids."""
    points = np.vstack([bezier(UPPER), bezier(LOWER)]) * (1, person.eye_open)
    path = skia.Path()
    path.addPoly([skia.Point(*at(side, float(x), float(y))) for x, y in points], True)
    return path


def draw_eyes(picture: Array, person: Person, frame: Frame, seed: int) -> Array:
    """The picture with both eyes and brows."""
    random = np.random.default_rng(seed)
    for side in (-1, 1):
        picture = _lid_shades(picture, person, frame, side)
        picture = over(picture, frame.paint(lambda canvas, side=side: _globe(canvas, person, side, random)))
        inside = frame.mask(eye_path(side, person), 0.004)
        lid = frame.shift(inside, 0, 0.052) * inside
        picture = darken(picture, frame.soften((inside - lid).clip(0, 1), 0.014) * inside * 0.72, (0.22, 0.13, 0.13))
        picture = over(picture, frame.paint(lambda canvas, side=side: _catchlight(canvas, side)))
        picture = over(picture, frame.paint(lambda canvas, side=side: _lashes(canvas, person, side, random)))
        picture = over(picture, frame.paint(lambda canvas, side=side: _brow(canvas, person, side, random)))
    return picture


def _lid_shades(picture: Array, person: Person, frame: Frame, side: int) -> Array:
    crease = [
        at(side, x, y * person.eye_open)
        for x, y in ((-0.2, -0.045), (-0.1, -0.135), (0.03, -0.168), (0.15, -0.142), (0.255, -0.06))
    ]
    fold = frame.paint(lambda canvas: canvas.drawPath(curve(crease), ink((0, 0, 0), 1, 0.008, 0.014)))[..., 3]
    above = frame.paint(lambda canvas: canvas.drawPath(curve(crease), ink((0, 0, 0), 1, 0.03, 0.05)))[..., 3]
    picture = darken(picture, fold * 0.75, (0.42, 0.25, 0.2))
    picture = darken(picture, above * 0.4, (0.62, 0.44, 0.4))
    rim = frame.mask(eye_path(side, person), 0.02)
    return darken(picture, rim * 0.5, (0.6, 0.38, 0.34))


def _globe(canvas: skia.Canvas, person: Person, side: int, random: np.random.Generator) -> None:
    canvas.save()
    canvas.clipPath(eye_path(side, person), skia.ClipOp.kIntersect, True)
    centre = skia.Point(*at(side, -0.005, -0.01))
    white = skia.Paint(AntiAlias=True)
    white.setShader(
        skia.GradientShader.MakeRadial(centre, 0.27, [0xFFEDE4DE, 0xFFE2D5CD, 0xFFB8938A, 0xFF85574F], [0.0, 0.45, 0.85, 1.0])
    )
    canvas.drawPaint(white)
    canvas.drawCircle(*at(side, -0.225, 0.034), 0.03, ink((0.80, 0.46, 0.43), 0.9, 0.012))
    _iris(canvas, person.iris, centre, random)
    edge = [at(side, float(x), float(y) * person.eye_open) for x, y in bezier(LOWER)[2:-2]]
    canvas.drawPath(curve(edge), ink((0.93, 0.68, 0.63), 0.9, 0.003, 0.016))
    canvas.drawPath(curve([(x, y - 0.009) for x, y in edge]), ink((1, 1, 1), 0.35, 0.002, 0.005))
    canvas.restore()


def _iris(canvas: skia.Canvas, colour: Colour, centre: skia.Point, random: np.random.Generator) -> None:
    cx, cy = centre.x(), centre.y()
    dark, light = (tuple(min(1.0, v * k) for v in colour) for k in (0.45, 1.5))
    canvas.drawCircle(cx, cy, IRIS, ink(tuple(v * 0.28 for v in colour), 1, 0.006))
    disc = skia.Paint(AntiAlias=True)
    tones = [
        skia.Color4f(*tone, 1).toColor()
        for tone in (dark, colour, tuple(v * 0.85 for v in colour), tuple(v * 0.4 for v in colour))
    ]
    disc.setShader(skia.GradientShader.MakeRadial(centre, IRIS * 0.97, tones, [0.3, 0.6, 0.84, 1.0]))
    canvas.drawCircle(cx, cy, IRIS * 0.965, disc)
    for angle in np.linspace(0, 2 * np.pi, 150, endpoint=False):
        turn = angle + random.normal(0, 0.02)
        start, end = IRIS * random.uniform(0.40, 0.52), IRIS * random.uniform(0.7, 0.93)
        below = 0.5 + 0.5 * np.sin(turn)
        tone = light if random.random() < 0.35 + 0.4 * below else dark
        from_, to = ((cx + r * np.cos(turn), cy + r * np.sin(turn)) for r in (start, end))
        canvas.drawLine(*from_, *to, ink(tone, 0.18 + 0.3 * below, 0, random.uniform(0.0015, 0.0045)))
    glow = skia.Paint(AntiAlias=True)
    glow.setShader(
        skia.GradientShader.MakeRadial(
            skia.Point(cx + 0.02, cy + 0.055), 0.085, [skia.Color4f(*light, 0.75).toColor(), skia.Color4f(*light, 0).toColor()]
        )
    )
    canvas.drawCircle(cx, cy, IRIS * 0.88, glow)
    canvas.drawCircle(cx, cy, IRIS * 0.43, ink((0.03, 0.02, 0.02), 1, 0.004))


def _catchlight(canvas: skia.Canvas, side: int) -> None:
    cx, cy = at(side, -0.005, -0.01)
    canvas.drawOval(skia.Rect.MakeXYWH(cx - 0.062, cy - 0.066, 0.05, 0.044), ink((1, 0.98, 0.94), 0.95, 0.004))
    canvas.drawCircle(cx + 0.045, cy + 0.05, 0.013, ink((0.85, 0.92, 1), 0.5, 0.005))


def _lashes(canvas: skia.Canvas, person: Person, side: int, random: np.random.Generator) -> None:
    dark = tuple(0.35 * v for v in person.brow)
    upper = bezier(UPPER, 120) * (1, person.eye_open)
    thick = np.interp(np.linspace(0, 1, 120), (0, 0.15, 0.75, 1), (0.006, 0.018, 0.028, 0.014)) * (0.45 + 0.55 * person.lashes)
    path = skia.Path()
    top = [skia.Point(*at(side, float(x), float(y - w))) for (x, y), w in zip(upper, thick, strict=True)]
    low = [skia.Point(*at(side, float(x), float(y + 0.004))) for x, y in upper[::-1]]
    path.addPoly(top + low, True)
    canvas.drawPath(path, ink(dark, 0.92, 0.003))
    for share in np.linspace(0.1, 0.99, 46):
        x, y = upper[int(share * 119)]
        length = person.lashes * (0.024 + 0.042 * share) * random.uniform(0.75, 1.1)
        lean = -0.35 + 1.5 * share + random.normal(0, 0.12)
        tip = (x + length * np.sin(lean), y - length * np.cos(lean) - 0.012)
        bend = (x + 0.75 * length * np.sin(lean), y - 0.2 * length)
        canvas.drawPath(tapered([at(side, *map(float, p)) for p in ((x, y - 0.006), bend, tip)], 0.0075), ink(dark, 0.8))
    lower = bezier(LOWER, 120) * (1, person.eye_open)
    for share in np.linspace(0.08, 0.75, 22):
        x, y = lower[int(share * 119)]
        length = person.lashes * 0.026 * random.uniform(0.6, 1.1)
        tip = (x + length * (0.7 - share), y + length)
        canvas.drawPath(tapered([at(side, *map(float, p)) for p in ((x, y), (x, y + 0.6 * length), tip)], 0.005), ink(dark, 0.5))


def _brow(canvas: skia.Canvas, person: Person, side: int, random: np.random.Generator) -> None:
    lift = person.brow_height
    spine = bezier(((0.165, -0.262 - lift), (0.34, -0.345 - lift), (0.55, -0.39 - lift), (0.765, -0.235 - lift)), 100)
    body = np.interp(np.linspace(0, 1, 100), (0, 0.15, 0.5, 1), (0.02, 0.044, 0.042, 0.006)) * person.brow_weight
    soft = skia.Path()
    edges = np.vstack([spine - np.stack([0 * body, body * 0.7], 1), (spine + np.stack([0 * body, body * 0.7], 1))[::-1]])
    soft.addPoly([skia.Point(side * float(x), float(y)) for x, y in edges], True)
    canvas.drawPath(soft, ink(person.brow, 0.6, 0.016))
    for _ in range(int(420 * person.brow_weight)):
        index = int(99 * random.random() ** 0.9)
        share, offset = index / 99, random.normal(0, 0.42)
        x, y = spine[index] + (0, np.clip(offset, -1, 1) * body[index])
        length = random.uniform(0.05, 0.085) * (1 - 0.3 * share)
        lean = np.interp(share, (0, 0.25, 0.6, 1), (-0.95, -0.5, -0.03, 0.5)) + 0.25 * offset * (share > 0.2)
        tip = (x + length * np.cos(lean), y + length * np.sin(lean))
        bend = (x + 0.55 * length * np.cos(lean - 0.15), y + 0.55 * length * np.sin(lean - 0.15))
        points = [(side * float(px), float(py)) for px, py in ((x, y), bend, tip)]
        tone = tuple(min(1.0, v * random.uniform(0.6, 1.25)) for v in person.brow)
        canvas.drawPath(tapered(points, random.uniform(0.005, 0.008)), ink(tone, 0.36))
