"""Films that are paused, cancelled, or killed with the server: each stops at once, and goes on with the takes that it has."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from tests.service.receiver import receiving
from tests.service.serving import brief, finished, picture, upload, voice
from tests.waiting import wait_until


@contextmanager
def command(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], httpx2.Client]]:
    """`dramatis serve` as a user starts it."""
    environment = {**os.environ, "DRAMATIS_WORKERS": "0"}
    with subprocess.Popen(
        [sys.executable, "-m", "dramatis", "serve", "--port", "0", "--folder", str(folder), *options],
        stdout=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        try:
            address = process.stdout.readline().split()[0]
            with httpx2.Client(base_url=address, timeout=120) as client:
                yield process, client
        finally:
            process.kill()


def filming(client: httpx2.Client, job: str) -> None:
    """Wait until a take of the job is finished."""
    wait_until(lambda: client.get(f"/api/v1/jobs/{job}").json()["progress"] >= 0.2)


def test_nothing_is_lost(tmp_path: Path) -> None:
    held = socket.socket()  # nobody else gets the port, and nobody listens there yet
    held.bind(("127.0.0.1", 0))
    port = held.getsockname()[1]
    options = ("--callbacks", f"127.0.0.1:{port}")
    with command(tmp_path / "service", *options) as (process, client):
        ids = [upload(client, picture(grey=grey), "me.png") for grey in (60, 90)]
        sound = upload(client, voice(4.0), "voice.wav")
        asked = [brief(ids[number], sound, size=[400, 224], fps=40.0) for number in (0, 1, 1)]
        paused, cancelled, killed = (
            client.post("/api/v1/films", json={"brief": one, "callback_url": f"http://127.0.0.1:{port}/"}).json()["id"]
            for one in asked
        )
        assert client.delete(f"/api/v1/assets/{sound}").json()["error"]["code"] == "in_use"
        filming(client, paused)
        assert client.post(f"/api/v1/jobs/{paused}/pause").json()["state"] == "paused"
        filming(client, cancelled)
        assert client.delete(f"/api/v1/jobs/{cancelled}").json()["deleted"]
        assert client.get(f"/api/v1/jobs/{cancelled}").status_code == 404
        filming(client, killed)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with receiving(held) as receiver, command(tmp_path / "service", *options) as (_, client):
        assert receiver.wait(1)[0]["data"] == {"id": cancelled}  # nobody listened before
        for job in (killed, paused):
            if job == paused:
                assert client.post(f"/api/v1/jobs/{job}/resume").json()["state"] == "queued"
            made = finished(client, job)
            assert made["state"] == "done", made
            takes = client.get(made["urls"]["takes"]).json()["data"]
            assert any(take["from the vault"] for take in takes)
