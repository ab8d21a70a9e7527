"""What runs in a worker process: `python -m dramatis.runtime.worker`, jobs on standard input, answers on standard output.

A worker is a plain child process, not one of `multiprocessing`: it does not import the caller's main module,
starts in a fraction of a second, and ends as soon as its parent does, however that ended (its input closes).
"""

import os
import pickle
import queue
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import FileIO
from pathlib import Path
from typing import cast

from dramatis.errors import DramatisError, LaneError
from dramatis.runtime.environment import peak_megabytes
from dramatis.runtime.jobs import Answer, Done, Failed, FramesDone, Job, NextFilm, Ready, Start, film
from dramatis.runtime.pickling import Unpacker, receive, send
from dramatis.runtime.program import program_digest
from dramatis.runtime.vault import Vault
from dramatis.take import Engine, Loading, Placed

_PAUSE = 0.2  # seconds between two reports of progress
_ENDING = 5.0  # seconds that ending what an engine does elsewhere may take

Say = Callable[[bytes], None]


def main() -> None:
    """Work for the process at the other end of standard input and output until the input closes."""
    answers = FileIO(os.dup(1), "w")
    os.dup2(2, 1)  # output of libraries must not mix with the answers
    inbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    scratch = scratch_folder()
    threading.Thread(target=_listen, args=(FileIO(0), inbox, scratch), daemon=True).start()
    try:
        work(inbox.get, partial(send, answers), scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def scratch_folder() -> Path:
    """A new name for a folder in the system's temporary one; it is made when something is written to it.

    Most workers write nothing there, and one that is stopped by a signal could not remove it.
    """
    return Path(tempfile.gettempdir()) / f"dramatis-{uuid.uuid4().hex}"


def _listen(pipe: FileIO, inbox: "queue.SimpleQueue[bytes | None]", scratch: Path) -> None:
    while (message := receive(pipe)) is not None:
        inbox.put(message)
    if signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:  # what the engine does elsewhere is ended first
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_ENDING)
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(0)  # the parent has finished or died


def work(next_message: Callable[[], bytes | None], say: Say, scratch: Path) -> None:
    """Build the engine that the first message names, then film every job, until there are no more messages.

    Clips are written to the folder `scratch` and sent if the other end's files are not shared.
    """
    unpacker = Unpacker(scratch)
    start = cast(Start, unpacker.unpack(next_message() or b""))
    engine, vault = _build(start, say), None if start.shared else Vault(scratch)
    if vault is not None:
        scratch.mkdir(mode=0o700, exist_ok=True)
    while engine is not None and (data := next_message()) is not None:
        message = unpacker.unpack(data)
        if isinstance(message, NextFilm):
            unpacker = Unpacker(scratch)
            _prepare(engine, message, say)
        else:
            _work(engine, cast(Job, message), say, vault)


def _build(start: Start, say: Say) -> Engine | None:
    import cv2

    cv2.setNumThreads(1)
    try:
        if start.program and start.program != program_digest():
            raise LaneError("another version of Dramatis is installed there; install the same one on every machine")
        engine = start.builder()
        if isinstance(engine, Placed):
            engine = engine.place(start.number)
            _end_in_order()
        if isinstance(engine, Loading):
            engine.load()
    except DramatisError as fault:
        _answer(say, Failed(-1, fault, ""))
        return None
    _answer(say, Ready())
    return engine


def _end_in_order() -> None:
    """The first signal to stop becomes an exception, so that what an engine does elsewhere is ended, too; further ones, and the
    end of the input, do not interrupt that. Other engines just stop.
    """

    def stop(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        sys.exit(0)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)


def _prepare(engine: Engine, message: NextFilm, say: Say) -> None:
    for preparation in message.ahead:
        preparation(engine)
    _answer(say, Ready())


def _work(engine: Engine, job: Job, say: Say, scratch: Vault | None) -> None:
    """Film a job into its vault, or into `scratch` and send the clip."""
    started = told = time.monotonic()

    def on_frame(count: int) -> None:
        nonlocal told
        if time.monotonic() - told > _PAUSE:
            told = time.monotonic()
            _answer(say, FramesDone(job.number, count))

    try:
        film(engine, job if scratch is None else replace(job, vault=scratch), on_frame)
        clip = None if scratch is None else _taken(scratch.place(job.name))
    except DramatisError as fault:
        _answer(say, Failed(job.number, fault, ""))
    except BaseException:
        _answer(say, Failed(job.number, None, traceback.format_exc()))
        raise
    else:
        _answer(say, Done(job.number, time.monotonic() - started, peak_megabytes(), clip))


def _taken(path: Path) -> bytes:
    content = path.read_bytes()
    path.unlink()
    return content


def _answer(say: Say, answer: Answer) -> None:
    say(pickle.dumps(answer))


if __name__ == "__main__":
    main()
