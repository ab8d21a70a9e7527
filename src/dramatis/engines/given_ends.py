"""Given frames are met: a film shows them as they are, and what was made beside them goes over into them.

A network makes much the same picture again, a little lighter or with softer hair: a step of a few grey values. Such a step is
spread over the frames beside it, as `deblock` does it between tiles; where more than that differs, something moves, and it stays.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

Frame = TypeVar("Frame", "Tensor", NDArray[np.float32])

_REACH = 8  # frames over which a step is spread
_MOTION = 0.25  # of -1..1: steps much larger than this are motion


def met(frames: Iterable[Frame], led: int, last: Frame | None = None) -> Iterator[Frame]:
    """Frames `3 H W` in -1..1 in order, of which the first `led` are given; the last one becomes `last`, if that is given."""
    waiting: deque[Frame] = deque()
    given, step = None, None
    for number, frame in enumerate(frames):
        if number < led:
            given, shown = frame, frame
        else:
            step = _faint(given - frame) if step is None and given is not None else step
            fades = max(0.0, 1 - (number - led + 1) / (_REACH + 1))
            shown = frame if step is None else frame + fades * step
        waiting.append(shown)
        if len(waiting) > (0 if last is None else _REACH + 1):
            yield waiting.popleft()
    yield from _up_to(waiting, last)


def _up_to(waiting: deque[Frame], last: Frame | None) -> Iterator[Frame]:
    """The last frames of a film, which goes over into a given one."""
    if last is None or not waiting:
        return
    step = _faint(last - waiting.pop())
    for number, frame in enumerate(waiting):
        yield frame + (1 - (len(waiting) - number) / (_REACH + 1)) * step
    yield last


def _faint(step: Frame) -> Frame:
    """A step without what moves."""
    if isinstance(step, np.ndarray):
        return step * np.exp(-(np.square(step).max(0) / _MOTION**2))
    return step * (-(step.square().amax(0) / _MOTION**2)).exp()
