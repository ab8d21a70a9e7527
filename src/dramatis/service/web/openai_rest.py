"""What OpenAI's clients expect beside videos: `/v1/models`, `/v1/files`, `/v1/audio/speech`."""

import time
import uuid
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile
from fastapi.responses import FileResponse

from dramatis.errors import ServiceError
from dramatis.service.records import Asset, Plain
from dramatis.service.web.replying import page_answer
from dramatis.service.web.requests import Asking, Body, Serving, fields, json_body, listed
from dramatis.service.web.video_requests import models

router = APIRouter(prefix="/v1", tags=["OpenAI"])
SPEECH = "dramatis-voices"
"""The model that speaks."""
_FORMATS = {
    "wav": ("audio/wav", "WAV", "PCM_16"),
    "mp3": ("audio/mpeg", "MP3", "MPEG_LAYER_III"),
    "flac": ("audio/flac", "FLAC", "PCM_16"),
    "opus": ("audio/ogg", "OGG", "OPUS"),
    "pcm": ("audio/pcm", "RAW", "PCM_16"),
}
_TIMBRES = ("Annie", "Andy", "belinda", "Mario")
_NAMES = ("alloy", "echo", "fable", "onyx", "nova", "shimmer", "ash", "ballad", "coral", "sage", "verse", "marin", "cedar")
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
    service: Serving, caller: Asking, file: Annotated[UploadFile, File()], purpose: Annotated[str, Form()] = "vision"
) -> Plain:
    """A picture, a sound or a video; its id is the `file_id` of references."""
    asset = service.assets.receive(caller.owner, file.filename or "file", file.file, service.quotas.upload)
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
    """`voice` is a voice of the synthesiser, or one of OpenAI's names, each of which is one of ours. PCM has 24,000 samples a
    second.
    """
    given = fields(body, model=str, input=str, voice=(str, dict), response_format=str, speed=(int, float), instructions=str)
    given_format = given["response_format"] or "mp3"
    if given_format not in _FORMATS:
        raise ServiceError(f'"{given_format}" cannot be written: {", ".join(_FORMATS)} can.', "format", 400, "response_format")
    if given["speed"] not in (None, 1):
        raise ServiceError("The voices speak at one speed; leave out speed.", "speed", 400, "speed")
    kind, container, subtype = _FORMATS[given_format]
    path = service.place.films.parent / f"speech-{uuid.uuid4().hex}"
    try:
        service.desk.ask(
            {"do": "speak", "text": given["input"] or "", "voice": _voice(given["voice"], given["input"] or ""),
             "output": str(path), "format": container, "subtype": subtype}
        )  # fmt: skip
        return Response(path.read_bytes(), media_type=kind)
    finally:
        path.unlink(missing_ok=True)


def _voice(given: object, text: str) -> str | None:
    name = given.get("id") if isinstance(given, dict) else given
    if name is None:
        return None
    if name in _NAMES:
        from dramatis.speech.synthesis import language_of

        return f"{language_of(text)}+{_TIMBRES[_NAMES.index(str(name)) % len(_TIMBRES)]}"
    return str(name)


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
