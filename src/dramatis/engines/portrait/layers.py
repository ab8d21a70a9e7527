"""Taking a picture apart: the person as an RGBA layer, and the picture without people.

Each layer continues under the other's edge, so that nothing tears and no ghost of an edge stays when they move apart:
the person's colours run on outwards, and the background is filled where the people stood.
"""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.media.face import Face
from dramatis.media.still import Matte, Pixels


@dataclass(frozen=True, eq=False)
class Texture:
    """`H W C` uint8 whose first pixel lies at `corner` of the canvas, `scale` texture pixels to one of the canvas.

    Enlarged twice by a sharp filter, a texture can be sampled linearly and still keeps its detail, at a fifth of the cost of
    cubic sampling.
    """

    pixels: NDArray[np.uint8]
    corner: tuple[float, float]
    scale: int = 1

    def enlarged(self, scale: int) -> "Texture":
        """The same texture with `scale` times as many pixels a side."""
        import cv2

        if scale == 1:
            return self
        size = (self.pixels.shape[1] * scale, self.pixels.shape[0] * scale)
        large = cv2.resize(self.pixels, size, interpolation=cv2.INTER_LANCZOS4)
        soft = cv2.GaussianBlur(large, (0, 0), 0.9 * scale)
        large[..., :3] = cv2.addWeighted(large, 1 + _CRISPER, soft, -_CRISPER, 0)[..., :3]
        return Texture(large, self.corner, scale)


_STRIPS, _BANDS = 24, 8  # of a person's outline, and of a drawn frame
_WORK_SIDE = 960  # mattes are refined at this size
_CRISPER = 0.30  # unsharp mask that makes up for what moving by fractions of a pixel takes
_FILL_SIDE = 560  # the background is continued at this size, then enlarged
_EDGE = 0.35  # below this opacity a pixel's own colour says too little about the person


