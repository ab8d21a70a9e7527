"""`/api/v1/takes`: one take, by value, for an installation that uses this one as its engine. `/api/v1/engines`: its limits.

A take travels as the file of `runtime/take_files.py`, and comes back as footage. It is a job like others: it has its turn, its
progress, and can be cancelled.
"""

import hashlib
import tempfile
from typing import IO, Annotated, Literal, cast

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool

from dramatis.engines import ENGINES, check
from dramatis.errors import EngineError, ServiceError
from dramatis.service.core import Service
from dramatis.service.records import Plain, ServiceJob
from dramatis.service.web.access import Caller
from dramatis.service.web.replying import job_answer, page_answer
from dramatis.service.web.requests import Asking, Key, Serving
from dramatis.story.brief import Consent

router = APIRouter(prefix="/api/v1", tags=["takes"])
KIND = "application/octet-stream"
_IN_MEMORY = 2**20
_BODY: Plain = {
    "requestBody": {
        "required": True,
        "content": {KIND: {"schema": {"type": "string", "format": "binary"}, "example": "@take.zip"}},
    }
}
Engine = Annotated[str, Query(description="Of /api/v1/engines.", examples=["drawn"])]


@router.get("/engines", summary="List engines")
def engines() -> Plain:
    """Those that render takes."""
    return page_answer(
        [{"id": name, "object": "engine", "limits_url": f"/api/v1/engines/{name}/limits"} for name in ENGINES], False
    )


@router.get("/engines/{engine}/limits", summary="Read what an engine can do")
def limits(service: Serving, engine: str) -> Plain:
    """`limits` as `dramatis.take.Limits` has them, and how many takes are rendered `at_once` here. No weights are loaded."""
    _check(engine, 404)
    return {"object": "engine.limits", "engine": engine, **service.limits(engine)}


@router.post("/takes", status_code=202, summary="Render a take", openapi_extra=_BODY)
async def render(
    request: Request,
    service: Serving,
    caller: Asking,
    engine: Engine,
    encoding: Literal["lossless", "film"] = "lossless",
    consent: Consent = "",
    key: Key = None,
) -> Plain:
    """A job; its `footage` are the frames: exactly (`lossless`), or encoded as films are (`film`, a tenth of the size).
    `consent` says who may use faces and voices in it, where the service demands that.
    """
    _check(engine, 400)
    if service.policy.consent and not consent:
        raise ServiceError(
            "This service demands a word on who may use faces and voices: give `consent`.", "consent", 403, "consent"
        )
    asked = {"engine": engine, "encoding": encoding, "consent": consent}
    job = ServiceJob("", caller.owner, "take", "queued", asked, engine)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        digest = hashlib.sha256(f"take {engine} {encoding}\n".encode())
        async for chunk in request.stream():
            digest.update(chunk)
            file.write(chunk)
        file.seek(0)
        return await run_in_threadpool(_submitted, service, caller, job, cast("IO[bytes]", file), (key, digest.hexdigest()))


def _submitted(service: Service, caller: Caller, job: ServiceJob, file: IO[bytes], once: tuple[str | None, str]) -> Plain:
    return service.replies.once(caller.owner, *once, lambda: job_answer(service, service.submit_take(job, file)))


def _check(engine: str, status: int) -> None:
    try:
        check(engine)
    except EngineError as fault:
        raise ServiceError(str(fault), "engine", status, "engine") from None
