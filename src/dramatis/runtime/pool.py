"""Renders takes in parallel: clips are made in any order and returned in the film's order.

`Pool` owns the worker processes and starts them immediately, so that they load while the film is being planned.
`render_all` renders the takes of any stage. Without workers, takes are
rendered in the caller's own process.
"""

import selectors
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from dramatis.clock import Span
from dramatis.errors import DramatisError, EngineError, OutputError
from dramatis.media.captioned_frames import Captions
from dramatis.media.video import Encoding
from dramatis.runtime.environment import peak_megabytes
from dramatis.runtime.jobs import Done, Failed, FramesDone, Job, Ready, film
from dramatis.runtime.process import WorkerProcess
from dramatis.runtime.vault import Vault, digest
from dramatis.take import Engine, Event, Limits, Loading, OnEvent, Take

_TICK = 0.1  # seconds until a cancellation is noticed
_WARM = 4  # workers that start before the amount of work is known
_AHEAD = 8  # clips per worker that may be finished ahead of their turn

STAGE = "filming"


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


class Pool:
    """At most `workers` processes that render with one engine at a time. `builder` is a picklable function that makes it.

    A few start at once, the others when it is known that there is work for them. Those that start at once share out `ahead`
    (picklable functions of an engine), which they do before there is work.
    """

    def __init__(self, builder: Callable[[], Engine], workers: int, ahead: Sequence[Callable[[Engine], None]] = ()) -> None:
        self._builder = builder
        self._workers: list[WorkerProcess] = []
        self._engines: dict[Callable[[], Engine], Engine] = {}
        self._vaults: list[Vault] = []
        self._most = workers
        self.begin(builder, ahead)

    def begin(self, builder: Callable[[], Engine], ahead: Sequence[Callable[[Engine], None]] = ()) -> None:
        """Begin a film. A pool may make several, one after the other: workers that have its engine already stay, forget the film
        before, and share out `ahead`.
        """
        self.turn_to(builder)
        self._vaults.clear()
        for number, worker in enumerate(self._workers):
            worker.begin(tuple(ahead[number :: len(self._workers)]))
        first = 0 if self._workers else min(self._most, _WARM)
        self._grow([partial(_begun, builder, tuple(ahead[number::first])) for number in range(first)])

    @property
    def engine(self) -> Engine:
        """The engine in this process."""
        return self.engine_of(self._builder)

    def engine_of(self, builder: Callable[[], Engine]) -> Engine:
        """The engine of a builder in this process, built on first use; raises `EngineError` if it cannot render here."""
        if builder not in self._engines:
            engine = self._engines[builder] = builder()
            if isinstance(engine, Loading):
                engine.check()
        return self._engines[builder]

    def turn_to(self, builder: Callable[[], Engine]) -> None:
        """From now on render with the engine of that builder; workers that have another one are stopped."""
        if builder != self._builder:
            self.close()
            self._builder = builder

    @property
    def workers(self) -> list[WorkerProcess]:
        """The worker processes that are alive."""
        return self._workers

    def serve(self, work: "Work", jobs: int) -> None:
        """There are so many jobs of this work; `close` clears away what is left half-written in its vaults."""
        work.vault.prepare()
        self._vaults += [vault for vault in (work.vault, work.spare) if vault is not None]
        most = min(self._most, self.engine.limits.at_once or self._most)
        self._stop(self._workers[most:])
        self._grow([self._builder] * (min(most, jobs) - len(self._workers)))

    def close(self) -> None:
        """Stop every worker at once."""
        self._stop(self._workers)

    def _stop(self, workers: Sequence[WorkerProcess]) -> None:
        self._workers = [worker for worker in self._workers if worker not in workers]
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.stop()
            for vault in self._vaults:
                vault.sweep(worker.process.pid)

    def _grow(self, builders: Sequence[Callable[[], Engine]]) -> None:
        try:
            for builder in builders:
                self._workers.append(WorkerProcess(builder))
        except OSError as fault:
            self.close()
            raise EngineError(f"A worker process cannot be started ({fault.strerror}); set DRAMATIS_WORKERS=0.") from fault

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _begun(builder: Callable[[], Engine], ahead: Sequence[Callable[[Engine], None]]) -> Engine:
    engine = builder()
    for preparation in ahead:
        preparation(engine)
    return engine


@dataclass(frozen=True)
class Work:
    """The takes to render, and where to.

    `end`: the film's number of frames; frames beyond it are dropped. `spare`: the vault for clips that do not fit into `vault`.
    `captions`: those of the film, drawn onto its frames.
    """

    takes: Sequence[Take]
    vault: Vault
    encoding: Encoding
    end: int | None = None
    spare: Vault | None = None
    captions: Captions | None = None

    def jobs(self, limits: Limits) -> list[Job]:
        """One job for each take."""
        return [self._job(number, take, limits) for number, take in enumerate(self.takes)]

    def _job(self, number: int, take: Take, limits: Limits) -> Job:
        frames = take.frames if self.end is None else min(take.frames, self.end - take.first)
        rate = take.canvas.rate
        seen = Span(rate.time(take.first), rate.time(take.first + frames - 1))
        captions = None if self.captions is None else self.captions.during(seen)
        name = digest(limits, take, self.encoding, frames, captions)
        return Job(number, name, take, frames, self.vault, self.encoding, captions)


