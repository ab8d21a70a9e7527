"""Hair in two layers, behind the head and over it, in head coordinates; its ends lag behind the head (`Pose.hair`)."""

import math

import skia

from dramatis.stage.paint import HAIR_PAINTS, Pen, Point, Shade, Tone, mix, outline, oval, smooth, tone, union
from dramatis.stage.people.closeups.hair_detail import cap_sides, draw_curls, draw_strands, through
from dramatis.stage.people.closeups.skin_detail import draw_shadow_of_hair
from dramatis.stage.people.creatures import hide
from dramatis.stage.people.head import Head

_Spots = tuple[tuple[float, float], ...]

_HAIRLINES: dict[str, _Spots] = {
    "short": ((0.375, 0.04), (0.325, -0.10), (0.29, -0.255), (0.12, -0.275), (-0.08, -0.285), (-0.25, -0.225),
        (-0.325, -0.10), (-0.375, 0.04)),
    "spiky": ((0.375, 0.02), (0.33, -0.12), (0.25, -0.25), (0.15, -0.21), (0.05, -0.27), (-0.07, -0.21),
        (-0.19, -0.27), (-0.33, -0.12), (-0.375, 0.02)),
    "long": ((0.385, 0.30), (0.345, 0.06), (0.295, -0.15), (0.12, -0.335), (0.05, -0.36), (-0.12, -0.27),
        (-0.29, -0.13), (-0.35, 0.06), (-0.385, 0.30)),
    "bob": ((0.39, 0.30), (0.335, 0.02), (0.29, -0.205), (0.10, -0.225), (-0.10, -0.225), (-0.29, -0.205),
        (-0.335, 0.02), (-0.39, 0.30)),
    "bun": ((0.375, 0.06), (0.335, -0.09), (0.26, -0.25), (0.09, -0.325), (-0.09, -0.325), (-0.26, -0.25),
        (-0.335, -0.09), (-0.375, 0.06)),
    "ponytail": ((0.375, 0.08), (0.335, -0.07), (0.24, -0.24), (0.02, -0.29), (-0.16, -0.33), (-0.28, -0.22),
        (-0.335, -0.05), (-0.375, 0.08)),
    "curly": ((0.39, 0.10), (0.335, -0.07), (0.27, -0.22), (0.13, -0.255), (0.0, -0.235), (-0.13, -0.255),
        (-0.27, -0.22), (-0.335, -0.07), (-0.39, 0.10)),
}  # fmt: skip
"""Where hair meets the face, from the right to the left (face coordinates)."""

_VOLUME = {"short": 0.055, "spiky": 0.05, "long": 0.075, "bob": 0.085, "bun": 0.04, "ponytail": 0.05, "curly": 0.06}
_CURLS = tuple((0.40 * math.sin(angle), -0.17 - 0.37 * math.cos(angle)) for angle in (-1.25, -0.75, -0.25, 0.25, 0.75, 1.25))
_CURLS_BEHIND = ((0.0, -0.42), (-0.42, -0.2), (-0.50, 0.06), (-0.46, 0.28), (0.46, 0.28), (0.50, 0.06), (0.42, -0.2))


def draw_back(pen: Pen, head: Head) -> None:
    """What hangs or stands behind head, neck and shoulders."""
    kind, hair = head.person.hair, tone(HAIR_PAINTS[head.person.hair_colour], depth=0.42)
    if kind in {"long", "bob"}:
        fall = _fall(head, 1.02 if kind == "long" else 0.43, 0.50 if kind == "long" else 0.49)
        pen.shape(fall, _behind(hair))
        pen.add((-0.9, -0.9, 0.9, 1.4), _fall_strands, fall, _behind(hair))
    elif kind == "ponytail":
        pen.shape(_tail(head), hair, Shade((0.4, 0.0), 0.8, 0.6))
        spots = _tail_spots(head)
        edges = through(spots[0], spots[2], spots[4]), through(spots[0], spots[5], spots[4])
        pen.add((-1.0, -1.0, 1.0, 1.5), draw_strands, [edges], hair)
    elif kind == "bun":
        x, y = head.seen(0.0, -0.60, -0.20)
        pen.shape(oval((x + 0.3 * head.pose.hair[0], y), 0.195, 0.175), hair, Shade((x - 0.06, y - 0.06), 0.25, 0.62))
        pen.rim(smooth([(x - 0.10, y - 0.05), (x - 0.05, y - 0.10), (x + 0.02, y - 0.115)], closed=False), hair.light, 0.03, 0.6)
    elif kind == "curly":
        cloud = _cloud(head, _CURLS_BEHIND, 0.175)
        pen.shape(outline(cloud) if pen.has_lines else cloud, _behind(hair))
        pen.add((-1.0, -1.0, 1.0, 1.0), draw_curls, _centres(head, _CURLS_BEHIND), 0.175, _behind(hair))


