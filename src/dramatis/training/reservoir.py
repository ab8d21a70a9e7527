"""Drawn clips for training, kept for a while: drawing costs more than looking twice.

Clips have numbers; a child process draws them in order into shared memory. In each step of training a few new ones come in
and the oldest go, so what a step may see depends on its number only, and a run that is resumed sees what it would have seen.
"""

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory
from multiprocessing.synchronize import Semaphore
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

Draw = Callable[[int], tuple[NDArray[np.uint8], NDArray[np.float32]]]
"""A clip by its number: frames `T H W 3`, and boxes `T 2 4` (left, top, right, bottom, in pixels) of a mouth and a head."""


@dataclass(frozen=True)
class Stock:
    """How many clips of which shape `T H W` are kept, how many are there at the start, and how many come in a step."""

    shape: tuple[int, int, int]
    kept: int = 500
    first: int = 48
    fresh: float = 0.5

    def window(self, step: int) -> range:
        """The clips that a step may see."""
        high = int(self.first + step * self.fresh)
        return range(max(0, high - self.kept), high)


class Reservoir:
    """Clips drawn by a child process; a context manager that ends it."""

    def __init__(self, stock: Stock, draw: Draw, step: int = 0) -> None:
        """`draw` is a function of a module (it goes to another process); `step` is where training begins."""
        self.stock = stock
        frames, boxes = (stock.kept, *stock.shape, 3), (stock.kept, stock.shape[0], 2, 4)
        self._memory = SharedMemory(create=True, size=int(np.prod(frames)) + 4 * int(np.prod(boxes)))
        self._frames, self._boxes = _views(self._memory, stock)
        context = multiprocessing.get_context("spawn")
        self._drawn = context.Semaphore(0)
        self._wanted = context.Semaphore(stock.kept)
        self._next = stock.window(step).start
        start = (stock, draw, self._next, self._memory.name, self._drawn, self._wanted)
        self._low = self._next
        self._child = context.Process(target=_draw_all, args=start, daemon=True)
        self._child.start()

    def clips(self, step: int, numbers: NDArray[np.int64]) -> list[tuple[NDArray[np.uint8], NDArray[np.float32]]]:
        """Clips by their numbers within `stock.window(step)`; waits until they are drawn. Views: copy what is kept."""
        window = self.stock.window(step)
        for _ in range(self._low, window.start):
            self._wanted.release()
        self._low = max(self._low, window.start)
        while self._next < window.stop:
            if not self._drawn.acquire(timeout=60) and not self._child.is_alive():
                raise RuntimeError("the process that draws clips has ended")
            self._next += 1
        return [(self._frames[number % self.stock.kept], self._boxes[number % self.stock.kept]) for number in numbers]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._child.terminate()
        self._child.join()
        del self._frames, self._boxes
        self._memory.close()
        self._memory.unlink()


def _views(memory: SharedMemory, stock: Stock) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    frames, boxes = (stock.kept, *stock.shape, 3), (stock.kept, stock.shape[0], 2, 4)
    size = int(np.prod(frames))
    return np.ndarray(frames, np.uint8, memory.buf), np.ndarray(boxes, np.float32, memory.buf, size)


def _draw_all(stock: Stock, draw: Draw, number: int, name: str, drawn: Semaphore, wanted: Semaphore) -> None:
    os.nice(5)
    memory = SharedMemory(name)
    frames, boxes = _views(memory, stock)
    while True:
        wanted.acquire()
        frames[number % stock.kept], boxes[number % stock.kept] = draw(number)
        drawn.release()
        number += 1
