"""A small server that speaks OpenAI's chat protocol, well or badly, as a test tells it."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = str | int | Callable[["Handler"], None]
"""The answer's text, an error's status, or a function that writes the response itself."""
Choose = Callable[[dict[str, object]], Reply]


@dataclass
class Told:
    """What the server was asked, and with which key."""

    requests: list[dict[str, object]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    choose: Choose
    told: Told

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.told.requests.append(body)
        self.told.keys.append(self.headers.get("Authorization", ""))
        reply = type(self).choose(body)
        if callable(reply):
            reply(self)
        elif isinstance(reply, int):
            self.send(reply, b'{"error": {"message": "no"}}')
        else:
            self.send(200, chat(reply))

    def send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Tests are quiet."""


def chat(text: str | None) -> bytes:
    message = {"role": "assistant", "content": text}
    return json.dumps({"choices": [{"message": message}], "usage": {"total_tokens": 100}}).encode()


@contextmanager
def serving(choose: Choose) -> Iterator[tuple[str, Told]]:
    """The base URL of a server, and what it is told."""
    told = Told()
    handler = type("Chosen", (Handler,), {"choose": staticmethod(choose), "told": told})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/v1", told
        finally:
            server.shutdown()
            thread.join()
