"""Where the glass of windows is: in rooms, by set, and in the houses of the street."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

Boxes = list[tuple[float, float, float, float]]


def _kitchen(shift: float) -> Boxes:
    return [(x + 0.355, -0.475, x + 0.595, -0.085) for x in np.arange(-3.2, 3.3, 0.95) + shift]


def _living_room(shift: float) -> Boxes:
    return [(x - 0.215, -0.365, x + 0.215, 0.065) for x in (-1.9 + shift, -0.42 + shift, 1.5 + shift)]


def _office(shift: float) -> Boxes:
    middles = [1.02 * k + shift - 0.2 for k in range(-3, 4)]
    return [half for x in middles for half in ((x - 0.408, -0.42, x - 0.012, 0.095), (x + 0.012, -0.42, x + 0.408, 0.095))]


def _library(shift: float) -> Boxes:
    middles = [x + shift for x in (-2.2, -0.1, 2.0)]
    return [half for x in middles for half in ((x - 0.23, -0.45, x - 0.012, 0.14), (x + 0.012, -0.45, x + 0.23, 0.14))]


PANES: dict[str, tuple[float, Callable[[float], Boxes]]] = {
    "kitchen": (1.6, _kitchen), "living room": (1.6, _living_room), "office": (1.8, _office), "library": (2.4, _library),
}  # fmt: skip
"""By set: the depth of the wall, and its windows by how far the place's things are shifted."""


@dataclass(frozen=True)
class House:
    """One of the street's houses: its place in the row, its middle and its roof."""

    number: int
    x: float
    top: float

    @property
    def panes(self) -> Boxes:
        """The glass of its windows, floor by floor."""
        corners = [(self.x + 0.25 * column - 0.07, self.top + 0.10 + 0.24 * row) for row in (0, 1) for column in (-1, 0, 1)]
        return [(left, high, left + 0.14, high + 0.16) for left, high in corners]


def houses(shift: float, variant: int) -> Iterator[House]:
    """The street's houses from left to right; between them is a gap."""
    for k in (0, 1, 2, 3, 5, 6, 7, 8):
        yield House(k, -3.3 + 0.82 * k + shift, -0.36 - 0.12 * ((k * 5 + variant) % 3))
