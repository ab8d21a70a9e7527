"""The pool's side of a worker process: start it, send jobs, receive answers, stop it. `worker.py` is the other side."""

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import IO, cast

from dramatis.runtime.environment import worker_environment
from dramatis.runtime.jobs import Anew, Answer, Job
from dramatis.runtime.pickling import Packer, receive, send
from dramatis.take import Engine


class WorkerProcess:
    """The pool's side of one worker process."""

    def __init__(self, builder: Callable[[], Engine]) -> None:
        self.idle = False
        self._packer = Packer()
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `stop`
        root = str(Path(__file__).parents[2])
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "dramatis.runtime.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            bufsize=0,
            env=worker_environment(root),
            start_new_session=True,  # Ctrl-C in the terminal is the parent's to handle
        )
        self.answers = cast(FileIO, self.process.stdout)
        self._say(builder)

    def begin(self, ahead: "tuple[Callable[[Engine], None], ...]") -> None:
        """Forget the values of the last film, then do these with the engine."""
        self.idle = False
        self._say(Anew(ahead))
        self._packer = Packer()

    def start_next(self, next_job: Callable[[int], Job | None], ahead: int) -> None:
        """Start the next job, if this worker is idle and there is one."""
        job = next_job(ahead) if self.idle else None
        if job is not None:
            self.idle = False
            self._say(job)

    def receive_answer(self) -> Answer | None:
        """The next answer; None if the process has died."""
        data = receive(self.answers)
        return None if data is None else cast(Answer, pickle.loads(data))

    def last_error(self) -> str:
        """The last line that the process wrote to its error output, for a message."""
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        return f" ({lines[-1].strip()})" if lines else ""

    def stop(self) -> None:
        """Wait for the end of the killed process and release its resources."""
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                cast(FileIO, pipe).close()
        self.process.wait()
        self._log.close()

    def _say(self, value: object) -> None:
        with suppress(BrokenPipeError):  # a dead worker is noticed when an answer is read
            send(cast(FileIO, self.process.stdin), self._packer.pack(value))
