"""Workers that begin as copies of this process: what is loaded here is loaded there, which takes each of them 0.4 s otherwise.

A copy has one thread and may find a lock taken that another thread held, so only a process without other threads is copied.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from importlib import import_module
from io import FileIO
from pathlib import Path
from typing import IO, NoReturn

from dramatis.runtime import worker
from dramatis.runtime.environment import become_worker
from dramatis.runtime.process import WorkerProcess

_TASKS = Path("/proc/self/task")
_NEEDED = ("av.video.frame", "dramatis.media.pictures.colour", "dramatis.media.videos.luma_pattern")
"""What writing a clip loads, by each worker otherwise."""
_TICK = 0.005  # seconds


def can_fork() -> bool:
    """Whether this process can be copied: it is one of Linux, and has one thread, those of libraries counted."""
    return _TASKS.is_dir() and len(list(_TASKS.iterdir())) == 1


def forked() -> WorkerProcess:
    """A worker that is a copy of this process; raises `OSError`."""
    for name in _NEEDED:
        import_module(name)
    log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the worker
    jobs, told = os.pipe()
    heard, answers = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(told)
        os.close(heard)
        _work(jobs, answers, log.fileno())
    os.close(jobs)
    os.close(answers)
    return WorkerProcess(_Fork(process), FileIO(told, "w"), FileIO(heard), log)


class _Fork:
    """A copy of this process, as `subprocess.Popen` shows one."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._code: int | None = None

    def terminate(self) -> None:
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        latest = None if timeout is None else time.monotonic() + timeout
        while self._code is None:
            ended, status = os.waitpid(self.pid, 0 if latest is None else os.WNOHANG)
            if ended:
                self._code = os.waitstatus_to_exitcode(status)
            elif latest is not None and time.monotonic() > latest:
                raise subprocess.TimeoutExpired("worker", timeout or 0)
            else:
                time.sleep(_TICK)
        return self._code

    def _signal(self, number: int) -> None:
        if self._code is None:
            os.kill(self.pid, number)


def _work(jobs: int, answers: int, log: int) -> NoReturn:
    """What the copy does instead of going on: all that a worker does that was started as a program."""
    code = 1
    try:
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        for end, place in ((jobs, 0), (answers, 1), (log, 2)):
            os.dup2(end, place)
        os.close(jobs)
        os.close(answers)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(place, mode) for place, mode in enumerate("rww"))
        become_worker(str(Path(__file__).parents[2]))
        worker.main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)
