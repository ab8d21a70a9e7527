"""A face: its box and its mesh."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dramatis.media.digests import digest_of

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in pixels."""
_FOREHEAD, _CHIN = 10, 152
_LIPS = [13, 14]  # middle of the inner rims


@dataclass(frozen=True, eq=False)
class Face:
    """One face of one picture.

    `mesh` is `478 3` float32: x, y in pixels of the picture, z in the same unit (towards the viewer is negative), in
    the order of MediaPipe's face mesh with irises.
    """

    mesh: NDArray[np.float32]

    @cached_property
    def digest(self) -> str:
        """Content digest."""
        return digest_of(self.mesh)

    @property
    def box(self) -> Box:
        """The mesh's bounding box."""
        low, high = self.mesh[:, :2].min(axis=0), self.mesh[:, :2].max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    @property
    def size(self) -> float:
        """Larger side of the box, in pixels."""
        x0, y0, x1, y1 = self.box
        return max(x1 - x0, y1 - y0)

    @property
    def mouth(self) -> tuple[float, float]:
        """The middle of the mouth, in pixels; outside the picture if the face is cut off."""
        x, y = self.mesh[_LIPS, :2].mean(axis=0)
        return float(x), float(y)

    def lies_in(self, width: int, height: int) -> bool:
        """Whether a picture of this size shows the mouth; otherwise the face lies outside it, or is cut off."""
        x, y = self.mouth
        return 0 <= x < width and 0 <= y < height

    @property
    def upside_down(self) -> bool:
        """Whether the chin is far above the forehead, so that the picture, not the head, must be rotated."""
        down = self.mesh[_CHIN, :2] - self.mesh[_FOREHEAD, :2]
        return bool(down[1] < -0.5 * np.hypot(*down))


_LEAST = ((0.42, "close-up"), (0.25, "medium close-up"), (0.13, "medium"), (0.0, "full"))


def framing_of(share: float) -> str:
    """The framing (of FRAMINGS) of somebody whose face takes this share of the picture's height."""
    return next(name for least, name in _LEAST if share >= least)
