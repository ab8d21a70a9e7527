"""Where rooms have windows, so that weather is seen outside and not between the people."""

from functools import lru_cache

import skia

from dramatis.stage.places.indoors import palette_of
from dramatis.stage.places.panes import PANES
from dramatis.stage.places.sets import hues_of


@lru_cache(maxsize=16)
def windows(name: str, seed: int) -> tuple[float, skia.Path] | None:
    """Depth and outline of the windows of a room; None if it has none."""
    if name not in PANES:
        return None
    depth, boxes = PANES[name]
    path = skia.Path()
    for box in boxes(palette_of(name, seed, hues_of(name)).shift):
        path.addRect(skia.Rect.MakeLTRB(*map(float, box)))
    return depth, path
