"""`dramatis export`: what other programs and people get of a finished film."""

from pathlib import Path

from dramatis.production.exporting.film_settings import document_at
from dramatis.runtime.environment import calculate_alike, environment
from dramatis.story.document import storyline_from, storyline_located


def given_on(film: Path, output: Path) -> None:
    """Write what the name of `output` asks for, and say so."""
    calculate_alike()
    plan = film.with_suffix(".storyline.json")
    source = plan if plan.is_file() else film
    storyline = storyline_located(storyline_from(document_at(source)), source)
    if output.suffix.lower() == ".wav":
        from dramatis.recipes.sound_parts import write_parts

        parts = write_parts(storyline, output, environment())
        print(f"{', '.join(output.stem + f'.{part}.wav' for part in parts)} of {film} are written beside {output}")
        return
    from dramatis.production.exporting.film_exports import exported

    exported(storyline, film, output, environment(), film.stem)
    print(f"{output} is written, of {film}: {storyline.seconds:.1f} s")
