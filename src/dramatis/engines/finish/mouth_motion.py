"""What a voice does to a mouth between two frames of a clip."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.speech.mouthshapes import FEATURES

_OPENING = [FEATURES.index(name) for name in ("jaw", "lower")]
_NOTICED = 0.1  # of the opening: a smaller change says little of when it happens
_WIDER = (0.5, 1.6)  # times: what lips can be moved without skin that is seen to stretch


@dataclass(frozen=True)
class MouthMotion:
    """How far a mouth has come from the first frame (0) to the second (1), and how many times as wide open it is as there."""

    phase: float
    wider: float = 1.0


def mouth_motion(heard: NDArray[np.float32], at: float) -> MouthMotion:
    """Of an instant `at` between two frames, 0 (the first) to 1 (the second), by the features then, at the first frame and at
    the second, `3 F`. The phase is `at` itself where the voice goes evenly from one to the other, or stays; a mouth that opens
    or closes beyond both is wider or less so.
    """
    now, first, second = heard[:, _OPENING].sum(1).clip(0).tolist()
    whole = second - first
    ahead = now - first - at * whole
    phase = float(np.clip(at + ahead * whole / (whole**2 + _NOTICED**2), 0, 1))
    nearest = min(max(now, min(first, second)), max(first, second))
    return MouthMotion(phase, float(np.clip((now + _NOTICED) / (nearest + _NOTICED), *_WIDER)))
