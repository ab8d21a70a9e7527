"""Drawing one frame: the empty set, and over it each character in its pose.

All positions are pixels of the canvas before the camera; a `View` says what part of it the camera shows. Maps are computed on
the rig's coarse grid and enlarged; pixels are touched once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.fields import Field, invert, sample
from dramatis.engines.portrait.mouth import Layer
from dramatis.engines.portrait.pose import CHANNEL, Pose, motion, weights
from dramatis.engines.portrait.rig import Eye, Rig
from dramatis.engines.portrait.slits import Curve, Slit, polygon, upper_side
from dramatis.engines.portrait.view import Image, Maps, View, map_of, mix, pull, sampled
from dramatis.media.still import Pixels


@dataclass(frozen=True, eq=False)
class _Moved:
    """A character's motion in one frame: the head's forward field, and skin fields below and above the slits."""

    body: Field
    low: Field
    up: Field
    weights: NDArray[np.float32]


def _move(rig: Rig, pose: Pose) -> _Moved:
    field = motion(pose, rig.body, rig.grid)
    share = weights(pose)
    for name, iris in zip(("lid_l", "lid_r"), rig.irises, strict=True):
        share[CHANNEL[name]] *= iris.widen if share[CHANNEL[name]] < 0 else 1.0
    low, up = field.copy(), field.copy()
    shape = low[rig.face].shape
    low[rig.face] += (share @ rig.low).reshape(shape)
    up[rig.face] += (share @ rig.up).reshape(shape)
    return _Moved(field, low, up, share)


def _carry(points: Curve, moved: _Moved, rig: Rig, view: View) -> Curve:
    """Points of the skull after the head's motion, as drawn."""
    at = points + sample(moved.body, rig.grid.cell(points))
    return np.asarray((at - (view.x, view.y)) * view.zoom, np.float32)


def _carried(rims: tuple[Curve, Curve], moved: _Moved, rig: Rig, view: View) -> tuple[Curve, Curve]:
    return _carry(rims[0], moved, rig, view), _carry(rims[1], moved, rig, view)


@dataclass(frozen=True, eq=False)
class _Stage:
    """Where a character is being drawn: its layer (RGBA of `box`, drawn pixels) and the camera."""

    layer: Image
    box: tuple[int, int, int, int]
    view: View
    size: tuple[int, int]

    def part(self, box: tuple[float, float, float, float]) -> tuple[tuple[int, int, int, int], Image]:
        """A box of canvas pixels: as drawn pixels, and that part of the layer."""
        x0, y0, x1, y1 = self.view.box(box, self.size)
        b = self.box
        x0, x1 = np.clip([x0, x1], b[0], b[2])
        y0, y1 = np.clip([y0, y1], b[1], b[3])
        return (int(x0), int(y0), int(x1), int(y1)), self.layer[y0 - b[1] : y1 - b[1], x0 - b[0] : x1 - b[0]]


def _moved_box(slit: Slit, rims: tuple[Curve, ...], view: View) -> tuple[float, float, float, float]:
    """The slit's box, carried along and large enough for its rims, in canvas pixels."""
    points = np.concatenate(rims) / view.zoom + (view.x, view.y)
    pad = 0.4 * slit.width
    (x0, y0), (x1, y1) = points.min(axis=0) - pad, points.max(axis=0) + pad
    return float(x0), float(y0), float(x1), float(y1)


def _window(size: tuple[int, int], edge: float) -> NDArray[np.float32]:
    """1 inside, falling smoothly to 0 at the sides and the top of a patch; its lower side stays."""
    width, height = size
    across = np.clip(np.minimum(np.arange(width), np.arange(width)[::-1]) / max(1.0, edge * width), 0, 1)
    down = np.clip(np.arange(height) / max(1.0, edge * height), 0, 1)
    both = (across * across * (3 - 2 * across))[None, :] * (down * down * (3 - 2 * down))[:, None]
    return np.asarray(both, np.float32)


