"""Projects: a brief and its storyline, which a user edits between plan and film."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from dramatis.errors import ServiceError
from dramatis.service.database import Database
from dramatis.service.job_queue import new_id
from dramatis.service.records import Plain, Project, Version

_APART = 600.0  # seconds between versions that are kept while a plan is edited
_MOST = 200  # versions of a project


class ProjectStore:
    """The projects of all owners. `room` raises where the disk quota is used up."""

    def __init__(self, database: Database, room: Callable[[int], None]) -> None:
        self._database, self._room = database, room

    def add(self, owner: str, name: str, brief: Plain | None, storyline: Plain | None) -> Project:
        """A new project; raises `ServiceError` if there is no room."""
        self._room(_size(brief) + _size(storyline))
        now = time.time()
        project = Project(new_id("project"), owner, name, brief, storyline, [], 0, now, now)
        self._database.insert("projects", project)
        return project

    def get(self, name: str, owner: str | None) -> Project:
        """A project by its id (`owner` None: anybody's); raises `ServiceError` if there is none."""
        found = self._database.find(Project, "SELECT * FROM projects WHERE id = ?", (name,))
        if not found or owner not in (None, found[0].owner):
            raise ServiceError(f'There is no project "{name}".', "not_found", 404, "project")
        return found[0]

    def title_of(self, name: str | None) -> str:
        """The name of a project; empty if there is no such project."""
        found = self._database.rows("SELECT name FROM projects WHERE id = ?", (name,))
        return str(found[0][0]) if found else ""

    def page(self, owner: str | None, limit: int) -> list[Project]:
        """The projects that were changed last."""
        return self._database.find(
            Project,
            "SELECT * FROM projects WHERE ? IS NULL OR owner = ? ORDER BY changed DESC LIMIT ?", (owner, owner, limit),
        )  # fmt: skip

    def edited(self, project: Project, storyline: Plain, revision: int | None) -> Project:
        """The project with another storyline; raises `ServiceError` if it was edited since `revision` (None: anyhow), or if there
        is no room.
        """
        self._room(_size(storyline))
        with self._database.change():
            now = self.get(project.id, None)
            if revision not in (None, now.revision):
                raise ServiceError(
                    f"The storyline was changed meanwhile (revision {now.revision}, not {revision}); read it again.",
                    "changed", 412, "revision",
                )  # fmt: skip
            self._keep_now_and_then(now)
            changed = replace(now, storyline=storyline, revision=now.revision + 1, changed=time.time())
            self._write(changed)
        return changed

    def planned(self, name: str, storyline: Plain, notes: tuple[str, ...], revision: int | None) -> None:
        """A job made a storyline for a project; what somebody wrote meanwhile stays. `revision`: when the job was made (None: it
        filmed a storyline as it was).
        """
        with self._database.change():
            project = self.get(name, None)
            if revision == project.revision:
                self._write(replace(project, storyline=storyline, notes=list(notes), revision=revision + 1, changed=time.time()))

    def remove(self, project: Project) -> None:
        """Forget a project; its jobs stay."""
        with self._database.change():
            self._database.run("DELETE FROM projects WHERE id = ?", (project.id,))
            self._database.run("DELETE FROM versions WHERE project = ?", (project.id,))

    def versions(self, project: Project) -> list[Version]:
        """What is kept of its storyline, the newest first."""
        return self._database.find(Version, "SELECT * FROM versions WHERE project = ? ORDER BY created DESC", (project.id,))

    def filmed(self, project: Project) -> None:
        """Its storyline is filmed as it is now, and kept."""
        with self._database.change():
            last = next(iter(self.versions(project)), None)
            if project.storyline is not None and (last is None or (last.why, last.revision) != ("film", project.revision)):
                self._keep(project, "film")

    def _keep_now_and_then(self, project: Project) -> None:
        """Keep a storyline before it is edited, if the last version is old."""
        last = next(iter(self.versions(project)), None)
        if project.storyline is not None and (last is None or time.time() - last.created > _APART):
            self._keep(project, "edit")

    def _keep(self, project: Project, why: Literal["film", "edit"]) -> None:
        kept = Version(new_id("version"), project.id, why, project.storyline or {}, project.revision, time.time())
        self._database.insert("versions", kept)
        self._database.run(
            "DELETE FROM versions WHERE project = ? AND id NOT IN"
            " (SELECT id FROM versions WHERE project = ? ORDER BY created DESC LIMIT ?)", (project.id, project.id, _MOST),
        )  # fmt: skip

    def _write(self, project: Project) -> None:
        names = ("storyline", "notes", "revision", "changed")
        self._database.update("projects", {name: getattr(project, name) for name in names}, "id = ?", (project.id,))


def storyline_of(project: Project) -> Plain:
    """What is planned; raises `ServiceError` before that."""
    if project.storyline is None:
        raise ServiceError("There is no storyline yet; plan the film first.", "not_planned", 404, "project")
    return project.storyline


def _size(document: Plain | None) -> int:
    return len(json.dumps(document))
