"""A contact sheet of a film: frames at even times, close-ups of each face, and under them the sound with the measured mouth.

The close-ups alternate between the widest and the most closed mouth of their part of the film, so that both ends of
the motion can be looked at. The panel shows the waveform, speech (lighter), the measured opening of each
face (a curve in its colour), the phones that a decoder hears, and /p b m/ in green where the lips close, in red where not.
"""

import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dramatis.evaluation import panels
from dramatis.evaluation.film import measures, voice_curves
from dramatis.evaluation.film.cast import CastMember, cast_of, sound_of, storyline_of
from dramatis.evaluation.film.tracking import Sighting, track
from dramatis.evaluation.panels import FACES, FAINT, INK, PAPER
from dramatis.media.sound import Waveform
from dramatis.media.still import Pixels, Still
from dramatis.media.videos.video import frame_at
from dramatis.take import OnEvent

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

_WIDTH = 1920
_EDGE = 48
_GAP = 14
_HEAD = 92
_CAPTION = 24
_ROW = 190  # pixels of one row of the timeline
_ROW_SECONDS = 12.0
_MOST_ROWS = 5
_MOST_CLOSE_UPS = 4  # faces that get a row of their own


@dataclass(frozen=True, eq=False)
class _Cell:
    """One picture of the sheet and what is written under it."""

    image: "Image"
    caption: str


def sheet(path: str, on_event: OnEvent | None = None) -> Still:
    """The contact sheet of a film, 1920 pixels wide; raises `PictureError`."""
    from PIL import Image, ImageDraw

    sighting = track(path, on_event=on_event)
    sound = sound_of(path)
    parts = cast_of(sighting, storyline_of(path), sound)[:_MOST_CLOSE_UPS]
    rows = [_frames(path, sighting)] + [_close_ups(path, part, parts, sighting) for part in parts]
    score = _score(sighting, parts, sound)
    lines = _rows(score.seconds)
    pictures = sum(row[0].image.height + _CAPTION + _GAP for row in rows if row)
    page = Image.new("RGB", (_WIDTH, _HEAD + pictures + len(lines) * (_ROW + _GAP) + _EDGE - _GAP), PAPER)
    draw = ImageDraw.Draw(page)
    _heading(draw, Path(path).name, sighting, parts)
    y = _HEAD
    for number, row in enumerate(rows):
        y = _lay(page, row, y, None if number == 0 else FACES[number - 1])
    for start, end in lines:
        page.paste(panels.panel(score, start, end, _WIDTH - 2 * _EDGE, _ROW), (_EDGE, y))
        y += _ROW + _GAP
    return Still(np.asarray(page, np.uint8))


def _columns(sighting: Sighting) -> int:
    """How many frames lie side by side."""
    return 5 if sighting.width >= 1.2 * sighting.height else 7 if sighting.width >= 0.8 * sighting.height else 9


def _times(sighting: Sighting, parts: int) -> list[tuple[int, int]]:
    """`[first, end)` frames of equal parts of the film."""
    edges = np.linspace(0, sighting.frames, parts + 1).round().astype(int).tolist()
    return [(a, max(a + 1, b)) for a, b in itertools.pairwise(edges)]


