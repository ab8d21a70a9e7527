"""`dramatis look` and `dramatis measure`."""

from pathlib import Path
from typing import TYPE_CHECKING

from dramatis.errors import OutputError
from dramatis.media.files import check_folder

if TYPE_CHECKING:
    from dramatis.media.still import Still


def look(film: Path, output: Path | None, phases: bool) -> None:
    """Write the film's contact sheet, or that of its phases, and say where it is."""
    from dramatis.media.pictures.picture_files import write_still

    place = output or film.with_suffix(".phases.png" if phases else ".sheet.png")
    if place.suffix.lower() not in {".png", ".jpg", ".jpeg"}:
        raise OutputError(f"A contact sheet is written as .png or .jpg, not as {place.name}.")
    check_folder(place)
    write_still(_phases(film) if phases else _sheet(film), str(place))
    print(f"{place} shows {film}")


def _sheet(film: Path) -> "Still":
    from dramatis.evaluation.film.sheet import sheet

    return sheet(str(film))


def _phases(film: Path) -> "Still":
    from dramatis.evaluation.film.phase_sheet import phase_sheet
    from dramatis.production.output_files import OutputFiles
    from dramatis.runtime.environment import environment

    return phase_sheet(film, OutputFiles(film).vault(environment().vault)[0])


def measured(film: Path, as_json: bool) -> None:
    """Print the film's figures, as a table or as JSON."""
    from dramatis.evaluation.film.measure import as_table, measure, to_json

    measures = measure(str(film))
    print(to_json(measures) if as_json else as_table(measures), end="")
