"""A project as one ZIP: the storyline, the files that it names, and the film. Its paths are relative: it is unpacked anywhere."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from dramatis.errors import BriefError
from dramatis.speech.phone_times import file_of
from dramatis.story import Storyline
from dramatis.story.document import parsed, relocated, storyline_from, to_json

STORYLINE, FILM = "storyline.json", "film.mp4"
"""Names in the archive; files that the storyline names lie in `assets/`."""
_ASSETS = "assets"
_MOST_FILES, _MOST_DOCUMENT = 2000, 50_000_000


@dataclass(frozen=True)
class Archive:
    """What was read: the storyline, whose files are named as in the archive, and the files by that name."""

    storyline: Storyline
    files: Mapping[str, zipfile.ZipInfo]


def write_archive(
    storyline: Storyline, film: Path | None, output: Path | BinaryIO, names: Mapping[str, str] | None = None
) -> None:
    """Write a storyline whose files are located; `names` are what the files shall be called, by path (else their own names)."""
    inside: dict[str, str] = {}

    def placed(path: str) -> str:
        if path not in inside:
            wished = (names or {}).get(path) or Path(path).name
            inside[path] = _free(f"{_ASSETS}/{wished}", set(inside.values()))
        return inside[path]

    portable = relocated(storyline, placed)
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(STORYLINE, to_json(portable))
        for path, name in inside.items():
            archive.write(path, name)
            phones = file_of(Path(path))
            if phones.exists():
                archive.write(phones, str(file_of(Path(name))))
        if film is not None and film.exists():
            archive.write(film, FILM)


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
    return Archive(storyline, files)


def _free(name: str, taken: set[str]) -> str:
    path, number = PurePosixPath(name), 2
    while str(path) in taken:
        path = PurePosixPath(name).with_stem(f"{PurePosixPath(name).stem}-{number}")
        number += 1
    return str(path)
