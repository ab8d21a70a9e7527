"""Kling's avatar call: `/kling/v1/videos/avatar/image2video`, one picture and one voice.

Pictures and sounds come as base64, or as the id of an asset; the service fetches no address. Errors and tasks have Kling's shape.
"""

import base64
import binascii
import io
import uuid
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse

from dramatis.errors import ServiceError
from dramatis.service.core import Service
from dramatis.service.documents import Documents
from dramatis.service.job_queue import new_id
from dramatis.service.records import Plain, ServiceJob
from dramatis.service.web.access import Caller
from dramatis.service.web.film_files import film_file
from dramatis.service.web.requests import Asking, Body, Serving, fields, json_body

router = APIRouter(prefix="/kling/v1/videos/avatar/image2video", tags=["Kling"])
_WIRE = "kling"
_STATUS = {"queued": "submitted", "paused": "submitted", "running": "processing", "done": "succeed"}
_MOST_LISTED, _MOST_PROMPT = 500, 2500
_SAMPLE = {"image": "asset_of_a_picture", "sound_file": "asset_of_a_voice", "prompt": "She smiles.", "mode": "std"}
_NOTES = {
    "callback_url": "The service calls no address back; ask for the task.",
    "mode": "There is one mode; the engine is the one that fits the picture.",
    "watermark_info": "There is no watermark to choose.",
}


@router.post("", summary="Make a picture speak", openapi_extra=json_body(_SAMPLE))
def create(request: Request, service: Serving, caller: Asking, body: Body) -> Plain:
    """`image` and `sound_file` are base64 or ids of assets; `external_task_id` names the task."""
    texts = ("image", "sound_file", "audio_id", "prompt", "mode", "callback_url", "external_task_id")
    given = fields(body, **dict.fromkeys(texts, str), watermark_info=dict)
    if len(given["prompt"] or "") > _MOST_PROMPT:
        raise ServiceError(f"A prompt has at most {_MOST_PROMPT} characters.", "too_long", 400, "prompt")
    cast = [
        {
            "name": "person1",
            "portrait": _asset(service, caller, given["image"], "image"),
            "voice": _asset(service, caller, given["sound_file"] or given["audio_id"], "sound_file"),
        }
    ]
    brief = Documents(service.assets, caller.sees).brief({"version": 1, "cast": cast, "prompt": given["prompt"] or ""})
    notes = tuple(said for name, said in _NOTES.items() if given.get(name))
    job = ServiceJob(
        new_id("video"),
        caller.owner,
        "film",
        "queued",
        {},
        "",
        wire=_WIRE,
        external=given["external_task_id"] or None,
        notes=notes,
    )
    return _answer(_task(request, service.submit(job, brief)))


@router.get("", summary="List tasks")
def tasks(
    request: Request,
    service: Serving,
    caller: Asking,
    page: Annotated[int, Query(alias="pageNum", ge=1, le=1000)] = 1,
    size: Annotated[int, Query(alias="pageSize", ge=1, le=_MOST_LISTED)] = 30,
) -> Plain:
    """Newest first."""
    found = service.queue.page(caller.sees, (), None, page * size, True, _WIRE)
    return _answer([_task(request, job) for job in found[(page - 1) * size : page * size]])


@router.get("/{task}", summary="Describe a task")
def describe(request: Request, service: Serving, caller: Asking, task: str) -> Plain:
    """By its id, or by the one that its maker gave."""
    return _answer(_task(request, service.queue.named(task, caller.owner) or service.queue.get(task, caller.sees)))


@router.get("/{task}/film.mp4", summary="Download the film of a task", response_class=FileResponse)
def film(service: Serving, caller: Asking, task: str) -> FileResponse:
    """With `Range`."""
    job = service.queue.get(task, caller.sees)
    if job.state != "done":
        raise ServiceError(f'The task "{task}" is {_status(job)}; wait until it succeeds.', "not_ready", 404, "task")
    return film_file(service, job, "film.mp4")


def _asset(service: Service, caller: Caller, value: str | None, param: str) -> str:
    """The asset of a field: an id, or base64 with or without the head of a data URL."""
    if not value:
        raise ServiceError(f'"{param}" is missing; give base64 or the id of an asset.', "missing", 400, param)
    if value.startswith("asset_"):
        return value
    if "://" in value[:20]:
        raise ServiceError(f'The service fetches no address; send "{param}" as base64.', "address", 400, param)
    text = value.partition(",")[2] if value.startswith("data:") else value
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ServiceError(f'"{param}" is no base64.', "invalid_data", 400, param) from None
    return service.assets.receive(caller.owner, param, io.BytesIO(content), service.quotas.upload).id


def _task(request: Request, job: ServiceJob) -> Plain:
    made = job.result or {}
    url = f"{str(request.base_url).rstrip('/')}{router.prefix}/{job.id}/film.mp4"
    video = {"id": job.id, "url": url, "duration": f"{made.get('seconds', 0.0):g}"}
    error = (job.error or {}).get("message", "The task was cancelled." if job.state == "cancelled" else "")
    return {
        "task_id": job.id,
        "task_status": _status(job),
        "task_status_msg": error or " ".join(job.notes),
        "task_info": {"external_task_id": job.external or ""},
        "task_result": {"videos": [video] if job.state == "done" else []},
        "created_at": int(1000 * job.created),
        "updated_at": int(1000 * (job.finished or job.started or job.created)),
    }


def _status(job: ServiceJob) -> str:
    return _STATUS.get(job.state, "failed")


def _answer(data: object) -> Plain:
    return {"code": 0, "message": "SUCCEED", "request_id": uuid.uuid4().hex, "data": data}
