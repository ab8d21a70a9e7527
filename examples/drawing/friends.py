"""Noor and Tom: two friends in a street at dusk."""

import numpy as np

from drawing.body import Figure, draw_body
from drawing.eyes import draw_eyes
from drawing.hair import Sheet, draw_sheet, mass, stubble
from drawing.head import Person, draw_ears, draw_face, face_path, lip_paths
from drawing.long_hair import CROWN, LEFT_IN, LEFT_OUT, RIGHT_IN, RIGHT_OUT
from drawing.paper import Array, Frame, Points, curve, darken, ink, over
from drawing.relief import Light, bump
from drawing.sets import evening_street

NOOR = Person(
    skin=(0.70, 0.475, 0.36),
    blush=(0.66, 0.31, 0.25),
    lips=(0.60, 0.27, 0.26),
    iris=(0.26, 0.15, 0.08),
    hair=(0.12, 0.075, 0.06),
    brow=(0.14, 0.085, 0.06),
    nose_width=0.95,
    lip_fullness=1.22,
    mouth_half=0.36,
    smile=0.07,
    brow_weight=1.1,
    eye_open=1.08,
)
NOOR_FIGURE = Figure(
    cloth=(0.60, 0.235, 0.145),
    hem=(0.62, 0.25, 0.155),
    thickness=0.09,
    rib=0.006,
    opening=((-0.8, 1.1), (-0.72, 1.66), (-0.36, 1.86), (0, 1.92), (0.36, 1.86), (0.72, 1.66), (0.8, 1.1)),
    folds=(
        ((-0.7, 1.95), (-0.2, 2.2), (0.35, 2.22), (0.8, 2.0)),
        ((-1.3, 2.2), (-0.9, 2.8), (-0.7, 3.5)),
        ((1.3, 2.2), (0.95, 2.8), (0.8, 3.5)),
        ((1.95, 2.4), (1.7, 2.9), (1.3, 3.4)),
        ((-1.95, 2.4), (-1.7, 2.9), (-1.3, 3.4)),
        ((-0.3, 2.6), (0.0, 3.0), (0.1, 3.6)),
    ),
)
TOM = Person(
    skin=(0.86, 0.66, 0.55),
    blush=(0.78, 0.42, 0.36),
    lips=(0.68, 0.40, 0.37),
    iris=(0.28, 0.36, 0.44),
    hair=(0.20, 0.125, 0.085),
    brow=(0.20, 0.13, 0.09),
    outline=(
        (-1.44, 0.0),
        (-1.40, 0.34),
        (-1.25, 0.66),
        (-1.0, 0.89),
        (-0.7, 0.985),
        (-0.35, 1.0),
        (-0.1, 0.99),
        (0.1, 0.985),
        (0.35, 0.96),
        (0.6, 0.915),
        (0.8, 0.85),
        (0.98, 0.76),
        (1.16, 0.635),
        (1.3, 0.50),
        (1.40, 0.37),
        (1.45, 0.21),
        (1.47, 0.0),
    ),
    nose_width=1.02,
    lip_fullness=0.88,
    mouth_half=0.365,
    smile=0.055,
    brow_weight=1.35,
    brow_height=-0.035,
    lashes=0.5,
    eye_open=0.98,
)
TOM_FIGURE = Figure(
    outline=(
        (0.5, 0.68),
        (1.2, 0.68),
        (1.5, 0.70),
        (1.66, 0.82),
        (1.8, 1.08),
        (1.94, 1.5),
        (2.08, 1.95),
        (2.25, 2.3),
        (2.5, 2.52),
        (2.9, 2.68),
        (3.4, 2.78),
        (4.5, 2.9),
    ),
    cloth=(0.15, 0.21, 0.34),
    hem=(0.17, 0.235, 0.37),
    rib=0.0025,
    opening=((-0.88, 1.1), (-0.80, 1.78), (-0.42, 2.04), (0, 2.16), (0.42, 2.04), (0.80, 1.78), (0.88, 1.1)),
    folds=(
        ((-1.2, 2.1), (-0.85, 2.6), (-0.75, 3.4)),
        ((1.2, 2.1), (0.85, 2.6), (0.75, 3.4)),
        ((2.2, 2.5), (1.9, 2.9), (1.4, 3.3)),
        ((-2.2, 2.5), (-1.9, 2.9), (-1.4, 3.3)),
    ),
)
TOM_TOP = Sheet(
    [(-0.80, -0.62), (-1.0, -1.0), (-0.95, -1.4), (-0.55, -1.66)],
    [(0.80, -0.62), (0.98, -0.92), (1.08, -0.9), (1.09, -0.5)],
    locks=26,
    strands=46,
    wave=0.025,
    waves=0.8,
    width=0.012,
    gather=0.2,
    fray=0.02,
    between=(
        [(-0.55, -0.92), (-0.72, -1.28), (-0.5, -1.62), (0.0, -1.74)],
        [(-0.12, -1.0), (-0.2, -1.4), (0.16, -1.72), (0.62, -1.64)],
        [(0.35, -1.0), (0.42, -1.38), (0.78, -1.56), (1.02, -1.22)],
    ),
)


