"""Collects frame statistics during tracking: sharpness of faces, contrast of brows, stability of the background."""

import numpy as np
from numpy.typing import NDArray

from dramatis.evaluation.film import measures
from dramatis.evaluation.film.brows import contrast
from dramatis.evaluation.film.landmarks import Mesh
from dramatis.evaluation.film.sharpness import gradient
from dramatis.evaluation.film.tracking import FaceTrack, TrackedFrame
from dramatis.media.face import Face
from dramatis.media.faces.face_finding import person_mattes
from dramatis.media.still import Pixels, Still

_SMALL = 480  # pixels: longer side of the picture in which the background is compared
_NEAR = 0.25  # face sizes around a person in which the background may move: hair, shadows, a turning head


class FrameMeasures:
    """Collects while a film is tracked: brows on every frame, the rest on every `step`-th and the first of each shot."""

    def __init__(self, step: int, still_camera: bool) -> None:
        self.background: float | None = None
        """The worst PSNR in dB outside of the people against the shot's first frame; None if the camera moves."""
        self._step, self._still_camera = step, still_camera
        self._gradients: list[tuple[int, float, float]] = []
        self._starts: list[Mesh | None] = []
        self._brows: list[tuple[int, float, tuple[float, float]]] = []
        self._first: tuple[Pixels, NDArray[np.bool_]] | None = None

    def look(self, seen: TrackedFrame) -> None:
        """One frame."""
        self._look_at_brows(seen)
        if not seen.cut and seen.number % self._step:
            return
        for mesh in seen.meshes:
            if mesh is not None:
                self._gradients.append((seen.number, float(mesh[0, 0]), gradient(seen.pixels, mesh)))
        if seen.cut:
            self._first = _outside(seen) if self._still_camera else None
        elif self._first is not None:
            found = measures.psnr(_shrunk(seen.pixels), *self._first)
            self.background = found if self.background is None else min(self.background, found)

    def _look_at_brows(self, seen: TrackedFrame) -> None:
        if seen.cut or len(seen.meshes) != len(self._starts):
            self._starts = list(seen.meshes)
        for k, mesh in enumerate(seen.meshes):
            if mesh is not None:
                start = self._starts[k]
                if start is None:
                    start = self._starts[k] = mesh
                self._brows.append((seen.number, float(mesh[0, 0]), contrast(seen.pixels, mesh, start)))

    def gradients_of(self, track: FaceTrack) -> list[tuple[int, float]]:
        """Frames and gradients of one face."""
        return [(frame, value) for frame, x, value in self._gradients if track.mesh[frame, 0, 0] == np.float32(x)]

    def brows_of(self, track: FaceTrack) -> NDArray[np.float64]:
        """`2 F`: contrast of one face's left and right brow; NaN where it was not seen."""
        curves = np.full((2, len(track.mesh)), np.nan)
        for frame, x, values in self._brows:
            if track.mesh[frame, 0, 0] == np.float32(x):
                curves[:, frame] = values
        return curves


def _outside(seen: TrackedFrame) -> tuple[Pixels, NDArray[np.bool_]] | None:
    """The first frame of a shot, made small, and where no person is nor comes near."""
    import cv2

    faces = tuple(Face(mesh) for mesh in seen.meshes if mesh is not None)
    if not faces:
        return None
    small = _shrunk(seen.pixels)
    height, width = small.shape[:2]
    people = np.zeros((height, width), np.uint8)
    for matte in person_mattes(Still(seen.pixels), faces):
        if matte is None:
            return None
        people = np.maximum(people, np.asarray(cv2.resize(matte.alpha, (width, height)), np.uint8))
    reach = max(3, round(_NEAR * max(face.size for face in faces) * width / seen.pixels.shape[1]))
    near = cv2.dilate((people > 25).astype(np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    outside = np.asarray(near == 0, np.bool_)
    return (small, outside) if outside.mean() > 0.02 else None


def _shrunk(pixels: Pixels) -> Pixels:
    import cv2

    height, width = pixels.shape[:2]
    scale = _SMALL / max(width, height)
    if scale >= 1:
        return pixels
    return np.asarray(cv2.resize(pixels, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA), np.uint8)
