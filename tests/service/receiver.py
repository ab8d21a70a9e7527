"""A receiver of events on loopback: it keeps what comes, and answers what it is told to."""

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.waiting import wait_until


@dataclass
class Receiver:
    """Its port, the events that came (path, headers, body), and the answers to the next ones; 200 after those."""

    port: int = 0
    events: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, _, body in self.events]

    def wait(self, count: int) -> list[dict[str, Any]]:
        """The bodies as soon as there are so many."""
        wait_until(lambda: len(self.events) >= count)
        return self.bodies


@contextmanager
def receiving(held: socket.socket | None = None) -> Iterator[Receiver]:
    """A receiver at a port of its own, or at a socket that is bound already and does not listen yet."""
    kept = Receiver()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.events.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            status = kept.answers.pop(0) if kept.answers else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"http://127.0.0.1:{kept.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with (
        held or socket.create_server(("127.0.0.1", 0)) as listening,
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False) as server,
    ):
        server.socket.close()
        server.socket = listening
        server.server_activate()
        kept.port = listening.getsockname()[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()