def noor(picture: Array, frame: Frame, upright: Frame, light: Light) -> Array:
    """A woman with dark waves to her shoulders."""
    halves = ((RIGHT_IN, RIGHT_OUT), (LEFT_IN, LEFT_OUT))
    behind = [(-0.8, -1.0), (0, -1.3), (0.8, -1.0), (1.2, 0), (1.2, 1.0), (0.8, 1.45), (-0.8, 1.45), (-1.2, 1.0), (-1.2, 0)]
    picture = over(picture, upright.paint(lambda canvas: canvas.drawPath(mass(behind), ink((0.03, 0.02, 0.02), 1, 0.03))))
    for seed, (inner, outer) in enumerate(halves):
        sheet = Sheet(
            [(x * 0.6, y) for x, y in inner[:7]], [(x * 0.97, y) for x, y in outer[:7]], 14, 40, wave=0.1, waves=2.6, shade=0.5
        )
        picture = over(
            picture, upright.paint(lambda canvas, sheet=sheet, seed=seed: draw_sheet(canvas, sheet, NOOR.hair, light, 60 + seed))
        )
    picture = draw_body(picture, NOOR, NOOR_FIGURE, upright, light)
    picture = draw_face(picture, NOOR, frame, light)
    picture = draw_eyes(picture, NOOR, frame, 5)
    picture = over(picture, frame.paint(lambda canvas: canvas.drawPath(mass(CROWN), ink([v * 0.5 for v in NOOR.hair], 1, 0.02))))
    for seed, (inner, outer) in enumerate(halves):
        sheet = Sheet(
            [*inner[:6], (inner[6][0] * 1.05, 1.62)],
            [(x * 1.06, y) for x, y in outer[:7]],
            24,
            44,
            wave=0.1,
            waves=3.1,
            width=0.011,
        )
        layer = frame.paint(lambda canvas, sheet=sheet, seed=seed: draw_sheet(canvas, sheet, NOOR.hair, light, 70 + seed))
        shadow = frame.shift(frame.soften(layer[..., 3], 0.06), 0.05, 0.07)
        picture = over(darken(picture, shadow * 0.55, (0.42, 0.24, 0.2)), layer)
    return picture


