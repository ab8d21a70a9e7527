"""Projects: a brief and its storyline, which a user edits between plan and film."""

import time
from dataclasses import replace

from dramatis.errors import ServiceError
from dramatis.service.database import Database
from dramatis.service.job_queue import new_id
from dramatis.service.records import Plain, Project


class ProjectStore:
    """The projects of all owners."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, owner: str, name: str, brief: Plain | None, storyline: Plain | None) -> Project:
        """A new project."""
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

    def page(self, owner: str | None, limit: int) -> list[Project]:
        """The projects that were changed last."""
        return self._database.find(
            Project,
            "SELECT * FROM projects WHERE ? IS NULL OR owner = ? ORDER BY changed DESC LIMIT ?", (owner, owner, limit),
        )  # fmt: skip

    def edited(self, project: Project, storyline: Plain, revision: int | None) -> Project:
        """The project with another storyline; raises `ServiceError` if it was edited since `revision` (None: anyhow)."""
        with self._database.change():
            now = self.get(project.id, None)
            if revision not in (None, now.revision):
                raise ServiceError(
                    f"The storyline was changed meanwhile (revision {now.revision}, not {revision}); read it again.",
                    "changed", 412, "revision",
                )  # fmt: skip
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
        self._database.run("DELETE FROM projects WHERE id = ?", (project.id,))

    def _write(self, project: Project) -> None:
        names = ("storyline", "notes", "revision", "changed")
        self._database.update("projects", {name: getattr(project, name) for name in names}, "id = ?", (project.id,))
