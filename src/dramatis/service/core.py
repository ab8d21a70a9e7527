"""The service without its wires: one folder with a database, uploads, films and takes, and the lanes that make films."""

import fcntl
import os
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from dramatis.errors import OutputError, ServiceError
from dramatis.service.allowed_hosts import NOWHERE, AllowedHosts
from dramatis.service.asset_store import AssetStore
from dramatis.service.callbacks import PAUSES, Callbacks
from dramatis.service.children import ChildPool
from dramatis.service.database import Database
from dramatis.service.documents import Documents, plain
from dramatis.service.events import EventLog
from dramatis.service.job_queue import JobQueue, new_id
from dramatis.service.lanes import FILM_CHILD, FilmFolders, Lane
from dramatis.service.projects import ProjectStore
from dramatis.service.records import Plain, ServiceJob
from dramatis.service.replies import Replies
from dramatis.service.shot_previews import ShotPreviews
from dramatis.service.signatures import Signatures
from dramatis.story import Brief, Storyline

_INSPECTOR = "dramatis.service.inspector"
_TITLE = 80  # letters
_FRESH = 2.0  # seconds between two counts of all bytes
_TO_INSPECT, _TO_SPEAK, _SHORTLY = 90.0, 120.0, 0.5  # seconds


@dataclass(frozen=True)
class Quotas:
    """Bytes of all uploads and films together, bytes of one upload, waiting jobs of one owner, films made at once."""

    disk: int = 50_000_000_000
    upload: int = 500_000_000
    jobs: int = 2000
    films: int = 1


@dataclass(frozen=True)
class Policy:
    """What the operator allows and demands: hosts that events may be sent to, and whether somebody must have said who may use a
    face or a voice. `pauses`: seconds between tries of an event.
    """

    callbacks: AllowedHosts = NOWHERE
    consent: bool = False
    pauses: tuple[float, ...] = PAUSES


