"""A server that is killed with SIGKILL in the middle of a film goes on where it stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from tests.service.serving import brief, finished, picture, upload, voice


@contextmanager
def command(folder: Path) -> Iterator[tuple[subprocess.Popen[str], httpx2.Client]]:
    """`dramatis serve` as a user starts it."""
    environment = {**os.environ, "DRAMATIS_WORKERS": "0"}
    with subprocess.Popen(
        [sys.executable, "-m", "dramatis", "serve", "--port", "0", "--folder", str(folder)],
        stdout=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        try:
            address = process.stdout.readline().split()[0]
            with httpx2.Client(base_url=address, timeout=60) as client:
                yield process, client
        finally:
            process.kill()


def test_a_killed_server_loses_nothing(tmp_path: Path) -> None:
    with command(tmp_path / "service") as (process, client):
        asked = brief(upload(client, picture(), "me.png"), upload(client, voice(5.0), "voice.wav"), size=[480, 270], fps=40.0)
        jobs = [client.post("/api/v1/films", json={"brief": asked}).json()["id"] for _ in range(2)]
        while client.get(f"/api/v1/jobs/{jobs[0]}").json()["progress"] < 0.3:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with command(tmp_path / "service") as (process, client):
        made = finished(client, jobs[0])
        assert made["state"] == "done", made
        takes = client.get(made["urls"]["takes"]).json()["data"]
        assert any(take["from the vault"] for take in takes)
        assert finished(client, jobs[1])["state"] == "done"
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
