"""A pose sequence: what an actor and a camera do, as plain numbers for every frame, before anything is drawn.

It is the contract between the motion model, which makes it of words and a voice, and the video transformer, which renders it. The
stage writes it from its own truth, so neither network waits for the other. Only numpy is imported here.
"""

import numpy as np
from numpy.typing import NDArray

POINTS = (
    "left_eye", "right_eye", "nose", "mouth_left", "mouth_right", "mouth_top", "mouth_bottom", "chin", "neck",
    "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
)  # fmt: skip
"""The keypoints' names, in order; left and right as seen."""
ORIGINS = {
    "left_eye": "nose", "right_eye": "nose", "mouth_left": "mouth_top", "mouth_right": "mouth_top", "mouth_top": "nose",
    "mouth_bottom": "mouth_top", "chin": "nose", "nose": "neck", "left_shoulder": "neck", "right_shoulder": "neck",
    "left_elbow": "left_shoulder", "right_elbow": "right_shoulder", "left_wrist": "neck", "right_wrist": "neck",
}  # fmt: skip
"""From which keypoint another is measured: an open mouth is a large number then, wherever the head is."""
_EYE = ("brow_inner", "brow_outer", "one_brow", "lids", "squint", "gaze_right", "gaze_down", "tears")
_MOUTH = ("jaw", "spread", "pucker", "funnel", "press", "upper", "lower", "tongue", "smile", "purse")
PLACED: dict[str, tuple[str, ...]] = {
    "left_eye": _EYE,
    "right_eye": _EYE,
    "nose": ("size", "yaw", "pitch", "roll", "flush"),
    "mouth_top": _MOUTH,
    "neck": ("turn", "shrug", "bow"),
    "left_wrist": ("left_waving",),
    "right_wrist": ("right_waving",),
}
"""Which numbers are seen at which keypoint."""
LAYERS = ("face", "arms")
"""What of a pose sequence is drawn as lines, each in a picture of its own."""
CAMERA = ("camera_zoom", "camera_right", "camera_down")
"""How the people's plane grows (natural logarithm a second) and moves (picture heights a second)."""
NUMBERS = (
    *(f"{point}_{axis}" for point in POINTS for axis in "xy"),
    *dict.fromkeys(name for names in PLACED.values() for name in names),
    *CAMERA,
)
"""Names of a frame's numbers. Places are in picture heights, right and down, from their origin or the picture's middle; `size` is
the head's height in picture heights; all others are the stage's (`stage/people/pose.py`), angles in degrees.
"""
BODY = len(NUMBERS) - len(CAMERA)
"""So many of them, the first, can be read from a single picture."""


def _sums() -> NDArray[np.float32]:
    """`P P`: keypoints measured from the picture's middle are these sums of those measured from their origins."""
    sums = np.eye(len(POINTS), dtype=np.float32)
    for row, point in enumerate(POINTS):
        origin = ORIGINS.get(point)
        while origin is not None:
            sums[row, POINTS.index(origin)] = 1
            origin = ORIGINS.get(origin)
    return sums


SUMS = _sums()
"""From keypoints measured from their origins to keypoints measured from the picture's middle, `P P`."""
