"""Eyes: detection of their outline, and the eyeball behind the lids.

The mesh was trained on people; a cartoon's eyes are several times larger, and landmarks end up inside the iris. So the
outline is detected in the picture itself, and if it is clearly larger than the mesh's, the mesh is corrected.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.cutouts.fine_textures import Texture
from dramatis.engines.portrait.cutouts.layers import fill
from dramatis.engines.portrait.features.eyepatch import disc
from dramatis.engines.portrait.features.slits import Slit, polygon
from dramatis.engines.portrait.geometry import anatomy as a
from dramatis.engines.portrait.geometry.anatomy import Points
from dramatis.media.face import Face
from dramatis.media.still import Pixels

_LARGER = 1.35  # outlines found in the picture count when their area is this many times the mesh's
_LOOK = 420.0  # pixels of a face at which eyes are detected
_UNLIKE = 1.55  # skin distance at which a pixel is no skin
_WINDOW = 0.75  # half-width of the search window, in distances of the eyes
_SOLID = 0.92  # least share of an eye's convex hull that is not skin: an eye is convex
_ROUND = 0.40  # least height over width of an eye that the mesh can miss
_CENTRED = 0.16  # most distance of the mesh's iris from an outline's middle, in its sides: excludes an eye joined to its brow
_ALIKE = 0.80  # least overlap of one eye's shape with the other's, mirrored
_BESIDE, _OTHER = (0.10, 0.25), 20.0  # widths of an eye around it, and grey values by which nearly all there must differ from it
_OPEN, _WINK = 0.125, 0.20  # height over width up to which the mesh's eye is closed; and beside a closed one


def openness(mesh: NDArray[np.float32], side: int) -> float:
    """Height over width of an eye of a mesh (`478 3`), side 0 or 1."""
    upper, lower = mesh[list(a.UPPER_LID[side]), :2], mesh[list(a.LOWER_LID[side]), :2]
    return float(np.linalg.norm(lower - upper, axis=1).max() / max(1e-3, float(np.linalg.norm(upper[-1] - upper[0]))))


def is_shut(mesh: NDArray[np.float32], side: int) -> bool:
    """Whether an eye is closed in the picture; beside a closed one it is unless it is clearly open."""
    return openness(mesh, side) < (_WINK if openness(mesh, 1 - side) < _OPEN else _OPEN)


def fits(pixels: Pixels, mesh: NDArray[np.float32], side: int) -> bool:
    """Whether the picture's eye ends where that of a mesh does, which was trained on people: around it everything is lighter or
    darker. A cat's eye goes on beyond it.
    """
    import cv2

    ring = mesh[[*a.UPPER_LID[side], *reversed(a.LOWER_LID[side])], :2]
    width = max(1.0, float(np.hypot(*(ring[8] - ring[0]))))
    inside = polygon(ring, (0, 0), (pixels.shape[1], pixels.shape[0])) > 127
    near, far = (cv2.dilate(inside.astype(np.uint8), disc(reach * width)) > 0 for reach in _BESIDE)
    grey = pixels.mean(axis=2)
    if not inside.any() or not (far & ~near).any():
        return False
    return float(np.percentile(np.abs(grey[far & ~near] - np.median(grey[inside])), 10)) > _OTHER


def _skin_distance(pixels: Pixels, face: Face) -> NDArray[np.float32]:
    """Distance of each pixel from the skin's colour (in Lab, over the skin's standard deviation)."""
    from dramatis.media.pictures.colour import to_lab

    lab = to_lab(pixels)
    spots = face.mesh[[*a.CHEEK[0], *a.CHEEK[1], 195, 5, 6, 9, 151, 108, 337], :2]
    at = np.clip(np.round(spots).astype(int), 0, (pixels.shape[1] - 1, pixels.shape[0] - 1))
    skin = lab[at[:, 1], at[:, 0]]
    centre = np.median(skin, axis=0)
    spread = np.median(np.abs(skin - centre), axis=0) * 1.5 + (9.0, 6.0, 6.0)
    return np.asarray(np.sqrt((((lab - centre) / spread) ** 2).sum(axis=2)), np.float32)


def _outline(distance: NDArray[np.float32], centre: Points, reach: float, across: float) -> NDArray[np.bool_] | None:
    """The connected part that is not skin around the iris, inside a window; None if it leaves the window."""
    import cv2

    rows, cols = distance.shape
    yy, xx = np.mgrid[:rows, :cols]
    window = (np.abs(xx - centre[0]) < across) & (np.abs(yy - centre[1]) < 0.8 * reach)
    odd = ((distance > _UNLIKE) & window).astype(np.uint8)
    size = max(3, int(0.04 * reach) | 1)
    odd = cv2.morphologyEx(odd, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    _, labels = cv2.connectedComponents(odd)
    label = labels[int(np.clip(round(float(centre[1])), 0, rows - 1)), int(np.clip(round(float(centre[0])), 0, cols - 1))]
    if label == 0:
        return None
    part = labels == label
    ys, xs = np.nonzero(part)
    touches = np.abs(ys - centre[1]).max() > 0.78 * reach or np.abs(xs - centre[0]).max() > 0.97 * across
    if touches:
        return None
    hull = cv2.convexHull(np.stack([xs, ys], axis=1).astype(np.int32))
    whole = cv2.fillConvexPoly(np.zeros((rows, cols), np.uint8), hull, 1) > 0
    return whole if _is_eye(whole, float(odd[whole].mean()), centre) else None


def _is_eye(part: NDArray[np.bool_], solid: float, centre: Points) -> bool:
    """Whether an outline can be an eye alone: no dents, round, and its iris in the middle."""
    ys, xs = np.nonzero(part)
    low, high = np.array([xs.min(), ys.min()]), np.array([xs.max() + 1, ys.max() + 1])
    sides = high - low
    aside = np.abs((low + high) / 2 - centre) / sides
    return bool(solid > _SOLID and sides[1] > _ROUND * sides[0] and aside.max() < _CENTRED)


def _alike(parts: list[NDArray[np.bool_]]) -> bool:
    """Whether two eyes' outlines have about one size, and one shape, mirrored."""
    import cv2

    shapes, sides = [], []
    for part in parts:
        ys, xs = np.nonzero(part)
        cut = np.ascontiguousarray(part[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1], np.uint8)
        shapes.append(cv2.resize(cut * 255, (64, 64), interpolation=cv2.INTER_AREA) > 127)
        sides.append(cut.shape)
    overlap = (shapes[0] & shapes[1][:, ::-1]).sum() / max(1, (shapes[0] | shapes[1][:, ::-1]).sum())
    ratio = np.divide(sides[0], sides[1])
    return bool(overlap > _ALIKE and np.maximum(ratio, 1 / ratio).max() < 1.4)


