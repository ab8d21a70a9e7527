"""Where the service may send events: hosts that its operator named, and never a private network that he did not.

A name is resolved once for each event, and the connection goes to the address that was looked at: a name that points elsewhere a
moment later (DNS rebinding) changes nothing. All addresses of a name must be public. Whoever wants events on a private
network says so by naming the very address.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from dramatis.errors import BriefError, ServiceError

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2000
_SECONDS = 10.0
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class DeliveryError(Exception):
    """An event was not received; the message says why."""


@dataclass(frozen=True)
class AllowedHosts:
    """Hosts with the ports that may be called: (host, port), port None: 80 and 443."""

    entries: tuple[tuple[str, int | None], ...] = ()

    @classmethod
    def named(cls, texts: Sequence[str]) -> "AllowedHosts":
        """From `hooks.example.com`, `hooks.example.com:8443` or `127.0.0.1:9000`; raises `BriefError`."""
        return cls(tuple(map(_entry, texts)))

    def check(self, url: str, param: str) -> None:
        """Refuse an address to which no event may be sent; raises `ServiceError`."""
        try:
            parts = urlsplit(url)
            good = parts.scheme in _PORTS and parts.hostname and parts.username is None and len(url) <= _LONGEST
            if not good or not url.isascii() or any(letter <= " " for letter in url):
                raise ValueError(url)
            allowed = self._allowed(parts)
        except ValueError:
            raise ServiceError(
                f'"{url[:100]}" is no address for events; give one like https://hooks.example.com/films.', "address", 400, param
            ) from None
        if not allowed:
            raise ServiceError(
                f"The service may not send events to {parts.hostname}; its operator names hosts with --callbacks.",
                "address", 400, param,
            )  # fmt: skip

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Send a body; raises `DeliveryError` unless the answer is 2xx. No redirect is followed."""
        parts = urlsplit(url)
        if not self._allowed(parts):
            raise DeliveryError("the host is not allowed any more")
        host, port = str(parts.hostname), parts.port or _PORTS[parts.scheme]
        try:
            plain = socket.create_connection((str(_address(host, port)), port), _SECONDS)
            alarm = threading.Timer(_SECONDS, _cut, (plain,))
            alarm.daemon = True
            alarm.start()
            with closing(plain):
                try:
                    status = _status(plain, parts, body, headers)
                finally:
                    alarm.cancel()
        except (OSError, http.client.HTTPException) as fault:
            raise DeliveryError(f"{type(fault).__name__}: {fault}") from fault
        if not 200 <= status < 300:
            raise DeliveryError(f"the answer was {status}")

    def _allowed(self, parts: SplitResult) -> bool:
        host, port = (parts.hostname or "").rstrip("."), parts.port or _PORTS.get(parts.scheme)
        return any(host == name and port in ((80, 443) if own is None else (own,)) for name, own in self.entries)


NOWHERE = AllowedHosts()
"""No host is allowed."""


def _status(plain: socket.socket, parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> int:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(str(parts.hostname), parts.port, timeout=_SECONDS)
    secure = ssl.create_default_context() if parts.scheme == "https" else None
    connection.sock = plain if secure is None else secure.wrap_socket(plain, server_hostname=parts.hostname)
    with closing(connection):
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, dict(headers))
        return connection.getresponse().status


def _address(host: str, port: int) -> Address:
    """The one address that is called; raises `DeliveryError` if a name leads into a private network."""
    with suppress(ValueError):
        return ipaddress.ip_address(host)
    found = [ipaddress.ip_address(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(map(is_public, found)):
        raise DeliveryError(f"{host} leads to an address that is not public")
    return found[0]


def is_public(address: Address) -> bool:
    """Whether an address is one of the open Internet; wrapped ones of other kinds (6to4, Teredo, mapped) are not."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.sixtofour or address.teredo or address.ipv4_mapped
        return not wrapped and address in ipaddress.ip_network("2000::/3") and address.is_global
    return address.is_global and not address.is_multicast


def _entry(text: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(f"//{text}")
        if not parts.hostname or parts.path or parts.query or parts.username or not text.isascii():
            raise ValueError(text)
        return parts.hostname.rstrip("."), parts.port
    except ValueError:
        raise BriefError(f"--callbacks {text} is no host; give one like hooks.example.com or 127.0.0.1:9000.") from None


def _cut(connection: socket.socket) -> None:
    """End a connection that takes too long, wherever it waits."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
