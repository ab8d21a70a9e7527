"""Regions of a picture that stay as they are: a layer in front of everything, with the picture's own pixels and soft edges."""

import numpy as np
from numpy.typing import NDArray

from dramatis.media.still import Pixels
from dramatis.story import Region

_SOFT = 0.02  # of the picture's height: the width of an edge


def kept_layer(picture: Pixels, regions: tuple[Region, ...], front: NDArray[np.uint8] | None) -> NDArray[np.uint8]:
    """The regions of a picture (`H W 3`, as the canvas shows it) over `front` (`H W 4`), which lies before the people, too."""
    import cv2

    height, width = picture.shape[:2]
    mask = np.zeros((height, width), np.float32)
    for x0, y0, x1, y1 in regions:
        mask[round(y0 * height) : round(y1 * height), round(x0 * width) : round(x1 * width)] = 255
    sigma = max(0.5, _SOFT * height / 2)
    mask = cv2.GaussianBlur(mask, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    if front is None:
        return np.dstack([picture, mask.round().astype(np.uint8)])
    share = mask[..., None] / 255
    opaque = np.maximum(front[..., 3], mask)
    colour = front[..., :3] * (1 - share) + picture * share
    return np.dstack([colour, opaque]).round().astype(np.uint8)
