"""`/links/...`: addresses that carry their own permission, for clients that send no token with them.

Such an address was made here for one film or one upload, is good for a while, and nobody can make another from it.
`/customers/storage` is ComfyUI's: it asks for an address to upload to, and names the file by another one afterwards.
"""

import tempfile
from typing import IO, cast

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse

from dramatis.errors import ServiceError
from dramatis.service.core import Service
from dramatis.service.job_queue import new_id
from dramatis.service.records import Plain
from dramatis.service.web.asset_routes import asset_file
from dramatis.service.web.film_files import film_of
from dramatis.service.web.requests import Asking, Body, OnlyOnce, Serving, fields, json_body

router = APIRouter(tags=["links"])
_GOOD_FOR = 24 * 3600.0  # seconds
_IN_MEMORY = 2**20
_LONGEST_NAME = 200
_FILE: Plain = {
    "requestBody": {
        "required": True,
        "content": {"*/*": {"schema": {"type": "string", "format": "binary"}, "example": "@me.png"}},
    }
}
_SAMPLE = {"file_name": "me.png", "content_type": "image/png"}


@router.post("/customers/storage", summary="Ask where to upload a file", openapi_extra=json_body(_SAMPLE))
def storage(request: Request, service: Serving, caller: Asking, body: Body, once: OnlyOnce) -> Plain:
    """ComfyUI's way: PUT the file to `upload_url`, and name it by `download_url` in the avatar call."""
    given = fields(body, file_name=str, content_type=str)
    what = {"asset": new_id("asset"), "owner": caller.owner}
    to_put = {**what, "put": (given["file_name"] or "file")[:_LONGEST_NAME]}
    urls = {"upload_url": (to_put, "upload"), "download_url": (what, "file")}
    permits = {name: (service.signatures.permit(said, _GOOD_FOR), end) for name, (said, end) in urls.items()}
    return once(lambda: {name: f"{request.base_url}links/{permit}/{end}" for name, (permit, end) in permits.items()})


@router.put("/links/{permit}/upload", summary="Upload a file to an address that was made for it", openapi_extra=_FILE)
async def put(request: Request, service: Serving, permit: str) -> Response:
    """The body is the file. The same file may come again."""
    said = _said(service, permit, "put")
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        async for chunk in request.stream():
            file.write(chunk)
        file.seek(0)
        source, most = cast("IO[bytes]", file), service.quotas.upload
        await run_in_threadpool(service.assets.receive, said["owner"], said["put"], source, most, name_it=said["asset"])
    return Response(status_code=200)


@router.get("/links/{permit}/file", summary="Download a file by such an address", response_class=FileResponse)
def download(service: Serving, permit: str) -> FileResponse:
    """As it was uploaded; with `Range`."""
    return asset_file(service, service.assets.get(_said(service, permit, "asset")["asset"], None))


@router.get("/links/{permit}/film.mp4", summary="Download a film by such an address", response_class=FileResponse)
def film(service: Serving, permit: str) -> FileResponse:
    """With `Range`."""
    job = service.queue.get(_said(service, permit, "film")["film"], None)
    if job.state != "done":
        raise ServiceError("The film is not done.", "not_ready", 404, "permit")
    return film_of(service, job)


def asset_at(service: Service, url: str) -> str | None:
    """The asset that an address of ours names; None for other addresses."""
    permit, _, end = url.partition("/links/")[2].partition("/")
    said = service.signatures.permitted(permit)
    return str(said["asset"]) if end == "file" and said and "asset" in said else None


def _said(service: Service, permit: str, kind: str) -> Plain:
    said = service.signatures.permitted(permit)
    if said is None or kind not in said:
        raise ServiceError("This address was not made here, or is too old; ask for a new one.", "permit", 403, "permit")
    return said
