"""What is seen of a film's joins: how much the picture changes there, and whether the mouth still follows the voice.

A join is the frame that two clips share, by its number in the film. Hard cuts are no joins; leave them out.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dramatis.media.still import Pixels

Curve = NDArray[np.float64]
AROUND = 1.0
"""Seconds before and after a join with which it is compared."""
NEAR = 0.5
"""Seconds around a join in which a mouth may suffer from it."""
_APART = 0.5  # seconds from a join
_FAINT = 0.05  # of 255: a change below this is none


def change(before: Pixels, after: Pixels) -> float:
    """Mean absolute difference of two pictures, 0 to 255."""
    import cv2

    return float(np.mean(cv2.mean(cv2.absdiff(before, after))[:3]))


def jumps(changes: Curve, joins: Sequence[int], fps: float) -> Curve:
    """How many times as much the picture changes at each join as around it.

    `changes[k]` is the change from frame k to the next. At a join the change into the shared frame and the one out of it count
    (their mean); around it the median of all others within `AROUND`.
    """
    reach = max(2, round(AROUND * fps))
    ratios = []
    for join in joins:
        places = np.arange(max(0, join - reach), min(len(changes), join + reach))
        at = np.isin(places, (join - 1, join))
        around = float(np.median(changes[places[~at]])) if (~at).any() else 0.0
        ratios.append(max(float(changes[places[at]].mean()), _FAINT) / max(around, _FAINT))
    return np.asarray(ratios, np.float64)


def elsewhere(joins: Sequence[int], frames: int, fps: float, step: int = 1) -> list[int]:
    """Frames that are no joins nor close to one: what `jumps` finds there is what it finds in a film without joins.

    They lie as many frames as the first join from a multiple of `step`: a codec's and an interpolation's frames have a rhythm.
    """
    shift = joins[0] % step if joins else 0
    reach = round(_APART * fps)
    taken = {join + near for join in joins for near in range(-reach, reach + 1)}
    return [place for place in range(step + shift, frames - 1, step) if place not in taken]


def around(joins: Sequence[int], frames: int, fps: float) -> NDArray[np.bool_]:
    """`frames`: which lie within `NEAR` seconds of a join."""
    near, reach = np.zeros(frames, np.bool_), round(NEAR * fps)
    for join in joins:
        near[max(0, join - reach) : join + reach + 1] = True
    return near
