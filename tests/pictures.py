"""The example pictures at the sizes that tests need."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from dramatis.media.pictures.picture_files import read_still
from dramatis.media.still import Still


def fitted(path: Path, width: int, height: int) -> Still:
    """The middle of a picture with the aspect of `width` x `height`, resampled to that size."""
    return Still(
        np.asarray(ImageOps.fit(Image.fromarray(read_still(str(path)).pixels), (width, height), Image.Resampling.LANCZOS))
    )
