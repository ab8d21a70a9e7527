"""Runs the service until the process is stopped."""

import socket
from collections.abc import Callable

import uvicorn

from dramatis.errors import OutputError
from dramatis.service.core import Quotas, Service
from dramatis.service.records import Plain
from dramatis.service.web.access import access_for
from dramatis.service.web.application import application

_GRACE = 1  # seconds in which answers may end when the service is stopped: listeners would stay for ever


def serve(options: Plain, begun: Callable[[str], None]) -> None:
    """Serve; `begun` is called with the address once it listens. Options are those of `dramatis serve`, and the token."""
    access = access_for(options["host"], options["tokens"], options["token"])
    quotas = Quotas(int(options["disk"] * 1e9), int(options["upload"] * 1e6), options["jobs"], options["films"])
    listening = _listening(options["host"], options["port"])
    with listening, Service(options["folder"], quotas) as service:
        config = uvicorn.Config(
            application(service, access),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        host = f"[{options['host']}]" if ":" in options["host"] else options["host"]
        begun(f"http://{host}:{listening.getsockname()[1]}")
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=512)
    except OSError as fault:
        raise OutputError(
            f"The service cannot listen at {host}:{port} ({fault.strerror or fault}); choose another --port."
        ) from fault
