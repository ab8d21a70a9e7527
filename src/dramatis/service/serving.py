"""Runs the service until the process is stopped."""

import logging
import resource
import socket
import ssl
from collections.abc import Callable

import uvicorn

from dramatis.errors import BriefError, OutputError
from dramatis.service.allowed_hosts import AllowedHosts
from dramatis.service.core import Policy, Quotas, Service
from dramatis.service.records import Plain
from dramatis.service.web.access import access_for
from dramatis.service.web.application import application
from dramatis.service.web.request_timeout import TimedProtocol

_MOST_CONNECTIONS, _SPARE = 4000, 200  # files that the server needs besides
_GRACE = 1  # seconds in which answers may end when the service is stopped: listeners would stay for ever


def serve(options: Plain, begun: Callable[[str], None]) -> None:
    """Serve; `begun` is called with the address once it listens. Options are those of `dramatis serve`, and the token."""
    access = access_for(options["host"], options["tokens"], options["token"])
    quotas = Quotas(int(options["disk"] * 1e9), int(options["upload"] * 1e6), options["jobs"], options["films"])
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # a broken form is its sender's to hear of
    policy = Policy(AllowedHosts.named(options["callbacks"]), options["consent"])
    listening = _listening(options["host"], options["port"])
    with listening, Service(options["folder"], quotas, policy) as service:
        config = uvicorn.Config(
            application(service, access),
            http=TimedProtocol,
            log_level="error",
            access_log=False,
            server_header=False,
            limit_concurrency=_connections(),
            timeout_graceful_shutdown=_GRACE,
            ssl_certfile=options["certificate"],
        )
        _check_certificate(config)
        host = f"[{options['host']}]" if ":" in options["host"] else options["host"]
        begun(f"http{'s' if options['certificate'] else ''}://{host}:{listening.getsockname()[1]}")
        uvicorn.Server(config).run(sockets=[listening])


def _connections() -> int:
    """How many connections may be open at once: listeners, slow readers and all others. Each may read a file, too."""
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * _MOST_CONNECTIONS + _SPARE
    if files < wanted:
        files = wanted if most == resource.RLIM_INFINITY else max(files, min(wanted, most))
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return min(_MOST_CONNECTIONS, (files - _SPARE) // 2)


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=512)
    except OSError as fault:
        raise OutputError(
            f"The service cannot listen at {host}:{port} ({fault.strerror or fault}); choose another --port."
        ) from fault


def _check_certificate(config: uvicorn.Config) -> None:
    """Read the certificate before the address is told."""
    try:
        config.load()
    except (OSError, ssl.SSLError) as fault:
        raise BriefError(
            f"--certificate {config.ssl_certfile} cannot be used ({fault.strerror or fault}); "
            "give a PEM file with the certificate and its private key."
        ) from fault
