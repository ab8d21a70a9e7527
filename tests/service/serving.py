"""A running service for tests: the real server on loopback, with the fake engine and tiny films."""

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import soundfile
import uvicorn
from PIL import Image

from dramatis.service.core import Policy, Quotas, Service
from dramatis.service.web.access import Access
from dramatis.service.web.application import application
from tests.speaking import RATE, talk
from tests.waiting import wait_until

OPEN, USUAL, FREE = Access(), Quotas(), Policy()
OVER = {"done", "failed", "cancelled"}


@contextmanager
def running(folder: Path, access: Access = OPEN, quotas: Quotas = USUAL, policy: Policy = FREE) -> Iterator[str]:
    """The address of a service in a thread."""
    with socket.create_server(("127.0.0.1", 0)) as listening, Service(folder, quotas, policy) as service:
        config = uvicorn.Config(application(service, access), log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def picture(width: int = 160, height: int = 90, grey: int = 90) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.full((height, width, 3), grey, np.uint8)).save(file, "PNG")
    return file.getvalue()


def voice(seconds: float = 1.0, spoken: bool = True) -> bytes:
    file = io.BytesIO()
    tone = 0.3 * np.sin(np.arange(round(seconds * RATE)) * 0.09)
    soundfile.write(file, talk(seconds) if spoken else tone, RATE, format="WAV")
    return file.getvalue()


def upload(client: httpx2.Client, content: bytes, name: str) -> str:
    answer = client.post("/api/v1/assets", files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def brief(portrait: str, sound: str, **changes: object) -> dict[str, Any]:
    cast = [{"name": "Ada", "portrait": portrait, "voice": sound}]
    return {"version": 1, "cast": cast, "size": [64, 64], "fps": 10.0, "engine": "fake", **changes}


def finished(client: httpx2.Client, job: str) -> dict[str, Any]:
    """The job when it is over."""
    found: dict[str, Any] = {}

    def over() -> bool:
        found.update(client.get(f"/api/v1/jobs/{job}").json())
        return found["state"] in OVER

    wait_until(over)
    return found
