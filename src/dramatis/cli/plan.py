"""`dramatis plan`."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dramatis.errors import BriefError
from dramatis.production.exporting.film_settings import document_at
from dramatis.production.request import Options, engine_of, request_of
from dramatis.runtime.environment import Environment, calculate_alike, environment
from dramatis.story import Line, Storyline
from dramatis.story.document import storyline_from, storyline_located

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DEFAULT = Path("storyline.json")


@dataclass(frozen=True)
class Views:
    """How a plan is shown: printed with its timeline as a picture, and drawn as a small film (None: not)."""

    storyboard: bool = False
    animatic: Path | None = None


def planned(document: Path | None, options: Options, output: Path | None, views: Views) -> None:
    """Write the storyline, say where it is, and show it as that is wanted."""
    calculate_alike()
    settings = environment()
    storyline = _storyline(document, options)
    if storyline is not None and document is not None and views != Views() and options == Options() and output is None:
        _shown(storyline, document, views, settings)
        return
    path = output or _DEFAULT
    if document is not None and output is None and path.exists() and path.samefile(document):
        raise BriefError(f"{document} would be written over; name the new storyline with -o.")
    request = storyline or request_of(document, options, settings.seed)
    from dramatis.production.planning import plan
    from dramatis.production.report import unperformed
    from dramatis.recipes import crew_for

    crew = crew_for(engine_of(request), settings)
    made = plan(request, path, crew, options.prompt)
    _shown(storyline_located(made.storyline, path), path, views, settings)
    for note in made.notes:
        print(f"Note: {note}")
    missed = unperformed(made.storyline, crew.limits)
    if missed:
        name = made.storyline.engine
        print(f'Note: The engine "{name}" cannot show {", ".join(missed)}; what comes nearest is planned beside it.')
    count = len(made.storyline.shots)
    shots = "one shot" if count == 1 else f"{count} shots"
    print(f"{path} is the plan: {made.storyline.seconds:.1f} s, {shots}; film it with: dramatis make {path}")


def _storyline(document: Path | None, options: Options) -> Storyline | None:
    """The storyline in a document, or None if it is none; raises `BriefError` for options that it cannot take."""
    data = None if document is None else document_at(document)
    if document is None or not isinstance(data, dict) or "shots" not in data:
        return None
    if options not in (Options(), Options(prompt=options.prompt)):
        raise BriefError(f"{document} is a storyline; only its words can be given anew, with --prompt.")
    return storyline_located(storyline_from(data), document)


def _shown(storyline: Storyline, path: Path, views: Views, settings: Environment) -> None:
    """Show a storyline, which is the document at `path`."""
    if views.storyboard:
        _printed(storyline, path)
    if views.animatic is not None:
        from dramatis.cli.progress import shown
        from dramatis.production.previews.animatic import animatic
        from dramatis.recipes import crew_for

        with shown() as on_event:
            animatic(storyline, views.animatic, crew_for("drawn", settings), on_event)
        print(f"{views.animatic} is the animatic: {storyline.seconds:.1f} s, drawn, with the film's sound")


def _printed(storyline: Storyline, path: Path) -> None:
    """Print the storyboard and the deliberation, and draw the timeline beside the storyline."""
    from dramatis.cli.plan_picture import timeline
    from dramatis.cli.plan_table import show
    from dramatis.media.pictures.picture_files import write_still
    from dramatis.media.sounds.sound_files import read_sound

    def sound(line: Line) -> "tuple[NDArray[np.float32], int]":
        heard = read_sound(line.sound).part(line.part)
        return heard.mono, heard.rate

    picture = path.with_suffix(".timeline.png")
    write_still(timeline(storyline, sound), str(picture))
    show(storyline)
    print(f"{picture} shows its timeline")
