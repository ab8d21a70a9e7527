"""`/api/v1/jobs` and `/api/v1/films`: the queue, and what comes out of it."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, StreamingResponse

from dramatis.errors import ServiceError
from dramatis.service.core import Service
from dramatis.service.documents import Documents
from dramatis.service.records import Plain, ServiceJob, State
from dramatis.service.web import sample_requests as examples
from dramatis.service.web.access import Caller
from dramatis.service.web.film_files import film_file, film_of, growing, report_of, take_file, takes_of
from dramatis.service.web.replying import job_answer, page_answer
from dramatis.service.web.requests import Asking, Body, OnlyOnce, Serving, fields, json_body, listed, output_asked, priority_of

router = APIRouter(prefix="/api/v1", tags=["jobs"])


@router.post("/films", status_code=202, summary="Make a film without a project", openapi_extra=json_body(examples.DIRECT))
def make(service: Serving, caller: Asking, body: Body, once: OnlyOnce) -> Plain:
    """From a `brief`, or from a `storyline`. `format` is mp4, mov, webm, gif or png (numbered pictures in a ZIP archive); with
    `stems` the parts of its sound are `files`, too. `callback_url` is told when it is over (docs/service.md).
    """
    given = fields(body, brief=dict, storyline=dict, priority=int, callback_url=str, format=str, stems=bool)
    if (given["brief"] is None) == (given["storyline"] is None):
        raise ServiceError("A film needs a brief or a storyline; give one of the two.", "missing", 400, "brief")
    documents = Documents(service.assets, caller.sees)
    document = documents.brief(given["brief"]) if given["storyline"] is None else documents.storyline(given["storyline"])
    priority = priority_of(given["priority"])
    asked = output_asked(given["format"], given["stems"])
    job = ServiceJob("", caller.owner, "film", "queued", asked, "", priority=priority, callback=given["callback_url"])
    return once(lambda: job_answer(service, service.submit(job, document)))


@router.get("/jobs", summary="List jobs, newest first")
def jobs(
    service: Serving,
    caller: Asking,
    state: Annotated[list[State] | None, Query()] = None,
    after: str | None = None,
    limit: int = 50,
) -> Plain:
    """At most 100, older than the job `after`; of the given states (repeat `state`)."""
    found = service.queue.page(caller.sees, state or (), after, listed(limit), newest=True)
    return page_answer([job_answer(service, job) for job in found[:limit]], len(found) > limit)


@router.get("/jobs/{job}", summary="Describe a job")
def job_facts(service: Serving, caller: Asking, job: str) -> Plain:
    """Its state, progress, place in the queue, and the seconds that are left, by what films took before."""
    return job_answer(service, service.queue.get(job, caller.sees))


@router.patch("/jobs/{job}", summary="Move a job in the queue", openapi_extra=json_body(examples.ORDER))
def order(service: Serving, caller: Asking, job: str, body: Body, once: OnlyOnce) -> Plain:
    """A higher `priority` is sooner among one's own jobs; `before` names a job of one's own to go before."""
    given = fields(body, priority=int, before=str)
    priority = None if given["priority"] is None else priority_of(given["priority"])
    return once(lambda: job_answer(service, service.queue.order(job, caller.sees, priority, given["before"])))


@router.post("/jobs/{job}/pause", summary="Pause a job")
def pause(service: Serving, caller: Asking, job: str, once: OnlyOnce) -> Plain:
    """It stops at once; finished takes are kept."""
    return once(lambda: job_answer(service, service.move(job, caller.sees, "pause")))


@router.post("/jobs/{job}/resume", summary="Resume a job")
def resume(service: Serving, caller: Asking, job: str, once: OnlyOnce) -> Plain:
    """One that is paused, cancelled or failed waits again, in its old place, and films only what is missing."""
    return once(lambda: job_answer(service, service.move(job, caller.sees, "resume")))


@router.post("/jobs/{job}/cancel", summary="Cancel a job")
def cancel(service: Serving, caller: Asking, job: str, once: OnlyOnce) -> Plain:
    """It stops at once."""
    return once(lambda: job_answer(service, service.move(job, caller.sees, "cancel")))


@router.delete("/jobs/{job}", summary="Delete a job and its film")
def remove(service: Serving, caller: Asking, job: str) -> Plain:
    """One that is not over is cancelled before."""
    service.remove(job, caller.sees)
    return {"id": job, "object": "job.deleted", "deleted": True}


@router.get("/jobs/{job}/film", summary="Download the film", response_class=FileResponse)
def film(service: Serving, caller: Asking, job: str) -> FileResponse:
    """MP4 (H.264, AAC), or the `format` that was asked for; with `Range`."""
    return film_of(service, _done(service, caller, job))


@router.get("/jobs/{job}/files/{name}", summary="Download a file that belongs to the film", response_class=FileResponse)
def beside(service: Serving, caller: Asking, job: str, name: str) -> FileResponse:
    """Of the job's `files`: captions as SRT and VTT, the parts of the sound."""
    found = _done(service, caller, job)
    if name not in (found.result or {}).get("files", ()):
        raise ServiceError(f'The film has no file "{name[:100]}".', "not_found", 404, "name")
    return film_file(service, found, name)


