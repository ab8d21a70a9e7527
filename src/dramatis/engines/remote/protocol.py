"""What every kind of server is asked, whatever its protocol: describe yourself, take a job, say how it goes, give the film,
forget it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from dramatis.take import Limits, Take

if TYPE_CHECKING:
    from httpx2 import Client

State = Literal["waiting", "done", "failed", "unknown"]
MOST_MEGABYTES = 4096
"""Of a film that a server sends."""


@dataclass(frozen=True)
class Served:
    """What a server is: its kind, its model, its version as far as it says so, and what it can do. `buckets`: it films in sizes
    of its own; `needs_picture`: it films nothing from words alone.
    """

    kind: str
    model: str
    version: str
    limits: Limits
    buckets: bool = False
    needs_picture: bool = False


@dataclass(frozen=True)
class Status:
    """How a job goes; "unknown": the server does not know it (any more). `reason`: why it failed, in the server's words."""

    state: State
    reason: str = ""


class ServerProtocol(Protocol):
    """One kind of server. Methods raise what the client raises (`httpx2.HTTPError`)."""

    @property
    def kind(self) -> str:
        """Its name."""
        ...

    def describe(self, client: "Client", address: str) -> Served | None:
        """What the server at this address is; None for another kind. Raises `EngineError` for a model that is not known."""
        ...

    def submit(self, client: "Client", take: Take, served: Served) -> str:
        """Begin a job for a take; its id."""
        ...

    def status(self, client: "Client", job: str) -> Status:
        """How a job goes."""
        ...

    def fetch(self, client: "Client", job: str, to: Path) -> None:
        """Write the finished film to a file."""
        ...

    def forget(self, client: "Client", job: str) -> None:
        """Stop a job and delete it."""
        ...


def download(client: "Client", path: str, to: Path) -> None:
    """Write what lies at a path of the server to a file; raises `HTTPError`."""
    import httpx2

    done, most = 0, MOST_MEGABYTES * 10**6
    with client.stream("GET", path) as answer, to.open("wb") as file:
        answer.raise_for_status()
        for part in answer.iter_bytes():
            done += len(part)
            if done > most:
                raise httpx2.DecodingError(f"more than {MOST_MEGABYTES} MB were sent")
            file.write(part)
