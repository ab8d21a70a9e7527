"""Pictures that the native engine is given."""

import cv2
import numpy as np

from dramatis.engines.native.networks import Networks
from dramatis.errors import EngineError
from dramatis.media.still import Picture
from dramatis.take import Limits, Take

_EVEN = 0.3  # of 255: a Laplacian of paint, not of texture


def check_pictures(take: Take, networks: Networks, limits: Limits) -> None:
    """Refuse pictures of another size, and photos; raises `EngineError`."""
    looks = [(f"the picture of {role.name}", role.look.picture) for role in take.cast if role.look is not None]
    for name, picture in [*looks, *((f"the frame at {anchor.at:.2f} s", anchor.picture) for anchor in take.anchors)]:
        if (picture.width, picture.height) != (take.canvas.width, take.canvas.height):
            raise EngineError(
                f'The engine "{limits.name}" takes pictures of the canvas\'s size, {take.canvas.width}x'
                f"{take.canvas.height}; {name} is {picture.width}x{picture.height}."
            )
        if flatness(picture) < networks.flattest:
            raise EngineError(
                f'The engine "{limits.name}" films drawn characters of its own stage; {name} looks like '
                f"a photo: {networks.otherwise}."
            )


def flatness(picture: Picture) -> float:
    """The share of a picture that is filled evenly: 0.36 and more of what the stage draws, 0.21 and more of frames of our films,
    0.13 and less of photos that we tried.

    Where the Laplacian of its slightly smoothed grey is below 0.3 of 255.
    """
    grey = cv2.GaussianBlur(cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), 1.0)
    return float((np.abs(cv2.Laplacian(grey, cv2.CV_32F)) < _EVEN).mean())
