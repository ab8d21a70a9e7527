"""Where the mouths of drawn people are while a shot lasts, for captions, which keep away from them."""

from collections.abc import Sequence

import numpy as np

from dramatis.clock import Span
from dramatis.engines.drawn.composition import cameras
from dramatis.engines.drawn.shot_script import script_of
from dramatis.media.face import Box
from dramatis.media.value_cache import NOWHERE
from dramatis.take import Take

_STEP = 0.4  # s between two looks
_OPEN = 0.6  # of a closed mouth's width: how much it may open


def mouth_places(shots: Sequence[tuple[Span, Take]]) -> list[tuple[Span, Box]]:
    """The box of everybody's mouth in the picture, in pixels, in each stretch of time; a take needs no voices for that."""
    from dramatis.stage.people.acting import perform
    from dramatis.stage.people.figure import landmarks
    from dramatis.stage.theatre import placed

    found: list[tuple[Span, Box]] = []
    for span, take in shots:
        script, size = script_of(take, NOWHERE), (take.canvas.width, take.canvas.height)
        times = np.arange(span.start, span.end, _STEP)
        poses = perform(script, times)
        lens, _ = cameras(take, times, poses)
        for part, row in zip(script.parts, poses, strict=True):
            for time, pose, view in zip(times, row, lens, strict=True):
                left, top, right, bottom = landmarks(part.person, pose, placed(part, view, size)).mouth
                if right > 0 and left < size[0] and bottom > 0 and top < size[1]:
                    lower = bottom + _OPEN * (right - left)
                    found.append((Span(float(time), min(span.end, float(time) + _STEP)), (left, top, right, lower)))
    return found
