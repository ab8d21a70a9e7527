"""An eye seen near: the shade of the lid on the ball, an iris with its rings, the fold of the lid, lashes, the wet edge."""

import math

import skia

from dramatis.stage.paint import INK, WHITE, Pen, Point, Tone, add_lens, mix, oval, smooth
from dramatis.stage.people.eye_shapes import EyeShape, brow_colour, brow_spots
from dramatis.stage.people.head import Head

_RAYS = 26


def draw_eye_detail(pen: Pen, eye: EyeShape, tones: Tone) -> None:
    """What a small picture leaves out of an eye, over it."""
    top, low = eye.top, eye.low
    ball = smooth([*top, *low])
    pen.canvas.save()
    pen.canvas.clipPath(ball, True)
    _iris(pen, eye)
    shade = [*top, *((x, y + 0.034) for x, y in reversed(top))]
    pen.area(smooth(shade, round_=0.8), 0x3A2A50, 0.26)
    pen.glow(eye.at(-eye.half * 0.98, 0.012), (0.026, 0.020), 0xE08A86, 0.9)
    _highlights(pen, eye)
    if eye.head.pose.lids < 0.22:
        pen.area(ball, mix(INK, tones.shade, 0.25), min(1.0, 6 * (0.22 - eye.head.pose.lids)))
    pen.canvas.restore()
    _lids(pen, eye, tones)
    if eye.head.female:
        _lashes(pen, eye)


def _iris(pen: Pen, eye: EyeShape) -> None:
    """Rays round the pupil, lighter below where the light comes out, and a dark ring round it all."""
    (x, y), across, down = eye.look, 0.066 * eye.squeeze * eye.size, 0.069 * eye.size
    pen.canvas.save()
    pen.canvas.translate(x, y)
    pen.canvas.scale(across, down)
    pen.glow((0.0, 0.42), (0.85, 0.62), mix(eye.colour, 0xFFE7B0, 0.62), 0.95)
    rays = skia.Path()
    for k in range(_RAYS):
        angle = 2 * math.pi * (k + 0.35 * (k % 3)) / _RAYS
        spots = [(math.cos(angle) * r, math.sin(angle) * r) for r in (0.52, 0.72, 0.86 + 0.08 * (k % 2))]
        add_lens(rays, (spots[0], spots[1], spots[2]), 0.035)
    pen.area(rays, mix(eye.colour, INK, 0.45), 0.55)
    pen.line(oval((0, 0), 0.92, 0.92), mix(eye.colour, INK, 0.72), 0.15, 0.85)
    pen.dot((0.0, 0.0), 0.55, 0x14101A)
    pen.canvas.restore()


def _highlights(pen: Pen, eye: EyeShape) -> None:
    """The light stays where it is while the eye turns; its faint answer lies opposite."""
    (x, y), gaze, size = eye.look, eye.head.pose.gaze, eye.size
    pen.dot((x - 0.024 - 0.010 * gaze[0], y - 0.028 - 0.010 * gaze[1]), 0.021 * size, WHITE)
    pen.dot((x + 0.022 - 0.006 * gaze[0], y + 0.026 - 0.006 * gaze[1]), 0.0085 * size, WHITE, 0.75)


def _lids(pen: Pen, eye: EyeShape, tones: Tone) -> None:
    """The fold over the lid goes with it, and the lower lid has a wet edge with a soft shade below."""
    lids = min(1.2, eye.head.pose.lids)
    rise, half = 0.020 + 0.016 * min(1.0, lids), eye.half
    ends = (eye.at(-half * 0.86, -0.012 - rise * 0.5), eye.at(half * 1.04, -0.020 - rise))
    middle = eye.at(half * 0.06, -eye.up * 1.16 - 2.0 * rise)
    if lids < 0.75:
        between = [*eye.top, ends[1], eye.at(0.0, -eye.up * 0.6 - 1.9 * rise - 0.03 * (1 - lids)), ends[0]]
        pen.area(smooth(between), mix(tones.base, tones.shade, 0.45), 0.75 * min(1.0, 2.6 * (0.75 - lids)))
    fold = skia.Path()
    add_lens(fold, (ends[0], middle, ends[1]), 0.007)
    pen.area(fold, mix(tones.shade, INK, 0.25), 0.70)
    if lids > 0.3:
        wet = [(u * 0.96, v) for u, v in ((half * 0.6, eye.down * 0.72), (0.0, eye.down * 0.93), (-half * 0.6, eye.down * 0.74))]
        pen.line(smooth([eye.at(u, v) for u, v in wet], closed=False), WHITE, 0.006, 0.75)
    x, y = eye.at(-half * 0.12, eye.down + 0.030)
    pen.soft((x, y), (half * 0.95, 0.026), tones.shade, 0.42)


def _lashes(pen: Pen, eye: EyeShape) -> None:
    """Curved outwards, longer at the outer corner; short ones below."""
    path, half, lids = skia.Path(), eye.half, min(1.0, eye.head.pose.lids + 0.15)
    for k, (u, v, long) in enumerate(((0.30, -0.93, 0.032), (0.55, -0.82, 0.040), (0.78, -0.60, 0.046), (0.96, -0.20, 0.046))):
        root = (half * u, eye.up * v)
        out, up = 0.35 + 0.22 * k, 1.0 - 0.18 * k
        tip = (root[0] + long * out, root[1] - long * up * lids)
        bend = (root[0] + long * out * 0.75, root[1] - long * up * lids * 0.30)
        add_lens(path, (eye.at(*root), eye.at(*bend), eye.at(*tip)), 0.008)
    for u, v in ((0.35, 0.90), (0.58, 0.76), (0.78, 0.52)):
        spots = [(half * u, eye.down * v), (half * u + 0.008, eye.down * v + 0.010), (half * u + 0.015, eye.down * v + 0.016)]
        add_lens(path, (eye.at(*spots[0]), eye.at(*spots[1]), eye.at(*spots[2])), 0.003)
    pen.area(path, INK)


def draw_brow_detail(pen: Pen, head: Head, side: int) -> None:
    """Single hairs: upright at the inner end, along the brow further out."""
    (au, av), (bu, bv), (cu, end) = brow_spots(head, side)
    thick, strokes, lights = 0.044 if head.female else 0.056, skia.Path(), skia.Path()
    cv = end - 0.4 * thick
    for k in range(14):
        share = k / 15
        rest = 1 - share
        u = rest * rest * au + share * rest * (4 * bu - au - cu) + share * share * cu
        v = rest * rest * av + share * rest * (4 * bv - av - cv) + share * share * cv
        tall = thick * (0.60 - 0.48 * share)
        low, high = (u - 0.008, v + tall * 0.8), (u + 0.010 + 0.028 * share, v - tall * (0.95 - 0.7 * share))
        bend = (u - 0.003, v - 0.004)
        spots: list[Point] = [head.at(side * x, y) for x, y in (low, bend, high)]
        add_lens(strokes if k % 3 else lights, (spots[0], spots[1], spots[2]), 0.0045)
    colour = brow_colour(head)
    pen.area(strokes, mix(colour, INK, 0.35), 0.85)
    pen.area(lights, mix(colour, 0xFFE3B0, 0.22), 0.7)
