"""How long a film takes with any number of workers, computed from the seconds that its takes took.

Takes of a phase do not depend on one another; a phase begins when the one before it is over. Takes are handed out by the
program's own queue (`runtime/dispatch.py`), on a clock that only computes; transfers and the start of workers are not counted.
"""

import heapq
import tempfile
from collections.abc import Sequence
from pathlib import Path

from dramatis.clock import Rate, Span
from dramatis.media.videos.video import FINAL
from dramatis.runtime.dispatch import TakeQueue
from dramatis.runtime.jobs import Done, Job
from dramatis.runtime.pool import AHEAD
from dramatis.runtime.vault import Vault, seal
from dramatis.story import Canvas
from dramatis.take import Take

Seconds = Sequence[Sequence[float]]
"""By phase: seconds of each take."""
WORKERS = (1, 2, 4, 8, 16, 32, 64)
_FINE = 1000  # steps of a second: lengths of takes are whole frames
_CANVAS = Canvas(64, 64, Rate(25))


def makespan(phases: Seconds, workers: int) -> float:
    """Seconds until the last phase is over."""
    return sum(_phase(takes, workers) for takes in phases)


def share(phases: Seconds, workers: int) -> float:
    """How fast a film is made, of what its takes allow: no phase is shorter than its longest take or than its work shared out."""
    least = sum(max(max(takes, default=0.0), sum(takes) / workers) for takes in phases)
    return least / makespan(phases, workers)


def _phase(takes: Sequence[float], workers: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        vault, take = Vault(Path(folder)), Take(_CANVAS, Span(0.0, 0.0))
        jobs = [Job(n, str(n), take, round(seconds * _FINE), vault, FINAL) for n, seconds in enumerate(takes)]
        queue = TakeQueue(jobs, None, lambda _: None)
        now, idle, busy = 0.0, list(range(workers)), list[tuple[float, int, int]]()
        while queue.turn < len(jobs):
            while idle and (job := queue.next_job(idle[0], range(workers), AHEAD * workers)):
                heapq.heappush(busy, (now + takes[job.number], job.number, idle.pop(0)))
            now, number, worker = heapq.heappop(busy)
            queue.under_way.update({one: round((now - end + takes[one]) * _FINE) for end, one, _ in busy})
            vault.place(str(number)).touch()
            seal(vault.place(str(number)))
            queue.finish(Done(number, takes[number], 0.0))
            list(queue.ready())
            idle.append(worker)
    return now