def tom(picture: Array, frame: Frame, upright: Frame, light: Light) -> Array:
    """A man with short hair and a short beard."""
    picture = draw_body(picture, TOM, TOM_FIGURE, upright, light)
    picture = draw_ears(picture, TOM, frame, light)
    cap = [
        (-0.99, 0.02),
        (-1.03, -0.5),
        (-1.0, -1.05),
        (-0.6, -1.5),
        (0, -1.62),
        (0.6, -1.5),
        (1.0, -1.05),
        (1.03, -0.5),
        (0.99, 0.02),
    ]
    picture = over(picture, frame.paint(lambda canvas: canvas.drawPath(mass(cap), ink([v * 0.4 for v in TOM.hair], 1, 0.012))))
    picture = draw_face(picture, TOM, frame, light)
    picture = beard(picture, frame)
    picture = draw_eyes(picture, TOM, frame, 7)
    side = frame.soften(frame.mask(mass(cap)) * (1 - frame.mask(curve(TOM_FACE, close=True))), 0.02)
    picture = darken(picture, side * 0.9, [v * 1.4 for v in TOM.hair])
    picture = over(picture, frame.paint(lambda canvas: stubble(canvas, side**2, frame, TOM.hair, (0.07, 0.008), 81)))
    layer = frame.paint(lambda canvas: draw_sheet(canvas, TOM_TOP, TOM.hair, light, 80))
    shadow = frame.shift(frame.soften(layer[..., 3], 0.05), 0.03, 0.06)
    return over(darken(picture, shadow * 0.4, (0.42, 0.24, 0.2)), layer)


TOM_FACE: Points = [
    (-0.92, 0.1),
    (-0.93, -0.2),
    (-0.80, -0.45),
    (-0.74, -0.72),
    (-0.45, -0.93),
    (0, -0.97),
    (0.45, -0.93),
    (0.74, -0.72),
    (0.80, -0.45),
    (0.93, -0.2),
    (0.92, 0.1),
    (0.5, 1),
    (-0.5, 1),
]
BEARD: Points = [
    (-0.97, 0.05),
    (-0.90, 0.30),
    (-0.76, 0.62),
    (-0.52, 0.74),
    (-0.30, 0.68),
    (-0.1, 0.66),
    (0, 0.69),
    (0.1, 0.66),
    (0.30, 0.68),
    (0.52, 0.74),
    (0.76, 0.62),
    (0.90, 0.30),
    (0.97, 0.05),
    (1.0, 0.6),
    (0.85, 1.1),
    (0.5, 1.45),
    (0, 1.52),
    (-0.5, 1.45),
    (-0.85, 1.1),
    (-1.0, 0.6),
]


def beard(picture: Array, frame: Frame) -> Array:
    """The picture with Tom's short beard."""
    upper, lower = lip_paths(TOM)
    lips = frame.mask(upper, 0.012) + frame.mask(lower, 0.012)
    area = frame.mask(curve(BEARD, close=True), 0.035) * frame.mask(face_path(TOM), 0.006) * (1 - (1.3 * lips).clip(0, 1))
    x, y = frame.grid()
    area = (
        area
        * (1 - 0.75 * bump(x, y, (0, 1.065), (0.3, 0.028)) * (np.abs(x) > 0.09))
        * (1 - 0.6 * bump(x, y, (0, 0.7), (0.03, 0.06)))
    )
    picture = darken(picture, area * 0.62, (0.42, 0.31, 0.26))
    return over(picture, frame.paint(lambda canvas: stubble(canvas, area**1.5, frame, TOM.hair, (0.05, 0.0065), 91)))


def noor_and_tom(scale: float = 1.0) -> Array:
    """Two friends in a street at dusk."""
    frame = Frame(round(1600 * scale), round(900 * scale), 0, 0, 1)
    light = Light()
    picture = evening_street(frame)
    places = ((tom, 1128, 376, 164, 3.0, TOM), (noor, 484, 412, 156, -3.0, NOOR))
    for draw, x, y, unit, roll, _ in places:
        head = Frame(frame.width, frame.height, x * scale, y * scale, unit * scale, roll)
        upright = Frame(frame.width, frame.height, (x - 3) * scale, (y - 16) * scale, unit * 0.97 * scale)
        picture = draw(picture, head, upright, light)
    return picture
