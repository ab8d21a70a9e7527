"""Draws mouth and eyes: the skin above a slit, and its inside.

The layer that these functions draw into already holds the face as the lower rims have it (`engines/portrait/features/slits.py`).
"""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.drawing.view import Box, CameraWindow, Image, Maps, Mask, map_of, mix, pull, sampled
from dramatis.engines.portrait.features.lids import Lid
from dramatis.engines.portrait.features.mouth import Layer
from dramatis.engines.portrait.features.slits import Curve, Slit, polygon, upper_side
from dramatis.engines.portrait.geometry.channels import CHANNEL, Pose
from dramatis.engines.portrait.geometry.fields import Field, Grid, invert, sample
from dramatis.engines.portrait.geometry.skin import opened
from dramatis.engines.portrait.rig import Eye, Rig

_SHUT = 5  # of 255: smaller openings count as closed
_CONTOUR = 0.05  # widths of a mouth by which a profile's contour is smoothed between its lips


@dataclass(frozen=True, eq=False)
class MotionFields:
    """A character's motion in one frame: forward fields of the head, and of the skin below and above the slits.

    `body_back` is the inverse of the first, `low_back` leads from the second to the picture, where lips may be open.
    """

    body: Field
    low: Field
    up: Field
    weights: NDArray[np.float32]
    body_back: Field
    low_back: Field


@dataclass(frozen=True, eq=False)
class DrawContext:
    """Where a character is being drawn: its layer (RGBA of `box`, drawn pixels), its motion, and the camera."""

    rig: Rig
    moved: MotionFields
    layer: Image
    box: Box
    view: CameraWindow

    def part(self, points: Curve, sides: float, above: float, below: float) -> tuple[Box, Image]:
        """The box around drawn points with room in pixels (clipped): as drawn pixels, and that part of the layer."""
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        b = self.box
        x0, x1 = (int(v) for v in np.clip([left - sides, right + sides + 2], b[0], b[2]))
        y0, y1 = (int(v) for v in np.clip([top - above, bottom + below + 2], b[1], b[3]))
        return (x0, y0, x1, y1), self.layer[y0 - b[1] : y1 - b[1], x0 - b[0] : x1 - b[0]]

    def carry(self, points: Curve) -> Curve:
        """Points of the skull (canvas pixels at rest) after the head's motion, as drawn."""
        at = points + sample(self.moved.body, self.rig.grid.cell(points))
        return np.asarray((at - (self.view.x, self.view.y)) * self.view.zoom, np.float32)

    def back(self, forward: Field, box: Box) -> tuple[Field, Grid]:
        """A forward field inverted around a box of drawn pixels, and its grid."""
        inner, cut = self.rig.grid.part(self.view.seen(box))
        return self.moved.body_back[cut] if forward is self.moved.body else invert(forward[cut], inner.step), inner

    def skin_above(self, box: Box) -> tuple[Field, Grid]:
        """The backward field of the skin above slits to the picture around a box of drawn pixels, and its grid."""
        inner, cut = self.rig.grid.part(self.view.seen(box))
        back = invert(self.moved.up[cut], inner.step)
        return opened(back, self.rig.up.opening[cut], float(self.moved.weights[-1]), inner.step), inner

    @property
    def soft(self) -> float:
        """Sigma of drawn edges, in drawn pixels."""
        return max(0.35, 0.5 * self.rig.softness * self.view.zoom)


def _empty(box: Box) -> bool:
    return box[2] - box[0] < 3 or box[3] - box[1] < 3


def _blurred(mask: Mask, sigma: float) -> Mask:
    import cv2

    return np.asarray(cv2.GaussianBlur(mask, (0, 0), sigma), np.uint8)


def _bytes(share: NDArray[np.float32]) -> Mask:
    """A share (0..1) as a mask."""
    import cv2

    return np.asarray(cv2.convertScaleAbs(share, alpha=255), np.uint8)


