"""A visible label: small in a corner of every frame; for China also large over the film's beginning.

"eu" draws the basic icon that the European Commission published in June 2026 for content that AI made or changed: a white disk
with the letters AI. "cn" draws "AI" and two Chinese characters ("generated"), which GB 45438-2025 asks for with letters of 5 % of
the picture's short side and for 2 s at the beginning. The characters are strokes that are listed here: a bare machine has no
Chinese font.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import numpy as np

from dramatis.clock import Span
from dramatis.errors import BriefError
from dramatis.media.pictures.overlay import Overlay
from dramatis.story import Canvas

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

LabelKind = Literal["eu", "cn"]
_SMALL, _LARGE = 0.05, 0.06  # height of letters, in short sides of the picture
_ICON = 0.08  # diameter of the disk, likewise
_MARGIN = 0.03  # from the corner, in short sides
_OPENING = 3.0  # seconds
_FINER = 4  # drawn so many times as large, then reduced
_INK, _GROUND = (255, 255, 255, 235), (0, 0, 0, 120)
_DISK, _DARK = (255, 255, 255, 255), (29, 29, 27, 255)

Stroke = tuple[tuple[float, float], ...]
_LETTERS: dict[str, tuple[float, tuple[Stroke, ...]]] = {
    "A": (0.72, (((0.02, 1.0), (0.36, 0.0), (0.7, 1.0)), ((0.14, 0.66), (0.58, 0.66)))),
    "I": (0.2, (((0.1, 0.0), (0.1, 1.0)),)),
    "生": (1.0, (
        ((0.26, 0.02), (0.19, 0.24), (0.06, 0.42)), ((0.2, 0.23), (0.9, 0.23)), ((0.15, 0.57), (0.85, 0.57)),
        ((0.03, 0.96), (0.97, 0.96)), ((0.52, 0.0), (0.52, 0.96)),
    )),
    "成": (1.0, (
        ((0.14, 0.22), (0.95, 0.22)), ((0.14, 0.22), (0.13, 0.62), (0.02, 0.98)),
        ((0.14, 0.48), (0.43, 0.48), (0.4, 0.84), (0.28, 0.8)),
        ((0.56, 0.0), (0.6, 0.38), (0.73, 0.74), (0.9, 0.97), (0.97, 0.76)), ((0.87, 0.4), (0.72, 0.68), (0.45, 0.95)),
        ((0.73, 0.02), (0.86, 0.13)),
    )),
}  # fmt: skip
"""Width and strokes of each letter, in units of its height."""
_CHINESE = "AI生成"
_BOLD: tuple[tuple[Stroke, tuple[int, int, int, int]], ...] = (
    (((0.211, 0.692), (0.348, 0.307), (0.459, 0.307), (0.596, 0.692), (0.504, 0.692), (0.478, 0.625), (0.331, 0.625),
      (0.305, 0.692)), _DARK),
    (((0.353, 0.545), (0.455, 0.545), (0.403, 0.4)), _DISK),
    (((0.64, 0.307), (0.741, 0.307), (0.741, 0.692), (0.64, 0.692)), _DARK),
)  # fmt: skip
"""The icon's letters as polygons, in units of the disk's diameter."""
_KINDS: tuple[LabelKind, ...] = ("eu", "cn")


def label_of(name: str) -> LabelKind | None:
    """The label of that name, None for ""; raises `BriefError` for another name."""
    for kind in _KINDS:
        if kind == name:
            return kind
    if not name:
        return None
    raise BriefError(f'DRAMATIS_LABEL is "{name}": {" or ".join(_KINDS)} can be shown.')


def overlays_of(kind: LabelKind, canvas: Canvas) -> tuple[Overlay, ...]:
    """The label for films of a canvas."""
    short = min(canvas.width, canvas.height)
    corner = _icon(_ICON * short) if kind == "eu" else _drawn(_CHINESE, _SMALL * short)
    margin = round(_MARGIN * short)
    small = Overlay(corner, canvas.width - margin - corner.shape[1], canvas.height - margin - corner.shape[0])
    if kind == "eu":
        return (small,)
    large = _drawn(_CHINESE, _LARGE * short)
    return small, Overlay(large, (canvas.width - large.shape[1]) // 2, margin, Span(0.0, _OPENING))


def _drawn(word: str, height: float) -> "np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]":
    """A word as white strokes on a dark ground, `H W 4`."""
    from PIL import Image, ImageDraw

    unit, room, gap = height * _FINER, 0.5 * height * _FINER, 0.22 * height * _FINER
    wide = sum(_LETTERS[letter][0] * unit + gap for letter in word) - gap
    size = (round(wide + 2 * room), round(unit + 2 * room))
    picture = Image.new("RGBA", size, (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), 0.35 * unit, fill=_GROUND)
    left = room
    for letter in word:
        width, strokes = _LETTERS[letter]
        _stroked(draw, strokes, (left, room), unit)
        left += width * unit + gap
    smaller = (max(1, size[0] // _FINER), max(1, size[1] // _FINER))
    return np.asarray(picture.resize(smaller, Image.Resampling.LANCZOS), np.uint8)


def _icon(diameter: float) -> "np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]":
    """The Commission's basic icon, `H W 4`."""
    from PIL import Image, ImageDraw

    side = max(1, round(diameter))
    picture = Image.new("RGBA", (side * _FINER, side * _FINER), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((0, 0, side * _FINER - 1, side * _FINER - 1), fill=_DISK)
    for corners, ink in _BOLD:
        draw.polygon([(x * side * _FINER, y * side * _FINER) for x, y in corners], fill=ink)
    return np.asarray(picture.resize((side, side), Image.Resampling.LANCZOS), np.uint8)


def _stroked(draw: "ImageDraw", strokes: Iterable[Stroke], corner: tuple[float, float], unit: float) -> None:
    half = 0.055 * unit
    for stroke in strokes:
        points = [(corner[0] + x * unit, corner[1] + y * unit) for x, y in stroke]
        draw.line(points, fill=_INK, width=round(2 * half), joint="curve")
        for x, y in (points[0], points[-1]):
            draw.ellipse((x - half, y - half, x + half, y + half), fill=_INK)
