"""What every request passes before a route sees it.

- A browser on this machine visits strangers' pages. Such a page cannot read what the service says (there is no CORS), and it
  cannot change anything: a request that changes something and names another origin is refused. A page whose host name was
  turned to this machine afterwards (DNS rebinding) is known by the `Host` that it sends.
- Where tokens are set, one of them must come: as a bearer token, or in the cookie that a browser got for it.
- A body is counted while it is read, so none is larger than allowed, whatever its header says; and it must not pause for long.
"""

import asyncio
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dramatis.errors import ServiceError
from dramatis.service.web.access import Access, Caller, is_loopback
from dramatis.service.web.replying import refusal

COOKIE = "dramatis"
OPEN_PATHS = {"/", "/healthz", "/api/v1/session"}
"""Paths that need no token, nor do the files of the page at `/`, which asks for one, and addresses that carry a permit."""
_OPEN_BELOW = ("/studio/", "/links/")
_SAFE = {"GET", "HEAD", "OPTIONS"}
_UPLOADS = ("/api/v1/assets", "/api/v1/imports", "/v1/files", "/v1/videos", "/kling/", "/proxy/", "/links/", "/api/v1/takes")
_DIGITS = 16
_SILENCE = 30.0  # seconds within a body
_DOCUMENT = 16_000_000  # bytes: the storyline of hours
_FORM = 2_000_000  # bytes of an upload's other fields
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
        "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


class Guard:
    """Lets requests through to `app`; `largest` is the most bytes of an upload."""

    def __init__(self, app: ASGIApp, access: Access, largest: int) -> None:
        self._app, self._access, self._largest = app, access, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        try:
            _check_origin(headers, scope["method"], self._access)
            scope.setdefault("state", {})["caller"] = self._caller(headers, scope["path"])
            most = self._largest + _FORM if scope["path"].startswith(_UPLOADS) else _DOCUMENT
            _check_length(headers, most)
        except ServiceError as fault:
            await refusal(fault, scope["path"])(scope, receive, guarded)
            return
        await self._app(scope, _counted(receive, most), guarded)

    def _caller(self, headers: Headers, path: str) -> Caller | None:
        kind, _, token = headers.get("authorization", "").partition(" ")
        given = token.strip() if kind.lower() == "bearer" and token.strip() else None
        given = given or headers.get("x-api-key")
        if given is None:
            given = cookie_parser(headers.get("cookie", "")).get(COOKIE)
        caller = self._access.admitted(given)
        if caller is None and path not in OPEN_PATHS and not path.startswith(_OPEN_BELOW):
            raise ServiceError("A token is needed: send it as `Authorization: Bearer TOKEN`.", "unauthorized", 401)
        return caller


def _check_origin(headers: Headers, method: str, access: Access) -> None:
    host = headers.get("host", "")
    if is_loopback(access.host) and not is_loopback(_parts(f"//{host}").hostname or ""):
        raise ServiceError(f'The service is not called "{host[:100]}"; use http://127.0.0.1.', "wrong_host", 421, "Host")
    if method in _SAFE:
        return
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    strange = origin is not None and _parts(origin).netloc != host
    if strange or site not in (None, "same-origin", "none"):
        raise ServiceError("Pages of other sites may not change anything here.", "cross_origin", 403, "Origin")


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # brackets that do not fit
        return urlsplit("")


def _check_length(headers: Headers, most: int) -> None:
    given = headers.get("content-length", "0")
    if not (given.isascii() and given.isdigit() and len(given) < _DIGITS) or int(given) > most:
        raise ServiceError(_too_large(most), "too_large", 413)


def _too_large(most: int) -> str:
    return f"The request is larger than {most / 1e6:.0f} MB; send less."


async def _soon(receive: Receive) -> Message:
    """The next part of a body. A server that itself was held up looks a second time before it gives up."""
    coming = asyncio.ensure_future(receive())
    try:
        for _ in range(2):
            done, _ = await asyncio.wait({coming}, timeout=_SILENCE / 2)
            if done:
                return coming.result()
    finally:
        coming.cancel()
    raise HTTPException(408, f"Nothing came for {_SILENCE:.0f} s; send the request again.")


def _counted(receive: Receive, most: int) -> Receive:
    """Reads a body that is at most so large, and comes without long silences."""
    read, whole = 0, False

    async def counting() -> Message:
        nonlocal read, whole
        if whole:  # what comes now is the end of the connection, whenever that is
            return await receive()
        message = await _soon(receive)
        read += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if read > most:
            raise HTTPException(413, _too_large(most))
        return message

    return counting
