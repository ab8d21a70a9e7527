"""Renders takes in parallel: clips are made in any order and returned in the film's order.

`Pool` owns the workers and starts them immediately, so that they load while the film is being planned.
`render_all` renders the takes of any stage. Without workers, takes are
rendered in the caller's own process. A worker that is lost gives its take back, and the others go on.
"""

import pickle
import selectors
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Self, cast

from dramatis.clock import Span
from dramatis.errors import DramatisError, EngineError, LaneError, OutputError
from dramatis.media.pictures.captioned_frames import Captions
from dramatis.media.videos.video import Encoding
from dramatis.runtime.dispatch import LOST, RenderedClip, TakeQueue
from dramatis.runtime.environment import peak_megabytes
from dramatis.runtime.jobs import Answer, Done, Failed, FramesDone, Job, NextFilm, Ready, Start, film
from dramatis.runtime.pickling import Packer, receive
from dramatis.runtime.program import program_digest
from dramatis.runtime.render_lanes import HERE, RenderLane
from dramatis.runtime.vault import Vault, digest
from dramatis.take import Engine, Event, Limits, Loading, OnEvent, Take

_TICK = 0.1  # seconds until a cancellation is noticed
_WARM = 4  # workers that start before the amount of work is known
AHEAD = 8  # clips per worker that may be finished ahead of their turn


class Worker:
    """One worker as the film's own process sees it: its lane, and the job that it has."""

    def __init__(self, lane: RenderLane, number: int, builder: Callable[[], Engine]) -> None:
        self.lane, self.number = lane, number
        self._owed = 0
        self.job: Job | None = None
        self._packer = Packer(files=not lane.shared)
        self.channel = lane.open()
        program = "" if lane.name == HERE else program_digest()
        self._say(Start(builder, number, program, lane.shared))

    def begin(self, ahead: "tuple[Callable[[Engine], None], ...]") -> None:
        """Forget the values of the last film, then do these with the engine."""
        self._say(NextFilm(ahead))
        self._packer = Packer(files=not self.lane.shared)

    def start(self, job: Job) -> None:
        """Start a job; the worker is idle."""
        self.job = job
        self._say(job)

    @property
    def idle(self) -> bool:
        """Whether it has answered all that it was told."""
        return self._owed == 0

    def receive_answer(self) -> Answer | None:
        """The next answer; None if the worker has died."""
        data = receive(self.channel.answers)
        answer = None if data is None else cast(Answer, pickle.loads(data))
        if isinstance(answer, Ready | Done | Failed):
            self._owed -= 1
        return answer

    def _say(self, value: Start | NextFilm | Job) -> None:
        self._owed += 1
        self.channel.send(self._packer.pack(value))


