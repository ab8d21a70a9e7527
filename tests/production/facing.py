"""Faces made by hand."""

import numpy as np

from dramatis.media.face import Face


def face(x: float, y: float, size: float) -> Face:
    """A face whose box is centred on x, y."""
    mesh = np.random.default_rng(0).uniform(-0.5, 0.5, (478, 3)).astype(np.float32)
    mesh[:2, :2] = [[-0.5, -0.5], [0.5, 0.5]]
    return Face((mesh * size + np.array([x, y, 0])).astype(np.float32))
