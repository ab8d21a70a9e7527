"""`python -m benchmarks service`, first part: very many jobs and listeners.

Films are tiny and made by the fake engine. 1,000 films are queued while 200 listeners hear
all events and 50 files are uploaded at once. Meanwhile jobs are asked for. Measured: the time of each answer, the server's
memory, and whether every job is done and every listener heard so.
"""

import asyncio
import io
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import numpy as np
import soundfile
from PIL import Image

_PATIENCE = 1800.0  # seconds
_AT_ONCE = 8  # requests that make jobs


@dataclass(frozen=True)
class Load:
    """How much is asked at once."""

    jobs: int = 1000
    listeners: int = 200
    uploads: int = 50


@dataclass
class Measured:
    """Seconds of each kind of answer, events that each listener heard, megabytes of the server at times."""

    answers: dict[str, list[float]] = field(default_factory=dict)
    heard: list[int] = field(default_factory=list)
    memory: dict[str, float] = field(default_factory=dict)

    async def time(self, kind: str, answer: Awaitable[httpx2.Response]) -> httpx2.Response:
        """An answer; how long it took is kept."""
        started = time.monotonic()
        found = await answer
        self.answers.setdefault(kind, []).append(time.monotonic() - started)
        found.raise_for_status()
        return found


async def load_of(address: str, process: int, load: Load) -> list[str]:
    """Lines of the table."""
    started = time.monotonic()
    measured = Measured(heard=[0] * load.listeners)
    async with client_of(address) as client:
        face, sound = await upload(client, picture(0), "me.png"), await upload(client, voice(), "voice.wav")
        measured.memory["idle"] = megabytes(process)
        listening = [asyncio.create_task(listen(client, number, measured)) for number in range(load.listeners)]
        await asyncio.sleep(2)
        measured.memory["with listeners"] = megabytes(process)
        gate = asyncio.Semaphore(_AT_ONCE)

        async def make() -> str:
            async with gate:
                brief = {
                    "version": 1,
                    "cast": [{"name": "Ada", "portrait": face, "voice": sound}],
                    "size": [64, 64],
                    "fps": 5.0,
                }
                body = {"brief": {**brief, "engine": "fake"}}
                return str((await measured.time("make a film", client.post("/api/v1/films", json=body))).json()["id"])

        made = asyncio.gather(*(make() for _ in range(load.jobs)))
        sent = asyncio.gather(*(_uploaded(client, number, measured) for number in range(load.uploads)))
        asking = asyncio.create_task(ask(client, measured))
        jobs = await made
        await sent
        measured.memory["with all jobs"] = megabytes(process)
        states = await _done(client, jobs)
        measured.memory["at the end"] = megabytes(process)
        for task in (asking, *listening):
            task.cancel()
        await asyncio.gather(asking, *listening, return_exceptions=True)
    return [
        f"{load.jobs} films, {load.listeners} listeners, {load.uploads} uploads at once; {time.monotonic() - started:.0f} s",
        *describe(measured),
        "memory of the server, MB: " + ", ".join(f"{when} {size:.0f}" for when, size in measured.memory.items()),
        f"jobs: {states}; each listener heard of {min(measured.heard)} to {max(measured.heard)} films that are done",
    ]


async def listen(client: httpx2.AsyncClient, number: int, measured: Measured) -> None:
    """Count the films that a listener hears are done."""
    async with client.stream("GET", "/api/v1/events", timeout=None) as answer:
        async for line in answer.aiter_lines():
            measured.heard[number] += line == "event: done"


async def ask(client: httpx2.AsyncClient, measured: Measured) -> None:
    """Ask for jobs, again and again."""
    while True:
        page = (await measured.time("list jobs", client.get("/api/v1/jobs", params={"limit": 20}))).json()["data"]
        if page:
            await measured.time("describe a job", client.get(f"/api/v1/jobs/{page[-1]['id']}"))
        await measured.time("healthz", client.get("/healthz"))
        await asyncio.sleep(0.1)


async def _uploaded(client: httpx2.AsyncClient, number: int, measured: Measured) -> None:
    files = {"file": (f"{number}.png", picture(number + 1))}
    await measured.time("upload, decoded", client.post("/api/v1/assets", files=files))


async def _done(client: httpx2.AsyncClient, jobs: list[str]) -> dict[str, int]:
    """How many of the jobs are in which state, when none is waiting any more."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        waiting = (await client.get("/api/v1/jobs", params=[("state", "queued"), ("state", "running"), ("limit", "1")])).json()
        if not waiting["data"]:
            break
        await asyncio.sleep(1)
    await asyncio.sleep(1)  # the last events are heard
    states: dict[str, int] = {}
    for job in jobs:
        state = (await client.get(f"/api/v1/jobs/{job}")).json()["state"]
        states[state] = states.get(state, 0) + 1
    return states


async def upload(client: httpx2.AsyncClient, content: bytes, name: str) -> str:
    return str((await client.post("/api/v1/assets", files={"file": (name, content)})).json()["id"])


@asynccontextmanager
async def client_of(address: str) -> AsyncIterator[httpx2.AsyncClient]:
    many = httpx2.Limits(max_connections=None)  # one client for all listeners: each loads certificates
    async with httpx2.AsyncClient(base_url=address, timeout=300, limits=many) as client:
        yield client


def picture(number: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.full((64, 64, 3), number % 255, np.uint8)).save(file, "PNG")
    return file.getvalue()


def voice() -> bytes:
    file, times = io.BytesIO(), np.arange(16000) / 16000
    soundfile.write(file, 0.3 * np.sin(1000 * times) * (np.sin(20 * times) > 0), 16000, format="WAV")
    return file.getvalue()


def megabytes(process: int) -> float:
    """Resident memory of a process."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def describe(measured: Measured) -> list[str]:
    """The table of answers."""
    rows = ["| answer | count | median ms | p99 ms | most ms |", "|---|---|---|---|---|"]
    for kind, times in measured.answers.items():
        middle, late = (1000 * np.percentile(times, share) for share in (50, 99))
        rows.append(f"| {kind} | {len(times)} | {middle:.0f} | {late:.0f} | {1000 * max(times):.0f} |")
    return rows
