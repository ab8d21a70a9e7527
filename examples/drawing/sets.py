"""Rooms and streets behind the people, out of focus."""

import numpy as np
import skia

from drawing.paper import Array, Colour, Frame, ink, over


def gradient(frame: Frame, stops: tuple[tuple[float, Colour], ...]) -> Array:
    """A picture that changes from top to bottom."""
    y = np.linspace(0, 1, frame.height)
    rows = np.stack([np.interp(y, [s for s, _ in stops], [c[channel] for _, c in stops]) for channel in range(3)], -1)
    return np.broadcast_to(rows[:, None], (frame.height, frame.width, 3)).astype(np.float32).copy()


def glow(picture: Array, frame: Frame, at: tuple[float, float], size: float, colour: Colour) -> Array:
    """Light added around a point (shares of the picture's width and height; size in shares of its height)."""
    rows, columns = np.mgrid[0 : frame.height, 0 : frame.width].astype(np.float32)
    distance = np.hypot(columns - at[0] * frame.width, rows - at[1] * frame.height) / (size * frame.height)
    halo = np.exp(-(distance**2)) * 0.6 + 0.4 / (1 + (2 * distance) ** 2) ** 1.5
    return 1 - (1 - picture) * (1 - halo[..., None] * np.array(colour, np.float32)).clip(0, 1)


def _shapes(frame: Frame) -> Frame:
    return Frame(frame.width, frame.height, 0, 0, frame.height)


def bokeh(picture: Array, frame: Frame, seed: int, area: tuple[float, float, float, float], count: int) -> Array:
    """Discs of distant lamps in an area (x0, y0, x1, y1 in picture heights)."""
    random = np.random.default_rng(seed)
    colours = ((1.0, 0.72, 0.36), (1.0, 0.58, 0.30), (1.0, 0.85, 0.6), (0.55, 0.75, 1.0), (1.0, 0.42, 0.36), (0.62, 0.95, 0.86))
    added = np.zeros_like(picture)
    for _ in range(count):
        x, y = random.uniform(area[0], area[2]), area[1] + (area[3] - area[1]) * random.beta(2.2, 2)
        radius, strength = random.uniform(0.012, 0.040), random.uniform(0.10, 0.36)
        colour = colours[int(random.choice(len(colours), p=(0.28, 0.22, 0.2, 0.14, 0.08, 0.08)))]

        def draw(canvas: skia.Canvas, x: float = x, y: float = y, radius: float = radius) -> None:
            canvas.drawCircle(x, y, radius, ink((1, 1, 1), 0.72, 0.0025))
            canvas.drawCircle(x, y, radius * 0.96, ink((1, 1, 1), 0.28, 0.0015, radius * 0.09))

        added += _shapes(frame).paint(draw)[..., 3:] * strength * np.array(colour, np.float32)
    return 1 - (1 - picture) * (1 - added.clip(0, 0.95))


def evening_room(frame: Frame) -> Array:
    """A room at dusk: a lamp's warmth on the left, a window over a city on the right."""
    picture = gradient(frame, ((0, (0.145, 0.125, 0.165)), (0.55, (0.20, 0.155, 0.17)), (1, (0.11, 0.085, 0.11))))
    aspect = frame.width / frame.height
    space = _shapes(frame)
    left, right, low = aspect * 0.56, aspect * 1.02, 0.72
    pane = skia.Rect.MakeLTRB(left, -0.1, right, low)
    sky = gradient(
        frame,
        (
            (0, (0.10, 0.13, 0.30)),
            (0.4, (0.28, 0.24, 0.44)),
            (0.62, (0.66, 0.38, 0.40)),
            (0.72, (0.88, 0.55, 0.38)),
            (1, (0.3, 0.2, 0.3)),
        ),
    )
    skyline = space.paint(lambda canvas: _skyline(canvas, left, right, low))
    view = over(sky, skyline, 0.85)
    view = bokeh(view, frame, 11, (left, 0.34, right, low), 85)
    inside = space.paint(lambda canvas: canvas.drawRect(pane, ink((1, 1, 1), 1, 0.008)))
    picture = picture * (1 - inside[..., 3:]) + view * inside[..., 3:]
    picture = over(picture, space.paint(lambda canvas: _furniture(canvas, aspect, left, low)))
    picture = glow(picture, frame, (0.115, 0.30), 0.42, (0.62, 0.36, 0.16))
    picture = over(picture, space.paint(lambda canvas: _lamp(canvas, aspect)))
    return glow(picture, frame, (0.115, 0.31), 0.15, (0.75, 0.55, 0.32))


def _skyline(canvas: skia.Canvas, left: float, right: float, low: float) -> None:
    random = np.random.default_rng(5)
    x = left - 0.05
    while x < right:
        width, top = random.uniform(0.06, 0.13), low - random.uniform(0.12, 0.36)
        canvas.drawRect(skia.Rect.MakeLTRB(x, top, x + width, 1), ink((0.16, 0.13, 0.25), 0.8, 0.012))
        x += width * random.uniform(0.8, 1.3)


