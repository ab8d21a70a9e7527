"""The canvas of a film, and fitting a picture to a canvas of another aspect: the largest crop that cuts no face, or a
closer one of somebody, where the picture's resolution allows it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dramatis.clock import Rate
from dramatis.errors import BriefError
from dramatis.media.face import Face, framing_of
from dramatis.media.still import Still
from dramatis.production.assets import Assets
from dramatis.story import FRAMINGS, Brief, Canvas
from dramatis.story.checks import LONG_SIDE, SHORT_SIDE
from dramatis.take import Limits, View

_ABOVE, _BESIDE, _BELOW = 0.45, 0.25, 0.25  # preferred margins around a face mesh, in face sizes
_SHARES = {
    "close-up": (0.48, 0.5, 0.52, 0.54, 0.56, 0.46, 0.44, 0.58, 0.6, 0.62),
    "medium close-up": (0.32, 0.34, 0.36, 0.38, 0.4, 0.3, 0.28),
    "medium": (0.18, 0.2, 0.22, 0.24, 0.16),
}
"""Height of a face in closer crops, of the picture's, the best ones first."""
_ENLARGED, _CLOSER = 1.5, 0.85  # the most that a closer crop is enlarged; its height, of the largest crop's, at most
_EYES = 0.45  # where the middle of a face is in a closer crop, from the top
_HAIR, _CHIN = 0.32, 0.08  # face sizes that are shown above and below a face at least
_OTHERS = 0.1  # of somebody else's face that a closer crop shows at most
_PLACES = 25  # tried from side to side
_ROUNDING = 2  # pixels by which rounding to even sizes may change a side of the canvas


@dataclass(frozen=True)
class Framing:
    """A crop of a picture, `x, y` its corner and `width, height` its size in pixels, and the scale from there to the canvas."""

    x: int
    y: int
    width: int
    height: int
    scale: float

    def face(self, face: Face) -> Face:
        """The face in pixels of the canvas."""
        return Face(((face.mesh - np.array([self.x, self.y, 0])) * self.scale).astype(np.float32))

    def still(self, still: Still, canvas: Canvas) -> Still:
        """The picture, cropped and scaled to the canvas."""
        import cv2

        part = still.pixels[self.y : self.y + self.height, self.x : self.x + self.width]
        if part.shape[:2] == (canvas.height, canvas.width):
            return Still(np.ascontiguousarray(part))
        means = cv2.INTER_AREA if self.scale < 1 else cv2.INTER_LANCZOS4
        return Still(np.asarray(cv2.resize(part, (canvas.width, canvas.height), interpolation=means), np.uint8))


def canvas_of(brief: Brief, assets: Assets, limits: Limits) -> Canvas:
    """The canvas of a brief: the requested size, else the aspect of its first picture; with an opacity if that is wished."""
    return replace(_sized(brief, assets, limits), alpha=brief.background == "none")


