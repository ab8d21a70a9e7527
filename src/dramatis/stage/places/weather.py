"""Light and weather: a grade over everything, and what falls or drifts between the camera and the people.

Everything is a function of the time alone, so that any frame can be drawn by itself.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from dramatis.stage.grading import Grade, graded
from dramatis.stage.paint import WHITE
from dramatis.stage.places.brush import tint
from dramatis.stage.play.script import INDOORS, Place

_GRADES: dict[str, Grade] = {
    "sunset": (1.08, 0.05, 0.0, 0, 0.035, 0.02, 0.88, 0.0, 0, 0.01, 0.0, 0.03, 0.72, 0, 0.03, 0, 0, 0, 1, 0),
    "night": (0.38, 0.06, 0.02, 0, 0.0, 0.03, 0.42, 0.05, 0, 0.005, 0.04, 0.08, 0.56, 0, 0.03, 0, 0, 0, 1, 0),
    "lamp": (0.98, 0.05, 0.0, 0, 0.02, 0.04, 0.80, 0.0, 0, 0.0, 0.0, 0.06, 0.58, 0, 0.0, 0, 0, 0, 1, 0),
}
"""What lights do to colours."""
_SET_AT_NIGHT: Grade = (0.24, 0.05, 0.05, 0, 0.005, 0.02, 0.30, 0.06, 0, 0.015, 0.04, 0.10, 0.46, 0, 0.06, 0, 0, 0, 1, 0)
_ROOM_AT_NIGHT: Grade = (0.71, 0.06, 0.04, 0, 0.01, 0.03, 0.63, 0.05, 0, 0.005, 0.04, 0.08, 0.56, 0, 0.01, 0, 0, 0, 1, 0)
_PEOPLE_IN_A_ROOM: Grade = (0.92, 0.04, 0.0, 0, 0.01, 0.03, 0.82, 0.0, 0, 0.0, 0.0, 0.05, 0.70, 0, 0.0, 0, 0, 0, 1, 0)
_PEOPLE_AT_NIGHT: Grade = (0.76, 0.05, 0.03, 0, 0.0, 0.02, 0.80, 0.05, 0, 0.005, 0.03, 0.06, 0.96, 0, 0.03, 0, 0, 0, 1, 0)
_DROPS, _FLAKES, _GUSTS = 90, 70, 14
_RAIN, _SNOW = 1.7, 0.28  # units a second


def grade(light: str) -> skia.Paint | None:
    """The paint of a layer that puts everything into this light; None by day."""
    return layer_paint(_GRADES.get(light, ()))


@dataclass(frozen=True)
class Ambience:
    """What light and weather do to a set in films: a `grade` for its colours; things shine in its `light`, some only if the sky
    is `clear`.
    """

    grade: Grade = ()
    light: str = ""
    clear: bool = True


def ambience(place: Place) -> Ambience:
    """That of a place: rain takes colours away, snow and fog lie over the set."""
    inside = place.set in INDOORS
    at_night = _ROOM_AT_NIGHT if inside else _SET_AT_NIGHT
    light = at_night if place.light == "night" else _GRADES.get(place.light, ())
    air = () if inside else _OVER_SETS.get(place.weather, ())
    return Ambience(_after(light, air), place.light, place.weather in ("clear", "wind"))


def people_grade(place: Place) -> Grade:
    """What light and weather do to people in films: they are brighter than the night around them."""
    inside = place.set in INDOORS
    at_night = _PEOPLE_IN_A_ROOM if inside else _PEOPLE_AT_NIGHT
    air = () if inside else _OVER_PEOPLE.get(place.weather, ())
    return _after(at_night if place.light == "night" else _GRADES.get(place.light, ()), air)


def layer_paint(matrix: Grade) -> skia.Paint | None:
    """The paint of a layer that goes through a grade; None if that is none."""
    return skia.Paint(ColorFilter=skia.ColorFilters.Matrix(list(matrix))) if matrix else None


def _after(light: Grade, air: Grade) -> Grade:
    """Two grades in one: first the air's, then the light's."""
    if not light or not air:
        return light or air
    one, two = (np.vstack([np.reshape(grade, (4, 5)), [0, 0, 0, 0, 1]]) for grade in (air, light))
    return tuple((two @ one)[:4].ravel().tolist())


def _paled(colours: float, share: float, white: float) -> Grade:
    """So much of the colours stays, of all so much, and so much white comes to it."""
    red, green, blue = (share * (1 - colours) * part for part in (0.2126, 0.7152, 0.0722))
    own = share * colours
    return (
        own + red, green, blue, 0, white, red, own + green, blue, 0, white, red, green, own + blue, 0, white + 0.01,
        0, 0, 0, 1, 0,
    )  # fmt: skip


_OVER_SETS: dict[str, Grade] = {
    "rain": _paled(0.60, 0.86, 0.0), "snow": _paled(0.42, 0.56, 0.38), "fog": _paled(0.55, 0.80, 0.12),
}  # fmt: skip
_OVER_PEOPLE: dict[str, Grade] = {"rain": _paled(0.85, 0.95, 0.0), "fog": _paled(0.85, 0.90, 0.06)}
"""What a weather does to the colours of a set outdoors, and to those of people."""


def draw_weather(canvas: skia.Canvas, place: Place, time: float, light: Grade = ()) -> None:
    """What the weather puts before the people, in units from the picture's middle, each colour in a light."""
    if place.weather == "rain":
        _rain(canvas, place.seed, time, light)
    elif place.weather == "snow":
        _snow(canvas, place.seed, time, light)
    elif place.weather == "fog":
        _fog(canvas, time, light)
    elif place.weather == "wind":
        _wind(canvas, place.seed, time, light)


