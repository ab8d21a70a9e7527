"""`dramatis edit`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dramatis.clock import Span
from dramatis.errors import BriefError
from dramatis.production.editing.edits import Edits, changed_shots, edited
from dramatis.production.editing.line_edits import EditContext, NewWords
from dramatis.production.editing.shot_selection import Selection
from dramatis.production.exporting.film_settings import document_at
from dramatis.runtime.environment import calculate_alike, environment
from dramatis.story import Region
from dramatis.story.document import storyline_from, storyline_located

_DEFAULT = Path("edited.json")


@dataclass(frozen=True)
class EditOptions:
    """The options of the command as they are typed."""

    voices: Sequence[str] = ()
    said: Sequence[str] = ()
    translate: str | None = None
    extend: Sequence[str] = ()
    background: str | None = None
    portraits: Sequence[str] = ()
    looks: Sequence[str] = ()
    keep: str | None = None
    seed: int | None = None
    shot: int | None = None
    span: str | None = None

    @property
    def edits(self) -> Edits:
        """What they ask for; raises `BriefError`."""
        lines = [NewWords(name, sound=path) for name, path in _pairs(self.voices, "--voice NAME=FILE")]
        lines += [NewWords(name, text=text) for name, text in _pairs(self.said, "--say NAME=TEXT")]
        added = [_added(name, value) for name, value in _pairs(self.extend, "--extend NAME=TEXT or NAME=FILE")]
        return Edits(
            tuple(lines),
            self.translate or "",
            tuple(added),
            self.background or "",
            _pairs(self.portraits, "--portrait NAME=FILE"),
            _pairs(self.looks, "--look NAME=WORDS"),
            None if self.keep is None else _region(self.keep),
            self.seed,
            Selection(None if self.shot is None else self.shot - 1, None if self.span is None else _span(self.span)),
        )


def edited_plan(document: Path, options: EditOptions, output: Path | None) -> None:
    """Write the edited storyline, and say which shots are filmed anew."""
    calculate_alike()
    path = output or _DEFAULT
    if path.suffix.lower() != ".json":
        raise BriefError(f"A storyline is written as .json, not as {path.name}; give a name such as edited.json.")
    from dramatis.media.files import check_folder
    from dramatis.production.assets import Assets
    from dramatis.production.output_files import write_storyline
    from dramatis.recipes import crew_for, translator_for

    check_folder(path)
    settings = environment()
    before = storyline_located(storyline_from(document_at(document)), document)
    crew = crew_for(before.engine, settings)
    context = EditContext(Assets(crew.cache), crew.limits, crew.direct, path.parent, translator_for(settings))
    after = edited(before, options.edits, context)
    write_storyline(after, path)
    for note in context.assets.notes:
        print(f"Note: {note}")
    numbers = changed_shots(before, after)
    shots = "no shot" if not numbers else f"shot{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
    changed = f"{shots} of {len(after.shots)} changed"
    print(f"{path} is the edited plan: {after.seconds:.1f} s, {changed}; film it with: dramatis make {path}")


def _pairs(texts: Sequence[str], option: str) -> tuple[tuple[str, str], ...]:
    """`NAME=VALUE` of each; `option` says how it is written."""
    found = []
    for text in texts:
        name, _, value = text.partition("=")
        if not name.strip() or not value.strip():
            raise BriefError(f'"{text[:80]}" names nobody; write it as {option}.')
        found.append((name.strip(), value.strip()))
    return tuple(found)


def _added(name: str, value: str) -> NewWords:
    try:
        return NewWords(name, sound=value) if Path(value).is_file() else NewWords(name, text=value)
    except (OSError, ValueError):  # a text that is no file name
        return NewWords(name, text=value)


def _region(text: str) -> Region:
    try:
        x0, y0, x1, y1 = (float(part) for part in text.split(","))
    except ValueError:
        raise BriefError(f'"{text[:80]}" is no region; give x0,y0,x1,y1 in parts of the picture, such as 0,0,0.5,1.') from None
    return (x0, y0, x1, y1)


def _span(text: str) -> Span:
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*[-–:]\s*(\d+(?:\.\d+)?)\s*s?\s*", text)
    if match is None or float(match[1]) >= float(match[2]):
        raise BriefError(f'"{text[:80]}" is no span; give two times in seconds, such as 1.5-3.')
    return Span(float(match[1]), float(match[2]))
