"""Landmarks of one face in one region of a picture, with the same region from frame to frame.

MediaPipe's ready-made face mesh detects or re-aims anew on every frame, and that jitter is as large as a quiet mouth's
motion. Here its landmark network alone is run, on a region that the caller chooses and moves slowly: on a still
picture the lips' opening then varies by less than one percent of a wide opening. MediaPipe is imported on first use.
"""

from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.media.faces.face_finding import quiet, solutions
from dramatis.media.still import Pixels

Mesh = NDArray[np.float32]
"""`478 3`: x, y in pixels of the frame, z in the same unit, in the order of MediaPipe's mesh with irises."""

_PATCH = 256  # pixels; the network itself looks at 192
_ROOMS = (1.25, 1.32, 1.45)  # sides of the squares that are looked at, over the larger side of the face
_LEAST = 0.2  # certainty below which there is no face in the region


@dataclass(frozen=True)
class Aim:
    """How a face of a certain shape is framed: its larger side, and how far its middle lies below and right of the temples'
    middle, over the width between the temples (depth included).

    A cartoon's wide face needs a tighter region than a person's, or the network sees its mouth on the neck.
    """

    room: float
    lower: float
    aside: float

    @classmethod
    def at(cls, mesh: Mesh) -> "Aim":
        """So that the face, as it is now, lies in the middle of the region."""
        middle, across, down, width = _temples(mesh)
        box = np.array([mesh[:, :2].min(axis=0), mesh[:, :2].max(axis=0)], np.float64)
        away = box.mean(axis=0) - middle
        return cls(float((box[1] - box[0]).max()) / width, float(away @ down) / width, float(away @ across) / width)


@dataclass(frozen=True)
class Region:
    """A turned square around a face: centre and side in pixels, and the angle in radians that brings its picture upright."""

    x: float
    y: float
    side: float
    angle: float = 0.0

    @classmethod
    def around(cls, mesh: Mesh, aim: Aim) -> "Region":
        """The region of a face; it hangs on the temples, so that a moving jaw does not move it."""
        middle, across, down, width = _temples(mesh)
        x, y = middle + (aim.aside * across + aim.lower * down) * width
        return cls(float(x), float(y), aim.room * width, float(np.arctan2(across[1], across[0])))

    def towards(self, other: "Region", share: float) -> "Region":
        """The region a share of the way to another one."""
        turn = (other.angle - self.angle + np.pi) % (2 * np.pi) - np.pi
        return Region(
            self.x + share * (other.x - self.x),
            self.y + share * (other.y - self.y),
            self.side + share * (other.side - self.side),
            self.angle + share * turn,
        )


class LandmarkFinder:
    """The landmark network, open as long as the `with` block."""

    def __init__(self) -> None:
        solutions()  # loads MediaPipe, and registers the subgraph that the graph names
        from mediapipe.framework.calculator_pb2 import CalculatorGraphConfig
        from mediapipe.framework.formats import rect_pb2
        from mediapipe.python.solution_base import SolutionBase

        network = CalculatorGraphConfig.Node(
            calculator="FaceLandmarkCpu",
            input_stream=["IMAGE:image", "ROI:region"],
            input_side_packet=["WITH_ATTENTION:with_attention"],
            output_stream=["LANDMARKS:landmarks"],
        )
        graph = CalculatorGraphConfig(
            input_stream=["image", "region"],
            input_side_packet=["with_attention"],
            output_stream=["landmarks"],
            node=[network],
        )
        self._whole = rect_pb2.NormalizedRect(x_center=0.5, y_center=0.5, width=1, height=1, rotation=0)
        with quiet():
            self._graph: Any = SolutionBase(
                graph_config=graph,
                side_inputs={"with_attention": True},
                calculator_params={"facelandmarkcpu__ThresholdingCalculator.threshold": _LEAST},
                outputs=["landmarks"],
            )
            self.find(np.zeros((_PATCH, _PATCH, 3), np.uint8), Region(_PATCH / 2, _PATCH / 2, _PATCH))  # the network speaks once

    def __enter__(self) -> "LandmarkFinder":
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._graph.close()

    def find(self, pixels: Pixels, region: Region) -> Mesh | None:
        """The mesh of the face in the region, or None: the median of what three framings show, since any one of them may slip."""
        found = [mesh for room in _ROOMS if (mesh := self._find(pixels, replace(region, side=room * region.side))) is not None]
        return np.median(found, axis=0).astype(np.float32) if found else None

    def _find(self, pixels: Pixels, region: Region) -> Mesh | None:
        patch, to_patch = _cut(pixels, region)
        found = self._graph.process({"image": patch, "region": self._whole}).landmarks
        if not found:
            return None
        points = np.array([(p.x, p.y, p.z) for p in found.landmark]) * _PATCH
        scale = _PATCH / region.side
        flat = (points[:, :2] - to_patch[:, 2]) @ to_patch[:, :2] / scale**2  # the inverse of a turn is its transpose
        return np.column_stack([flat, points[:, 2] / scale]).astype(np.float32)


def _temples(mesh: Mesh) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]:
    """The temples' middle, the directions along the eyes and down (unit vectors), and the width between the temples."""
    left, right = mesh[234].astype(np.float64), mesh[454].astype(np.float64)
    across = (mesh[263, :2] - mesh[33, :2]).astype(np.float64)
    across /= max(1e-6, float(np.linalg.norm(across)))
    return (left[:2] + right[:2]) / 2, across, np.array([-across[1], across[0]]), float(np.linalg.norm(right - left))


def _cut(pixels: Pixels, region: Region) -> tuple[Pixels, NDArray[np.float64]]:
    """The region as an upright square patch, and the 2x3 transform from the picture to it."""
    import cv2

    scale = _PATCH / region.side
    if scale < 0.5:  # average first, then turn: a turn alone would skip pixels
        reach = int(region.side) + 2
        left, top = int(region.x) - reach, int(region.y) - reach
        left, top = max(0, left), max(0, top)
        part = pixels[top : int(region.y) + reach, left : int(region.x) + reach]
        step = int(1 / scale)
        part = part[: part.shape[0] // step * step, : part.shape[1] // step * step]
        small = cv2.resize(part, (part.shape[1] // step, part.shape[0] // step), interpolation=cv2.INTER_AREA)
        shift = (step - 1) / 2
        coarse = np.array([[step, 0, left + shift], [0, step, top + shift], [0, 0, 1]], np.float64)
        to_patch = _transform(region)
        return _warped(np.asarray(small, np.uint8), (np.vstack([to_patch, [0, 0, 1]]) @ coarse)[:2]), to_patch
    to_patch = _transform(region)
    return _warped(pixels, to_patch), to_patch


def _transform(region: Region) -> NDArray[np.float64]:
    scale = _PATCH / region.side
    cos, sin = scale * np.cos(region.angle), scale * np.sin(region.angle)
    middle = _PATCH / 2
    return np.array(
        [
            [cos, sin, middle - cos * region.x - sin * region.y],
            [-sin, cos, middle + sin * region.x - cos * region.y],
        ]
    )


def _warped(pixels: Pixels, to_patch: NDArray[np.float64]) -> Pixels:
    import cv2

    how = cv2.INTER_LINEAR if np.hypot(*to_patch[0, :2]) < 1 else cv2.INTER_CUBIC
    patch = cv2.warpAffine(pixels, to_patch, (_PATCH, _PATCH), flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(patch, np.uint8)
