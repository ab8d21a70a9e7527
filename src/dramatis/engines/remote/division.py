"""Which servers film, and which of them draft: those that film between two given frames need frames that others draft.

Servers that take both ends draft themselves where they say that they can do it in fewer steps (another Dramatis). Those that
film nothing but from one end to the other (a LightX2V of `flf2v`) are drafted for by the others that are named, from pictures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dramatis.engines.remote.protocol import Served
from dramatis.engines.remote.servers import SETTING, Server, asked
from dramatis.errors import EngineError, LaneError


@dataclass(frozen=True)
class Group:
    """Servers of one model; `model`: its title, "" where it is not known yet."""

    servers: tuple[Server, ...]
    model: str = ""


def divided(servers: Sequence[Server]) -> tuple[Group, Group | None]:
    """Those that film, and those that draft for them, if there are any.

    Servers that do not answer stay with those that film: a worker notices. Raises `EngineError` for several models, or if servers
    need drafts and nobody makes them.
    """
    found = {server: _served(server) for server in servers}
    there = {server: served for server, served in found.items() if served is not None}
    meeting, others = (_those(there, needs_last) for needs_last in (True, False))
    if not meeting:
        drafts = tuple(server.asking(served.drafts) for server, served in others.items() if served.drafts)
        return Group(tuple(servers), _one(others)), Group(drafts) if drafts else None
    if not others:
        raise EngineError(
            f"{_one(meeting)} films from one given frame to another: name servers of an image-to-video model beside it "
            f"in {SETTING}, which draft these frames."
        )
    rates = [{served.limits.fps for served in group.values()} for group in (meeting, others)]
    if rates[0] != rates[1]:
        raise EngineError(f"{_one(meeting)} and {_one(others)} have different frame rates: name servers of one.")
    silent = [server for server, served in found.items() if served is None]
    return Group((*meeting, *silent), _one(meeting)), Group(tuple(others), _one(others))


def _served(server: Server) -> Served | None:
    """What a server is; None for one that does not answer."""
    with server.client() as client:
        try:
            return asked(server, client)[1]
        except LaneError:
            return None


def _those(there: Mapping[Server, Served], needs_last: bool) -> dict[Server, Served]:
    return {server: served for server, served in there.items() if served.limits.needs_last == needs_last}


def _one(group: Mapping[Server, Served]) -> str:
    """The title of the one model that a group has."""
    titles = sorted({served.title for served in group.values()})
    if len(titles) > 1:
        raise EngineError(f"The servers of {SETTING} have different models, {' and '.join(titles)}; name those of one.")
    return "".join(titles)
