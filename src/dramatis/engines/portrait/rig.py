"""The rig: everything about one character that does not change between frames, computed once.

With it a frame is one weighted sum of displacement fields, one inversion on a coarse grid, and one remap of a region.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.cutouts import layers
from dramatis.engines.portrait.cutouts.fine_textures import Texture, softness
from dramatis.engines.portrait.cutouts.outlines import Outline, outline
from dramatis.engines.portrait.features.eyes import ball, fits, is_shut, refit
from dramatis.engines.portrait.features.lids import Lid, lid_of
from dramatis.engines.portrait.features.mouth import Interior, paint
from dramatis.engines.portrait.features.slits import Curve, Slit, smooth
from dramatis.engines.portrait.geometry import anatomy as a
from dramatis.engines.portrait.geometry.anatomy import HeadFrame, head_of
from dramatis.engines.portrait.geometry.body import BodyRig, body_of, held, reach, within
from dramatis.engines.portrait.geometry.expressions import EXPRESSIONS, closing
from dramatis.engines.portrait.geometry.fields import Grid
from dramatis.engines.portrait.geometry.lips import trim
from dramatis.engines.portrait.geometry.skin import Skin, closed, skins
from dramatis.media.face import Face
from dramatis.media.still import Matte, Pixels
from dramatis.take import Look

Region = tuple[int, int, int, int]
"""x0, y0, x1, y1 in whole pixels of the canvas."""

_CELLS = 64  # grid cells along a face
_HIDDEN = 0.06  # width of an eye, in face sizes, below which a turned head hides it
_MOST_CELLS = 200  # along the longer side of the region


@dataclass(frozen=True, eq=False)
class Eye:
    """Iris of one eye: centre and radius in pixels, and how far it may look to a side and up or down, in radii."""

    centre: NDArray[np.float32]
    radius: float
    room: NDArray[np.float32]
    widen: float
    """How much of a human eye's widening it can do without showing what the picture does not have."""
    still: bool
    """Closed in the picture, behind the nose, or not where the mesh is: it is left as it is."""


@dataclass(frozen=True, eq=False)
class Rig:
    """One character, ready to act. `region` (x0, y0, x1, y1) is the part of the canvas that it can touch."""

    region: Region
    outline: Outline
    person: Texture
    """RGBA of the region."""
    grid: Grid
    """An even number of columns and rows."""
    body: BodyRig
    """On half of the grid: it bends gently."""
    face: tuple[slice, slice]
    low: Skin
    """Everything but upper lip and lids, on the grid's `face` part."""
    up: Skin
    """Everything but lower lip and lids."""
    mouth: Slit
    eyes: tuple[Slit, Slit]
    irises: tuple[Eye, Eye]
    lids: tuple[Lid, Lid]
    balls: tuple[Texture, Texture]
    """Eyeballs that go on under the lids."""
    interior: Interior
    jaw: NDArray[np.float32]
    """Displacement of the lower teeth at full jaw, pixels."""
    softness: float
    """How blurred the picture is, as a Gaussian's sigma in pixels: drawn edges match it."""
    opens: bool = True
    """Whether the mouth is parted: not where something hides it, and not an animal's, which the mesh does not find. There the jaw
    stretches the picture, with what it shows of the mouth.
    """


@dataclass(frozen=True, eq=False)
class CutOut:
    """A character cut out of `picture`: `region` is the part of the canvas that it can touch, `alpha` (`H W`, 0..1) where it
    is, `person` its RGBA in the region; not `apart`, it is still one with the picture around it.
    """

    picture: Pixels
    region: Region
    alpha: NDArray[np.float32]
    person: NDArray[np.uint8]
    apart: bool = True

    def bound(self, body: BodyRig, grid: Grid, face: Face) -> BodyRig:
        """The body as far as it may move."""
        return held(body, grid, self.alpha, face.size) if self.apart else within(body, grid, face)


@dataclass(frozen=True, eq=False)
class LayeredPicture:
    """A picture in layers: `behind` without people, a rig for each, and what lies rigidly in front (RGBA `H W 4`, or None).

    For a camera that moves, layers are made `finer` times as fine, like people's textures.
    """

    behind: Pixels
    rigs: tuple[Rig, ...]
    front: NDArray[np.uint8] | None = None
    finer: int = 1

    @cached_property
    def fine_behind(self) -> Texture:
        """`behind` as a texture; made when the camera first moves."""
        return Texture(self.behind, (0, 0)).enlarged(self.finer)

    @cached_property
    def fine_front(self) -> Texture | None:
        """`front` as a texture."""
        return None if self.front is None else Texture(self.front, (0, 0)).enlarged(self.finer)


