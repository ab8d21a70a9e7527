"""The inside of the mouth: teeth on an arch, tongue and darkness, painted once in the head's own space.

Sizes are in millimetres of a mouth 50 mm wide (means of dental anatomy: central incisor 8.5 mm wide, and so on), so a cartoon's
wide mouth gets wide teeth. Colours come from the picture: from its teeth where it shows some, else from the whites of the eyes.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.features.visible_teeth import VisibleTeeth, visible_teeth
from dramatis.engines.portrait.geometry import anatomy as a
from dramatis.engines.portrait.geometry.anatomy import HeadFrame
from dramatis.media.still import Pixels

_MOUTH_MM = 50.0
_ARCH = 25.0  # mm, half the width of the dental arch
_ARCH_DEPTH = 30.0
_UPPER_WIDTHS = (8.6, 6.6, 7.6, 7.0, 6.8, 9.5)  # from the middle outwards
_LOWER_WIDTHS = (5.3, 5.9, 6.9, 7.0, 7.0, 10.0)
_UPPER_LENGTHS = (10.0, 9.0, 10.0, 8.8, 8.0, 7.5)
_HIDDEN = 1.6  # mm below the closed lips that the lower teeth begin: only a lip that is pulled down shows them
_FRONT = 1.0  # mm before the mesh's lips, which in profile end inside the contour, that the teeth of a turned head reach
_IN_SHADE, _WARM = 0.2, 0.25  # by how much eyes in shade are dimmer than skin; share of the skin's colour that its light has
_COLOURED = 0.12  # saturation of skin in a picture of full colours
_SHOWS = 3.6  # mm of the upper incisors below the closed lips
_FINE = 8.0  # painted pixels a millimetre that are enough, before they are reduced

Layer = NDArray[np.float32]
"""`H W 4`: RGB premultiplied by coverage, and coverage; 0..255 and 0..1."""


@dataclass(frozen=True, eq=False)
class Interior:
    """Layers in the picture's space at rest, over `box` (pixels): what moves with the skull, and what with the jaw."""

    box: tuple[int, int, int, int]
    upper: Layer
    """Painted teeth, and over them those that the picture itself shows."""
    lower: Layer
    tongue: Layer
    cavity: NDArray[np.float32]
    """RGB of the darkness."""
    mm: float
    """Pixels a millimetre."""


@dataclass(frozen=True)
class _Space:
    """Positions of the box's (supersampled) pixels on the dental arch: angle, and height (mm, down) from the closed lips."""

    angle: NDArray[np.float32]
    down: NDArray[np.float32]
    finer: int
    """Positions for each pixel of the box, on each axis."""


def _millimetre(head: HeadFrame) -> float:
    """Pixels a millimetre: a mouth is 50 mm wide, unless it is wide for its head."""
    return min(head.mouth, 0.48 * head.height) / _MOUTH_MM


def _space(head: HeadFrame, box: tuple[int, int, int, int]) -> _Space:
    """Solve, for each pixel, which point of the arch is seen there (orthographic view along the picture's z)."""
    x0, y0, x1, y1 = box
    mm, wide = _millimetre(head), head.mouth / _MOUTH_MM
    finer = min(3, max(1, round(_FINE / mm)))
    fine = 1 / finer
    ys, xs = np.mgrid[y0 + fine / 2 : y1 : fine, x0 + fine / 2 : x1 : fine]
    rim_u, rim_l = head.points[list(a.UPPER_LIP[0])], head.points[list(a.LOWER_LIP[0])]
    closed = 0.64 * rim_u + 0.36 * rim_l
    centre = closed[5] + (0, 0, -4 * mm)
    across, down, depth = head.axes[:, :2]
    length = float(down @ down)
    normal = np.array([down[1], -down[0]]) / np.sqrt(length)
    normal *= np.sign(across @ normal) or 1
    offset = np.stack([xs, ys], axis=-1) - (head.origin[:2] + head.to_picture(centre))
    theta = np.linspace(-1.35, 1.35, 361)
    x, z = _ARCH * wide * np.sin(theta), _ARCH_DEPTH * wide * (np.cos(theta) - 1)
    seen = x * (across @ normal) + z * (depth @ normal)
    offset = offset - _forward(head, seen, normal, depth @ normal, mm) * normal
    front = slice(None, int(np.argmax(seen)) + 1) if depth @ normal > 0 else slice(int(np.argmin(seen)), None)
    angle = np.interp(offset @ normal, seen[front], theta[front], left=2.0, right=2.0)
    x, z = _ARCH * wide * np.sin(angle), _ARCH_DEPTH * wide * (np.cos(angle) - 1)
    height = ((offset - x[..., None] * across - z[..., None] * depth) @ down) / length
    bend = np.interp(x, closed[:, 0] - closed[5, 0], closed[:, 1] - closed[5, 1])
    return _Space(angle.astype(np.float32), ((height - 0.7 * bend) / mm).astype(np.float32), finer)


