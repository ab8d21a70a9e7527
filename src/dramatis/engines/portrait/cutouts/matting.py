"""Soft edges of people: closed-form matting (Levin et al. 2008) between certain person and certain background.

The matting Laplacian with large windows (He, Sun, Tang 2010) is never written down: applying it is one guided filter, so a
portrait is solved by conjugate gradients in a few tenths of a second. What is solved small is carried to the picture's
own size by the filter's local linear models (He, Sun 2015), so that single hairs keep their place.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.media.still import Pixels

Plane = NDArray[np.float32]

_SIDE = 360  # pixels of the longer side at which a matte is solved
_RADIUS = 2  # of a window
_FLAT = 1e-4  # variance (of colours in 0..1) below which a window has no edge
_KNOWN, _GUESS = 4.0, 1e-2  # how firmly known pixels and the first guess hold
_ROUNDS, _ENOUGH = 60, 2e-3  # conjugate gradient steps at most; remaining residual
_CERTAIN = 0.03  # opacities this near to 0 and 1 are 0 and 1


@dataclass(frozen=True, eq=False)
class _Windows:
    """What local linear models of a guide need: its planes, their means, and the inverse covariances (6 planes)."""

    guide: tuple[Plane, ...]
    means: tuple[Plane, ...]
    inverse: tuple[Plane, ...]

    def models(self, plane: Plane) -> tuple[tuple[Plane, ...], Plane]:
        """Slopes (for each plane of the guide) and offset of the mean linear model around each pixel."""
        mean = _box(plane)
        (i0, i1, i2), (m0, m1, m2) = self.guide, self.means
        c0, c1, c2 = _box(i0 * plane) - m0 * mean, _box(i1 * plane) - m1 * mean, _box(i2 * plane) - m2 * mean
        v00, v01, v02, v11, v12, v22 = self.inverse
        slopes = (v00 * c0 + v01 * c1 + v02 * c2, v01 * c0 + v11 * c1 + v12 * c2, v02 * c0 + v12 * c1 + v22 * c2)
        offset = mean - slopes[0] * m0 - slopes[1] * m1 - slopes[2] * m2
        return tuple(_box(slope) for slope in slopes), _box(offset)

    def filtered(self, plane: Plane) -> Plane:
        """The guided filter of a plane."""
        slopes, offset = self.models(plane)
        return slopes[0] * self.guide[0] + slopes[1] * self.guide[1] + slopes[2] * self.guide[2] + offset


def _box(plane: Plane) -> Plane:
    import cv2

    return np.asarray(cv2.blur(plane, (2 * _RADIUS + 1, 2 * _RADIUS + 1), borderType=cv2.BORDER_REFLECT), np.float32)


def _windows(pixels: Pixels) -> _Windows:
    import cv2

    guide = tuple(np.ascontiguousarray(part) for part in cv2.split(pixels.astype(np.float32) / 255))
    means = tuple(_box(part) for part in guide)
    pairs = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
    a, b, c, d, e, f = (_box(guide[i] * guide[j]) - means[i] * means[j] + np.float32(_FLAT * (i == j)) for i, j in pairs)
    minors = (d * f - e * e, c * e - b * f, b * e - c * d, a * f - c * c, b * c - a * e, a * d - b * b)
    scale = 1 / (a * minors[0] + b * minors[1] + c * minors[2])
    return _Windows(guide, means, tuple(minor * scale for minor in minors))


def _solved(windows: _Windows, guess: Plane, known: Plane) -> Plane:
    """Opacities that agree with `guess` where `known` (0..1) and follow the guide elsewhere: conjugate gradients."""
    weight = known * np.float32(_KNOWN) + np.float32(_GUESS)

    def applied(plane: Plane) -> Plane:
        return plane - windows.filtered(plane) + weight * plane

    alpha, right = guess.copy(), weight * guess
    rest = right - applied(alpha)
    step, size = rest.copy(), float(np.vdot(rest, rest))
    enough = _ENOUGH**2 * max(size, 1e-9)
    for _ in range(_ROUNDS):
        moved = applied(step)
        length = np.float32(size / max(float(np.vdot(step, moved)), 1e-12))
        alpha += length * step
        rest -= length * moved
        size, before = float(np.vdot(rest, rest)), size
        if size < enough:
            break
        step = rest + np.float32(size / before) * step
    return alpha


def matted(pixels: Pixels, guess: Plane, inside: NDArray[np.bool_], outside: NDArray[np.bool_]) -> Plane:
    """Opacity `H W` (0..1) of a person at the size of `pixels`.

    `guess` (0..1) is a first opinion, `inside` and `outside` say where it is surely 1 and 0; all three of one size, which may
    be smaller than that of `pixels`.
    """
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    sure = [cv2.resize(part.astype(np.float32), size, interpolation=cv2.INTER_LINEAR) > 0.99 for part in (inside, outside)]
    rough = np.asarray(cv2.resize(guess, size, interpolation=cv2.INTER_LINEAR), np.float32)
    rough[sure[0]], rough[sure[1]] = 1.0, 0.0
    windows = _windows(small)
    alpha = np.clip(_solved(windows, rough, (sure[0] | sure[1]).astype(np.float32)), 0, 1)
    fine = _enlarged(windows, alpha, pixels) if scale < 1 else alpha
    fine = np.clip((fine - _CERTAIN) / (1 - 2 * _CERTAIN), 0, 1)
    for part, value in zip(sure, (1.0, 0.0), strict=True):
        whole = cv2.resize(part.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
        fine += (np.float32(value) - fine) * whole
    return np.asarray(fine, np.float32)


def _enlarged(windows: _Windows, alpha: Plane, pixels: Pixels) -> Plane:
    """A small matte at the size of `pixels`, by the local linear models."""
    import cv2

    size = (pixels.shape[1], pixels.shape[0])
    slopes, offset = windows.models(alpha)
    fine = cv2.resize(offset, size, interpolation=cv2.INTER_LINEAR)
    for slope, part in zip(slopes, cv2.split(pixels), strict=True):
        fine += cv2.resize(slope, size, interpolation=cv2.INTER_LINEAR) * (part * np.float32(1 / 255))
    return np.asarray(fine, np.float32)
