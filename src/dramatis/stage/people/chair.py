"""What people of films sit on, and the shadow at their feet, in coordinates of the neck's base of somebody who stands."""

import skia

from dramatis.stage.paint import INK, Pen, Shade, Tone, limb, mix, oval, polygon, smooth, tone
from dramatis.stage.people.figure import Placement
from dramatis.stage.people.pose import Pose
from dramatis.stage.people.skeleton import floor_of, hips_of
from dramatis.stage.play.script import Person

_WOOD = tone(0xA9754A)
_DARKER = Tone(mix(_WOOD.base, INK, 0.25), mix(_WOOD.shade, INK, 0.25), _WOOD.base)
_BACK, _SEAT = 0.60, 0.66  # half widths in heads
_ASIDE = 0.8  # heads from where it comes


def draw_chair(pen: Pen, place: Placement, person: Person, sitting: tuple[float, float]) -> None:
    """A chair behind somebody, who hides most of it. `sitting`: how far its seat is below their standing hips, and how much they
    sit, 0..1: the chair comes from the side with whoever sits down, and goes with who gets up.
    """
    down, there = sitting
    seat, floor = hips_of() + down + 0.02, floor_of(person) + 0.05
    pen.canvas.save()
    pen.canvas.translate(*place.neck)
    pen.canvas.scale(place.head, place.head)
    if there < 1:
        pen.canvas.translate(_ASIDE * (1 - there), 0.0)
        pen.canvas.saveLayerAlpha(skia.Rect.MakeLTRB(-1.0, seat - 1.5, 1.0, floor + 0.1), round(255 * there))
    for side in (-1, 1):
        pen.shape(limb([(side * 0.46, seat), (side * 0.44, floor - 0.12)], (0.055, 0.045)), _DARKER)
        pen.shape(limb([(side * _BACK, seat - 1.25), (side * _BACK, seat)], (0.055, 0.055)), _WOOD)
        pen.shape(limb([(side * 0.60, seat), (side * 0.62, floor)], (0.060, 0.050)), _WOOD, Shade((-0.3, seat), 1.2, 0.7))
    for top in (1.25, 0.85, 0.45):
        bar = [(-_BACK, seat - top), (0.0, seat - top - 0.03), (_BACK, seat - top), (_BACK, seat - top + 0.20)]
        pen.shape(smooth([*bar, (0.0, seat - top + 0.17), (-_BACK, seat - top + 0.20)], round_=0.5), _WOOD)
    board = [(-_SEAT, seat - 0.03), (_SEAT, seat - 0.03), (_SEAT + 0.06, seat + 0.11), (-_SEAT - 0.06, seat + 0.11)]
    pen.shape(polygon(board), _WOOD, Shade((-0.4, seat), 1.3, 0.7))
    if there < 1:
        pen.canvas.restore()
    pen.canvas.restore()


def draw_shadow(pen: Pen, place: Placement, person: Person, pose: Pose) -> None:
    """A soft shadow on the ground below somebody's feet, which follows whoever walks."""
    pen.canvas.save()
    pen.canvas.translate(*place.neck)
    pen.canvas.scale(place.head, place.head)
    middle = (pose.lean[0], floor_of(person) + 0.06)
    if pen.has_lines:
        pen.area(oval(middle, 0.75, 0.09), 0x1A1030, 0.22)
    else:
        pen.glow(middle, (0.95, 0.16), 0x1A1030, 0.42)
    pen.canvas.restore()
