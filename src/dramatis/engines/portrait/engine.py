"""The engine: its limits, and `render`."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from dramatis.engines.facts import check_facts
from dramatis.engines.portrait.cutouts.fine_textures import detailed
from dramatis.engines.portrait.cutouts.kept_regions import kept_layer
from dramatis.engines.portrait.drawing.compositing import draw
from dramatis.engines.portrait.drawing.view import CameraWindow
from dramatis.engines.portrait.geometry.channels import CHANNEL, CHANNELS
from dramatis.engines.portrait.motion.animation import CANNOT, animate
from dramatis.engines.portrait.motion.camera import Kept, views
from dramatis.engines.portrait.rig import LayeredPicture, prepare
from dramatis.errors import EngineError
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.face import Face
from dramatis.media.footage import Footage
from dramatis.media.still import Picture, Pixels
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.media.videos.transparency import straight
from dramatis.speech.vocals import WEIGHTS
from dramatis.story import Canvas
from dramatis.take import Limits, Look, Take

_VERSION = digest_of(code_digest(__name__), WEIGHTS.read_bytes())  # a change of them films again
_LIMITS = Limits("portrait", _VERSION, most_frames=100_000, most_cast=4, needs_face=True, cannot=CANNOT, alpha=True, keeps=True)
_SMALLEST = 32.0  # pixels of a face on the canvas
_REST = np.eye(len(CHANNELS), dtype=np.float32)[CHANNEL["untouched"]]  # the pose of the picture


class _Setting:
    """Looks of one picture on one canvas size, hashable by content: input and cache key of rigs."""

    def __init__(self, looks: tuple[Look, ...], size: tuple[int, int]) -> None:
        self.looks, self.size = looks, size
        self.name = digest_of(*(look.digest for look in looks), *size)

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Setting) and self.name == other.name

    @property
    def scale(self) -> float:
        """Canvas pixels for one of the picture's."""
        return self.size[0] / self.looks[0].picture.width


def _scene(cache: ValueCache, setting: _Setting) -> LayeredPicture:
    """A function of the setting's content only; kept for other processes."""
    return cache.get(digest_of("scene", _LIMITS.version, setting.name), partial(_prepared, setting))


def _on_canvas(picture: Picture, size: tuple[int, int]) -> Pixels:
    import cv2

    if (picture.width, picture.height) == size:
        return picture.pixels
    how = cv2.INTER_AREA if size[0] < picture.width else cv2.INTER_LANCZOS4
    return np.asarray(cv2.resize(picture.pixels, size, interpolation=how), np.uint8)


def _prepared(setting: _Setting) -> LayeredPicture:
    pixels = _on_canvas(setting.looks[0].picture, setting.size)
    ratio = np.array([setting.scale, setting.size[1] / setting.looks[0].picture.height, setting.scale], np.float32)
    looks = tuple(replace(look, face=Face(look.face.mesh * ratio)) for look in setting.looks if look.face is not None)
    pixels = np.ascontiguousarray(pixels)
    return prepare(pixels, looks, 2 if any(detailed(pixels, look.face) for look in looks if look.face is not None) else 1)


def _setting(take: Take) -> _Setting:
    """Check the facts of a take and gather its looks; raises `EngineError`."""
    check_facts(take, _LIMITS)
    if not take.cast:
        raise EngineError("The portrait engine films people, and this take has nobody in it.")
    looks = []
    for role in take.cast:
        if role.look is None or role.look.face is None:
            raise EngineError(f"The portrait engine needs a picture with a face of {role.name!r}; give one with --portrait.")
        looks.append(role.look)
    if any(look.picture.digest != looks[0].picture.digest for look in looks):
        raise EngineError("The portrait engine films one picture a take; put characters of other pictures into other shots.")
    picture, canvas = looks[0].picture, take.canvas
    if abs(picture.width / picture.height / canvas.aspect - 1) > 0.02:
        raise EngineError(
            f"The picture is {picture.width}x{picture.height} and the canvas {canvas.width}x{canvas.height}; "
            "crop the picture to the canvas's aspect first."
        )
    shown = tuple(replace(looks[index], behind=None) for index in _shown(take))
    if not shown:
        raise EngineError("The portrait engine films people, and the faces of all people of this take lie outside the picture.")
    setting = _Setting(shown, (canvas.width, canvas.height))
    _check_shown(setting, canvas)
    return setting


