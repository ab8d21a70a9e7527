"""Pictures cropped to a size that an engine films."""

import cv2
import numpy as np

from dramatis.media.still import Still


def fit_cover(still: Still, width: int, height: int) -> Still:
    """The middle of the picture with the aspect of `width` x `height`, resampled to that size."""
    scale = max(width / still.width, height / still.height)
    wide, high = min(still.width, width / scale), min(still.height, height / scale)
    x0, y0 = round((still.width - wide) / 2), round((still.height - high) / 2)
    part = still.pixels[y0 : y0 + max(1, round(high)), x0 : x0 + max(1, round(wide))]
    means = cv2.INTER_AREA if scale < 1 else cv2.INTER_LANCZOS4
    return Still(np.asarray(cv2.resize(part, (width, height), interpolation=means), np.uint8))
