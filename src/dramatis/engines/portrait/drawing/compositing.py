"""Draws one frame: the background, and each character in its pose over it.

All positions are pixels of the canvas before the camera; a `CameraWindow` says what part of it the camera shows.
Maps are computed on the rig's coarse grid and enlarged; pixels are touched once.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from dramatis.engines.portrait.cutouts.fine_textures import Texture
from dramatis.engines.portrait.cutouts.outlines import Band
from dramatis.engines.portrait.drawing.openings import DrawContext, MotionFields, draw_eye, draw_mouth
from dramatis.engines.portrait.drawing.view import Box, CameraWindow, Image, coarse_map, sampled
from dramatis.engines.portrait.geometry.channels import CHANNEL, Pose, motion, weights
from dramatis.engines.portrait.geometry.fields import doubled, invert
from dramatis.engines.portrait.geometry.skin import opened
from dramatis.engines.portrait.rig import LayeredPicture, Rig
from dramatis.media.still import Pixels


def _move(rig: Rig, pose: Pose) -> MotionFields:
    whole = motion(pose, rig.body, rig.grid.halved)
    field = doubled(whole)
    share = weights(pose)
    widen = min((iris.widen for iris in rig.irises if not iris.still), default=0.0)
    skin = share.copy()
    for lid, iris in zip((CHANNEL["lid_l"], CHANNEL["lid_r"]), rig.irises, strict=True):
        share[lid] *= 0.0 if iris.still else widen if share[lid] < 0 else 1.0
        skin[lid] = min(share[lid], 0.1 * share[lid])  # a closing lid slides from under its fold: skin hardly follows
    share[-1] *= rig.opens
    low, up = field.copy(), field.copy()
    shape = low[rig.face].shape
    low[rig.face] += (skin[:-1] @ rig.low.moves).reshape(shape)
    up[rig.face] += (skin[:-1] @ rig.up.moves).reshape(shape)
    body_back = doubled(invert(whole, 2 * rig.grid.step, 3))  # the body bends gently and needs few rounds, the face more
    low_back, shut = body_back.copy(), invert(low[rig.face], rig.grid.step)
    low_back[rig.face] = opened(shut, rig.low.opening[rig.face], float(share[-1]), rig.grid.step)
    return MotionFields(field, low, up, share, body_back, low_back)


def draw(scene: LayeredPicture, poses: Sequence[Pose], view: CameraWindow) -> Pixels:
    """A whole frame: background, characters (`poses` in the order of the scene's rigs), objects in front."""
    still = view == CameraWindow()
    frame = scene.behind.copy() if still else _seen(scene.fine_behind, view, scene.behind)
    for rig, pose in sorted(zip(scene.rigs, poses, strict=True), key=lambda one: one[0].body.size):
        draw_person(frame, rig, pose, view)
    if scene.front is not None and scene.fine_front is not None:
        _compose(frame, scene.front if still else _seen(scene.fine_front, view, scene.front))
    return frame


def draw_person(frame: Pixels, rig: Rig, pose: Pose, view: CameraWindow) -> None:
    """Draw a character over a frame (in place)."""
    size = (frame.shape[1], frame.shape[0])
    box = view.box(rig.region, size)
    x0, y0, x1, y1 = box
    if x1 <= x0 or y1 <= y0:
        return
    moved = _move(rig, pose)
    layer = np.empty((y1 - y0, x1 - x0, 4), np.uint8)
    maps = coarse_map(moved.low_back, rig.grid, view, box, rig.person.onto)
    parts = list(_parts(rig.outline.bands(moved.low, rig.grid), view, size, box))
    for _, (rows, cols) in parts:  # one by one: maps of a band fit into a processor's cache
        if layer[rows, cols].size:
            sampled(rig.person, maps.part(rows, cols), layer[rows, cols])
    _openings(DrawContext(rig, moved, layer, box, view), pose)
    for band, (rows, cols) in parts:
        ends = np.clip([(at - view.x) * view.zoom - x0 for at in band.opaque], cols.start, cols.stop) - cols.start
        _lay(frame[y0:y1, x0:x1][rows, cols], layer[rows, cols], (int(np.ceil(ends[0])), int(ends[1])))


def _parts(
    bands: Sequence[Band], view: CameraWindow, size: tuple[int, int], box: Box
) -> Iterator[tuple[Band, tuple[slice, slice]]]:
    """Each band with the rows and columns of a box that it takes up; no row is in two of them: soft edges are laid once."""
    done = 0
    for band in bands:
        rows, cols = _cut(view.box(band.box, size), box)
        yield band, (slice(max(rows.start, done), max(rows.stop, done)), cols)
        done = max(rows.stop, done)


def _openings(context: DrawContext, pose: Pose) -> None:
    """Draw eyes and mouth, unless they stay as in the picture."""
    import cv2

    untouched = float(pose[CHANNEL["untouched"]])
    if untouched >= 1:
        return
    shown = context.layer.copy() if untouched > 0 else None
    for side in (0, 1):
        draw_eye(context, side, pose)
    if shown is not None:
        cv2.addWeighted(shown, untouched, context.layer, 1 - untouched, 0, dst=context.layer)
    draw_mouth(context, pose)


def _cut(part: Box, box: Box) -> tuple[slice, slice]:
    """Rows and columns of a box that a part of it takes up."""
    x0, x1 = (min(max(at, box[0]), box[2]) - box[0] for at in (part[0], part[2]))
    y0, y1 = (min(max(at, box[1]), box[3]) - box[1] for at in (part[1], part[3]))
    return slice(y0, y1), slice(x0, x1)


def _lay(target: Image, layer: Image, opaque: tuple[int, int]) -> None:
    """RGBA over RGB (in place), where the layer is opaque between two columns."""
    import cv2

    left, right = opaque if opaque[1] > opaque[0] else (0, 0)
    for part in (slice(0, left), slice(right, target.shape[1])):
        if target[:, part].size:
            _compose(target[:, part], layer[:, part])
    if target[:, left:right].size:
        cv2.cvtColor(layer[:, left:right], cv2.COLOR_RGBA2RGB, dst=target[:, left:right])


def _compose(target: Image, layer: Image) -> None:
    """RGBA over RGB."""
    import cv2

    whole = np.ascontiguousarray(layer)
    alpha = cv2.cvtColor(cv2.extractChannel(whole, 3), cv2.COLOR_GRAY2RGB)
    front = cv2.multiply(cv2.cvtColor(whole, cv2.COLOR_RGBA2RGB), alpha, scale=1 / 255)
    behind = cv2.multiply(np.ascontiguousarray(target), cv2.bitwise_not(alpha), scale=1 / 255)
    target[:] = cv2.add(front, behind)


def _seen(layer: Texture, view: CameraWindow, canvas: Image) -> Image:
    """A layer that does not move as the camera sees it, in the size of a canvas."""
    import cv2

    to_canvas = np.array([[1 / view.zoom, 0, view.x], [0, 1 / view.zoom, view.y]])
    to_texture = layer.scale * to_canvas + [0, 0, (layer.scale - 1) / 2]
    size, how = (canvas.shape[1], canvas.shape[0]), cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(layer.pixels, to_texture, size, flags=how, borderMode=cv2.BORDER_REPLICATE), np.uint8)
