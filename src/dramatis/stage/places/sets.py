"""Sets as layers with depths, recorded once and then drawn for each camera position.

A set is lighter or paler than people, so that they stand out; its colours are chosen together by lightness and
hue. A place's seed gives its palette and the arrangement of its objects. Layers extend far beyond the picture, for camera
moves.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import skia

from dramatis.stage.places import halls, indoors, outdoors, wilds
from dramatis.stage.places.brush import Brush
from dramatis.stage.places.indoors import WIDE, Palette, palette_of
from dramatis.stage.places.lights import LIGHTS
from dramatis.stage.places.textures import TEXTURES
from dramatis.stage.places.weather import Ambience

Painter = Callable[[Brush, Palette], None]


@dataclass(frozen=True)
class Layer:
    """What lies at one depth behind the people, as a recorded drawing in units from the picture's middle."""

    depth: float
    drawing: skia.Picture


@dataclass(frozen=True)
class _Set:
    hues: tuple[float, ...]
    layers: tuple[tuple[float, Painter], ...]


_SETS: dict[str, _Set] = {
    "living room": _Set((75, 150, 210, 25, 300), ((1.6, indoors.living_wall), (0.8, indoors.living_furniture))),
    "office": _Set((250, 80, 160, 20), ((9.0, indoors.office_view), (1.8, indoors.office_wall), (0.8, indoors.office_furniture))),
    "park": _Set(
        (125, 135, 112),
        (
            (40.0, outdoors.park_sky), (14.0, outdoors.park_hills), (5.0, outdoors.park_trees), (3.0, outdoors.park_path),
            (1.2, outdoors.park_near),
        ),
    ),
    "beach": _Set(
        (235, 225),
        ((40.0, outdoors.beach_sky), (12.0, outdoors.beach_sea), (3.0, outdoors.beach_sand), (1.2, outdoors.beach_near)),
    ),
    "kitchen": _Set((95, 60, 180, 230), ((1.6, halls.kitchen_wall), (0.7, halls.kitchen_counter))),
    "classroom": _Set((95, 75, 210), ((1.8, halls.class_wall), (0.6, halls.class_desks))),
    "library": _Set((60, 90, 40), ((2.4, halls.library_wall), (1.0, halls.library_shelves))),
    "stage": _Set((20, 300, 260), ((2.0, halls.stage_back), (0.7, halls.stage_curtains))),
    "street": _Set(
        (235, 225),
        ((40.0, wilds.street_sky), (10.0, wilds.street_far), (2.2, wilds.street_houses), (0.7, wilds.street_near)),
    ),
    "forest": _Set((135, 125, 150), ((10.0, wilds.forest_far), (3.5, wilds.forest_middle), (1.0, wilds.forest_near))),
    "mountains": _Set(
        (130, 120),
        ((40.0, wilds.mountain_sky), (14.0, wilds.mountain_peaks), (4.0, wilds.mountain_meadow), (1.2, wilds.mountain_near)),
    ),
    "space": _Set((285, 250, 320), ((60.0, wilds.space_stars), (20.0, wilds.space_planets), (2.0, wilds.space_ground))),
}  # fmt: skip


PLAIN = Ambience()
"""By day, and for all that is learned from: it is graded as a whole."""
FINE = 400.0
"""Pictures with so many pixels in a unit show the texture of their set."""


@lru_cache(maxsize=64)
def layers(name: str, seed: int, style: str, fine: bool = False, light: Ambience = PLAIN) -> tuple[Layer, ...]:
    """The set's layers, from far to near; `fine` with textures for large pictures, in a `light` of films."""
    kind = _SETS[name]
    palette = palette_of(name, seed, kind.hues)
    return tuple(Layer(depth, _recorded(painter, palette, (style, fine), light)) for depth, painter in kind.layers)


def hues_of(name: str) -> tuple[float, ...]:
    """The hues of a set's palettes."""
    return _SETS[name].hues


def _recorded(painter: Painter, palette: Palette, how: tuple[str, bool], light: Ambience) -> skia.Picture:
    recorder, (style, fine) = skia.PictureRecorder(), how
    brush = Brush(recorder.beginRecording(skia.Rect.MakeLTRB(-WIDE, -2.4, WIDE, 2.4)), style, fine, light.grade)
    painter(brush, palette)
    if fine and painter.__name__ in TEXTURES:
        TEXTURES[painter.__name__](brush, palette)
    elif light.light and painter is halls.kitchen_counter:
        halls.kitchen_floor(brush, palette)
    shining = LIGHTS.get(light.light, {}).get(painter.__name__)
    if shining is not None:
        shining(replace(brush, grade=()), palette, light.clear)
    return recorder.finishRecordingAsPicture()
