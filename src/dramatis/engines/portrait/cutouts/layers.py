"""Separates a picture into layers: each person as RGBA, and the picture without people.

Two rules. Without motion the layers reproduce the picture, pixel by pixel: the residual of a matte goes into the
layer with the larger share. And the background is inpainted only behind people, where it is visible only when they move;
uncertain areas stay where they are.
"""

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.cutouts.matting import matted
from dramatis.media.face import Face
from dramatis.media.still import Matte, Pixels

Plane = NDArray[np.float32]


_FILL_SIDE = 420  # the background is continued at this size, then enlarged
_SURE, _ABSENT = 0.9, 0.1  # segmentation values of certain person, and of certain background
_WITHIN, _AROUND = 0.04, 0.11  # face sizes around an outline in which the segmentation is uncertain
_FACE_RIM = 0.04  # face sizes of a face's rim that may be hair, or beyond it
_STRAND = 0.03  # face sizes: how wide a strand of hair may be
_REACH = 8.0  # pixels by which opacities are opened at most; wider haze is looked for in a smaller picture
_HALF, _WHOLE = 0.6, 0.85  # opacities of an area that is half there, and of one that is there
_HAZE = 0.1  # up to this opacity a pixel is the background's
_NEAR = 0.012  # face sizes around a person whose colours say little about the background
_STRIP = 30  # times that: how far edges are continued behind a person; further in is never visible
_SMOOTH = 0.05  # the background's share of a residual: hair has more detail than the background
_UNSURE = 0.5  # segmentation values that count as unknown
_DOUBT, _DISTINCT = 0.4, 60.0  # how far colours may correct an opacity, and how different (RGB distance) they must be for it
_ALIEN = 12.0  # (a and b of Lab) beyond what the picture shows around a pixel: no colour of a layer
_EDGE = 0.35  # below this opacity a pixel's own colour says too little about the person


def refined(matte: Matte, pixels: Pixels, face: Face) -> Plane:
    """The opacity of the person (`H W`, 0..1), from the segmentation and the picture's colours.

    Along outlines, and where the segmentation is not sure, colours decide (`matting.py`); a face has no holes.
    """
    import cv2

    rough = matte.alpha.astype(np.float32) / 255
    height, width = rough.shape
    size = face.size * width / pixels.shape[1]
    inside = _eroded(rough > _SURE, _WITHIN * size)
    outside = ~_dilated(rough > _ABSENT, _AROUND * size)
    oval = cv2.convexHull(np.round(face.mesh[:, :2] * (width / pixels.shape[1], height / pixels.shape[0])).astype(np.int32))
    head = cv2.fillConvexPoly(np.zeros((height, width), np.uint8), oval, 1) > 0
    head = _eroded(head, _FACE_RIM * size)
    guess = np.asarray(np.clip((rough - _UNSURE) / (_SURE - _UNSURE), 0, 1), np.float32)
    return _without_haze(matted(pixels, guess, inside | head, outside & ~head), guess, _STRAND * face.size)


def _without_haze(alpha: Plane, guess: Plane, width: float) -> Plane:
    """An opacity (`H W`) without half-transparent areas wider than `width` pixels where the guess sees no person.

    Hair comes in strands; an even haze is a background of the hair's colour. It is looked for in a smaller picture if it is wide.
    """
    import cv2

    scale = min(1.0, 2 * _REACH / width)
    size = (max(1, round(alpha.shape[1] * scale)), max(1, round(alpha.shape[0] * scale)))
    small = alpha if scale == 1 else cv2.resize(alpha, size, interpolation=cv2.INTER_AREA)
    broad = cv2.morphologyEx(small, cv2.MORPH_OPEN, _disc(width / 2 * scale))
    nobody = 1 - np.clip(4 * cv2.resize(guess, size, interpolation=cv2.INTER_LINEAR), 0, 1)
    half = np.clip((_WHOLE - broad) / (_WHOLE - _HALF), 0, 1)
    apart = cv2.distanceTransform((small < _WHOLE).astype(np.uint8), cv2.DIST_L2, 3) / (width * scale)
    haze = broad * half * nobody * np.clip(apart - 1, 0, 1)
    if not haze.any():
        return alpha
    whole = haze if scale == 1 else cv2.resize(haze, alpha.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.maximum(alpha - whole, 0), np.float32)


