"""`/v1/videos` in OpenAI's shape, with the fields of vLLM-Omni: its official client works unchanged."""

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse
from starlette.datastructures import UploadFile

from dramatis.errors import ServiceError
from dramatis.service.callback_bodies import OPENAI
from dramatis.service.core import Service
from dramatis.service.documents import Documents
from dramatis.service.job_queue import new_id
from dramatis.service.records import OPEN, Plain, ServiceJob
from dramatis.service.web.access import Caller
from dramatis.service.web.film_files import film_file, film_of
from dramatis.service.web.replying import page_answer
from dramatis.service.web.requests import Asking, Body, Key, OnlyOnce, Serving, fields, json_body, json_of, listed
from dramatis.service.web.video_requests import MODEL, Given, Upload, VideoReader
from dramatis.story import Brief, Storyline

router = APIRouter(prefix="/v1/videos", tags=["OpenAI"])
Variant = Literal["video", "thumbnail", "spritesheet"]
_STATUS = {"queued": "queued", "paused": "queued", "running": "in_progress", "done": "completed"}
_SOONEST, _LATEST = 250, 10_000  # milliseconds until a client asks again
_MOST_FIELDS, _MOST_FILES, _LARGEST_TEXT = 40, 8, 32_000_000
_EXAMPLE = {"prompt": "Mira: Hello! Tom: Good morning.", "model": "dramatis-fake", "size": "64x64", "fps": "10"}
_FORM: Plain = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["prompt"],
                    "properties": {
                        **{name: {"type": "string"} for name in ("prompt", "model", "size", "seconds", "fps", "seed")},
                        "input_reference": {"type": "string", "format": "binary", "description": "The portrait."},
                        "audio_reference": {"type": "string", "description": "The voice: JSON, `audio_url` (data) or `file_id`."},
                        "image_reference": {"type": "string", "description": "The portrait: JSON, `image_url` or `file_id`."},
                        "speakers": {
                            "type": "string",
                            "description": "JSON: a list of `name`, `text` or `audio`, `image` or `box`, `look`.",
                        },
                        "storyboard": {"type": "string", "description": "JSON: a storyline, or a list of shots with a `prompt`."},
                        "callback_url": {"type": "string", "description": "Is told when it is completed or has failed."},
                        "extra_params": {"type": "string", "description": "JSON: more of these fields."},
                    },
                },
                "example": _EXAMPLE,
            }
        },
    }
}


@router.post("", summary="Make a video", openapi_extra=_FORM)
async def create(request: Request, response: Response, service: Serving, caller: Asking, key: Key = None) -> Plain:
    """The answer comes at once; ask for the video until it is completed."""
    job = await _created(request, service, caller, key)
    return _answered(service, job, response)


@router.post("/sync", summary="Make a video and wait for it", response_class=FileResponse, openapi_extra=_FORM)
async def create_and_wait(request: Request, service: Serving, caller: Asking, key: Key = None) -> FileResponse:
    """The answer is the film."""
    job = await _created(request, service, caller, key)
    async for _ in service.log.listen(service.log.last, job.id, None):
        job = service.queue.get(job.id, None)
        if job.state not in OPEN:
            break
    if job.state != "done":
        raise ServiceError((job.error or {}).get("message", f"The film was {job.state}."), "failed", 422)
    return film_of(service, job)


@router.get("", summary="List videos")
def videos(
    service: Serving, caller: Asking, after: str | None = None, limit: int = 20, order: Literal["asc", "desc"] = "desc"
) -> Plain:
    """Newest first, at most 100."""
    found = service.queue.page(caller.sees, (), after, listed(limit), order == "desc", OPENAI)
    return page_answer([video_of(service, job) for job in found[:limit]], len(found) > limit)


@router.get("/{video}", summary="Describe a video")
def describe(service: Serving, caller: Asking, response: Response, video: str) -> Plain:
    """Its status, its progress in percent, and when to ask again (`openai-poll-after-ms`)."""
    return _answered(service, service.queue.get(video, caller.sees), response)


@router.delete("/{video}", summary="Cancel and delete a video")
def delete(service: Serving, caller: Asking, video: str) -> Plain:
    """It stops at once."""
    service.remove(video, caller.sees)
    return {"id": video, "object": "video.deleted", "deleted": True}


@router.post("/{video}/cancel", summary="Cancel a video")
def cancel(service: Serving, caller: Asking, video: str, once: OnlyOnce) -> Plain:
    """It stops at once, and stays in the list."""
    return once(lambda: video_of(service, service.move(video, caller.sees, "cancel")))


@router.get("/{video}/content", summary="Download a video or its thumbnail", response_class=FileResponse)
def content(service: Serving, caller: Asking, video: str, variant: Variant = "video") -> FileResponse:
    """With `Range`."""
    job = service.queue.get(video, caller.sees)
    if job.state != "done":
        raise ServiceError(f'The video "{video}" is {_status(job)}; wait until it is completed.', "not_ready", 400, "video")
    if variant == "spritesheet":
        raise ServiceError("There is no spritesheet; ask for the video or its thumbnail.", "variant", 400, "variant")
    return film_of(service, job) if variant == "video" else film_file(service, job, "film.jpg")


