"""One take at one server: submit, wait, fetch, and leave nothing behind, whatever goes wrong in between."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dramatis.engines.remote.protocol import Served, ServerProtocol
from dramatis.engines.remote.servers import Server, asked
from dramatis.errors import EngineError, LaneError, PictureError
from dramatis.media.videos.video import probe
from dramatis.take import Take

if TYPE_CHECKING:
    from httpx2 import Client, HTTPStatusError

Answer = TypeVar("Answer")
_AGAIN = 2  # times that a lost job, or a broken film, is asked for again
_BUSY, _TOO_LARGE = (429, 503), 413


@dataclass(frozen=True)
class Timeouts:
    """Seconds: between two questions, at first and at most; until a server that does not answer counts as lost; until one whose
    queue is full does.
    """

    first: float = 0.5
    most: float = 5.0
    silent: float = 60.0
    full: float = 3600.0


class Exchange:
    """What one worker has with one server."""

    def __init__(self, server: Server, timeouts: Timeouts, model: str = "") -> None:
        self._timeouts, self._where = timeouts, server.address
        self._client: Client = server.client()
        protocol, served = asked(server, self._client)
        if model and served.title != model:
            raise LaneError(f"the server at {self._where} has {served.title} now, and the film was planned for {model}")
        self._protocol: ServerProtocol = protocol
        self.served: Served = served

    def film(self, take: Take, to: Path) -> None:
        """Have a take filmed into a file. Raises `EngineError` with the server's reason, `LaneError` if the server is lost."""
        for _ in range(1 + _AGAIN):
            job = self._asked(lambda: self._protocol.submit(self._client, take, self.served))
            try:
                if self._waited(job) and self._fetched(job, to):
                    return
            finally:  # when the film is cancelled, too
                self._forget(job)
        raise LaneError(f"the server at {self._where} forgot a job {1 + _AGAIN} times")

    def _waited(self, job: str) -> bool:
        """Wait for a job's end; False if the server does not know it any more."""
        pause = self._timeouts.first
        while True:
            status = self._asked(lambda: self._protocol.status(self._client, job))
            if status.state == "failed":
                reason = status.reason.strip().rstrip(".") or "no reason was given"
                raise EngineError(f"The server at {self._where} ({self.served.kind}) could not film a take: {reason}.")
            if status.state != "waiting":
                return status.state == "done"
            time.sleep(pause)
            pause = min(1.3 * pause, self._timeouts.most)

    def _fetched(self, job: str, to: Path) -> bool:
        """Fetch a job's film; False if the server does not know that (any more)."""
        for last in (*[False] * _AGAIN, True):
            try:
                if self._asked(lambda: self._protocol.fetch(self._client, job, to)):
                    probe(str(to))
                    return True
                time.sleep(self._timeouts.first)  # some say that a job is done before its film is there
            except PictureError as fault:
                if last:
                    raise EngineError(f"The server at {self._where} sent a film that cannot be read ({fault})") from fault
        return False

    def _asked(self, question: Callable[[], Answer]) -> Answer:
        """The answer to a question; asked again while the server is busy, or for a while if it does not answer.

        Raises `EngineError` for a refusal and for an answer of another shape.
        """
        import httpx2

        started, pause = time.monotonic(), self._timeouts.first
        while True:
            try:
                return question()
            except httpx2.HTTPStatusError as fault:
                if fault.response.status_code < 500 and fault.response.status_code not in _BUSY:
                    raise EngineError(f"The server at {self._where} refuses a take: {_reason(fault)}.") from fault
                most = self._timeouts.full if fault.response.status_code in _BUSY else self._timeouts.silent
                why = f"answers with {fault.response.status_code}"
            except httpx2.HTTPError as fault:
                most, why = self._timeouts.silent, f"does not answer ({fault or type(fault).__name__})"
            except (ValueError, KeyError, TypeError) as fault:
                kind = self.served.kind
                raise EngineError(f"The server at {self._where} does not answer as {kind} does ({fault!r}).") from fault
            if time.monotonic() - started > most:
                raise LaneError(f"the server at {self._where} {why}")
            time.sleep(pause)
            pause = min(1.3 * pause, self._timeouts.most)

    def _forget(self, job: str) -> None:
        import httpx2

        with suppress(httpx2.HTTPError):
            self._protocol.forget(self._client, job)


def _reason(fault: "HTTPStatusError") -> str:
    """What the server says in the shapes of errors that are common, else the status."""
    with suppress(ValueError, AttributeError, RuntimeError):  # no JSON, of another shape, the stream is over
        fault.response.read()
        body = fault.response.json()
        found = body.get("detail") or (body.get("error") or {}).get("message") or body.get("message")
        if found:
            text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
            return text.strip().rstrip(".")
    if fault.response.status_code == _TOO_LARGE:
        return (
            "its pictures and sounds are too large for it (HTTP 413); let it take more, give a smaller --size, or plan more shots"
        )
    return f"HTTP {fault.response.status_code}"
