"""Lanes take jobs from the queue, one at a time each, and have a child process make them."""

import shutil
import threading
from contextlib import suppress
from pathlib import Path

from dramatis.errors import DramatisError, ServiceError
from dramatis.service.asset_store import AssetStore
from dramatis.service.child_loop import CANCEL
from dramatis.service.children import Child
from dramatis.service.documents import Documents, in_fields, named_back
from dramatis.service.job_queue import JobQueue
from dramatis.service.projects import ProjectStore
from dramatis.service.records import Asset, Plain, ServiceJob

SUFFIXES = {
    ".mp4": "video/mp4", ".mov": "video/quicktime", ".webm": "video/webm", ".gif": "image/gif", ".zip": "application/zip",
    ".jpg": "image/jpeg", ".srt": "application/x-subrip", ".vtt": "text/vtt", ".wav": "audio/wav",
}  # fmt: skip
"""Endings of files that clients can have, and their types."""
FILM_CHILD = "dramatis.service.film_child"
_TIMEOUT = 0.5  # seconds until a lane notices that the server ends


class FilmFolders:
    """Where films and takes are; `work` is for files that a request needs only while it is answered."""

    def __init__(self, folder: Path) -> None:
        self.films, self.takes, self.work = folder / "films", folder / "takes", folder / "work"
        shutil.rmtree(self.work, ignore_errors=True)  # of a server that was killed
        for path in (self.films, self.takes, self.work):
            path.mkdir(parents=True, exist_ok=True)

    def film(self, job: str) -> Path:
        """The film of a job, in a folder of its own; storyline, report and thumbnail stand beside it."""
        return self.films / job / "film.mp4"

    def take(self, job: str) -> Path:
        """The take that a job renders."""
        return self.films / job / "take.zip"

    def footage(self, job: str) -> Path:
        """What a job rendered of its take."""
        return self.films / job / "footage.mp4"

    def output(self, job: ServiceJob) -> Path:
        """The film of a job in the format that was asked for; numbered pictures are a ZIP archive."""
        kind = str(job.request.get("format", "mp4"))
        return self.film(job.id).with_suffix(".zip" if kind == "png" else f".{kind}")

    def files(self, job: str) -> list[str]:
        """Names of what a client can have of a job."""
        found = sorted(path for path in (self.films / job).glob("film*") if path.suffix in SUFFIXES)
        return [path.name for path in found if not path.stem.endswith(".preview")]

    def remove(self, job: str) -> None:
        """Delete the folder of a job."""
        shutil.rmtree(self.films / job, ignore_errors=True)

    def clear(self, folder: Path) -> None:
        """Delete a folder in `work`, whose files are not needed any more."""
        shutil.rmtree(folder, ignore_errors=True)

    def size(self, job: str) -> int:
        """Bytes in the folder of a job."""
        return sum(path.stat().st_size for path in (self.films / job).glob("*") if path.is_file())