def draw_front(pen: Pen, head: Head) -> None:
    """What lies over the skull, with the fringe."""
    kind = head.person.hair
    if kind == "bald":
        return
    hair = tone(HAIR_PAINTS[head.person.hair_colour], depth=0.42)
    parts = [_cap(head)]
    if kind == "curly":
        parts.append(_cloud(head, _CURLS, 0.145))
    if kind == "spiky":
        parts.append(_spikes(head))
    locks = [_lock(head, side) for side in (-1, 1)] if kind == "long" else []
    pen.add((-0.7, -0.8, 0.7, 0.7), draw_shadow_of_hair, head, hide(head.person), parts[0])
    if pen.has_lines:
        pen.shape(union([*parts, *locks]), hair)
    else:
        _painted(pen, head, hair, parts, locks)
    pen.add((-0.9, -1.0, 0.9, 1.4), _strands, head, hair)


def _painted(pen: Pen, head: Head, hair: Tone, parts: list[skia.Path], locks: list[skia.Path]) -> None:
    for part in parts:
        pen.shape(part, hair, Shade((-0.20, -0.30), 0.72, 0.52))
    for lock in locks:
        pen.shape(lock, hair, Shade((-0.30, 0.0), 1.35, 0.35))
    if head.person.hair != "spiky" and pen.detail < 1:
        _shine(pen, head, hair)


def _strands(pen: Pen, head: Head, hair: Tone) -> None:
    kind = head.person.hair
    draw_strands(pen, cap_sides(head, _VOLUME[kind], _HAIRLINES[kind]), hair)
    if kind == "curly":
        draw_curls(pen, _centres(head, _CURLS), 0.145, hair)
    for side in (-1, 1) if kind == "long" else ():
        outer, inner = _lock_edges(head, side)
        draw_strands(pen, [(through(*outer[::2]), through(inner[3], inner[1], inner[0]))], hair, 9, 0.6)


def _shine(pen: Pen, head: Head, hair: Tone) -> None:
    volume = _VOLUME[head.person.hair]
    edge = [
        (0.07, -0.475 - volume * 1.25),
        (0.235 + volume * 0.9, -0.405 - volume * 0.45),
        (0.365 + volume, -0.19),
        (0.385 + volume, -0.06),
    ]
    pen.rim(smooth([head.seen(x, y, -0.08) for x, y in edge], closed=False), mix(hair.base, 0xFFE3B0, 0.38), 0.032, 0.85)
    shine = [head.at(-0.27, -0.30, 0.06), head.at(-0.15, -0.385, 0.06), head.at(0.0, -0.41, 0.06)]
    pen.rim(smooth(shine, closed=False), mix(hair.base, 0xFFFFFF, 0.42), 0.042, 0.75)


def _behind(hair: Tone) -> Tone:
    return Tone(mix(hair.base, hair.shade, 0.85), hair.shade, hair.light)


def _cap(head: Head) -> skia.Path:
    """The outer contour from temple to temple, and back along the hairline."""
    kind = head.person.hair
    volume, line = _VOLUME[kind], _HAIRLINES[kind]
    low = line[0][1]
    left: list[tuple[float, float, float]] = [(-0.40 - volume * 0.6, low, -0.03)]
    if low > 0.15:
        left.append((-0.41 - volume, 0.05, -0.04))
    left += [(-0.395 - volume, -0.18, -0.06), (-0.27 - volume * 0.9, -0.41 - volume * 0.6, -0.08)]
    top = (-0.04, -0.5 - volume * 1.25, -0.09)
    outer = [*left, top, *((-x, y, z) for x, y, z in reversed(left))]
    return smooth([*(head.seen(*spot) for spot in outer), *(_hairline(head, u, v) for u, v in line)], round_=0.9)


def _hairline(head: Head, u: float, v: float) -> Point:
    """A point of the hairline; beyond the far edge of the face it stays on the edge."""
    x, y = head.at(u, v, 0.012)
    edge = 0.405 * math.sqrt(max(0.0, 1 - (y / 0.56) ** 2)) - 0.012
    return max(-edge, min(edge, x)), y


