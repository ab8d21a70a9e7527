"""The settings of a film inside its MP4: the storyline that it was made of, with names of files instead of paths.

The discussion of the director's experts is left out: it is long, and nothing is filmed from it.
"""

import json
from dataclasses import replace
from pathlib import Path

from dramatis.errors import BriefError, PictureError
from dramatis.story import Deliberation, Storyline
from dramatis.story.document import parse, parsed, relocated, text_in, to_json

TAG = "dramatis.storyline"
"""The name of the tag in the file."""
_SCRIPTS = (".txt", ".md", ".fountain")
_FILMS = (".mp4", ".m4v", ".mov")


def settings_of(storyline: Storyline) -> str:
    """The storyline as the text of a tag."""
    shots = tuple(replace(shot, why=()) for shot in storyline.shots)
    bare = replace(storyline, shots=shots, deliberation=Deliberation())
    return json.dumps(json.loads(to_json(relocated(bare, lambda path: Path(path).name))), ensure_ascii=False)


def read_settings(film: Path) -> object:
    """The JSON of the storyline in a film; raises `BriefError` if there is none, `PictureError` if it is no film."""
    from dramatis.media.videos.container import opened

    with opened(str(film), PictureError) as container:
        text = container.metadata.get(TAG)
    if not text:
        raise BriefError(f"{film.name} carries no settings of Dramatis; films of other programs, or cut ones, have none.")
    return parsed(text, f"The storyline in {film.name}")


def document_at(path: Path) -> object:
    """The JSON of a document: of a file, of the storyline in a film, or the words of a script as a brief. Raises `BriefError`."""
    if is_script(path):
        return {"prompt": text_in(path).strip()}
    return read_settings(path) if path.suffix.lower() in _FILMS and path.is_file() else parse(path)


def is_script(path: Path) -> bool:
    """Whether a document is text, which is read as a prompt."""
    return path.suffix.lower() in _SCRIPTS
