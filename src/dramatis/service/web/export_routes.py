"""What films become elsewhere, and how they come back: exports, imports, settings inside films, tables of films."""

import tempfile
import zipfile
import zlib
from lzma import LZMAError
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from dramatis.errors import BriefError, ServiceError
from dramatis.production.exporting.archive import opened_archive, read_archive
from dramatis.production.film_table import rows_of
from dramatis.service.core import Service
from dramatis.service.documents import Documents, named_back, plain
from dramatis.service.records import Asset, Plain, ServiceJob
from dramatis.service.web import sample_requests as examples
from dramatis.service.web.replying import job_answer, page_answer, project_answer
from dramatis.service.web.requests import Asking, Body, OnlyOnce, Serving, fields, json_body, priority_of
from dramatis.story.document import relocated, storyline_from

router = APIRouter(prefix="/api/v1", tags=["exports"])
EXPORTS = {
    "project.zip": "application/zip",
    "review.html": "text/html",
    "cut.otio": "application/json",
    "film.srt": "application/x-subrip",
    "film.vtt": "text/vtt",
    "jianying.zip": "application/zip",
}
"""Names of what a film is exported as."""
_TITLE = 80


@router.get("/jobs/{job}/exports/{name}", summary="Give a film on", response_class=FileResponse)
def export(service: Serving, caller: Asking, job: str, name: str) -> FileResponse:
    """`project.zip` (storyline, files, film), `review.html` (one page with the film inside; notes are saved as JSON), `cut.otio`
    (OpenTimelineIO), `jianying.zip` (a draft of JianYing), `film.srt`, `film.vtt`.
    """
    if name not in EXPORTS:
        raise ServiceError(f"A film is exported as {', '.join(EXPORTS)}.", "not_found", 404, "name")
    found = service.queue.get(job, caller.sees)
    if found.work != "film" or found.state != "done" or found.request.get("shot") is not None:
        raise ServiceError(f'The job "{job}" is no finished film.', "not_ready", 409, "job")
    documents = Documents(service.assets, caller.sees)
    document, used = documents.located(documents.storyline((found.result or {})["storyline"]))
    folder = Path(tempfile.mkdtemp(dir=service.place.work))
    output = folder / name
    title = service.projects.title_of(found.project) or " ".join(document["concept"]["prompt"].split())[:_TITLE]
    film = service.place.output(found)
    try:
        asked = {"do": "export", "document": document, "film": str(film), "output": str(output), "title": title or found.id}
        service.children.ask({**asked, "vault": str(service.place.takes)})
    except ServiceError as fault:
        service.place.clear(folder)
        raise ServiceError(named_back(str(fault), used), fault.code, fault.status, "name") from None
    clear = BackgroundTask(service.place.clear, folder)
    return FileResponse(output, media_type=EXPORTS[name], filename=name, background=clear)


@router.get("/assets/{asset}/settings", summary="Read the settings in a film")
def settings(service: Serving, caller: Asking, asset: str) -> Plain:
    """Of an uploaded film of Dramatis: the `storyline` that it was made of. `missing` are names of files that are not here any
    more; if there are none, a project can begin with the storyline.
    """
    found = service.assets.get(asset, caller.sees)
    if found.kind != "video":
        raise ServiceError(f"Settings are inside films; this is a {found.kind}.", "wrong_kind", 400, "asset")
    storyline = storyline_from(service.settings_in(service.assets.path(found)))
    missing: list[str] = []

    def here(name: str) -> str:
        kept = service.assets.of_content(Path(name).stem, caller.sees)
        if kept is None:
            missing.append(name)
        return name if kept is None else kept.id

    document = plain(relocated(storyline, here))
    return {"object": "settings", "storyline": document, "missing": list(dict.fromkeys(missing))}


@router.post("/imports", status_code=201, summary="Import a project")
def bring(service: Serving, caller: Asking, file: Annotated[UploadFile, File()]) -> Plain:
    """A `project.zip`: its files become assets, its storyline a project; lines that were spoken stay spoken."""
    try:
        with opened_archive(file.file) as archive:
            read = read_archive(archive)
            kept = {name: _kept(service, caller.owner, archive, info) for name, info in read.files.items()}
            for name, info in read.phones.items():
                with archive.open(info) as phones:
                    service.assets.keep_phones(kept[name], phones)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error, LZMAError):
        raise ServiceError("The file is no ZIP archive that can be read.", "unreadable", 400, "file") from None
    storyline = relocated(read.storyline, lambda name: kept[name].id)
    checked = plain(Documents(service.assets, caller.sees).storyline(plain(storyline)))
    name = Path(file.filename or "").stem[:_TITLE]
    return project_answer(service.projects.add(caller.owner, name, None, checked))


@router.post("/batches", status_code=202, summary="Make the films of a table", openapi_extra=json_body(examples.BATCH))
def batch(service: Serving, caller: Asking, body: Body, once: OnlyOnce) -> Plain:
    """`csv` is a table with a film a row: portrait, voice, say, prompt, size, engine, captions, music, background, consent, seed
    (files are ids of assets, several are parted by `|`). All rows are checked before the first is queued.
    """
    given = fields(body, csv=str, priority=int)
    documents, briefs = Documents(service.assets, caller.sees), []
    for row in rows_of(given["csv"] or ""):
        try:
            briefs.append(documents.begun(row.options, row.seed or 0))
            service.check_consent(briefs[-1])
        except (BriefError, ServiceError) as fault:
            raise ServiceError(f"Row {row.number}: {fault}", "unusable", 400, "csv") from None
    job = ServiceJob("", caller.owner, "film", "queued", {}, "", priority=priority_of(given["priority"]))

    def queued() -> Plain:
        service.queue.check_room(caller.owner, len(briefs))
        return page_answer([job_answer(service, service.submit(job, brief)) for brief in briefs], more=False)

    return once(queued)


def _kept(service: Service, owner: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Asset:
    """A file of an archive, which is looked at like any upload."""
    if info.file_size > service.quotas.upload:
        raise ServiceError(f"{Path(info.filename).name} is larger than an upload may be.", "too_large", 413, "file")
    with archive.open(info) as source:
        return service.assets.receive(owner, Path(info.filename).name, source, service.quotas.upload)
