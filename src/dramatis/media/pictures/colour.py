"""RGB to the planes of a video encoder: Y'CbCr 4:2:0, ITU-R BT.709, 8 bits, limited range; and to CIE L*a*b*.

OpenCV's `COLOR_RGB2YUV_I420` uses BT.601, but players decode our films with BT.709, which would shift greens and reds by
up to ten levels. So this module has its own matrix: one packed transform, then chroma subsampling by area (sited in the
middle of its four luma samples, and tagged so). Its `COLOR_RGB2LAB` makes tables for 0.1 s when it is first called.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from dramatis.media.still import Pixels

_RED, _BLUE = 0.2126, 0.0722  # BT.709-6, item 3.2
_GREEN = 1 - _RED - _BLUE
_TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))  # sRGB
_DARK, _CUBE = (6 / 29) ** 3, (29 / 6) ** 2 / 3  # CIE 15, 8.2.1.1: where the cube root ends, and the slope below
_LUMA, _CHROMA = 219 / 255, 224 / 255  # BT.709-6, item 4.6: 16 .. 235 and 16 .. 240


def _matrix() -> NDArray[np.float32]:
    """`3 4`: Y', Cb, Cr from R', G', B' in 0 .. 255, and the offsets."""
    luma = np.array([_RED, _GREEN, _BLUE])
    blue = (np.array([0, 0, 1]) - luma) / (2 * (1 - _BLUE))
    red = (np.array([1, 0, 0]) - luma) / (2 * (1 - _RED))
    rows = np.stack([luma * _LUMA, blue * _CHROMA, red * _CHROMA])
    return np.asarray(np.concatenate([rows, [[16], [128], [128]]], axis=1), np.float32)


_TO_YCBCR = _matrix()


def to_i420(pixels: Pixels) -> NDArray[np.uint8]:
    """`H W 3` RGB (even sides) as planar I420, `H * 3 / 2, W`: Y, then Cb, then Cr."""
    height, width = pixels.shape[:2]
    packed = cv2.transform(pixels, _TO_YCBCR)
    planes = np.empty((height * 3 // 2, width), np.uint8)
    cv2.extractChannel(packed, 0, planes[:height])
    half = cv2.resize(packed, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    chroma = planes[height:].reshape(2, height // 2, width // 2)
    cv2.extractChannel(half, 1, chroma[0])
    cv2.extractChannel(half, 2, chroma[1])
    return planes


def _linear() -> NDArray[np.float32]:
    """Light (0..1) by the bytes of sRGB."""
    levels = np.arange(256) / 255
    return np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4).astype(np.float32)


def to_lab(pixels: Pixels) -> NDArray[np.float32]:
    """`H W 3` sRGB as CIE L*a*b* (0..100, about -100..100) under its own white, D65."""
    white = np.array(_TO_XYZ).sum(axis=1, keepdims=True)
    relative = cv2.transform(cv2.LUT(pixels, _linear()), (_TO_XYZ / white).astype(np.float32))
    x, y, z = cv2.split(np.where(relative > _DARK, np.cbrt(relative), relative * np.float32(_CUBE) + np.float32(4 / 29)))
    return np.asarray(cv2.merge([116 * y - 16, 500 * (x - y), 200 * (y - z)]), np.float32)
