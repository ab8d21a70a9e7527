"""Events that are sent to addresses (webhooks): written with the change that they tell of, and sent until they are received.

A server that is killed sends at its next start what was not received. Tries are further and further apart, for three days.
"""

import json
import threading
import time
from collections.abc import Sequence

from dramatis.service.allowed_hosts import AllowedHosts, DeliveryError
from dramatis.service.callback_bodies import body_of
from dramatis.service.database import Database
from dramatis.service.job_queue import new_id
from dramatis.service.records import Plain, ServiceJob
from dramatis.service.signatures import Signatures, event_headers

PAUSES = (5.0, 30.0, 300.0, 1800.0, 7200.0, 18_000.0, 36_000.0, 50_400.0, 72_000.0, 86_400.0)
"""Seconds between tries."""
_KEPT = 3 * 86_400.0  # seconds for which received and given up events are listed
_FILM_KEPT = 30 * 86_400.0  # seconds for which the address of a film in an event is good
_QUIET = 60.0  # seconds after which the database is asked anyway


class Callbacks(threading.Thread):
    """Events for addresses, and the thread that sends them, one after the other."""

    def __init__(self, database: Database, hosts: AllowedHosts, signatures: Signatures, pauses: Sequence[float] = PAUSES) -> None:
        super().__init__(name="callbacks", daemon=True)
        self._database, self.hosts, self._signatures, self._pauses = database, hosts, signatures, pauses
        self._news, self._ending = threading.Event(), False
        database.run("DELETE FROM callbacks WHERE state != 'waiting' AND created < ?", (time.time() - _KEPT,))
        database.run("UPDATE callbacks SET due = 0 WHERE state = 'waiting'")  # a restart may have mended what failed

    def note(self, job: ServiceJob) -> None:
        """A job changed: within the same transaction, what is to be told of it is written."""
        if job.callback is None:
            return
        name, now = new_id("msg"), time.time()
        body = body_of(job, self.film_address(job), name, now)
        if body is not None:
            values = (name, job.owner, job.id, job.callback, json.dumps(body, ensure_ascii=False), now, now, 0, "waiting", "")
            self._database.run(f"INSERT INTO callbacks VALUES ({', '.join('?' * len(values))})", values)
            self._news.set()

    def film_address(self, job: ServiceJob, base: str | None = None) -> str:
        """Where a film is, for whoever has the address. `base`: of the service as its client calls it."""
        permit = self._signatures.permit({"film": job.id}, _FILM_KEPT)
        return f"{base or job.request.get('base', '/')}links/{permit}/film.mp4"

    def latest(self, owner: str | None, limit: int) -> list[Plain]:
        """The latest events, and what became of them."""
        rows = self._database.rows(
            "SELECT * FROM callbacks WHERE ? IS NULL OR owner = ? ORDER BY created DESC LIMIT ?", (owner, owner, limit)
        )
        names = ("id", "job", "url", "state", "tries", "said")
        return [{**{name: row[name] for name in names}, "created_at": row["created"]} for row in rows]

    def secret(self, owner: str) -> str:
        """What an owner checks his events with."""
        return self._signatures.secret(owner)

    def run(self) -> None:
        """Until `end` is called."""
        while not self._ending:
            self._news.clear()
            due = self._database.rows("SELECT * FROM callbacks WHERE state = 'waiting' ORDER BY due, created LIMIT 1")
            wait = due[0]["due"] - time.time() if due else _QUIET
            if wait > 0:
                self._news.wait(min(wait, _QUIET))
                continue
            self._send(dict(due[0]))

    def end(self) -> None:
        """The server ends; what was not sent is sent at the next start."""
        self._ending = True
        self._news.set()

    def _send(self, event: Plain) -> None:
        body, now = event["body"].encode(), time.time()
        headers = event_headers(self._signatures.secret(event["owner"]), event["id"], body, now)
        try:
            self.hosts.post(event["url"], body, {**headers, "Content-Type": "application/json", "User-Agent": "Dramatis"})
        except DeliveryError as fault:
            if not self._ending:
                self._failed(event, str(fault))
            return
        if self._ending:  # the database closes; the same event comes again, and its id says so
            return
        self._database.run("UPDATE callbacks SET state = 'received', tries = tries + 1, said = '' WHERE id = ?", (event["id"],))

    def _failed(self, event: Plain, said: str) -> None:
        """Later again, and so what else waits for the same address: one dead receiver keeps nobody waiting."""
        tries = event["tries"] + 1
        if tries > len(self._pauses):
            self._database.run(
                "UPDATE callbacks SET state = 'given up', tries = ?, said = ? WHERE id = ?", (tries, said, event["id"])
            )
            return
        due = time.time() + self._pauses[tries - 1]
        with self._database.change():
            self._database.run("UPDATE callbacks SET tries = ?, said = ? WHERE id = ?", (tries, said, event["id"]))
            self._database.run("UPDATE callbacks SET due = MAX(due, ?) WHERE state = 'waiting' AND url = ?", (due, event["url"]))
