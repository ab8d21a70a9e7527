"""The JSON that the native API answers with."""

import uuid
from typing import Any

from fastapi.responses import JSONResponse

from dramatis.errors import DramatisError, ServiceError
from dramatis.service.core import Service
from dramatis.service.records import Asset, Plain, Project, ServiceJob

_KLING = ("/kling/", "/proxy/kling/")
_KLINGS = {401: 1000, 403: 1103, 404: 1203, 429: 1303, 500: 5000}
"""Kling's code of an error, by status; 1201 (a value cannot be used) for others."""
_RETRY = {429: "5", 409: "1", 425: "1"}
"""Seconds until it makes sense to ask again, by status."""


def error_of(fault: DramatisError) -> Plain:
    """An error as OpenAI's clients and ours read it."""
    code, param = (fault.code, fault.param) if isinstance(fault, ServiceError) else ("unusable", None)
    kind = "server_error" if code == "internal" else "invalid_request_error"
    return {"error": {"message": str(fault), "type": kind, "param": param, "code": code}}


def refusal(fault: DramatisError, path: str) -> JSONResponse:
    """The answer to a request that is refused, in the shape that clients of its path expect."""
    status = fault.status if isinstance(fault, ServiceError) else 400
    headers = {"Retry-After": _RETRY[status]} if status in _RETRY else {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if path.startswith(_KLING):
        body: Plain = {"code": _KLINGS.get(status, 1201), "message": str(fault), "request_id": uuid.uuid4().hex}
        return JSONResponse(body, status, headers)
    return JSONResponse(error_of(fault), status, headers)


def asset_answer(asset: Asset) -> Plain:
    """An asset."""
    return {
        "id": asset.id,
        "object": "asset",
        "kind": asset.kind,
        "name": asset.name,
        "bytes": asset.size,
        "sha256": asset.digest,
        **asset.facts,
        "consent": asset.consent,
        "created_at": asset.created,
        "url": f"/api/v1/assets/{asset.id}/content",
    }


def project_answer(project: Project) -> Plain:
    """A project; its storyline is a document of its own."""
    return {
        "id": project.id,
        "object": "project",
        "name": project.name,
        "brief": project.brief,
        "has_storyline": project.storyline is not None,
        "revision": project.revision,
        "notes": project.notes,
        "created_at": project.created,
        "changed_at": project.changed,
        "storyline_url": f"/api/v1/projects/{project.id}/storyline",
    }


def job_answer(service: Service, job: ServiceJob) -> Plain:
    """A job, with its place in the queue and the time that is left."""
    wait = service.queue.wait(job) if job.state in ("queued", "running") else None
    base = f"/api/v1/jobs/{job.id}"
    made: dict[str, Any] = job.result or {}
    return {
        "id": job.id,
        "object": "job",
        "work": job.work,
        "state": job.state,
        "title": job.request.get("title", ""),
        "engine": job.engine,
        "project": job.project,
        "shot": None if job.request.get("shot") is None else job.request["shot"] + 1,
        "progress": round(job.progress, 4),
        "phase": job.phase,
        "priority": job.priority,
        "queue_position": wait.position if wait else None,
        "seconds_left": None if wait is None or wait.seconds is None else round(wait.seconds, 1),
        "notes": list(job.notes),
        "error": job.error,
        "seconds": made.get("seconds"),
        "size": made.get("size"),
        "created_at": job.created,
        "started_at": job.started,
        "finished_at": job.finished,
        "worked_seconds": round(job.worked, 3),
        "files": [{"name": name, "url": f"{base}/files/{name}"} for name in made.get("files", ())],
        "urls": {name: f"{base}/{name}" for name in ("events", *_files(job))},
    }


def page_answer(entries: list[Plain], more: bool) -> Plain:
    """A page of a list, as OpenAI writes it."""
    return {
        "object": "list",
        "data": entries,
        "has_more": more,
        "first_id": entries[0]["id"] if entries else None,
        "last_id": entries[-1]["id"] if entries else None,
    }


def _files(job: ServiceJob) -> tuple[str, ...]:
    if job.state != "done":
        return ("preview",) if job.work == "film" else ()
    if job.work == "take":
        return ("footage",)
    if job.request.get("animatic"):
        return ("animatic", "storyline")
    return ("film", "thumbnail", "report", "takes", "storyline") if job.work == "film" else ("storyline",)
