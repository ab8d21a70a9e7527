"""A project as one ZIP: the storyline, the files that it names, and the film. Its paths are relative: it is unpacked anywhere."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from dramatis.errors import BriefError
from dramatis.speech.phone_times import file_of
from dramatis.story import Storyline
from dramatis.story.document import parsed, relocated, storyline_from, to_json

STORYLINE = "storyline.json"
"""Its name in the archive; the film is called `film`, and files that the storyline names lie in `assets/`."""
_ASSETS = "assets"
_MOST_FILES, _MOST_DOCUMENT, _LONGEST_TABLE = 2000, 50_000_000, 1_000_000  # files, bytes
_MOST_BYTES = 4_000_000_000  # of all files that are unpacked


@dataclass(frozen=True)
class Archive:
    """What was read: the storyline, whose files are named as in the archive, the files by that name, and by the names of sounds
    the files that say when each phone is said.
    """

    storyline: Storyline
    files: Mapping[str, zipfile.ZipInfo]
    phones: Mapping[str, zipfile.ZipInfo]


def names_inside(storyline: Storyline, film: Path) -> dict[str, str]:
    """What the files of a storyline and the film are called in its archive, by their paths."""
    inside = {str(film): f"film{film.suffix}"}

    def placed(path: str) -> str:
        if path not in inside:
            inside[path] = _free(f"{_ASSETS}/{Path(path).name}", set(inside.values()))
        return inside[path]

    relocated(storyline, placed)
    return inside


def write_archive(storyline: Storyline, film: Path, output: Path) -> None:
    """Write a storyline whose files are located, with the film."""
    inside = names_inside(storyline, film)
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(STORYLINE, to_json(relocated(storyline, inside.__getitem__)))
        for path, name in inside.items():
            archive.write(path, name)
            phones = file_of(Path(path))
            if phones.exists():
                archive.write(phones, str(file_of(Path(name))))


class _ShortReads:
    """A file of which no long piece is read at once: an archive's table of contents is read whole before it is looked at."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.limited = file, True

    def read(self, size: int = -1) -> bytes:
        """As of any file; raises `BriefError` for a long piece."""
        if self.limited and size > _LONGEST_TABLE:
            raise BriefError(f"The archive is no project: its table of contents is longer than {_LONGEST_TABLE / 1e6:.0f} MB.")
        return self._file.read(size)

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def opened_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """A ZIP archive that somebody sent; raises `BriefError` for one of millions of files, which would fill the memory, and
    `zipfile.BadZipFile` for what is none.
    """
    short = _ShortReads(file)
    archive = zipfile.ZipFile(cast("IO[bytes]", short))
    short.limited = False
    if any(info.header_offset < 0 for info in archive.infolist()):
        raise zipfile.BadZipFile("a file begins before the archive")
    return archive


def read_archive(archive: zipfile.ZipFile) -> Archive:
    """The storyline and the files that it names; raises `BriefError` for an archive that is none of ours."""
    known = {info.filename: info for info in archive.infolist() if not info.is_dir()}
    if STORYLINE not in known or len(known) > _MOST_FILES:
        raise BriefError(f"The archive is no project: it has no {STORYLINE}.")
    if known[STORYLINE].file_size > _MOST_DOCUMENT:
        raise BriefError(f"The {STORYLINE} of the archive is too large.")
    text = archive.read(STORYLINE).decode("utf-8", "replace")
    storyline = storyline_from(parsed(text, f"The {STORYLINE} of the archive"))
    files: dict[str, zipfile.ZipInfo] = {}

    def found(path: str) -> str:
        if path not in known or ".." in PurePosixPath(path).parts:
            raise BriefError(f'The archive has no file "{path[:100]}", which its storyline names.')
        files[path] = known[path]
        return path

    relocated(storyline, found)
    if sum(info.file_size for info in files.values()) > _MOST_BYTES:
        raise BriefError(f"The files of the archive are larger than {_MOST_BYTES / 1e9:.0f} GB together.")
    phones = {name: known[beside] for name in files if (beside := str(file_of(name))) in known}
    return Archive(storyline, files, phones)


def _free(name: str, taken: set[str]) -> str:
    path, number = PurePosixPath(name), 2
    while str(path) in taken:
        path = PurePosixPath(name).with_stem(f"{PurePosixPath(name).stem}-{number}")
        number += 1
    return str(path)