def _disc(reach: float) -> NDArray[np.uint8]:
    import cv2

    side = 2 * max(1, round(reach)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def _eroded(mask: NDArray[np.bool_], reach: float) -> NDArray[np.bool_]:
    import cv2

    return np.asarray(cv2.erode(mask.astype(np.uint8), _disc(reach)) > 0)


def _dilated(mask: NDArray[np.bool_], reach: float) -> NDArray[np.bool_]:
    import cv2

    return np.asarray(cv2.dilate(mask.astype(np.uint8), _disc(reach)) > 0)


def fill(pixels: Plane, known: Plane) -> Plane:
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


def peeled(pixels: Pixels, alpha: Plane, face_size: float) -> tuple[NDArray[np.uint8], Pixels]:
    """A person as `H W 4` RGBA (not premultiplied), and the picture behind; composed they give `pixels` again.

    Both are estimated where they are hidden. What then is missing from the picture goes into each by its share.
    """
    behind = _continued(pixels, alpha, _NEAR * face_size)
    edge = (alpha > 0) & (alpha < 1)
    picture, back = pixels[edge].astype(np.float32), behind[edge].astype(np.float32)
    outwards = _own(pixels, alpha)
    near = outwards[edge]
    share = _explained(picture, alpha[edge], _seen(picture, alpha[edge], near, back), back)
    share = np.round(share * 255) / np.float32(255)
    own, back = _shared(picture, share[:, None], _seen(picture, share, near, back), back)
    own, back = _plausible(picture, own, back, [plane[edge] for plane in _hues(pixels, _AROUND * face_size)])
    person = np.dstack([pixels, np.where(alpha > 0, 255, 0).astype(np.uint8)])
    person[edge] = _bytes(np.concatenate([own, 255 * share[:, None]], axis=1))
    behind[edge] = _bytes(back)
    empty = alpha <= 0
    person[empty, :3] = _bytes(outwards[empty])
    return person, behind


def _shared(picture: Plane, share: Plane, own: Plane, behind: Plane) -> tuple[Plane, Plane]:
    """Colours (`N 3`) before and behind, as near to those given as they can be, that compose to the picture."""
    missing = (picture - share * own - (1 - share) * behind) / (share**2 + _SMOOTH * (1 - share) ** 2)
    own = np.clip(own + share * missing, 0, 255)
    behind = np.clip(behind + _SMOOTH * (1 - share) * missing, 0, 255)
    thin = share < 0.5
    major, minor = np.where(thin, behind, own), np.where(thin, own, behind)
    much = np.where(thin, 1 - share, share)
    for _ in range(2):  # the layer with the larger share takes the residual; the other takes the rest
        major = np.round(np.clip((picture - (1 - much) * minor) / much, 0, 255))
        rest = picture - (1 - much) * minor - much * major
        minor = np.where(np.abs(rest) > 1, np.round(np.clip(minor + rest / np.maximum(1 - much, 1 / 255), 0, 255)), minor)
    return np.where(thin, minor, major), np.where(thin, major, minor)


def _plausible(picture: Plane, own: Plane, behind: Plane, hues: list[Plane]) -> tuple[Plane, Plane]:
    """Colours (`N 3`) before and behind; both are the picture's where one has a hue that is nowhere near (`_hues`).

    A wide area whose opacity is a guess is explained by colours that nothing has, which show when the layers part.
    """
    import cv2

    if not len(picture):
        return own, behind
    low, high = hues
    worst = np.zeros(len(picture), np.float32)
    for colours in (own, behind):
        lab = cv2.cvtColor(colours[None].astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[0, :, 1:]
        worst = np.maximum(worst, np.maximum(lab - high, low - lab).max(axis=1, initial=0))
    alien = np.clip(worst / _ALIEN - 0.5, 0, 1)[:, None]
    return own + (picture - own) * alien, behind + (picture - behind) * alien


def _hues(pixels: Pixels, reach: float) -> tuple[Plane, Plane]:
    """The least and the largest a and b (Lab, `H W 2`) of the picture within `reach` pixels of each of its pixels."""
    import cv2

    size, scale = _smaller(pixels.shape[1], pixels.shape[0])
    lab = cv2.cvtColor(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    around = np.ones((2 * max(1, round(reach * scale)) + 1,) * 2, np.uint8)
    found = [widen(np.ascontiguousarray(lab[..., 1:]), around) for widen in (cv2.erode, cv2.dilate)]
    low, high = (cv2.resize(plane, pixels.shape[1::-1], interpolation=cv2.INTER_LINEAR) for plane in found)
    return np.asarray(low, np.float32), np.asarray(high, np.float32)


def _explained(picture: Plane, alpha: Plane, own: Plane, behind: Plane) -> Plane:
    """The opacity (`N`) that explains a pixel best by the colours before and behind, as far as those differ; near `alpha`."""
    apart = own - behind
    contrast = (apart**2).sum(axis=1)
    best = ((picture - behind) * apart).sum(axis=1) / np.maximum(contrast, 1)
    near = np.clip(best, alpha - _DOUBT, alpha + _DOUBT * np.clip(2 * alpha - 0.4, 0, 1))
    trust = np.clip(contrast / _DISTINCT**2, 0, 1)
    return np.clip(alpha + trust * (near - alpha), 0, 1).astype(np.float32)


def _seen(picture: Plane, alpha: Plane, near: Plane, behind: Plane) -> Plane:
    """The person's colours (`N 3`) at its edge: where little of it shows, those of the parts nearby that show whole."""
    solid = np.maximum(alpha, _EDGE)[:, None]
    seen = np.clip((picture - (1 - solid) * behind) / solid, 0, 255)
    known = np.clip((alpha - _EDGE) / (0.95 - _EDGE), 0, 1)[:, None]
    return np.asarray(near + (seen - near) * np.sqrt(known), np.float32)


def _bytes(values: Plane) -> NDArray[np.uint8]:
    return np.clip(np.round(values), 0, 255).astype(np.uint8)


def _smaller(width: int, height: int) -> tuple[tuple[int, int], float]:
    """The size at which what is only seen at soft edges is made, and its scale."""
    scale = min(1.0, _FILL_SIDE / max(width, height))
    return (max(1, round(width * scale)), max(1, round(height * scale))), scale


def _continued(pixels: Pixels, cover: Plane, margin: float) -> Pixels:
    """The picture, behind the person continued from around (edges go on: Bertalmio et al. 2001), with the picture's grain.

    Colours within `margin` pixels of the person are not used, since hair and shadows lie there.
    """
    import cv2

    height, width = cover.shape
    size, scale = _smaller(width, height)
    hole = _dilated(cv2.resize(cover, size, interpolation=cv2.INTER_AREA) > _HAZE, margin * scale)
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    deep = cv2.erode(hole.astype(np.uint8), _disc(_STRIP * margin * scale), borderValue=1) > 0
    small[deep] = _bytes(fill(small.astype(np.float32), 1 - hole.astype(np.float32)))[deep]
    made = cv2.inpaint(small, (hole & ~deep).astype(np.uint8), 4, cv2.INPAINT_NS)
    filled = cv2.resize(made, (width, height), interpolation=cv2.INTER_CUBIC)
    filled = cv2.add(filled, _grain(pixels, cover), dtype=cv2.CV_8U)
    return np.where(cover[..., None] > _HAZE, filled, pixels)


def _grain(pixels: Pixels, cover: Plane) -> NDArray[np.int16]:
    """Noise `H W 3` (one value for the three) as strong as the picture's own where nobody is; deterministic."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    detail = cv2.absdiff(grey, cv2.GaussianBlur(grey, (0, 0), 1.0))[cover <= 0]
    strength = min(4.0, float(np.median(detail)) if detail.size else 0.0)
    noise = np.random.default_rng(0).standard_normal((256, 256), dtype=np.float32) * strength
    tiles = [-(-length // 256) for length in cover.shape]
    whole = np.tile(np.round(noise).astype(np.int16), tiles)[: cover.shape[0], : cover.shape[1]]
    return np.asarray(cv2.merge([whole] * 3), np.int16)


def _own(pixels: Pixels, cover: Plane) -> Plane:
    """Colours of the parts of a person that show whole, continued outwards."""
    import cv2

    size, _ = _smaller(pixels.shape[1], pixels.shape[0])
    sure = (cv2.resize(cover, size, interpolation=cv2.INTER_AREA) > 0.95).astype(np.float32)
    small = fill(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32), sure)
    return np.asarray(cv2.resize(small, pixels.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.float32)
