"""Files of a film, as answers."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from fastapi.responses import FileResponse, StreamingResponse

from dramatis.errors import ServiceError
from dramatis.service.core import Service
from dramatis.service.lanes import SUFFIXES
from dramatis.service.records import Plain, ServiceJob

_CHUNK = 2**18
_PAUSE = 0.2  # seconds between two looks at a growing file


def film_of(service: Service, job: ServiceJob) -> FileResponse:
    """The film of a job, in the format that was asked for; raises `ServiceError` if it is gone."""
    return film_file(service, job, service.place.output(job).name)


def film_file(service: Service, job: ServiceJob, name: str) -> FileResponse:
    """A file beside the film of a job; raises `ServiceError` if it is gone."""
    return _answered(service.place.film(job.id).with_name(name), f"{job.id}{name.removeprefix('film')}")


def report_of(service: Service, job: ServiceJob) -> Plain:
    """The report of a film."""
    try:
        report: Plain = json.loads(service.place.film(job.id).with_suffix(".report.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise _gone("report") from None
    report["notes"] = list(job.notes)  # without paths of this machine
    return report


def takes_of(service: Service, job: ServiceJob) -> list[Plain]:
    """The takes of a film; those that are still kept have a `url`."""
    found: list[Plain] = []
    for phase in report_of(service, job)["phases"]:
        for take in phase["takes"]:
            kept = (service.place.takes / f"{take['digest']}.mp4").exists()
            url = f"/api/v1/jobs/{job.id}/takes/{take['digest']}" if kept else None
            found.append({"id": take["digest"], "phase": phase["name"], "canvas": phase["canvas"], **take, "url": url})
    return found


def take_file(service: Service, job: ServiceJob, digest: str) -> FileResponse:
    """One take of a film; raises `ServiceError` if it is none of its takes, or not kept any more."""
    if digest not in {take["id"] for take in takes_of(service, job)}:
        raise ServiceError("The film has no such take.", "not_found", 404, "take")
    return _answered(service.place.takes / f"{digest}.mp4", f"{digest}.mp4")


def growing(service: Service, job: ServiceJob) -> StreamingResponse:
    """The preview as far as it is, and what is added to it until the film is done; raises `ServiceError` if there is none."""
    film = service.place.output(job)
    preview = service.place.film(job.id).with_name("film.preview.mp4")
    for path in (preview, film):  # at its end the film takes the place of the preview
        with suppress(OSError):
            file = path.open("rb")
            break
    else:
        raise ServiceError("There is nothing to watch yet.", "not_ready", 404, "job")
    kind = SUFFIXES[path.suffix]
    return StreamingResponse(_followed(service, job.id, file), media_type=kind, headers={"Cache-Control": "no-store"})


async def _followed(service: Service, job: str, file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        while True:
            over = not service.queue.runs(job)  # asked before reading: what was written until then is read
            while chunk := file.read(_CHUNK):
                yield chunk
            if over:
                return
            await asyncio.sleep(_PAUSE)


def _answered(path: Path, name: str) -> FileResponse:
    if not path.is_file():
        raise _gone("file")
    return FileResponse(path, media_type=SUFFIXES[path.suffix], filename=name, content_disposition_type="inline")


def _gone(what: str) -> ServiceError:
    return ServiceError(f"The {what} is not kept any more; make the film again.", "gone", 404, "job")
