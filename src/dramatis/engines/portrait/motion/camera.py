"""The camera: the visible part of the canvas over time. It never leaves the picture or a face."""

import numpy as np

from dramatis.engines.portrait.drawing.view import CameraWindow
from dramatis.engines.portrait.motion.motion_curves import Times, Track, ease, source, wander
from dramatis.story import Canvas, Cue

_PANS = {"pan left": (-1.0, 0.0), "pan right": (1.0, 0.0), "tilt up": (0.0, -1.0), "tilt down": (0.0, 1.0)}
_ROOM = 0.10  # zoom that makes room for a pan, at full intensity


Kept = tuple[float, float, float, float]
"""x0, y0, x1, y1 in canvas pixels of the area that must stay visible: all faces."""


def _along(times: Times, cue: Cue) -> Track:
    """0 before a move, 1 after it."""
    return ease((times - cue.span.start) / max(cue.span.seconds, 1e-3))


def _closer(cue: Cue) -> float:
    """How many times closer a push in goes."""
    return 1.10 + 0.22 * cue.intensity


def _zoom(times: Times, cues: list[Cue]) -> Track:
    """Zoom over time: moves follow each other; a film that begins with pulling out begins close."""
    zooms = [cue for cue in cues if cue.what in ("push in", "pull out")]
    level = _closer(zooms[0]) if zooms and zooms[0].what == "pull out" else 1.0
    zoom = np.full(len(times), level)
    for cue in zooms:
        goal = level * _closer(cue) if cue.what == "push in" else max(1.0, level / _closer(cue))
        zoom *= (goal / level) ** _along(times, cue)
        level = goal
    return np.maximum(zoom, 1.0)


def _drift(times: Times, cues: list[Cue]) -> tuple[Track, Track]:
    """Position of pans and tilts inside their room, -1..1 on both axes."""
    place = [np.zeros(len(times)), np.zeros(len(times))]
    level = [0.0, 0.0]
    for axis in (0, 1):
        moves = [(cue, _PANS[cue.what][axis]) for cue in cues if cue.what in _PANS and _PANS[cue.what][axis]]
        if moves:
            level[axis] = -moves[0][1]
            place[axis] += level[axis]
        for cue, way in moves:
            goal = float(np.clip(level[axis] + 2 * way, -1, 1))
            place[axis] += (goal - level[axis]) * _along(times, cue)
            level[axis] = goal
    return place[0], place[1]


def views(canvas: Canvas, times: Times, cues: tuple[Cue, ...], kept: Kept, seed: int) -> list[CameraWindow]:
    """One view a frame; a zoom goes to the middle of `kept`, and nothing of it leaves the picture."""
    moves = sorted((cue for cue in cues if cue.kind == "camera" and cue.what != "static"), key=lambda cue: cue.span.start)
    if not moves:
        return [CameraWindow()] * len(times)
    slack = max((cue.intensity for cue in moves if cue.what in _PANS), default=0.0) * _ROOM
    shake = max((cue.intensity for cue in moves if cue.what == "handheld"), default=0.0) * 0.012
    most = min(canvas.width / max(1.0, kept[2] - kept[0]), canvas.height / max(1.0, kept[3] - kept[1]))
    zoom = np.clip(_zoom(times, moves) * (1 + 1.5 * slack) * (1 + 3 * shake), 1.0, max(1.0, most))
    pans = _drift(times, moves)
    corners = []
    for axis, size in enumerate((canvas.width, canvas.height)):
        seen = size / zoom
        at = (kept[axis] + kept[axis + 2]) / 2
        nearest = np.clip(at - (at - size * 0.5) / zoom - seen / 2, 0, size - seen)
        moved = nearest + pans[axis] * (size - seen) / 2 * (slack > 0)
        jitter = [wander(times, hertz, source(seed, "camera", f"{axis} {hertz}")) for hertz in (0.5, 1.4)]
        moved += shake * size * (0.8 * jitter[0] + 0.3 * jitter[1])
        moved = np.clip(moved, np.minimum(kept[axis + 2] - seen, kept[axis]), np.maximum(kept[axis + 2] - seen, kept[axis]))
        corners.append(np.clip(moved, 0, size - seen))
    return [CameraWindow(float(x), float(y), float(z)) for x, y, z in zip(*corners, zoom, strict=True)]