class Service:
    """Everything that the wires call. Use it in a `with` block; only one process can use a folder."""

    def __init__(self, folder: Path, quotas: Quotas = Quotas(), policy: Policy = Policy()) -> None:
        self.quotas, self.policy, folder = quotas, policy, folder.resolve()
        self._lock, self._counted = _claimed(folder), (0.0, 0)
        self.database = Database(folder / "service.sqlite")
        self.log = EventLog(self.database)
        self.signatures = Signatures(folder)
        self.callbacks = Callbacks(self.database, policy.callbacks, self.signatures, policy.pauses)
        self.queue = JobQueue(self.database, self.log, quotas.jobs, self.callbacks.note)
        self._inspector, self.children = ChildPool(_INSPECTOR, _TO_INSPECT), ChildPool(FILM_CHILD, _TO_SPEAK)
        self.assets = AssetStore(self.database, folder, self._inspector, self._room)
        self.projects = ProjectStore(self.database, self._room)
        self._limits: dict[str, Plain] = {}
        self.place, self.replies = FilmFolders(folder), Replies(self.database)
        self.previews = ShotPreviews(self.place.work, self.place.takes)
        lanes = ["plan", *["film"] * quotas.films]
        self._lanes = [Lane(name, self.queue, self.assets, self.projects, self.place) for name in lanes]

    def __enter__(self) -> Self:
        for lane in self._lanes:
            lane.start()
        self.callbacks.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.callbacks.end()
        for lane in self._lanes:
            lane.end()
        for lane in self._lanes:
            lane.close()
        self.previews.close()
        if self.callbacks.is_alive():
            self.callbacks.join(_SHORTLY)
        self._inspector.close()
        self.children.close()
        self.database.close()
        os.close(self._lock)

    def expect_plan(self) -> None:
        """Somebody begins a project, and will want a plan soon: it is loaded for."""
        for lane in self._lanes:
            if lane.is_alive():
                lane.warm()

    def settings_in(self, film: Path) -> object:
        """The JSON of the storyline in a film, read in the process that looks at uploads; raises `ServiceError`."""
        return self._inspector.ask({"settings": str(film)})["storyline"]

    def submit(self, job: ServiceJob, document: Brief | Storyline) -> ServiceJob:
        """Queue a job for a document that was read; raises `ServiceError`."""
        self._room(0)
        if job.callback is not None:
            self.callbacks.hosts.check(job.callback, "callback_url")
        self.check_consent(document)
        engine = document.engine if isinstance(document, Storyline) else document.wants
        kind, words = ("storyline", document.concept.prompt) if isinstance(document, Storyline) else ("brief", document.prompt)
        effort = Documents(self.assets).effort(document, job.request.get("shot"))
        request = {**job.request, "title": " ".join(words.split())[:_TITLE], kind: plain(document)}
        return self.queue.add(replace(job, request=request, engine=engine, effort=effort))

    def check_consent(self, document: Brief | Storyline) -> None:
        """Refuse what the policy forbids to film or to preview; raises `ServiceError`."""
        if self.policy.consent:
            Documents(self.assets).check_consent(document)

    def submit_take(self, job: ServiceJob, file: IO[bytes]) -> ServiceJob:
        """Queue a job that renders the take in a file; raises `ServiceError`."""
        name = new_id("job")
        path = self.place.take(name)
        path.parent.mkdir()
        try:
            with path.open("wb") as kept:
                shutil.copyfileobj(file, kept)
            self._room(path.stat().st_size)
            facts = self._inspector.ask({"take": str(path)})
            asked = {**job.request, "bytes": path.stat().st_size}
            return self.queue.add(replace(job, id=name, request=asked, effort=facts["effort"]))
        except BaseException:
            self.place.remove(name)
            raise

    def limits(self, engine: str) -> Plain:
        """What an engine can do here; raises `ServiceError`."""
        if engine not in self._limits:
            self._limits[engine] = self.children.ask({"do": "limits", "engine": engine})["limits"]
        at_once = self._limits[engine]["at_once"]
        return {"limits": self._limits[engine], "at_once": min(self.quotas.films, at_once or self.quotas.films)}

    def move(self, name: str, owner: str | None, how: str) -> ServiceJob:
        """Pause, resume or cancel a job; what is being made stops at once. Raises `ServiceError`."""
        job, running = self.queue.move(name, owner, how)
        if running:
            for lane in self._lanes:
                lane.stop(name)
        if job.state == "cancelled" and job.work != "take":
            self.place.remove(name)  # what of it was written; its takes are kept
        return job

    def remove(self, name: str, owner: str | None) -> None:
        """Delete a job with its film; one that is not over is cancelled. Raises `ServiceError`."""
        job = self.queue.get(name, owner)
        if job.state in ("queued", "running", "paused"):
            self.move(name, owner, "cancel")
        self.queue.remove(job)
        self.place.remove(name)

    def used(self) -> int:
        """Bytes of all uploads, finished films, takes that others sent, and the database with all projects."""
        rows = self.database.rows(
            "SELECT (SELECT COALESCE(SUM(size), 0) FROM (SELECT DISTINCT digest, size FROM assets))"
            " + (SELECT COALESCE(SUM(json_extract(result, '$.bytes')), 0) FROM jobs WHERE state = 'done')"
            " + (SELECT COALESCE(SUM(json_extract(request, '$.bytes')), 0) FROM jobs WHERE work = 'take' AND state != 'done')"
        )
        return int(rows[0][0]) + self.database.size()

    def _room(self, more: int) -> None:
        now = time.monotonic()
        if now - self._counted[0] > _FRESH:
            self._counted = (now, self.used())
        self._counted = (self._counted[0], self._counted[1] + more)
        if self._counted[1] > self.quotas.disk:
            self._counted = (0.0, 0)  # what is deleted counts at once
            raise ServiceError(
                f"The service keeps at most {self.quotas.disk / 1e9:.0f} GB, which are used up; delete films or assets first.",
                "disk_full", 403,
            )  # fmt: skip


def _claimed(folder: Path) -> int:
    """The lock of a folder, which is made if it is missing; the system releases it with the process."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / "service.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OutputError(f"Another service uses the folder {folder}; stop it, or name another folder.") from None
    except OSError as fault:
        raise OutputError(f"The folder {folder} cannot be used ({fault.strerror}); name another.") from fault
    return handle
