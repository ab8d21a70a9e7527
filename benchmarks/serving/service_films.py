"""`python -m benchmarks service`, second part: drawn films on all cores while everybody asks.

Measured: how soon the first picture of a second film can be watched, and how long answers take while a film is rendered. With
`--minutes` films, uploads and questions go on for so long, and the memory of the server is written down each minute.
"""

import asyncio
import time
from pathlib import Path
from typing import Any

import httpx2

from benchmarks.running import worked
from benchmarks.serving.service_load import Load, Measured, ask, client_of, describe, listen, megabytes, picture, upload, voice

_DEEP = 20  # waiting films: then fewer are asked for
_EXAMPLES = Path(__file__).parents[2] / "examples"
_FILM: dict[str, Any] = {
    "version": 1, "cast": [{"name": "Ada", "look": "a woman with red hair, a green shirt"}, {"name": "Bob"}],
    "prompt": "Ada: Good morning! Bob: Good morning, Ada. Did you sleep well? Ada: Not at all. In a kitchen.",
    "size": [640, 360], "engine": "drawn",
}  # fmt: skip


async def films(address: str, process: int) -> list[str]:
    """Lines of the table."""
    measured = Measured(heard=[0])
    async with client_of(address) as client:
        face = await upload(client, (_EXAMPLES / "mira.png").read_bytes(), "mira.png")
        sound = await upload(client, (_EXAMPLES / "mira.flac").read_bytes(), "mira.flac")
        other = await upload(client, (_EXAMPLES / "noor.flac").read_bytes(), "noor.flac")
        pictures = []
        for seed, (name, brief) in enumerate(_after_each_other(face, sound, other), 1):
            seconds, work = await _first_picture(client, process, {**brief, "seed": seed})
            pictures.append(f"| {name} | {seconds:.2f} | {work:.2f} |")
        asking = asyncio.create_task(ask(client, measured))
        job = (await client.post("/api/v1/films", json={"brief": {**_FILM, "seed": 4}})).json()["id"]
        uploads = 0
        while (await _state(client, job))["state"] in ("queued", "running"):
            uploads += 1
            await measured.time("upload, decoded", _picture(client, uploads))
            await asyncio.sleep(0.2)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    return [
        "films (360p) one after the other, of one service; until the first picture can be watched:\n",
        "| film | s | processor s of all processes |\n|---|---|---|",
        *pictures,
        f"\nserver {megabytes(process):.0f} MB; while a film is rendered:\n",
        *describe(measured),
    ]


async def lasting(address: str, process: int, minutes: float) -> list[str]:
    """Lines about many minutes of load."""
    load, measured, memory = Load(), Measured(heard=[0] * Load().listeners), [megabytes(process)]
    end, made = time.monotonic() + 60 * minutes, list[str]()
    async with client_of(address) as client:
        face, sound = await upload(client, picture(0), "me.png"), await upload(client, voice(), "voice.wav")
        tiny = {
            "version": 1,
            "cast": [{"name": "Ada", "portrait": face, "voice": sound}],
            "size": [64, 64],
            "fps": 5,
            "engine": "fake",
        }
        tasks = [asyncio.create_task(listen(client, number, measured)) for number in range(load.listeners)]
        tasks += [asyncio.create_task(ask(client, measured))]
        turn, minute = 0, time.monotonic() + 60
        while time.monotonic() < end:
            turn += 1
            brief = {**_FILM, "seed": turn} if turn % 20 == 1 else {**tiny, "seed": turn}
            job = (await measured.time("make a film", client.post("/api/v1/films", json={"brief": brief}))).json()
            made.append(job["id"])
            if turn % 4 == 0:
                await measured.time("upload, decoded", _picture(client, turn))
            if time.monotonic() > minute:
                minute += 60
                memory.append(megabytes(process))
            await asyncio.sleep(0.5 if (job["queue_position"] or 0) < _DEEP else 5.0)
        states = await _over(client, made)
        memory.append(megabytes(process))
        await asyncio.sleep(1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return [
        f"{minutes:g} minutes with {load.listeners} listeners, then the rest of the queue:",
        *describe(measured),
        "memory of the server each minute, MB: " + ", ".join(f"{size:.0f}" for size in memory),
        f"jobs: {states}; each listener heard of {min(measured.heard)} to {max(measured.heard)} films that are done",
    ]


def _after_each_other(face: str, sound: str, other: str) -> list[tuple[str, dict[str, Any]]]:
    """Films and what they are called: of a portrait, drawn from a recording, and drawn from words."""
    mira = {"name": "Mira", "portrait": face, "voice": sound}
    portrait: dict[str, Any] = {"version": 1, "cast": [mira], "size": [640, 360]}
    drawn = {**portrait, "cast": [{"name": "Ada", "look": "a woman with red hair", "voice": sound}], "engine": "drawn"}
    return [
        ("a portrait, the first film", portrait),
        ("the second", portrait),
        ("with another voice", {**portrait, "cast": [{**mira, "voice": other}]}),
        ("drawn, a recorded voice", drawn),
        ("the second", drawn),
        ("the portrait again, after another engine", portrait),
        ("drawn again, after another engine", drawn),
        ("drawn, voices that are spoken first", _FILM),
        ("the second", _FILM),
    ]


async def _first_picture(client: httpx2.AsyncClient, process: int, brief: dict[str, Any]) -> tuple[float, float]:
    """Seconds from the request until there is something to watch, and processor seconds; waits for the film's end."""
    started, before = time.monotonic(), worked(process)
    found = (0.0, 0.0)
    job = (await client.post("/api/v1/films", json={"brief": brief})).json()["id"]
    async with client.stream("GET", f"/api/v1/jobs/{job}/events", timeout=None) as answer:
        async for line in answer.aiter_lines():
            if line == "event: preview" and found == (0.0, 0.0):
                found = time.monotonic() - started, worked(process) - before
    return found


async def _picture(client: httpx2.AsyncClient, number: int) -> httpx2.Response:
    return await client.post("/api/v1/assets", files={"file": (f"{number}.png", picture(number))})


async def _state(client: httpx2.AsyncClient, job: str) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(f"/api/v1/jobs/{job}")).json()
    return found


async def _over(client: httpx2.AsyncClient, jobs: list[str]) -> dict[str, int]:
    """How many are in which state, when none waits any more."""
    while (await client.get("/api/v1/jobs", params=[("state", "queued"), ("state", "running"), ("limit", "1")])).json()["data"]:
        await asyncio.sleep(1)
    states: dict[str, int] = {}
    for job in jobs:
        state = (await _state(client, job))["state"]
        states[state] = states.get(state, 0) + 1
    return states
