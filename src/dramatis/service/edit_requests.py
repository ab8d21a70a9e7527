"""Edits of a storyline as requests name them: by ids of assets, shots counted from 1."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from dramatis.errors import BriefError, ServiceError
from dramatis.production.crew import Crew, Translate
from dramatis.production.editing.edits import Edits, edited
from dramatis.production.editing.line_edits import EditContext, NewWords
from dramatis.service.documents import Documents
from dramatis.service.records import Asset, Plain
from dramatis.story import Storyline
from dramatis.story.document import read_as

_SOUNDS, _PICTURES = ("sound", "video"), ("picture", "video")


def edits_of(body: Plain) -> Edits:
    """The edits in a body; raises `BriefError`, which names what is wrong."""
    data = dict(body)
    shot, span = data.pop("shot", None), data.pop("span", None)
    if shot is not None and (not isinstance(shot, int) or isinstance(shot, bool) or shot < 1):
        raise ServiceError('"shot" is the number of a shot, from 1 on.', "shot", 400, "shot")
    selection = {"shot": None if shot is None else shot - 1, "span": span}
    return read_as(Edits, {**data, "selection": selection}, "the edit")


def files_of(edits: Edits, documents: Documents) -> dict[str, Asset]:
    """The assets that edits name, by id; raises `ServiceError`."""
    sounds = [words.sound for words in (*edits.lines, *edits.extend) if words.sound]
    pictures = [picture for _, picture in edits.portraits]
    pictures += [edits.background] if edits.background.startswith("asset_") else []
    found = {name: documents.asset(name, _SOUNDS, "The voice") for name in sounds}
    return found | {name: documents.asset(name, _PICTURES, "The picture") for name in pictures}


def made_by(
    storyline: Storyline, edits: Edits, files: Mapping[str, str], crew: Crew, folder: Path, translate: Translate | None
) -> tuple[Storyline, tuple[str, ...]]:
    """The edited storyline and notes; `files` are the paths of assets, new sounds are written into `folder`."""
    from dramatis.production.assets import Assets

    if edits.background and edits.background not in files and crew.limits.draws is None:
        raise BriefError("The background of people in pictures is a picture; upload one, and give the id of the asset.")
    context = EditContext(Assets(crew.cache), crew.limits, crew.direct, folder, translate)
    located = replace(
        edits,
        lines=tuple(_located(words, files) for words in edits.lines),
        extend=tuple(_located(words, files) for words in edits.extend),
        portraits=tuple((name, files[picture]) for name, picture in edits.portraits),
        background=files.get(edits.background, edits.background),
    )
    return edited(storyline, located, context), tuple(context.assets.notes)


def _located(words: NewWords, files: Mapping[str, str]) -> NewWords:
    return replace(words, sound=files[words.sound]) if words.sound else words