def _lids(part: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nine points of the upper and of the lower lid, left to right, of an outline."""
    cols = np.flatnonzero(part.any(axis=0))
    spread = (1 - np.cos(np.linspace(0, np.pi, 9))) / 2
    stations = (cols[0] + 1 + (cols[-1] - cols[0] - 2) * spread).round().astype(int)
    top = np.array([np.flatnonzero(part[:, x])[0] for x in stations], np.float64)
    low = np.array([np.flatnonzero(part[:, x])[-1] for x in stations], np.float64)
    for ends in (0, -1):
        top[ends] = low[ends] = (top[ends] + low[ends]) / 2
    inset = 0.02 * (low - top)
    return np.stack([stations, top + 2 * inset], axis=1), np.stack([stations, low - inset], axis=1)


def _iris(pixels: Pixels, part: NDArray[np.bool_], mesh: NDArray[np.float32], side: int) -> NDArray[np.float64]:
    """Five iris points (centre and ring) from the dark disc inside an outline."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    core = cv2.erode(part.astype(np.uint8), np.ones((5, 5), np.uint8), iterations=max(1, int(0.06 * np.sqrt(part.sum()))))
    white = np.percentile(grey[part], 90)
    dark = ((core > 0) & (grey < 0.62 * white)).astype(np.uint8)
    ys, xs = np.nonzero(dark)
    if len(xs) < 30:
        return mesh[list(a.IRIS[side]), :2].astype(np.float64)
    centre = np.array([np.median(xs), np.median(ys)])
    radius = float(np.percentile(np.hypot(xs - centre[0], ys - centre[1]), 90))
    ring = np.array([[0, 0], [1, 0], [0, -1], [-1, 0], [0, 1]]) * radius
    return centre + ring


def refit(pixels: Pixels, face: Face) -> Face:
    """The face with its lids and irises on the picture's own eyes, where the mesh missed them; looked for at `_LOOK` pixels."""
    import cv2

    x0, y0, x1, y1 = (int(v) for v in face.box)
    corner, scale = np.array([max(0, x0), max(0, y0), 0], np.float32), np.float32(min(1.0, _LOOK / face.size))
    crop = np.ascontiguousarray(pixels[max(0, y0) : y1, max(0, x0) : x1])
    near = cv2.resize(crop, None, fx=float(scale), fy=float(scale), interpolation=cv2.INTER_AREA) if scale < 1 else crop
    found = _refitted(np.asarray(near, np.uint8), replace(face, mesh=(face.mesh - corner) * scale))
    return face if found is None else replace(face, mesh=found.mesh / scale + corner)


def _outlines(mesh: NDArray[np.float32], distance: NDArray[np.float32]) -> list[NDArray[np.bool_]] | None:
    """Outlines of both eyes where both are open, much larger than the mesh's, and alike; else None."""
    import cv2

    eyes = float(np.hypot(*(mesh[468, :2] - mesh[473, :2])))
    parts = []
    for side in (0, 1):
        if is_shut(mesh, side):
            return None
        ring = [*a.UPPER_LID[side], *a.LOWER_LID[side][::-1]]
        known = cv2.contourArea(mesh[ring, :2].astype(np.float32))
        part = _outline(distance, mesh[a.IRIS[side][0], :2].astype(np.float64), _WINDOW * eyes, 0.48 * eyes)
        if part is None or not _LARGER * known < part.sum() < 0.6 * eyes * eyes:
            return None
        parts.append(part)
    return parts if _alike(parts) else None


def _refitted(pixels: Pixels, face: Face) -> Face | None:
    """As `refit`, at the picture's own size; None where the mesh is right."""
    parts = _outlines(face.mesh, _skin_distance(pixels, face))
    if parts is None:
        return None
    mesh = face.mesh.copy()
    for side, part in enumerate(parts):
        upper, lower = list(a.UPPER_LID[side]), list(a.LOWER_LID[side])
        top, low = _lids(part)
        middle = np.median(mesh[upper + lower, 2])
        mesh[upper, :2], mesh[lower, :2] = top, low
        mesh[upper + lower, 2] = middle
        height = float((low[:, 1] - top[:, 1]).max())
        above = ((a.LID_FOLD, top, -0.20), (a.BROW_UNDER, top, -0.40), (a.BROW, top, -0.62))
        for points, rim, offset in (*above, (a.UNDER_EYE, low, 0.16)):
            stations = np.linspace(0, 8, len(points[side]))
            near = np.stack([np.interp(stations, np.arange(9), rim[:, k]) for k in (0, 1)], axis=1)
            mesh[list(points[side]), :2] = near
            mesh[list(points[side]), 1] += offset * height
            mesh[list(points[side]), 2] = middle
        mesh[list(a.IRIS[side]), :2] = _iris(pixels, part, face.mesh, side)
    return replace(face, mesh=mesh)


def _around(person: NDArray[np.uint8], corner: tuple[float, float], ring: NDArray[np.float32], pad: float) -> Texture:
    """A copy of the person's colours around a ring of points."""
    low, high = ring.min(axis=0) - pad, ring.max(axis=0) + pad
    size = (person.shape[1], person.shape[0])
    x0, y0 = np.clip(np.floor(low - corner).astype(int), 0, size)
    x1, y1 = np.clip(np.ceil(high - corner).astype(int), (x0 + 1, y0 + 1), (size[0] + 1, size[1] + 1))
    return Texture(person[y0:y1, x0:x1, :3].copy(), (float(corner[0] + x0), float(corner[1] + y0)))


def ball(person: NDArray[np.uint8], corner: tuple[float, float], slit: Slit) -> Texture:
    """The eyeball: what the slit shows, continued outwards under the lids."""
    import cv2

    ring = np.concatenate([slit.upper, slit.lower[::-1]])
    patch = _around(person, corner, ring, 0.35 * slit.width)
    inside = (
        polygon(ring.astype(np.float32), patch.corner, (patch.pixels.shape[1], patch.pixels.shape[0])).astype(np.float32) / 255
    )
    core = cv2.erode(inside, np.ones((3, 3), np.uint8), iterations=max(1, round(0.02 * slit.width)))
    filled = fill(patch.pixels.astype(np.float32), core)
    kept = patch.pixels + (filled - patch.pixels) * (1 - inside)[..., None]
    return replace(patch, pixels=np.clip(kept + 0.5, 0, 255).astype(np.uint8))
