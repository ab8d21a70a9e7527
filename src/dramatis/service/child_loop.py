"""A child process of the service: requests on standard input, answers on standard output, one JSON object a line.

It ends as soon as the server does, however that ended (its input closes), even in the middle of a request. Another line that
comes while a request is answered cancels it.
"""

import json
import os
import queue
import sys
import threading
import traceback
from collections.abc import Callable

from dramatis.errors import Cancelled, DramatisError, ServiceError
from dramatis.service.records import Plain

Say = Callable[[Plain], None]
CANCEL: Plain = {"do": "cancel"}
"""Sent while a request is answered: it is not wanted any more."""
_NICE = 5
"""Lower priority than the server's: it answers while films take all cores."""


def serve(handle: Callable[[Plain, Say], Plain], begin: Callable[[], None] = lambda: None) -> None:
    """Answer requests until the input closes. `handle` may say things before it returns the answer, which raises `Cancelled`
    once the answer is not wanted any more; `begin` is called once the process listens. `CANCEL` itself is not answered.

    User errors become the answer `{"failed": ...}`. Any other exception ends the process: nobody knows what it left behind.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # output of libraries must not mix with the answers
    inbox: queue.SimpleQueue[str] = queue.SimpleQueue()

    def say(answer: Plain) -> None:
        answers.write(json.dumps(answer, ensure_ascii=True) + "\n")
        answers.flush()

    def told(answer: Plain) -> None:
        if not inbox.empty():
            raise Cancelled
        say(answer)

    threading.Thread(target=_listen, args=(inbox,), daemon=True).start()
    os.nice(_NICE)
    begin()
    while True:
        request = json.loads(inbox.get())
        if request == CANCEL:
            continue
        try:
            say({"done": handle(request, told)})
        except Exception as fault:
            say({"failed": _failure(fault)})
            if not isinstance(fault, (DramatisError, Cancelled)):
                os._exit(1)  # a fault of ours: the process is replaced by a fresh one


def _failure(fault: Exception) -> Plain:
    if isinstance(fault, Cancelled):
        return {"code": "superseded", "message": "Something newer was asked for."}
    if isinstance(fault, DramatisError):
        return {"code": _code(fault), "message": " ".join(str(fault).split())}
    traceback.print_exception(fault)
    return {"code": "internal", "message": f"The program failed: {type(fault).__name__}: {fault}"}


def _listen(inbox: "queue.SimpleQueue[str]") -> None:
    for line in sys.stdin:
        inbox.put(line)
    os._exit(0)


def _code(fault: DramatisError) -> str:
    """What programs call a fault: `FaceError` is `face`."""
    return fault.code if isinstance(fault, ServiceError) else type(fault).__name__.removesuffix("Error").lower()
