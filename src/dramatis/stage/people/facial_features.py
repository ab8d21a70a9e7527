"""Eyes, brows, nose, mouth, cheeks, beard and glasses, drawn in head coordinates (`head.Head`)."""

import math

import skia

from dramatis.stage.paint import HAIR_PAINTS, INK, Colour, Pen, Point, Shade, Tone, mix, oval, smooth, tone
from dramatis.stage.people.closeups.beard_detail import draw_beard_detail, draw_lens_detail
from dramatis.stage.people.closeups.eye_detail import draw_brow_detail, draw_eye_detail
from dramatis.stage.people.closeups.mouth_detail import draw_mouth
from dramatis.stage.people.closeups.skin_detail import draw_blush, draw_light, draw_nose_detail, draw_tears
from dramatis.stage.people.creatures import CREATURES, draw_muzzle, hide
from dramatis.stage.people.eye_shapes import EYE_X, EYE_Y, draw_brow, draw_eye, eye_of
from dramatis.stage.people.head import Head, varied
from dramatis.stage.people.lip_shapes import MOUTH_Y, Lips, lips_of


def draw_face(pen: Pen, head: Head) -> None:
    """All of the face but beard and glasses."""
    tones, human = hide(head.person), head.person.species not in CREATURES
    if human:
        pen.add((-0.6, -0.6, 0.6, 0.7), draw_light, head, tones)
    else:
        draw_muzzle(pen, head)
    _cheeks(pen, head, tones)
    for side in (-1, 1):
        eye = eye_of(head, side)
        draw_eye(pen, eye, tones)
        draw_brow(pen, head, side)
        pen.add((-0.6, -0.4, 0.6, 0.3), draw_eye_detail, eye, tones)
        pen.add((-0.6, -0.4, 0.6, 0.3), draw_brow_detail, head, side)
    if human:
        _nose(pen, head, tones)
    if human and head.person.beard != "none":
        draw_beard(pen, head)
    _mouth(pen, head, tones)
    _over(pen, head)


def _over(pen: Pen, head: Head) -> None:
    """Tears and glasses."""
    if head.pose.tears > 0:
        _tears(pen, head)
    if head.person.glasses != "none" and head.pose.glasses_on:
        draw_glasses(pen, head)


def _cheeks(pen: Pen, head: Head, tones: Tone) -> None:
    if head.pose.solid and head.person.species == "robot":
        return
    flush = min(1.0, head.pose.flush)
    for side in (-1, 1):
        x, y = head.at(side * 0.245, 0.205)
        edge = abs(head.at(side * 0.31, 0.205)[0] - head.at(side * 0.18, 0.205)[0]) / 2
        halves, near = (max(0.02, edge), 0.058 + 0.042 * flush), 0.0 if pen.style in {"flat", "outlined"} else pen.detail
        if near < 1:
            pen.area(oval((x, y), *halves), mix(tones.base, 0xE8453C, 0.7), (0.14 + 0.50 * flush) * (1 - near))
        if near > 0:
            with pen.near((-0.6, -0.1, 0.6, 0.6)):
                pen.keep_within(head.skin)
                draw_blush(pen, head, tones, (x, y), halves)


def _nose(pen: Pen, head: Head, tones: Tone) -> None:
    long = 0.01 * varied(head.person.identity, 4) + (0.0 if head.female else 0.012)
    wide = 0.046 if head.female else 0.056
    tip = head.at(0.0, 0.165 + long, 0.075)
    left, right = head.at(-wide, 0.178 + long, 0.02), head.at(wide, 0.178 + long, 0.02)
    bridge, low = head.at(0.012, 0.03, 0.03), head.at(0.0, 0.196 + long, 0.045)
    pen.shading(smooth([bridge, tip, low, right], round_=0.6), tones.shade, 0.55 * (1 - 0.6 * pen.detail))
    pen.line(smooth([left, low, right], closed=False), mix(tones.shade, INK, 0.25), 0.020 * (1 - 0.35 * pen.detail))
    if pen.detail < 1:
        pen.rim(smooth([(tip[0] - 0.018, tip[1] - 0.03), (tip[0] - 0.012, tip[1] - 0.01)], closed=False), tones.light, 0.024)
    pen.add((-0.4, -0.2, 0.4, 0.4), draw_nose_detail, head, tones, tip, (left, right))


