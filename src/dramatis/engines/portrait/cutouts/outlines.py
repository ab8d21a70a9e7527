"""Where a person is in a drawn frame: bands that are sampled and laid over the background, instead of all that it might touch."""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.geometry.fields import Field, Grid

_STRIPS, _BANDS = 24, 12  # of a person's outline, and of a drawn frame
_ROOM = 2.0  # cells of the grid by which a point may move further than the nodes around it

Moves = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Band:
    """A part of a person, in pixels of the canvas: the box that holds it, and between which columns it is opaque throughout."""

    box: tuple[float, float, float, float]
    opaque: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Outline:
    """Where a person is at rest: strips between `edges` (`strips + 1` rows); `sides` and `opaque` (`strips 2`) say between which
    columns it lies, and is opaque in all rows.
    """

    edges: NDArray[np.int_]
    sides: NDArray[np.int_]
    opaque: NDArray[np.int_]

    def bands(self, forward: Field, grid: Grid) -> list[Band]:
        """Bands from top to bottom that hold all of the person when it moves by a field on a grid."""
        every = forward[::2, ::2]  # fields are smooth: every other node says how far points move
        least, most = self._moves(every, Grid(grid.x, grid.y, 2 * grid.step, every.shape[1], every.shape[0]))
        room, held = _ROOM * grid.step, self.sides[:, 1] > self.sides[:, 0]
        tops, bottoms = self.edges[:-1] + least[:, 1] - room, self.edges[1:] + most[:, 1] + room
        left, right = self.sides[:, 0] + least[:, 0] - room, self.sides[:, 1] + most[:, 0] + room
        first, last = self.opaque[:, 0] + most[:, 0] + room, self.opaque[:, 1] + least[:, 0] - room
        bands = []
        for k in range(0, _STRIPS, _STRIPS // _BANDS):
            top, bottom = float(self.edges[k]), float(self.edges[k + _STRIPS // _BANDS])
            near = held & (bottoms >= top) & (tops <= bottom)
            if near.any():
                box = float(left[near].min()), top, float(right[near].max()), bottom
                bands.append(Band(box, (float(first[near].max()), float(last[near].min()))))
        return bands

    def _moves(self, forward: Field, grid: Grid) -> tuple[Moves, Moves]:
        """The least and the most by which points of each strip move (`strips 2`: to the right, down), by the nodes in and around
        it.
        """
        strips = np.searchsorted(self.edges, grid.y + grid.step * np.arange(grid.rows), side="right") - 1
        sides = self.sides[np.clip(strips, 0, len(self.sides) - 1)]
        across = grid.x + grid.step * np.arange(grid.cols)
        out = (across < sides[:, :1] - grid.step) | (across > sides[:, 1:] + grid.step)
        ends = (self.edges - grid.y) / grid.step
        low = np.clip(np.floor(ends[:-1]) - 1, 0, grid.rows - 1)
        places = np.stack([low, np.clip(np.ceil(ends[1:]) + 1, low, grid.rows - 1) + 1], axis=1).astype(int).ravel()
        found = []
        for reduced, none in ((np.minimum, np.inf), (np.maximum, -np.inf)):
            rows = [reduced.reduce(np.where(out, np.float32(none), forward[..., axis]), axis=1) for axis in (0, 1)]
            each = np.pad(np.stack(rows, axis=1), ((0, 1), (0, 0)), constant_values=none)
            strip = reduced.reduceat(each, places, axis=0)[::2]
            found.append(np.where(np.isfinite(strip), strip, 0).astype(np.float32))
        return found[0], found[1]


def outline(person: NDArray[np.uint8], corner: tuple[int, int]) -> Outline:
    """Cut a person (RGBA, whose first pixel lies at `corner` of the canvas) into strips and find how wide it is in each."""
    height, width = person.shape[:2]
    edges = np.linspace(0, height, _STRIPS + 1).round().astype(int)
    sides, opaque = [], []
    for top, bottom in itertools.pairwise(edges):
        strip = person[top : bottom + 1, :, 3]
        cols = np.flatnonzero(strip.max(axis=0) > 1)
        sides.append((cols[0], cols[-1] + 1) if len(cols) else (width, 0))
        opaque.append(_longest(strip.min(axis=0) == 255))
    return Outline(corner[1] + edges, corner[0] + np.array(sides), corner[0] + np.array(opaque))


def _longest(mask: NDArray[np.bool_]) -> tuple[int, int]:
    """Start and end of the longest run of a row."""
    ends = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8))).reshape(-1, 2)
    return (0, 0) if len(ends) == 0 else tuple(ends[np.argmax(ends[:, 1] - ends[:, 0])].tolist())
