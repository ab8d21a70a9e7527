"""A whole person: from a pose to a drawing, and from the same geometry to its ground truth."""

import math
from dataclasses import dataclass

import skia

from dramatis.stage.grading import Grade
from dramatis.stage.paint import Pen, Point, Shade, detail_at, oval, smooth
from dramatis.stage.people.arms import draw_arm
from dramatis.stage.people.closeups.creature_detail import draw_fur, draw_tufts
from dramatis.stage.people.closeups.skin_detail import draw_ear_detail
from dramatis.stage.people.clothes import draw_legs, draw_torso
from dramatis.stage.people.creatures import CREATURES, draw_behind, hide
from dramatis.stage.people.eye_shapes import eye_at
from dramatis.stage.people.facial_features import draw_face
from dramatis.stage.people.hair import draw_back, draw_front
from dramatis.stage.people.head import PIVOT, Head, head_of
from dramatis.stage.people.lip_shapes import MOUTH_Y, lips_of
from dramatis.stage.people.pose import Pose
from dramatis.stage.people.skeleton import Arm, Skeleton, skeleton_of
from dramatis.stage.play.script import Person

_CHIN = 7  # its place in the contour
_TURNED, _RAISED = 12.0, 0.1  # degrees of a body whose far arm is behind it; heads down to a hand that is before everything

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Placement:
    """Where a person stands: the base of the neck at rest in pixels, and the head's height (chin to crown) in pixels."""

    neck: Point
    head: float


@dataclass(frozen=True)
class Landmarks:
    """Ground truth of a drawn person, in pixels of the canvas."""

    points: dict[str, Point]
    """Eyes, nose, mouth's corners and lips, chin, neck, shoulders, elbows, wrists; left and right as seen."""
    head: Box
    mouth: Box
    body: Box
    opening: float
    """Height of the mouth's opening."""


def draw_person(
    canvas: skia.Canvas, person: Person, pose: Pose, style: str, place: Placement, detailed: bool = True, grade: Grade = ()
) -> None:
    """Draw one person: hair behind, body, head, hair in front, raised arms; large ones in detail, if that is wanted."""
    detail = detail_at(place.head) if detailed else 0.0
    pen, head, body = Pen(canvas, style, detail, grade=grade), head_of(person, pose), skeleton_of(person, pose)
    canvas.save()
    canvas.translate(*place.neck)
    canvas.scale(place.head, place.head)
    canvas.translate(pose.lean[0], pose.lean[1] + 0.012 * pose.bow)
    human = person.species not in CREATURES
    _on_head(pen, head, draw_back if human else draw_behind)
    if canvas.getLocalClipBounds().bottom() > body.hips - 0.15:
        draw_legs(pen, body)
    behind = [_is_behind(arm, body, detail) for arm in body.arms]
    for arm in (arm for arm, hidden in zip(body.arms, behind, strict=True) if hidden):
        draw_arm(pen, body, arm)
    draw_torso(pen, body)
    over = [arm.wrist[1] < -0.05 for arm in body.arms]
    for arm, above, hidden in zip(body.arms, over, behind, strict=True):
        if not above and not hidden:
            draw_arm(pen, body, arm)
    _on_head(pen, head, _draw_head)
    for arm, above, hidden in zip(body.arms, over, behind, strict=True):
        if above and not hidden:
            draw_arm(pen, body, arm)
    canvas.restore()


def _is_behind(arm: Arm, body: Skeleton, detail: float) -> bool:
    """Whether the chest of a turned body hides an arm's shoulder, while its hand is beside the body; in large films."""
    far = arm.side * body.pose.turn > _TURNED and arm.side * arm.wrist[0] > body.half * 0.85
    return far and body.pose.solid and detail > 0 and not (arm.raised and arm.wrist[1] < _RAISED)


