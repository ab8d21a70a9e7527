"""Kling's avatar call: one picture and one voice, under `/kling/v1/...`, and `/proxy/kling/v1/...` where ComfyUI looks for it.

Pictures and sounds come as base64, as the id of an asset, or as an address that `/customers/storage` gave; the service fetches
none. Errors and tasks have Kling's shape.
"""

import base64
import binascii
import io
import uuid
from typing import Annotated

from fastapi import APIRouter, Query, Request

from dramatis.errors import ServiceError
from dramatis.service.callback_bodies import KLING, kling_task
from dramatis.service.core import Service
from dramatis.service.documents import Documents
from dramatis.service.job_queue import new_id
from dramatis.service.records import Plain, ServiceJob
from dramatis.service.web.access import Caller
from dramatis.service.web.link_routes import asset_at
from dramatis.service.web.requests import Asking, Body, OnlyOnce, Serving, fields, json_body

PLACES = ("/kling", "/proxy/kling")
"""Where the call stands."""
router = APIRouter(prefix="/v1/videos/avatar/image2video", tags=["Kling"])
_MOST_LISTED, _MOST_PROMPT = 500, 2500
_SAMPLE = {"image": "asset_of_a_picture", "sound_file": "asset_of_a_voice", "prompt": "She smiles.", "mode": "std"}
_NOTES = {
    "mode": "There is one mode; the engine is the one that fits the picture.",
    "watermark_info": "There is no watermark to choose.",
}


@router.post("", summary="Make a picture speak", openapi_extra=json_body(_SAMPLE))
def create(request: Request, service: Serving, caller: Asking, body: Body, once: OnlyOnce) -> Plain:
    """`image` and `sound_file` are base64, ids of assets or addresses of uploads; `external_task_id` names the task;
    `callback_url` is told each change of its status.
    """
    texts = ("image", "sound_file", "audio_id", "prompt", "mode", "callback_url", "external_task_id", "consent")
    given = fields(body, **dict.fromkeys(texts, str), watermark_info=dict)
    if len(given["prompt"] or "") > _MOST_PROMPT:
        raise ServiceError(f"A prompt has at most {_MOST_PROMPT} characters.", "too_long", 400, "prompt")
    cast = [
        {
            "name": "person1",
            "portrait": _asset(service, caller, given["image"], "image"),
            "voice": _asset(service, caller, given["sound_file"] or given["audio_id"], "sound_file"),
            "consent": given["consent"] or "",
        }
    ]
    brief = Documents(service.assets, caller.sees).brief({"version": 1, "cast": cast, "prompt": given["prompt"] or ""})
    notes = tuple(said for name, said in _NOTES.items() if given.get(name))
    job = ServiceJob(
        new_id("video"),
        caller.owner,
        "film",
        "queued",
        {"base": str(request.base_url)},
        "",
        wire=KLING,
        external=given["external_task_id"] or None,
        callback=given["callback_url"] or None,
        notes=notes,
    )
    return once(lambda: _answer(_task(request, service, service.submit(job, brief))))


@router.get("", summary="List tasks")
def tasks(
    request: Request,
    service: Serving,
    caller: Asking,
    page: Annotated[int, Query(alias="pageNum", ge=1, le=1000)] = 1,
    size: Annotated[int, Query(alias="pageSize", ge=1, le=_MOST_LISTED)] = 30,
) -> Plain:
    """Newest first."""
    found = service.queue.page(caller.sees, (), None, page * size, True, KLING)
    return _answer([_task(request, service, job) for job in found[(page - 1) * size : page * size]])


@router.get("/{task}", summary="Describe a task")
def describe(request: Request, service: Serving, caller: Asking, task: str) -> Plain:
    """By its id, or by the one that its maker gave."""
    return _answer(_task(request, service, service.queue.named(task, caller.owner) or service.queue.get(task, caller.sees)))


def _asset(service: Service, caller: Caller, value: str | None, param: str) -> str:
    """The asset of a field: an id, or base64 with or without the head of a data URL."""
    if not value:
        raise ServiceError(f'"{param}" is missing; give base64 or the id of an asset.', "missing", 400, param)
    if value.startswith("asset_"):
        return value
    if "://" in value[:20]:
        known = asset_at(service, value)
        if known is not None:
            return known
        raise ServiceError(
            f'The service fetches no address; send "{param}" as base64, or upload it first.', "address", 400, param
        )
    text = value.partition(",")[2] if value.startswith("data:") else value
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ServiceError(f'"{param}" is no base64.', "invalid_data", 400, param) from None
    return service.assets.receive(caller.owner, param, io.BytesIO(content), service.quotas.upload).id


def _task(request: Request, service: Service, job: ServiceJob) -> Plain:
    return kling_task(job, service.callbacks.film_address(job, str(request.base_url)))


def _answer(data: object) -> Plain:
    return {"code": 0, "message": "SUCCEED", "request_id": uuid.uuid4().hex, "data": data}