def _sized(brief: Brief, assets: Assets, limits: Limits) -> Canvas:
    rate = Rate.of(brief.fps or limits.fps)
    if isinstance(brief.size, tuple):
        return Canvas(*brief.size, rate)
    short, step = brief.size or limits.short_side, max(2, limits.size_step)
    pictures = [who.portrait for who in brief.cast if who.portrait]
    if not pictures:
        wide = round(short * limits.aspect / step) * step
        return Canvas(max(step, wide), max(step, short // step * step), rate)
    first = assets.picture(pictures[0])
    scale = short / min(first.width, first.height)
    scale *= min(1.0, LONG_SIDE / (scale * max(first.width, first.height)), SHORT_SIDE / short)

    def whole(side: float) -> int:
        return max(step, round(side * scale / step) * step)

    return Canvas(whole(first.width), whole(first.height), rate)


def framing(still: Still, canvas: Canvas, faces: Sequence[Face], picture: str) -> Framing:
    """The largest crop with the canvas's aspect that contains all faces, as far as the picture shows them.

    A canvas with the picture's own aspect, up to rounding, is always accepted. `picture` names the
    picture in a `BriefError` where a face does not fit.
    """
    scale = max(canvas.width / still.width, canvas.height / still.height)
    width, height = min(still.width, round(canvas.width / scale)), min(still.height, round(canvas.height / scale))
    x = _placed(still.width, width, [(f.box[0], f.box[2], _BESIDE * f.size, _BESIDE * f.size) for f in faces])
    y = _placed(still.height, height, [(f.box[1], f.box[3], _ABOVE * f.size, _BELOW * f.size) for f in faces])
    if (x is None or y is None) and _is_own_shape(still, canvas):
        x, y = (still.width - width) // 2, (still.height - height) // 2
    if x is None or y is None:
        raise BriefError(
            f"The faces of {picture} do not fit into a film of {canvas.width}x{canvas.height}; "
            f"choose a size nearer to the picture's own shape ({still.width}x{still.height})."
        )
    return Framing(x, y, max(1, width), max(1, height), scale)


def views_of(still: Still, canvas: Canvas, faces: Mapping[str, Face]) -> tuple[View, ...]:
    """The closer views that the picture allows: of one person alone in it, of each of several; `faces` from left to right.

    Raises `BriefError` where the faces do not fit the canvas.
    """
    wanted = [View(kind, () if len(faces) == 1 else (name,)) for kind in _SHARES for name in faces]
    return tuple(view for view in wanted if closer(still, canvas, faces, view) is not None)


def closer(still: Still, canvas: Canvas, faces: Mapping[str, Face], view: View) -> Framing | None:
    """The crop for a closer view; None where it would be enlarged too much, show half of another face, or not be closer."""
    names = view.focus or tuple(faces)
    if len(names) != 1 or names[0] not in faces or view.framing not in _SHARES:
        return None
    own = faces[names[0]]
    others = [face for name, face in faces.items() if name != names[0]]
    whole = framing(still, canvas, tuple(faces.values()), "the picture")
    high = own.box[3] - own.box[1]
    if not others and FRAMINGS.index(view.framing) >= FRAMINGS.index(framing_of(high / still.height)):
        return None
    for share in _SHARES[view.framing]:
        height, width = high / share, high / share * canvas.aspect
        small = canvas.height > _ENLARGED * height
        if small or height > _CLOSER * whole.height or width > still.width:
            continue
        x = next(_beside(still, width, own, others), None)
        y = _above(still, height, own)
        if x is not None and y is not None:
            return Framing(x, y, round(width), round(height), canvas.height / height)
    return None


def _beside(still: Still, width: float, own: Face, others: Sequence[Face]) -> Iterator[int]:
    """Left edges of a crop that shows a whole face and hardly anything of the others, the face in the middle first."""
    x0, _, x1, _ = own.box
    low, high = max(0.0, x1 + _BESIDE * own.size - width), min(still.width - width, x0 - _BESIDE * own.size)
    places = [float(place) for place in np.linspace(low, high, _PLACES)] if low <= high else []
    for x in sorted(places, key=lambda place: abs(place + width / 2 - (x0 + x1) / 2)):
        shown = [min(box[2], x + width) - max(box[0], x) for box in (face.box for face in others)]
        if all(part <= _OTHERS * (face.box[2] - face.box[0]) for part, face in zip(shown, others, strict=True)):
            yield round(x)


def _above(still: Still, height: float, own: Face) -> int | None:
    """The upper edge of a crop that shows a whole face and the hair above it, as far as the picture does."""
    _, y0, _, y1 = own.box
    y = min((y0 + y1) / 2 - _EYES * height, y0 - _HAIR * own.size)
    y = min(max(0.0, y), still.height - height)
    return round(y) if y1 + _CHIN * own.size <= y + height else None


def _is_own_shape(still: Still, canvas: Canvas) -> bool:
    """Whether sides of the picture's own proportions, each rounded to an even number, can be the canvas's."""
    off = abs(canvas.width * still.height - canvas.height * still.width)
    return off <= _ROUNDING * (still.width + still.height)


def _placed(whole: int, part: int, faces: list[tuple[float, float, float, float]]) -> int | None:
    """Where a window of `part` pixels starts, as near to the middle as the faces (start, end, room before, room after) let it."""
    start = (whole - part) // 2
    for share in (0.0, 0.5, 1.0):  # all faces must be in; with half of the room, and all of it, if that fits
        low = max([min(end, whole) + share * after for _, end, _, after in faces], default=0) - part
        high = min([max(begin, 0.0) - share * before for begin, _, before, _ in faces], default=float(whole))
        low, high = max(0.0, min(low, whole - part)), min(float(whole - part), max(high, 0.0))
        if low > high:
            return None if share == 0.0 else start
        start = round(min(max((whole - part) // 2, low), high))
    return start
