"""What OpenAI's clients expect beside videos: `/v1/models`, `/v1/files`, `/v1/audio/speech`."""

import time
import uuid
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile
from fastapi.responses import FileResponse

from dramatis.errors import ServiceError
from dramatis.media.sounds.speech_files import FORMATS
from dramatis.service.records import Asset, Plain
from dramatis.service.web.asset_routes import Consent, received
from dramatis.service.web.replying import page_answer
from dramatis.service.web.requests import Asking, Body, Key, Serving, fields, json_body, listed
from dramatis.service.web.video_requests import models

router = APIRouter(prefix="/v1", tags=["OpenAI"])
SPEECH = "dramatis-voices"
"""The model that speaks."""
_OTHERS = {
    "alloy": "woman", "echo": "man", "fable": "man", "onyx": "man", "nova": "woman", "shimmer": "woman", "ash": "man",
    "ballad": "man", "coral": "woman", "sage": "woman", "verse": "man", "marin": "woman", "cedar": "man",
}  # fmt: skip
"""OpenAI's voices: each stands for one of ours."""
_SLOWEST, _FASTEST = 0.5, 2.0
_STARTED = int(time.time())
_SAID = {"model": SPEECH, "voice": "alloy", "input": "Good morning.", "response_format": "wav"}


@router.get("/models", summary="List models")
def every_model() -> Plain:
    """`dramatis` films with the engine that fits; the others name an engine; `dramatis-voices` speaks."""
    return page_answer([_model(name) for name in (*models(), SPEECH)], more=False)


@router.get("/models/{model}", summary="Describe a model")
def one_model(model: str) -> Plain:
    """Its name."""
    if model not in (*models(), SPEECH):
        raise ServiceError(f'There is no model "{model}".', "model_not_found", 404, "model")
    return _model(model)


@router.post("/files", summary="Upload a file")
def upload(
    service: Serving,
    caller: Asking,
    file: Annotated[UploadFile, File()],
    purpose: Annotated[str, Form()] = "vision",
    consent: Consent = None,
    key: Key = None,
) -> Plain:
    """A picture, a sound or a video; its id is the `file_id` of references. `consent` says who may use it."""
    asset = service.assets.get(received(service, caller, file, consent, key)["id"], None)
    return {**_file(asset), "purpose": purpose}


@router.get("/files", summary="List files")
def files(service: Serving, caller: Asking, limit: int = 20) -> Plain:
    """Newest first, at most 100."""
    found = service.assets.page(caller.sees, listed(limit) + 1)
    return page_answer([_file(asset) for asset in found[:limit]], len(found) > limit)


@router.get("/files/{file}", summary="Describe a file")
def describe(service: Serving, caller: Asking, file: str) -> Plain:
    """Its name and size."""
    return _file(service.assets.get(file, caller.sees, "file"))


@router.get("/files/{file}/content", summary="Download a file", response_class=FileResponse)
def content(service: Serving, caller: Asking, file: str) -> FileResponse:
    """As it was uploaded."""
    return FileResponse(service.assets.path(service.assets.get(file, caller.sees, "file")))


@router.delete("/files/{file}", summary="Delete a file")
def delete(service: Serving, caller: Asking, file: str) -> Plain:
    """Refused while a job needs it."""
    service.assets.remove(service.assets.get(file, caller.sees, "file"))
    return {"id": file, "object": "file", "deleted": True}


@router.post("/audio/speech", summary="Speak a text", response_class=Response, openapi_extra=json_body(_SAID))
def speech(service: Serving, body: Body) -> Response:
    """`voice` is one of `/v1/audio/voices` or of eSpeak (`de`, `en-us+Andy`); OpenAI's names stand for ours. Of `instructions` a
    feeling is followed. PCM has 24,000 samples a second. The header `Dramatis-Voice` names who spoke.
    """
    given = fields(body, model=str, input=str, voice=(str, dict), response_format=str, speed=(int, float), instructions=str)
    given_format, speed = given["response_format"] or "mp3", 1.0 if given["speed"] is None else float(given["speed"])
    if given_format not in FORMATS:
        raise ServiceError(f'"{given_format}" cannot be written: {", ".join(FORMATS)} can.', "format", 400, "response_format")
    if not _SLOWEST <= speed <= _FASTEST:
        raise ServiceError(f"The speed {speed:g} is not spoken: {_SLOWEST:g} to {_FASTEST:g} is.", "speed", 400, "speed")
    name = given["voice"].get("id") if isinstance(given["voice"], dict) else given["voice"]
    path = service.place.work / f"speech-{uuid.uuid4().hex}"
    asked = {"text": given["input"] or "", **_speaker(str(name or "")), "speed": speed}
    try:
        said: Plain = service.children.ask(
            {"do": "speak", **asked, "instructions": given["instructions"] or "", "output": str(path), "format": given_format}
        )
        headers = {"Dramatis-Voice": str(said["voice"])}
        return Response(path.read_bytes(), media_type=FORMATS[given_format][0], headers=headers)
    finally:
        path.unlink(missing_ok=True)


@router.get("/audio/voices", summary="List voices")
def voices() -> Plain:
    """The natural voices that are installed, and OpenAI's names; `voices` lists the names alone, as vLLM-Omni does."""
    from dramatis.speech.synthesis.catalogue import VOICES, installed

    ours: list[Plain] = [
        {"id": voice.name, "sex": voice.sex, "age": voice.age, "languages": voice.languages}
        for voice in filter(installed, VOICES)
    ]
    others: list[Plain] = [{"id": name, "sex": sex, "age": "adult"} for name, sex in _OTHERS.items()]
    found = [*ours, *others]
    page = page_answer([{"object": "voice", "name": voice["id"], **voice} for voice in found], more=False)
    return {**page, "voices": [voice["id"] for voice in found]}


def _speaker(name: str) -> Plain:
    """The voice of that name, or who speaks for one of OpenAI's: all of them have voices of their own while there are enough."""
    if name and name not in _OTHERS:
        return {"voice": name, "people": []}
    before = list(_OTHERS)[: list(_OTHERS).index(name or "alloy") + 1]
    return {"voice": "", "people": [(one, _OTHERS[one]) for one in before]}


def _model(name: str) -> Plain:
    return {"id": name, "object": "model", "created": _STARTED, "owned_by": "dramatis"}


def _file(asset: Asset) -> Plain:
    return {
        "id": asset.id,
        "object": "file",
        "bytes": asset.size,
        "created_at": int(asset.created),
        "filename": asset.name,
        "purpose": "vision",
        "status": "processed",
    }