def _beyond(rim: Curve, corner: tuple[int, int], size: tuple[int, int]) -> NDArray[np.float32]:
    """0 between a slit's corners, rising to 1 beside them: there skin is whole, and the parts of a slit must blend unseen."""
    along = rim[-1] - rim[0]
    length = max(float(np.hypot(*along)), 1e-3)
    along = along / length
    middle = (rim[0] + rim[-1]) / 2 - corner
    across = np.arange(size[0], dtype=np.float32) - middle[0]
    down = np.arange(size[1], dtype=np.float32) - middle[1]
    far = np.abs(across[None, :] * along[0] + down[:, None] * along[1]) * (2 / length)
    return np.clip((far - 0.88) / 0.12, 0, 1).astype(np.float32)


def _open(slit: Slit, rims: tuple[Curve, ...], moved: _Moved, rig: Rig, stage: _Stage) -> NDArray[np.float32] | None:
    """Draw the skin above a slit; return the coverage of what is inside it (None: out of the picture)."""
    import cv2

    box, part = stage.part(_moved_box(slit, rims, stage.view))
    x0, y0, x1, y1 = box
    if x1 - x0 < 3 or y1 - y0 < 3:
        return None
    size = (x1 - x0, y1 - y0)
    inner, cut = rig.grid.part(_moved_box(slit, rims, stage.view))
    patch = sampled(rig.person, map_of(invert(moved.up[cut], inner.step), inner, stage.view, box, rig.person))
    soft = max(0.35, 0.5 * rig.softness * stage.view.zoom)
    edge = polygon(upper_side(rims[0], slit, soft), (x0, y0), size)
    beyond = _beyond(rims[0], (x0, y0), size)
    sharp, blurred = (
        cv2.GaussianBlur(edge, (0, 0), sigma).astype(np.float32) for sigma in (soft, 0.09 * slit.width * stage.view.zoom)
    )
    cover = (sharp + (blurred - sharp) * beyond) * _window(size, 0.18) / 255
    mix(part, patch[..., :3], cover)
    hole = polygon(np.concatenate([rims[0], rims[1][::-1]]), (x0, y0), size)
    return np.asarray(cv2.GaussianBlur(hole, (0, 0), soft), np.float32) / 255


def _eye(rig: Rig, side: int, pose: Pose, moved: _Moved, stage: _Stage) -> None:
    import cv2

    slit, iris = rig.eyes[side], rig.irises[side]
    rims = _carried(slit.rims(moved.weights), moved, rig, stage.view)
    shut = float(np.clip(pose[CHANNEL["lid_l"] + side], 0, 1))
    ring = _carry(rig.sockets[side], moved, rig, stage.view)
    hole = _open(slit, (*rims, ring), moved, rig, stage)
    if hole is None:
        return
    box, part = stage.part(_moved_box(slit, (*rims, ring), stage.view))
    inner, cut = rig.grid.part(_moved_box(slit, (*rims, ring), stage.view))
    maps = map_of(invert(moved.body[cut], inner.step), inner, stage.view, box)
    if shut > 0:
        cover = cv2.GaussianBlur(
            polygon(ring, (box[0], box[1]), (hole.shape[1], hole.shape[0])), (0, 0), max(0.6, 0.02 * slit.width * stage.view.zoom)
        )
        mix(part, pull(rig.lids[side], maps), cover.astype(np.float32) * np.float32(min(1.0, shut / 0.22) / 255))
    ball = pull(rig.balls[side], _looking(maps, iris, pose))
    shadow = _contact(hole, 0.10 * slit.width * stage.view.zoom, 0.35 * shut)
    mix(part, ball * shadow[..., None], hole)
    if shut > 0.05:
        _lash_line(part, rig, side, rims[0], (float(box[0]), float(box[1])), shut)


