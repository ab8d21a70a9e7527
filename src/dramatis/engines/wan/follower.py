"""What runs in a process of another card (`ranks.py`): `python -m dramatis.engines.wan.follower`, takes on standard input.

It ends as soon as its parent does, however that ended: its input closes.
"""

import os
import pickle
import queue
import threading
from io import FileIO

from dramatis.runtime.pickling import receive


def main() -> None:
    """Film what the first process films, until that ends."""
    os.dup2(2, 1)  # nobody reads what libraries print
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(FileIO(0), inbox), daemon=True).start()
    rank, build = pickle.loads(inbox.get())
    engine = rank.engine(build)
    while True:
        for _ in engine.render(pickle.loads(inbox.get())).frames:
            pass


def _listen(pipe: FileIO, inbox: "queue.SimpleQueue[bytes]") -> None:
    while (data := receive(pipe)) is not None:
        inbox.put(data)
    os._exit(0)  # also in the middle of a step, which would wait for ever


if __name__ == "__main__":
    main()
