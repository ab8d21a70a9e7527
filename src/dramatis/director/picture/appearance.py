"""A person's appearance from the pixels around the face mesh: colours of hair, clothes and skin, long hair, a beard.

Only clear cases: a colour is a share of the pixels of hair or clothes, and names of colours overlap, so that people
can be compared ("the woman in red" is the one whose clothes are redder by far). Long hair is hair beside the chin on both sides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dramatis.media.face import Face
from dramatis.media.still import Still

Pixels = NDArray[np.float64]

COLOURS: Mapping[str, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]] = {
    "black": ((0, 360), (0, 1), (0, 0.24)),
    "white": ((0, 360), (0, 0.2), (0.78, 1)),
    "grey": ((0, 360), (0, 0.2), (0.24, 0.85)),
    "red": ((-20, 18), (0.45, 1), (0.24, 1)),
    "orange": ((8, 45), (0.5, 1), (0.5, 1)),
    "brown": ((-10, 48), (0.2, 1), (0.12, 0.62)),
    "blond": ((22, 60), (0.2, 0.7), (0.5, 1)),
    "yellow": ((42, 68), (0.4, 1), (0.5, 1)),
    "green": ((68, 170), (0.2, 1), (0.15, 1)),
    "blue": ((180, 255), (0.25, 1), (0.2, 1)),
    "purple": ((250, 310), (0.2, 1), (0.2, 1)),
    "pink": ((-50, 15), (0.15, 0.6), (0.65, 1)),
}
"""Ranges of hue in degrees (below 0: from 360 down), saturation and value for each colour name."""
_FOREHEAD, _CHIN, _SIDES = 10, 152, (234, 454)
_CHEEKS = (50, 280, 205, 425)
_ALIKE, _SKIN = 62.0, 45.0  # levels of RGB between two pixels of one head of hair, and of one skin
_LONG = 0.3  # least share of hair on either side of the chin
_SKINS = (("dark", 0), ("brown", 75), ("tan", 105), ("light", 145), ("pale", 205))
"""Names of skins, and the brightness (0..255) of cheeks from which on they hold; light and camera count, so it is rough."""
_JAW = (199, 140, 369)
_BEARD = 0.5  # brightness of a full beard, at most, for that of the cheeks
_LUMA = np.array([0.2126, 0.7152, 0.0722])


@dataclass(frozen=True, eq=False)
class Appearance:
    """Shares (0 to 1) of hair and clothes that have each colour; whether the hair is long, roughly the skin
    ("": unknown), and whether there is a full beard.
    """

    hair: Mapping[str, float] = field(default_factory=dict)
    clothes: Mapping[str, float] = field(default_factory=dict)
    long_hair: bool = False
    skin: str = ""
    beard: bool = False


def appearance(still: Still, face: Face) -> Appearance:
    """The appearance of a person in a picture; `face` in pixels of the picture."""
    mesh = face.mesh.astype(np.float64)[:, :2]
    right = (mesh[_SIDES[1]] - mesh[_SIDES[0]]) / 2
    down = mesh[_CHIN] - mesh[_FOREHEAD]
    hair = _patch(still, mesh[_FOREHEAD] - 0.28 * down, 0.4 * right, 0.07 * down)
    cheeks = np.concatenate([_patch(still, mesh[point], 0.05 * right, 0.03 * down) for point in _CHEEKS])
    skin = _middle(cheeks)
    clothes = _patch(still, mesh[_CHIN] + 0.6 * down, 0.9 * right, 0.12 * down)
    clothes = clothes[np.abs(clothes - skin).max(axis=1) > _SKIN]
    tone = _middle(hair)
    beside = [_patch(still, mesh[_CHIN] + side * 1.15 * right, 0.25 * right, 0.12 * down) for side in (-1.0, 1.0)]
    long_hair = all(_share(part, tone) > _LONG for part in beside) and float(np.abs(tone - skin).max()) > _ALIKE
    jaw = np.concatenate([_patch(still, mesh[point], 0.06 * right, 0.03 * down) for point in _JAW])
    beard = bool(len(jaw) and len(cheeks)) and float(_middle(jaw) @ _LUMA) < _BEARD * float(skin @ _LUMA)
    return Appearance(shares(hair), shares(clothes), long_hair, _skin(skin) if len(cheeks) else "", beard)


def shares(pixels: Pixels) -> dict[str, float]:
    """The share of pixels (`N 3`, RGB levels) that has each colour's name; {} of none."""
    if not len(pixels):
        return {}
    value = pixels.max(axis=1) / 255
    spread = (pixels.max(axis=1) - pixels.min(axis=1)) / 255
    saturation = spread / np.maximum(value, 1e-6)
    red, green, blue = (pixels / 255).T
    step = np.maximum(spread, 1e-6)
    hue = np.where(
        red >= np.maximum(green, blue),
        (green - blue) / step,
        np.where(green >= blue, 2 + (blue - red) / step, 4 + (red - green) / step),
    )
    hue = (60 * hue) % 360
    found = {}
    for name, (hues, saturations, values) in COLOURS.items():
        turned = np.where(hue > hues[1], hue - 360, hue) if hues[0] < 0 else hue
        inside = (turned >= hues[0]) & (turned <= hues[1])
        inside &= (saturation >= saturations[0]) & (saturation <= saturations[1]) & (value >= values[0]) & (value <= values[1])
        found[name] = round(float(inside.mean()), 3)
    return found


def _skin(tone: Pixels) -> str:
    bright = float(tone @ _LUMA)
    return next(name for name, least in reversed(_SKINS) if bright >= least)


def _patch(still: Still, centre: Pixels, right: Pixels, down: Pixels) -> Pixels:
    """Pixels of a slanted box around a point, `N 3`; those outside the picture are left out."""
    steps = np.linspace(-1, 1, 15)
    across, along = np.meshgrid(steps, steps)
    places = centre + across[..., None] * right + along[..., None] * down
    x, y = np.round(places.reshape(-1, 2)).astype(int).T
    inside = (x >= 0) & (y >= 0) & (x < still.width) & (y < still.height)
    return still.pixels[y[inside], x[inside]].astype(np.float64)


def _middle(pixels: Pixels) -> Pixels:
    """The median colour; black of none."""
    return np.asarray(np.median(pixels, axis=0) if len(pixels) else np.zeros(3), np.float64)


def _share(pixels: Pixels, tone: Pixels) -> float:
    """How many pixels are near to a tone."""
    return float((np.abs(pixels - tone).max(axis=1) < _ALIKE).mean()) if len(pixels) else 0.0
