"""`python -m benchmarks hostile`: 10,000 requests and files that no honest client sends, against `dramatis serve`.

Counted: answers by status, the slowest one, what was not answered within 45 seconds (a body that stops is given up after 30), the
memory of the server and its children, its open files, and the bytes of its folder.
A film is made before and after. `--quick`: 500.
"""

import asyncio
import time
from collections import Counter
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import httpx2

from benchmarks.serving.hostile_requests import SLOW, Pieces, requests
from benchmarks.serving.service import served

_AT_ONCE, _SEED, _PATIENCE, _PAUSE, _ABANDONED = 8, 16, 45.0, 0.15, 100
_FILM = {"version": 1, "cast": [{"name": "Ada"}], "prompt": "Ada: Hi!", "size": [64, 64], "fps": 10, "engine": "fake"}
_SHARES = {SLOW: 0.3, "files": 1.5, "JSON": 1.5}
"""How often a kind comes, against others."""


@dataclass
class Kind:
    """What became of the requests of a kind: statuses (0: the connection was closed), seconds, requests that failed."""

    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[bytes] = field(default_factory=list)


def run(folder: Path, count: int = 10_000) -> None:
    """Print the table."""
    with served(folder / "service", "--jobs", "100000", workers=0) as (address, process):
        lines = asyncio.run(_all(address, process, count, folder / "service"))
    print("\n".join(lines))


async def _all(address: str, process: int, count: int, folder: Path) -> list[str]:
    random, kinds = Random(_SEED), dict[str, Kind]()
    makers = requests(random, await _film(address), await _project(address))
    weights = [_SHARES.get(name, 1.0) for name in makers]
    names = random.choices(list(makers), weights, k=count)
    memory, kept, started, gate = [_megabytes(process)], [_kept(process, folder)], time.monotonic(), asyncio.Semaphore(_AT_ONCE)
    held = [await asyncio.open_connection(*_place(address)) for _ in range(_ABANDONED)]
    for number, (_, writer) in enumerate(held):  # connections that are begun and never end
        writer.write(
            b"POST /v1/videos HTTP/1.1\r\nHost: 127.0.0.1\r\n" + (b"Content-Length: 99\r\n\r\n{" if number % 2 else b"X")
        )

    async def one(name: str, pieces: Pieces) -> None:
        async with nullcontext() if name == SLOW else gate:
            await _sent(address, pieces, kinds.setdefault(name, Kind()))

    for first in range(0, count, 500):
        await asyncio.gather(*(one(name, makers[name]()) for name in names[first : first + 500]))
        memory.append(_megabytes(process))
        kept.append(_kept(process, folder))
        failed = sum(len(kind.faults) for kind in kinds.values())
        print(f"{min(count, first + 500)} after {time.monotonic() - started:.0f} s, {failed} with 5xx or no answer", flush=True)
    closed = await _closed([reader for reader, _ in held])
    await _film(address)
    rows = [_row(name, kinds[name]) for name in sorted(kinds)]
    worst = [f"{name}: {pieces[:300]!r}" for name, kind in kinds.items() for pieces in kind.faults[:3]]
    return [
        f"{count} requests in {time.monotonic() - started:.0f} s, then a film as before",
        "\n| kind | count | statuses | slowest ms | 5xx or no answer |\n|---|---|---|---|---|",
        *rows,
        "\nmemory of the server and its children, MB, every 500 requests: "
        + ", ".join(f"{mb[0]:.0f}+{mb[1]:.0f}" for mb in memory),
        "MB of its folder, and its open files: " + ", ".join(kept),
        f"connections that were never finished: {closed} of {_ABANDONED} were closed by the server",
        *worst,
    ]


async def _sent(address: str, pieces: Pieces, kind: Kind) -> None:
    started, status = time.monotonic(), 0
    try:
        async with asyncio.timeout(_PATIENCE):
            status = await _answer(address, pieces)
    except TimeoutError:
        status = -1
    except OSError:
        status = 0
    kind.statuses[status] += 1
    kind.slowest = max(kind.slowest, time.monotonic() - started - _PAUSE * (len(pieces) - 1))
    if status == -1 or status >= 500:
        print(f"{status} after {kind.slowest:.0f} s: {pieces[0][:120]!r}", flush=True)
        kind.faults.append(b"".join(pieces))


async def _answer(address: str, pieces: Pieces) -> int:
    reader, writer = await asyncio.open_connection(*_place(address))
    try:
        for number, piece in enumerate(pieces):
            if number:
                await asyncio.sleep(_PAUSE)
            writer.write(piece)
            await writer.drain()
        if len(pieces) == 1 and not pieces[0].startswith((b"GET", b"POST", b"PUT", b"PATCH")):
            writer.write_eof()
        words = (await reader.readline()).split()
        with suppress(asyncio.IncompleteReadError):
            await reader.read(2**16)
        return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
    finally:
        writer.close()


async def _closed(readers: list[asyncio.StreamReader]) -> int:
    """How many connections the other side has closed, or will within half a minute."""

    async def ended(reader: asyncio.StreamReader) -> bool:
        with suppress(OSError):
            while await reader.read(1000):
                pass
        return True

    done, _ = await asyncio.wait([asyncio.create_task(ended(reader)) for reader in readers], timeout=40)
    return len(done)


async def _film(address: str) -> str:
    """Make a film, before what else waits and is made; where it is."""
    async with httpx2.AsyncClient(base_url=address, timeout=60) as client:
        made = await client.post("/api/v1/films", json={"brief": _FILM, "priority": 1000})
        for job in (await client.get("/api/v1/jobs", params={"state": "running"})).json()["data"]:
            if job["id"] != made.json()["id"]:
                await client.post(f"/api/v1/jobs/{job['id']}/cancel")
        return str((await _done(client, made))["urls"]["film"])


async def _project(address: str) -> str:
    """Begin a project and plan it; where it is."""
    async with httpx2.AsyncClient(base_url=address, timeout=60) as client:
        path = f"/api/v1/projects/{(await client.post('/api/v1/projects', json={'brief': _FILM})).json()['id']}"
        await _done(client, await client.post(f"{path}/plan", json={}))
        return path


async def _done(client: httpx2.AsyncClient, made: httpx2.Response) -> dict[str, Any]:
    """The job of an answer, when it is over."""
    job = made.json()["id"]
    while (found := (await client.get(f"/api/v1/jobs/{job}")).json())["state"] in ("queued", "running"):
        await asyncio.sleep(0.2)
    assert found["state"] == "done", found
    return dict(found)


def _place(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    return str(parts.hostname), int(parts.port or 80)


def _row(name: str, kind: Kind) -> str:
    statuses = ", ".join(f"{status or 'closed'}: {count}" for status, count in sorted(kind.statuses.items()))
    return f"| {name} | {kind.statuses.total()} | {statuses} | {1000 * kind.slowest:.0f} | {len(kind.faults)} |"


def _kept(process: int, folder: Path) -> str:
    """Megabytes in the service's folder, and how many files the server has open."""
    used = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            used += path.lstat().st_size * path.is_file()
    return f"{used / 1e6:.1f} ({len(list(Path(f'/proc/{process}/fd').iterdir()))})"


def _megabytes(process: int) -> tuple[float, float]:
    """Resident memory of a process, and of its children together."""

    def resident(pid: str) -> float:
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            return next((float(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
        return 0.0

    children = Path(f"/proc/{process}/task/{process}/children")
    threads = [path / "children" for path in children.parent.parent.iterdir()]
    pids = {pid for path in threads for pid in path.read_text().split()}
    return resident(str(process)), sum(map(resident, pids))
