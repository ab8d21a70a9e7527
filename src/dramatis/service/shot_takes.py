"""The takes of a shot: how it was filmed alone, with another seed, and as a part of whole films."""

from dataclasses import dataclass
from itertools import count

from dramatis.errors import ServiceError
from dramatis.service.core import Service
from dramatis.service.records import Plain, Project, ServiceJob

MOST_SEED = 2**31
_MOST = 200  # jobs that are looked through
_UNSEEN = ("seed", "why", "locked", "segments", "speakers", "listening", "id")
"""What of a shot does not change its footage, and its seed."""
_FILMED_WITH = ("canvas", "cast", "engine", "seed", "lines")
"""What of a storyline besides the shot changes the shot's footage."""


@dataclass(frozen=True)
class ShotTake:
    """A job that filmed the shot, the shot as it was then, and where it is in the job's film, in seconds."""

    job: ServiceJob
    shot: Plain
    seed: int
    start: float
    end: float
    current: bool
    """It differs from the shot as it is now in nothing but the seed."""
    chosen: bool

    def answer(self) -> Plain:
        """As JSON."""
        base = f"/api/v1/jobs/{self.job.id}"
        done = self.job.state == "done"
        return {
            "id": self.job.id,
            "object": "take",
            "state": self.job.state,
            "seed": self.seed,
            "shot": self.shot,
            "start": self.start,
            "end": self.end,
            "current": self.current,
            "chosen": self.chosen,
            "progress": round(self.job.progress, 4),
            "film": f"{base}/film" if done else None,
            "takes": f"{base}/takes" if done else None,
            "created_at": self.job.created,
        }


def shot_of(project: Project, number: int) -> Plain:
    """A shot of a project's storyline, by its number from 1 on; raises `ServiceError`."""
    if project.storyline is None:
        raise ServiceError("There is no storyline yet; plan the film first.", "not_planned", 404, "project")
    shots: list[Plain] = project.storyline["shots"]
    if not 1 <= number <= len(shots):
        raise ServiceError(f"There is no shot {number}: the storyline has {len(shots)}.", "not_found", 404, "shot")
    return shots[number - 1]


def takes_of_shot(service: Service, project: Project, number: int) -> list[ShotTake]:
    """Newest first; of equal ones the newest, those that are being filmed included."""
    shot_of(project, number)
    found: dict[str, ShotTake] = {}
    for job in service.queue.of_project(project.id, _MOST):
        take = _take(project, number, job)
        if take is not None:
            found.setdefault(repr(sorted(take.shot.items())) + repr(take.current), take)
    return list(found.values())


def next_seed(project: Project, number: int, takes: list[ShotTake]) -> int:
    """One that no take of the shot has."""
    now = shot_of(project, number).get("seed")
    film = (project.storyline or {}).get("seed", 0)
    used = {film if now is None else now, *(take.seed for take in takes)}
    seed = (max(used) + 1) % MOST_SEED
    return next(one for one in count(seed) if one not in used)


def _take(project: Project, number: int, job: ServiceJob) -> ShotTake | None:
    storyline: Plain | None = (job.result or {}).get("storyline") or job.request.get("storyline")
    place = job.request.get("shot")
    if storyline is None or project.storyline is None or job.state in ("failed", "cancelled"):
        return None
    now = shot_of(project, number)
    at = _place(now, number - 1, storyline["shots"])
    if at is None or place not in (None, at) or (place is None and job.state != "done"):
        return None
    shot = storyline["shots"][at]
    same = all(storyline.get(key) == project.storyline.get(key) for key in _FILMED_WITH)
    current = same and _unseeded(shot) == _unseeded(now)
    seeds = [one["seed"] if one.get("seed") is not None else storyline.get("seed", 0) for one in (shot, now)]
    start, end = shot["span"] if place is None else (0.0, (job.result or {}).get("seconds", 0.0))
    return ShotTake(job, shot, seeds[0], start, end, current, current and seeds[0] == seeds[1])


def _place(shot: Plain, at: int, shots: list[Plain]) -> int | None:
    """Where a shot, the one at `at` now, was in other shots: by its id; by its place, if it had none then."""
    found = next((place for place, one in enumerate(shots) if one.get("id") == shot.get("id")), None)
    named = all(one.get("id") for one in shots)
    return found if named or found is not None else (at if at < len(shots) else None)


def _unseeded(shot: Plain) -> Plain:
    """What of a shot its footage shows, without the seed."""
    return {key: value for key, value in shot.items() if key not in _UNSEEN}
