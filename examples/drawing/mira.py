"""Mira: a woman in a room at dusk."""

import skia

from drawing.body import Figure, draw_body
from drawing.gentle_eyes import draw_gentle_eyes
from drawing.gentle_face import SOFT_SKIN, draw_gentle_face
from drawing.hair import Sheet, along, draw_sheet, draw_wisps, mass
from drawing.head import Person
from drawing.paper import Array, Frame, Points, curve, darken, ink, over
from drawing.relief import Light
from drawing.sets import evening_room

MIRA = Person(
    skin=(0.93, 0.745, 0.64),
    blush=(0.90, 0.47, 0.42),
    lips=(0.80, 0.41, 0.41),
    iris=(0.43, 0.26, 0.115),
    hair=(0.27, 0.14, 0.085),
    brow=(0.35, 0.175, 0.10),
    outline=(
        (-1.44, 0.0),
        (-1.40, 0.34),
        (-1.25, 0.66),
        (-1.0, 0.89),
        (-0.7, 0.985),
        (-0.35, 1.0),
        (-0.1, 0.985),
        (0.1, 0.975),
        (0.35, 0.945),
        (0.6, 0.87),
        (0.78, 0.765),
        (0.94, 0.62),
        (1.07, 0.475),
        (1.165, 0.355),
        (1.237, 0.245),
        (1.277, 0.15),
        (1.294, 0.0),
    ),
    lip_fullness=1.05,
    mouth_half=0.315,
    smile=0.05,
    freckles=48,
)
RIGHT_IN: Points = [
    (0.27, -1.0),
    (0.54, -0.86),
    (0.80, -0.52),
    (0.945, -0.1),
    (0.975, 0.4),
    (0.95, 0.95),
    (1.0, 1.5),
    (1.06, 2.0),
    (0.72, 2.55),
]
RIGHT_OUT: Points = [
    (0.30, -1.56),
    (0.66, -1.54),
    (1.03, -1.27),
    (1.27, -0.75),
    (1.38, -0.1),
    (1.45, 0.6),
    (1.56, 1.3),
    (1.70, 1.95),
    (1.48, 2.75),
]
LEFT_IN: Points = [
    (0.26, -0.98),
    (-0.08, -0.90),
    (-0.50, -0.68),
    (-0.86, -0.32),
    (-0.97, 0.12),
    (-0.955, 0.65),
    (-0.97, 1.3),
    (-1.08, 1.9),
    (-0.74, 2.55),
]
LEFT_OUT: Points = [
    (0.29, -1.57),
    (-0.26, -1.60),
    (-0.86, -1.38),
    (-1.22, -0.85),
    (-1.37, -0.1),
    (-1.46, 0.6),
    (-1.58, 1.3),
    (-1.74, 1.95),
    (-1.52, 2.75),
]
FRINGE = (
    Sheet(
        [(0.24, -1.03), (0.0, -0.84), (-0.38, -0.64), (-0.78, -0.38), (-0.94, 0.02), (-0.98, 0.5), (-1.0, 0.8)],
        [(0.20, -1.2), (-0.2, -1.03), (-0.64, -0.78), (-0.95, -0.38), (-1.05, 0.05), (-1.06, 0.6), (-1.1, 1.0)],
        15,
        6,
        shade=0.8,
        wave=0.01,
        width=0.009,
        fray=0.03,
        gather=0.06,
    ),
    Sheet(
        [(0.28, -1.04), (0.52, -0.76), (0.76, -0.42), (0.90, -0.05), (0.95, 0.35), (0.97, 0.8)],
        [(0.32, -1.2), (0.64, -0.94), (0.90, -0.52), (1.02, -0.1), (1.06, 0.35), (1.08, 0.9)],
        9,
        6,
        shade=0.85,
        wave=0.01,
        width=0.009,
        fray=0.03,
        gather=0.06,
    ),
    Sheet(
        [(-0.80, -0.5), (-0.93, -0.1), (-0.90, 0.35), (-0.80, 0.75), (-0.78, 1.05), (-0.9, 1.4)],
        [(-0.90, -0.5), (-1.0, -0.1), (-1.0, 0.4), (-0.94, 0.8), (-0.95, 1.1), (-1.05, 1.5)],
        5,
        9,
        wave=0.02,
        waves=1.4,
        width=0.009,
        fray=0.03,
        gather=0.1,
    ),
    Sheet(
        [(0.84, -0.5), (0.94, -0.1), (0.92, 0.35), (0.84, 0.75), (0.82, 1.05), (0.92, 1.4)],
        [(0.92, -0.5), (1.0, -0.1), (1.0, 0.4), (0.95, 0.8), (0.97, 1.1), (1.05, 1.5)],
        4,
        8,
        wave=0.02,
        waves=1.4,
        width=0.009,
        fray=0.03,
        gather=0.1,
    ),
)
FLY_AWAY = tuple(
    Sheet(
        [(x * 0.95, y * 0.985) for x, y in guide],
        [(x * 1.02, y * 1.008) for x, y in guide],
        34,
        2,
        wave=0.012,
        width=0.006,
        fray=0.05,
        gather=0.55,
    )
    for guide in (RIGHT_OUT, LEFT_OUT)
)
CROWN: Points = [
    (0.26, -1.02),
    (-0.1, -0.96),
    (-0.6, -0.76),
    (-0.75, -1.2),
    (-0.3, -1.56),
    (0.28, -1.56),
    (0.6, -1.5),
    (0.85, -1.2),
    (0.8, -0.66),
    (0.52, -0.92),
]
MIRA_FIGURE = Figure(
    bones=0.5,
    soft_bones=0.03,
    skin=SOFT_SKIN,
    opening=(
        (-1.22, 1.2),
        (-1.16, 1.86),
        (-0.72, 2.22),
        (-0.18, 2.72),
        (0.03, 2.93),
        (0.2, 2.70),
        (0.72, 2.22),
        (1.16, 1.86),
        (1.22, 1.2),
    ),
    folds=(
        ((-1.5, 2.15), (-1.15, 2.6), (-0.55, 3.1), (0.2, 3.6)),
        ((-1.85, 2.3), (-1.5, 2.9), (-0.9, 3.5)),
        ((1.5, 2.15), (1.1, 2.65), (0.5, 3.05), (-0.1, 3.3)),
        ((1.9, 2.4), (1.65, 2.9), (1.2, 3.4)),
        ((2.1, 2.5), (2.0, 3.0), (1.75, 3.6)),
        ((-2.1, 2.5), (-2.05, 3.0), (-1.8, 3.6)),
    ),
)


