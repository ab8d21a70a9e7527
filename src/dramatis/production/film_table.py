"""Films from a table: one film a row of a CSV file, whose columns are options by their names."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dramatis.errors import BriefError
from dramatis.production.request import Options

COLUMNS = ("portrait", "voice", "say", "prompt", "size", "engine", "captions", "music", "background", "consent", "seed", "output")
_SEVERAL = "|"
_MOST = 1000  # rows


@dataclass(frozen=True)
class BatchRow:
    """One film: its options, its seed (None: the usual one), and the name of its file."""

    number: int
    options: Options
    seed: int | None
    output: str


def rows_of(text: str) -> tuple[BatchRow, ...]:
    """The films of a table; several portraits, voices or texts of one film are parted by `|`. Raises `BriefError`."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        names = [name.strip().lower() for name in reader.fieldnames or ()]
        lines = [dict(zip(names, _cells(row), strict=False)) for row in reader]
    except csv.Error as fault:
        raise BriefError(f"The table cannot be read as CSV: {fault}.") from None
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or not names:
        raise BriefError(f'The column "{", ".join(unknown)[:80]}" is not known: a table has {", ".join(COLUMNS)}.')
    if not 0 < len(lines) <= _MOST:
        raise BriefError(f"The table has {len(lines)} films; 1 to {_MOST} are made at once.")
    rows = tuple(_row(number, line) for number, line in enumerate(lines, 1))
    _check_outputs(rows)
    return rows


def _check_outputs(rows: Sequence[BatchRow]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        if row.output in first:
            numbers = f"{first[row.output]} and {row.number}"
            raise BriefError(f'Rows {numbers} both make "{row.output}": give each film a name of its own.')
        first[row.output] = row.number


def _cells(row: dict[str | None, object]) -> list[str]:
    if None in row:
        raise csv.Error("a row has more cells than there are columns")
    return [str(cell or "").strip() for cell in row.values()]


def _row(number: int, line: dict[str, str]) -> BatchRow:
    def several(name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in line.get(name, "").split(_SEVERAL) if part.strip())

    one = {name: line.get(name) or None for name in ("prompt", "size", "engine", "captions", "music", "background")}
    seed = line.get("seed", "")
    if seed and not (seed.isascii() and seed.isdigit() and len(seed) < 19):
        raise BriefError(f'Row {number} has the seed "{seed[:40]}": a seed is a whole number.')
    options = Options(several("portrait"), several("voice"), several("say"), **one, consents=several("consent"))
    return BatchRow(number, options, int(seed) if seed else None, Path(line.get("output", "")).name or f"film-{number:03}.mp4")
