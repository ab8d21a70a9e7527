"""How long a film takes with any number of workers, computed from the seconds that its takes took.

Takes of a phase do not depend on one another; a phase begins when the one before it is over. A worker that is free takes the
longest take that is left (list scheduling, Graham 1969), so the figures are what a scheduler can reach, without transfers.
"""

import heapq
from collections.abc import Sequence

Seconds = Sequence[Sequence[float]]
"""By phase: seconds of each take."""
WORKERS = (1, 2, 4, 8, 16, 32, 64)


def makespan(phases: Seconds, workers: int) -> float:
    """Seconds until the last phase is over."""
    return sum(_phase(takes, workers) for takes in phases)


def share(phases: Seconds, workers: int) -> float:
    """How fast a film is made, of what its takes allow: no phase is shorter than its longest take or than its work shared out."""
    least = sum(max(max(takes, default=0.0), sum(takes) / workers) for takes in phases)
    return least / makespan(phases, workers)


def _phase(takes: Sequence[float], workers: int) -> float:
    free = [0.0] * workers
    for seconds in sorted(takes, reverse=True):
        heapq.heapreplace(free, free[0] + seconds)
    return max(free)
