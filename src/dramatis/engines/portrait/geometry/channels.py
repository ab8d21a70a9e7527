"""The channels of a pose, and how head and body move the picture.

A pose is one row of channels. Mouth, brow and lid channels are 0..1 (lids may go a little below 0: wide open); gaze is in
units of the iris's radius; head angles are radians (yaw to the picture's right, pitch down, roll clockwise); shifts are in
head heights. `untouched` is how far mouth and eyes are left as the picture shows them: 1 is the picture itself.
"""

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.geometry.body import BodyRig
from dramatis.engines.portrait.geometry.expressions import EXPRESSIONS
from dramatis.engines.portrait.geometry.fields import Field, Grid

CHANNELS = (
    *EXPRESSIONS,
    "tongue",
    "gaze_x",
    "gaze_y",
    "yaw",
    "pitch",
    "roll",
    "shift_x",
    "shift_y",
    "lean",
    "breath",
    "untouched",
)
CHANNEL = {name: index for index, name in enumerate(CHANNELS)}
Pose = NDArray[np.float32]
"""`[len(CHANNELS)]`."""

MOST_TURN = np.radians(14.0)


def weights(pose: Pose) -> NDArray[np.float32]:
    """Weights of the rig's fields (`EXPRESSIONS`, then `closing`).

    Pressed lips hold against an opening jaw; the opening that the picture itself shows is closed, unless it is untouched.
    """
    field = np.append(pose[: len(EXPRESSIONS)], 1 - pose[CHANNEL["untouched"]]).astype(np.float32)
    free = 1 - np.clip(pose[CHANNEL["press"]], 0, 1)
    for name in ("jaw", "funnel", "upper", "lower"):
        field[CHANNEL[name]] *= free
    return field


def rotation(pose: Pose, axes: NDArray[np.float64]) -> NDArray[np.float64]:
    """`3 3` rotation in picture space of the pose's yaw, pitch and roll about the head's own axes."""
    turn = np.clip([pose[CHANNEL[name]] for name in ("yaw", "pitch", "roll")], -MOST_TURN, MOST_TURN)
    (cy, cp, cr), (sy, sp, sr) = np.cos(turn), np.sin(turn)
    yaw = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    pitch = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    roll = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(axes.T @ (roll @ pitch @ yaw) @ axes)


def motion(pose: Pose, body: BodyRig, grid: Grid) -> Field:
    """Forward field of head, neck and chest over a grid."""
    turn = rotation(pose, body.axes)
    change = (turn[:2, :2] - np.eye(2)) * (1 + pose[CHANNEL["lean"]]) + np.eye(2) * pose[CHANNEL["lean"]]
    change, tilt = change.astype(np.float32), turn[:2, 2].astype(np.float32)
    x = (grid.x - body.pivot[0] + np.arange(grid.cols, dtype=np.float32) * np.float32(grid.step))[None, :]
    y = (grid.y - body.pivot[1] + np.arange(grid.rows, dtype=np.float32) * np.float32(grid.step))[:, None]
    shift = pose[[CHANNEL["shift_x"], CHANNEL["shift_y"]]] * body.size
    breath = pose[CHANNEL["breath"]] * body.size * 0.012
    field = np.empty((grid.rows, grid.cols, 2), np.float32)
    for k in (0, 1):
        field[..., k] = body.head * (change[k, 0] * x + change[k, 1] * y + tilt[k] * body.depth + shift[k])
    field[..., 1] -= breath * body.chest + 0.35 * breath * body.head
    field[..., 0] += 0.15 * shift[0] * body.chest
    return field