@functools.lru_cache(maxsize=64)
def _window(size: tuple[int, int], edge: float) -> Mask:
    """Full inside, falling smoothly to nothing at the sides and the top of a patch; its lower side stays."""
    width, height = size
    across = np.clip(np.minimum(np.arange(width), np.arange(width)[::-1]) / max(1.0, edge * width), 0, 1)
    down = np.clip(np.arange(height) / max(1.0, edge * height), 0, 1)
    both = [(way * way * (3 - 2 * way)).astype(np.float32) for way in (down, across)]
    return _bytes(np.multiply.outer(*both))


def _beyond(rim: Curve, corner: tuple[int, int], size: tuple[int, int], wide: float) -> Mask:
    """Nothing between a slit's corners, rising beside them: there skin is whole, and the parts of a slit must blend unseen.

    Beside corners of a `wide` opening (0..1) that is closed, the skin below still shows its inside: it blends further out.
    """
    along = rim[-1] - rim[0]
    length = max(float(np.hypot(*along)), 1e-3)
    along = along * (2 / length**2)
    middle = (rim[0] + rim[-1]) / 2 - corner
    across = (np.arange(size[0], dtype=np.float32) - middle[0]) * along[0]
    down = (np.arange(size[1], dtype=np.float32) - middle[1]) * along[1]
    far = np.abs(np.add.outer(down, across))
    far -= 0.88 + 0.2 * wide
    far *= 1 / (0.12 + 0.15 * wide)
    return _bytes(np.maximum(far, 0, out=far))


def _skin_above(context: DrawContext, slit: Slit, rim: Curve) -> None:
    """Draw the skin above a slit's upper rim."""
    import cv2

    width = slit.width * context.view.zoom
    wide = min(1.0, 2 * slit.gap / slit.width)  # a wide opening that is closed bends the skin far
    box, part = context.part(rim, (0.3 + 0.3 * wide) * width, (0.45 + 0.3 * wide) * width, 0.16 * width)
    if _empty(box):
        return
    size = (box[2] - box[0], box[3] - box[1])
    field, inner = context.skin_above(box)
    patch = sampled(context.rig.person, map_of(field, inner, context.view, box, context.rig.person.onto))
    edge = polygon(upper_side(rim, slit, context.soft), (box[0], box[1]), size)
    reach, beyond = 2 * round(0.12 * width) + 1, _beyond(rim, (box[0], box[1]), size, wide)
    sharp = cv2.multiply(_blurred(edge, context.soft), cv2.bitwise_not(beyond), scale=1 / 255)
    cover = cv2.add(sharp, cv2.multiply(cv2.blur(edge, (reach, reach)), beyond, scale=1 / 255))
    mix(part, patch, cv2.multiply(cover, _window(size, 0.2), scale=1 / 255))


def _hole(context: DrawContext, rims: tuple[Curve, Curve]) -> tuple[Box, Image, Mask] | None:
    """The box of a slit's opening, that part of the layer, and how far each of its pixels is inside; None: it is shut."""
    ring = np.concatenate([rims[0], rims[1][::-1]])
    room = 3 * context.soft + 1
    box, part = context.part(ring, room, room, room)
    if _empty(box):
        return None
    inside = _blurred(polygon(ring, (box[0], box[1]), (box[2] - box[0], box[3] - box[1])), context.soft)
    return (box, part, inside) if inside.max() > _SHUT else None


def draw_eye(context: DrawContext, side: int, pose: Pose) -> None:
    """Draw one eye: eyeball and lids. One that is closed in the picture stays as it is."""
    rig, slit, iris = context.rig, context.rig.eyes[side], context.rig.irises[side]
    if iris.still:
        return
    upper, lower = slit.rims(context.moved.weights)
    rims = (context.carry(upper), context.carry(lower))
    shut = float(np.clip(context.moved.weights[CHANNEL["lid_l"] + side], 0, 1))
    _skin_above(context, slit, rims[0])
    opening = _hole(context, rims)
    if opening is not None:
        box, part, inside = opening
        field, inner = context.back(context.moved.body, box)
        ball = pull(rig.balls[side], _looking(map_of(field, inner, context.view, box), iris, pose))
        if shut > 0.02:
            shadow = _contact(inside, 0.10 * slit.width * context.view.zoom, 0.35 * shut)
            ball = (ball * shadow[..., None]).astype(np.uint8)
        mix(part, ball, inside)
    if shut > 0:
        _close(context, rig.lids[side], (upper, lower), shut)


