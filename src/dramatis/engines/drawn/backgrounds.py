"""Where the set stands behind the people of a shot: lamps, frames and shelves should not grow out of heads or touch them.

Film crews move such things between two shots, and nobody notices. Here the whole set moves a little to a side, by what a small
drawing of it shows behind the heads.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from dramatis.engines.drawn.composition import Base, base_of, focus_of, seats
from dramatis.stage.lens import CameraPose, unit
from dramatis.stage.play.script import Place, Script
from dramatis.stage.theatre import Theatre
from dramatis.take import Take

_HIGH = 120  # rows of the small drawing
_SHIFTS = (0.0, 0.07, -0.07, 0.14, -0.14, 0.21, -0.21, 0.28, -0.28)  # units
_FAR = 0.4  # what a unit of shift costs, in grey values of an edge
_BUSY = 1.5  # the mean of all edges beside the strongest one
_ABOVE, _BESIDE, _HALF, _TALL = 0.55, 0.13, 0.44, 0.52
"""In heads: above a crown and to both sides of an outline no upright edge should be; half a head's width and height with hair."""

Head = tuple[float, float, float]
"""Middle (right, down) and height in fractions of the picture's height, from its left upper corner."""


def set_aside(take: Take, script: Script) -> float:
    """By how many units the camera is further to the right for the set than for the people."""
    base, size = base_of(take), (take.canvas.width, take.canvas.height)
    one, seated = unit(size) / size[1], seats(take)
    view = base.pose(CameraPose())
    scale, right, down = view.on(0.0)
    heads = [
        (
            take.canvas.aspect / 2 + (seated[number].x * scale + right) * one,
            0.5 + (seated[number].y * scale + down) * one,
            seated[number].scale * scale * one,
        )
        for number in focus_of(take)
    ]
    return _best(script.place, script.style, base, (round(_HIGH * take.canvas.aspect), _HIGH), tuple(heads))


@lru_cache(maxsize=64)
def _best(place: Place, style: str, base: Base, size: tuple[int, int], heads: tuple[Head, ...]) -> float:
    theatre, view = Theatre(Script(0.0, place, (), style=style), detailed=False), base.pose(CameraPose())

    def cost(shift: float) -> float:
        picture = theatre.empty(size, replace(view, truck=view.truck + shift))
        edges = np.abs(cv2.Sobel(picture, cv2.CV_32F, 1, 0, ksize=3)) / 4
        return _crossing(edges, heads) + _FAR * abs(shift) * 255 / 10

    return min(_SHIFTS, key=cost) if heads else 0.0


def _crossing(edges: NDArray[np.float32], heads: Sequence[Head]) -> float:
    """How strong upright edges are above heads and along their sides, in grey values."""
    total, high = 0.0, edges.shape[0]
    for x, y, tall in heads:
        crown, chin = y - _TALL * tall, y + _TALL * tall
        total += _upright(edges, (x - _HALF * tall, crown - _ABOVE * tall, x + _HALF * tall, crown), high)
        for side in (-1, 1):
            rim = x + side * _HALF * tall
            total += _upright(edges, (rim - _BESIDE * tall, crown, rim + _BESIDE * tall, chin), high)
    return total


def _upright(edges: NDArray[np.float32], box: tuple[float, float, float, float], high: int) -> float:
    """The strongest edge that stands upright in a box (left, top, right, bottom), and how busy it is."""
    left, top, right, bottom = (max(0, round(at * high)) for at in box)
    inside = edges[top:bottom, left:right]
    return float(inside.mean(axis=0).max() + _BUSY * inside.mean()) if inside.size else 0.0
