"""`dramatis look` and `dramatis measure`."""

from pathlib import Path

from dramatis.errors import OutputError
from dramatis.media.files import check_folder


def look(film: Path, output: Path | None) -> None:
    """Write the film's contact sheet and say where it is."""
    from dramatis.evaluation.film.sheet import sheet
    from dramatis.media.picture_files import write_still

    place = output or film.with_suffix(".sheet.png")
    if place.suffix.lower() not in {".png", ".jpg", ".jpeg"}:
        raise OutputError(f"A contact sheet is written as .png or .jpg, not as {place.name}.")
    check_folder(place)
    write_still(sheet(str(film)), str(place))
    print(f"{place} shows {film}")


def measured(film: Path, as_json: bool) -> None:
    """Print the film's figures, as a table or as JSON."""
    from dramatis.evaluation.film.measure import as_table, measure, to_json

    measures = measure(str(film))
    print(to_json(measures) if as_json else as_table(measures), end="")
