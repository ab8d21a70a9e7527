"""Jobs shared out to workers so that all end at about the same time, from what each of them costs.

The better of two ways: each job, the longest first, to the worker that is free first (Graham 1969); or into the smallest room
of every worker in which all jobs find a place, the longest first, each with the first worker that has room for it (MULTIFIT:
Coffman, Garey and Johnson 1978).
"""

import heapq
from collections.abc import Sequence

_HALVINGS = 12
_EPSILON = 1e-9  # of the room, against rounding

Shares = list[list[int]]
"""For each worker the places of its jobs, the longest first."""


def shared_out(costs: Sequence[float], busy: Sequence[float]) -> Shares:
    """`costs` of jobs, and what each worker has still to do (0: it is free) -> the shares of the workers."""
    order = sorted(range(len(costs)), key=lambda place: -costs[place])
    listed = _to_the_first_free(order, costs, busy)
    room = _longest(listed, costs, busy)
    low = max(sum(costs) + sum(busy), 0.0) / len(busy)
    for _ in range(_HALVINGS):
        middle = (low + room) / 2
        fitted = _within(middle, order, costs, busy)
        if fitted is None:
            low = middle
        else:
            listed, room = fitted, _longest(fitted, costs, busy)
    return listed


def _to_the_first_free(order: Sequence[int], costs: Sequence[float], busy: Sequence[float]) -> Shares:
    shares: Shares = [[] for _ in busy]
    free = [(load, worker) for worker, load in enumerate(busy)]
    heapq.heapify(free)
    for place in order:
        load, worker = free[0]
        shares[worker].append(place)
        heapq.heapreplace(free, (load + costs[place], worker))
    return shares


def _within(room: float, order: Sequence[int], costs: Sequence[float], busy: Sequence[float]) -> Shares | None:
    shares: Shares = [[] for _ in busy]
    left = [room * (1 + _EPSILON) - load for load in busy]
    for place in order:
        worker = next((number for number, rest in enumerate(left) if rest >= costs[place]), None)
        if worker is None:
            return None
        shares[worker].append(place)
        left[worker] -= costs[place]
    return shares


def _longest(shares: Shares, costs: Sequence[float], busy: Sequence[float]) -> float:
    return max(load + sum(costs[place] for place in share) for share, load in zip(shares, busy, strict=True))
