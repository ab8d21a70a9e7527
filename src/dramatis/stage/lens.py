"""Camera moves and their effect on near and far layers.

The person's plane lies at distance 1 from the camera's start; a layer at depth z lies z behind it (before it, if
negative). Moves are moves of a real camera: pushing in makes near things grow faster than far ones, an orbit shifts the
background behind a person who stays, and only turning the camera shifts everything alike.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.stage.play.script import Shooting

PUSH = 1.5
"""How much larger a person is after 2.5 s of pushing in at full speed."""
PAN, TILT, ORBIT = 0.34, 0.26, 0.42
"""How far, after as long: fractions of the picture's width and height, and a truck in units."""
_USUAL = 2.5  # seconds
_TURNED = 0.75  # of a pan is turning, the rest is moving sideways
_SHAKE = ((0.9, 1.0), (1.7, 0.6), (3.1, 0.3))  # Hz, share


@dataclass(frozen=True)
class CameraPose:
    """The camera in one instant, in units of the picture (see `unit`); all zero is where it starts."""

    push: float = 0.0
    """Forward; the person's plane is 1 away at the start."""
    truck: float = 0.0
    """Sideways to the right."""
    pan: float = 0.0
    """Turned right: how far everything shifts to the left."""
    tilt: float = 0.0
    """Turned down: how far everything shifts up."""
    roll: float = 0.0
    """Degrees, clockwise."""
    rise: float = 0.0
    """Moved down, as `truck` to the right."""

    def on(self, depth: float) -> tuple[float, float, float]:
        """Scale and shift (right, down; units) of a layer at this depth."""
        away = max(0.2, 1 + depth - self.push)
        return (1 + depth) / away, -self.truck / away - self.pan, -self.rise / away - self.tilt


def unit(size: tuple[int, int]) -> float:
    """Pixels of one unit of length: the picture's height, or less where a picture is narrow."""
    width, height = size
    return min(height, width * 4 / 3)


def extent(shooting: Shooting, seconds: float) -> float:
    """How far a move goes: `speed` in 2.5 s, further in longer shots, but less than twice as far."""
    return shooting.speed * (1 - math.exp(-seconds / _USUAL)) / (1 - math.exp(-1))


@dataclass(frozen=True)
class CameraTarget:
    """What is framed: the picture's width in units, and what the camera pushes towards (units, from the picture's middle)."""

    width: float
    aim: tuple[float, float]


def views(
    shooting: Shooting, seconds: float, times: NDArray[np.float64], target: CameraTarget, seed: int = 0
) -> list[CameraPose]:
    """The camera at `times` of a shot of this length."""
    far = extent(shooting, seconds)
    share = np.clip(np.asarray(times, np.float64) / max(seconds, 1e-6), 0.0, 1.0)
    eased = 0.6 * share + 0.4 * share * share * (3 - 2 * share)
    if shooting.move == "handheld":
        return [_shaken(float(time), shooting.speed, seed) for time in times]
    return [_moved(shooting.move, far * float(way), target) for way in eased]


def following(path: Sequence[float]) -> list[CameraPose]:
    """A camera that goes along with a person who walks; `path` is how far to the right the person is, in units."""
    return [CameraPose(truck=right) for right in path]


def _moved(move: str, way: float, target: CameraTarget) -> CameraPose:
    if move in {"push in", "pull out"}:
        zoom = PUSH ** (way if move == "push in" else -way)
        return CameraPose(push=1 - 1 / zoom, pan=target.aim[0] * (zoom - 1), tilt=target.aim[1] * (zoom - 1))
    if move in {"pan left", "pan right"}:
        shift = way * PAN * target.width * (1 if move == "pan right" else -1)
        return CameraPose(pan=shift * _TURNED, truck=shift * (1 - _TURNED))
    if move in {"tilt up", "tilt down"}:
        return CameraPose(tilt=way * TILT * (1 if move == "tilt down" else -1))
    if move == "orbit":
        return CameraPose(truck=way * ORBIT, pan=-way * ORBIT)
    return CameraPose()


def _shaken(time: float, speed: float, seed: int) -> CameraPose:
    def wave(which: int) -> float:
        return sum(share * math.sin(2 * math.pi * (hertz * time + 0.37 * which + 0.173 * (seed % 97))) for hertz, share in _SHAKE)

    rest = [wave(k) for k in range(4)]
    strength = 0.014 * (0.4 + speed)
    return CameraPose(
        0.02 * strength * rest[3], strength * rest[0], 0.5 * strength * rest[1], strength * rest[2], 40 * strength * rest[3]
    )
