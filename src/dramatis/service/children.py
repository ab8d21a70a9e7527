"""The server's side of a child process (`child_loop.py` is the other): start it, ask, stop it."""

import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from dramatis.errors import ServiceError
from dramatis.runtime.environment import worker_environment
from dramatis.service.records import Plain

_ROOT = str(Path(__file__).parents[2])
_AT_ONCE = 2  # children of one pool
_TO_DIE = 5.0  # seconds
_MOST_WAITING = 60  # requests for one pool, each of which keeps a thread of the server busy


class Child:
    """One child process that runs a module of this package; it is started again when it is asked after it has ended."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `close`
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start it, if it is not running: it loads what it needs before the first request. Raises `ServiceError`
        after `close`.
        """
        with self._lock:
            if self._log.closed:
                raise ServiceError("The service ends; ask again when it runs.", "ending", 503)
            if self._process is None or self._process.poll() is not None:
                self._reap()
                self._log.seek(0)
                self._log.truncate()
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", self._module],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._log,
                    env=worker_environment(_ROOT, directs=True),
                    start_new_session=True,  # Ctrl-C in the terminal is the server's to handle
                )

    def send(self, request: Plain) -> None:
        """Ask for something; `answers` says what comes."""
        self.start()
        ears = cast("IO[bytes]", cast("subprocess.Popen[bytes]", self._process).stdin)
        with suppress(OSError):  # a dead child is noticed when an answer is read
            ears.write(json.dumps(request).encode() + b"\n")
            ears.flush()

    def answers(self) -> Iterator[Plain]:
        """What the child says; the last is `{"done": ...}` or `{"failed": ...}`, unless it died before."""
        process = self._process
        with suppress(ValueError):  # closed meanwhile, or killed within a line
            for line in cast("IO[bytes]", process.stdout) if process is not None else ():
                answer: Plain = json.loads(line)
                yield answer
                if "done" in answer or "failed" in answer:
                    return

    def stop(self) -> None:
        """End it at once; whoever waits for its answer hears that there is none."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                self._process.kill()
                with suppress(subprocess.TimeoutExpired):  # until it is over, the next request would be sent to it
                    self._process.wait(_TO_DIE)

    def close(self) -> None:
        """End it and free what belongs to it."""
        self.stop()
        with self._lock:
            self._reap()
            self._log.close()

    def death(self) -> str:
        """How the process ended, as a part of a sentence."""
        with self._lock:
            if self._log.closed:
                return "ended with the service"
            code = self._process.wait() if self._process is not None else 0
            self._log.seek(0)
            lines = self._log.read().decode(errors="replace").strip().splitlines()
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        return how + (f" ({lines[-1].strip()})" if lines else "")

    def _reap(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    cast("IO[bytes]", pipe).close()
            process.wait()


class ChildPool:
    """Children that answer short requests, each one at a time and within `timeout` seconds; a second one is started when the
    first is busy.
    """

    def __init__(self, module: str, timeout: float) -> None:
        self._timeout = timeout
        self._children = [Child(module) for _ in range(_AT_ONCE)]
        self._free = queue.LifoQueue[Child]()
        for child in reversed(self._children):
            self._free.put(child)
        self._places = threading.BoundedSemaphore(_MOST_WAITING)

    def ask(self, request: Plain) -> Plain:
        """The answer; raises `ServiceError` for what the child refuses, if it dies or takes too long, or if very many wait."""
        if not self._places.acquire(blocking=False):
            raise ServiceError("Very many requests of this kind wait for their turn; try again soon.", "busy", 429)
        try:
            return self._asked(request)
        finally:
            self._places.release()

    def _asked(self, request: Plain) -> Plain:
        child, late = self._free.get(), threading.Event()

        def give_up() -> None:
            late.set()
            child.stop()

        alarm = threading.Timer(self._timeout, give_up)
        alarm.daemon = True
        alarm.start()
        try:
            child.send(request)
            answers = list(child.answers())
            how = "" if answers else f"took longer than {self._timeout:g} s" if late.is_set() else child.death()
        finally:
            alarm.cancel()
            self._free.put(child)
        return _answer(answers, how)

    def close(self) -> None:
        """End the children."""
        for child in self._children:
            child.close()


def _answer(answers: list[Plain], death: str) -> Plain:
    if not answers:
        raise ServiceError(
            f"This cannot be read: the process that tried {death}; give a simpler file.", "unreadable", 400, "file"
        )
    answer = answers[-1]
    if "failed" in answer:
        code = answer["failed"]["code"]
        raise ServiceError(answer["failed"]["message"], code, 500 if code == "internal" else 400)
    done: Plain = answer["done"]
    return done
