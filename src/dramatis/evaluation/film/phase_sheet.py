"""A contact sheet of how a film was made: a row of frames for each phase, and one of the film, all at the same instants.

The report beside the film says what each phase filmed; the clips are in the vault for as long as it keeps them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dramatis.clock import Rate
from dramatis.evaluation import panels
from dramatis.evaluation.film.phase_footage import clip_of, phases_of
from dramatis.media.still import Pixels, Still
from dramatis.media.videos.video import frame_at, probe
from dramatis.runtime.vault import Vault

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDTH = 1920
_EDGE, _GAP = 48, 14
_HEAD, _LABEL, _CAPTION = 84, 34, 24
_COLUMNS = 6


@dataclass(frozen=True, eq=False)
class PhaseRow:
    """A label, and pictures with the seconds that they show; None where nothing new is shown."""

    label: str
    pictures: Sequence[tuple[float, Pixels] | None]


def phase_sheet(film: Path, vault: Vault) -> Still:
    """The sheet, 1920 pixels wide; raises `BriefError` without a report, `PictureError` for clips that the vault has no more."""
    from PIL import Image, ImageDraw

    facts = probe(str(film))
    times = [(column + 0.5) * facts.seconds / _COLUMNS for column in range(_COLUMNS)]
    size = f"{facts.canvas.width} x {facts.canvas.height}   {facts.canvas.rate.fps:g} fps   {facts.seconds:.1f} s"
    rows = [_row(phase, times, vault) for phase in phases_of(film)]
    rows.append(PhaseRow(f"film   {size}", [(at, frame_at(str(film), at).pixels) for at in times]))
    width = (_WIDTH - 2 * _EDGE - (_COLUMNS - 1) * _GAP) // _COLUMNS
    height = round(width / facts.canvas.aspect)
    each = _LABEL + height + _CAPTION + _GAP
    page = Image.new("RGB", (_WIDTH, _HEAD + len(rows) * each + _EDGE - _GAP), panels.PAPER)
    ImageDraw.Draw(page).text((_EDGE, 58), film.name, font=panels.font(30), fill=panels.INK, anchor="ls")
    for number, row in enumerate(rows):
        _lay(page, row, _HEAD + number * each, (width, height))
    return Still(np.asarray(page, np.uint8))


def _row(phase: dict[str, Any], times: Sequence[float], vault: Vault) -> PhaseRow:
    """The frames of a phase that are nearest to some instants."""
    canvas, takes = phase["canvas"], phase["takes"]
    label = f"{phase['name']}   {phase['engine']['name']}   {canvas['width']} x {canvas['height']}   {canvas['fps']:g} fps   "
    label += f"{len(takes)} take{'s' if len(takes) > 1 else ''}   {phase['seconds']:.1f} s"
    if not takes:
        return PhaseRow(label, [None] * len(times))
    rate = Rate.of(canvas["fps"])
    places = [_place(takes, rate.frame_at(at)) for at in times]
    fresh = [place if place not in places[:column] else None for column, place in enumerate(places)]
    return PhaseRow(
        label, [place and (rate.time(place[1]), _frame(takes[place[0]], place[1], rate, phase, vault)) for place in fresh]
    )


def _place(takes: Sequence[dict[str, Any]], frame: int) -> tuple[int, int]:
    """The number of a take, and the number of a frame of it on the film's clock, nearest to a frame."""

    def nearest() -> Iterator[tuple[int, int, int]]:
        for number, take in enumerate(takes):
            there = min(max(frame, take["first frame"]), take["first frame"] + take["frames"] - 1)
            yield abs(there - frame), number, there

    return min(nearest())[1:]


def _frame(take: dict[str, Any], frame: int, rate: Rate, phase: dict[str, Any], vault: Vault) -> Pixels:
    return frame_at(str(clip_of(take, phase, vault)), rate.time(frame - take["first frame"])).pixels


def _lay(page: "Image", row: PhaseRow, y: int, size: tuple[int, int]) -> None:
    """A row's label, its pictures and the seconds under them."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(page)
    draw.text((_EDGE, y + 20), row.label, font=panels.font(18), fill=panels.INK, anchor="ls")
    for column, shown in enumerate(row.pictures):
        x = _EDGE + column * (size[0] + _GAP)
        if shown is not None:
            page.paste(panels.tile(shown[1], *size), (x, y + _LABEL))
            place = (x + 2, y + _LABEL + size[1] + 18)
            draw.text(place, f"{shown[0]:.2f} s", font=panels.font(14), fill=panels.FAINT, anchor="ls")