@lru_cache(maxsize=16)
def _many(seed: int, count: int) -> NDArray[np.float64]:
    """`count 4` numbers in 0..1."""
    return np.random.default_rng([seed, count]).uniform(size=(count, 4))


def _rain(canvas: skia.Canvas, seed: int, time: float, light: Grade) -> None:
    path = skia.Path()
    for x, y, near, _ in _many(seed, _DROPS):
        down = (y * 1.6 + time * _RAIN * (0.7 + 0.5 * near)) % 1.6 - 0.8
        across = (x - 0.5) * 3.2 - 0.12 * down
        path.moveTo(across, down)
        path.lineTo(across - 0.012, down + 0.07 + 0.05 * near)
    drops = 0x96000000 | graded(tint(0.93, 0.02, 240), light)
    canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=drops, Style=skia.Paint.kStroke_Style, StrokeWidth=0.005))
    canvas.drawPaint(skia.Paint(Color=0x30000000 | graded(tint(0.55, 0.03, 250), light)))


def _snow(canvas: skia.Canvas, seed: int, time: float, light: Grade) -> None:
    paint = skia.Paint(AntiAlias=True, Color=0xE0000000 | graded(WHITE, light))
    for x, y, near, phase in _many(seed, _FLAKES):
        down = (y * 1.4 + time * _SNOW * (0.6 + 0.8 * near)) % 1.4 - 0.7
        across = (x - 0.5) * 3.2 + 0.04 * math.sin(2 * math.pi * (0.3 * time + phase))
        canvas.drawCircle(across, down, 0.005 + 0.010 * near, paint)


def _fog(canvas: skia.Canvas, time: float, light: Grade) -> None:
    white = graded(tint(0.93, 0.008, 240), light)
    canvas.drawPaint(skia.Paint(Color=0x60000000 | white))
    for k in range(4):
        x, y = 0.9 * math.sin(0.25 * time + 1.7 * k) + 0.4 * (k - 1.5), -0.2 + 0.2 * k
        ends = [0x80000000 | white, white]
        canvas.drawCircle(x, y, 0.8, skia.Paint(Shader=skia.GradientShader.MakeRadial(skia.Point(x, y), 0.8, ends)))


def _wind(canvas: skia.Canvas, seed: int, time: float, light: Grade) -> None:
    gust = 0xA0000000 | graded(WHITE, light)
    paint = skia.Paint(AntiAlias=True, Color=gust, Style=skia.Paint.kStroke_Style, StrokeWidth=0.007)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    for x, y, near, phase in _many(seed, _GUSTS):
        start = (x * 4.0 + time * (1.1 + 0.8 * near)) % 4.0 - 2.0
        level = (y - 0.5) * 0.9
        path = skia.Path()
        path.moveTo(start, level)
        path.cubicTo(start + 0.08, level - 0.03, start + 0.16, level + 0.03 * math.sin(6.28 * phase), start + 0.26, level)
        canvas.drawPath(path, paint)
