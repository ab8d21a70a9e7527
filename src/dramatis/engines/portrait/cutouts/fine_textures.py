"""Textures: pixels that are sampled at any position, finer than the canvas where the picture has detail."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.media.face import Face
from dramatis.media.still import Pixels

_CRISPER = 0.60  # unsharp mask against the blur of subpixel motion
_CORRECTIONS = 3  # rounds in which an enlarged texture is made to show the picture at rest
_LOST = 4  # of 255, in a thousandth of a face: a picture that loses no more at half its size needs no finer texture
_STRIP_ROWS, _HALO = 128, 16  # rows of a texture that are enlarged at once, and that are needed around them


@dataclass(frozen=True, eq=False)
class Texture:
    """`H W C` uint8 whose first pixel lies at `corner` of the canvas, `scale` texture pixels to one of the canvas.

    Enlarged twice by a sharp filter, a texture can be sampled linearly and still keeps its detail, at a fifth of the cost of
    cubic sampling.
    """

    pixels: NDArray[np.uint8]
    corner: tuple[float, float]
    scale: int = 1

    @property
    def onto(self) -> NDArray[np.float64]:
        """The transform (2x3) from pixels of the canvas to its own."""
        start = (self.scale - 1) / 2 - np.array(self.corner) * self.scale
        return np.concatenate([self.scale * np.eye(2), start[:, None]], axis=1)

    def enlarged(self, scale: int) -> "Texture":
        """The same texture with `scale` times as many pixels a side; their means are the pixels that there were."""
        if scale == 1:
            return self
        height, width, channels = self.pixels.shape
        large = np.empty((height * scale, width * scale, channels), np.uint8)

        def enlarge(top: int) -> None:  # strips fit into a processor's cache
            first, bottom = max(0, top - _HALO), min(height, top + _STRIP_ROWS)
            made = _enlarged(self.pixels[first : bottom + _HALO], scale)
            large[top * scale : bottom * scale] = made[(top - first) * scale : (bottom - first) * scale]

        with ThreadPoolExecutor(2) as hands:
            list(hands.map(enlarge, range(0, height, _STRIP_ROWS)))
        return Texture(large, self.corner, scale)


def _enlarged(pixels: NDArray[np.uint8], scale: int) -> NDArray[np.uint8]:
    import cv2

    size = (pixels.shape[1] * scale, pixels.shape[0] * scale)
    large = cv2.resize(pixels, size, interpolation=cv2.INTER_LANCZOS4)
    soft = cv2.GaussianBlur(large, (0, 0), 0.9 * scale)
    large[..., :3] = cv2.addWeighted(large, 1 + _CRISPER, soft, -_CRISPER, 0)[..., :3]
    for _ in range(_CORRECTIONS):
        shown = cv2.resize(large, pixels.shape[1::-1], interpolation=cv2.INTER_AREA)
        missing = cv2.subtract(pixels, shown, dtype=cv2.CV_16S)
        large = cv2.add(large, cv2.resize(missing, size, interpolation=cv2.INTER_NEAREST), dtype=cv2.CV_8U)
    whole = cv2.resize(pixels, size, interpolation=cv2.INTER_NEAREST)  # fully opaque or empty pixels stay so
    return np.where((whole == 0) | (whole == 255), whole, large)


def detailed(pixels: Pixels, face: Face) -> bool:
    """Whether a face has detail that a picture of half the size would lose: one that was enlarged, or is soft, has none."""
    import cv2

    crop = _crop(pixels, face)
    half = cv2.resize(crop, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    lost = cv2.absdiff(crop, cv2.resize(half, crop.shape[1::-1], interpolation=cv2.INTER_LANCZOS4))
    return float(np.percentile(cv2.cvtColor(lost, cv2.COLOR_RGB2GRAY), 99.9)) > _LOST


def _crop(pixels: Pixels, face: Face) -> Pixels:
    """The face's box, as far as the picture shows it, of even size."""
    height, width = pixels.shape[:2]
    x0, y0, x1, y1 = (int(v) for v in np.clip(face.box, 0, (width, height, width, height)))
    return np.ascontiguousarray(pixels[y0 : y1 - (y1 - y0) % 2, x0 : x1 - (x1 - x0) % 2])


def softness(pixels: Pixels, face: Face) -> float:
    """Sigma of the picture's own blur, from the spread between its gradients at two scales; 0.4..6 pixels."""
    import cv2

    grey = cv2.cvtColor(_crop(pixels, face), cv2.COLOR_RGB2GRAY).astype(np.float32)
    blurred = cv2.GaussianBlur(grey, (0, 0), 2.0)
    edges = [np.hypot(cv2.Sobel(g, cv2.CV_32F, 1, 0), cv2.Sobel(g, cv2.CV_32F, 0, 1)) for g in (grey, blurred)]
    own, worse = (float(np.percentile(edge, 99)) for edge in edges)
    ratio = max(1.001, own / max(worse, 1e-3))
    return float(np.clip(2.0 / np.sqrt(max(ratio**2 - 1, 0.1)), 0.4, 6.0))
