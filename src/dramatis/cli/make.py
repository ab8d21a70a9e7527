"""`dramatis make`."""

from pathlib import Path

from dramatis.production.request import Options, engine_of, request_of
from dramatis.runtime.environment import calculate_alike, environment


def film(document: Path | None, options: Options, output: Path, stems: bool = False, seed: int | None = None) -> None:
    """Make the film, and perhaps the parts of its sound as files, and say where it is."""
    calculate_alike()
    settings = environment()
    request = request_of(document, options, settings.seed if seed is None else seed)
    from dramatis.recipes import crew_for
    from dramatis.runtime.pool import Pool

    engine = engine_of(request)
    crew = crew_for(engine, settings)
    crew.phases[0].engine()  # workers are copies of this process: what they need is loaded before, once
    with Pool(crew.phases[0].engine, crew.lanes) as pool:  # they start while the rest is imported
        from dramatis.cli.progress import shown
        from dramatis.production.produce import Extent, produce

        with shown() as on_event:
            made = produce(request, output, crew, on_event, pool, Extent(stems=stems))
    print(f"{made.path} is ready, filmed by the engine {engine}.")
    print(f"The plan to edit and film again is {made.storyline}, the report {made.report}")