def _lash_line(part: Image, rig: Rig, side: int, rim: Curve, corner: tuple[float, float], shut: float) -> None:
    """The lashes of a lowered lid: a dark line along its rim, thick in the middle and towards the outer corner."""
    import cv2

    slit = rig.eyes[side]
    width = float(np.hypot(*(rim[-1] - rim[0])))
    along = np.linspace(0, 1, len(rim), dtype=np.float32)
    outer = along if side == 1 else 1 - along
    thick = 0.045 * width * np.sin(np.pi * np.clip(along, 0.01, 0.99)) ** 0.6 * (0.55 + 0.45 * outer)
    ring = np.concatenate([rim - 0.25 * thick[:, None] * slit.axis, (rim + 0.75 * thick[:, None] * slit.axis)[::-1]])
    cover = polygon(ring.astype(np.float32), corner, (part.shape[1], part.shape[0]))
    soft = cv2.GaussianBlur(cover, (0, 0), max(0.5, 0.012 * width)).astype(np.float32) / 255
    mix(part, np.broadcast_to(rig.lashes[side], (*cover.shape, 3)), soft * min(1.0, shut / 0.5) * 0.85)


def _looking(maps: Maps, iris: Eye, pose: Pose) -> Maps:
    """Turn the eye: the iris moves as a whole (it stays round), the white gives way beside it."""
    gaze = np.clip(pose[[CHANNEL["gaze_x"], CHANNEL["gaze_y"]]], -iris.room, iris.room) * iris.radius
    if not np.abs(gaze).max() > 0.02:
        return maps
    far = np.hypot(maps[0] - iris.centre[0] - gaze[0], maps[1] - iris.centre[1] - gaze[1]) / iris.radius
    share = np.clip((2.3 - far) / (2.3 - 1.12), 0, 1)
    share = (share * share * (3 - 2 * share)).astype(np.float32)
    return maps[0] - share * gaze[0], maps[1] - share * gaze[1]


def _contact(hole: NDArray[np.float32], reach: float, strength: float) -> NDArray[np.float32]:
    """The shadow that an upper rim throws into an opening: 1 is none."""
    import cv2

    sigma = max(0.6, reach)
    down = np.array([[1, 0, 0], [0, 1, 0.8 * sigma]])
    inside = cv2.warpAffine(cv2.GaussianBlur(hole, (0, 0), sigma), down, hole.shape[::-1])
    return np.asarray(1 - strength * (1 - np.clip(inside * 1.4, 0, 1)), np.float32)


def _over(canvas: NDArray[np.float32], layer: Layer, to_layer: NDArray[np.float64], share: float = 1.0) -> None:
    """Compose a premultiplied layer over RGB floats; `to_layer` (2x3) maps its pixels to the canvas's."""
    import cv2

    moved = cv2.warpAffine(layer, to_layer, canvas.shape[1::-1], flags=cv2.INTER_LINEAR)
    canvas *= 1 - share * moved[..., 3:]
    canvas += share * moved[..., :3]


def _mouth(rig: Rig, pose: Pose, moved: _Moved, stage: _Stage) -> None:
    slit, inside = rig.mouth, rig.interior
    rims = _carried(slit.rims(moved.weights), moved, rig, stage.view)
    hole = _open(slit, rims, moved, rig, stage)
    if hole is None or hole.max() < 0.02:
        return
    box, part = stage.part(_moved_box(slit, rims, stage.view))
    skull = _skull(rig, moved, stage, box)
    drop = rig.jaw * moved.weights[CHANNEL["jaw"]]
    jaw, tongue = skull.copy(), skull.copy()
    jaw[:, 2] += skull[:, :2] @ drop
    lift = np.array([0, -9.0 * inside.mm * pose[CHANNEL["tongue"]]])
    tongue[:, 2] += skull[:, :2] @ (0.85 * drop + lift)
    canvas = np.empty((*hole.shape, 3), np.float32)
    canvas[:] = inside.cavity
    _over(canvas, inside.tongue, tongue)
    canvas *= _contact(hole, 0.08 * slit.width * stage.view.zoom, 0.45)[..., None]
    _over(canvas, inside.lower, jaw)
    _over(canvas, inside.upper, skull)
    _over(canvas, inside.shown, skull)
    wide = float(((rims[1] - rims[0]) @ slit.axis).max()) / (slit.width * stage.view.zoom)
    canvas *= _contact(hole, 0.03 * slit.width * stage.view.zoom, 0.55)[..., None] * (0.78 + 0.22 * min(1.0, wide / 0.15))
    mix(part, canvas, hole)


