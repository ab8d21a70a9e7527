"""The queue: jobs, their states and their order, kept in the database; what is waiting (without its request) and running is in
memory, too.
"""

import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

from dramatis.errors import ServiceError
from dramatis.service.database import Database
from dramatis.service.events import EventLog
from dramatis.service.ordering import Speed, in_order, waits
from dramatis.service.records import OPEN, Plain, ServiceJob, State

_MOVES: dict[str, tuple[tuple[State, ...], State]] = {
    "pause": (("queued", "running"), "paused"),
    "resume": (("paused", "failed", "cancelled"), "queued"),
    "cancel": (OPEN, "cancelled"),
}
"""What a user can do with a job: in which states, and its state afterwards."""
LANE_OF: dict[str, str] = {"film": "film", "take": "film", "plan": "plan"}
"""Which lanes make what: plans do not wait for films."""
_FRESH = 1.0  # seconds for which estimates of the waiting time are good
_STEP = 0.01  # of a film: smaller progress is not told
_MEASURED = 30  # films from which the speed is taken


@dataclass(frozen=True)
class Wait:
    """A job's place in the queue (0: it is being made) and the seconds until it is done, if that can be told."""

    position: int
    seconds: float | None


class JobQueue:
    """All jobs. Methods may be called from any thread; each is one transaction. `on_change` is called within it when a job is
    queued, begun or over.
    """

    def __init__(
        self, database: Database, log: EventLog, most_queued: int, on_change: Callable[[ServiceJob], None] = lambda _: None
    ) -> None:
        self._database, self.log, self._most, self._on_change = database, log, most_queued, on_change
        self._lock = threading.RLock()
        self._news = threading.Condition(self._lock)
        database.update("jobs", {"state": "queued"}, "state = 'running'", ())  # the server was killed
        open_jobs = database.find(ServiceJob, f"SELECT {_LISTED} FROM jobs WHERE state = 'queued'")
        self._queued = {job.id: _waiting(job) for job in open_jobs}
        self._running: dict[str, ServiceJob] = {}
        begun = database.rows("SELECT work, owner, MAX(started) FROM jobs WHERE started IS NOT NULL GROUP BY work, owner")
        self._begun: dict[str, dict[str, float]] = {lane: {} for lane in set(LANE_OF.values())}
        for work, owner, at in begun:
            turns = self._begun[LANE_OF[work]]
            turns[owner] = max(at, turns.get(owner, at))
        self._waits: tuple[float, dict[str, Wait]] | None = None
        self._speed: Speed | None = None
        self._last = float(database.rows("SELECT COALESCE(MAX(place), 0) FROM jobs")[0][0])

    def add(self, job: ServiceJob) -> ServiceJob:
        """Put a new job at the end of its owner's queue. Raises `ServiceError` if that is full or its external id is taken."""
        with self._lock, self._database.change():
            self.check_room(job.owner, 1)
            if job.external is not None and self.named(job.external, job.owner) is not None:
                raise ServiceError(f'There is a job with the id "{job.external}" already.', "duplicate", 400, "external_task_id")
            self._last += 1.0
            made = replace(job, id=job.id or new_id("job"), place=self._last, created=time.time(), state="queued")
            self._database.insert("jobs", made)
            self._queued[made.id] = _waiting(made)
            self._told(made, "queued")
        return made

    def check_room(self, owner: str, more: int) -> None:
        """Raises `ServiceError` if an owner cannot queue so many more jobs."""
        with self._lock:
            waiting = sum(one.owner == owner for one in self._queued.values())
        if waiting + more > self._most:
            raise ServiceError(
                f"{waiting} jobs are waiting, and no more than {self._most} may; come back later.", "queue_full", 429
            )

    def get(self, name: str, owner: str | None) -> ServiceJob:
        """A job by its id (`owner` None: anybody's); raises `ServiceError` if there is none."""
        found = self._database.find(ServiceJob, "SELECT * FROM jobs WHERE id = ?", (name,))
        if not found or owner not in (None, found[0].owner):
            raise ServiceError(f'There is no job "{name}".', "not_found", 404, "job")
        return found[0]

    def named(self, external: str, owner: str) -> ServiceJob | None:
        """The job to which its owner gave this id."""
        found = self._database.find(ServiceJob, "SELECT * FROM jobs WHERE owner = ? AND external = ?", (owner, external))
        return found[0] if found else None

    def page(
        self, owner: str | None, states: Sequence[str], after: str | None, limit: int, newest: bool, wire: str | None = None
    ) -> list[ServiceJob]:
        """Jobs by the time of their making, those behind the job `after`; one more than `limit` if there are more. Their briefs
        and storylines are left out.
        """
        where, values = ["1"], list[object]()
        if wire is not None:
            where.append("wire = ?")
            values.append(wire)
        if owner is not None:
            where.append("owner = ?")
            values.append(owner)
        if states:
            where.append(f"state IN ({', '.join('?' * len(states))})")
            values += states
        if after is not None:
            where.append(f"place {'<' if newest else '>'} ?")
            values.append(self.get(after, owner).place)
        order = f"ORDER BY created {'DESC' if newest else 'ASC'} LIMIT ?"
        return self._database.find(
            ServiceJob, f"SELECT {_LISTED} FROM jobs WHERE {' AND '.join(where)} {order}", [*values, limit + 1]
        )

    def of_project(self, project: str, limit: int) -> list[ServiceJob]:
        """The films of a project, newest first, those that are not done included."""
        select = "SELECT * FROM jobs WHERE project = ? AND work = 'film' ORDER BY created DESC LIMIT ?"
        return self._database.find(ServiceJob, select, (project, limit))

    def wait(self, job: ServiceJob) -> Wait | None:
        """The job's place in the queue; None if it does not wait and is not made."""
        with self._lock:
            now = time.time()
            if self._waits is None or now - self._waits[0] > _FRESH:
                self._waits = (now, self._estimated(now))
            return self._waits[1].get(job.id)

    def take(self, lane: str, timeout: float) -> ServiceJob | None:
        """The next job for a lane, which is running now; None if there was none for `timeout` seconds."""
        with self._news:
            queue = self._order(lane)
            if not queue:
                self._news.wait(timeout)
                queue = self._order(lane)
            if not queue:
                return None
            now = time.time()
            with self._database.change():
                job = self.get(self._queued.pop(queue[0].id).id, None)
                job = replace(job, state="running", started=now, progress=0.0, error=None)
                self._database.update(
                    "jobs", {"state": job.state, "started": now, "progress": 0.0, "error": None}, "id = ?", (job.id,)
                )
                self._running[job.id] = job
                self._begun[lane][job.owner] = now
                self._told(job, "started")
            return job

    def progressed(self, name: str, progress: float, phase: str | None = None) -> None:
        """A running job got so far, or (with a `phase`) begins another part; small steps are left out."""
        with self._lock, self._database.change():
            job = self._running.get(name)
            if job is None or (phase in (None, job.phase) and progress - job.progress < _STEP):
                return
            progress = max(job.progress, min(1.0, progress))
            self._set(replace(job, progress=progress, phase=job.phase if phase is None else phase), "progress")

    def noted(self, name: str, kind: str, data: Plain) -> None:
        """Tell something about a running job: a note (kept with it), or that its preview has grown."""
        with self._lock, self._database.change():
            job = self._running.get(name)
            if job is None:
                return
            if kind == "note" and data["note"] not in job.notes:
                self._running[name] = job = replace(job, notes=(*job.notes, data["note"]))
                self._database.update("jobs", {"notes": job.notes}, "id = ?", (name,))
            self.log.add(name, job.owner, kind, data)
        self.log.ring()

    def runs(self, name: str) -> bool:
        """Whether a job is running."""
        with self._lock:
            return name in self._running

    def ended(self, name: str, result: Plain | None, error: Plain | None) -> ServiceJob | None:
        """A running job is done, or failed with an error; None if it was cancelled or paused meanwhile."""
        with self._lock, self._database.change():
            job = self._running.pop(name, None)
            if job is None:
                return None
            self._speed = None
            now, state = time.time(), "failed" if error else "done"
            worked = job.worked + now - (job.started or now)
            job = replace(job, state=state, result=result, error=error, finished=now, worked=worked)  # type: ignore[arg-type]  # one of State
            job = job if result is None else replace(job, progress=1.0, effort=result.get("effort", job.effort))
            self._set(job, state)
        return job

    def released(self, name: str) -> None:
        """The server ends: a running job waits again, in its old place."""
        with self._lock, self._database.change():
            job = self._running.pop(name, None)
            if job is not None:
                self._queued[name] = _waiting(self._set(replace(job, state="queued"), "queued"))

    def move(self, name: str, owner: str | None, how: str) -> tuple[ServiceJob, bool]:
        """Pause, resume or cancel a job; whether it was running. Raises `ServiceError` in a state in which that cannot be; to
        cancel what is over changes nothing, as it may have ended meanwhile.
        """
        allowed, state = _MOVES[how]
        with self._lock, self._database.change():
            job = self.get(name, owner)
            if how == "cancel" and job.state not in OPEN:
                return job, False
            if job.state not in allowed:
                raise ServiceError(
                    f'The job "{name}" is {job.state}; only one that is {" or ".join(allowed)} can be {_DONE[how]}.',
                    "wrong_state", 409, "job",
                )  # fmt: skip
            was = self._running.pop(name, None)
            self._queued.pop(name, None)
            job, now = was or job, time.time()
            worked = job.worked + (now - (job.started or now) if was else 0.0)
            job = replace(job, state=state, worked=worked, finished=now if state == "cancelled" else None, error=None)
            if state == "queued":
                self._queued[name] = _waiting(job)
            self._set(job, {"pause": "paused", "resume": "resumed", "cancel": "cancelled"}[how])
        return job, was is not None

    def order(self, name: str, owner: str | None, priority: int | None, before: str | None) -> ServiceJob:
        """Change a job's priority, or put it right before another one of the same owner."""
        with self._lock, self._database.change():
            job = self.get(name, owner)
            job = job if priority is None else replace(job, priority=priority)
            if before is not None:
                other = self.get(before, job.owner)
                places = [one.place for one in self._queued.values() if one.place < other.place and one.id != name]
                job = replace(job, place=(max(places, default=other.place - 1) + other.place) / 2, priority=other.priority)
            if name in self._queued:
                self._queued[name] = _waiting(job)
            return self._set(job, "ordered")

    def remove(self, job: ServiceJob) -> None:
        """Forget a job that is over."""
        with self._lock, self._database.change():
            self._database.run("DELETE FROM jobs WHERE id = ?", (job.id,))
            self._database.run("DELETE FROM events WHERE job = ?", (job.id,))
            self.log.add(job.id, job.owner, "deleted", {"job": job.id})
        self.log.ring()

    def _set(self, job: ServiceJob, kind: str) -> ServiceJob:
        """Write what can change of a job, and tell it."""
        changes = {name: getattr(job, name) for name in _CHANGING}
        self._database.update("jobs", changes, "id = ?", (job.id,))
        if job.id in self._running:
            self._running[job.id] = job
        self._told(job, kind)
        return job

    def _told(self, job: ServiceJob, kind: str) -> None:
        self._waits = None if kind != "progress" else self._waits
        if kind in _CHANGES:
            self._on_change(job)
        data = {"state": job.state, "progress": round(job.progress, 4), "phase": job.phase, "error": job.error}
        self.log.add(
            job.id, job.owner, kind, {"job": job.id, **{name: value for name, value in data.items() if value is not None}}
        )
        self._news.notify_all()
        self.log.ring()

    def _order(self, lane: str) -> list[ServiceJob]:
        return in_order([job for job in self._queued.values() if LANE_OF[job.work] == lane], self._begun[lane])

    def _estimated(self, now: float) -> dict[str, Wait]:
        if self._speed is None:
            select = "SELECT * FROM jobs WHERE state = 'done' AND work = 'film' ORDER BY finished DESC LIMIT ?"
            self._speed = Speed.measured(self._database.find(ServiceJob, select, (_MEASURED,)))
        speed, found = self._speed, dict[str, Wait]()
        for lane in self._begun:
            running = [job for job in self._running.values() if LANE_OF[job.work] == lane]
            queue = self._order(lane)
            found |= {job.id: Wait(0, speed.rest(job, now)) for job in running}
            ends = waits(queue, running, speed, now)
            found |= {job.id: Wait(place, end) for place, (job, end) in enumerate(zip(queue, ends, strict=True), 1)}
        return found


_SHORTENED = {
    "request": "json_remove(request, '$.brief', '$.storyline') AS request",
    "result": "json_remove(result, '$.storyline') AS result",
}
_LISTED = ", ".join(_SHORTENED.get(field.name, field.name) for field in fields(ServiceJob))
_CHANGES = ("queued", "started", "done", "failed", "cancelled")
_DONE = {"pause": "paused", "resume": "resumed", "cancel": "cancelled"}
_CHANGING = ("state", "priority", "place", "effort", "progress", "phase", "result", "error", "started", "finished", "worked")


def _waiting(job: ServiceJob) -> ServiceJob:
    """A job as it is kept while it waits: requests may be as large as uploads."""
    return replace(job, request={})


def new_id(kind: str) -> str:
    """An id that nobody can guess, with its kind before it."""
    return f"{kind}_{uuid.uuid4().hex}"