class Pool:
    """Workers, at most one for each lane, that render with one engine at a time. `builder` is a picklable function that makes it.

    A few start at once, the others when it is known that there is work for them. Those that start at once share out `ahead`
    (picklable functions of an engine), which they do before there is work.
    """

    def __init__(
        self, builder: Callable[[], Engine], lanes: Sequence[RenderLane] = (), ahead: Sequence[Callable[[Engine], None]] = ()
    ) -> None:
        self._builder = builder
        self._lanes = tuple(lanes)
        self._lost: set[int] = set()
        self.workers: list[Worker] = []
        self._engines: dict[Callable[[], Engine], Engine] = {}
        self._vaults: list[Vault] = []
        self.begin(builder, ahead)

    def begin(self, builder: Callable[[], Engine], ahead: Sequence[Callable[[Engine], None]] = ()) -> None:
        """Begin a film. A pool may make several, one after the other: workers that have its engine already stay, forget the film
        before, and share out `ahead`.
        """
        self.turn_to(builder)
        self._vaults.clear()
        self._lost.clear()
        for number, worker in enumerate(self.workers):
            worker.begin(tuple(ahead[number :: len(self.workers)]))
        first = 0 if self.workers else min(len(self._lanes), _WARM)
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

    def serve(self, work: "Work", jobs: int) -> None:
        """There are so many jobs of this work; `close` clears away what is left half-written in its vaults."""
        work.vault.prepare()
        self._vaults += [vault for vault in (work.vault, work.spare) if vault is not None]
        most = self.engine.limits.at_once
        on_machine: Counter[str] = Counter()
        for worker in list(self.workers):
            on_machine[worker.lane.name] += 1
            if most is not None and on_machine[worker.lane.name] > most:
                self._stop([worker])
        self._grow([self._builder] * max(0, min(len(self._lanes), jobs) - len(self.workers)), most)

    def lose(self, worker: Worker) -> None:
        """Stop a worker; its lane is not used again for this film."""
        self._lost.add(worker.number)
        self._stop([worker])

    def close(self) -> None:
        """Stop every worker at once."""
        self._stop(self.workers)

    def _stop(self, workers: Sequence[Worker]) -> None:
        self.workers = [worker for worker in self.workers if worker not in workers]
        for worker in workers:
            worker.channel.kill()
        for worker in workers:
            worker.channel.close()
            for vault in self._vaults:
                if worker.channel.pid is not None:
                    vault.sweep(worker.channel.pid)

    def _grow(self, builders: Sequence[Callable[[], Engine]], most: int | None = None) -> None:
        """Start workers on free lanes, at most so many on each machine."""
        taken = {worker.number for worker in self.workers} | self._lost
        on_machine = Counter(worker.lane.name for worker in self.workers)
        waiting = list(builders)
        try:
            for number, lane in enumerate(self._lanes):
                if number in taken or not waiting or (most is not None and on_machine[lane.name] >= most):
                    continue
                self.workers.append(Worker(lane, number, waiting.pop(0)))
                on_machine[lane.name] += 1
        except OSError as fault:
            self.close()
            what = "set DRAMATIS_WORKERS=0" if lane.name == HERE else "correct its command in the file of lanes"
            raise EngineError(f"A worker on {lane.name} cannot be started ({fault.strerror}): {what}.") from fault

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

    Raises what an engine raises, `EngineError` if the last worker dies, or several at one take, and whatever `on_event` raises;
    then the workers are stopped, no half-written clip is left, and what is finished stays in the vault.
    """
    queue = TakeQueue(work.jobs(pool.engine.limits), work.spare, on_event)
    pool.serve(work, len(queue.jobs) - len(queue.done))
    return _side_by_side(pool, queue) if pool.workers else _one_by_one(pool.engine, queue)


def _one_by_one(engine: Engine, queue: TakeQueue) -> Iterator[RenderedClip]:
    while True:
        queue.report()
        yield from queue.ready()
        job = queue.next_job(0, (0,), 1)
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


def _side_by_side(pool: Pool, queue: TakeQueue) -> Iterator[RenderedClip]:
    try:
        with selectors.DefaultSelector() as selector:
            for worker in pool.workers:
                selector.register(worker.channel.answers, selectors.EVENT_READ, worker)
            while queue.turn < len(queue.jobs):
                queue.report()
                numbers = [worker.number for worker in pool.workers]
                for worker in pool.workers:
                    if worker.idle and (job := queue.next_job(worker.number, numbers, AHEAD * len(numbers))):
                        worker.start(job)
                yield from queue.ready()  # who takes a clip may need a while
                for key, _ in selector.select(_TICK):
                    worker = cast(Worker, key.data)
                    lost = _received(worker, queue)
                    if lost is not None:
                        selector.unregister(worker.channel.answers)
                        _go_on_without(worker, lost, pool, queue)
    except BaseException:
        pool.close()
        raise


def _received(worker: Worker, queue: TakeQueue) -> DramatisError | None:
    """Take one answer; a fault if the worker is lost. Raises what makes the film fail."""
    answer = worker.receive_answer()
    if isinstance(answer, FramesDone):
        queue.under_way[answer.number] = answer.frames
    elif isinstance(answer, Done):
        _finished(answer, queue)
    elif isinstance(answer, Failed) and answer.fault is None:
        raise RuntimeError(f"the engine failed in a worker:\n{answer.trace}")
    elif isinstance(answer, Failed):
        fault = cast(DramatisError, answer.fault)
        if isinstance(fault, LaneError) or answer.number < 0:
            return fault
        queue.refused(answer.number, fault)
    elif answer is None:
        return LaneError(f"it {worker.channel.ended()}")
    return None


def _finished(answer: Done, queue: TakeQueue) -> None:
    try:
        queue.finish(answer)
    except OutputError as fault:
        queue.refused(answer.number, fault)


def _go_on_without(worker: Worker, fault: DramatisError, pool: Pool, queue: TakeQueue) -> None:
    """Give a lost worker's job to others; raises `EngineError` if there are none, or if several were lost at that job."""
    job, name = worker.job, worker.lane.name
    waits = job is None or job.number not in queue.under_way or queue.give_back(job)
    pool.lose(worker)
    happened = "is lost" if isinstance(fault, LaneError) else "cannot start"
    what = f"A worker on {name} {happened}: {str(fault).rstrip('.')}"
    if pool.workers and waits:
        queue.on_event(Event(LOST, 0, 1, f"{what}; the others do its work."))
        return
    if not isinstance(fault, LaneError):
        raise fault
    raise EngineError(f"{what}; {len(queue.done)} of {len(queue.jobs)} clips are finished and kept: run the same command again.")
