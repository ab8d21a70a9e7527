"""A gentle face, as in an animated film: a low soft relief carries the light; nose, lips and blush are painted on it."""

from dataclasses import replace

import numpy as np
import skia

from drawing.head import Person, face_path, half_width
from drawing.paper import Array, Colour, Frame, Points, blend, curve, darken, ink, over
from drawing.relief import SKIN, Light, bump, linear, lit

SOFT_SKIN = replace(
    SKIN,
    soft=(0.055, 0.045, 0.04),
    wrap=(0.7, 0.56, 0.5),
    gloss=0.07,
    sharpness=14.0,
    hollow=(0.16, 0.3, 0.34),
    shade=0.35,
    rim=0.3,
)
MOUTH = 0.80
NOSE = 0.02
DUSK = Light(sky=(0.31, 0.27, 0.29), ground=(0.42, 0.26, 0.20))


def mouth_line(person: Person, x: Array) -> Array:
    """y of the line between the lips: a shallow bow whose corners just rise."""
    across = (x / person.mouth_half).clip(-1.25, 1.25)
    dip = 0.009 * np.exp(-((across / 0.2) ** 2)) - 0.005 * np.exp(-(((np.abs(across) - 0.45) / 0.22) ** 2))
    return MOUTH - person.smile * np.abs(across) ** 2.4 + dip


def lip_edges(person: Person) -> tuple[Array, Array, Array, Array]:
    """x, upper edge, line and lower edge of the lips, each of length 81."""
    across = np.linspace(-1, 1, 81).astype(np.float32)
    x = across * person.mouth_half
    line = mouth_line(person, x)
    far = np.abs(across)
    bow = 1 + 0.20 * np.exp(-(((far - 0.20) / 0.14) ** 2)) - 0.13 * np.exp(-((across / 0.09) ** 2))
    top = line - person.lip_fullness * 0.088 * (1 - far**1.25).clip(0, 1) ** 0.9 * bow
    low = line + person.lip_fullness * 0.118 * (1 - far**2.2).clip(0, 1) ** 0.85
    return x, top, line, low


def _band(x: Array, top: Array, low: Array) -> skia.Path:
    path = skia.Path()
    points = np.vstack([np.stack([x, top], 1), np.stack([x, low], 1)[::-1]])
    path.addPoly([skia.Point(*point) for point in points.tolist()], True)
    return path


def relief(person: Person, frame: Frame) -> Array:
    """Height of the face towards the viewer, `H W`, face units: round forehead, full cheeks, small round nose."""
    x, y = frame.grid()
    side = np.abs(x)
    ratio = (side / np.maximum(half_width(person, y), 0.02)).clip(0, 0.992)
    depth = np.interp(y, (-1.46, -1.2, -0.8, -0.2, 0.5, 0.9, 1.12, 1.24, 1.36), (0.1, 0.6, 0.97, 1.06, 1.1, 1.08, 1.0, 0.9, 0.66))
    height = frame.soften(depth.astype(np.float32) * (1 - ratio**2.6) ** 0.42, 0.075)
    low_y = y - NOSE
    rise = np.interp(low_y, (-0.35, -0.1, 0.1, 0.26, 0.36, 0.43, 0.5, 0.58), (0, 0.025, 0.06, 0.105, 0.14, 0.12, 0.04, 0))
    spread = np.interp(low_y, (-0.35, -0.05, 0.2, 0.4, 0.6), (0.2, 0.125, 0.13, 0.16, 0.18))
    nose = frame.soften((rise * np.exp(-((side / spread) ** 2))).astype(np.float32), 0.03)
    nose += 0.085 * bump(x, low_y, (0, 0.385), (0.115, 0.105)) + 0.045 * bump(side, low_y, (0.125, 0.44), (0.06, 0.055))
    height += nose - 0.075 * bump(side, y, (0.42, -0.02), (0.3, 0.17)) - 0.03 * bump(side, y, (0.17, 0.0), (0.1, 0.12))
    height += 0.06 * bump(side, y, (0.54, 0.34), (0.27, 0.2), 20) + 0.03 * bump(side, y, (0.42, -0.3), (0.33, 0.1), 6)
    height += 0.05 * bump(x, y, (0, 0.82), (0.42, 0.24)) + 0.05 * bump(x, y, (0, 1.14), (0.2, 0.12))
    height -= 0.022 * bump(x, y, (0, 0.985), (0.2, 0.045)) + 0.007 * bump(x, y, (0, 0.62), (0.032, 0.06))
    height -= 0.012 * bump(side, y, (person.mouth_half + 0.035, MOUTH - person.smile), (0.04, 0.035))
    _, top, line, low = lip_edges(person)
    middle = float(line[40])
    upper = 0.022 * bump(x, y, (0, float(top[40] + middle) / 2), (0.24, 0.045))
    lower = 0.05 * bump(x, y, (0, float(low[40] + middle) / 2), (0.2, 0.055))
    return (height + upper + lower).astype(np.float32)


