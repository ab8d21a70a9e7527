"""Tells animal faces from human ones.

MediaPipe's short-range detector also fires on dogs and cats; the full-range detector does not, and it finds painted,
drawn and sculpted people. Of 132 faces in public pictures (docs/log.md) it finds all human and no dog or cat faces.
"""

import numpy as np

from dramatis.media.face import Face
from dramatis.media.faces.face_finding import quiet, solutions
from dramatis.media.still import Still

_CROP = 384
_LOOKS = (0.8, 1.2)  # margins around the face, in sizes of its box
_SURE = 0.5


def is_animal(still: Still, face: Face) -> bool:
    """Whether the full-range detector, which finds only humans, finds no face there."""
    import cv2

    x0, y0, x1, y1 = face.box
    middle = np.array([x0 + x1, y0 + y1]) / 2
    with quiet(), solutions().face_detection.FaceDetection(model_selection=1, min_detection_confidence=_SURE) as net:
        for margin in _LOOKS:
            scale = _CROP / (face.size * (1 + 2 * margin))
            place = np.concatenate([np.eye(2) * scale, (_CROP / 2 - middle * scale)[:, None]], axis=1)
            how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
            crop = cv2.warpAffine(still.pixels, place, (_CROP, _CROP), flags=how, borderMode=cv2.BORDER_REPLICATE)
            if net.process(crop).detections:
                return False
    return True