def _close(context: DrawContext, lid: Lid, rims: tuple[Curve, Curve], shut: float) -> None:
    """Draw a closing eye's lids to their rims (canvas pixels, before the head moves)."""
    import cv2

    shown, to_part = lid.lowered(rims, shut)
    corners = np.array([[x, y] for x in (0, shown.shape[1]) for y in (0, shown.shape[0])]) - to_part[:, 2]
    box, part = context.part(context.carry((corners @ np.linalg.inv(to_part[:, :2]).T).astype(np.float32)), 0, 0, 0)
    if _empty(box):
        return
    field, inner = context.back(context.moved.body, box)
    maps = map_of(field, inner, context.view, box, to_part)
    drawn = cv2.remap(shown, maps, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    mix(part, drawn, cv2.extractChannel(drawn, 3))


def _looking(maps: Maps, iris: Eye, pose: Pose) -> Maps:
    """Turn the eye: the iris moves as a whole (it stays round), the white gives way beside it."""
    gaze = np.clip(pose[[CHANNEL["gaze_x"], CHANNEL["gaze_y"]]], -iris.room, iris.room) * iris.radius
    if not np.abs(gaze).max() > 0.02:
        return maps
    far = np.hypot(maps[..., 0] - iris.centre[0] - gaze[0], maps[..., 1] - iris.centre[1] - gaze[1]) / iris.radius
    share = np.clip((2.3 - far) / (2.3 - 1.12), 0, 1)
    share = (share * share * (3 - 2 * share)).astype(np.float32)
    return np.asarray(maps - share[..., None] * gaze.astype(np.float32), np.float32)


def _contact(inside: Mask, reach: float, strength: float) -> NDArray[np.float32]:
    """The shadow of an upper rim in an opening (`H W`, 0..1): 1 is none."""
    import cv2

    side = 2 * round(1.6 * reach) + 1
    soft = cv2.blur(cv2.blur(inside, (side, side), borderType=cv2.BORDER_CONSTANT), (side, side), borderType=cv2.BORDER_CONSTANT)
    down = np.array([[1, 0, 0], [0, 1, 0.8 * reach]])
    lit = cv2.warpAffine(soft, down, inside.shape[::-1])
    lit = np.minimum(lit * np.float32(1.4 / 255), 1)
    return np.asarray(1 - strength * (1 - lit), np.float32)


def _over(canvas: NDArray[np.float32], layer: Layer, to_layer: NDArray[np.float64]) -> None:
    """Compose a premultiplied layer over RGB floats; `to_layer` (2x3) maps its pixels to the canvas's."""
    import cv2

    moved = cv2.warpAffine(layer, to_layer, canvas.shape[1::-1], flags=cv2.INTER_LINEAR)
    canvas *= 1 - moved[..., 3:]
    canvas += moved[..., :3]


def _ajar(rims: tuple[Curve, Curve], axis: NDArray[np.float32], box: Box) -> NDArray[np.float32]:
    """0 where drawn rims meet, 1 where they are apart (a polygon's outline is a pixel thick, even of lips that are shut)."""
    along = rims[0][-1] - rims[0][0]
    along = along / max(float(np.hypot(*along)), 1e-3)
    x, y = (np.arange(box[k], box[k + 2], dtype=np.float32) - rims[0][0, k] for k in (0, 1))
    apart = np.clip(((rims[1] - rims[0]) @ axis - 0.3) / 1.2, 0, 1)
    share = np.interp(x[None] * along[0] + y[:, None] * along[1], (rims[0] - rims[0][0]) @ along, apart)
    return np.asarray(share, np.float32)


def _near_side(rims: tuple[Curve, Curve]) -> tuple[Curve, Curve]:
    """Rims without the far ends of a profile, which turn back behind the lips."""
    at = rims[0] @ (rims[0][-1] - rims[0][0])
    near = slice(int(at.argmin()), int(at.argmax()) + 1)
    return rims[0][near], rims[1][near]


def _to_contour(part: Image, hole: Mask, sigma: float) -> Mask:
    """An opening up to the contour of a face in profile; beyond it, between the lips, the face itself ends (in place).

    The contour is smoothed by `sigma` pixels: where the lips part, it is stretched from a few pixels of the picture.
    """
    import cv2

    alpha = cv2.extractChannel(part, 3)
    if alpha.min() == 255:
        return hole
    within = np.clip((cv2.GaussianBlur(alpha, (0, 0), max(0.8, sigma)).astype(np.float32) - 96) / 96, 0, 1)
    beyond = _bytes((1 - within) * hole * (1 / 255))
    part[..., 3] = cv2.multiply(alpha, cv2.bitwise_not(beyond), scale=1 / 255)
    return _bytes(within * hole * (1 / 255))


def draw_mouth(context: DrawContext, pose: Pose) -> None:
    """Draw the mouth: upper lip, and what is behind the lips. One that does not open is skin like the rest."""
    import cv2

    slit, inside = context.rig.mouth, context.rig.interior
    if not context.rig.opens:
        return
    upper, lower = slit.rims(context.moved.weights)
    rims = (context.carry(upper), context.carry(lower))
    _skin_above(context, slit, rims[0])
    rims = _near_side(rims)
    opening = _hole(context, rims)
    if opening is None:
        return
    box, part, hole = opening
    width = slit.width * context.view.zoom
    hole = _to_contour(part, _bytes(hole * (1 / 255) * _ajar(rims, slit.axis, box)), _CONTOUR * width)
    skull = _skull(context, box)
    drop = context.rig.jaw * context.moved.weights[CHANNEL["jaw"]]
    jaw, tongue = skull.copy(), skull.copy()
    jaw[:, 2] += skull[:, :2] @ drop
    lift = np.array([0, -9.0 * inside.mm * pose[CHANNEL["tongue"]]])
    tongue[:, 2] += skull[:, :2] @ (0.85 * drop + lift)
    canvas = np.empty((*hole.shape, 3), np.float32)
    canvas[:] = inside.cavity
    _over(canvas, inside.tongue, tongue)
    canvas *= _contact(hole, 0.08 * width, 0.45)[..., None]
    _over(canvas, inside.lower, jaw)
    _over(canvas, inside.upper, skull)
    wide = float(((rims[1] - rims[0]) @ slit.axis).max()) / width
    canvas *= _contact(hole, 0.03 * width, 0.42)[..., None] * np.float32(0.86 + 0.14 * min(1.0, wide / 0.15))
    mix(part, cv2.convertScaleAbs(canvas), cv2.convertScaleAbs(hole, alpha=1 - float(pose[CHANNEL["untouched"]])))


def _skull(context: DrawContext, box: Box) -> NDArray[np.float64]:
    """2x3 transform of the interior's layers to the drawn box: the head's motion, linear about the mouth."""
    rig, view = context.rig, context.view
    middle = (rig.mouth.upper[len(rig.mouth.upper) // 2] + rig.mouth.lower[len(rig.mouth.lower) // 2]) / 2
    reach = np.float32(0.3 * rig.mouth.width)
    probe = middle + np.array([[0, 0], [reach, 0], [0, reach]], np.float32)
    now = probe + sample(context.moved.body, rig.grid.cell(probe))
    linear = np.stack([now[1] - now[0], now[2] - now[0]], axis=1) / reach
    corner = np.asarray(rig.interior.box[:2], np.float64)
    at = (now[0] + linear @ (corner - middle) - (view.x, view.y)) * view.zoom - box[:2]
    return np.concatenate([linear * view.zoom, at[:, None]], axis=1)