def _slit(head: HeadFrame, upper: tuple[int, ...], lower: tuple[int, ...], margin: float) -> Slit:
    """A slit in the picture and how each channel moves its rims; `margin` of its width is added around it."""
    dense = smooth(len(upper))
    rims = [dense @ (head.origin[:2] + head.to_picture(head.points[list(rim)])).astype(np.float32) for rim in (upper, lower)]
    shut = closed(head)
    shapes = np.stack([*(shape(shut) for shape in EXPRESSIONS.values()), closing(head)])
    moves = [np.einsum("pq,kqd->kpd", dense, head.to_picture(shapes[:, list(rim)])) for rim in (upper, lower)]
    both = np.concatenate(rims)
    width = float(np.hypot(*(rims[0][-1] - rims[0][0])))
    pad = margin * width
    axis = head.axes[1, :2] / np.hypot(*head.axes[1, :2])
    gap = float(((rims[1] - rims[0]) @ axis).max())
    (x0, y0), (x1, y1) = both.min(axis=0) - pad, both.max(axis=0) + pad
    return Slit(
        rims[0], rims[1], moves[0].astype(np.float32), moves[1].astype(np.float32),
        (float(x0), float(y0), float(x1), float(y1)), width, gap, axis.astype(np.float32),
    )  # fmt: skip


def _fading(region: Region, face: Face, shape: tuple[int, int]) -> NDArray[np.float32]:
    """1 for each row (`H`) down to where a body that goes on below its region fades into the picture, which holds still."""
    rows = np.arange(shape[0], dtype=np.float32)
    if region[3] >= shape[0]:
        return np.ones(shape[0], np.float32)
    return np.clip((region[3] - 2 - rows) / (0.35 * face.size), 0, 1)


def _region(alpha: NDArray[np.float32], face: Face, shape: tuple[int, int]) -> Region:
    """The person's box with room to move, cut off well below the shoulders."""
    x0, y0, x1, y1 = face.box
    size = face.size
    rows, cols = np.flatnonzero(alpha.max(axis=1) > 0.05), np.flatnonzero(alpha.max(axis=0) > 0.05)
    left, right = (cols[0], cols[-1]) if len(cols) else (x0, x1)
    top = rows[0] if len(rows) else y0
    room = 0.18 * size
    box = (max(left - room, x0 - 2.2 * size), min(top, y0) - room, min(right + room, x1 + 2.2 * size), y1 + 2.0 * size)
    height, width = shape
    return int(max(0, box[0])), int(max(0, box[1])), int(min(width, box[2])), int(min(height, box[3]))


