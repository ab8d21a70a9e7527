"""The timeline of a plan as a picture: voices, phrases, shots, emotion curves, actions and camera over the film's clock."""

from collections.abc import Callable
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from dramatis.media.pictures.fonts import asian_font, is_wide
from dramatis.media.still import Still
from dramatis.story import EMOTIONS, Cue, Line, Storyline

WIDTH, LEFT, RIGHT = 1600, 150, 24
"""Pixels: width of the picture, and its margins."""
_VOICE, _FEELING, _LANE, _GAP, _HEAD = 96, 110, 30, 18, 58
_INK, _PAPER, _GRID, _FAINT = (28, 30, 36), (252, 252, 250), (222, 222, 218), (120, 124, 132)
_VOICES = ((74, 111, 165), (176, 98, 72), (86, 140, 88), (140, 96, 150))
_SHOTS = ((236, 240, 246), (246, 241, 232))
COLOURS = {
    "calm": (104, 150, 190),
    "excitement": (232, 160, 40),
    "confusion": (150, 110, 180),
    "sadness": (70, 90, 150),
    "surprise": (60, 170, 150),
    "anger": (205, 60, 50),
}
"""Colours of the six emotions."""
Sound = Callable[[Line], tuple[NDArray[np.float32], int]]
"""A line -> the mono samples of its voice and their rate."""