def landmarks(person: Person, pose: Pose, place: Placement) -> Landmarks:
    """The same geometry as `draw_person`, as numbers."""
    head, body = head_of(person, pose), skeleton_of(person, pose)
    lips = lips_of(head)

    def pixel(point: Point) -> Point:
        x, y = point[0] + pose.lean[0], point[1] + pose.lean[1] + 0.012 * pose.bow
        return place.neck[0] + place.head * x, place.neck[1] + place.head * y

    def on_head(u: float, v: float) -> Point:
        return pixel(head.to_body(head.at(u, v)))

    y = MOUTH_Y
    points = {
        "left_eye": pixel(head.to_body(eye_at(head, -1))),
        "right_eye": pixel(head.to_body(eye_at(head, 1))),
        "nose": on_head(0.0, 0.17),
        "mouth_left": on_head(-lips.width, y - lips.corner),
        "mouth_right": on_head(lips.width, y - lips.corner),
        "mouth_top": on_head(0.0, y - lips.top),
        "mouth_bottom": on_head(0.0, y + lips.bottom),
        "chin": pixel(head.to_body(head.contour()[_CHIN])),
        "neck": pixel((0.0, 0.0)),
    }
    for name, arm in zip(("left", "right"), body.arms, strict=True):
        points |= {f"{name}_shoulder": pixel(arm.shoulder), f"{name}_elbow": pixel(arm.elbow), f"{name}_wrist": pixel(arm.wrist)}
    outline = [pixel(head.to_body(point)) for point in head.contour(0.06)]
    corners = [
        points["mouth_left"],
        points["mouth_right"],
        on_head(0.0, y - lips.top - lips.thick[0]),
        on_head(0.0, y + lips.bottom + lips.thick[1]),
    ]
    everything = [*outline, *points.values(), pixel((-body.half, body.hips)), pixel((body.half, body.hips))]
    opening = math.dist(points["mouth_top"], points["mouth_bottom"])
    return Landmarks(points, _box(outline), _box(corners), _box(everything), opening)


def _box(points: list[Point]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def _on_head(pen: Pen, head: Head, draw: object) -> None:
    pen.canvas.save()
    pen.canvas.translate(*head.offset)
    pen.canvas.rotate(head.pose.roll)
    pen.canvas.translate(0.0, -PIVOT)
    if callable(draw):
        draw(pen, head)
    pen.canvas.restore()


_EARS_SHOWN = frozenset({"bald", "short", "bun", "spiky", "ponytail"})


def _draw_head(pen: Pen, head: Head) -> None:
    tones, near = hide(head.person), _near(head)
    human = head.person.species not in CREATURES
    for side in (-1, 1):
        if side != near and human:
            _ear(pen, head, side)
    furred = pen.detail > 0 and head.person.species in {"cat", "bear", "rabbit"}
    if furred:
        with pen.near((-0.8, -0.8, 0.8, 0.8)):
            draw_tufts(pen, head, tones)
    pen.shape(head.skin, tones, Shade((head.at(-0.13, -0.10)[0] * 0.5 - 0.10, -0.08), 0.66, 0.74))
    if furred:
        with pen.near((-0.8, -0.8, 0.8, 0.8)):
            draw_fur(pen, head, tones)
    draw_face(pen, head)
    if human:
        draw_front(pen, head)
    if near and human:
        _ear(pen, head, near)


def _near(head: Head) -> int:
    """The side of the ear that the turned head shows over its hair; 0: none."""
    turned = head.sines[0]
    return 0 if abs(turned) < 0.15 or head.person.hair not in _EARS_SHOWN else -1 if turned > 0 else 1


def _ear(pen: Pen, head: Head, side: int) -> None:
    sy, cy, sp, cp = head.sines
    x, y = side * 0.41 * (0.25 + 0.75 * cy) - 0.04 * sy, 0.075 * cp - 0.04 * sp
    tones = hide(head.person)
    pen.shape(oval((x, y), 0.070, 0.105), tones, Shade((-0.3, 0.0), 0.75, 0.8))
    if pen.detail < 1:
        fold = [(x + side * 0.02, y - 0.05), (x - side * 0.005, y), (x + side * 0.015, y + 0.045)]
        pen.rim(smooth(fold, closed=False), tones.shade, 0.022)
    pen.add((x - 0.12, y - 0.16, x + 0.12, y + 0.16), draw_ear_detail, (x, y), side, tones)
