"""From a request to a storyline on disk, without filming."""

from dataclasses import dataclass
from pathlib import Path

from dramatis.director.claims import Verdict
from dramatis.errors import OutputError
from dramatis.media.files import check_folder
from dramatis.production.assets import Assets
from dramatis.production.crew import Crew
from dramatis.production.lines.shared_track import second_voice
from dramatis.production.output_files import check_spared, spoken, write_storyline
from dramatis.production.pictures.casting import brief_of
from dramatis.production.storyboard import replanned, write
from dramatis.story import Brief, Storyline
from dramatis.story.job_files import JobFile


@dataclass(frozen=True)
class Planned:
    """A storyline, its path, and notes for the user."""

    path: Path
    storyline: Storyline
    notes: tuple[str, ...]


def plan(request: Brief | JobFile | Storyline, output: Path, crew: Crew, prompt: str | None = None) -> Planned:
    """Plan a film and write its storyline; `prompt` replaces the prompt of a storyline that is planned again (None: its own).

    Raises `DramatisError`.
    """
    if output.suffix.lower() != ".json":
        raise OutputError(f"A storyline is written as .json, not as {output.name}; give a name such as storyline.json.")
    check_folder(output)
    assets, limits, notes = Assets(crew.cache, recognise=crew.recognise), crew.limits, tuple[str, ...]()
    verdict: Verdict
    if isinstance(request, Storyline):
        words = request.concept.prompt if prompt is None else prompt
        storyline, verdict = replanned(request, words, assets, limits, crew.direct)
    else:
        brief = request
        if isinstance(brief, JobFile):
            brief, how = brief_of(brief, assets)
            notes = (how,) if how else ()
        check_spared(output, [path for who in brief.cast for path in (who.portrait, who.voice) if path])
        voices, told = spoken(brief, output)
        notes = (*notes, *told)
        storyline, verdict = write(brief, voices, assets, limits, crew.direct, every_word=True)
        notes = (*notes, second_voice(storyline, assets))
    write_storyline(storyline, output)
    return Planned(output, storyline, tuple(filter(None, (*notes, *assets.notes, *verdict.notes))))
