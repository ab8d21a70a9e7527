"""Depth of the picture, and the parts that follow the head, the neck and breathing."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.geometry.anatomy import HeadFrame
from dramatis.engines.portrait.geometry.fields import Grid, spline
from dramatis.media.face import Face

_BENDS = (0.65, 1.5)  # face sizes from its middle between which a picture bends around a face that is one with it
_BEHIND = 0.12  # a mesh point this much further away (in face sizes) than one beside it is hidden


@dataclass(frozen=True, eq=False)
class BodyRig:
    """How the head, neck and shoulders move, on a grid over their region (`rows cols`)."""

    depth: NDArray[np.float32]
    """Towards the viewer from the neck's pivot, pixels."""
    head: NDArray[np.float32]
    """Share of the head's motion, 0..1."""
    chest: NDArray[np.float32]
    """Share of breathing, 0..1."""
    pivot: NDArray[np.float32]
    axes: NDArray[np.float64]
    size: float
    """Height from the eyes to the chin, pixels: the unit of the head's shifts."""


def visible(head: HeadFrame, size: float) -> NDArray[np.bool_]:
    """Which mesh points are not behind others (a turned face hides its far cheek)."""
    flat, near = head.to_picture(head.points), head.points @ head.axes[:, 2]
    close = ((flat[:, None] - flat[None]) ** 2).sum(axis=2) < (0.05 * size) ** 2
    hidden = (close & (near[None, :] - near[:, None] > _BEHIND * size)).any(axis=1)
    return ~hidden


def body_of(head: HeadFrame, grid: Grid, size: float) -> BodyRig:
    """Depth from the mesh, continued over hair and neck; shares of motion by the distance below the chin."""
    nodes = grid.nodes
    seen = np.flatnonzero(visible(head, size))[::2]
    flat = head.origin[:2] + head.to_picture(head.points)
    near = head.points @ head.axes[:, 2]
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    crown = np.stack([1.0 * np.cos(angles), 0.1 + 1.25 * np.sin(angles), np.full(24, -0.55)], axis=1) * head.height
    around = head.origin[:2] + head.to_picture(crown)
    controls = np.concatenate([flat[seen], around])
    back = crown @ head.axes[:, 2]
    depth = spline(controls, np.concatenate([near[seen], back])[:, None], size, 3e-3)(nodes)[:, 0]
    depth = np.clip(depth, min(near.min(), back.min()), near.max() * 1.05)
    pivot = head.points[152] * (0, 1, 0) + np.array([0, 0.25, -0.5]) * head.height
    pivot_at = head.origin[:2] + head.to_picture(pivot)
    axis = head.axes[1, :2] / np.hypot(*head.axes[1, :2])
    below = ((nodes - flat[152]) @ axis) / head.height
    fall = np.clip((below + 0.10) / 1.0, 0, 1)
    share = 1 - 0.96 * (fall * fall * (3 - 2 * fall))
    rise, fade = np.clip((below - 0.25) / 0.7, 0, 1), np.clip((2.4 - below) / 1.2, 0, 1)
    still = fade * fade * (3 - 2 * fade)
    share *= still
    chest = rise * rise * (3 - 2 * rise) * still
    shape = (grid.rows, grid.cols)
    return BodyRig(
        depth=(depth - float(pivot @ head.axes[:, 2])).reshape(shape).astype(np.float32),
        head=share.reshape(shape).astype(np.float32),
        chest=chest.reshape(shape).astype(np.float32),
        pivot=pivot_at.astype(np.float32),
        axes=head.axes,
        size=head.height,
    )


def within(body: BodyRig, grid: Grid, face: Face) -> BodyRig:
    """The body of a face that is one with its picture: its motion ends softly around it, and the picture bends in between."""
    x0, y0, x1, y1 = face.box
    across = (grid.x + np.arange(grid.cols) * grid.step)[None, :] - (x0 + x1) / 2
    down = (grid.y + np.arange(grid.rows) * grid.step)[:, None] - (y0 + y1) / 2
    far = np.hypot(across / face.size, down / face.size)
    near = np.clip((_BENDS[1] - far) / (_BENDS[1] - _BENDS[0]), 0, 1)
    share = (near * near * (3 - 2 * near)).astype(np.float32)
    return replace(body, head=body.head * share, chest=body.chest * share)


def reach(face: Face, shape: tuple[int, int]) -> tuple[int, int, int, int]:
    """The box of a picture (`shape`: height, width) that bends when a face moves that is one with it."""
    x0, y0, x1, y1 = face.box
    middle, far = ((x0 + x1) / 2, (y0 + y1) / 2), _BENDS[1] * face.size
    low = [max(0, int(at - far)) for at in middle]
    high = [min(size, int(at + far)) for at, size in zip(middle, shape[::-1], strict=True)]
    return low[0], low[1], high[0], high[1]


def held(body: BodyRig, grid: Grid, alpha: NDArray[np.float32], size: float) -> BodyRig:
    """The body, fixed where the edge of the canvas cuts it off above the chest, since the picture shows nothing beyond.

    `alpha` (`H W`) is the person on the canvas, `size` the face's in pixels.
    """
    height, width = alpha.shape
    rows = slice(0, max(3, min(height, round(float(body.pivot[1]) + 0.3 * size))))
    x = (grid.x + np.arange(grid.cols) * grid.step)[None, :]
    y = (grid.y + np.arange(grid.rows) * grid.step)[:, None]
    cut = ((alpha[rows, :3], x), (alpha[rows, -3:], width - 1 - x), (alpha[:3], y))
    free = np.ones((grid.rows, grid.cols), np.float32)
    for edge, inwards in cut:
        if edge.max() > 0.5:
            near = np.clip(inwards / (0.5 * size), 0, 1)
            free = free * (near * near * (3 - 2 * near)).astype(np.float32)
    return replace(body, head=body.head * free, chest=body.chest * free)
