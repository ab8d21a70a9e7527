"""The whole route: a brief, a job or a storyline goes in, a film comes out."""

from dataclasses import dataclass
from pathlib import Path

from dramatis.media.reel import Reel
from dramatis.production.ahead import preparations
from dramatis.production.casting import brief_of
from dramatis.production.clips import frame_count, takes
from dramatis.production.crew import Crew
from dramatis.production.gallery import Gallery
from dramatis.production.outlet import UNKEPT, Outlet
from dramatis.production.report import Diary, as_json, unperformed
from dramatis.production.stock import load_stock
from dramatis.runtime.claims import claimed
from dramatis.runtime.pool import Clip, Pool, Work, render_all
from dramatis.story import Brief, Storyline
from dramatis.story.job_files import Job
from dramatis.take import Event, Limits, OnEvent

Request = Brief | Job | Storyline


@dataclass(frozen=True)
class Film:
    """Paths of a finished film, its storyline and its report."""

    path: Path
    storyline: Path
    report: Path


def _quiet(event: Event) -> None:
    """Ignores progress."""


def produce(request: Request, output: Path, crew: Crew, on_event: OnEvent = _quiet) -> Film:
    """Make the film. Raises `DramatisError`, and whatever `on_event` raises; finished clips are then kept for the next run."""
    diary, outlet, gallery = Diary(on_event), Outlet(output), Gallery(crew.values)
    outlet.check(_sources(request))
    with claimed(outlet.lock, output), Pool(crew.builder, crew.workers, preparations(request, crew.values)) as pool:
        with diary.hop("storyline"):
            storyline = _planned(request, outlet, gallery, crew, pool.limits, diary)
        with diary.hop("stock"):
            stock = load_stock(storyline, gallery, pool.limits)
            gallery.close()
        for note in (*gallery.notes, *stock.covered):
            diary.note(note)
        missed = unperformed(storyline, pool.limits.cannot)
        if missed:
            diary.note(f'The engine "{storyline.engine}" cannot show {", ".join(missed)}; the report says where.')
        frames = frame_count(storyline)
        outlet.check_room(storyline.canvas, frames)
        vault, unkept = outlet.vault(crew.vault)
        diary.note(unkept)
        work = Work(takes(storyline, stock, pool.limits), vault, crew.encoding, frames, outlet.workshop)
        with diary.hop("clips"), Reel(str(output), stock.sound, storyline.canvas.rate) as reel:
            for clip in render_all(pool, work, on_event):
                _join(reel, clip, diary)
            with diary.hop("film"):
                reel.finish()
        if any(clip.path.parent != vault.folder for clip in diary.clips):
            diary.note(f"{UNKEPT}{vault.folder} took no more; free some space there, or name another with DRAMATIS_VAULT.")
        outlet.write(storyline, as_json(diary.report(storyline, pool.limits, frames)))
        vault.close()
        outlet.workshop.close()
    return Film(output, outlet.storyline, outlet.report)


def _sources(request: Request) -> list[str]:
    """The input files of a request."""
    cast = request.brief.cast if isinstance(request, Job) else request.cast
    lines = [line.sound for line in request.lines] if isinstance(request, Storyline) else []
    return [path for who in cast for path in (who.portrait, who.voice) if path] + lines


def _planned(request: Request, outlet: Outlet, gallery: Gallery, crew: Crew, limits: Limits, diary: Diary) -> Storyline:
    if isinstance(request, Storyline):
        return request
    brief = request
    if isinstance(brief, Job):
        brief, how = brief_of(brief, gallery)
        diary.note(how)
    from dramatis.production.storyboard import write  # the director: loaded while the workers start

    storyline, verdict = write(brief, outlet.voices(brief), gallery, limits, crew.direct)
    for note in verdict.notes:
        diary.note(note)
    return storyline


def _join(reel: Reel, clip: Clip, diary: Diary) -> None:
    reel.append(str(clip.path))
    diary.clip(clip, reel.frames, str(reel.preview))
