"""Films with more workers, computed from the seconds of their takes."""

import pytest

from benchmarks.films.schedule import makespan, share


def test_takes_are_shared_out_and_phases_wait_for_one_another() -> None:
    phases = [[4.0], [1.0, 3.0, 2.0]]
    assert makespan(phases, 1) == 10
    assert makespan(phases, 2) == 4 + 3
    assert makespan(phases, 64) == 4 + 3


def test_what_takes_allow_is_reached_where_they_can_be_shared_out_evenly() -> None:
    even = [[2.0] * 8, [1.0] * 4]
    assert share(even, 4) == pytest.approx(1)
    assert share(even, 3) == pytest.approx((16 / 3 + 4 / 3) / (6 + 2))
    assert share(even, 64) == pytest.approx(1)  # no phase is shorter than a take
