"""Which take is rendered next: jobs that wait, run and are done. Clips leave in the film's order."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from dramatis.errors import DramatisError, EngineError, OutputError
from dramatis.media.files import written_whole
from dramatis.runtime.balance import shared_out
from dramatis.runtime.jobs import Done, Job
from dramatis.runtime.vault import Vault
from dramatis.take import Event, OnEvent, Take

STAGE = "filming"
"""Stage name of events whose numbers are the frames that are done."""
LOST = "lane"
"""Stage name of events whose note says, for the user, that a worker was lost and the film goes on."""
_MOST_RETURNS = 2  # a take that several workers die of is not given to all of them


@dataclass(frozen=True)
class RenderedClip:
    """A finished clip in the vault. `seconds` is what rendering took, 0 for one that was already there, and `megabytes`
    the most that the process which made it has used.
    """

    name: str
    path: Path
    take: Take
    seconds: float
    megabytes: float = 0.0


class TakeQueue:
    """The jobs of one phase of a film."""

    def __init__(self, jobs: list[Job], spare: Vault | None, on_event: OnEvent) -> None:
        self.jobs, self.spare, self.on_event = jobs, spare, on_event
        self.total = sum(job.frames for job in jobs)
        self.under_way: dict[int, int] = {}
        self.done: dict[int, Done] = {job.number: Done(job.number, 0.0, 0.0) for job in jobs if job.vault.find(job.name)}
        self.started = set(self.done)
        self.frames_done = sum(jobs[number].frames for number in self.done)
        self.turn = 0
        self._missing: set[int] = set()
        self._given: dict[int, int] = {}
        self._shares: dict[int, list[int]] = {}
        self._returns: Counter[int] = Counter()

    def report(self) -> None:
        """Report progress; the caller may cancel here."""
        note = f"{len(self.done)} of {len(self.jobs)} clips"
        self.on_event(Event(STAGE, self.frames_done + sum(self.under_way.values()), self.total, note))

    def next_job(self, worker: int, workers: Collection[int], ahead: int) -> Job | None:
        """A job for one of the `workers` that nobody has taken, not too far `ahead` of the one whose turn it is.

        The first of them, so that the film can be watched while it grows; near the end, when two rounds of all workers are left,
        one of this worker's share of them (`balance.py`), so that all workers end at about the same time.
        """
        waiting = [job for job in self.jobs[self.turn : self.turn + ahead] if job.number not in self.started]
        if not waiting:
            return None
        last = len(self.jobs) - len(self.started) <= 2 * len(workers)
        in_order = not last or (waiting[0].number == self.turn and not self._shares)
        job = waiting[0] if in_order else self._shared(worker, workers, waiting)
        self.started.add(job.number)
        self.under_way[job.number] = 0
        self._given[worker] = job.number
        return job

    def _shared(self, worker: int, workers: Collection[int], waiting: list[Job]) -> Job:
        """The first of a worker's share; the longest of all that wait, if nothing is left of its share."""
        if not self._shares:
            busy = [float(self._left(one)) for one in workers]
            places = shared_out([_cost(job) for job in waiting], busy)
            self._shares = {one: [waiting[place].number for place in share] for one, share in zip(workers, places, strict=True)}
        own = [job for job in waiting if job.number in self._shares.get(worker, ())]
        return own[0] if own else max(waiting, key=_cost)

    def _left(self, worker: int) -> int:
        """What is left of a worker's job, as a cost."""
        number = self._given.get(worker, -1)
        if number not in self.under_way:
            return 0
        job = self.jobs[number]
        return _cost(job) * (job.frames - self.under_way[number]) // job.frames

    def finish(self, done: Done) -> None:
        """Note that a job is done; a clip that came along is put into its vault. Raises `OutputError` if that has no room."""
        job = self.jobs[done.number]
        if done.clip is not None:
            with written_whole(job.vault.place(job.name)) as part:
                part.write_bytes(done.clip)
            done = replace(done, clip=None)
        self.under_way.pop(done.number, None)
        self.frames_done += job.frames
        self.done[done.number] = done

    def give_back(self, job: Job) -> bool:
        """A job whose worker was lost waits again; False if that has happened to it too often."""
        self._returns[job.number] += 1
        self.under_way.pop(job.number, None)
        self.started.discard(job.number)
        return self._returns[job.number] <= _MOST_RETURNS

    def ready(self) -> Iterator[RenderedClip]:
        """The next clips in order; a missing or damaged one is rendered again."""
        while self.turn < len(self.jobs) and self.turn in self.done:
            job = self.jobs[self.turn]
            path = job.vault.find(job.name)
            if path is None:
                self._lose(job)
                return
            self.turn += 1
            done = self.done[job.number]
            yield RenderedClip(job.name, path, job.take, done.seconds, done.megabytes)

    def refused(self, number: int, fault: DramatisError) -> None:
        """A job failed: if its vault is full, the rest goes to the spare one; else the fault is raised."""
        job = self.jobs[number] if number >= 0 else None
        if job is None or self.spare is None or not isinstance(fault, OutputError) or job.vault == self.spare:
            raise fault
        self.spare.prepare()
        self.under_way.pop(number, None)
        self.started.discard(number)
        kept = self.done.keys() | self.under_way.keys()
        self.jobs = [one if one.number in kept else replace(one, vault=self.spare) for one in self.jobs]

    def _lose(self, job: Job) -> None:
        if job.number in self._missing:
            raise EngineError(
                f"The clip {job.name} cannot be read back from {job.vault.folder}; name another with DRAMATIS_VAULT."
            )
        self._missing.add(job.number)
        self.started.discard(job.number)
        del self.done[job.number]
        self.frames_done -= job.frames


def _cost(job: Job) -> int:
    return job.frames * job.take.canvas.width * job.take.canvas.height
