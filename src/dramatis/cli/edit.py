"""`dramatis edit`."""

from pathlib import Path

from dramatis.errors import BriefError
from dramatis.production.editing.edits import Edits
from dramatis.runtime.environment import calculate_alike, environment
from dramatis.story.document import parse, storyline_from, storyline_located

_DEFAULT = Path("edited.json")


def edited_plan(document: Path, edits: Edits, output: Path | None) -> None:
    """Write the edited storyline, and say which shots are filmed anew."""
    calculate_alike()
    path = output or _DEFAULT
    if path.suffix.lower() != ".json":
        raise BriefError(f"A storyline is written as .json, not as {path.name}; give a name such as edited.json.")
    from dramatis.media.files import check_folder
    from dramatis.production.assets import Assets
    from dramatis.production.editing.edits import changed_shots, edited
    from dramatis.production.editing.line_edits import Workbench
    from dramatis.production.output_files import write_storyline
    from dramatis.recipes import crew_for, translator_for

    check_folder(path)
    settings = environment()
    before = storyline_located(storyline_from(parse(document)), document)
    crew = crew_for(before.engine, settings)
    bench = Workbench(Assets(crew.cache), crew.limits, crew.direct, path.parent, translator_for(settings))
    after = edited(before, edits, bench)
    write_storyline(after, path)
    for note in bench.assets.notes:
        print(f"Note: {note}")
    numbers = changed_shots(before, after)
    shots = "no shot" if not numbers else f"shot{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
    changed = f"{shots} of {len(after.shots)} changed"
    print(f"{path} is the edited plan: {after.seconds:.1f} s, {changed}; film it with: dramatis make {path}")
