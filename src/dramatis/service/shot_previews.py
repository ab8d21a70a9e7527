"""Small films of the shots that people look at while they edit: one child process, and only the newest request of each."""

import threading
import uuid
from pathlib import Path

from dramatis.errors import ServiceError
from dramatis.service.child_loop import CANCEL
from dramatis.service.children import Child
from dramatis.service.lanes import FILM_CHILD
from dramatis.service.records import Plain

_MOST_WAITING = 8
_LONGEST = 60.0  # seconds
MOST_SECONDS = 600.0
"""Of a shot that is previewed: what is longer keeps all others waiting."""


class ShotPreviews:
    """The child stays between requests, so the second preview of a film has everything loaded."""

    def __init__(self, folder: Path, takes: Path) -> None:
        self._folder, self._takes = folder, takes
        self._child = Child(FILM_CHILD)
        self._guard, self._turn = threading.Lock(), threading.Lock()
        self._newest: dict[str, str] = {}
        self._current = ""

    def warm(self) -> None:
        """Somebody looks at a plan: load what the first preview needs."""
        self._child.start()

    def film(self, viewer: str, document: Plain, shot: int) -> bytes:
        """The MP4 of a shot (from 0 on) of a storyline whose files are located. A newer request of the same viewer cancels it.

        Raises `ServiceError`: "superseded" if that happened.
        """
        ticket = uuid.uuid4().hex
        with self._guard:
            if viewer not in self._newest and len(self._newest) >= _MOST_WAITING:
                raise ServiceError("Too many shots are being looked at; try again soon.", "busy", 429)
            self._newest[viewer] = ticket
            if self._current == viewer:
                self._child.send(CANCEL)
        try:
            with self._turn:
                return self._filmed(viewer, ticket, document, shot)
        finally:
            with self._guard:
                if self._newest.get(viewer) == ticket:
                    del self._newest[viewer]

    def close(self) -> None:
        """End the child."""
        self._child.close()

    def _filmed(self, viewer: str, ticket: str, document: Plain, shot: int) -> bytes:
        output = self._folder / f"{ticket}.mp4"
        request = {"do": "preview", "document": document, "shot": shot, "output": str(output), "vault": str(self._takes)}
        with self._guard:
            if self._newest.get(viewer) != ticket:
                raise _superseded()
            self._child.send(request)
            self._current = viewer
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self._child.stop()

        alarm = threading.Timer(_LONGEST, give_up)
        alarm.daemon = True
        alarm.start()
        try:
            answers = list(self._child.answers())
        finally:
            alarm.cancel()
            with self._guard:
                self._current = ""
        try:
            if late.is_set():
                raise ServiceError(f"The preview takes longer than {_LONGEST:.0f} s; split the shot.", "too_long", 400, "shot")
            return _read(answers, output)
        finally:
            for left in self._folder.glob(f"{ticket}.*"):
                left.unlink(missing_ok=True)


def _read(answers: list[Plain], output: Path) -> bytes:
    last = answers[-1] if answers else {}
    if "done" in last:
        return output.read_bytes()
    if "failed" not in last:
        raise ServiceError("The process that films previews ended; try again.", "crashed", 503)
    if last["failed"]["code"] == "superseded":
        raise _superseded()
    raise ServiceError(last["failed"]["message"], last["failed"]["code"], 400)


def _superseded() -> ServiceError:
    return ServiceError("A newer preview was asked for.", "superseded", 409)
