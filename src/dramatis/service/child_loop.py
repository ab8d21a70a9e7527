"""A child process of the service: requests on standard input, answers on standard output, one JSON object a line.

It ends as soon as the server does, however that ended (its input closes), even in the middle of a request.
"""

import json
import os
import queue
import sys
import threading
import traceback
from collections.abc import Callable

from dramatis.errors import DramatisError, ServiceError
from dramatis.service.records import Plain

Say = Callable[[Plain], None]
_NICE = 5
"""Lower priority than the server's: it answers while films take all cores."""


def serve(handle: Callable[[Plain, Say], Plain], begin: Callable[[], None] = lambda: None) -> None:
    """Answer requests until the input closes. `handle` may say things before it returns the answer; `begin` is called once the
    process listens.

    User errors become the answer `{"failed": ...}`. Any other exception ends the process: nobody knows what it left behind.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # output of libraries must not mix with the answers
    inbox: queue.SimpleQueue[str] = queue.SimpleQueue()

    def say(answer: Plain) -> None:
        answers.write(json.dumps(answer, ensure_ascii=True) + "\n")
        answers.flush()

    threading.Thread(target=_listen, args=(inbox,), daemon=True).start()
    os.nice(_NICE)
    begin()
    while True:
        try:
            say({"done": handle(json.loads(inbox.get()), say)})
        except DramatisError as fault:
            say({"failed": {"code": _code(fault), "message": " ".join(str(fault).split())}})
        except Exception as fault:  # a fault of ours: told, and the process is replaced by a fresh one
            traceback.print_exc()
            say({"failed": {"code": "internal", "message": f"The program failed: {type(fault).__name__}: {fault}"}})
            os._exit(1)


def _listen(inbox: "queue.SimpleQueue[str]") -> None:
    for line in sys.stdin:
        inbox.put(line)
    os._exit(0)


def _code(fault: DramatisError) -> str:
    """What programs call a fault: `FaceError` is `face`."""
    return fault.code if isinstance(fault, ServiceError) else type(fault).__name__.removesuffix("Error").lower()