def _skull(rig: Rig, moved: _Moved, stage: _Stage, box: tuple[int, int, int, int]) -> NDArray[np.float64]:
    """2x3 transform of the interior's layers to the drawn box: the head's motion, linear about the mouth."""
    slit, view = rig.mouth, stage.view
    middle = (slit.upper[len(slit.upper) // 2] + slit.lower[len(slit.lower) // 2]) / 2
    reach = np.float32(0.3 * slit.width)
    probe = middle + np.array([[0, 0], [reach, 0], [0, reach]], np.float32)
    now = probe + sample(moved.body, rig.grid.cell(probe))
    linear = np.stack([now[1] - now[0], now[2] - now[0]], axis=1) / reach
    corner = np.asarray(rig.interior.box[:2], np.float64)
    at = (now[0] + linear @ (corner - middle) - (view.x, view.y)) * view.zoom - box[:2]
    return np.concatenate([linear * view.zoom, at[:, None]], axis=1)


def draw_person(frame: Pixels, rig: Rig, pose: Pose, view: View) -> None:
    """Draw a character over a frame (in place)."""
    size = (frame.shape[1], frame.shape[0])
    box = view.box(tuple(float(v) for v in rig.region), size)  # type: ignore[arg-type]  # four numbers
    x0, y0, x1, y1 = box
    if x1 <= x0 or y1 <= y0:
        return
    moved = _move(rig, pose)
    back = invert(moved.low, rig.grid.step)
    layer = np.empty((y1 - y0, x1 - x0, 4), np.uint8)
    room = float(np.abs(moved.body).max()) + 3 * rig.grid.step
    bands = [_within(view.box(band, size), box) for band in rig.outline.bands(room)]
    bands = [band for band in bands if band[2] > band[0] and band[3] > band[1]]
    cuts = [(slice(part[1] - y0, part[3] - y0), slice(part[0] - x0, part[2] - x0)) for part in bands]
    for part, cut in zip(bands, cuts, strict=True):
        layer[cut] = sampled(rig.person, map_of(back, rig.grid, view, part, rig.person))
    stage = _Stage(layer, box, view, size)
    for side in (0, 1):
        _eye(rig, side, pose, moved, stage)
    _mouth(rig, pose, moved, stage)
    for cut in cuts:
        _compose(frame[y0:y1, x0:x1][cut], layer[cut])


def _within(part: tuple[int, int, int, int], box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """A box cut down to another."""
    return max(part[0], box[0]), max(part[1], box[1]), min(part[2], box[2]), min(part[3], box[3])


def _compose(target: Image, layer: Image) -> None:
    """RGBA over RGB."""
    import cv2

    whole = np.ascontiguousarray(layer)
    alpha = cv2.cvtColor(cv2.extractChannel(whole, 3), cv2.COLOR_GRAY2RGB)
    front = cv2.multiply(cv2.cvtColor(whole, cv2.COLOR_RGBA2RGB), alpha, scale=1 / 255)
    behind = cv2.multiply(np.ascontiguousarray(target), cv2.bitwise_not(alpha), scale=1 / 255)
    target[:] = cv2.add(front, behind)


def draw_set(without: Pixels, view: View) -> Pixels:
    """The empty set as the camera sees it."""
    import cv2

    if view == View():
        return without.copy()
    to_drawn = np.array([[view.zoom, 0, -view.x * view.zoom], [0, view.zoom, -view.y * view.zoom]])
    size = (without.shape[1], without.shape[0])
    return np.asarray(cv2.warpAffine(without, to_drawn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8)