def _furniture(canvas: skia.Canvas, aspect: float, left: float, low: float) -> None:
    frame_tone = (0.10, 0.075, 0.09)
    canvas.drawRect(skia.Rect.MakeLTRB(left - 0.035, -0.1, left + 0.012, low + 0.03), ink(frame_tone, 1, 0.009))
    canvas.drawRect(skia.Rect.MakeLTRB(aspect * 0.815, -0.1, aspect * 0.815 + 0.022, low), ink(frame_tone, 1, 0.008))
    canvas.drawRect(skia.Rect.MakeLTRB(left - 0.06, low, aspect + 0.1, low + 0.035), ink((0.24, 0.17, 0.16), 1, 0.009))
    canvas.drawRect(skia.Rect.MakeLTRB(left - 0.06, low - 0.004, aspect + 0.1, low + 0.006), ink((0.75, 0.46, 0.36), 0.5, 0.006))
    shelves = ((0.58, 0.30), (0.87, 0.27))
    random = np.random.default_rng(8)
    tones = ((0.34, 0.16, 0.13), (0.16, 0.22, 0.27), (0.42, 0.31, 0.18), (0.22, 0.13, 0.17), (0.30, 0.28, 0.25))
    for y, _ in shelves:
        x = -0.02
        while x < aspect * 0.29:
            width, height = random.uniform(0.018, 0.04), random.uniform(0.12, 0.19)
            canvas.drawRect(skia.Rect.MakeLTRB(x, y - height, x + width, y), ink(tones[random.integers(5)], 0.85, 0.008))
            x += width + (random.uniform(0.03, 0.12) if random.random() < 0.16 else 0.003)
        canvas.drawRect(skia.Rect.MakeLTRB(-0.1, y, aspect * 0.31, y + 0.022), ink((0.17, 0.11, 0.10), 1, 0.007))


def _lamp(canvas: skia.Canvas, aspect: float) -> None:
    x = aspect * 0.115
    canvas.drawRect(skia.Rect.MakeLTRB(x - 0.008, 0.36, x + 0.008, 0.58), ink((0.3, 0.19, 0.12), 1, 0.006))
    shade = skia.Path()
    shade.addPoly(
        [skia.Point(x - 0.062, 0.23), skia.Point(x + 0.062, 0.23), skia.Point(x + 0.098, 0.37), skia.Point(x - 0.098, 0.37)], True
    )
    canvas.drawPath(shade, ink((1.0, 0.80, 0.52), 0.95, 0.008))


def evening_street(frame: Frame) -> Array:
    """A street at dusk: shop windows on both sides, lamps far away, a sky that still glows."""
    sky = (
        (0, (0.11, 0.15, 0.31)),
        (0.3, (0.25, 0.25, 0.42)),
        (0.52, (0.62, 0.42, 0.44)),
        (0.64, (0.70, 0.46, 0.38)),
        (0.75, (0.26, 0.19, 0.23)),
        (1, (0.10, 0.08, 0.11)),
    )
    picture = gradient(frame, sky)
    aspect = frame.width / frame.height
    space = _shapes(frame)
    for depth in range(4):
        picture = over(picture, space.paint(lambda canvas, depth=depth: _houses(canvas, aspect, 3 - depth)))
    for left in (True, False):
        picture = over(picture, space.paint(lambda canvas, left=left: _shop(canvas, aspect, left)))
    picture = glow(picture, frame, (0.5, 0.52), 0.30, (0.5, 0.30, 0.22))
    for x in (0.08, 0.93):
        picture = glow(picture, frame, (x, 0.64), 0.22, (0.5, 0.30, 0.14))
    picture = bokeh(picture, frame, 23, (0.0, 0.30, aspect, 0.74), 30)
    return bokeh(picture, frame, 29, (aspect * 0.42, 0.30, aspect * 0.60, 0.60), 30)


def _houses(canvas: skia.Canvas, aspect: float, depth: int) -> None:
    """One row of houses on each side; the farther (larger depth), the narrower the street and the paler the walls."""
    reach = (0.10 + 0.12 * (depth + 1) - 0.012 * depth**2) * aspect
    tone = [v * (1.0 + 0.28 * depth) for v in (0.20, 0.175, 0.285)]
    top = -0.3 + 0.13 * depth
    canvas.drawRect(skia.Rect.MakeLTRB(-0.2, top, reach, 0.80), ink(tone, 1.0, 0.010 + 0.003 * depth))
    canvas.drawRect(skia.Rect.MakeLTRB(aspect - reach, top + 0.04, aspect + 0.2, 0.80), ink(tone, 1.0, 0.010 + 0.003 * depth))


def _shop(canvas: skia.Canvas, aspect: float, left: bool) -> None:
    random = np.random.default_rng(17 + left)
    x0, x1 = (0.0, aspect * 0.21) if left else (aspect * 0.79, aspect)
    for row in (0.04, 0.20, 0.36):
        for column in np.arange(x0 + 0.04, x1 - 0.06, 0.115):
            warm = random.uniform(0.15, 1) if random.random() < 0.6 else 0.1
            window = skia.Rect.MakeXYWH(float(column), row, 0.055, 0.095)
            canvas.drawRect(window, ink((0.22 + 0.66 * warm, 0.20 + 0.40 * warm, 0.28 + 0.06 * warm), 0.55, 0.010))
    shop = skia.Paint(AntiAlias=True)
    shop.setShader(
        skia.GradientShader.MakeLinear(
            [skia.Point(0, 0.52), skia.Point(0, 0.78)], [0xFFFFD394, 0xFFE09A4E, 0xFF7A4524], [0.0, 0.45, 1.0]
        )
    )
    shop.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.014))
    canvas.drawRect(skia.Rect.MakeLTRB(x0 - 0.1 if left else x0 + 0.05, 0.535, x1 - 0.05 if left else x1 + 0.1, 0.77), shop)
    for x in np.linspace(x0 + 0.06, x1 - 0.06, 4):
        height = random.uniform(0.08, 0.15)
        canvas.drawRect(
            skia.Rect.MakeLTRB(float(x) - 0.025, 0.77 - height, float(x) + 0.025, 0.78), ink((0.28, 0.15, 0.12), 0.5, 0.014)
        )
    canvas.drawRect(
        skia.Rect.MakeLTRB(x0 - 0.1 if left else x0 + 0.02, 0.485, x1 - 0.02 if left else x1 + 0.1, 0.54),
        ink((0.42, 0.13, 0.14), 0.9, 0.010),
    )
