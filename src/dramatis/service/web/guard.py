"""What every request passes before a route sees it.

- A browser on this machine visits strangers' pages. Such a page cannot read what the service says (there is no CORS), and it
  can neither change anything nor keep the service busy: requests that another site causes are refused, unless somebody follows
  a link. A page whose host name was turned to this machine afterwards (DNS rebinding) is known by the `Host` that it sends.
- Where tokens are set, one of them must come: as a bearer token, or in the cookie that a browser got for it.
- A body is counted while it is read, so none is larger than allowed, whatever its header says; and none pauses for long or drips.
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
_IN_TEXT = ("/v1/videos", "/kling/", "/proxy/")
"""Where files may come within JSON, which is held in memory."""
_DIGITS = 16
_SILENCE, _PATIENCE = 30.0, 60.0  # seconds within a body; seconds of a body that comes slowly
_LEAST_PACE = 2000  # bytes a second of other bodies
_DOCUMENT = 16_000_000  # bytes: the storyline of hours
_FORM = 2_000_000  # bytes of an upload's other fields
_TEXTS = 32_000_000  # bytes of JSON with files in it
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
            most = _most(headers, scope["path"], self._largest)
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
    reads = method in _SAFE
    followed = reads and headers.get("sec-fetch-dest") == "document"  # a link
    origin, strange = headers.get("origin"), headers.get("sec-fetch-site") not in (None, "same-origin", "none")
    if (strange and not followed) or (not reads and origin is not None and _parts(origin).netloc != host):
        raise ServiceError("Pages of other sites may not ask for anything here.", "cross_origin", 403, "Origin")


def _most(headers: Headers, path: str, largest: int) -> int:
    """The most bytes of a body; `largest` of an upload."""
    if not path.startswith(_UPLOADS):
        return _DOCUMENT
    in_text = path.startswith(_IN_TEXT) and not headers.get("content-type", "").startswith("multipart/")
    return (min(largest, _TEXTS) if in_text else largest) + _FORM


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
    """Reads a body that is at most so large, and comes without long silences and not too slowly."""
    read, whole, began = 0, False, asyncio.get_running_loop().time()

    async def counting() -> Message:
        nonlocal read, whole
        if whole:  # what comes now is the end of the connection, whenever that is
            return await receive()
        message = await _soon(receive)
        read += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if read > most:
            raise HTTPException(413, _too_large(most))
        if not whole and asyncio.get_running_loop().time() - began > _PATIENCE + read / _LEAST_PACE:
            raise HTTPException(408, f"The request comes too slowly; send at least {_LEAST_PACE} bytes a second.")
        return message

    return counting
