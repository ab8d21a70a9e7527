"""Displacement fields over a grid: from moved points to moved skin.

Values at control points are interpolated over the picture by thin-plate splines (Bookstein 1989), the smoothest
surface through them. Fields are *forward* (where does this point go?); pictures are drawn *backward* (where does this pixel
come from?), and `invert` turns one into the other by fixed-point iteration (Chen et al. 2008).
"""

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
"""`rows cols 2`, displacement in pixels."""


@dataclass(frozen=True)
class Grid:
    """A coarse grid over a part of the canvas: node (row, col) lies at `(x + col * step, y + row * step)` pixels."""

    x: float
    y: float
    step: float
    cols: int
    rows: int

    @property
    def nodes(self) -> NDArray[np.float64]:
        """`rows*cols 2` positions in pixels, row by row."""
        down, across = np.mgrid[: self.rows, : self.cols]
        return np.stack([self.x + across.ravel() * self.step, self.y + down.ravel() * self.step], axis=1)

    def cell(self, points: NDArray[Any]) -> NDArray[np.float32]:
        """Pixels `... 2` as fractional (col, row)."""
        return ((points - (self.x, self.y)) / self.step).astype(np.float32)

    @property
    def halved(self) -> "Grid":
        """The grid of half as many columns and rows (both must be even) whose fields `doubled` brings back."""
        return Grid(self.x + self.step / 2, self.y + self.step / 2, 2 * self.step, self.cols // 2, self.rows // 2)

    def part(self, box: tuple[float, float, float, float]) -> tuple["Grid", tuple[slice, slice]]:
        """The part of the grid that covers a box (clipped), and the slices that cut it out of a field."""
        low = np.floor((np.array(box[:2]) - (self.x, self.y)) / self.step).astype(int) - 1
        high = np.ceil((np.array(box[2:]) - (self.x, self.y)) / self.step).astype(int) + 2
        i0, i1 = np.clip([low[0], high[0]], 0, self.cols)
        j0, j1 = np.clip([low[1], high[1]], 0, self.rows)
        inner = Grid(self.x + float(i0) * self.step, self.y + float(j0) * self.step, self.step, int(i1 - i0), int(j1 - j0))
        return inner, (slice(int(j0), int(j1)), slice(int(i0), int(i1)))


def _kernel(a: NDArray[Any], b: NDArray[Any]) -> NDArray[Any]:
    """Thin-plate kernel `r^2 log r` between points `N 2` and `M 2`, in their precision."""
    squared = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1)[None, :] - 2 * (a @ b.T)
    np.maximum(squared, 1e-12, out=squared)
    bent = np.log(squared)
    bent *= squared
    bent *= 0.5
    return bent


@dataclass(frozen=True, eq=False)
class Spline:
    """A thin-plate spline through controls; call it with points `N 2` to get values `N V`."""

    controls: NDArray[np.float64]
    weights: NDArray[np.float64]
    scale: float

    def __call__(self, points: NDArray[Any]) -> NDArray[np.float64]:
        """Values at points (pixels)."""
        middle = self.controls.mean(axis=0)
        scaled = (np.asarray(points, np.float64) / self.scale - middle).astype(np.float32)
        controls, bending = (self.controls - middle).astype(np.float32), self.weights[:-3].astype(np.float32)
        blocks = [_kernel(block, controls) @ bending for block in np.array_split(scaled, len(scaled) // 2048 + 1)]
        return np.concatenate(blocks) + self.weights[-3] + (scaled + middle) @ self.weights[-2:]


def spline(controls: NDArray[Any], values: NDArray[Any], scale: float, stiffness: float = 1e-4) -> Spline:
    """Fit values `C V` at controls `C 2` (pixels); `scale` is a length of the figure, `stiffness` tolerates close controls."""
    points = np.asarray(controls, np.float64) / scale
    count = len(points)
    system = np.zeros((count + 3, count + 3))
    system[:count, :count] = _kernel(points, points) + stiffness * np.eye(count)
    affine = np.concatenate([np.ones((count, 1)), points], axis=1)
    system[:count, count:] = affine
    system[count:, :count] = affine.T
    right = np.zeros((count + 3, values.shape[1]))
    right[:count] = values
    return Spline(points, np.linalg.solve(system, right), scale)


def sample(field: NDArray[np.float32], cells: NDArray[np.float32]) -> NDArray[np.float32]:
    """Values of a field at fractional (col, row) cells `N 2`; linear, edges held. Returns `N C`."""
    import cv2

    return cv2.remap(field, cells[:, None, 0], cells[:, None, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[:, 0]


def invert(forward: Field, step: float, rounds: int = 7) -> Field:
    """The backward field `D` with `D(x) = -U(x + D(x))` of a forward field `U`, both in pixels on the same grid."""
    import cv2

    here = nodes(*forward.shape[:2])
    moved = forward * np.float32(-1 / step)
    backward = moved
    for _ in range(rounds):
        fresh = cv2.remap(moved, here + backward, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        backward = cv2.addWeighted(backward, 0.4, fresh, 0.6, 0)
    return np.asarray(backward * np.float32(step), np.float32)


def doubled(field: Field) -> Field:
    """A field of a halved grid on the whole one; linear, edges held."""
    import cv2

    size = (2 * field.shape[1], 2 * field.shape[0])
    return np.asarray(cv2.resize(field, size, interpolation=cv2.INTER_LINEAR), np.float32)


@functools.lru_cache(maxsize=64)
def nodes(rows: int, cols: int) -> NDArray[np.float32]:
    """`rows cols 2`: column and row of each node."""
    down, across = np.mgrid[:rows, :cols].astype(np.float32)
    return np.stack([across, down], axis=2)