def _forward(head: HeadFrame, seen: NDArray[Any], normal: NDArray[Any], turned: float, mm: float) -> float:
    """How far (pixels along `normal`) the arch of a turned head must move for its front to be at the lips' contour.

    `turned` is the share of the head's depth that lies along `normal`; from the front nothing moves.
    """
    share = float(np.clip((abs(turned) - 0.5) / 0.25, 0, 1))
    lips = head.to_picture(head.points[[p for rings in (a.UPPER_LIP, a.LOWER_LIP) for p in rings[1]]] - head.points[13]) @ normal
    side = np.sign(turned)
    missing = (lips * side).max() + _FRONT * mm - (seen * side).max()
    return float(side * share * np.clip(missing, -4 * mm, 14 * mm))


def _teeth(space: _Space, widths: tuple[float, ...], lengths: tuple[float, ...], edge: float, tint: NDArray[np.float32]) -> Layer:
    """A row of teeth whose biting edge is at `edge` mm; it stands upwards of it for positive lengths, downwards for negative."""
    along = np.abs(space.angle) * _ARCH * 1.08
    ends = np.cumsum(widths)
    index = np.minimum(np.searchsorted(ends, along), len(widths) - 1)
    width = np.take(widths, index)
    local = (along - (np.take(ends, index) - width / 2)) / (width / 2)  # -1..1 inside a tooth
    length = np.abs(np.take(lengths, index))
    sign = 1.0 if lengths[0] > 0 else -1.0
    short = (np.max(np.abs(lengths)) - length) * 0.8
    up = sign * (edge - space.down) - short  # mm from the biting edge into the tooth
    round_edge = 0.9 * np.abs(local) ** 3.5
    soft = 0.35
    body = np.clip((up - round_edge) / soft + 0.5, 0, 1)
    body *= (along < ends[-1]) & (np.abs(space.angle) < 1.5)
    gap = np.exp(-(((1 - np.abs(local)) * width / 2 / 0.28) ** 2))
    bulge = 1 - 0.10 * local**2 - 0.13 * np.clip(up / 9.0 - 0.45, 0, 1)
    shade = bulge * (1 - 0.22 * gap) * (1 - 0.5 * np.clip(np.abs(space.angle) / 1.1, 0, 1) ** 2)
    shade *= 1 - 0.10 * np.clip(1 - up / 1.6, 0, 1)
    glint = 0.07 * np.exp(-(((local + 0.25) / 0.3) ** 2) - ((up - 3.5) / 2.2) ** 2)
    colour = tint * (shade + glint)[..., None]
    gum_line = length - 0.8 + 1.6 * np.abs(local) ** 2.5
    gum = np.clip((up - gum_line) / 0.6 + 0.5, 0, 1)[..., None]
    pink = tint * np.array([0.74, 0.40, 0.40], np.float32) * (0.9 - 0.25 * np.clip(np.abs(space.angle), 0, 1))[..., None]
    colour = colour * (1 - gum) + pink * gum
    return _reduce(colour * body[..., None], body, space.finer)


def _tongue(space: _Space, tint: NDArray[np.float32]) -> Layer:
    """The tongue's front at rest: its tip behind the lower teeth."""
    x = np.sin(space.angle) * _ARCH
    radius = (x / 18.0) ** 2 + ((space.down - 6.5) / 9.0) ** 2
    body = np.clip((1 - radius) / 0.12, 0, 1) * (np.abs(space.angle) < 1.4)
    light = 0.62 + 0.30 * np.clip((space.down + 1.0) / 8.0, 0, 1) - 0.28 * np.clip(radius, 0, 1) ** 2
    groove = 1 - 0.16 * np.exp(-((x / 1.3) ** 2)) * np.clip((8 - space.down) / 8, 0, 1)
    colour = tint * np.array([0.80, 0.40, 0.38], np.float32) * (light * groove)[..., None]
    return _reduce(colour * body[..., None], body, space.finer)


def _reduce(colour: NDArray[Any], cover: NDArray[Any], finer: int) -> Layer:
    """Back from the supersampled grid, by means."""
    layer = np.concatenate([colour, cover[..., None]], axis=2).astype(np.float32)
    rows, cols = layer.shape[0] // finer, layer.shape[1] // finer
    blocks = layer[: rows * finer, : cols * finer].reshape(rows, finer, cols, finer, 4)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)


def _skin(pixels: Pixels, head: HeadFrame) -> NDArray[np.float32]:
    """The cheeks' colour."""
    cheeks = np.round(head.origin[:2] + head.to_picture(head.points[[50, 280, 205, 425]])).astype(int)
    cheeks = np.clip(cheeks, 0, (pixels.shape[1] - 1, pixels.shape[0] - 1))
    return np.asarray(np.median(pixels[cheeks[:, 1], cheeks[:, 0]].astype(np.float32), axis=0))


def _toned(layer: NDArray[np.float32], skin: NDArray[np.float32]) -> NDArray[np.float32]:
    """Painted colours as coloured as the picture: a black and white one has a grey mouth."""
    share = float(np.clip((skin.max() - skin.min()) / max(float(skin.max()), 1.0) / _COLOURED, 0, 1))
    toned = layer.copy()
    toned[..., :3] = layer[..., :3].mean(axis=-1, keepdims=True) * (1 - share) + layer[..., :3] * share
    return toned