def build(face: Face, cut: CutOut, look: Look, finer: int) -> Rig:
    """Build the rig of a face (that of a look, refined) that was cut out of its picture.

    Textures are made `finer` times as fine as the canvas.
    """
    pixels, region, person = cut.picture, cut.region, cut.person
    head = head_of(face)
    size = face.size
    x0, y0, x1, y1 = region
    step = max(size / _CELLS, max(x1 - x0, y1 - y0) / _MOST_CELLS)
    cols, rows = (2 * (int(side / step) // 2 + 1) for side in (x1 - x0, y1 - y0))
    grid = Grid(x0, y0, step, cols, rows)
    f0, f1, f2, f3 = face.box
    _, part = grid.part((f0 - 0.35 * size, f1 - 0.2 * size, f2 + 0.35 * size, f3 + 0.6 * size))
    low, up = skins(head, size, grid, part)
    shut, soft = closed(head), softness(pixels, face)
    position = head.origin[:2] + head.to_picture(head.points)
    irises = [position[list(ring)] for ring in a.IRIS]
    corner = (float(x0), float(y0))
    slits = [_slit(head, u, d, 0.55) for u, d in zip(a.UPPER_LID, a.LOWER_LID, strict=True)]
    eyes, still = (slits[0], slits[1]), _still(pixels, face, look.animal)
    turned = np.clip([slits[1].width / slits[0].width, slits[0].width / slits[1].width], 1, 2)
    lids = [lid_of(person, corner, slit, *_shut(slit, side, position), turned[side]) for side, slit in enumerate(slits)]
    return Rig(
        region=region,
        outline=outline(person, (x0, y0)),
        person=Texture(person, corner).enlarged(finer),
        grid=grid,
        body=cut.bound(body_of(shut, grid.halved, size), grid.halved, face),
        face=part,
        low=low,
        up=up,
        mouth=_slit(head, a.UPPER_LIP[0], a.LOWER_LIP[0], 0.55),
        eyes=eyes,
        irises=(_iris(irises[0], eyes[0], still[0]), _iris(irises[1], eyes[1], still[1])),
        lids=(lids[0], lids[1]),
        balls=(ball(person, corner, eyes[0]).enlarged(finer), ball(person, corner, eyes[1]).enlarged(finer)),
        interior=paint(pixels, head, shut, soft),
        jaw=head.to_picture(EXPRESSIONS["jaw"](shut)[14]).astype(np.float32),
        softness=soft,
        opens=not (look.covered or look.animal),
    )


def _shut(slit: Slit, side: int, position: NDArray[np.float64]) -> tuple[Curve, float]:
    """A lid's upper rim when it is closed, and the room in pixels between the rim and the brow."""
    channel = list(EXPRESSIONS).index(f"lid_{'lr'[side]}")
    over = smooth(5) @ position[list(a.BROW_UNDER[side])]
    return slit.upper + slit.upper_moves[channel], float(np.median((slit.upper - over) @ slit.axis))


def _still(pixels: Pixels, face: Face, animal: bool) -> tuple[bool, bool]:
    """Which eyes stay as the picture shows them: shut ones, hidden ones, and an animal's where the mesh is beside them."""
    if animal and not all(fits(pixels, face.mesh, side) for side in (0, 1)):
        return True, True
    corners = [face.mesh[[lid[0], lid[-1]], :2] for lid in a.UPPER_LID]
    hidden = [float(np.hypot(*(ends[1] - ends[0]))) < _HIDDEN * face.size for ends in corners]
    return is_shut(face.mesh, 0) or hidden[0], is_shut(face.mesh, 1) or hidden[1]


def _iris(points: NDArray[np.float64], slit: Slit, still: bool) -> Eye:
    centre = points[0]
    radius = float(np.hypot(*(points[1:] - centre).T).max())
    thin = min(1.0, 0.5 * slit.width / max(slit.gap, 1e-3))
    across = np.clip((0.5 * slit.width - radius) / radius + 0.25, 0.1, 0.6) * thin
    down = np.clip((0.5 * slit.gap - radius) / radius + 0.35, 0.1, 0.5)
    widen = min(1.0, 0.35 * slit.width / max(slit.gap, 1e-3)) ** 2
    return Eye(centre.astype(np.float32), radius, np.array([across, down], np.float32), widen, still)


def prepare(pixels: Pixels, looks: tuple[Look, ...], finer: int) -> LayeredPicture:
    """All layers of one picture of the canvas's size; faces of the looks are in its pixels; see `build` for `finer`.

    What lies in front is taken off first, then people from the front to the back, so each is seen whole before what is left.
    A face without a matte is not taken off: the picture bends around it.
    """
    left, before = _taken_off(pixels, looks)
    faces = [_refined(left, look.face, look) for look in looks if look.face is not None]
    rigs: dict[int, Rig] = {}
    for k in sorted(range(len(faces)), key=lambda k: -head_of(faces[k]).height):
        cut, left = _cut_out(left, faces[k], looks[k].matte)
        rigs[k] = build(faces[k], cut, looks[k], finer)
    return LayeredPicture(left, tuple(rigs[k] for k in range(len(faces))), before, finer)


def _refined(pixels: Pixels, face: Face, look: Look) -> Face:
    """The face with eyes and lips where the picture shows them."""
    seen = refit(pixels, face)
    return seen if look.covered else trim(pixels, seen)


def _taken_off(pixels: Pixels, looks: tuple[Look, ...]) -> tuple[Pixels, NDArray[np.uint8] | None]:
    """The picture without what lies rigidly before faces, and that as `H W 4`; None: there is nothing."""
    import cv2

    fronts = [look.front.alpha for look in looks if look.front is not None]
    if not fronts:
        return pixels, None
    size = (pixels.shape[1], pixels.shape[0])
    alpha = np.max([cv2.resize(front, size, interpolation=cv2.INTER_LINEAR) for front in fronts], axis=0)
    before, left = layers.peeled(pixels, alpha.astype(np.float32) / 255, max(look.face.size for look in looks if look.face))
    return left, before


def _cut_out(pixels: Pixels, face: Face, matte: Matte | None) -> tuple[CutOut, Pixels]:
    """A character of a picture, and the picture without it."""
    shape = (pixels.shape[0], pixels.shape[1])
    if matte is None:
        region = x0, y0, x1, y1 = reach(face, shape)
        part = np.ascontiguousarray(pixels[y0:y1, x0:x1])
        alpha = np.zeros(shape, np.float32)
        alpha[y0:y1, x0:x1] = 1
        return CutOut(pixels, region, alpha, np.dstack([part, np.full(part.shape[:2], 255, np.uint8)]), apart=False), pixels
    alpha = layers.refined(matte, pixels, face)
    region = _region(alpha, face, shape)
    alpha *= _fading(region, face, shape)[:, None]
    x0, y0, x1, y1 = region
    inside = (slice(y0, y1), slice(x0, x1))
    person, behind = layers.peeled(pixels[inside], alpha[inside], face.size)
    left = pixels.copy()
    left[inside] = behind
    return CutOut(pixels, region, alpha, person), left
