"""`dramatis make`."""

from dataclasses import replace
from pathlib import Path

from dramatis.production.request import Options, engine_of, request_of
from dramatis.runtime.environment import calculate_alike, environment


def film(document: Path | None, options: Options, output: Path, lanes: Path | None = None, seed: int | None = None) -> None:
    """Make the film with the workers that the file `lanes` lists (None: those of the environment), and say where it is."""
    calculate_alike()
    settings = environment() if lanes is None else replace(environment(), lanes=lanes, ray="")
    request = request_of(document, options, settings.seed if seed is None else seed)
    from dramatis.recipes import crew_for
    from dramatis.runtime.pool import Pool

    engine = engine_of(request)
    crew = crew_for(engine, settings)
    crew.phases[0].engine()  # workers are copies of this process: what they need is loaded before, once
    with Pool(crew.phases[0].engine, crew.lanes) as pool:  # they start while the rest is imported
        from dramatis.cli.progress import shown
        from dramatis.production.produce import produce

        with shown() as on_event:
            made = produce(request, output, crew, on_event, pool)
    print(f"{made.path} is ready, filmed by the engine {engine}.")
    print(f"The plan to edit and film again is {made.storyline}, the report {made.report}")
