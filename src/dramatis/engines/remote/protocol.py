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
Sizes = Literal["asked", "cropped", "stretched"]
MOST_MEGABYTES = 4096
"""Of a film that a server sends."""


@dataclass(frozen=True)
class Served:
    """What a server is: its kind, its model, its version as far as it says so, and what it can do.

    `sizes`: it films in the size that was asked for, or in one of its own, to which it crops the picture, or stretches it.
    `needs_picture`: it films nothing from words alone. `window`: how many frames its network films at once (0: not known);
    `chains`: takes that are longer it films window after window, else they are asked for so. `exact`: given frames come back as
    they were given. `drafts`: the name of the engine there that films the same in fewer steps ("": there is none).
    """

    kind: str
    model: str
    version: str
    limits: Limits
    sizes: Sizes = "asked"
    needs_picture: bool = False
    window: int = 0
    chains: bool = True
    exact: bool = False
    drafts: str = ""

    @property
    def title(self) -> str:
        """The model, the kind of server and its version, for messages: servers of one title film the same."""
        return f"{self.model} ({self.kind} {self.version[:12]})"


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

    def fetch(self, client: "Client", job: str, to: Path) -> bool:
        """Write the finished film to a file; False: it is not there."""
        ...

    def forget(self, client: "Client", job: str) -> None:
        """Stop a job and delete it."""
        ...


def download(client: "Client", path: str, to: Path) -> bool:
    """Write what lies at a path of the server to a file; False: nothing does. Raises `HTTPError`."""
    import httpx2

    done, most = 0, MOST_MEGABYTES * 10**6
    with client.stream("GET", path) as answer, to.open("wb") as file:
        if answer.status_code == 404:
            return False
        answer.raise_for_status()
        for part in answer.iter_bytes():
            done += len(part)
            if done > most:
                raise httpx2.DecodingError(f"more than {MOST_MEGABYTES} MB were sent")
            file.write(part)
    return True
