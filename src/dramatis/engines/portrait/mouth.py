"""What is behind the lips: teeth on an arch, tongue and darkness, painted once in the head's own space.

Sizes are in millimetres of a mouth 50 mm wide (means of dental anatomy: central incisor 8.5 mm wide, and so on), so a cartoon's
wide mouth gets wide teeth. Colours come from the picture: from its teeth where it shows some, else from the whites of the eyes.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait import anatomy as a
from dramatis.engines.portrait.anatomy import Head
from dramatis.media.face import Face
from dramatis.media.still import Pixels

_MOUTH_MM = 50.0
_ARCH = 25.0  # mm, half the width of the dental arch
_ARCH_DEPTH = 30.0
_UPPER_WIDTHS = (8.6, 6.6, 7.6, 7.0, 6.8, 9.5)  # from the middle outwards
_LOWER_WIDTHS = (5.3, 5.9, 6.9, 7.0, 7.0, 10.0)
_UPPER_LENGTHS = (10.0, 9.0, 10.0, 8.8, 8.0, 7.5)
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


def _millimetre(head: Head) -> float:
    """Pixels a millimetre: a mouth is 50 mm wide, unless it is wide for its head."""
    return min(head.mouth, 0.48 * head.height) / _MOUTH_MM


def _space(head: Head, box: tuple[int, int, int, int]) -> _Space:
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
    front = np.concatenate([[True], np.diff(np.maximum.accumulate(seen)) > 1e-6])
    angle = np.interp(offset @ normal, seen[front], theta[front], left=2.0, right=2.0)
    x, z = _ARCH * wide * np.sin(angle), _ARCH_DEPTH * wide * (np.cos(angle) - 1)
    height = ((offset - x[..., None] * across - z[..., None] * depth) @ down) / length
    bend = np.interp(x, closed[:, 0] - closed[5, 0], closed[:, 1] - closed[5, 1])
    return _Space(angle.astype(np.float32), ((height - 0.7 * bend) / mm).astype(np.float32), finer)


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


def trim(face: Face) -> Face:
    """The face with the rims of parted lips drawn a little into the lips: landmarks there sit half on the teeth."""
    mesh = face.mesh.copy()
    upper, lower = mesh[list(a.UPPER_LIP[0])], mesh[list(a.LOWER_LIP[0])]
    gap = lower[:, :2] - upper[:, :2]
    width = float(np.hypot(*(upper[-1, :2] - upper[0, :2])))
    if np.hypot(*gap.T).max() < 0.05 * width:
        return face
    inset = gap * np.minimum(0.5, 0.014 * width / np.maximum(np.hypot(*gap.T), 1e-3))[:, None]
    mesh[list(a.UPPER_LIP[0])[1:-1], :2] -= inset[1:-1]
    mesh[list(a.LOWER_LIP[0])[1:-1], :2] += inset[1:-1]
    return Face(mesh)


def _whites(pixels: Pixels, head: Head) -> NDArray[np.float32]:
    """The colour that white has in this light, read off the eyes."""
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
    return np.asarray(np.clip(brightest, 70, 245), np.float32)


def _shown(pixels: Pixels, head: Head, box: tuple[int, int, int, int]) -> tuple[Layer, NDArray[np.float32] | None]:
    """Teeth between the parted lips of the picture, and their mean colour (None: it shows none)."""
    import cv2

    x0, y0, x1, y1 = box
    ring = [*a.UPPER_LIP[0], *reversed(a.LOWER_LIP[0])]
    outline = head.origin[:2] + head.to_picture(head.points[ring]) - (x0, y0)
    mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
    cv2.fillPoly(mask, [np.round(outline * 16).astype(np.int32)], 255, shift=4)
    mm = _millimetre(head)
    core = cv2.erode(mask, np.ones((3, 3), np.uint8), iterations=max(1, round(mm * 0.4)))
    view = np.zeros((y1 - y0, x1 - x0, 3), np.float32)
    inside = pixels[max(0, y0) : y1, max(0, x0) : x1].astype(np.float32)
    top, left = max(0, -y0), max(0, -x0)
    view[top : top + inside.shape[0], left : left + inside.shape[1]] = inside
    none = np.zeros((*mask.shape, 4), np.float32)
    lips = head.origin[:2] + head.to_picture(head.points[[0, 17, 11, 16]])
    spots = np.clip(np.round(lips).astype(int), 0, (pixels.shape[1] - 1, pixels.shape[0] - 1))
    lip = pixels[spots[:, 1], spots[:, 0]].astype(np.float32).mean(axis=0)
    pale = view[..., 1:].min(axis=2) - 0.72 * view[..., 0]
    bright = view.mean(axis=2) > 0.75 * lip.mean()
    teeth = ((pale > 0) & bright & (core > 0)).astype(np.float32)
    if teeth.sum() < 30 * mm or teeth.sum() < 0.12 * (mask > 0).sum():
        return none, None
    teeth = cv2.GaussianBlur(teeth, (0, 0), max(0.7, 0.3 * mm))
    colour = (view * teeth[..., None]).sum(axis=(0, 1)) / teeth.sum()
    return np.concatenate([view * teeth[..., None], teeth[..., None]], axis=2).astype(np.float32), colour.astype(np.float32)


def paint(pixels: Pixels, head: Head) -> Interior:
    """Paint everything behind the lips of one face, for a picture at the canvas's size (`head` in the same pixels)."""
    mm = _millimetre(head)
    middle = head.origin[:2] + head.to_picture(head.points[[13, 14]].mean(axis=0))
    reach = 0.80 * head.mouth
    (x0, x1), (y0, y1) = ((middle[0] - reach, middle[0] + reach), (middle[1] - 0.6 * reach, middle[1] + 1.1 * reach))
    box = (math.floor(x0), math.floor(y0), math.ceil(x1), math.ceil(y1))
    space = _space(head, box)
    shown, seen = _shown(pixels, head, box)
    white = _whites(pixels, head)
    tint = white * np.array([0.96, 0.93, 0.87], np.float32)
    tint = tint if seen is None else 0.5 * tint + 0.55 * seen
    light = np.float32(np.clip(white.mean() / 215, 0.35, 1.1))
    lower_lengths = tuple(-0.85 * length for length in _UPPER_LENGTHS)
    return Interior(
        box=box,
        upper=shown + _teeth(space, _UPPER_WIDTHS, _UPPER_LENGTHS, 3.4, tint) * (1 - shown[..., 3:]),
        lower=_teeth(space, _LOWER_WIDTHS, lower_lengths, 0.2, tint * np.float32(0.86)),
        tongue=_tongue(space, np.full(3, 205 * light, np.float32)),
        cavity=np.array([62, 24, 22], np.float32) * light,
        mm=mm,
    )