def refine(matte: Matte, pixels: Pixels, face_size: float) -> NDArray[np.float32]:
    """The matte at the picture's size, its edge drawn to the picture's own edges (guided filter, He et al. 2010); in 0..1."""
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, _WORK_SIDE / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    guide = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    rough = cv2.resize(matte.alpha, size, interpolation=cv2.INTER_LINEAR).astype(np.float32) / 255
    radius = max(2, round(face_size * scale * 0.03))
    fine = cv2.ximgproc.guidedFilter(guide, rough, radius, 40.0)
    fine = np.clip((fine - 0.28) / 0.60, 0, 1)
    return np.asarray(cv2.resize(fine, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def fill(pixels: NDArray[np.float32], known: NDArray[np.float32]) -> NDArray[np.float32]:
    """Fill where `known` (`H W`, 0..1) is 0 from around, by a pyramid of weighted means (push-pull, Gortler et al. 1996)."""
    import cv2

    height, width = known.shape
    if min(height, width) <= 2:
        mean = (pixels * known[..., None]).sum(axis=(0, 1)) / max(float(known.sum()), 1e-6)
        return np.where(known[..., None] > 0, pixels, mean).astype(np.float32)
    weighted = cv2.pyrDown(pixels * known[..., None])
    weight = cv2.pyrDown(known)
    small = fill(weighted / np.maximum(weight, 1e-6)[..., None], np.minimum(weight * 4, 1))
    rough = cv2.pyrUp(small, dstsize=(width, height))
    return np.asarray(rough + (pixels - rough) * known[..., None], np.float32)


def background(pixels: Pixels, people: NDArray[np.float32], margin: float) -> Pixels:
    """The picture without people; `people` (`H W`) is where they are, `margin` how far around them (pixels) is doubted.

    Edges that run into the people go on behind them (Bertalmio et al. 2001), so what a turning head lays
    bare fits its surroundings.
    """
    import cv2

    height, width = people.shape
    size, scale = _smaller(width, height)
    reach = max(3, round(margin * scale) | 1)
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    hole = (cv2.resize(people, size, interpolation=cv2.INTER_AREA) > 0.02).astype(np.uint8)
    hole = cv2.dilate(hole, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    continued = cv2.inpaint(small, hole, 4, cv2.INPAINT_NS)
    known = 1 - cv2.GaussianBlur(hole.astype(np.float32), (0, 0), max(0.8, reach / 8))
    known[hole > 0] = 0
    whole = np.clip(cv2.resize(known, (width, height), interpolation=cv2.INTER_LINEAR), 0, 1)[..., None]
    filled = cv2.resize(continued, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    filled += _grain(pixels, whole[..., 0]) * (1 - whole)
    return np.clip(np.round(filled + (pixels - filled) * whole), 0, 255).astype(np.uint8)


def _smaller(width: int, height: int) -> tuple[tuple[int, int], float]:
    """The size at which what is only seen at soft edges is made, and its scale."""
    scale = min(1.0, _FILL_SIDE / max(width, height))
    return (max(1, round(width * scale)), max(1, round(height * scale))), scale


def _grain(pixels: Pixels, known: NDArray[np.float32]) -> NDArray[np.float32]:
    """Noise `H W 1` as strong as the picture's own where it is `known`; deterministic."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    detail = np.abs(grey - cv2.GaussianBlur(grey, (0, 0), 1.0))[known >= 1]
    strength = min(4.0, float(np.median(detail)) if detail.size else 0.0)
    noise = np.random.default_rng(0).standard_normal(known.shape, dtype=np.float32)
    return (noise * strength)[..., None]


def person(pixels: Pixels, alpha: NDArray[np.float32], without: Pixels) -> NDArray[np.uint8]:
    """The person as `H W 4` RGBA (not premultiplied), such that it composed over `without` gives the picture again."""
    import cv2

    picture, behind = pixels.astype(np.float32), without.astype(np.float32)
    solid = np.maximum(alpha, _EDGE)[..., None]
    own = np.clip((picture - (1 - solid) * behind) / solid, 0, 255)
    known = np.clip((alpha - _EDGE) / (0.95 - _EDGE), 0, 1).astype(np.float32)
    size, _ = _smaller(pixels.shape[1], pixels.shape[0])
    sure = (cv2.resize(alpha, size, interpolation=cv2.INTER_AREA) > 0.95).astype(np.float32)
    small = fill(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32), sure)
    inside = cv2.resize(small, pixels.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    colours = inside + (own - inside) * np.sqrt(known)[..., None]
    return np.concatenate([np.round(colours), np.round(alpha[..., None] * 255)], axis=2).astype(np.uint8)


@dataclass(frozen=True, eq=False)
class Outline:
    """Where a person is at rest: strips between `edges` (`strips + 1` rows), and `sides` (`strips 2`) from left to right."""

    edges: NDArray[np.int_]
    sides: NDArray[np.int_]

    def bands(self, room: float) -> list[tuple[float, float, float, float]]:
        """Boxes, top to bottom, that hold all of the person when no point moves further than `room` pixels."""
        boxes = []
        for k in range(0, len(self.sides), _STRIPS // _BANDS):
            top, bottom = float(self.edges[k]), float(self.edges[min(k + _STRIPS // _BANDS, len(self.sides))])
            near = self.sides[(self.edges[1:] >= top - room) & (self.edges[:-1] <= bottom + room)]
            left, right = near[:, 0].min() - room, near[:, 1].max() + room
            if right > left:
                boxes.append((float(left), top, float(right), bottom))
        return boxes


def outline(alpha: NDArray[np.float32], region: tuple[int, int, int, int]) -> Outline:
    """Cut the region into strips and find how wide the person is in each."""
    x0, y0, x1, y1 = region
    edges = np.linspace(y0, y1, _STRIPS + 1).round().astype(int)
    sides = []
    for top, bottom in itertools.pairwise(edges):
        cols = np.flatnonzero(alpha[top : bottom + 1, x0:x1].max(axis=0) > 0.004)
        sides.append((x0 + cols[0], x0 + cols[-1] + 1) if len(cols) else (x1, x0))
    return Outline(edges, np.array(sides))


def softness(pixels: Pixels, face: Face) -> float:
    """Sigma of the picture's own blur, from the spread between its gradients at two scales; 0.4..6 pixels."""
    import cv2

    x0, y0, x1, y1 = (int(v) for v in face.box)
    crop = np.ascontiguousarray(pixels[max(0, y0) : y1, max(0, x0) : x1])
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY).astype(np.float32)
    blurred = cv2.GaussianBlur(grey, (0, 0), 2.0)
    edges = [np.hypot(cv2.Sobel(g, cv2.CV_32F, 1, 0), cv2.Sobel(g, cv2.CV_32F, 0, 1)) for g in (grey, blurred)]
    own, worse = (float(np.percentile(edge, 99)) for edge in edges)
    ratio = max(1.001, own / max(worse, 1e-3))
    return float(np.clip(2.0 / np.sqrt(max(ratio**2 - 1, 0.1)), 0.4, 6.0))
