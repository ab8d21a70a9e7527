"""Measures what a film lost of its picture: the thickness of the thickest spot that is painted over on all frames checked.

Frames are laid over the picture, wherever the camera shows it, and both are blurred a little. A colour that the picture does not
have there, nor close by, on any of the frames, was painted over; what only moved differs now here, now there. Nothing here
knows how the engine parts people from what is behind them. Mouths are left out, since an open mouth is closed.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dramatis.media.face import Face
from dramatis.media.still import Pixels, Still

_SIDE = 640  # pixels of the longer side of the picture at which frames are compared with it
_BLUR = 0.02  # of the height, over which both are averaged
_SHIFT = 0.015  # of the height: what the picture has as near as this may have moved here
_OTHER = 30  # of 255, a difference that is seen
_CLOSEST = 1.7  # how far a film may begin zoomed in
_COARSE, _FINE = 120, 480  # pixels of the longer side at which a frame is looked for in the picture
_STEP = 0.02  # of a scale, between two coarse guesses
_LIPS = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146)
_MOUTH = 1.5  # times its lips is what a closing mouth changes


def lost(frames: Sequence[Pixels], picture: Still, faces: Sequence[Face]) -> float:
    """Thickness of the thickest spot that is the picture's on none of the frames (of one size), as a share of their height.

    `faces` are those of the picture.
    """
    import cv2

    scale = min(1.0, _SIDE / max(picture.width, picture.height))
    small = np.asarray(cv2.resize(picture.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    spots, height = np.ones(small.shape[:2], np.uint8), 0.0
    for frame in frames:
        zoom, x, y = _laid(frame, small)
        height = frame.shape[0] / zoom
        spots &= _differing(frame, small, np.array([[1 / zoom, 0, x / zoom], [0, 1 / zoom, y / zoom]]))
    for face in faces:
        lips = face.mesh[list(_LIPS), :2] * scale
        grown = lips.mean(axis=0) + _MOUTH * (lips - lips.mean(axis=0))
        cv2.fillPoly(spots, [np.round(grown).astype(np.int32)], (0,))
    return 2 * float(cv2.distanceTransform(np.pad(spots, 1), cv2.DIST_L2, 5).max()) / height


def _differing(frame: Pixels, picture: Pixels, to_picture: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Where (1) a frame shows something else than the picture, at the picture's size; 0 where it shows nothing of it."""
    import cv2

    size = (picture.shape[1], picture.shape[0])
    back = cv2.warpAffine(frame, to_picture, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    seen = cv2.warpAffine(np.ones(frame.shape[:2], np.uint8), to_picture, size, flags=cv2.INTER_NEAREST)
    height = frame.shape[0] * to_picture[0, 0]
    side, reach = max(3, int(height * _BLUR) | 1), 2 * round(height * _SHIFT) + 1
    here, there = (cv2.blur(image.astype(np.float32), (side, side)) for image in (back, picture))
    around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    beyond = np.maximum(cv2.erode(there, around) - here, here - cv2.dilate(there, around))
    return ((np.maximum(beyond, 0).mean(axis=2) > _OTHER) & (seen > 0)).astype(np.uint8)


def _laid(frame: Pixels, picture: Pixels) -> tuple[float, float, float]:
    """How many times the picture is enlarged in a frame, and where (frame pixels) the frame lies in the enlarged picture."""
    cover = max(frame.shape[1] / picture.shape[1], frame.shape[0] / picture.shape[0])
    guesses = np.exp(np.arange(0, np.log(_CLOSEST), _STEP))
    _, zoom, _, _ = min(_placed(frame, picture, cover, zoom, _COARSE) for zoom in guesses)
    near = [zoom * (1 + _STEP * share) for share in (-1, -0.5, 0, 0.5, 1) if zoom * (1 + _STEP * share) >= 1]
    _, zoom, x, y = min(_placed(frame, picture, cover, guess, _FINE) for guess in near)
    return cover * zoom, x, y


def _placed(frame: Pixels, picture: Pixels, cover: float, zoom: float, side: int) -> tuple[float, float, float, float]:
    """How well a frame lies in its picture enlarged by `cover * zoom`: the difference, that zoom, and where (frame pixels)."""
    import cv2

    scale = min(1.0, side / max(frame.shape[:2]))
    size = [max(1, int(length * scale)) for length in frame.shape[1::-1]]
    whole = [max(low, round(length * cover * zoom * scale)) for low, length in zip(size, picture.shape[1::-1], strict=True)]
    small = cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
    large = cv2.resize(picture, whole, interpolation=cv2.INTER_AREA)
    least, _, at, _ = cv2.minMaxLoc(cv2.matchTemplate(large, small, cv2.TM_SQDIFF))
    return float(least) / (size[0] * size[1]), zoom, at[0] / scale, at[1] / scale
