"""The camera's view, and from coarse fields to pixels: maps, sampling, blending."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.engines.portrait.cutouts.fine_textures import Texture
from dramatis.engines.portrait.geometry.fields import Field, Grid

Image = NDArray[np.uint8]
Mask = NDArray[np.uint8]
"""`H W`, 0..255."""
Box = tuple[int, int, int, int]
"""x0, y0, x1, y1 in whole pixels."""


@dataclass(frozen=True)
class CameraWindow:
    """What the camera shows: canvas pixel `p` is drawn at `(p - (x, y)) * zoom`."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0

    def seen(self, box: Box) -> tuple[float, float, float, float]:
        """A box of drawn pixels as canvas pixels."""
        x0, y0, x1, y1 = box
        return x0 / self.zoom + self.x, y0 / self.zoom + self.y, x1 / self.zoom + self.x, y1 / self.zoom + self.y

    def box(self, box: tuple[float, float, float, float], size: tuple[int, int]) -> Box:
        """A box of canvas pixels as whole drawn pixels, clipped to a picture of `size` (width, height)."""
        x0, y0, x1, y1 = box
        low = np.floor([(x0 - self.x) * self.zoom, (y0 - self.y) * self.zoom]).astype(int)
        high = np.ceil([(x1 - self.x) * self.zoom, (y1 - self.y) * self.zoom]).astype(int)
        left, right = np.clip([low[0], high[0]], 0, size[0])
        top, bottom = np.clip([low[1], high[1]], 0, size[1])
        return int(left), int(top), int(right), int(bottom)


Maps = NDArray[np.float32]
"""For each drawn pixel of a box the position that it comes from: `H W 2`, x and y."""


@dataclass(frozen=True, eq=False)
class CoarseMaps:
    """Positions for the middles of cells of `pitch` drawn pixels, from one cell beyond the box's first pixel on.

    Enlarging holds the outermost half cell still, so a cell more is made at each side, and cut off.
    """

    cells: Maps
    pitch: int

    def part(self, rows: slice, cols: slice) -> Maps:
        """The maps of a part of the box."""
        import cv2

        pitch, cut, inner = self.pitch, [], []
        for way in (rows, cols):
            first = way.start // pitch
            cut.append(slice(first, -(-way.stop // pitch) + 2))
            inner.append(slice(way.start + pitch - first * pitch, way.stop + pitch - first * pitch))
        near = self.cells[cut[0], cut[1]]
        ends = (near.shape[1] * pitch, near.shape[0] * pitch)
        return np.asarray(cv2.resize(near, ends, interpolation=cv2.INTER_LINEAR)[inner[0], inner[1]], np.float32)


def coarse_map(back: Field, grid: Grid, view: CameraWindow, box: Box, onto: NDArray[np.float64] | None = None) -> CoarseMaps:
    """A backward field as positions for a box of drawn pixels: on the canvas, or where `onto` (2x3) takes those."""
    import cv2

    pitch, at = max(1, int(grid.step * view.zoom)), []
    for axis, corner in enumerate((view.x, view.y)):
        count = -(-(box[axis + 2] - box[axis]) // pitch) + 2
        drawn = box[axis] + (np.arange(count) - 0.5) * pitch - 0.5
        at.append((drawn / view.zoom + corner).astype(np.float32))
    canvas = np.empty((len(at[1]), len(at[0]), 2), np.float32)
    canvas[..., 0], canvas[..., 1] = at[0][None, :], at[1][:, None]
    cells = (canvas - np.array([grid.x, grid.y], np.float32)) * np.float32(1 / grid.step)
    coarse = canvas + cv2.remap(back, cells, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return CoarseMaps(np.asarray(coarse if onto is None else cv2.transform(coarse, onto), np.float32), pitch)


def map_of(back: Field, grid: Grid, view: CameraWindow, box: Box, onto: NDArray[np.float64] | None = None) -> Maps:
    """The maps of a whole box."""
    return coarse_map(back, grid, view, box, onto).part(slice(0, box[3] - box[1]), slice(0, box[2] - box[0]))


def sampled(texture: Texture, maps: Maps, into: Image | None = None) -> Image:
    """A texture at maps in its own pixels; written `into` an image of their size, if one is given."""
    import cv2

    drawn = cv2.remap(texture.pixels, maps, None, cv2.INTER_LINEAR, dst=into, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(drawn, np.uint8)


def pull(texture: Texture, maps: Maps) -> Image:
    """A texture at maps in canvas pixels."""
    import cv2

    return sampled(texture, np.asarray(cv2.transform(maps, texture.onto), np.float32))


def mix(target: Image, layer: Image, cover: Mask) -> None:
    """Blend the colours of a layer (RGB or RGBA) into a part of an RGBA image (in place), which keeps its own alpha."""
    import cv2

    colours = layer if layer.shape[2] == 4 else cv2.cvtColor(layer, cv2.COLOR_RGB2RGBA)
    front = cv2.merge((cover, cover, cover, np.zeros_like(cover)))
    behind = cv2.multiply(target, cv2.bitwise_not(front), scale=1 / 255)
    target[:] = cv2.add(cv2.multiply(colours, front, scale=1 / 255), behind)
