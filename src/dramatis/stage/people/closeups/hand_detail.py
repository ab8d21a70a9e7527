"""Hands seen near: tapered fingers with joints and nails, a palm with its lines, a fist with its knuckles; paws and grippers."""

from dataclasses import replace
from functools import lru_cache

import skia

from dramatis.stage.paint import INK, WHITE, Pen, Point, Shade, Tone, add_lens, limb, mix, oval, smooth, union
from dramatis.stage.people.closeups.hair_detail import through

_PAD = 0xE98B95
_FINGERS = ((0.098, 0.330), (0.034, 0.368), (-0.034, 0.358), (-0.098, 0.305))
"""Where a finger begins and how far it reaches, from the thumb's side on."""
_THUMB = ((0.062, -0.045), (0.130, -0.125), (0.178, -0.190))
_KNUCKLES = (-0.084, -0.028, 0.028, 0.084)
_FURRED = frozenset({"cat", "bear", "rabbit"})


def draw_hand_detail(pen: Pen, tones: Tone, side: int, kind: str, species: str) -> None:
    """A hand at its wrist, fingers up; `side` -1 is the picture's left, its thumb is on the other one."""
    pen = replace(pen, fine=0.6 * pen.fine)
    if kind == "open":
        _open(pen, tones, side, species)
    elif kind == "point":
        _fist(pen, tones, side, species, pointing=True)
    else:
        _fist(pen, tones, side, species, pointing=False)


def _palm(side: int) -> skia.Path:
    """Broad at the ball of the thumb, narrow at the wrist."""
    spots = [(-0.080, 0.03), (-0.100, -0.05), (-0.112, -0.14), (-0.075, -0.215), (0.075, -0.225), (0.122, -0.15), (0.120, -0.06)]
    return smooth([(-side * x, y) for x, y in [*spots, (0.080, 0.03), (0.0, 0.055)]])


def _fingers(side: int) -> list[tuple[Point, Point, Point]]:
    """Root, middle joint and tip of each finger, from the thumb's side on."""
    return [
        ((-side * u * 0.86, -0.15), (-side * u * 1.14, -0.15 - (long - 0.15) * 0.52), (-side * u * 1.40, -long))
        for u, long in _FINGERS
    ]


def _mirrored(path: skia.Path, side: int) -> skia.Path:
    """A path that was made for the picture's left, for this side."""
    if side > 0:
        path.transform(skia.Matrix.Scale(-1.0, 1.0))
    return path


@lru_cache(maxsize=2)
def _hand(side: int) -> skia.Path:
    thumb = limb(_THUMB, (0.048, 0.037, 0.028))
    return _mirrored(union([_palm(-1), thumb, *(limb(finger, (0.036, 0.033, 0.027)) for finger in _fingers(-1))]), side)


@lru_cache(maxsize=1)
def _curled() -> skia.Path:
    back = smooth([(-0.092, 0.03), (-0.118, -0.06), (-0.112, -0.16), (0.112, -0.16), (0.118, -0.06), (0.092, 0.03), (0.0, 0.055)])
    return union([back, *(oval((x, -0.172 + 0.15 * abs(x)), 0.034, 0.048) for x in _KNUCKLES)])


@lru_cache(maxsize=2)
def _pointing(side: int) -> skia.Path:
    return _mirrored(union([limb([(0.060, -0.13), (0.054, -0.27), (0.050, -0.392)], (0.038, 0.035, 0.027))]), side)


@lru_cache(maxsize=2)
def _bent_thumb(side: int) -> skia.Path:
    spots = [
        (0.126, -0.010),
        (0.114, -0.100),
        (0.066, -0.140),
        (0.012, -0.150),
        (-0.012, -0.126),
        (0.008, -0.100),
        (0.046, -0.092),
    ]
    return _mirrored(smooth([*spots, (0.058, -0.030), (0.088, 0.002)], round_=0.9), side)


def _open(pen: Pen, tones: Tone, side: int, species: str) -> None:
    fingers, thumb = _fingers(side), [(-side * x, y) for x, y in _THUMB]
    pen.shape(_hand(side), tones, Shade((-0.05, -0.17), 0.34, 0.55))
    if species in _FURRED:
        _pads(pen, fingers, thumb, tones)
    elif species == "robot":
        _joints(pen, [*fingers, (thumb[0], thumb[1], thumb[2])], tones)
    else:
        _lines_of_palm(pen, fingers, side, tones)