def _frames(path: str, sighting: Sighting) -> list[_Cell]:
    columns = _columns(sighting)
    width = (_WIDTH - 2 * _EDGE - (columns - 1) * _GAP) // columns
    cells = []
    for first, end in _times(sighting, columns):
        at = sighting.rate.time(min((first + end) // 2, sighting.frames - 1))
        image = panels.tile(frame_at(path, at).pixels, width, round(width * sighting.height / sighting.width))
        cells.append(_Cell(image, f"{at:.2f} s"))
    return cells


def _close_ups(path: str, part: CastMember, parts: tuple[CastMember, ...], sighting: Sighting) -> list[_Cell]:
    columns = 2 * min(5, _columns(sighting))
    width = (_WIDTH - 2 * _EDGE - (columns - 1) * _GAP) // columns
    opening = part.track.opening
    widest = _widest(part, parts)
    cells = []
    for number, (first, end) in enumerate(_times(sighting, columns)):
        span = opening[first:end]
        if not np.isfinite(span).any():
            continue
        frame = first + int(np.nanargmin(span) if number % 2 else np.nanargmax(span))
        at = sighting.rate.time(frame)
        image = panels.tile(_crop(frame_at(path, at).pixels, part.track.boxes[frame]), width, round(width * 1.15))
        share = max(0.0, float(opening[frame]) / widest)
        cells.append(_Cell(image, f"{at:.2f} s   {100 * share:.0f} %"))
    return cells


def _widest(part: CastMember, parts: tuple[CastMember, ...]) -> float:
    """A face's widest opening in the film; that of all faces for one who does not speak and hardly opens its mouth."""
    shown = [part] if part.voice is not None else list(parts)
    return max(1e-3, *(float(np.nanmax(other.track.opening, initial=0.0)) for other in shown))


def _crop(pixels: Pixels, box: NDArray[np.float32]) -> Pixels:
    """The face with a little room, kept inside the frame where that is possible."""
    height, width = pixels.shape[:2]
    tall = min(1.25 * max(float(box[3] - box[1]), float(box[2] - box[0]) * 1.15), height)
    wide = min(tall / 1.15, width)
    left = min(max((float(box[0] + box[2]) - wide) / 2, 0), width - wide)
    top = min(max((float(box[1] + box[3]) - tall) / 2, 0), height - tall)
    return pixels[int(top) : int(top + tall), int(left) : int(left + wide)]


def _score(sighting: Sighting, parts: tuple[CastMember, ...], sound: Waveform | None) -> panels.PanelData:
    seconds = sighting.rate.time(sighting.frames)
    marks: list[tuple[float, str, bool | None]] = []
    curves = []
    for number, part in enumerate(parts):
        curves.append(panels.Curve(part.track.times, part.track.opening / _widest(part, parts), FACES[number]))
        if part.voice is not None and part.known:
            marks += _marks(part, part.voice)
    heard = voice_curves.hear(sound) if sound is not None else None
    spans = [] if heard is None else [(a / voice_curves.HZ, b / voice_curves.HZ) for a, b in voice_curves.runs(heard.speech)]
    return panels.PanelData(seconds, _peaks(sound), spans, curves, sorted(marks, key=lambda mark: mark[0]))


def _marks(part: CastMember, voice: Waveform) -> list[tuple[float, str, bool | None]]:
    """The phones of one voice; those that must close the lips say whether they did."""
    sure = voice_curves.closures(voice)
    marks: list[tuple[float, str, bool | None]] = []
    for label, span in voice_curves.phones(voice):
        met = None
        if span in sure:
            share = measures.closed(part.track.opening, [span], part.track.rate.fps)
            met = None if share is None else share > 0
        marks.append((span.middle, label.lower(), met))
    return marks


def _peaks(sound: Waveform | None) -> NDArray[np.float64]:
    if sound is None:
        return np.zeros(0)
    hop = max(1, sound.rate // voice_curves.HZ)
    samples = np.abs(sound.mono[: len(sound.mono) // hop * hop])
    peaks = samples.reshape(-1, hop).max(axis=1).astype(np.float64)
    return np.asarray(peaks / max(float(peaks.max(initial=0.0)), 1e-6), np.float64)


def _rows(seconds: float) -> list[tuple[float, float]]:
    """Start and end of the timeline's rows, in seconds: as long as the film if it is short, else equally long."""
    count = min(_MOST_ROWS, max(1, int(np.ceil(seconds / _ROW_SECONDS - 0.05))))
    length = max(seconds / count, 0.5)
    return [(n * length, (n + 1) * length) for n in range(count)]


def _heading(draw: "ImageDraw", name: str, sighting: Sighting, parts: tuple[CastMember, ...]) -> None:
    draw.text((_EDGE, 58), name, font=panels.font(30), fill=INK, anchor="ls")
    facts = f"{sighting.width} x {sighting.height}   {sighting.rate.fps:g} fps   {sighting.rate.time(sighting.frames):.1f} s"
    draw.text((_EDGE + draw.textlength(name, panels.font(30)) + 24, 58), facts, font=panels.font(18), fill=FAINT, anchor="ls")
    x = float(_WIDTH - _EDGE)
    for number, part in reversed(list(enumerate(parts))):
        label = f"{part.name}: mouth opening"
        x -= draw.textlength(label, panels.font(18))
        draw.text((x, 58), label, font=panels.font(18), fill=INK, anchor="ls")
        draw.rounded_rectangle((x - 34, 50, x - 10, 54), 2, fill=FACES[number])
        x -= 64


def _lay(page: "Image", row: list[_Cell], y: int, colour: panels.Colour | None) -> int:
    """Lay one row of pictures, with captions under them; returns where the next row begins."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(page)
    free = _WIDTH - 2 * _EDGE - sum(cell.image.width for cell in row)
    step = min(free / (len(row) - 1), 2.0 * _GAP) if len(row) > 1 else 0.0
    left = float(_EDGE)
    for cell in row:
        x = round(left)
        page.paste(cell.image, (x, y))
        draw.text((x + 2, y + cell.image.height + 18), cell.caption, font=panels.font(14), fill=FAINT, anchor="ls")
        if colour is not None:
            draw.rounded_rectangle(
                (x + cell.image.width - 18, y + cell.image.height + 11, x + cell.image.width - 2, y + cell.image.height + 14),
                1,
                fill=colour,
            )
        left += cell.image.width + step
    return y + row[0].image.height + _CAPTION + _GAP if row else y
