"""A worker that is a process, possibly behind a command that reaches another machine. `worker.py` is what runs in it."""

import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import IO, Protocol, cast

from dramatis.runtime.environment import worker_environment
from dramatis.runtime.pickling import send

_TIMEOUT = 5.0  # seconds that a stopped process may take to end what it does elsewhere


class Running(Protocol):
    """What is needed of `subprocess.Popen`."""

    pid: int

    def terminate(self) -> None: ...

    def kill(self) -> None: ...

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, that of a signal negative; raises `subprocess.TimeoutExpired`."""
        ...


class WorkerProcess:
    """A `render_lanes.Channel` to one process, with the ends of its pipes, and what it writes to its error output."""

    def __init__(self, process: Running, jobs: FileIO, answers: FileIO, log: IO[bytes]) -> None:
        self._process, self._jobs, self._log = process, jobs, log
        self.answers = answers
        self.pid: int | None = process.pid

    def send(self, data: bytes) -> None:
        """Say something to it."""
        with suppress(BrokenPipeError):
            send(self._jobs, data)

    def kill(self) -> None:
        """Stop it. What it runs behind a command ends by itself: its input closes."""
        self._process.terminate()

    def close(self) -> None:
        """Wait for its end and release its resources. One whose engine works elsewhere ends that first (`worker.py`)."""
        for pipe in (self._jobs, self.answers):
            with suppress(OSError):
                pipe.close()
        try:
            self._process.wait(_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def has_ended(self, within: float) -> bool:
        """Whether it ends within so many seconds."""
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True

    def ended(self) -> str:
        """How it ended, with the last line of its error output."""
        code = self._process.wait()
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        said = f" ({lines[-1].strip()})" if lines else ""
        why = "; often that is too little memory, and fewer DRAMATIS_WORKERS need less" if code == -signal.SIGKILL else ""
        return f"{how}{why}{said}"


def started(words: Sequence[str]) -> WorkerProcess:
    """A worker that is a program of its own, with these words as its command line; raises `OSError`."""
    log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the worker
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            bufsize=0,
            env=worker_environment(str(Path(__file__).parents[2])),
            start_new_session=True,  # Ctrl-C in the terminal is the parent's to handle
        )
    except OSError:
        log.close()
        raise
    return WorkerProcess(process, cast(FileIO, process.stdin), cast(FileIO, process.stdout), log)
