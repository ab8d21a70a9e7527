"""What the service keeps, as values: assets, projects, jobs, events."""

from dataclasses import dataclass
from typing import Any, Literal

Plain = dict[str, Any]
"""A JSON object."""
State = Literal["queued", "running", "paused", "done", "failed", "cancelled"]
Work = Literal["film", "plan", "take"]
"""What a job makes: a film, the plan of one, or one take for another installation."""
OPEN: tuple[State, ...] = ("queued", "running", "paused")
"""States of jobs that are not over."""


@dataclass(frozen=True)
class Asset:
    """An uploaded file. Its content is kept under its `digest` (SHA-256) and `suffix`, once for all assets of that content;
    `name` is only shown. `facts` depend on the kind: width and height in pixels, seconds.
    """

    id: str
    owner: str
    digest: str
    suffix: str
    kind: Literal["picture", "sound", "video"]
    name: str
    size: int
    facts: Plain
    consent: str | None
    created: float


@dataclass(frozen=True)
class Project:
    """A brief, its storyline once there is one, and notes on it. `revision` counts changes of the storyline."""

    id: str
    owner: str
    name: str
    brief: Plain | None
    storyline: Plain | None
    notes: list[str]
    revision: int
    created: float
    changed: float


@dataclass(frozen=True)
class Version:
    """A storyline as it was: when it was filmed, or before it was edited on. `revision` is that of the project then."""

    id: str
    project: str
    why: Literal["film", "edit"]
    storyline: Plain
    revision: int
    created: float


@dataclass(frozen=True)
class ServiceJob:
    """One piece of work. `request` is what to make; files are named by asset ids in it.

    `place` orders the jobs of an owner that have the same `priority` (more is sooner). `effort` is the film's length times its
    size, in frames of a million pixels, as far as it is known; `worked` the seconds spent on it so far; `progress` 0 to 1.
    """

    id: str
    owner: str
    work: Work
    state: State
    request: Plain
    engine: str
    project: str | None = None
    wire: str = "native"
    external: str | None = None
    callback: str | None = None
    priority: int = 0
    place: float = 0.0
    effort: float = 0.0
    progress: float = 0.0
    phase: str = ""
    notes: tuple[str, ...] = ()
    result: Plain | None = None
    error: Plain | None = None
    created: float = 0.0
    started: float | None = None
    finished: float | None = None
    worked: float = 0.0


@dataclass(frozen=True)
class JobEvent:
    """Something that happened to a job; ids grow. `data` is the JSON text of its details."""

    id: int
    job: str
    owner: str
    kind: str
    data: str
    at: float