def _mouth(pen: Pen, head: Head, tones: Tone) -> None:
    lips, lip = lips_of(head), mix(tones.base, 0xC6304A, 0.60 if head.female else 0.40)
    if pen.detail < 1:
        _small_mouth(pen, head, lips, lip)
    pen.add((-0.35, -0.1, 0.35, 0.75), draw_mouth, head, lips, tones, lip)


def _small_mouth(pen: Pen, head: Head, lips: Lips, lip: Colour) -> None:
    y = MOUTH_Y

    def at(u: float, v: float) -> Point:
        return head.at(u, y + v - lips.corner * (u / 0.165) ** 2 * 0.9)

    def ring(half: float, top: float, bottom: float) -> skia.Path:
        upper = [at(-half, 0.0), at(-half * 0.62, -top * 0.80), at(0.0, -top), at(half * 0.62, -top * 0.80), at(half, 0.0)]
        return smooth([*upper, at(half * 0.66, bottom * 0.74), at(0.0, bottom), at(-half * 0.66, bottom * 0.74)])

    outer = ring(lips.width, lips.top + lips.thick[0], lips.bottom + lips.thick[1])
    pen.area(outer, lip)
    if lips.opening < 0.012:
        seam = [
            at(-lips.width * 1.02, 0.0),
            at(-lips.width * 0.5, 0.004),
            at(0.0, 0.006),
            at(lips.width * 0.5, 0.004),
            at(lips.width * 1.02, 0.0),
        ]
        pen.line(smooth(seam, closed=False), mix(lip, INK, 0.70), 0.022)
        return
    hole = ring(lips.inner, lips.top, lips.bottom)
    pen.area(hole, 0x431020)
    pen.canvas.save()
    pen.canvas.clipPath(hole, True)
    _inside(pen, head, lips, at)
    pen.canvas.restore()


def _inside(pen: Pen, head: Head, lips: Lips, at: object) -> None:
    """Teeth and tongue, inside the opening."""
    place = at if callable(at) else head.at
    tongue = float(head.pose.mouth[7])
    reach = lips.bottom * (0.42 + 0.5 * tongue)
    base = place(0.0, lips.bottom * 1.12)
    pen.area(oval((base[0], base[1]), lips.inner * 0.72, max(0.01, reach)), 0xDB5A66)
    half, show = lips.inner * 0.93, min(0.052, 0.62 * lips.opening)
    top = [place(-half, -lips.top - 0.03), place(half, -lips.top - 0.03)]
    edge = [
        place(half * 0.9, -lips.top * 0.5 + show * 0.55),
        place(0.0, -lips.top + show),
        place(-half * 0.9, -lips.top * 0.5 + show * 0.55),
    ]
    pen.area(smooth([*top, *edge], round_=0.7), 0xFBF7F0)
    lower = float(head.pose.mouth[6])
    if lower > 0.25 and lips.opening > 0.05:
        rise = 0.030 * lower
        low = [
            place(-half * 0.62, lips.bottom),
            place(0.0, lips.bottom - rise),
            place(half * 0.62, lips.bottom),
            place(0.0, lips.bottom + 0.05),
        ]
        pen.area(smooth(low), 0xEDE6DE)


def _tears(pen: Pen, head: Head) -> None:
    pen.add((-0.5, -0.1, 0.5, 0.7), draw_tears, head)
    if pen.detail == 1:
        return
    for side in (-1, 1):
        start, end = head.at(side * 0.20, 0.11), head.at(side * 0.225, 0.11 + 0.22 * head.pose.tears)
        pen.line(smooth([start, end], closed=False), 0x8FD0F2, 0.034, 0.85)
        pen.dot(end, 0.030, 0x8FD0F2, 0.95)


def _jawline(head: Head, grow: float, near: bool) -> tuple[list[Point], Point, list[Point]]:
    """The right rim of a beard from the ear down, the chin, and the left rim; seen `near` it follows the face's own contour."""
    if near:
        outline = head.contour(grow)
        ears = [head.seen(side * (0.40 + grow), 0.10 + grow, -0.02) for side in (1, -1)]
        return [ears[0], *outline[4:7]], outline[7], [ears[1], *reversed(outline[8:11])]
    half = [(0.40, 0.10, -0.02), (0.385, 0.22, 0.04), (0.30, 0.40, 0.11), (0.14, 0.525, 0.2)]
    edge, mirror = (
        [head.seen(side * (x + grow), y + grow + head.jaw * min(1, max(0, y - 0.1) * 3), z) for x, y, z in half]
        for side in (1, -1)
    )
    return edge, head.seen(0.0, 0.545 + grow + head.jaw, 0.22), mirror


