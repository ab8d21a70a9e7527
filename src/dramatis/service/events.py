"""What happens to jobs, told to everybody who listens, and kept so that a listener can catch up after a pause.

Events are numbered and written with the change that they tell of. Listeners wait in the server's event loop; threads that
change jobs only ring (`EventLog.ring`). Recent events are kept in memory, so that many listeners cost no queries.
"""

import asyncio
import json
import time
from bisect import bisect_right
from collections.abc import AsyncIterator

from dramatis.service.database import Database
from dramatis.service.records import JobEvent, Plain

KEEP_ALIVE = 15.0
"""Seconds after which a quiet listener is handed nothing, so that it can tell a quiet server from a dead one."""
_RECENT, _PAGE = 2000, 500  # events
_KEPT, _AT_ONCE = 200_000, 1000  # events in the database, and how many of the oldest are deleted at once
_GATHER = 0.1  # seconds for which news are gathered before listeners wake


class EventLog:
    """The events of all jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._recent: list[JobEvent] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: set[asyncio.Event] = set()
        self._rung = False
        self._added = 0

    def add(self, job: str, owner: str, kind: str, data: Plain) -> None:
        """Write an event, within the transaction of the change that it tells of."""
        text = json.dumps(data, ensure_ascii=False)
        self._database.run(
            "INSERT INTO events (job, owner, kind, data, at) VALUES (?, ?, ?, ?, ?)", (job, owner, kind, text, time.time())
        )
        self._added += 1
        if self._added % _AT_ONCE == 0:
            self._database.run("DELETE FROM events WHERE id <= (SELECT MAX(id) FROM events) - ?", (_KEPT,))

    def after(self, last: int, job: str | None = None, owner: str | None = None, limit: int = _PAGE) -> list[JobEvent]:
        """Events behind number `last`, oldest first; of one job, of one owner (None: of all)."""
        recent = self._recent
        if recent and recent[0].id <= last + 1:
            found = recent[bisect_right(recent, last, key=lambda event: event.id) :]
        else:
            wanted = [(name, value) for name, value in (("job", job), ("owner", owner)) if value is not None]
            where = "".join(f" AND {name} = ?" for name, _ in wanted)
            values = [last, *(value for _, value in wanted), limit]
            found = self._database.find(JobEvent, f"SELECT * FROM events WHERE id > ?{where} ORDER BY id LIMIT ?", values)
        fitting = [event for event in found if job in (None, event.job) and owner in (None, event.owner)]
        return fitting[:limit]

    @property
    def last(self) -> int:
        """The number of the latest event."""
        return int(self._database.rows("SELECT COALESCE(MAX(id), 0) FROM events")[0][0])

    def attach(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """Listeners live in this loop from now on (None: there are none any more)."""
        self._loop = loop
        for waiting in self._waiting:
            waiting.set()

    def ring(self) -> None:
        """Wake the listeners: there may be news. Called from any thread, after the change is written."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._gather, loop)

    async def listen(self, last: int, job: str | None, owner: str | None) -> AsyncIterator[list[JobEvent]]:
        """Events behind number `last` as they come, gathered; none after each quiet stretch of `KEEP_ALIVE` seconds."""
        rung = asyncio.Event()
        self._waiting.add(rung)
        try:
            while self._loop is not None:
                rung.clear()
                found = self.after(last, job, owner)
                if found:
                    last = found[-1].id
                    yield found
                    continue
                try:
                    await asyncio.wait_for(rung.wait(), KEEP_ALIVE)
                except TimeoutError:
                    yield []
        finally:
            self._waiting.discard(rung)

    def _gather(self, loop: asyncio.AbstractEventLoop) -> None:
        if not self._rung:
            self._rung = True
            loop.call_later(_GATHER, self._wake)

    def _wake(self) -> None:
        self._rung = False
        last = self._recent[-1].id if self._recent else self.last - 1
        news = self._database.find(JobEvent, "SELECT * FROM events WHERE id > ? ORDER BY id", (last,))
        self._recent = [*self._recent, *news][-_RECENT:]
        for waiting in self._waiting:
            waiting.set()