def necklace(picture: Array, frame: Frame) -> Array:
    """The picture with a thin gold chain and its drop."""
    chain: Points = [(-0.60, 1.70), (-0.52, 1.94), (-0.27, 2.25), (0.0, 2.36), (0.27, 2.25), (0.52, 1.94), (0.60, 1.70)]

    def gold(canvas: skia.Canvas) -> None:
        canvas.drawPath(curve([(x, y + 0.02) for x, y in chain]), ink((0.35, 0.16, 0.10), 0.5, 0.012, 0.02))
        canvas.drawPath(curve(chain), ink((0.66, 0.44, 0.20), 1, 0, 0.016))
        beads = along(chain, 90).tolist()
        for x, y in beads:
            canvas.drawCircle(x - 0.002, y - 0.002, 0.0055, ink((1.0, 0.87, 0.58), 0.95))
        canvas.drawCircle(0.008, 2.425, 0.052, ink((0.35, 0.16, 0.10), 0.5, 0.015))
        canvas.drawCircle(0, 2.41, 0.046, ink((0.70, 0.47, 0.20)))
        canvas.drawCircle(0, 2.41, 0.036, ink((0.10, 0.42, 0.44)))
        canvas.drawCircle(-0.012, 2.398, 0.012, ink((0.85, 1, 0.98), 0.9, 0.004))

    return over(picture, frame.paint(gold))


def mira(scale: float = 1.0) -> Array:
    """A woman in a room at dusk."""
    frame = Frame(round(1280 * scale), round(720 * scale), 606 * scale, 322 * scale, 147 * scale, -2.5)
    upright = Frame(frame.width, frame.height, frame.x - 3 * scale, frame.y - 16 * scale, frame.unit * 0.97, 0.0)
    light = Light(rim_colour=(0.88, 0.78, 0.95))
    picture = evening_room(frame)
    behind = [
        (-0.8, -1.0),
        (0, -1.3),
        (0.8, -1.0),
        (1.15, 0),
        (1.3, 1.2),
        (1.25, 2.2),
        (0.7, 2.4),
        (-0.7, 2.4),
        (-1.25, 2.2),
        (-1.3, 1.2),
        (-1.15, 0),
    ]
    picture = over(picture, upright.paint(lambda canvas: canvas.drawPath(mass(behind), ink((0.05, 0.03, 0.03), 1, 0.03))))
    for seed, (inner, outer) in enumerate(((RIGHT_IN, RIGHT_OUT), (LEFT_IN, LEFT_OUT))):
        sheet = Sheet(
            [(x * 0.55, y) for x, y in inner], [(x * 0.97, y * (0.95 if y < 0 else 1)) for x, y in outer], 14, 40, shade=0.42
        )
        picture = over(
            picture, upright.paint(lambda canvas, sheet=sheet, seed=seed: draw_sheet(canvas, sheet, MIRA.hair, light, 40 + seed))
        )
    picture = draw_body(picture, MIRA, MIRA_FIGURE, upright, light)
    picture = necklace(picture, upright)
    picture = draw_gentle_face(picture, MIRA, frame)
    picture = draw_gentle_eyes(picture, MIRA, frame, 3)
    picture = over(picture, frame.paint(lambda canvas: canvas.drawPath(mass(CROWN), ink([v * 0.5 for v in MIRA.hair], 1, 0.02))))

    for seed, (inner, outer) in enumerate(((RIGHT_IN, RIGHT_OUT), (LEFT_IN, LEFT_OUT))):
        layer = frame.paint(
            lambda canvas, inner=inner, outer=outer, seed=seed: draw_sheet(
                canvas, Sheet(inner, outer, strands=54, wave=0.11, width=0.0095, fray=0.016), MIRA.hair, light, 50 + seed
            )
        )
        shadow = frame.shift(frame.soften(layer[..., 3], 0.06), 0.05, 0.07)
        picture = over(darken(picture, shadow * 0.5, (0.55, 0.30, 0.24)), layer)
    for seed, sheet in enumerate(FRINGE):
        layer = frame.paint(lambda canvas, sheet=sheet, seed=seed: draw_wisps(canvas, sheet, MIRA.hair, light, 80 + seed))
        shadow = frame.shift(frame.soften(layer[..., 3], 0.025), 0.02, 0.03)
        picture = over(darken(picture, shadow * 0.4, (0.6, 0.36, 0.3)), layer)
    for seed, sheet in enumerate(FLY_AWAY):
        layer = frame.paint(lambda canvas, sheet=sheet, seed=seed: draw_wisps(canvas, sheet, MIRA.hair, light, 90 + seed))
        picture = over(picture, layer, 0.6)
    return picture