class _Sheet:
    def __init__(self, storyline: Storyline, height: int) -> None:
        from PIL import Image, ImageDraw, ImageFont

        self.image = Image.new("RGB", (WIDTH, height), _PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self.font = ImageFont.load_default(14)
        self.names = [who.name for who in storyline.cast]
        found = asian_font()
        self.wide = None if found is None else ImageFont.truetype(found, 14)
        self.scale = (WIDTH - LEFT - RIGHT) / max(1e-6, storyline.seconds)

    def x(self, seconds: float) -> float:
        return LEFT + seconds * self.scale

    def text(self, x: float, y: float, words: str, colour: tuple[int, int, int] = _INK, room: float = 1e9) -> None:
        """Text, cut off after `room` pixels; wide letters are left out if no font has them."""
        end, base = x + room, y + 14
        for wide, run in groupby(words, is_wide):
            font = self.wide if wide else self.font
            for letter in run if font is not None else ():
                across = self.draw.textlength(letter, font)
                if x + across > end:
                    return
                self.draw.text((x, base), letter, colour, font, anchor="ls")
                x += across

    def called(self, name: str) -> str:
        """A printable name: a generic one if no font has its letters."""
        if self.wide is not None or name not in self.names or not any(map(is_wide, name)):
            return name
        return f"voice {self.names.index(name) + 1}"


def timeline(storyline: Storyline, sound: Sound) -> Still:
    """The picture, WIDTH pixels wide. `sound` reads the voices; its exceptions are passed on."""
    speakers = list(dict.fromkeys(line.who for line in storyline.lines))
    feeling = _feeling(storyline)
    deeds = [cue for cue in _cues(storyline) if cue.kind == "action"]
    lanes, moves = _packed(deeds), _packed([cue for cue in _cues(storyline) if cue.kind == "camera"])
    tracks = max(1, len(speakers)) * (_VOICE + _GAP)
    height = _HEAD + tracks + len(feeling) * (_FEELING + _GAP) + (len(lanes) + len(moves)) * _LANE + 3 * _GAP
    sheet = _Sheet(storyline, height)
    _shots(sheet, storyline, height)
    y = _HEAD
    for number, who in enumerate(speakers):
        _voice(sheet, storyline, who, y, sound, _VOICES[number % len(_VOICES)])
        y += _VOICE + _GAP
    for name, cues in feeling.items():
        _curves(sheet, storyline, name, cues, y)
        y += _FEELING + _GAP
    for title, rows in (("actions", lanes), ("camera", moves)):
        for number, row in enumerate(rows):
            if not number:
                sheet.text(12, y + 5, title, _FAINT)
            for cue in row:
                _bar(sheet, cue, y)
            y += _LANE
        y += _GAP // 2
    return Still(np.ascontiguousarray(np.asarray(sheet.image, np.uint8)))


def _cues(storyline: Storyline) -> list[Cue]:
    """All cues, those shared by several shots once."""
    return sorted({cue for shot in storyline.shots for cue in shot.direction.cues}, key=lambda cue: (cue.span, cue.what))


def _feeling(storyline: Storyline) -> dict[str, list[Cue]]:
    found: dict[str, list[Cue]] = {}
    for cue in _cues(storyline):
        if cue.kind == "emotion":
            found.setdefault(cue.who or "everybody", []).append(cue)
    return found


def _shots(sheet: _Sheet, storyline: Storyline, height: int) -> None:
    for number, shot in enumerate(storyline.shots):
        left, right = sheet.x(shot.span.start), sheet.x(shot.span.end)
        sheet.draw.rectangle((left, 0, right, height), fill=_SHOTS[number % 2])
        lock = " (locked)" if shot.locked else ""
        sheet.text(
            left + 6, 8, f"{number + 1} {'+'.join(map(sheet.called, shot.focus or shot.cast))}{lock}", _INK, right - left - 8
        )
        sheet.text(left + 6, 30, f"{shot.span.start:.1f} s {shot.framing}", _FAINT, right - left - 8)
        sheet.draw.line((left, 0, left, height), fill=_FAINT, width=1)


def _voice(sheet: _Sheet, storyline: Storyline, who: str, y: int, sound: Sound, colour: tuple[int, int, int]) -> None:
    """The waveform, the phrases as bars below it, and the words that are said."""
    sheet.text(12, y + _VOICE / 2 - 20, sheet.called(who), colour, LEFT - 20)
    columns = WIDTH - LEFT - RIGHT
    peaks = np.zeros(columns)
    for line in (line for line in storyline.lines if line.who == who):
        samples, rate = sound(line)
        at = ((np.arange(len(samples)) / rate + line.start) * sheet.scale).astype(int)
        inside = at < columns
        np.maximum.at(peaks, at[inside], np.abs(samples[inside]))
    middle, half = y + (_VOICE - 26) / 2, (_VOICE - 26) / 2
    for column, peak in enumerate(peaks / max(1e-6, float(peaks.max()))):
        sheet.draw.line((LEFT + column, middle - peak * half, LEFT + column, middle + peak * half), fill=colour)
    spoken = {segment for shot in storyline.shots for segment in shot.segments if segment.who == who}
    for segment in sorted(spoken, key=lambda one: one.span):
        left, right = sheet.x(segment.span.start), sheet.x(segment.span.end)
        sheet.draw.rectangle((left, y + _VOICE - 22, right - 1, y + _VOICE - 18), fill=colour)
        sheet.text(left, y + _VOICE - 16, segment.text, _INK, right - left)


def _curves(sheet: _Sheet, storyline: Storyline, name: str, cues: list[Cue], y: int) -> None:
    """Intensity of each emotion over time, 0 to 1."""
    sheet.text(12, y + _FEELING / 2 - 16, sheet.called(name), _INK, LEFT - 20)
    sheet.text(12, y + _FEELING / 2 + 2, "emotion", _FAINT, LEFT - 20)
    for share in (0.0, 0.5, 1.0):
        level = y + _FEELING * (1 - share)
        sheet.draw.line((LEFT, level, WIDTH - RIGHT, level), fill=_GRID)
    times = np.linspace(0, storyline.seconds, WIDTH - LEFT - RIGHT)
    for what in EMOTIONS:
        mine = [cue for cue in cues if cue.what == what]
        if not mine:
            continue
        values = np.clip(np.sum([_strength(cue, times) for cue in mine], axis=0), 0, 1)
        points = [(sheet.x(float(at)), y + _FEELING * (1 - float(value))) for at, value in zip(times, values, strict=True)]
        sheet.draw.line(points, fill=COLOURS[what], width=3)
        top = int(np.argmax(values))
        sheet.text(points[top][0] + 4, points[top][1] + 4, what, COLOURS[what], WIDTH - RIGHT - points[top][0])


def _strength(cue: Cue, times: NDArray[np.float64]) -> NDArray[np.float64]:
    into = np.clip((times - cue.span.start) / max(cue.rise, 1e-3), 0, 1)
    out = np.clip((cue.span.end - times) / max(cue.fall, 1e-3), 0, 1)
    return cue.intensity * np.minimum(into, out)


def _packed(cues: list[Cue]) -> list[list[Cue]]:
    """Rows in which no two bars overlap."""
    rows: list[list[Cue]] = []
    for cue in cues:
        row = next((row for row in rows if row[-1].span.end <= cue.span.start), None)
        if row is None:
            rows.append([cue])
        else:
            row.append(cue)
    return rows


def _bar(sheet: _Sheet, cue: Cue, y: int) -> None:
    left, right = sheet.x(cue.span.start), sheet.x(cue.span.end)
    sheet.draw.rounded_rectangle((left, y + 2, max(left + 4, right - 2), y + _LANE - 6), 5, fill=(214, 220, 228), outline=_FAINT)
    words = f"{cue.what} ({sheet.called(cue.who)})" if cue.who else cue.what
    sheet.text(left + 6, y + 5, words, _INK, WIDTH - RIGHT - left)
