"""What runs in a worker process: `python -m dramatis.runtime.worker`, jobs on standard input, answers on standard output.

A worker is a plain child process, not one of `multiprocessing`: it does not import the caller's main module,
starts in a fraction of a second, and ends as soon as its parent does, however that ended (its input closes).
"""

import os
import pickle
import queue
import threading
import time
import traceback
from collections.abc import Callable
from io import FileIO
from typing import cast

from dramatis.errors import DramatisError
from dramatis.runtime.environment import peak_megabytes
from dramatis.runtime.jobs import Anew, Answer, Done, Failed, FramesDone, Job, Ready, film
from dramatis.runtime.pickling import Unpacker, receive, send
from dramatis.take import Engine, Loading

_PAUSE = 0.2  # seconds between two reports of progress


def main() -> None:
    """Build the engine that the first message names, then film every job until the input closes."""
    answers = FileIO(os.dup(1), "w")
    os.dup2(2, 1)  # output of libraries must not mix with the answers
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(FileIO(0), inbox), daemon=True).start()
    unpacker = Unpacker()
    engine = _build(cast("Callable[[], Engine]", unpacker.unpack(inbox.get())), answers)
    while engine is not None:
        message = unpacker.unpack(inbox.get())
        if isinstance(message, Anew):
            unpacker = Unpacker()
            _prepare(engine, message, answers)
        else:
            _work(engine, cast(Job, message), answers)


def _listen(pipe: FileIO, inbox: "queue.SimpleQueue[bytes]") -> None:
    while (message := receive(pipe)) is not None:
        inbox.put(message)
    os._exit(0)  # the parent has finished or died


def _build(builder: Callable[[], Engine], answers: FileIO) -> Engine | None:
    import cv2

    cv2.setNumThreads(1)
    try:
        engine = builder()
        if isinstance(engine, Loading):
            engine.load()
    except DramatisError as fault:
        _answer(answers, Failed(-1, fault, ""))
        return None
    _answer(answers, Ready())
    return engine


def _prepare(engine: Engine, message: Anew, answers: FileIO) -> None:
    for preparation in message.ahead:
        preparation(engine)
    _answer(answers, Ready())


def _work(engine: Engine, job: Job, answers: FileIO) -> None:
    started = told = time.monotonic()

    def on_frame(count: int) -> None:
        nonlocal told
        if time.monotonic() - told > _PAUSE:
            told = time.monotonic()
            _answer(answers, FramesDone(job.number, count))

    try:
        film(engine, job, on_frame)
    except DramatisError as fault:
        _answer(answers, Failed(job.number, fault, ""))
    except BaseException:
        _answer(answers, Failed(job.number, None, traceback.format_exc()))
        raise
    else:
        _answer(answers, Done(job.number, time.monotonic() - started, peak_megabytes()))


def _answer(answers: FileIO, answer: Answer) -> None:
    send(answers, pickle.dumps(answer))


if __name__ == "__main__":
    main()
