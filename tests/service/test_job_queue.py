"""The queue keeps its promises, also when the process does not."""

import json
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from dramatis.errors import OutputError, ServiceError
from dramatis.service.database import Database
from dramatis.service.events import EventLog
from dramatis.service.job_queue import JobQueue
from dramatis.service.records import ServiceJob


def opened(folder: Path, most: int = 9) -> JobQueue:
    database = Database(folder / "queue.sqlite")
    return JobQueue(database, EventLog(database), most)


def job(owner: str = "ann", **more: object) -> ServiceJob:
    return ServiceJob("", owner, "film", "queued", {"brief": {}}, "fake", **more)  # type: ignore[arg-type]  # by name


def test_a_killed_server_goes_on_where_it_stopped(tmp_path: Path) -> None:
    before = opened(tmp_path)
    first, second = before.add(job()), before.add(job())
    assert before.take("film", 0.0) is not None
    after = opened(tmp_path)  # nothing was closed: the process is gone
    taken = after.take("film", 0.0)
    assert taken is not None
    assert taken.id == first.id
    assert after.get(second.id, "ann").state == "queued"


def test_turns_survive_a_restart(tmp_path: Path) -> None:
    before = opened(tmp_path)
    made = before.add(job("ann"))
    before.take("film", 0.0)
    before.ended(made.id, {"effort": 1.0}, None)
    before.add(job("ann"))
    bobs = before.add(job("bob"))
    taken = opened(tmp_path).take("film", 0.0)
    assert taken is not None
    assert taken.id == bobs.id


def test_a_cancelled_job_stays_cancelled_when_its_film_is_done_anyway(tmp_path: Path) -> None:
    queue = opened(tmp_path)
    made = queue.add(job())
    queue.take("film", 0.0)
    assert queue.move(made.id, "ann", "cancel")[1]
    assert queue.ended(made.id, {"effort": 1.0}, None) is None
    assert queue.get(made.id, "ann").state == "cancelled"


def test_a_paused_job_comes_back_to_its_place(tmp_path: Path) -> None:
    queue = opened(tmp_path)
    jobs = [queue.add(job()) for _ in range(3)]
    queue.move(jobs[0].id, "ann", "pause")
    queue.move(jobs[0].id, "ann", "resume")
    wait = queue.wait(jobs[0])
    assert wait is not None
    assert wait.position == 1


def test_a_job_can_be_put_before_another(tmp_path: Path) -> None:
    queue = opened(tmp_path)
    jobs = [queue.add(job()) for _ in range(3)]
    queue.order(jobs[2].id, "ann", None, jobs[1].id)
    places = [wait.position for one in jobs if (wait := queue.wait(one)) is not None]
    assert places == [1, 3, 2]


def test_a_full_queue_takes_no_more_of_the_same_owner(tmp_path: Path) -> None:
    queue = opened(tmp_path, most=2)
    for owner in ("ann", "ann", "bob"):
        queue.add(job(owner))
    with pytest.raises(ServiceError, match="2 jobs are waiting") as refused:
        queue.add(job("ann"))
    assert (refused.value.status, refused.value.code) == (429, "queue_full")


@pytest.mark.parametrize(("state", "how"), [("done", "pause"), ("queued", "resume")])
def test_what_cannot_be_done_is_refused_by_name(state: str, how: str, tmp_path: Path) -> None:
    queue = opened(tmp_path)
    made = queue.add(job())
    if state == "done":
        queue.take("film", 0.0)
        queue.ended(made.id, {}, None)
    with pytest.raises(ServiceError, match=f"is {state}; only one that is"):
        queue.move(made.id, "ann", how)


def test_others_do_not_see_it(tmp_path: Path) -> None:
    queue = opened(tmp_path)
    made = queue.add(job("ann"))
    with pytest.raises(ServiceError, match="no job"):
        queue.get(made.id, "bob")
    assert queue.page("bob", (), None, 10, newest=True) == []


def test_events_tell_the_story_of_a_job(tmp_path: Path) -> None:
    queue = opened(tmp_path)
    made = queue.add(job())
    queue.take("film", 0.0)
    for progress in (0.1, 0.1001, 0.5):
        queue.progressed(made.id, progress)
    queue.ended(made.id, None, {"code": "x", "message": "y"})
    assert [event.kind for event in queue.log.after(0)] == ["queued", "started", "progress", "progress", "failed"]


def test_old_events_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dramatis.service.events._KEPT", 10)
    monkeypatch.setattr("dramatis.service.events._AT_ONCE", 5)
    queue = opened(tmp_path)
    name = queue.add(job()).id
    for priority in range(40):
        queue.order(name, "ann", priority, None)
    kept = queue.log.after(0)
    assert 10 <= len(kept) < 15
    assert kept[-1].id == 41


def test_another_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "queue.sqlite").write_text("this is a letter, not a database" * 100)
    with pytest.raises(OutputError, match="cannot be used as the service's database"):
        opened(tmp_path)


def test_to_cancel_what_is_over_changes_nothing(tmp_path: Path) -> None:
    queue = opened(tmp_path)
    made = queue.add(job())
    queue.take("film", 0.0)
    queue.ended(made.id, {}, None)
    assert queue.move(made.id, "ann", "cancel")[0].state == "done"
    assert queue.get(made.id, "ann").state == "done"


def test_requests_of_waiting_jobs_are_not_in_memory(tmp_path: Path) -> None:
    queue = opened(tmp_path)
    large = {"brief": {"prompt": "x" * 1_000_000}}
    tracemalloc.start()
    for _ in range(8):
        queue.add(replace(job(), request=json.loads(json.dumps(large))))
    for waiting in (queue, opened(tmp_path)):
        taken = waiting.take("film", 0.0)
        assert taken is not None
        assert taken.request == large
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert kept < 4_000_000