def _whites(pixels: Pixels, head: HeadFrame) -> NDArray[np.float32]:
    """The colour that white has in this light: the eyes', half as coloured as they are; where they lie in shade, the skin's light
    says it, since nothing white is darker than skin.
    """
    import cv2

    mask = np.zeros(pixels.shape[:2], np.uint8)
    for upper, lower in zip(a.UPPER_LID, a.LOWER_LID, strict=True):
        ring = [*upper, *reversed(lower)]
        outline = head.origin[:2] + head.to_picture(head.points[ring])
        cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], 255)
    inside = pixels[mask > 0].astype(np.float32)
    if len(inside) < 20:
        return np.array([205, 195, 185], np.float32)
    light = inside.min(axis=1)
    brightest = inside[light >= np.percentile(light, 80)].mean(axis=0)
    skin = np.maximum(_skin(pixels, head), 1.0)
    pale = 0.5 * brightest + 0.5 * brightest.mean()
    shade = float(np.clip((skin.max() / max(pale.max(), 1.0) - 1) / _IN_SHADE, 0, 1))
    lit = 1 + _WARM * (skin / skin.mean() - 1)
    pale = pale * max(1.0, 1.05 * float(skin.mean() / max(pale.mean(), 1.0)))
    return np.asarray(np.clip(pale + (lit * (skin.max() / lit.max()) - pale) * shade, 70, 245), np.float32)


def paint(pixels: Pixels, head: HeadFrame, shut: HeadFrame, soft: float) -> Interior:
    """Paint everything behind the lips of one face, for a picture at the canvas's size (`head` in the same pixels).

    `shut` is the head with its lips closed, `soft` the sigma (pixels) of the picture's own blur.
    """
    mm = _millimetre(head)
    middle = head.origin[:2] + head.to_picture(shut.points[[13, 14]].mean(axis=0))
    reach = 0.80 * head.mouth
    (x0, x1), (y0, y1) = ((middle[0] - reach, middle[0] + reach), (middle[1] - 0.6 * reach, middle[1] + 1.1 * reach))
    box = (math.floor(x0), math.floor(y0), math.ceil(x1), math.ceil(y1))
    space = _space(shut, box)
    white, skin = _whites(pixels, head), _skin(pixels, head)
    own = visible_teeth(pixels, head, box, white)
    tint = white * np.array([0.98, 0.92, 0.84], np.float32)
    tint = tint if own.tint is None else 0.2 * tint + 0.8 * own.tint
    light = np.float32(np.clip(white.mean() / 215, 0.35, 1.1))
    upper, lower = _own_teeth(own, head.to_picture(shut.points[152] - head.points[152]))
    lower_lengths = tuple(-0.85 * length for length in _UPPER_LENGTHS)
    painted = _toned(_blurred(_teeth(space, _UPPER_WIDTHS, _UPPER_LENGTHS, _edge(space, own), tint), soft), skin)
    upper = upper + painted * ((1 - own.upper) * (1 - own.beyond))[..., None]
    painted = _toned(_blurred(_teeth(space, _LOWER_WIDTHS, lower_lengths, _HIDDEN, tint * np.float32(0.86)), soft), skin)
    lower = lower + painted * (1 - lower[..., 3:])
    return Interior(
        box=box,
        upper=upper,
        lower=lower,
        tongue=_toned(_tongue(space, np.full(3, 205 * light, np.float32)), skin),
        cavity=_toned(np.array([62, 24, 22], np.float32) * light, skin),
        mm=mm,
    )


def _blurred(layer: Layer, sigma: float) -> Layer:
    """A painted layer, as sharp as the picture around it."""
    import cv2

    return layer if sigma < 0.6 else np.asarray(cv2.GaussianBlur(layer, (0, 0), 0.7 * sigma), np.float32)


def _own_teeth(own: VisibleTeeth, risen: NDArray[np.float64]) -> tuple[Layer, Layer]:
    """The rows of teeth that the picture shows; the lower one is moved by `risen` pixels, as a jaw that closes moves it."""
    import cv2

    rows = [np.concatenate([own.colours * row[..., None], row[..., None]], axis=2) for row in (own.upper, own.lower)]
    to = np.array([[1, 0, risen[0]], [0, 1, risen[1]]])
    return rows[0], np.asarray(cv2.warpAffine(rows[1], to, rows[1].shape[1::-1], flags=cv2.INTER_LINEAR), np.float32)


def _edge(space: _Space, own: VisibleTeeth) -> float:
    """Where the upper teeth end, mm below the closed lips: where the row in the picture breaks off, else as is usual."""
    down = space.down[:: space.finer, :: space.finer][: own.upper.shape[0], : own.upper.shape[1]]
    ends = [column[cover > 0.5].max() for column, cover in zip(down.T, own.upper.T, strict=True) if (cover > 0.5).any()]
    return float(np.clip(np.median([*ends[:5], *ends[-5:]]), 1.5, 8.0)) if len(ends) > 10 else _SHOWS