def _lines_of_palm(pen: Pen, fingers: list[tuple[Point, Point, Point]], side: int, tones: Tone) -> None:
    lines = skia.Path()
    for (ax, ay), (bx, by), (cx, cy) in fingers:
        add_lens(lines, through((bx - 0.024, by + 0.004), (bx, by + 0.010), (bx + 0.024, by + 0.004)), 0.004)
        x, y = (bx + 2 * cx) / 3, (by + 2 * cy) / 3 + 0.018
        add_lens(lines, through((x - 0.020, y), (x, y + 0.005), (x + 0.020, y)), 0.003)
        add_lens(lines, through((ax - 0.028, ay - 0.052), (ax, ay - 0.046), (ax + 0.028, ay - 0.052)), 0.004)
    s = -side
    for start, middle, end in (
        ((s * 0.100, -0.135), (s * 0.035, -0.105), (s * 0.030, 0.005)),
        ((s * 0.095, -0.140), (s * 0.0, -0.125), (s * -0.085, -0.085)),
        ((s * 0.060, -0.185), (s * -0.020, -0.155), (s * -0.100, -0.150)),
    ):
        add_lens(lines, through(start, middle, end), 0.006)
    pen.area(lines, mix(tones.shade, INK, 0.15), 0.75)
    pen.soft((s * 0.070, -0.060), (0.055, 0.065), mix(tones.light, 0xF08A80, 0.35), 0.45)
    for _, _, (x, y) in fingers:
        pen.soft((x, y + 0.012), (0.024, 0.026), 0xF0776C, 0.35)


def _pads(pen: Pen, fingers: list[tuple[Point, Point, Point]], thumb: list[Point], tones: Tone) -> None:
    pads = skia.Path()
    for _, _, (x, y) in fingers:
        pads.addPath(oval((x, y + 0.010), 0.020, 0.025))
    pads.addPath(oval((thumb[2][0], thumb[2][1] + 0.004), 0.020, 0.022))
    pads.addPath(smooth([(-0.075, -0.06), (-0.052, -0.125), (0.0, -0.150), (0.052, -0.125), (0.075, -0.06), (0.0, -0.035)]))
    pen.area(pads, mix(_PAD, tones.shade, 0.25))
    pen.soft((-0.018, -0.115), (0.040, 0.025), WHITE, 0.35)


def _joints(pen: Pen, fingers: list[tuple[Point, Point, Point]], tones: Tone) -> None:
    """Metal fingers: a ring at each joint, a bolt in the palm."""
    for _, (bx, by), (cx, cy) in fingers:
        for x, y in ((bx, by), ((bx + 1.6 * cx) / 2.6, (by + 1.6 * cy) / 2.6)):
            pen.line(smooth([(x - 0.026, y), (x, y + 0.005), (x + 0.026, y)], closed=False), mix(tones.shade, INK, 0.35), 0.011)
    pen.dot((0.0, -0.09), 0.042, mix(tones.shade, INK, 0.30))
    pen.dot((0.0, -0.09), 0.027, tones.light)
    pen.line(smooth([(-0.018, -0.098), (0.018, -0.082)], closed=False), mix(tones.shade, INK, 0.5), 0.008)


def _fist(pen: Pen, tones: Tone, side: int, species: str, pointing: bool) -> None:
    """Curled fingers in a row, the thumb across them; one of them stretched where it points."""
    if pointing:
        pen.shape(_pointing(side), tones, Shade((-0.10, -0.25), 0.26, 0.5))
        if species not in _FURRED | {"robot"}:
            pen.area(oval((side * -0.050, -0.380), 0.014, 0.020), mix(tones.base, 0xFFE9E0, 0.55), 0.9)
        creases = skia.Path()
        x = side * -0.054
        add_lens(creases, through((x - 0.026, -0.268), (x, -0.262), (x + 0.026, -0.268)), 0.004)
        pen.area(creases, mix(tones.shade, INK, 0.15), 0.7)
    pen.shape(_curled(), tones, Shade((-0.05, -0.14), 0.27, 0.5))
    gaps = skia.Path()
    for x in (-0.056, 0.0, 0.056):
        add_lens(gaps, through((x, -0.208), (x * 0.96, -0.165), (x * 0.90, -0.105)), 0.006)
    pen.area(gaps, mix(tones.shade, INK, 0.30), 0.80)
    for x in _KNUCKLES:
        pen.soft((x - 0.006, -0.178), (0.026, 0.028), tones.light, 0.55)
    pen.shape(_bent_thumb(side), tones, Shade((-side * 0.07, -0.10), 0.14, 0.55))
    if pen.style == "shaded":
        edge = through((-side * 0.108, -0.050), (-side * 0.052, -0.075), (-side * 0.012, -0.096))
        lines = skia.Path()
        add_lens(lines, edge, 0.008)
        pen.area(lines, tones.shade, 0.8)
    if species not in _FURRED | {"robot"}:
        pen.area(oval((-side * 0.020, -0.126), 0.017, 0.012), mix(tones.base, 0xFFE9E0, 0.55), 0.9)
