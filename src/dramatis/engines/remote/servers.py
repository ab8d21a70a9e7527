"""Servers that render: where they are, and what they turn out to be when they are asked."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from dramatis.engines.remote.dramatis_service import DramatisService
from dramatis.engines.remote.lightx2v import LightX2V
from dramatis.engines.remote.protocol import Served, ServerProtocol
from dramatis.engines.remote.vllm_and_sglang import SGLANG, VLLM_OMNI
from dramatis.errors import BriefError, EngineError, LaneError

if TYPE_CHECKING:
    from httpx2 import Client

SETTING = "DRAMATIS_ENGINE_URLS"
_CONNECT, _ANSWER = 5.0, 60.0  # seconds
_REFUSED = (401, 403)


@dataclass(frozen=True)
class Server:
    """A server's address. What stands behind # names the engine of another Dramatis; `#flf2v` says that a LightX2V films from one
    given frame to another. The key is never printed.
    """

    url: str
    key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BriefError(f"{SETTING} has {self.url!r}: addresses such as http://gpu1:8000 are allowed.")

    @property
    def address(self) -> str:
        """The address without what stands behind #."""
        return urlunsplit(urlsplit(self.url)._replace(fragment="")).rstrip("/")

    def asking(self, engine: str) -> "Server":
        """The same server, asked for another engine."""
        return replace(self, url=f"{self.address}#{engine}")

    def client(self) -> "Client":
        """A client; redirects are not followed, so the key goes nowhere else. Raises `EngineError` without its package."""
        try:
            import httpx2
        except ImportError:
            raise EngineError('The engine "remote" needs httpx2: pip install httpx2') from None
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        timeout, single_use = httpx2.Timeout(_ANSWER, connect=_CONNECT), httpx2.Limits(max_keepalive_connections=0)
        return httpx2.Client(base_url=self.address, headers=headers, timeout=timeout, limits=single_use)


def asked(server: Server, client: "Client") -> tuple[ServerProtocol, Served]:
    """Which protocol a server speaks, and what it is. Raises `LaneError` if it does not answer, `EngineError` if it cannot be
    used.
    """
    import httpx2

    engine = urlsplit(server.url).fragment
    kinds: tuple[ServerProtocol, ...] = (LightX2V(engine), DramatisService(engine), SGLANG, VLLM_OMNI)
    try:
        probe = client.get("/v1/models")
        if probe.status_code in _REFUSED:
            raise EngineError(f"The server at {server.address} refuses the key; set DRAMATIS_ENGINE_KEY to one that it takes.")
        for kind in kinds:
            served = _described(kind, client, server.address)
            if served is not None:
                return kind, served
    except httpx2.HTTPError as fault:
        raise LaneError(f"the server at {server.address} does not answer ({_why(fault)})") from fault
    names = ", ".join(kind.kind for kind in kinds)
    raise EngineError(f"The server at {server.address} is none that is known here; give one of {names}.")


def _described(kind: ServerProtocol, client: "Client", address: str) -> Served | None:
    """None also for answers of another shape."""
    try:
        return kind.describe(client, address)
    except (ValueError, KeyError, IndexError, TypeError):
        return None


def _why(fault: Exception) -> str:
    return str(fault) or type(fault).__name__