def _fall(head: Head, length: float, wide: float) -> skia.Path:
    """A mass of hair down to `length`; its ends lag."""
    dx, dy = head.pose.hair
    sy = head.sines[0]

    def spot(x: float, y: float, free: float) -> Point:
        px, py = head.seen(x, y, -0.12)
        return px + free * (dx + 0.10 * sy), py + free * dy

    right = [
        (0.30, -0.46, 0.0),
        (wide * 0.95, -0.15, 0.0),
        (wide, 0.15, 0.15),
        (wide * (1.06 if length > 0.6 else 0.98), length * 0.7, 0.6),
    ]
    ends = [(wide * 0.84, length, 1.0), (wide * 0.30, length * 1.03, 1.0)]
    half = [*right, *ends]
    return smooth(
        [spot(0.0, -0.5, 0.0), *(spot(*p) for p in half), *(spot(-x, y, free) for x, y, free in reversed(half))], round_=0.9
    )


def _fall_strands(pen: Pen, fall: skia.Path, hair: Tone) -> None:
    bounds = fall.getBounds()
    edges = [
        ((x * 0.3, bounds.top()), (x * 0.93, (bounds.top() + bounds.bottom()) / 2), (x * 0.88, bounds.bottom() - 0.02))
        for x in (bounds.left() * 0.98, bounds.left() * 0.45, bounds.right() * 0.45, bounds.right() * 0.98)
    ]
    draw_strands(pen, [(through(*edges[0]), through(*edges[1])), (through(*edges[3]), through(*edges[2]))], hair, 5, 0.0)


def _lock(head: Head, side: int) -> skia.Path:
    """A strand in front of the shoulder."""
    outer, inner = _lock_edges(head, side)
    return smooth([*outer, *inner], round_=0.9)


def _lock_edges(head: Head, side: int) -> tuple[list[Point], list[Point]]:
    """Its outer edge from the top down, its inner edge from below up."""
    dx, dy = head.pose.hair
    outer = [(0.40, 0.0, 0.0), (0.475, 0.25, 0.1), (0.535, 0.60, 0.5), (0.50, 0.95, 0.9), (0.40, 1.16, 1.2)]
    inner = [(0.27, 0.98, 0.9), (0.27, 0.66, 0.5), (0.335, 0.30, 0.15), (0.335, 0.05, 0.0)]
    points = []
    for x, y, free in [*outer, *inner]:
        px, py = head.seen(side * x, y, 0.02 - 0.1 * free)
        points.append((px + free * dx, py + free * dy))
    return points[:5], points[5:]


def _tail(head: Head) -> skia.Path:
    return smooth(_tail_spots(head), round_=0.9)


def _tail_spots(head: Head) -> list[Point]:
    """Round a ponytail from its root; the fifth is its end."""
    dx, dy = head.pose.hair
    spots = [
        (0.10, -0.42, 0.0),
        (0.42, -0.46, 0.1),
        (0.62, -0.20, 0.4),
        (0.64, 0.20, 0.8),
        (0.52, 0.52, 1.2),
        (0.46, 0.20, 0.8),
        (0.34, -0.15, 0.3),
    ]
    points = []
    for x, y, free in spots:
        px, py = head.seen(x, y, -0.25)
        points.append((px + 1.3 * free * dx, py + free * dy))
    return points


def _spikes(head: Head) -> skia.Path:
    dx, dy = head.pose.hair
    points: list[Point] = []
    for k in range(6):
        angle = -1.25 + 2.5 * k / 5
        tip = head.seen(0.62 * math.sin(angle), -0.12 - 0.66 * math.cos(angle), -0.06)
        low = head.seen(0.47 * math.sin(angle + 0.25), -0.10 - 0.46 * math.cos(angle + 0.25), -0.06)
        points += [(tip[0] + 0.3 * dx, tip[1] + 0.3 * dy), low]
    points += [head.at(0.25, -0.2), head.at(-0.25, -0.2)]
    return smooth(points, round_=0.3)


def _cloud(head: Head, spots: _Spots, radius: float) -> skia.Path:
    """Curls as one area."""
    path = skia.Path()
    path.setFillType(skia.PathFillType.kWinding)
    for x, y in _centres(head, spots):
        path.addCircle(x, y, radius)
    return path


def _centres(head: Head, spots: _Spots) -> list[Point]:
    """The middles of curls."""
    dx, dy = head.pose.hair
    return [(px + 0.4 * dx, py + 0.4 * dy) for px, py in (head.seen(x, y, -0.09) for x, y in spots)]
