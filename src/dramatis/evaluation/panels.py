"""Drawing of contact sheets with Pillow: colours, text, pictures with rounded corners, and the timeline below."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dramatis.media.still import Pixels

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

Colour = tuple[int, int, int]

PAPER: Colour = (17, 19, 24)
PANEL: Colour = (26, 29, 36)
LINE: Colour = (52, 57, 68)
WAVE: Colour = (86, 94, 112)
SPEECH: Colour = (33, 38, 48)
INK: Colour = (232, 235, 241)
FAINT: Colour = (140, 148, 164)
GOOD: Colour = (122, 201, 146)
BAD: Colour = (238, 108, 97)
FACES: tuple[Colour, ...] = ((255, 183, 77), (97, 190, 245), (196, 148, 255), (126, 217, 171))
"""One for each face, from the left."""

_FINE = 3  # the panel is drawn this many times larger and then made small: Pillow draws lines without smoothing


@dataclass(frozen=True, eq=False)
class Curve:
    """A measured opening: seconds, shares of the largest (NaN: not seen), and its colour."""

    times: NDArray[np.float64]
    values: NDArray[np.float64]
    colour: Colour


@dataclass(frozen=True, eq=False)
class PanelData:
    """Content of the panel: peaks of the sound (100 a second, [0, 1]), speech, curves, marks (seconds, letters, met or None)."""

    seconds: float
    peaks: NDArray[np.float64]
    speech: Sequence[tuple[float, float]]
    curves: Sequence[Curve]
    marks: Sequence[tuple[float, str, bool | None]]


@cache
def font(size: int) -> "FreeTypeFont":
    """Pillow's own scalable letters, `size` in pixels."""
    from PIL import ImageFont
    from PIL.ImageFont import FreeTypeFont

    letters = ImageFont.load_default(size)
    if not isinstance(letters, FreeTypeFont):
        raise ValueError("this Pillow was built without FreeType")
    return letters


def tile(pixels: Pixels, width: int, height: int, radius: int = 10) -> "Image":
    """A picture that fills width x height, cut about its middle, with rounded corners on the paper's colour."""
    import cv2
    from PIL import Image, ImageDraw

    scale = max(width / pixels.shape[1], height / pixels.shape[0])
    size = (max(width, round(pixels.shape[1] * scale)), max(height, round(pixels.shape[0] * scale)))
    scaled = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    x, y = (size[0] - width) // 2, (size[1] - height) // 2
    mask = Image.new("L", (width * _FINE, height * _FINE), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width * _FINE - 1, height * _FINE - 1), radius * _FINE, fill=255)
    out = Image.new("RGB", (width, height), PAPER)
    out.paste(Image.fromarray(scaled[y : y + height, x : x + width]), (0, 0), mask.resize((width, height)))
    return out


def panel(score: PanelData, start: float, end: float, width: int, height: int) -> "Image":
    """One row of the timeline, from `start` to `end` seconds: sound, opening, marks, axis."""
    from PIL import Image, ImageDraw

    strip, axis = 26, 26  # pixels of the marks above and the axis below
    fine = Image.new("RGB", (width * _FINE, height * _FINE), PAPER)
    draw = ImageDraw.Draw(fine)
    span = _Place(start, end, width * _FINE, strip * _FINE, (height - axis) * _FINE)
    filled = span.x(min(end, score.seconds))
    draw.rounded_rectangle((0, span.top, filled, span.bottom), 8 * _FINE, fill=PANEL)
    _speech(draw, score, span)
    _grid(draw, score, span)
    _wave(draw, score, span)
    for curve in score.curves:
        _curve(draw, curve, span)
    for at, _, met in score.marks:
        if start <= at < end and met is not None:
            draw.line((span.x(at), span.top, span.x(at), span.bottom), fill=GOOD if met else BAD, width=_FINE)
    out = fine.resize((width, height), Image.Resampling.LANCZOS)
    _letters(ImageDraw.Draw(out), score, span, height)
    return out


@dataclass(frozen=True)
class _Place:
    """Maps seconds and shares to fine pixels of a panel."""

    start: float
    end: float
    width: int
    top: int
    bottom: int

    def x(self, seconds: float) -> float:
        return min(max((seconds - self.start) / (self.end - self.start), 0.0), 1.0) * self.width

    def y(self, share: float) -> float:
        room = 6 * _FINE
        return self.bottom - room - min(max(share, -0.02), 1.0) * (self.bottom - self.top - 2 * room)

    @property
    def ticks(self) -> list[float]:
        """Round seconds, not too dense."""
        step = next(step for step in (0.5, 1, 2, 5, 10, 30, 60, 300) if self.width / _FINE * step / (self.end - self.start) >= 60)
        first = int(np.ceil(self.start / step - 1e-6))
        return [n * step for n in range(first, int(np.floor(self.end / step + 1e-6)) + 1)]


def _speech(draw: "ImageDraw", score: PanelData, span: _Place) -> None:
    for start, end in score.speech:
        if end > span.start and start < span.end:
            draw.rectangle((span.x(start), span.top, span.x(end), span.bottom), fill=SPEECH)


def _grid(draw: "ImageDraw", score: PanelData, span: _Place) -> None:
    for tick in span.ticks:
        if tick <= score.seconds:
            draw.line((span.x(tick), span.top, span.x(tick), span.bottom), fill=LINE, width=_FINE)


def _wave(draw: "ImageDraw", score: PanelData, span: _Place) -> None:
    middle, reach = (span.top + span.bottom) / 2, (span.bottom - span.top) * 0.46
    for x in range(0, span.width, _FINE):
        at = span.start + x / span.width * (span.end - span.start)
        after = at + _FINE / span.width * (span.end - span.start)
        values = score.peaks[int(at * 100) : max(int(at * 100) + 1, int(after * 100))]
        if values.size:
            tall = max(0.6 * _FINE, float(values.max()) * reach)
            draw.rectangle((x, middle - tall, x + _FINE - 1, middle + tall), fill=WAVE)


def _curve(draw: "ImageDraw", curve: Curve, span: _Place) -> None:
    inside = (curve.times >= span.start - 0.1) & (curve.times <= span.end + 0.1) & np.isfinite(curve.values)
    points = [(span.x(t), span.y(v)) for t, v in zip(curve.times[inside], curve.values[inside], strict=True)]
    if len(points) > 1:
        draw.line(points, fill=curve.colour, width=2 * _FINE, joint="curve")


def _letters(draw: "ImageDraw", score: PanelData, span: _Place, height: int) -> None:
    wide = span.width / _FINE / (span.end - span.start)
    taken: list[tuple[float, float]] = []
    for at, letters, met in sorted(score.marks, key=lambda mark: mark[2] is None):  # the lips' own phones have the first place
        size = font(14 if met is not None else 12)
        x, reach = span.x(at) / _FINE, draw.textlength(letters, size) / 2 + 1
        if span.start <= at < span.end and all(x + reach < a or x - reach > b for a, b in taken):
            colour = FAINT if met is None else GOOD if met else BAD
            draw.text((x, 20), letters, font=size, fill=colour, anchor="ms")
            taken.append((x - reach, x + reach))
    for tick in span.ticks:
        if tick <= score.seconds and (span.end - tick) * wide > 24:
            x = span.x(tick) / _FINE
            draw.text((x if x > 8 else 0, height - 5), f"{tick:g} s", font=font(13), fill=FAINT, anchor="ms" if x > 8 else "ls")