class Lane(threading.Thread):
    """A thread with a child process; it makes what `LANE_OF` gives to lanes of its name."""

    def __init__(self, name: str, queue: JobQueue, assets: AssetStore, projects: ProjectStore, place: FilmFolders) -> None:
        super().__init__(name=f"{name} lane", daemon=True)
        self._lane, self._queue, self._assets, self._projects, self._place = name, queue, assets, projects, place
        self._child = Child(FILM_CHILD)
        self._guard = threading.Lock()
        self._current: str | None = None
        self._animatic = False
        self._ending = False

    def run(self) -> None:
        """Until `end` is called."""
        if self._lane == "film":
            self.warm()
        while not self._ending:
            job = self._queue.take(self._lane, _TIMEOUT)
            if job is not None:
                self._make(job)

    def warm(self) -> None:
        """Start the child process ahead of the first job."""
        self._child.start()

    def stop(self, job: str) -> None:
        """Stop making a job at once, if this lane makes it; its state says already what becomes of it. An animatic gives up at
        its next frame, so that the next one finds everything loaded.
        """
        with self._guard:
            if self._current == job and self._animatic:
                self._child.send(CANCEL)
            elif self._current == job:
                self._child.stop()

    def end(self) -> None:
        """The server ends: what is being made waits for the next start."""
        self._ending = True
        with self._guard:
            if self._current is not None:
                self._queue.released(self._current)
                self._child.stop()

    def close(self) -> None:
        """Wait for the end, which was called for, and free what belongs to the lane."""
        if self.is_alive():
            self.join()
        self._child.close()

    def _make(self, job: ServiceJob) -> None:
        used: dict[str, Asset] = {}
        try:
            request, used = self._request(job)
            if not self._sent(job.id, request):
                return
            last: Plain = {}
            for last in self._child.answers():
                self._heard(job.id, last, used)
            self._ended(job, last, used)
        except DramatisError as fault:
            self._fail(job, fault.code if isinstance(fault, ServiceError) else "unusable", named_back(str(fault), used))
        except Exception as fault:  # whatever happens to one job, the lane goes on with the next
            self._fail(job, "internal", f"The service failed: {type(fault).__name__}: {fault}")
        finally:
            with self._guard:
                self._current = None
            if not self._ending:
                self._child.start()

    def _request(self, job: ServiceJob) -> tuple[Plain, dict[str, Asset]]:
        if job.work == "take":
            paths = {"take": str(self._place.take(job.id)), "output": str(self._place.footage(job.id))}
            return {"do": "take", **job.request, **paths, "vault": str(self._place.takes)}, {}
        documents = Documents(self._assets)
        asked = job.request
        read = documents.storyline(asked["storyline"]) if "storyline" in asked else documents.brief(asked["brief"])
        document, used = documents.located(read)
        film = self._place.film(job.id)
        film.parent.mkdir(exist_ok=True)
        drawn = bool(asked.get("animatic"))
        output = self._place.output(job) if job.work == "film" else film.with_name("plan.mp4" if drawn else "plan.json")
        return {
            "do": "animatic" if drawn else job.work,
            "document": document,
            "prompt": asked.get("prompt"),
            "shot": asked.get("shot"),
            "stems": asked.get("stems"),
            "output": str(output),
            "vault": str(self._place.takes),
        }, used

    def _sent(self, job: str, request: Plain) -> bool:
        """Ask the child, unless the job was stopped meanwhile."""
        with self._guard:
            self._current, self._animatic = job, request["do"] == "animatic"
            if self._ending:  # `end` did not see this job
                self._queue.released(job)
            if not self._queue.runs(job):
                return False
            self._child.send(request)
            return True

    def _heard(self, job: str, said: Plain, used: dict[str, Asset]) -> None:
        if "progress" in said:
            self._queue.progressed(job, said["progress"])
        elif "phase" in said:
            self._queue.progressed(job, 0.0, said["phase"])
        elif "note" in said:
            self._queue.noted(job, "note", {"job": job, "note": in_fields(named_back(said["note"], used))})
        elif "preview" in said:
            self._queue.noted(job, "preview", {"job": job, "frames": said["preview"]})

    def _ended(self, job: ServiceJob, last: Plain, used: dict[str, Asset]) -> None:
        if "failed" in last:
            self._fail(job, last["failed"]["code"], named_back(last["failed"]["message"], used))
        elif "done" not in last:
            how = self._child.death()
            self._fail(job, "crashed", f"The process that made it {how}; resume the job to go on with what is finished.")
        else:
            result = dict(last["done"])
            folder = self._place.film(job.id).parent.resolve()
            if "storyline" in result:
                result["storyline"] = Documents(self._assets).returned(result["storyline"], used, job.owner, folder)
            result |= {"bytes": self._place.size(job.id), "files": self._place.files(job.id)}
            if "storyline" in result and self._queue.runs(job.id):
                self._keep(self._queue.get(job.id, job.owner), result["storyline"])
            self._queue.ended(job.id, result, None)  # last: whoever sees that it is done finds the storyline

    def _keep(self, job: ServiceJob, storyline: Plain) -> None:
        """The storyline becomes the project's."""
        if job.project is not None:
            with suppress(ServiceError):  # the project was deleted
                self._projects.planned(job.project, storyline, job.notes, job.request.get("revision"))

    def _fail(self, job: ServiceJob, code: str, message: str) -> None:
        self._queue.ended(job.id, None, {"code": code, "message": message})
