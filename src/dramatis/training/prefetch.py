"""What steps of training need, prefetched by other processes: drawing and reading must not keep a GPU waiting."""

import time
from collections.abc import Callable
from itertools import count
from typing import Generic, TypeVar, cast

import torch
from torch.utils.data import DataLoader, Dataset

Made = TypeVar("Made")


class Prefetch(Generic[Made]):
    """`make` of one step number after the other, by so many `workers`; with none of them where it is called."""

    def __init__(self, make: Callable[[int], Made], workers: int) -> None:
        self._make, self._workers = make, workers
        self._coming, self._next = iter(()), -1

    def __call__(self, number: int) -> Made:
        """What step `number` needs; steps that do not follow one another begin anew."""
        if not self._workers:
            return self._make(number)
        if number != self._next:
            numbers = cast("list[int]", count(number))  # endless: no list, but iterated like one
            pinned = torch.cuda.is_available()
            loader = DataLoader(_Numbered(self._make), None, sampler=numbers, num_workers=self._workers, pin_memory=pinned)
            self._coming = iter(loader)
        self._next = number + 1
        return next(self._coming)


class Reread(Generic[Made]):
    """`make(number)` as `read` gave it last; it reads again after so many seconds, since others go on drawing meanwhile."""

    def __init__(self, read: Callable[[], Callable[[int], Made]], seconds: float) -> None:
        self._read, self._seconds = read, seconds
        self._make: Callable[[int], Made] | None = None
        self._since = 0.0

    def __call__(self, number: int) -> Made:
        """What step `number` needs, made of what there is by now."""
        if self._make is None or time.monotonic() - self._since > self._seconds:
            self._make, self._since = self._read(), time.monotonic()
        return self._make(number)


class _Numbered(Dataset[Made]):
    def __init__(self, make: Callable[[int], Made]) -> None:
        self._make = make

    def __getitem__(self, number: int) -> Made:
        return self._make(number)