@router.post("/{video}/remix", summary="Make a video again with other words", openapi_extra=json_body({"prompt": "She is sad."}))
def remix(service: Serving, caller: Asking, video: str, body: Body, once: OnlyOnce) -> Plain:
    """Cast and format stay."""
    prompt = fields(body, prompt=str)["prompt"]
    job = service.queue.get(video, caller.sees)
    if prompt is None or "brief" not in job.request:
        raise ServiceError("Only a video that was made from words can be remixed, with a prompt.", "remix", 400, "prompt")
    brief = replace(Documents(service.assets, caller.sees).brief(job.request["brief"]), prompt=prompt)
    asked = {**job.request.get("asked", {}), "prompt": prompt, "remixed_from_video_id": video}
    return once(lambda: video_of(service, service.submit(_job(caller, asked, []), brief)))


def video_of(service: Service, job: ServiceJob) -> Plain:
    """A job as a video object; what OpenAI's does not have comes behind it."""
    asked: dict[str, Any] = job.request.get("asked", {})
    made = job.result or {}
    width, height = made.get("size", (None, None))
    wait = service.queue.wait(job) if job.state in ("queued", "running") else None
    error = job.error or ({"code": "cancelled", "message": "The video was cancelled."} if job.state == "cancelled" else None)
    return {
        "id": job.id,
        "object": "video",
        "model": asked.get("model") or MODEL,
        "status": _status(job),
        "progress": int(job.progress * 100),
        "created_at": int(job.created),
        "completed_at": int(job.finished) if job.finished and job.state == "done" else None,
        "expires_at": None,
        "seconds": f"{made['seconds']:g}" if made else asked.get("seconds") or "",
        "size": f"{width}x{height}" if width else asked.get("size") or "",
        "prompt": asked.get("prompt"),
        "error": error,
        "remixed_from_video_id": asked.get("remixed_from_video_id"),
        "seed": asked.get("seed"),
        "notes": list(job.notes),
        "queue_position": wait.position if wait else None,
        "seconds_left": None if wait is None else wait.seconds,
    }


async def _created(request: Request, service: Service, caller: Caller, key: str | None) -> ServiceJob:
    async with _given(request) as given:
        return await run_in_threadpool(_submitted, service, caller, given, key)


def _submitted(service: Service, caller: Caller, given: Given, key: str | None) -> ServiceJob:
    reader = VideoReader(service, caller, given)

    def make() -> Plain:
        document = reader.document()
        job = replace(_job(caller, _asked(given, document), reader.notes), callback=reader.callback())
        return {"id": service.submit(job, document).id}

    return service.queue.get(service.replies.once(caller.owner, key, _digest(given), make)["id"], None)


def _digest(given: Given) -> str:
    """What tells requests apart."""
    digest = hashlib.sha256()
    for name, value in sorted(given.items()):
        digest.update(f"{name}=".encode())
        if isinstance(value, str):
            digest.update(value.encode())
            continue
        while chunk := value.content.read(2**20):
            digest.update(chunk)
        value.content.seek(0)
    return digest.hexdigest()


def _asked(given: Given, document: Brief | Storyline) -> Plain:
    """What a video object repeats of its request."""
    texts = {name: value for name, value in given.items() if isinstance(value, str)}
    return {"seed": document.seed, **{name: texts.get(name) for name in ("prompt", "model", "size", "seconds")}}


def _job(caller: Caller, asked: Plain, notes: list[str]) -> ServiceJob:
    return ServiceJob(new_id("video"), caller.owner, "film", "queued", {"asked": asked}, "", wire=OPENAI, notes=tuple(notes))


def _answered(service: Service, job: ServiceJob, response: Response) -> Plain:
    answer = video_of(service, job)
    left = answer["seconds_left"]
    if job.state in OPEN:
        pause = _SOONEST if left is None else min(_LATEST, max(_SOONEST, int(left * 200)))
        response.headers["openai-poll-after-ms"] = str(pause)
    return answer


def _status(job: ServiceJob) -> str:
    return _STATUS.get(job.state, "failed")


@asynccontextmanager
async def _given(request: Request) -> AsyncIterator[Given]:
    """The fields of a form, or of a JSON object; files are open within the block."""
    if request.headers.get("content-type", "").startswith("application/json"):
        found = (await json_of(request)).items()
        yield {key: value if isinstance(value, str) else json.dumps(value) for key, value in found if value is not None}
        return
    async with request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_LARGEST_TEXT) as form:
        given: dict[str, str | Upload] = {}
        for name, value in form.multi_items():
            if "[" in name:
                raise ServiceError(f'"{name.partition("[")[0]}" holds a list; send it as a JSON text.', "nested", 400, name[:100])
            given[name] = Upload(value.filename or name, value.file) if isinstance(value, UploadFile) else value
        yield given
