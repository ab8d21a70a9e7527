"""What routes read from a request: the service, who asks, a JSON body; and how it is described in the OpenAPI document."""

import hashlib
from collections.abc import Callable
from typing import Annotated, cast

from fastapi import Depends, Header, Request
from fastapi.concurrency import run_in_threadpool

from dramatis.errors import ServiceError
from dramatis.media.videos.exports import ENDINGS
from dramatis.service.core import Service
from dramatis.service.records import Plain
from dramatis.service.web.access import Caller
from dramatis.story.document import parsed

_MOST_LISTED, _MOST_PRIORITY = 100, 1000
_LARGE = 100_000  # bytes: reading longer JSON takes milliseconds, in which nobody else would be answered


async def _service(request: Request) -> Service:
    return cast(Service, request.app.state.service)


async def _caller(request: Request) -> Caller:
    return cast(Caller, request.state.caller)


async def json_of(request: Request) -> Plain:
    """The JSON object in a request; none is an empty one. Raises `ServiceError`."""
    raw = await request.body()
    data = _json(raw) if len(raw) < _LARGE else await run_in_threadpool(_json, raw)
    if not isinstance(data, dict):
        raise ServiceError("The request must be a JSON object.", "invalid_json")
    return data


def _json(raw: bytes) -> object:
    try:
        return parsed(raw.decode("utf-8-sig"), "The request") if raw.strip() else {}
    except UnicodeDecodeError:
        raise ServiceError("The request is not JSON in UTF-8.", "invalid_json") from None


async def _once(request: Request, service: "Serving", caller: "Asking", idempotency_key: "Key" = None) -> "Once":
    digest = hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + await request.body()).hexdigest()

    def once(make: Callable[[], Plain]) -> Plain:
        return service.replies.once(caller.owner, idempotency_key, digest, make)

    return once


Once = Callable[[Callable[[], Plain]], Plain]
Serving = Annotated[Service, Depends(_service)]
Asking = Annotated[Caller, Depends(_caller)]
Body = Annotated[Plain, Depends(json_of)]
Key = Annotated[str | None, Header(alias="Idempotency-Key", description="The same request with the same key is done once.")]
OnlyOnce = Annotated[Once, Depends(_once)]


def fields(body: Plain, **kinds: type | tuple[type, ...]) -> Plain:
    """The values of a body that has only these keys, of these types, each or none; raises `ServiceError`."""
    for key, value in body.items():
        if key not in kinds:
            raise ServiceError(
                f'Unknown key "{key[:100]}": there may be {", ".join(kinds) or "none"}.', "unknown_key", 400, key[:100]
            )
        if value is not None and (not isinstance(value, kinds[key]) or (isinstance(value, bool) and kinds[key] is int)):
            raise ServiceError(f'"{key}" is of a type that it cannot be.', "wrong_type", 400, key)
    return {key: body.get(key) for key in kinds}


def priority_of(value: int | None) -> int:
    """How much sooner a job is made than others of its owner; raises `ServiceError`."""
    if abs(value or 0) > _MOST_PRIORITY:
        raise ServiceError(f"A priority is -{_MOST_PRIORITY} to {_MOST_PRIORITY}.", "priority", 400, "priority")
    return value or 0


def output_asked(kind: str | None, stems: bool | None) -> Plain:
    """What a job's request says of its files; raises `ServiceError` for an unknown format."""
    if kind is not None and f".{kind}" not in ENDINGS:
        known = ", ".join(ending[1:] for ending in ENDINGS)
        raise ServiceError(f'A film has no format "{kind[:50]}": {known} can be made.', "format", 400, "format")
    return {**({} if kind is None else {"format": kind}), **({"stems": True} if stems else {})}


def listed(limit: int) -> int:
    """How many entries a page has."""
    if not 1 <= limit <= _MOST_LISTED:
        raise ServiceError(f"A page has 1 to {_MOST_LISTED} entries, not {limit}.", "limit", 400, "limit")
    return limit


def json_body(example: object, schema: Plain | None = None) -> Plain:
    """For `openapi_extra`: a route's JSON body, with an example that works."""
    content = {"application/json": {"schema": schema or {"type": "object"}, "example": example}}
    return {"requestBody": {"required": True, "content": content}}
