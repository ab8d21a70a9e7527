"""A mouth seen near: lips with bow and volume, rows of teeth, a tongue with its groove, and dark behind them."""

from dataclasses import dataclass

import skia

from dramatis.stage.paint import INK, WHITE, Colour, Pen, Point, Tone, add_lens, mix, smooth
from dramatis.stage.people.head import Head
from dramatis.stage.people.lip_shapes import MOUTH_Y, Lips

_DARK, _DEEP = 0x5A1522, 0x26070F
_TONGUE, _TEETH = 0xD9606B, 0xFBF7F0
_GAPS = (0.0, 0.25, 0.47, 0.65, 0.79, 0.90)  # of the half row: where teeth meet
_SHUT = 0.012


@dataclass(frozen=True)
class _PlacedMouth:
    """The mouth on its head: `at` is a spot beside and below its middle."""

    head: Head
    lips: Lips

    def at(self, u: float, v: float) -> Point:
        return self.head.at(u, MOUTH_Y + v - self.lips.corner * (u / 0.165) ** 2 * 0.9)

    def line(self, spots: list[Point], closed: bool = True) -> skia.Path:
        return smooth([self.at(u, v) for u, v in spots], closed)


def draw_mouth(pen: Pen, head: Head, lips: Lips, tones: Tone, lip: Colour) -> None:
    """The whole mouth, over what a small picture shows of it."""
    place = _PlacedMouth(head, lips)
    _folds(pen, place, tones)
    _lips(pen, place, tones, lip)
    if lips.opening < _SHUT:
        _seam(pen, place, lip)
        return
    hole = _hole(place)
    pen.canvas.save()
    pen.canvas.clipPath(hole, True)
    _inside(pen, place)
    pen.canvas.restore()
    pen.line(hole, mix(lip, INK, 0.45), 0.006, 0.8)


def _hole(place: _PlacedMouth) -> skia.Path:
    half, top, low = place.lips.inner, place.lips.top, place.lips.bottom
    upper = [(-half, 0.0), (-half * 0.62, -top * 0.80), (0.0, -top), (half * 0.62, -top * 0.80), (half, 0.0)]
    return place.line([*upper, (half * 0.66, low * 0.74), (0.0, low), (-half * 0.66, low * 0.74)])


def _upper_edge(place: _PlacedMouth) -> list[Point]:
    """The outer edge of the upper lip, from left to right, with the bow in its middle."""
    wide, top, full = place.lips.width, place.lips.top, place.lips.thick[0]
    left = [(-wide, 0.0), (-wide * 0.62, -top * 0.80 - full * 0.72), (-wide * 0.24, -top - full * 1.12)]
    return [*left, (0.0, -top - full * 0.86), *((-u, v) for u, v in reversed(left))]


def _lips(pen: Pen, place: _PlacedMouth, tones: Tone, lip: Colour) -> None:
    wide, low, full = place.lips.width, place.lips.bottom, place.lips.thick[1]
    lower = [(wide * 0.66, low * 0.74 + full * 0.80), (wide * 0.24, low + full * 1.06), (-wide * 0.24, low + full * 1.06)]
    lower.append((-wide * 0.66, low * 0.74 + full * 0.80))
    x, y = place.at(0.0, low + full * 1.75)
    pen.soft((x, y), (wide * 0.62, 0.030), tones.shade, 0.55)
    pen.area(place.line([*_upper_edge(place), *lower]), lip)
    bow = [*_upper_edge(place), (wide * 0.5, -place.lips.top * 0.8), (0.0, -place.lips.top), (-wide * 0.5, -place.lips.top * 0.8)]
    pen.area(place.line(bow), mix(lip, tones.shade, 0.55), 0.55)
    if place.head.person.species != "robot":
        shine = skia.Path()
        for side, share in ((-1, 1.0), (1, 0.55)):
            spots = [(side * wide * u, low + full * v) for u, v in ((0.06, 0.52), (0.24, 0.60), (0.44, 0.30))]
            add_lens(shine, (place.at(*spots[0]), place.at(*spots[1]), place.at(*spots[2])), full * 0.22 * share)
        pen.area(shine, WHITE, 0.42 if place.head.female else 0.20)
    for side in (-1, 1):
        pen.glow(place.at(side * wide * 1.01, 0.002), (0.018, 0.011), mix(lip, INK, 0.55), 0.45)


def _seam(pen: Pen, place: _PlacedMouth, lip: Colour) -> None:
    """Closed lips meet in a line that is thickest in its middle, and waves with the bow."""
    wide, thick = place.lips.width * 1.03, 0.0075
    above = [(-wide, 0.0), (-wide * 0.5, 0.002 - thick), (0.0, 0.008 - thick), (wide * 0.5, 0.002 - thick), (wide, 0.0)]
    below = [(wide * 0.5, 0.004 + thick * 0.6), (0.0, 0.009 + thick * 0.7), (-wide * 0.5, 0.004 + thick * 0.6)]
    pen.area(place.line([*above, *below]), mix(lip, INK, 0.72))


