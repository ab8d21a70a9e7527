"""Lanes: one film over four of them, one of which is killed; and many lanes, simulated from the seconds of real takes."""

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.films import schedule
from benchmarks.running import say, table
from dramatis.clock import Rate, Span
from dramatis.engines.fake import FakeEngine
from dramatis.media.videos.video import INNER
from dramatis.runtime.dispatch import LOST, RenderedClip
from dramatis.runtime.pool import Pool, Work, render_all
from dramatis.runtime.render_lanes import CommandLane, RenderLane, local
from dramatis.runtime.vault import Vault
from dramatis.story import Canvas
from dramatis.take import Event, Take

_CANVAS, _TAKES, _FRAMES, _PAUSE = Canvas(320, 180, Rate(25)), 24, 24, 0.02
_FAR = ("sh", "-c", 'cd / && exec "$@"', "lane")
_FILM = 300.0
_CASCADE = {
    "blueprint": (8.0, 0.2),
    "keyframes": (7 / 3, 0.45),
    "clips": (7 / 3, 1.8),
    "joins": (7 / 3, 0.95),
    "finish": (7 / 3, 3.4),
}
"""By phase: seconds of film in a take, and seconds of work a second of film (docs/log.md, 27 November 2026)."""
_UNEVEN = (0.7, 1.0, 1.3, 0.9, 1.1)
"""Lengths of neighbouring takes: cuts lie in silences."""


def run(folder: Path, quick: bool) -> None:
    """Film and simulate."""
    say("## Lanes\n\n")
    _killed(folder, 8 if quick else _TAKES)
    _simulated()


def _killed(folder: Path, count: int) -> None:
    rate = _CANVAS.rate
    takes = [Take(_CANVAS, Span(rate.time(_FRAMES * n), rate.time(_FRAMES * (n + 1)))) for n in range(count)]
    lanes: dict[str, tuple[RenderLane, ...]] = {
        "one lane": local(1),
        "four lanes, two of them far": (*local(2), *(CommandLane(f"far {n}", _FAR, shared=False) for n in (1, 2))),
    }
    films, rows = [], []
    for name, kill in (("one lane", False), ("four lanes, two of them far", False), ("four lanes, two of them far", True)):
        told: list[Event] = []
        started = time.monotonic()
        with Pool(partial(FakeEngine, pause=_PAUSE), lanes[name]) as pool:
            work = Work(takes, Vault(folder / f"lanes-{len(films)}"), INNER)
            films.append([clip.path.read_bytes() for clip in _watched(pool, work, told, kill)])
        notes = "; ".join(event.note for event in told if event.stage == LOST)
        rows.append([f"{name}{', one killed' if kill else ''}", f"{time.monotonic() - started:.1f}", notes])
    say(table([f"{count} takes of {_FRAMES * _PAUSE:.1f} s (the engine sleeps)", "seconds", "said"], rows))
    say(f"identical: {all(film == films[0] for film in films)}\n\n")


def _watched(pool: Pool, work: Work, told: list[Event], kill: bool) -> Iterator[RenderedClip]:
    for number, clip in enumerate(render_all(pool, work, told.append)):
        if kill and number == 1:
            os.kill(next(worker.channel.pid or 0 for worker in pool.workers if not worker.lane.shared), signal.SIGKILL)
        yield clip


def _simulated() -> None:
    phases = []
    for seconds, work in _CASCADE.values():
        takes = round(_FILM / seconds)
        phases.append([work * seconds * _UNEVEN[n % len(_UNEVEN)] for n in range(takes)])
    alone, rows = schedule.makespan(phases, 1), []
    for workers in schedule.WORKERS:
        took = schedule.makespan(phases, workers)
        rows.append([str(workers), f"{took:.0f}", f"{alone / took:.1f}", f"{schedule.share(phases, workers):.2f}"])
    say(table(["lanes, a cascade of 300 s", "seconds", "times one", "of what its takes allow (goal 0.9)"], rows))