def skin(person: Person, frame: Frame) -> Array:
    """The face's albedo, linear `H W 3`: even skin, a wide blush, a breath of red on nose, lids and chin."""
    x, y = frame.grid()
    side = np.abs(x)
    albedo = np.broadcast_to(linear(person.skin), (*x.shape, 3)).astype(np.float32)
    red = 0.36 * bump(side, y, (0.62, 0.36), (0.34, 0.25), -12) + 0.26 * bump(x, y, (0, 0.41), (0.17, 0.12))
    red += 0.10 * bump(x, y, (0, 1.15), (0.25, 0.15)) + 0.16 * bump(side, y, (0.44, -0.1), (0.28, 0.1))
    albedo = blend(albedo, linear(person.blush), red.clip(0, 0.6))
    if person.freckles:
        spots = frame.paint(lambda canvas: _freckles(canvas, person.freckles))[..., 3]
        albedo = blend(albedo, linear((0.62, 0.34, 0.22)), spots)
    return albedo


def _freckles(canvas: skia.Canvas, count: int) -> None:
    random = np.random.default_rng(31)
    for _ in range(count):
        x, y = random.normal(0, 0.38), random.normal(0.28, 0.09)
        canvas.drawCircle(x, y + 0.2 * x * x, random.uniform(0.005, 0.01), ink((0, 0, 0), random.uniform(0.06, 0.2), 0.005))


def glint(picture: Array, mask: Array, colour: Colour = (1.0, 0.93, 0.85)) -> Array:
    """Light added where the mask is, never past white (screen)."""
    return 1 - (1 - picture) * (1 - mask[..., None] * np.array(colour, np.float32))


def _line(frame: Frame, points: Points, width: float, blur: float) -> Array:
    mask: Array = frame.paint(lambda canvas: canvas.drawPath(curve(points), ink((1, 1, 1), 1.0, blur, width)))[..., 3]
    return mask


def _paint_nose(picture: Array, face: Frame) -> Array:
    frame = replace(face, y=face.y + NOSE * face.unit)
    x, y = frame.grid()
    picture = darken(picture, 0.5 * bump(x, y, (0.02, 0.535), (0.15, 0.05)), (0.80, 0.55, 0.49))
    for turn in (-1, 1):
        wing: Points = [(turn * px, py) for px, py in ((0.158, 0.395), (0.188, 0.43), (0.186, 0.475), (0.150, 0.502))]
        picture = darken(picture, 0.45 * _line(frame, wing, 0.016, 0.016), (0.66, 0.36, 0.30))
        nostril: Points = [(turn * px, py) for px, py in ((0.034, 0.512), (0.068, 0.494), (0.108, 0.496), (0.118, 0.507))]
        picture = darken(picture, 0.75 * _line(frame, nostril, 0.02, 0.010), (0.5, 0.2, 0.17))
    tip: Points = [(-0.05, 0.505), (0, 0.522), (0.05, 0.505)]
    picture = darken(picture, 0.35 * _line(frame, tip, 0.014, 0.014), (0.62, 0.36, 0.3))
    shine = 0.22 * bump(x, y, (-0.03, 0.365), (0.055, 0.045)) + 0.07 * bump(x, y, (-0.025, 0.1), (0.04, 0.2))
    return glint(picture, shine)


def _paint_lips(picture: Array, person: Person, frame: Frame) -> Array:
    x, y = frame.grid()
    xs, top, line, low = lip_edges(person)
    upper, lower = _band(xs, top, line + 0.004), _band(xs, line - 0.004, low)
    rose = np.array(person.lips, np.float32)
    picture = darken(picture, 0.35 * bump(x, y, (0.01, float(low[40]) + 0.045), (0.2, 0.035)), (0.72, 0.46, 0.4))
    flesh = (picture / np.array((0.93, 0.74, 0.63), np.float32)).clip(0.55, 1.12)
    picture = blend(picture, (rose * 0.88 * flesh).clip(0, 1), 0.92 * frame.mask(upper, 0.007))
    picture = blend(picture, (rose * 1.06 * flesh).clip(0, 1), 0.92 * frame.mask(lower, 0.009))
    both = frame.mask(_band(xs, top, low), 0.004)
    below = (y - mouth_line(person, x)) / (0.118 * person.lip_fullness)
    picture = darken(picture, both * 0.4 * np.exp(-((below / 0.22) ** 2)), (0.62, 0.3, 0.32))
    picture = darken(picture, both * 0.35 * ((below - 0.55) / 0.45).clip(0, 1), (0.72, 0.42, 0.42))
    seam: Points = list(zip(xs[2:-2:4].tolist(), line[2:-2:4].tolist(), strict=True))
    picture = darken(picture, 0.8 * _line(frame, seam, 0.012, 0.006), (0.5, 0.18, 0.19))
    for turn in (-1, 1):
        corner = (turn * person.mouth_half, float(line[0]))
        picture = darken(picture, 0.38 * bump(x, y, corner, (0.035, 0.028)), (0.6, 0.3, 0.27))
    shine = 0.34 * bump(x, y, (-0.045, MOUTH + 0.065), (0.085, 0.016)) + 0.14 * bump(
        x, y, (-0.07, float(top[33]) + 0.012), (0.05, 0.008)
    )
    return glint(picture, both * shine)


def draw_gentle_face(picture: Array, person: Person, frame: Frame) -> Array:
    """The picture with the bare face on it: no eyes, brows or hair yet."""
    x, y = frame.grid()
    image = lit(relief(person, frame), skin(person, frame), frame, DUSK, SOFT_SKIN)
    image = _paint_lips(_paint_nose(image, frame), person, frame)
    image = glint(image, 0.07 * bump(x, y, (-0.52, 0.24), (0.16, 0.09), 20) + 0.05 * bump(x, y, (-0.15, -0.6), (0.4, 0.2)))
    return over(picture, np.dstack([image, frame.mask(face_path(person), 0.004)]))
