"""Colours are held: in a take of many windows each repeats the last frames of the one before, and colours would drift.

Each frame's means and deviations in Lab are made those of the picture that the take began with, as InfiniteTalk's authors do it;
their network keeps the camera where it is, so that frames of a take show much the same.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_EVEN = 1e-3  # deviation of a channel that has none


@dataclass(frozen=True, eq=False)
class ColourHold:
    """Means and deviations of a picture in Lab."""

    mean: NDArray[np.float32]
    deviation: NDArray[np.float32]

    def held(self, frame: Tensor) -> Tensor:
        """A frame `3 H W` in -1..1 with these colours."""
        lab = _lab(frame)
        mean, deviation = _moments(lab)
        scale = np.where(deviation > _EVEN, self.deviation / np.maximum(deviation, _EVEN), 1.0)
        shown = cv2.cvtColor(((lab - mean) * scale + self.mean).astype(np.float32), cv2.COLOR_Lab2RGB)
        return torch.from_numpy(np.clip(shown, 0, 1)).permute(2, 0, 1) * 2 - 1


def colours_of(picture: Tensor) -> ColourHold:
    """Those of a picture `3 H W` in -1..1."""
    return ColourHold(*_moments(_lab(picture)))


def _lab(frame: Tensor) -> NDArray[np.float32]:
    rgb = np.ascontiguousarray((frame.permute(1, 2, 0).numpy() / 2 + 0.5).clip(0, 1), np.float32)
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2Lab), np.float32)


def _moments(lab: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return lab.mean((0, 1)), lab.std((0, 1))
