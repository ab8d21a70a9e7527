"""Whose film is next, and when it is done."""

from dramatis.service.ordering import Speed, in_order, waits
from dramatis.service.records import ServiceJob


def job(owner: str, name: str, place: float = 0.0, priority: int = 0, **more: object) -> ServiceJob:
    return ServiceJob(name, owner, "film", "queued", {}, "fake", place=place, priority=priority, **more)  # type: ignore[arg-type]  # by name


def names(jobs: list[ServiceJob]) -> str:
    return " ".join(one.id for one in jobs)


def test_owners_take_turns_film_by_film() -> None:
    many = [job("ann", f"a{number}", number) for number in range(4)]
    few = [job("bob", "b0", 10), job("cid", "c0", 11), job("cid", "c1", 12)]
    assert names(in_order([*many, *few], {})) == "a0 b0 c0 a1 c1 a2 a3"


def test_who_waited_longest_comes_first() -> None:
    assert names(in_order([job("ann", "a0", 1), job("bob", "b0", 2)], {"ann": 50.0, "bob": 20.0})) == "b0 a0"


def test_priority_moves_nobody_before_another_owner() -> None:
    jobs = [job("ann", "a0", 1), job("ann", "a1", 2, priority=9), job("ann", "a2", 3, priority=9), job("bob", "b0", 4)]
    assert names(in_order(jobs, {"ann": 9.0})) == "b0 a1 a2 a0"


def test_waiting_time_comes_from_films_that_were_made() -> None:
    speed = Speed.measured([job("ann", "x", effort=100.0, worked=50.0), job("ann", "y", effort=10.0, worked=6.0)])
    running = job("ann", "r", effort=100.0, started=1000.0, progress=0.25)
    queue = [job("ann", "a", effort=20.0), job("bob", "b", effort=40.0)]
    assert waits(queue, [running], speed, 1010.0) == [30.0 + 20 * 0.55, 30.0 + 60 * 0.55]


def test_two_films_at_once_halve_the_wait() -> None:
    speed = Speed({"fake": 1.0})
    running = [job("ann", f"r{number}", effort=10.0, started=0.0) for number in range(2)]
    assert waits([job("ann", "a", effort=5.0), job("ann", "b", effort=5.0)], running, speed, 0.0) == [15.0, 15.0]


def test_nobody_guesses_without_a_measurement() -> None:
    assert waits([job("ann", "a", effort=5.0)], [], Speed({}), 0.0) == [None]
