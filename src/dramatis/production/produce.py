"""The whole route: a brief, a job or a storyline goes in, a film comes out."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from dramatis.media.videos.exports import about, check_opacity, made
from dramatis.production.assets import Assets
from dramatis.production.captions.captioning import film_captions
from dramatis.production.cascade import ClipOutput, filmed, units
from dramatis.production.crew import Crew, planned_for
from dramatis.production.exporting.film_settings import TAG, settings_of
from dramatis.production.marking import FilmMarks
from dramatis.production.output_files import UNKEPT, OutputFiles
from dramatis.production.parts import part_of
from dramatis.production.pictures.casting import brief_of
from dramatis.production.prefetch import preparations
from dramatis.production.previews.growing import GrowingFilm
from dramatis.production.report import Recorder, as_json, unkept, unperformed
from dramatis.production.soundtrack import soundtrack
from dramatis.runtime.dispatch import RenderedClip
from dramatis.runtime.lock import locked
from dramatis.runtime.pool import Pool
from dramatis.story import Brief, Storyline
from dramatis.story.document import relocated
from dramatis.story.job_files import JobFile
from dramatis.take import Engine, Event, Limits, OnEvent

_WATCHED = 1.0  # seconds
Request = Brief | JobFile | Storyline


@dataclass(frozen=True)
class Film:
    """Paths of a finished film (a folder, if it was asked for as .png), its storyline and its report."""

    path: Path
    storyline: Path
    report: Path


def quiet(event: Event) -> None:
    """Ignores progress."""


@dataclass(frozen=True)
class Extent:
    """What of a film is made: one shot, by its place in the storyline (None: all of it), and whether the parts of its sound are
    written, too.
    """

    shot: int | None = None
    stems: bool = False


WHOLE = Extent()


def produce(
    request: Request,
    output: Path,
    crew: Crew,
    on_event: OnEvent = quiet,
    standing: Pool | None = None,
    extent: Extent = WHOLE,
) -> Film:
    """Make the film. One shot of it is made of the same takes, so the film is made of those later.

    `standing` is a pool that stays between films (None: one is made for this film); its workers stay, too, if the engine does.
    Raises `DramatisError`, and whatever `on_event` raises; finished clips are then kept for the next run.
    """
    recorder = Recorder(on_event, [phase.share for phase in crew.phases])
    outputs, assets = OutputFiles(output), Assets(crew.cache, recognise=crew.recognise)
    outputs.check(_sources(request))
    ahead = preparations(request, crew.cache)
    with locked(outputs.lock, output), _pool_for(crew, ahead, standing) as pool:
        limits = planned_for([pool.engine_of(phase.engine).limits for phase in crew.phases])
        with recorder.step("storyline"):
            storyline = _planned(request, outputs, assets, crew, limits, recorder)
        with recorder.step("stock"):
            phases = units(crew.phases, storyline, assets, pool)
            stock = phases[-1].stock
            captions = film_captions(storyline, stock, assets, crew.font, crew.mouths)
            sound = soundtrack(storyline, stock, assets, crew.sounds)
        parts = sound.stems if extent.stems else {}
        outputs.check_stems(parts, _sources(storyline))
        for note in (*assets.notes, *stock.mouth_notes, *captions.notes, *unkept(storyline, limits)):
            recorder.note(note)
        missed = unperformed(storyline, limits)
        if missed:
            recorder.note(f'The engine "{storyline.engine}" cannot show {", ".join(missed)}; the report says where.')
        check_opacity(output, storyline.canvas)
        part = part_of(storyline, extent.shot)
        frames = part.frames
        outputs.check_room(storyline.canvas, frames)
        vault, unstored = outputs.vault(crew.vault)
        for note in (unstored, about(output, storyline.canvas)):
            recorder.note(note)
        marks = FilmMarks(crew, storyline, assets, limits, recorder)
        assets.close()
        clip_output = ClipOutput(vault, outputs.work_folder, marks.encoding, captions.drawn)
        growing = GrowingFilm(output, part.of(sound.mixed), storyline, outputs.work_folder.folder, recorder)
        with recorder.step("clips"), growing:
            clips = filmed(phases, replace(clip_output, part=part), pool, recorder, growing.sketch)
            _joined(clips, growing, recorder, partial(_second_voice, request, storyline, assets))
            with recorder.step("film"):
                growing.finish({**marks.tags, TAG: settings_of(storyline)})
        with recorder.step("signature"):
            marks.sign(output)
        if any(clip.path.parent != vault.folder for clip in recorder.clips):
            recorder.note(f"{UNKEPT}{vault.folder} took no more; free some space there, or name another with DRAMATIS_VAULT.")
        outputs.write(storyline, as_json(recorder.report(storyline, limits, frames)), captions.shown)
        outputs.write_stems(parts)
        vault.close()
        outputs.work_folder.close()
    return Film(made(output), outputs.storyline, outputs.report)


@contextmanager
def _pool_for(crew: Crew, ahead: Sequence[Callable[[Engine], None]], standing: Pool | None) -> Iterator[Pool]:
    builder = crew.phases[0].engine
    if standing is None:
        with Pool(builder, crew.lanes, ahead) as pool:
            yield pool
    else:
        standing.begin(builder, ahead)
        yield standing


def _sources(request: Request) -> list[str]:
    """The input files of a request."""
    found: list[str] = []

    def noted(path: str) -> str:
        found.append(path)
        return path

    if isinstance(request, Storyline):
        relocated(request, noted)
    else:
        relocated(request.brief if isinstance(request, JobFile) else request, noted)
    return found


def _planned(request: Request, outputs: OutputFiles, assets: Assets, crew: Crew, limits: Limits, recorder: Recorder) -> Storyline:
    if isinstance(request, Storyline):
        return _on_words(_captioned(request, assets), assets)
    brief = request
    if isinstance(brief, JobFile):
        brief, how = brief_of(brief, assets)
        recorder.note(how)
    from dramatis.production.storyboard import write  # the director: loaded while the workers start

    voices, told = outputs.voices(brief)
    storyline, verdict = write(brief, voices, assets, limits, crew.direct)
    for note in (*told, *verdict.notes):
        recorder.note(note)
    return storyline


def _joined(clips: Iterator[RenderedClip], growing: GrowingFilm, recorder: Recorder, aside: Callable[[], str]) -> None:
    """Join clips as they come; when a second of the film can be watched, there is time for what is said aside."""
    for clip in clips:
        growing.append(clip)
        if clip.take.span.end > _WATCHED:
            break
    recorder.note(aside())
    for clip in clips:
        growing.append(clip)


def _second_voice(request: Request, storyline: Storyline, assets: Assets) -> str:
    """What is said of the voice in a film that was planned here."""
    if isinstance(request, Storyline):
        return ""
    from dramatis.production.lines.shared_track import second_voice

    said = second_voice(storyline, assets)
    assets.close()
    return said


def _captioned(storyline: Storyline, assets: Assets) -> Storyline:
    """The storyline with the words of recordings, if captions need them."""
    if storyline.captions == "none" or all(line.text for line in storyline.lines):
        return storyline
    from dramatis.production.lines.recognised_lines import with_words

    return replace(storyline, lines=with_words(storyline.lines, assets))


def _on_words(storyline: Storyline, assets: Assets) -> Storyline:
    """The storyline with its cues on their words (`storyboard.timed_by_words`)."""
    if not any(cue.at for shot in storyline.shots for cue in shot.direction.cues):
        return storyline
    from dramatis.production.storyboard import timed_by_words

    return timed_by_words(storyline, assets)
