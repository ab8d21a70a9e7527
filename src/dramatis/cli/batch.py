"""`dramatis batch`: one film a row of a table."""

from pathlib import Path

from dramatis.cli.make import film
from dramatis.errors import BriefError, DramatisError
from dramatis.production.film_table import rows_of
from dramatis.production.request import request_of


def made_from(table: Path, folder: Path) -> None:
    """Check all rows, then make their films; one that fails is named, and the others are made. Raises `BriefError` then."""
    try:
        text = table.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise BriefError(f"{table} cannot be read as a table in UTF-8: {fault}.") from None
    rows = rows_of(text)
    for row in rows:
        try:
            request_of(None, row.options, row.seed)
        except DramatisError as fault:
            raise BriefError(f"Row {row.number} of {table}: {fault}") from None
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for row in rows:
        try:
            film(None, row.options, folder / row.output, seed=row.seed)
        except DramatisError as fault:
            failed += 1
            print(f"Row {row.number}: {fault}")
    if failed:
        raise BriefError(f"{failed} of {len(rows)} films were not made; their rows are named above.")
