"""Given frames: what a large keyframe shows more, or otherwise, than what was made of the small clip.

The difference is added where the small clip looks as the keyframe does, at its own instant and, fading, around it, as long as the
picture stays the same. Where it does not (a mouth that was made again for another sound, an arm that moves) nothing is added.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from dramatis.media.still import Pixels

_ALIKE = 12.0  # of 255: small frames that differ by so much, smoothed, share 37 % of the difference
_SMOOTH = 1.0  # pixels of the small frames


@dataclass(frozen=True, eq=False)
class Correction:
    """What a given frame differs by, `H W 3`, as far as the clip agrees with it; and the clip's own `small` frame."""

    change: NDArray[np.float32]
    small: Pixels

    def applied(self, large: Pixels, small: Pixels, strength: float) -> Pixels:
        """A large frame with so much of the change (0..1), where its `small` one looks like the clip's at the given frame."""
        share = strength * likeness(self.small, small)
        grown = cv2.resize(share, large.shape[1::-1], interpolation=cv2.INTER_LINEAR)
        return np.clip(np.rint(large + grown[..., None] * self.change), 0, 255).astype(np.uint8)


def correction(given: Pixels, made: Pixels, small: Pixels) -> Correction:
    """From a given frame, what was made of the clip at its instant, and the clip's frame there."""
    reduced = np.asarray(cv2.resize(given, small.shape[1::-1], interpolation=cv2.INTER_AREA), np.uint8)
    share = cv2.resize(likeness(reduced, small), given.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return Correction(share[..., None] * (given.astype(np.float32) - made), small)


def likeness(one: Pixels, other: Pixels) -> NDArray[np.float32]:
    """How alike two small frames look, `H W` in 0..1: 1 where they are the same."""
    apart = np.abs(one.astype(np.float32) - other).max(2)
    return np.exp(-((cv2.GaussianBlur(apart, (0, 0), _SMOOTH) / _ALIKE) ** 2)).astype(np.float32)