def draw_beard(pen: Pen, head: Head) -> None:
    """Stubble, moustache or full beard."""
    hair = tone(HAIR_PAINTS[head.person.hair_colour])
    lips, kind, area = lips_of(head), head.person.beard, None
    if kind in {"full", "stubble"}:
        grow = 0.02 if kind == "full" else -0.006
        near = pen.detail > 0 and head.pose.solid
        edge, chin, mirror = _jawline(head, max(grow, 0.0) if near else grow, near)
        inner = [
            head.at(u, v)
            for u, v in (
                (-0.345, 0.10),
                (-0.30, 0.235),
                (-0.15, 0.215),
                (0.0, 0.222),
                (0.15, 0.215),
                (0.30, 0.235),
                (0.345, 0.10),
            )
        ]
        path = smooth([*edge, chin, *reversed(mirror), *inner], round_=0.8)
        if kind == "full":
            pen.shape(path, hair, Shade((-0.15, 0.1), 0.62, 0.72))
        else:
            _stubble(pen, head, path, hair)
        area = path
    if kind in {"moustache", "full"}:
        y = MOUTH_Y - lips.top - lips.thick[0]
        wide = lips.width + 0.045
        spots = [
            (-wide, y + 0.035),
            (-wide * 0.6, y - 0.035),
            (0.0, y - 0.030),
            (wide * 0.6, y - 0.035),
            (wide, y + 0.035),
            (0.0, y + 0.012),
        ]
        pen.area(smooth([head.at(u, v, 0.01) for u, v in spots], round_=0.9), hair.base if kind == "moustache" else hair.shade)
    pen.add((-0.7, -0.2, 0.7, 0.9), draw_beard_detail, head, hair, kind, area)


def _stubble(pen: Pen, head: Head, path: skia.Path, hair: Tone) -> None:
    """Its shade, which in small pictures may lie beside the jaw."""
    pen.canvas.save()
    if pen.detail > 0:
        pen.canvas.clipPath(head.skin, True)
    pen.area(path, hair.base, 0.28)
    pen.canvas.restore()


def draw_glasses(pen: Pen, head: Head) -> None:
    """Round, square or dark glasses."""
    kind, radius = head.person.glasses, 0.150
    for side in (-1, 1):
        corner = 1.0 if kind == "round" else 1.22
        turns = [2 * math.pi * k / 12 + math.pi / 12 for k in range(12)]
        ring = [
            head.at(
                side * EYE_X + radius * _boxy(math.cos(t), corner),
                EYE_Y + 0.01 + radius * 0.92 * _boxy(math.sin(t), corner) / (1.0 if kind == "round" else 1.15),
                0.05,
            )
            for t in turns
        ]
        path = smooth(ring)
        if kind == "dark":
            pen.area(path, 0x1B1820, 0.94)
            pen.line(smooth([ring[5], ring[7]], closed=False), 0x8FA4C8, 0.02, 0.8)
        else:
            pen.area(path, 0xDDF1FF, 0.22)
        pen.line(path, 0x241C22, 0.030)
        pen.add((-0.7, -0.4, 0.7, 0.5), draw_lens_detail, ring, path, kind == "dark")
        arm = [head.at(side * (EYE_X + radius), EYE_Y, 0.05), head.seen(side * 0.40, 0.0, 0.0)]
        if (arm[1][0] - arm[0][0]) * side > 0:
            pen.line(smooth(arm, closed=False), 0x241C22, 0.026)
    bridge = [head.at(-0.035, EYE_Y - 0.005, 0.07), head.at(0.0, EYE_Y - 0.025, 0.07), head.at(0.035, EYE_Y - 0.005, 0.07)]
    pen.line(smooth(bridge, closed=False), 0x241C22, 0.030)


def _boxy(value: float, corner: float) -> float:
    return max(-1.0, min(1.0, value * corner))
