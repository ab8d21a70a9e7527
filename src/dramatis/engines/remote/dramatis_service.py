"""Another Dramatis (`dramatis serve`): a whole take travels, and exactly its frames come back."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import uuid4

from dramatis.engines.remote.protocol import Served, Status, download
from dramatis.errors import EngineError
from dramatis.runtime.take_files import limits_of, written
from dramatis.take import Take

if TYPE_CHECKING:
    from httpx2 import Client

_USUAL, _DRAFT = "native", "-draft"
_STATES = {"done": "done", "failed": "failed", "cancelled": "failed"}


class DramatisService:
    """`engine` is the one that renders there: what stands behind # in the server's address."""

    kind = "Dramatis"

    def __init__(self, engine: str = "") -> None:
        self._engine = engine or _USUAL
        self._attempt = uuid4().hex

    def describe(self, client: "Client", address: str) -> Served | None:
        """The limits of its engine."""
        answer = client.get("/api/v1/engines")
        if answer.status_code != 200 or "json" not in answer.headers.get("content-type", ""):
            return None
        names = [str(one["id"]) for one in answer.json()["data"]]
        if self._engine not in names:
            raise EngineError(
                f'The Dramatis at {address} has no engine "{self._engine}": put one of {", ".join(names)} behind #.'
            )
        found = client.get(f"/api/v1/engines/{quote(self._engine)}/limits")
        found.raise_for_status()
        limits = limits_of(found.json()["limits"])
        drafts = f"{self._engine}{_DRAFT}"
        can_draft = drafts in names and client.get(f"/api/v1/engines/{quote(drafts)}/limits").status_code == 200
        served = Served(self.kind, self._engine, limits.version, replace(limits, name="remote"), exact=True)
        return replace(served, drafts=drafts) if can_draft else served

    def submit(self, client: "Client", take: Take, served: Served) -> str:
        """Send the take as one file. Until the job is forgotten, the same take is the same job, however often it is sent."""
        settings = {"engine": served.model, "encoding": "lossless"}
        kind = {"Content-Type": "application/vnd.dramatis.take+zip", "Idempotency-Key": f"{self._attempt} {take.digest}"}
        answer = client.post("/api/v1/takes", params=settings, content=written(take), headers=kind)
        answer.raise_for_status()
        return str(answer.json()["id"])

    def status(self, client: "Client", job: str) -> Status:
        """How the job goes."""
        answer = client.get(f"/api/v1/jobs/{job}")
        if answer.status_code == 404:
            return Status("unknown")
        answer.raise_for_status()
        body = answer.json()
        error = body.get("error") or {}
        state = _STATES.get(body["state"], "waiting")
        return Status("done" if state == "done" else "failed" if state == "failed" else "waiting", str(error.get("message", "")))

    def fetch(self, client: "Client", job: str, to: Path) -> bool:
        """Its footage."""
        answer = client.get(f"/api/v1/jobs/{job}")
        answer.raise_for_status()
        return download(client, str(answer.json()["urls"]["footage"]), to)

    def forget(self, client: "Client", job: str) -> None:
        """Cancel it; the same take is another job from now on."""
        self._attempt = uuid4().hex
        client.post(f"/api/v1/jobs/{job}/cancel")
