"""`/api/v1/assets`: pictures, sounds and videos that are uploaded."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import FileResponse

from dramatis.service.core import Service
from dramatis.service.records import Asset, Plain
from dramatis.service.web.access import Caller
from dramatis.service.web.replying import asset_answer, page_answer
from dramatis.service.web.requests import Asking, Key, Serving, listed

router = APIRouter(prefix="/api/v1/assets", tags=["assets"])
Consent = Annotated[str | None, Form()]
_TYPES = {
    ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".tiff": "image/tiff", ".bmp": "image/bmp",
    ".gif": "image/gif", ".avif": "image/avif", ".heic": "image/heic", ".wav": "audio/wav", ".flac": "audio/flac",
    ".ogg": "audio/ogg", ".mp3": "audio/mpeg", ".aiff": "audio/aiff", ".m4a": "audio/mp4", ".mp4": "video/mp4",
    ".mkv": "video/x-matroska", ".avi": "video/x-msvideo",
}  # fmt: skip
_UNCHANGING = {"Cache-Control": "private, max-age=31536000, immutable"}


@router.post("", status_code=201, summary="Upload a picture, a sound or a video")
def upload(
    service: Serving, caller: Asking, file: Annotated[UploadFile, File()], consent: Consent = None, key: Key = None
) -> Plain:
    """The kind is found out from the content. `consent` says who may use the face or the voice: self, permission, fictional or
    licensed.
    """
    return received(service, caller, file, consent, key)


@router.get("", summary="List assets, newest first")
def assets(service: Serving, caller: Asking, limit: int = 50) -> Plain:
    """At most 100."""
    found = service.assets.page(caller.sees, listed(limit) + 1)
    return page_answer([asset_answer(asset) for asset in found[:limit]], len(found) > limit)


@router.get("/{asset}", summary="Describe an asset")
def asset_facts(service: Serving, caller: Asking, asset: str) -> Plain:
    """Its kind, size, and length."""
    return asset_answer(service.assets.get(asset, caller.sees))


@router.get("/{asset}/content", summary="Download an asset", response_class=FileResponse)
def content(service: Serving, caller: Asking, asset: str) -> FileResponse:
    """Its bytes, as they were uploaded; with `Range`."""
    return asset_file(service, service.assets.get(asset, caller.sees))


@router.get("/{asset}/faces", summary="Find the faces in a picture")
def faces(service: Serving, caller: Asking, asset: str) -> Plain:
    """Boxes `[x0, y0, x1, y1]` in pixels, left to right; give one as a character's `face`."""
    found = service.assets.get(asset, caller.sees)
    return service.children.ask({"do": "faces", "path": str(service.assets.path(found))})


@router.delete("/{asset}", summary="Delete an asset")
def remove(service: Serving, caller: Asking, asset: str) -> Plain:
    """Refused while a job needs it."""
    service.assets.remove(service.assets.get(asset, caller.sees))
    return {"id": asset, "object": "asset.deleted", "deleted": True}


def received(service: Service, caller: Caller, file: UploadFile, consent: str | None, key: str | None) -> Plain:
    """The answer to an upload, which is done once for a key."""

    def receive() -> Plain:
        name = file.filename or "file"
        return asset_answer(service.assets.receive(caller.owner, name, file.file, service.quotas.upload, consent))

    if key is None:
        return receive()
    digest = hashlib.file_digest(file.file, "sha256").hexdigest()  # type: ignore[arg-type]  # a spooled file is one
    file.file.seek(0)
    return service.replies.once(caller.owner, key, f"{digest} {file.filename} {consent}", receive)


def asset_file(service: Service, asset: Asset) -> FileResponse:
    """The content of an asset."""
    return FileResponse(service.assets.path(asset), media_type=_TYPES[asset.suffix], headers=_UNCHANGING)
