"""A pose sequence drawn: eyes, brows and mouth of nobody in particular, and bare arms, as crisp lines in two grey pictures.

A small network can say where a mouth is, but not, sixteen times sixteen pixels at once, how its edge moves from frame to frame.
The mannequin shows it that edge; whose mouth it is, and in which colour, is the network's business.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from dramatis.models.pose_sequence import LAYERS, NUMBERS, POINTS, SUMS

_SHIFT = 4  # bits of a pixel's fraction
_BROW = ((0.078, -0.136), (0.165, -0.142), (0.265, -0.116))  # heads, from the middle of the face; inner to outer
_FINGERS = ((0.14, -0.083, 0.31, -0.142), (0.14, -0.029, 0.35, -0.05), (0.14, 0.029, 0.35, 0.05), (0.14, 0.083, 0.31, 0.142))
_EYE = (0.178, 0.035)  # where an eye is, the same way
_SIDEWAYS = 60.0  # degrees of a turned head from which its size cannot be told by its eyes
_COLUMNS = {name: number for number, name in enumerate(NUMBERS)}

Floats = NDArray[np.float32]
Point = NDArray[np.float64]


def draw(pose: Floats, size: tuple[int, int]) -> Floats:
    """Pictures of a pose sequence, `frames N` (`models/pose_sequence.py`) -> `frames 2 H W` in -1..1: 0 is empty.

    `size` is (width, height) in pixels.
    """
    pictures = np.zeros((len(pose), len(LAYERS), size[1], size[0]), np.float32)
    for picture, numbers in zip(pictures, pose.astype(np.float64), strict=True):
        _Actor(numbers, picture).draw()
    return pictures


class _Actor:
    """One frame's numbers in pixels. `ahead` is a head's height to the right along the face, `down` the same downwards."""

    def __init__(self, numbers: Point, picture: Floats) -> None:
        self._numbers, self._picture = numbers, picture
        size = np.array(picture.shape[:0:-1])
        places = SUMS @ numbers[: 2 * len(POINTS)].reshape(-1, 2)
        self._points = dict(zip(POINTS, places * size[1] + size / 2, strict=True))
        across = self._points["right_eye"] - self._points["left_eye"]
        ahead = np.cos(np.radians(np.clip(self["yaw"], -_SIDEWAYS, _SIDEWAYS)))
        self._head = max(4.0, float(np.hypot(*across)) / (2 * _EYE[0] * ahead))
        roll = np.arctan2(across[1], max(across[0], 1e-3))
        self._down = self._head * np.array([-np.sin(roll), np.cos(roll)])
        self._ahead = across / (2 * _EYE[0])
        self._origin = np.zeros(2)
        self._at = picture[0]

    def draw(self) -> None:
        """Both layers; of the first only what is around the face."""
        corners = np.clip(self._points["nose"] + self._head * np.array([[-0.6], [0.6]]), 0, self._picture.shape[:0:-1])
        (left, top), (right, bottom) = corners.astype(int)
        if right > left and bottom > top:
            self._origin, self._at = np.array([left, top], np.float64), self._picture[0, top:bottom, left:right]
            self._draw_face(self._at)
        self._origin, self._at = np.zeros(2), self._picture[1]
        self._draw_arms(self._at)

    def __getitem__(self, name: str) -> float:
        return float(self._numbers[_COLUMNS[name]])

    def _draw_face(self, picture: Floats) -> None:
        """Whites of the eyes and teeth are light, all else is dark."""
        eyes = [self._eye(name, side) for name, side in (("left_eye", -1), ("right_eye", 1))]
        whites = self._area([eye for eye, _ in eyes])
        picture += whites
        for radius, dark in ((0.067, -0.6), (0.037, -1.0)):
            _paint(picture, whites * self._discs([look for _, look in eyes], radius), dark)
        _paint(picture, self._lines([eye[:5] for eye, _ in eyes], 0.026), -1.0)
        _paint(picture, self._lines([self._brow(name, side) for name, side in (("left_eye", -1), ("right_eye", 1))], 0.05), -1.0)
        self._draw_mouth(picture)

    def _draw_arms(self, picture: Floats) -> None:
        """Arms are half as light as hands."""
        hands: list[Point] = []
        palms: list[Point] = []
        for side, way in (("left", -1), ("right", 1)):
            shoulder, elbow, wrist = (self._points[f"{side}_{joint}"] for joint in ("shoulder", "elbow", "wrist"))
            _paint(picture, self._lines([np.stack((shoulder, elbow, wrist))], 0.14), 0.5)
            if wrist[1] > picture.shape[0] + 0.4 * self._head:
                continue
            angle = np.arctan2(*(wrist - elbow)[::-1]) + np.radians(self[f"{side}_waving"])
            along, beside = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
            palms.append(wrist + 0.11 * self._head * along)
            thumb = (0.06, -0.07 * way, 0.185, -0.185 * way)
            hands += [
                np.stack([wrist + self._head * (far * along + out * beside) for far, out in (finger[:2], finger[2:])])
                for finger in (*_FINGERS, thumb)
            ]
        if palms:
            _paint(picture, np.maximum(self._lines(hands, 0.066), self._discs(palms, 0.11)), 1.0)

    def _eye(self, name: str, side: int) -> tuple[Point, Point]:
        """An eye's rim, the upper one first, and where it looks."""
        half, up = 0.103, 0.101 * min(1.5, max(0.0, self["lids"]))
        down = min(0.064 * (1 - 0.55 * self["squint"]), 0.022 + up)
        top = [(-half, 0.012), (-0.62 * half, -0.72 * up), (0.0, -up), (0.66 * half, -0.74 * up), (half, -0.008)]
        low = [(0.6 * half, 0.78 * down), (0.0, down), (-0.6 * half, 0.8 * down)]
        look = (0.040 * self["gaze_right"], -0.016 + 0.034 * self["gaze_down"])
        middle = self._points[name]
        rim = np.stack([middle + side * u * self._ahead + v * self._down for u, v in (*top, *low)])
        return rim, middle + look[0] * self._ahead + look[1] * self._down

    def _brow(self, name: str, side: int) -> Point:
        lift = side * self["one_brow"]
        ends = (-0.095 * self["brow_inner"] - 0.05 * lift, -0.082 * self["brow_outer"] - 0.08 * lift)
        ups = (ends[0], (ends[0] + ends[1]) / 2 - 0.022, ends[1])
        middle = self._points[name]
        return np.stack(
            [
                middle + side * (u - _EYE[0]) * self._ahead + (v + up - _EYE[1]) * self._down
                for (u, v), up in zip(_BROW, ups, strict=True)
            ]
        )

    def _draw_mouth(self, picture: Floats) -> None:
        left, right, top, bottom = (self._points[f"mouth_{side}"] for side in ("left", "right", "top", "bottom"))
        middle, half = (left + right) / 2, (right - left) / 2
        upper, lower = top - middle, bottom - middle
        if np.linalg.norm(bottom - top) < 0.012 * self._head:
            _paint(picture, self._lines([np.stack((left, (top + bottom) / 2, right))], 0.022), -0.7)
            return
        ring = [middle - half, middle - 0.62 * half + 0.8 * upper, top, middle + 0.62 * half + 0.8 * upper, middle + half]
        ring += [middle + 0.66 * half + 0.74 * lower, bottom, middle - 0.66 * half + 0.74 * lower]
        hole = self._area([np.stack(ring)])
        _paint(picture, hole, -1.0)
        show = min(0.052, 0.62 * float(np.linalg.norm(bottom - top)) / self._head) * self._down
        raised = top - 0.03 * self._down
        teeth = [raised - 0.93 * half, raised + 0.93 * half, top + show + 0.93 * half, top + show - 0.93 * half]
        _paint(picture, hole * self._area([np.stack(teeth)]), 0.9)

    def _area(self, outlines: list[Point]) -> Floats:
        mask = self._empty()
        cv2.fillPoly(mask, [self._fixed(outline) for outline in outlines], 255, cv2.LINE_AA, _SHIFT)
        return _share(mask)

    def _lines(self, lines: list[Point], thick: float) -> Floats:
        mask, pixels = self._empty(), max(1, round(thick * self._head))
        cv2.polylines(mask, [self._fixed(line) for line in lines], False, 255, pixels, cv2.LINE_AA, _SHIFT)
        return _share(mask)

    def _discs(self, middles: list[Point], radius: float) -> Floats:
        mask = self._empty()
        for middle in middles:
            cv2.circle(mask, self._fixed(middle), round(radius * self._head * 2**_SHIFT), 255, -1, cv2.LINE_AA, _SHIFT)
        return _share(mask)

    def _empty(self) -> NDArray[np.uint8]:
        return np.zeros(self._at.shape, np.uint8)

    def _fixed(self, points: Point) -> NDArray[np.int32]:
        """Pixels' middles at whole numbers, with a fraction."""
        return np.round(np.clip(points - self._origin - 0.5, -500, 2000) * 2**_SHIFT).astype(np.int32)


def _share(mask: NDArray[np.uint8]) -> Floats:
    return mask.astype(np.float32) / 255


def _paint(picture: Floats, mask: Floats, grey: float) -> None:
    picture += mask * (grey - picture)
