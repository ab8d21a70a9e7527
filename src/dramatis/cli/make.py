"""`dramatis make`."""

from dataclasses import dataclass
from pathlib import Path

from dramatis.production.request import Options, engine_of, request_of
from dramatis.runtime.environment import calculate_alike, environment


@dataclass(frozen=True)
class Extras:
    """What is made besides the film: `stems` as sound files, a visible `label` in the picture."""

    stems: bool = False
    label: str | None = None


def film(document: Path | None, options: Options, output: Path, extras: Extras = Extras()) -> None:
    """Make the film and say where it is."""
    calculate_alike()
    settings = environment()
    request = request_of(document, options, settings.seed)
    from dramatis.cli.progress import shown
    from dramatis.production.produce import Extent, produce
    from dramatis.provenance.label import label_of
    from dramatis.recipes import crew_for

    engine = engine_of(request)
    crew = crew_for(engine, settings, label_of(extras.label))
    with shown() as on_event:
        made = produce(request, output, crew, on_event, extent=Extent(stems=extras.stems))
    print(f"{made.path} is ready, filmed by the engine {engine}.")
    print(f"The plan to edit and film again is {made.storyline}, the report {made.report}")
