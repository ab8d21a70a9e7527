"""`python -m benchmarks studio`: how long somebody waits in the studio, in chromium, with a server of its own."""

import gzip
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import httpx2

from benchmarks.running import EXAMPLES, say, table, worked
from benchmarks.serving.service import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

_EDITS = 5
_PATIENCE = 120.0  # seconds
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
_TALK = "Cat: Hello there, what a lovely rain! Robot: Good morning. I am waiting for the bus. The cat waves. In a kitchen."
_SEEN = "document.querySelector('.lookedat video')"
_FRESH = f"(old) => {_SEEN} && {_SEEN}.currentSrc !== old && {_SEEN}.readyState >= 2"
_PLAYS = "() => document.querySelector('.animatic video')?.readyState >= 2 && !document.querySelector('.animatic .wait')"


@dataclass(frozen=True)
class Waits:
    """Seconds until a page is there, until the shot that is looked at can be watched, and the animatic; then, for each of some
    edits, until the shot is there again, and what all processors of the server worked for it and the animatic.
    """

    page: float
    shot: float
    animatic: float
    edits: list[float]
    worked: float


def run(folder: Path, quick: bool) -> None:
    """Print the table: a film of drawn people, and one of a portrait."""
    from playwright.sync_api import sync_playwright

    with served(folder / "studio") as (address, process), httpx2.Client(base_url=address, timeout=_PATIENCE) as client:
        plans = {"drawn": drawn(client)} if quick else {"drawn": drawn(client), "portrait": portrait(client)}
        with sync_playwright() as library:
            browser = library.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
            rows = []
            for name, project in plans.items():
                context = browser.new_context(viewport={"width": 1280, "height": 900})
                context.set_default_timeout(1000 * _PATIENCE)
                rows.append(_row(name, waits(context.new_page(), f"{address}#/plan/{project}", process)))
                context.close()
            browser.close()
        say(f"page, compressed: {_size(client) / 1000:.1f} kB\n")
    head = ["plan", "page, s", "shot, s", "animatic, s", "edit to the shot, s", "slowest", "processor s an edit (all)"]
    say(table(head, rows))


def drawn(client: httpx2.Client) -> str:
    """A planned project of two people from words; two shots."""
    return _planned(client, {"name": "drawn", "options": {"prompt": _TALK, "size": "1280x720"}})


def portrait(client: httpx2.Client) -> str:
    """A planned project of somebody in a picture, who has a recording."""
    ids = []
    for name in ("mira.png", "mira.flac"):
        sent = {"file": (name, (EXAMPLES / name).read_bytes())}
        ids.append(client.post("/api/v1/assets", files=sent).json()["id"])
    who = {"name": "Mira", "portrait": ids[0], "voice": ids[1], "consent": "fictional"}
    words = "She is calm, then excited. The camera pushes in."
    return _planned(client, {"name": "portrait", "brief": {"version": 1, "prompt": words, "cast": [who], "size": [1280, 720]}})


def waits(page: "Page", address: str, process: int) -> Waits:
    """What somebody waits for who opens a plan and makes a feeling stronger and weaker."""
    began = time.monotonic()
    page.goto(address)
    page.locator(".lines li").first.wait_for()
    there = time.monotonic() - began
    page.wait_for_function(_FRESH, arg="")
    shot = time.monotonic() - began
    page.wait_for_function(_PLAYS)
    animatic = time.monotonic() - began
    page.locator(".kind .add").first.click()
    page.wait_for_timeout(5000)
    before, edits = worked(process), []
    for at in range(_EDITS):
        edits.append(_after(page, page.locator(".strength").first.locator("button").nth(2 * (at % 2)).click))
        page.wait_for_timeout(1500)
        page.wait_for_function(_PLAYS)
    return Waits(there, shot, animatic, edits, (worked(process) - before) / _EDITS)


def _after(page: "Page", edit: Callable[[], Any]) -> float:
    """Seconds from an edit until the shot that is looked at plays as it is now."""
    old = page.evaluate(f"{_SEEN}.currentSrc")
    began = time.monotonic()
    edit()
    page.wait_for_function(_FRESH, arg=old)
    return time.monotonic() - began


def _row(name: str, found: Waits) -> list[str]:
    values = (found.page, found.shot, found.animatic, median(found.edits), max(found.edits), found.worked)
    return [name, *(f"{value:.2f}" for value in values)]


def _planned(client: httpx2.Client, body: dict[str, Any]) -> str:
    project = client.post("/api/v1/projects", json=body).json()["id"]
    job = client.post(f"/api/v1/projects/{project}/plan", json={}).json()
    end = time.monotonic() + _PATIENCE
    while job["state"] != "done" and time.monotonic() < end:
        time.sleep(0.1)
        job = client.get(f"/api/v1/jobs/{job['id']}").json()
        if job["state"] == "failed":
            raise RuntimeError(job["error"]["message"])
    return str(project)


def _size(client: httpx2.Client) -> int:
    return sum(len(gzip.compress(client.get(f"/studio/studio.{kind}").content)) for kind in ("js", "css"))
