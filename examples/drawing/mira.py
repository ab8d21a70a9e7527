"""Mira: a woman in a room at dusk."""

import skia

from drawing.body import Figure, draw_body
from drawing.eyes import draw_eyes
from drawing.hair import Sheet, along, draw_sheet, mass
from drawing.head import Person, draw_face
from drawing.long_hair import CROWN, LEFT_IN, LEFT_OUT, RIGHT_IN, RIGHT_OUT
from drawing.paper import Array, Frame, Points, curve, darken, ink, over
from drawing.relief import Light
from drawing.sets import evening_room

MIRA = Person(freckles=110)
MIRA_FIGURE = Figure(
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
    light = Light()
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
        sheet = Sheet([(x * 0.55, y) for x, y in inner], [(x * 0.97, y) for x, y in outer], 14, 40, shade=0.42)
        picture = over(
            picture, upright.paint(lambda canvas, sheet=sheet, seed=seed: draw_sheet(canvas, sheet, MIRA.hair, light, 40 + seed))
        )
    picture = draw_body(picture, MIRA, MIRA_FIGURE, upright, light)
    picture = necklace(picture, upright)
    picture = draw_face(picture, MIRA, frame, light)
    picture = draw_eyes(picture, MIRA, frame, 3)
    picture = over(picture, frame.paint(lambda canvas: canvas.drawPath(mass(CROWN), ink([v * 0.5 for v in MIRA.hair], 1, 0.02))))

    for seed, (inner, outer) in enumerate(((RIGHT_IN, RIGHT_OUT), (LEFT_IN, LEFT_OUT))):
        layer = frame.paint(
            lambda canvas, inner=inner, outer=outer, seed=seed: draw_sheet(
                canvas, Sheet(inner, outer), MIRA.hair, light, 50 + seed
            )
        )
        shadow = frame.shift(frame.soften(layer[..., 3], 0.06), 0.05, 0.07)
        picture = over(darken(picture, shadow * 0.55, (0.42, 0.24, 0.2)), layer)

    return picture
