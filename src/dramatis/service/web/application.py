"""All wires of the service as one ASGI application."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from dramatis import __version__
from dramatis.errors import DramatisError, ServiceError
from dramatis.service.core import Service
from dramatis.service.records import Plain
from dramatis.service.web import (
    asset_routes,
    callback_routes,
    event_routes,
    export_routes,
    front_page,
    job_routes,
    kling_routes,
    link_routes,
    openai_rest,
    openai_videos,
    plan_routes,
    project_routes,
    script_routes,
    shot_routes,
    studio_files,
    take_routes,
)
from dramatis.service.web import sample_requests as examples
from dramatis.service.web.access import Access
from dramatis.service.web.code_samples import DescribedAPI
from dramatis.service.web.guard import COOKIE, Guard
from dramatis.service.web.replying import refusal
from dramatis.service.web.requests import Body, fields, json_body

_THREADS = 240
"""For requests: more than can wait for child processes (`ChildPool`, `ShotPreviews`), so that others are answered meanwhile."""
_MOST_FILES, _MOST_FIELDS, _LONGEST_TEXT = 2, 20, 100_000  # of a form
_ABOUT = "Films of talking people: plan, edit, film, watch. Files are uploaded as assets; documents name them by their ids."


_ROUTES = (
    asset_routes, project_routes, plan_routes, shot_routes, script_routes, job_routes, event_routes, export_routes,
    openai_videos, openai_rest, callback_routes, link_routes, take_routes, front_page, studio_files,
)  # fmt: skip


def application(service: Service, access: Access) -> FastAPI:
    """The application; `service` is running."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = _THREADS
        service.log.attach(asyncio.get_running_loop())
        yield
        service.log.attach(None)

    app = DescribedAPI(
        title="Dramatis",
        version=__version__,
        description=_ABOUT,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        form_limits={"max_files": _MOST_FILES, "max_fields": _MOST_FIELDS, "max_part_size": _LONGEST_TEXT},
    )
    app.state.service, app.state.access = service, access
    for routes in _ROUTES:
        app.include_router(routes.router)
    for place in kling_routes.PLACES:
        app.include_router(kling_routes.router, prefix=place)
    _add_session(app, access)
    app.add_exception_handler(DramatisError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(Guard, access=access, largest=service.quotas.upload)
    return app


def _add_session(app: FastAPI, access: Access) -> None:
    @app.get("/healthz", tags=["service"], summary="Whether the service answers")
    async def healthz() -> Plain:
        return {"status": "ok", "version": __version__, "needs_token": bool(access.tokens)}

    @app.post("/api/v1/session", tags=["service"], summary="Sign a browser in", openapi_extra=json_body(examples.SESSION))
    async def session(request: Request, body: Body, response: Response) -> Plain:
        """Keeps the token in a cookie that scripts cannot read and other sites do not send."""
        token = fields(body, token=str)["token"]
        if access.tokens and access.admitted(token) is None:
            raise ServiceError("There is no such token.", "unauthorized", 401, "token")
        if access.tokens:
            secure = request.url.scheme == "https"
            response.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure)
        return {"object": "session", "needed": bool(access.tokens)}


async def _refused(request: Request, fault: Exception) -> JSONResponse:
    return refusal(fault if isinstance(fault, DramatisError) else ServiceError(str(fault)), request.url.path)


async def _invalid(request: Request, fault: Exception) -> JSONResponse:
    """What FastAPI finds wrong, as one sentence about the first place."""
    found = fault.errors() if isinstance(fault, RequestValidationError) else []
    place = [str(part) for part in found[0]["loc"][1:]] if found else []
    param = ".".join(place) or "body"
    said = found[0]["msg"] if found else "it cannot be read"
    return refusal(ServiceError(f'"{param}" cannot be used: {said}.', "invalid_request", 400, param), request.url.path)


async def _http(request: Request, fault: Exception) -> JSONResponse:
    status, detail = (fault.status_code, str(fault.detail)) if isinstance(fault, HTTPException) else (500, str(fault))
    codes = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}
    return refusal(ServiceError(detail, codes.get(status, "invalid_request"), status), request.url.path)


async def _gone(_request: Request, _fault: Exception) -> Response:
    """The client went away in the middle of its request: nobody reads this."""
    return Response(status_code=400)


async def _failed(request: Request, fault: Exception) -> JSONResponse:
    logging.getLogger("dramatis.service").exception("%s %s failed", request.method, request.url.path, exc_info=fault)
    return refusal(ServiceError("The service failed to answer; its log says why.", "internal", 500), request.url.path)
