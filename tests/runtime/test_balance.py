"""Jobs shared out to workers by what they cost."""

import pytest

from dramatis.runtime.balance import shared_out


def ends(costs: list[float], busy: list[float]) -> list[float]:
    shares = shared_out(costs, busy)
    assert sorted(place for share in shares for place in share) == list(range(len(costs)))
    assert all([costs[place] for place in share] == sorted((costs[place] for place in share), reverse=True) for share in shares)
    return [load + sum(costs[place] for place in share) for share, load in zip(shares, busy, strict=True)]


def test_who_is_busy_gets_less() -> None:
    assert ends([1.0, 1.0, 1.0, 2.0], [4.0, 0.0, 1.0]) == [4.0, 3.0, 3.0]
    assert ends([], [1.0, 0.0]) == [1.0, 0.0]


def test_where_the_longest_first_leaves_one_over_all_fit_into_less_room() -> None:
    """Five jobs for two workers: the longest first, to who is free first, ends at 7."""
    assert max(ends([3.0, 3.0, 2.0, 2.0, 2.0], [0.0, 0.0])) == pytest.approx(6)
    takes = [(0.7, 1.0, 1.3, 0.9, 1.1)[number % 5] for number in range(129)]  # of a cascade of five minutes
    assert sum(takes) / 64 / max(ends(takes, [0.0] * 64)) > 0.9