def _folds(pen: Pen, place: _PlacedMouth, tones: Tone) -> None:
    """Beside a smiling mouth the cheek folds; above it is the dip between nose and lip."""
    smile = max(0.0, place.head.pose.smile) + 0.5 * float(place.head.pose.mouth[1])
    wide, top = place.lips.width, place.lips.top + place.lips.thick[0]
    if smile > 0.25 and place.head.person.species in {"woman", "man", "girl", "boy"}:
        folds = skia.Path()
        for side in (-1, 1):
            start, end = place.head.at(side * 0.105, 0.195), place.at(side * (wide + 0.050), 0.030)
            add_lens(folds, (start, (end[0] + side * 0.012, (start[1] + end[1]) / 2 - 0.02), end), 0.010)
        pen.area(folds, tones.shade, 0.55 * min(1.0, smile))
    x, y = place.at(0.0, -top - 0.026)
    pen.soft((x, y), (0.016, 0.026), tones.shade, 0.40)


def _inside(pen: Pen, place: _PlacedMouth) -> None:
    """Throat, tongue, teeth, and the shadow of the lip on them."""
    lips = place.lips
    bounds = [place.at(-lips.inner, 0.0), place.at(lips.inner, 0.0), place.at(0.0, lips.bottom), place.at(0.0, -lips.top)]
    left, right = min(x for x, _ in bounds) - 0.05, max(x for x, _ in bounds) + 0.05
    top, low = min(y for _, y in bounds) - 0.05, max(y for _, y in bounds) + 0.05
    pen.area(skia.Path.Rect(skia.Rect.MakeLTRB(left, top, right, low)), _DARK)
    pen.glow(place.at(0.0, 0.25 * lips.bottom), (lips.inner * 0.80, 0.62 * lips.opening + 0.01), _DEEP, 0.95)
    lower = float(place.head.pose.mouth[6])
    if lips.opening > 0.05:
        _lower_row(pen, place, 0.018 + 0.022 * lower)
    _tongue(pen, place)
    _upper_row(pen, place)


def _tongue(pen: Pen, place: _PlacedMouth) -> None:
    up, lips = float(place.head.pose.mouth[7]), place.lips
    half, rise = lips.inner * 0.70, lips.bottom * (0.40 + 0.52 * up)
    base = lips.bottom * 1.15
    spots = [(-half, base), (-half * 0.86, base - rise * 0.72), (-half * 0.36, base - rise * 1.02), (0.0, base - rise * 0.94)]
    whole = [*spots, *((-u, v) for u, v in reversed(spots[:3]))]
    pen.area(place.line(whole), _TONGUE)
    if lips.opening > 0.04:
        groove = skia.Path()
        add_lens(groove, (place.at(0.0, base - rise * 0.90), place.at(0.004, base - rise * 0.5), place.at(0.0, base)), 0.007)
        pen.area(groove, mix(_TONGUE, _DEEP, 0.5), 0.55)
        pen.glow(place.at(-half * 0.38, base - rise * 0.78), (half * 0.28, rise * 0.16), WHITE, 0.38)


def _upper_row(pen: Pen, place: _PlacedMouth) -> None:
    """The upper teeth hang from the lip; their edge rises to the corners."""
    lips = place.lips
    half, show = lips.inner * 0.96, min(0.056, 0.62 * lips.opening)

    def edge(share: float) -> float:
        return -lips.top * (1 - 0.45 * share * share) + show * (1 - 0.42 * share * share)

    shares = (-1.0, -0.66, -0.33, 0.0, 0.33, 0.66, 1.0)
    row = [*((half * share, edge(share)) for share in reversed(shares)), (-half, -lips.top - 0.04), (half, -lips.top - 0.04)]
    path = smooth([place.at(u, v) for u, v in row], round_=0.5)
    pen.area(path, _TEETH)
    gaps = skia.Path()
    for share in _GAPS:
        for side in (-1, 1) if share else (1,):
            u = side * share * half
            add_lens(gaps, (place.at(u, edge(share) + 0.002), place.at(u, -lips.top), place.at(u, -lips.top - 0.02)), 0.0035)
    pen.area(gaps, 0x9A8A84, 0.60)
    shadow = [(-half, -lips.top * 0.3), (0.0, -lips.top + 0.012), (half, -lips.top * 0.3), (half, -lips.top - 0.05)]
    pen.area(smooth([place.at(u, v) for u, v in [*shadow, (-half, -lips.top - 0.05)]], round_=0.6), _DEEP, 0.22)
    for side in (-1, 1):
        pen.glow(place.at(side * half, edge(1.0) - 0.004), (half * 0.34, 0.05), _DEEP, 0.75)


def _lower_row(pen: Pen, place: _PlacedMouth, rise: float) -> None:
    """The lower teeth stand behind the lower lip, in its shade."""
    lips = place.lips
    half = lips.inner * 0.66

    def edge(share: float) -> float:
        return lips.bottom * (1 - 0.27 * share * share) - rise * (1 - share * share)

    shares = (-1.0, -0.5, 0.0, 0.5, 1.0)
    row = [*((half * share, edge(share)) for share in shares), (half, lips.bottom + 0.05), (-half, lips.bottom + 0.05)]
    pen.area(smooth([place.at(u, v) for u, v in row], round_=0.6), mix(_TEETH, _DEEP, 0.16))
    gaps = skia.Path()
    for share in (-0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75):
        u = half * share
        add_lens(gaps, (place.at(u, edge(share)), place.at(u, edge(share) + 0.01), place.at(u, edge(share) + 0.03)), 0.003)
    pen.area(gaps, 0x8A6F6C, 0.6)