def render_all(pool: Pool, work: Work, on_event: OnEvent) -> Iterator[RenderedClip]:
    """Finished clips in the order of the takes; those that the vault has are not rendered.

    Raises what an engine raises, `EngineError` if a worker dies, and whatever `on_event` raises; then the workers are
    stopped, no half-written clip is left, and what is finished stays in the vault.
    """
    queue = _JobQueue(work.jobs(pool.engine.limits), work.spare, on_event)
    pool.serve(work, len(queue.jobs) - len(queue.done))
    return _side_by_side(pool, queue) if pool.workers else _one_by_one(pool.engine, queue)


class _JobQueue:
    """Jobs that are waiting, running and done."""

    def __init__(self, jobs: list[Job], spare: Vault | None, on_event: OnEvent) -> None:
        self.jobs, self.spare, self.on_event = jobs, spare, on_event
        self.total = sum(job.frames for job in jobs)
        self.under_way: dict[int, int] = {}
        self.done: dict[int, Done] = {job.number: Done(job.number, 0.0, 0.0) for job in jobs if job.vault.find(job.name)}
        self.started = set(self.done)
        self.frames_done = sum(jobs[number].frames for number in self.done)
        self.turn = 0
        self._lost: set[int] = set()

    def report(self) -> None:
        """Report progress; the caller may cancel here."""
        note = f"{len(self.done)} of {len(self.jobs)} clips"
        self.on_event(Event(STAGE, self.frames_done + sum(self.under_way.values()), self.total, note))

    def next_job(self, ahead: int) -> Job | None:
        """The first job that nobody has taken, if it is not too far ahead of the one whose turn it is."""
        for job in self.jobs[self.turn : self.turn + ahead]:
            if job.number not in self.started:
                self.started.add(job.number)
                self.under_way[job.number] = 0
                return job
        return None

    def finish(self, done: Done) -> None:
        """Note that a job is done."""
        self.under_way.pop(done.number, None)
        self.frames_done += self.jobs[done.number].frames
        self.done[done.number] = done

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
        if job.number in self._lost:
            raise EngineError(
                f"The clip {job.name} cannot be read back from {job.vault.folder}; name another with DRAMATIS_VAULT."
            )
        self._lost.add(job.number)
        self.started.discard(job.number)
        del self.done[job.number]
        self.frames_done -= job.frames


def _one_by_one(engine: Engine, queue: _JobQueue) -> Iterator[RenderedClip]:
    while True:
        queue.report()
        yield from queue.ready()
        job = queue.next_job(1)
        if job is None:
            return
        started = time.monotonic()

        def on_frame(count: int, number: int = job.number) -> None:
            queue.under_way[number] = count
            queue.report()

        try:
            film(engine, job, on_frame)
        except OutputError as fault:
            queue.refused(job.number, fault)
        else:
            queue.finish(Done(job.number, time.monotonic() - started, peak_megabytes()))


def _side_by_side(pool: Pool, queue: _JobQueue) -> Iterator[RenderedClip]:
    ahead = _AHEAD * len(pool.workers)
    try:
        with selectors.DefaultSelector() as selector:
            for worker in pool.workers:
                selector.register(worker.answers, selectors.EVENT_READ, worker)
            while queue.turn < len(queue.jobs):
                queue.report()
                yield from queue.ready()
                for worker in pool.workers:
                    worker.start_next(queue.next_job, ahead)
                for key, _ in selector.select(_TICK):
                    _receive(cast(WorkerProcess, key.data), queue)
    except BaseException:
        pool.close()
        raise


def _receive(worker: WorkerProcess, queue: _JobQueue) -> None:
    answer = worker.receive_answer()
    if isinstance(answer, Ready):
        worker.idle = True
    elif isinstance(answer, FramesDone):
        queue.under_way[answer.number] = answer.frames
    elif isinstance(answer, Done):
        worker.idle = True
        queue.finish(answer)
    elif isinstance(answer, Failed) and answer.fault is not None:
        queue.refused(answer.number, answer.fault)
        worker.idle = True
    elif isinstance(answer, Failed):
        raise RuntimeError(f"the engine failed in a worker:\n{answer.trace}")
    else:
        raise _death(worker, queue)


def _death(worker: WorkerProcess, queue: _JobQueue) -> DramatisError:
    code = worker.process.wait()
    how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
    cause = "; often that is too little memory" if code == -9 else ""
    said = worker.last_error()
    kept = f"{len(queue.done)} of {len(queue.jobs)} clips are finished and kept: run the same command again"
    return EngineError(f"A worker process {how}{cause}{said}; {kept}, perhaps with fewer DRAMATIS_WORKERS.")
