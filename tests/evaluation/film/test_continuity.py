"""A jump at a join is found, and one elsewhere is none of it."""

import numpy as np
import pytest

from dramatis.evaluation.film.continuity import around, change, elsewhere, jumps


def test_a_change_is_the_mean_difference_of_all_channels() -> None:
    black, grey = np.zeros((4, 6, 3), np.uint8), np.full((4, 6, 3), 10, np.uint8)
    assert change(black, grey) == pytest.approx(10)
    grey[:, :, 2] = 40
    assert change(grey, black) == pytest.approx(20)


def test_a_jump_at_a_join_is_found_by_its_size() -> None:
    changes = np.full(99, 2.0)
    assert jumps(changes, [40, 60], 12).tolist() == [1.0, 1.0]
    changes[40] = 10  # out of the shared frame 40
    changes[20] = 50  # a cut, or a fast move, beside it
    assert jumps(changes, [40, 60], 12).tolist() == [3.0, 1.0]
    changes[39] = 10  # into it
    assert jumps(changes, [40, 60], 12).tolist() == [5.0, 1.0]


def test_a_film_that_stands_still_has_no_jumps() -> None:
    assert jumps(np.zeros(50), [10, 49], 12).tolist() == [1.0, 1.0]
    assert len(jumps(np.zeros(50), [], 12)) == 0


def test_frames_without_a_join_lie_in_the_rhythm_of_joins() -> None:
    places = elsewhere([42, 82], 121, 12, 4)
    assert {place % 4 for place in places} == {2}
    assert min(abs(place - join) for place in places for join in (42, 82)) == 8
    assert places[0] == 6


def test_half_a_second_is_around_a_join() -> None:
    near = around([24], 60, 12)
    assert np.flatnonzero(near).tolist() == list(range(18, 31))
