"""Tracks faces in a finished film: a mesh for every face and frame, streamed.

The first frame of each shot (a hard cut begins one) is searched for faces; from then on a region follows each of
them. Decoding runs one frame ahead in a thread of its own. Faces of a shot are numbered from left to right.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Rate
from dramatis.evaluation.film.landmarks import Aim, LandmarkFinder, Mesh, Region
from dramatis.media.face import Face
from dramatis.media.faces.face_finding import find_faces
from dramatis.media.still import Pixels, Still
from dramatis.media.videos.video import probe, read_clip
from dramatis.take import Event, OnEvent

Curve = NDArray[np.float64]
"""`F`: one value a frame, NaN where the face was not seen."""

_INNER_LIPS = ((13, 14), (82, 87), (312, 317))  # upper and lower, the middle and both neighbours
_LIDS = (((159, 145), (33, 133)), ((386, 374), (362, 263)))  # height and width of each eye
_BROWS = (((66, 159), (105, 33)), ((296, 386), (334, 263)))  # inner and outer brow above the eye
_CUT = 24.0  # mean difference of small grey pictures that only a cut makes
_FOLLOW = 0.18  # seconds in which a region makes up two thirds of the way to its face
_SEARCH_AGAIN = 1.0  # seconds between searches while nobody is seen
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class FaceTrack:
    """One face over a film: `mesh` is `F 478 3` float32 in pixels, NaN where it was not seen; `rate` is the frames'."""

    rate: Rate
    mesh: NDArray[np.float32]

    @property
    def times(self) -> Curve:
        """Seconds of each frame."""
        return np.arange(len(self.mesh)) * (self.rate.per / self.rate.frames)

    @cached_property
    def size(self) -> Curve:
        """Distance of the outer corners of the eyes, in pixels, depth included, so that a turned head is not smaller."""
        return _distance(self.mesh, 33, 263)

    @cached_property
    def opening(self) -> Curve:
        """Gap of the inner lips along the face's own vertical, over `size`; 0 is closed."""
        across = (self.mesh[:, 263, :2] - self.mesh[:, 33, :2]).astype(np.float64)
        across /= np.linalg.norm(across, axis=1, keepdims=True)
        down = np.stack([-across[:, 1], across[:, 0]], axis=1)
        gaps = [((self.mesh[:, low, :2] - self.mesh[:, up, :2]) * down).sum(axis=1) for up, low in _INNER_LIPS]
        return np.asarray(np.mean(gaps, axis=0) / self.size, np.float64)

    @cached_property
    def width(self) -> Curve:
        """Distance of the mouth's corners, over `size`."""
        return _distance(self.mesh, 61, 291) / self.size

    @cached_property
    def lids(self) -> Curve:
        """Height of the eyes' opening over their width, mean of both eyes; about 0.1 when closed."""
        ratios = [_distance(self.mesh, *tall) / _distance(self.mesh, *wide) for tall, wide in _LIDS]
        return np.asarray(np.mean(ratios, axis=0), np.float64)

    @cached_property
    def brows(self) -> Curve:
        """Height of the brows over the eyes, over `size`."""
        heights = [_distance(self.mesh, *pair) for side in _BROWS for pair in side]
        return np.asarray(np.mean(heights, axis=0) / self.size, np.float64)

    @cached_property
    def pose(self) -> NDArray[np.float64]:
        """`F 3`: yaw, pitch, roll in degrees; the picture's right, down and clockwise are positive.

        From points that no jaw moves. Pitch is counted from how a forehead slopes to the nose, so only its changes count.
        """
        across = (self.mesh[:, 454] - self.mesh[:, 234]).astype(np.float64)
        down = (self.mesh[:, 2] - self.mesh[:, 10]).astype(np.float64)
        yaw = np.arctan2(across[:, 2], np.hypot(across[:, 0], across[:, 1]))
        pitch = np.arctan2(down[:, 2], np.hypot(down[:, 0], down[:, 1]))
        roll = np.arctan2(across[:, 1], across[:, 0])
        return np.asarray(np.degrees(np.stack([yaw, pitch, roll], axis=1)), np.float64)

    @cached_property
    def boxes(self) -> NDArray[np.float32]:
        """`F 4`: x0, y0, x1, y1 of the mesh in pixels."""
        return np.concatenate([self.mesh[:, :, :2].min(axis=1), self.mesh[:, :, :2].max(axis=1)], axis=1)

    @property
    def seen(self) -> NDArray[np.bool_]:
        """`F`: whether the face was found."""
        return np.asarray(np.isfinite(self.mesh[:, 0, 0]), np.bool_)


