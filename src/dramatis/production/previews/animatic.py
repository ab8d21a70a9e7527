"""The animatic: a plan for any engine, drawn small and fast, with its sound and its words."""

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from dramatis.clock import Rate
from dramatis.errors import OutputError
from dramatis.media.files import check_folder
from dramatis.media.pictures.fonts import font_for
from dramatis.media.videos.video import Encoding
from dramatis.production.assets import Assets
from dramatis.production.crew import Crew
from dramatis.production.previews.stand_ins import stand_ins
from dramatis.production.produce import produce, quiet
from dramatis.production.report import NOTE, PREVIEW
from dramatis.story import Canvas, CaptionStyle, Storyline
from dramatis.take import Event, OnEvent

_SHORT_SIDE, _RATE = 360, Rate(12)
SMALL_AND_FAST = Encoding(crf=24, preset="superfast")


def animatic(storyline: Storyline, output: Path, crew: Crew, on_event: OnEvent = quiet) -> Path:
    """Film a storyline (its files located) with a crew that draws people from words; raises `DramatisError`.

    What is planned for the film, such as its music and other files beside it, is left out.
    """
    if output.suffix.lower() != ".mp4":
        raise OutputError(f"An animatic is written as .mp4, not as {output.name}; give a name such as plan.mp4.")
    check_folder(output)
    drawn = stand_ins(storyline, Assets(crew.cache), crew.limits)
    with tempfile.TemporaryDirectory(prefix=".animatic", dir=output.parent) as folder:
        plan = replace(drawn, canvas=small(storyline.canvas, _RATE), captions=_captions(storyline, crew.font), music="")
        film = produce(plan, Path(folder) / output.name, replace(crew, encoding=SMALL_AND_FAST), partial(_told, on_event))
        film.path.replace(output)
    return output


def _told(on_event: OnEvent, event: Event) -> None:
    """Progress, without the preview of a film that takes seconds, and without notes on what the film itself will show."""
    if event.stage not in (NOTE, PREVIEW):
        on_event(event)


def _captions(storyline: Storyline, font: Path | None) -> CaptionStyle:
    """Plain ones, where the words are known and there are letters for them."""
    words = "".join(line.text for line in storyline.lines)
    try:
        font_for(words, font)
    except OutputError:
        return "none"
    return "plain" if words.strip() else "none"


def small(canvas: Canvas, rate: Rate) -> Canvas:
    """640x360 for a wide picture; other shapes with the same short side."""
    scale = _SHORT_SIDE / min(canvas.width, canvas.height)
    width, height = (2 * round(side * scale / 2) for side in (canvas.width, canvas.height))
    return Canvas(width, height, rate)