@router.get("/jobs/{job}/footage", summary="Download what was rendered of a take", response_class=FileResponse)
def footage(service: Serving, caller: Asking, job: str) -> FileResponse:
    """MP4 without sound: its frames are exactly those of the engine, if `encoding` was "lossless"."""
    return film_file(service, _done(service, caller, job, "take"), service.place.footage(job).name)


@router.get("/jobs/{job}/animatic", summary="Watch the plan", response_class=FileResponse)
def animatic(service: Serving, caller: Asking, job: str) -> FileResponse:
    """The animatic of a plan: a small MP4."""
    return film_file(service, _done(service, caller, job, "plan"), "plan.mp4")


@router.get("/jobs/{job}/thumbnail", summary="Download a picture of the film", response_class=FileResponse)
def thumbnail(service: Serving, caller: Asking, job: str) -> FileResponse:
    """JPEG."""
    return film_file(service, _done(service, caller, job), "film.jpg")


@router.get("/jobs/{job}/preview", summary="Watch the film while it is made", response_class=StreamingResponse)
def preview(service: Serving, caller: Asking, job: str) -> StreamingResponse:
    """A fragmented MP4 that grows until the film is done. 404 until there is a first second."""
    return growing(service, service.queue.get(job, caller.sees))


@router.get("/jobs/{job}/report", summary="Read the report")
def report(service: Serving, caller: Asking, job: str) -> Plain:
    """Versions, seeds, seconds of each phase, and what was not performed."""
    return report_of(service, _done(service, caller, job))


@router.get("/jobs/{job}/storyline", summary="Read the storyline that was planned or filmed")
def storyline(service: Serving, caller: Asking, job: str) -> Plain:
    """With ids of assets."""
    found: Plain = (_done(service, caller, job, "plan", "film").result or {})["storyline"]
    return found


@router.get("/jobs/{job}/takes", summary="List the takes of the film")
def takes(service: Serving, caller: Asking, job: str) -> Plain:
    """By phase; those that are still kept have a `url`."""
    return page_answer(takes_of(service, _done(service, caller, job)), more=False)


@router.get("/jobs/{job}/takes/{digest}", summary="Download a take", response_class=FileResponse)
def take(service: Serving, caller: Asking, job: str, digest: str) -> FileResponse:
    """MP4, without sound."""
    return take_file(service, _done(service, caller, job), digest)


def _done(service: Service, caller: Caller, job: str, *works: str) -> ServiceJob:
    found = service.queue.get(job, caller.sees)
    if found.work not in (works or ("film",)):
        raise ServiceError(f"This job makes a {found.work}, which has no such file.", "wrong_kind", 404, "job")
    if found.state != "done":
        raise ServiceError(f'The job "{job}" is {found.state}; wait until it is done.', "not_ready", 409, "job")
    return found