@dataclass(frozen=True, eq=False)
class Sighting:
    """The tracking of a film: faces from left to right, and the frames on which shots begin (0 first)."""

    rate: Rate
    width: int
    height: int
    frames: int
    cuts: tuple[int, ...]
    faces: tuple[FaceTrack, ...]


@dataclass(frozen=True, eq=False)
class TrackedFrame:
    """One frame during tracking: its number, whether a shot begins, `H W 3` RGB, and a mesh or None for each face."""

    number: int
    cut: bool
    pixels: Pixels
    meshes: tuple[Mesh | None, ...]


Watch = Callable[[TrackedFrame], None]


def track(path: str, every: int = 1, on_event: OnEvent | None = None, watch: Watch | None = None) -> Sighting:
    """Follow all faces of a film; `watch` is shown every frame on the way. Raises `PictureError`.

    `every` keeps each n-th frame only; the rate of the result says so.
    """
    facts = probe(path)
    rate = Rate(facts.canvas.rate.frames, facts.canvas.rate.per * every)
    total = max(1, facts.frames // every)
    meshes: list[tuple[Mesh | None, ...]] = []
    cuts = []
    for seen in follow(islice(read_clip(path).frames, 0, None, every), rate):
        meshes.append(seen.meshes)
        if seen.cut:
            cuts.append(seen.number)
        if watch is not None:
            watch(seen)
        if on_event is not None:
            on_event(Event("tracking", min(seen.number + 1, total), total))
    most = max((len(row) for row in meshes), default=0)
    faces = tuple(FaceTrack(rate, _stacked(meshes, index)) for index in range(most))
    return Sighting(rate, facts.canvas.width, facts.canvas.height, len(meshes), tuple(cuts), faces)


def follow(frames: Iterable[Pixels], rate: Rate) -> Iterator[TrackedFrame]:
    """The frames with the meshes of their faces, one by one."""
    share = 1 - float(np.exp(-1 / (rate.fps * _FOLLOW)))
    again = max(1, rate.nearest(_SEARCH_AGAIN))
    before: NDArray[np.int16] | None = None
    aims: list[Aim] = []
    regions: list[Region] = []
    since = 0
    with LandmarkFinder() as net:
        for number, pixels in enumerate(_ahead(frames)):
            now = _small(pixels)
            cut = before is None or float(np.abs(now - before).mean()) > _CUT
            before = now
            meshes = tuple(net.find(pixels, region) for region in regions) if not cut else ()
            since += 1
            if cut or (since >= again and not any(mesh is not None for mesh in meshes)):
                found = find_faces(Still(pixels))
                aims = [Aim.at(face.mesh) for face in found]
                regions = [Region.around(face.mesh, aim) for face, aim in zip(found, aims, strict=True)]
                meshes = tuple(_settled(net, pixels, face.mesh) for face in found)
                since = 0
            regions = [
                region if mesh is None else region.towards(Region.around(mesh, aim), 1.0 if since == 0 else share)
                for region, mesh, aim in zip(regions, meshes, aims, strict=True)
            ]
            yield TrackedFrame(number, cut, pixels, meshes)


def seen_again(still: Still, face: Face) -> Face:
    """A picture's face by the network and framing of the tracking, so that sizes are comparable."""
    with LandmarkFinder() as net:
        mesh = _settled(net, still.pixels, face.mesh)
    return face if mesh is None else Face(mesh)


def _settled(net: LandmarkFinder, pixels: Pixels, mesh: Mesh) -> Mesh | None:
    """The mesh after the region was aimed a few times, so that a shot begins as it goes on."""
    aim, settled = Aim.at(mesh), None
    for _ in range(3):
        found = net.find(pixels, Region.around(mesh if settled is None else settled, aim))
        if found is None:
            break
        settled = found
    return settled


def _ahead(frames: Iterable[T]) -> Iterator[T]:
    """The same values, each made in another thread while the one before is used."""
    source = iter(frames)
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, source, None)
        while (value := coming.result()) is not None:
            coming = thread.submit(next, source, None)
            yield value


def _small(pixels: Pixels) -> NDArray[np.int16]:
    import cv2

    small = cv2.resize(pixels, (48, 27), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.int16)


def _distance(mesh: NDArray[np.float32], a: int, b: int) -> Curve:
    return np.asarray(np.linalg.norm(mesh[:, a] - mesh[:, b], axis=1), np.float64)


def _stacked(rows: list[tuple[Mesh | None, ...]], index: int) -> NDArray[np.float32]:
    """One face's meshes, `F 478 3`, NaN where there is none."""
    stack = np.full((len(rows), 478, 3), np.nan, np.float32)
    for number, row in enumerate(rows):
        mesh = row[index] if index < len(row) else None
        if mesh is not None:
            stack[number] = mesh
    return stack
