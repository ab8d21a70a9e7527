"""Which job is next, and when it will be done.

Owners take turns, film by film: whoever waited longest since a film of his began comes first. Among the jobs of one owner
priority decides, then the place in his queue. Nobody's priority moves him before another owner.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from dramatis.service.records import ServiceJob

_USUAL_EFFORT = 230.0  # frames of a million pixels: ten seconds at 1280x720 and 25 frames a second
_LEAST_PROGRESS = 0.05


def in_order(queued: Iterable[ServiceJob], last_started: Mapping[str, float]) -> list[ServiceJob]:
    """Queued jobs in the order in which they will be done. `last_started`: when each owner's latest job was begun."""
    own = sorted(queued, key=lambda job: (job.owner, -job.priority, job.place))
    turns = [(turn, job) for _, jobs in groupby(own, key=lambda job: job.owner) for turn, job in enumerate(jobs)]
    return [job for _, job in sorted(turns, key=lambda one: (one[0], last_started.get(one[1].owner, 0.0), one[1].place))]


@dataclass(frozen=True)
class Speed:
    """Seconds of work per unit of effort, by engine, as measured."""

    by_engine: Mapping[str, float]

    @classmethod
    def measured(cls, done: Iterable[ServiceJob]) -> "Speed":
        """From films that are done."""
        rates: dict[str, list[float]] = {}
        for job in done:
            if job.effort > 0 and job.worked > 0:
                rates.setdefault(job.engine, []).append(job.worked / job.effort)
        return cls({engine: median(found) for engine, found in rates.items()})

    def whole(self, job: ServiceJob) -> float | None:
        """Seconds that a job takes altogether; None if no film of its engine was made yet."""
        rate = self.by_engine.get(job.engine)
        return None if rate is None else rate * (job.effort or _USUAL_EFFORT)

    def rest(self, job: ServiceJob, now: float) -> float | None:
        """Seconds that a running job still takes: by its own progress as soon as there is some."""
        gone = max(0.0, now - (job.started or now))
        if job.progress >= _LEAST_PROGRESS:
            return gone * (1 - job.progress) / job.progress
        whole = self.whole(job)
        return None if whole is None else max(0.0, whole - gone)


def waits(queue: Sequence[ServiceJob], running: Sequence[ServiceJob], speed: Speed, now: float) -> list[float | None]:
    """Seconds until each queued job is done, if `len(running)` jobs (at least one) are made at once; None from the first on
    that nobody can tell.
    """
    free: list[float | None] = [speed.rest(job, now) for job in running] or [0.0]
    done: list[float | None] = []
    for job in queue:
        soonest = None if None in free else min(time for time in free if time is not None)
        whole = speed.whole(job)
        end = None if soonest is None or whole is None else soonest + whole
        free[free.index(soonest)] = end
        done.append(end)
    return done