def _check_shown(setting: _Setting, canvas: Canvas) -> None:
    """Refuse faces that are too small, and people who cannot be taken off their background where it is left out."""
    if canvas.alpha and any(look.matte is None for look in setting.looks):
        raise EngineError("Somebody in this picture cannot be told from the background, which can therefore not be left out.")
    smallest = min(look.face.size for look in setting.looks if look.face is not None) * setting.scale
    if smallest < _SMALLEST:
        raise EngineError(
            f"A face is {smallest:.0f} pixels high on the canvas, at least {_SMALLEST:.0f} are needed; use a larger --size."
        )


def _shown(take: Take) -> list[int]:
    """Places in the cast of those whose faces are in the picture; others are heard, and looked at."""
    looks = [(index, role.look) for index, role in enumerate(take.cast)]
    return [i for i, look in looks if look and look.face and look.face.lies_in(look.picture.width, look.picture.height)]


class PortraitEngine:
    """Animates the faces of one picture; every frame is a function of the take and of its instant.

    It holds the layers of the last two pictures, for the next take of a shot.
    """

    def __init__(self, cache: ValueCache = NOWHERE) -> None:
        self._cache = cache
        self._scenes: dict[_Setting, LayeredPicture] = {}

    @property
    def limits(self) -> Limits:
        """What it can do."""
        return _LIMITS

    def render(self, take: Take) -> Footage:
        """Footage of a take whose roles share one picture of the canvas's aspect, each with a face in it."""
        setting = _setting(take)
        return Footage(take.canvas, take.span, _frames(take, setting, self._scene, self._cache))

    def _scene(self, setting: _Setting) -> LayeredPicture:
        found = self._scenes.pop(setting, None) or _scene(self._cache, setting)
        self._scenes = {**dict(list(self._scenes.items())[-1:]), setting: found}
        return found


def _kept(setting: _Setting) -> Kept:
    """Everybody's face with room around it, in canvas pixels."""
    faces = [(*look.face.box, 0.25 * look.face.size) for look in setting.looks if look.face is not None]
    low = np.min([(x0 - room, y0 - room) for x0, y0, _, _, room in faces], axis=0) * setting.scale
    high = np.max([(x1 + room, y1 + room) for _, _, x1, y1, room in faces], axis=0) * setting.scale
    size = np.array(setting.size)
    return (*np.clip(low, 0, size).tolist(), *np.clip(high, 0, size).tolist())


def _frames(take: Take, setting: _Setting, layers: Callable[[_Setting], LayeredPicture], cache: ValueCache) -> Iterator[Pixels]:
    scene = layers(setting)
    if take.cast[0].look is not None and take.cast[0].look.behind is not None:
        scene = replace(scene, behind=_on_canvas(take.cast[0].look.behind, setting.size))
    if take.direction.keep:
        still = draw(scene, [_REST] * len(scene.rigs), CameraWindow())
        scene = replace(scene, front=kept_layer(still, take.direction.keep, scene.front))
    poses = [animate(take, index, cache) for index in _shown(take)]
    seen = views(take.canvas, take.times, take.direction.cues, _kept(setting), take.motion_seed)
    grounds = [replace(scene, behind=np.full_like(scene.behind, level)) for level in (0, 255)] if take.canvas.alpha else [scene]
    for number, view in enumerate(seen):
        drawn = [draw(ground, [pose[number] for pose in poses], view) for ground in grounds]
        yield straight(*drawn) if take.canvas.alpha else drawn[0]
