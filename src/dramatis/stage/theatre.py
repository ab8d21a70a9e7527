"""Draws a script: any frames, at any size, with ground truth. The same script and time give the same pixels."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from dramatis.media.videos.transparency import unmultiplied
from dramatis.stage.grading import Grade
from dramatis.stage.lens import CameraPose, CameraTarget, following, unit, views
from dramatis.stage.paint import Pen
from dramatis.stage.people.acting import perform
from dramatis.stage.people.chair import draw_chair, draw_shadow
from dramatis.stage.people.figure import Landmarks, Placement, draw_person, landmarks
from dramatis.stage.people.pose import Pose
from dramatis.stage.people.skeleton import floor_of
from dramatis.stage.places.physics import GROUNDED, draw_happening
from dramatis.stage.places.sets import FINE, PLAIN, layers
from dramatis.stage.places.weather import Ambience, ambience, draw_weather, grade, layer_paint, people_grade
from dramatis.stage.places.windows import windows
from dramatis.stage.play.script import INDOORS, Part, Script
from dramatis.stage.truth import Truth, depth_order, truth_of

Frames = NDArray[np.uint8]
"""`T H W 3`, RGB."""

_NECK = 0.66  # of the head's height, below its middle


@dataclass(frozen=True, eq=False)
class Seen:
    """What is seen at some instants: everybody's poses, by character and instant, and the camera; `air` is the camera for the
    weather where that is another, and `floor` how much lower than usual things bounce and fall, in units. `grounded`: people
    stand on the ground with a shadow, and sit on chairs, which no training data shows. `aside`: by how many units the camera is
    further to the right for the set than for the people.
    """

    poses: list[list[Pose]]
    lens: Sequence[CameraPose]
    air: Sequence[CameraPose] = ()
    floor: float = 0.0
    grounded: bool = False
    aside: float = 0.0


@dataclass(frozen=True)
class Theatre:
    """A script that can be filmed. Large pictures are `detailed`, or as small ones are, which the native model learns from."""

    script: Script
    detailed: bool = True

    def film(self, size: tuple[int, int], times: NDArray[np.float64], masks: bool = False) -> tuple[Frames, Truth]:
        """Frames of `size` (width, height) at these instants (seconds), and the truth about them, with masks if asked for."""
        times = np.asarray(times, np.float64)
        poses = perform(self.script, times)
        lens = self._lens(size, times, poses)
        marks: list[list[Landmarks]] = [
            [landmarks(part.person, pose, placed(part, view, size)) for pose, view in zip(row, lens, strict=True)]
            for part, row in zip(self.script.parts, poses, strict=True)
        ]
        frames = np.empty((len(times), size[1], size[0], 3), np.uint8)
        for k, frame in enumerate(self.frames(size, times, Seen(poses, lens))):
            frames[k] = frame
        truth = truth_of(self.script, times, poses, marks, _camera(lens, size))
        return frames, replace(truth, masks=self._masks(size, lens, poses)) if masks else truth

    def _lens(self, size: tuple[int, int], times: NDArray[np.float64], poses: list[list[Pose]]) -> list[CameraPose]:
        """The camera; one that follows goes with the first character."""
        script = self.script
        if script.camera.move == "follow" and script.parts:
            return following([pose.lean[0] * script.parts[0].scale for pose in poses[0]])
        return views(script.camera, script.seconds, times, _frame(script, size), script.seed)

    def frames(self, size: tuple[int, int], times: NDArray[np.float64], seen: Seen) -> Iterator[NDArray[np.uint8]]:
        """Frames `H W 3`, one by one; the set is drawn anew only when the camera has moved."""
        sheet = np.zeros((size[1], size[0], 4), np.uint8)
        canvas = skia.Surface(sheet, skia.kRGBA_8888_ColorType).getCanvas()
        lens = seen.lens
        whole, upon = self._grades(seen)
        light = ambience(self.script.place) if seen.grounded else PLAIN
        backdrop: NDArray[np.uint8] | None = None
        for k, (time, view) in enumerate(zip(times, lens, strict=True)):
            room = replace(view, truck=view.truck + seen.aside)
            with _graded(canvas, whole):
                if whole is not None or backdrop is None or view != lens[k - 1]:
                    self._set(canvas, room, size, light)
                    backdrop = sheet.copy() if whole is None and view == lens[min(k + 1, len(lens) - 1)] else None
                else:
                    sheet[:] = backdrop
                air = seen.air[k] if seen.air else view
                if self.script.place.weather != "clear":
                    self._outside(canvas, (room, air), size, float(time), light)
                near = air if self.script.place.happening not in GROUNDED else view
                with _graded(canvas, layer_paint(upon) if self._happens else None):
                    self._happening(canvas, near, size, float(time), seen.floor)
                veiled = seen.grounded and self.script.place.weather == "fog"  # which people stand before
                if not veiled:
                    self._play(canvas, view, size, (seen, k), upon)
                self._weather(canvas, air, size, float(time), upon)
                if veiled:
                    self._play(canvas, view, size, (seen, k), upon)
            yield cv2.cvtColor(sheet, cv2.COLOR_RGBA2RGB)

    def _grades(self, seen: Seen) -> tuple[skia.Paint | None, Grade]:
        """What puts everything into its light, or, in films, whose sets are drawn in theirs, what is before the set."""
        place = self.script.place
        return (None, people_grade(place)) if seen.grounded else (grade(place.light), ())

    @property
    def _happens(self) -> bool:
        return self.script.place.happening != "nothing"

    @property
    def _falls(self) -> bool:
        """Whether weather is seen before the people."""
        return self.script.place.weather != "clear" and self.script.place.set not in INDOORS

    def people(self, size: tuple[int, int], times: NDArray[np.float64], seen: Seen) -> Iterator[NDArray[np.uint8]]:
        """The same frames without set and weather, `H W 4`: colours, not multiplied by the opacity, and the opacity."""
        sheet = np.zeros((size[1], size[0], 4), np.uint8)
        canvas = skia.Surface(sheet, skia.kRGBA_8888_ColorType).getCanvas()
        whole, upon = self._grades(seen)
        for k, (time, view) in enumerate(zip(times, seen.lens, strict=True)):
            canvas.clear(0)
            with _graded(canvas, whole):
                with _graded(canvas, layer_paint(upon) if self._happens else None):
                    self._happening(canvas, view, size, float(time), seen.floor)
                self._play(canvas, view, size, (seen, k), upon)
            yield unmultiplied(sheet)

    def empty(self, size: tuple[int, int], view: CameraPose) -> NDArray[np.uint8]:
        """The set in its light without anything before it, `H W`: its lightness."""
        sheet = np.zeros((size[1], size[0], 4), np.uint8)
        self._set(skia.Surface(sheet, skia.kRGBA_8888_ColorType).getCanvas(), view, size, ambience(self.script.place))
        return cv2.cvtColor(sheet, cv2.COLOR_RGBA2GRAY)

    def _set(
        self, canvas: skia.Canvas, view: CameraPose, size: tuple[int, int], light: Ambience, before: float = math.inf
    ) -> None:
        """The layers that are nearer than `before`."""
        place = self.script.place
        found = layers(place.set, place.seed, self.script.style, self.detailed and unit(size) >= FINE, light)
        for layer in (layer for layer in found if layer.depth < before):
            canvas.save()
            _look(canvas, view, layer.depth, size)
            canvas.drawPicture(layer.drawing)
            canvas.restore()

    def _happening(self, canvas: skia.Canvas, view: CameraPose, size: tuple[int, int], time: float, floor: float) -> None:
        place = self.script.place
        if self._happens:
            canvas.save()
            _look(canvas, view, 0.0, size)
            canvas.translate(0.0, floor if place.happening in GROUNDED else 0.0)
            draw_happening(canvas, place, time, self.script.seconds)
            canvas.restore()

    def _play(self, canvas: skia.Canvas, view: CameraPose, size: tuple[int, int], when: tuple[Seen, int], light: Grade) -> None:
        """Everybody from far to near, in their light. Recorded first, then drawn at once: taking turns, Python and Skia
        push each other out of the processor's caches.
        """
        recorder = skia.PictureRecorder()
        self._people(recorder.beginRecording(skia.Rect.MakeWH(*size)), view, size, when, light)
        canvas.drawPicture(recorder.finishRecordingAsPicture())

    def _people(self, canvas: skia.Canvas, view: CameraPose, size: tuple[int, int], when: tuple[Seen, int], light: Grade) -> None:
        order, (seen, k) = depth_order(self.script), when
        if seen.grounded:
            canvas.save()
            canvas.rotate(view.roll, size[0] / 2, size[1] / 2)
            for number in order:
                self._ground(Pen(canvas, self.script.style, grade=light), number, view, size, seen.poses[number][k])
            canvas.restore()
        for number in order:
            self._person(canvas, number, view, size, seen.poses[number][k], light)

    def _ground(self, pen: Pen, number: int, view: CameraPose, size: tuple[int, int], pose: Pose) -> None:
        """The shadow at somebody's feet, and what they sit on in this shot; where the ground is in the picture."""
        part = self.script.parts[number]
        place = placed(part, view, size)
        if place.neck[1] + place.head * floor_of(part.person) < size[1] * 1.1:
            draw_shadow(pen, place, part.person, pose)
        for doing in part.doings:
            if doing.what == "sit down" and doing.reach is not None and pose.seated > 0:
                draw_chair(pen, place, part.person, (doing.reach[1], min(1.0, pose.seated)))

    def _outside(
        self, canvas: skia.Canvas, views: tuple[CameraPose, CameraPose], size: tuple[int, int], time: float, light: Ambience
    ) -> None:
        """The weather behind the windows of a room, and again what stands before them; `views` of the room and of the weather."""
        place, (view, air) = self.script.place, views
        seen = None if place.weather == "clear" else windows(place.set, place.seed)
        if seen is None:
            return
        depth, panes = seen
        canvas.save()
        _look(canvas, view, depth, size)
        canvas.clipPath(panes, True)
        canvas.resetMatrix()
        _look(canvas, air, depth, size)
        for tile in (-1, 0, 1):  # the weather is far away there: half as large, side by side
            canvas.save()
            canvas.translate(1.6 * tile, -0.2)
            canvas.clipRect(skia.Rect.MakeLTRB(-0.8, -2.0, 0.8, 2.0))
            canvas.scale(0.5, 0.5)
            draw_weather(canvas, place, time, light.grade)
            canvas.restore()
        canvas.restore()
        self._set(canvas, view, size, light, depth)

    def _weather(self, canvas: skia.Canvas, view: CameraPose, size: tuple[int, int], time: float, light: Grade) -> None:
        """What falls or drifts before the people, outdoors."""
        if self._falls:
            canvas.save()
            _look(canvas, view, -0.2, size)
            draw_weather(canvas, self.script.place, time, light)
            canvas.restore()

    def _person(
        self, canvas: skia.Canvas, number: int, view: CameraPose, size: tuple[int, int], pose: Pose, light: Grade = ()
    ) -> None:
        part = self.script.parts[number]
        canvas.save()
        canvas.rotate(view.roll, size[0] / 2, size[1] / 2)
        draw_person(canvas, part.person, pose, self.script.style, placed(part, view, size), self.detailed, light)
        canvas.restore()

    def _masks(self, size: tuple[int, int], lens: list[CameraPose], poses: list[list[Pose]]) -> NDArray[np.uint8]:
        """`T P H W`: what of everybody is not hidden by who stands before them."""
        masks = np.zeros((len(lens), len(poses), size[1], size[0]), np.uint8)
        sheet = np.zeros((size[1], size[0], 4), np.uint8)
        canvas = skia.Surface(sheet, skia.kRGBA_8888_ColorType).getCanvas()
        for k, view in enumerate(lens):
            free = np.ones((size[1], size[0]), np.float32)
            for number in reversed(depth_order(self.script)):
                canvas.clear(0)
                self._person(canvas, number, view, size, poses[number][k])
                masks[k, number] = np.round(sheet[..., 3] * free)
                free *= 1 - sheet[..., 3] / 255
        return masks


def _frame(script: Script, size: tuple[int, int]) -> CameraTarget:
    """The camera pushes towards the first character, a little below the face."""
    one = unit(size)
    aims = [((part.x - 0.5) * size[0] / one, (part.y - 0.5) * size[1] / one + 0.35 * part.scale) for part in script.parts]
    return CameraTarget(size[0] / one, aims[0] if aims else (0.0, 0.0))


def placed(part: Part, view: CameraPose, size: tuple[int, int]) -> Placement:
    """Where a part's neck is in the picture, seen like this (without the camera's roll)."""
    one = unit(size)
    scale, right, down = view.on(0.0)
    x, y = (part.x - 0.5) * size[0], (part.y - 0.5) * size[1] + _NECK * part.scale * one
    neck = (size[0] / 2 + scale * x + right * one, size[1] / 2 + scale * y + down * one)
    return Placement(neck, part.scale * one * scale)


@contextmanager
def _graded(canvas: skia.Canvas, paint: skia.Paint | None) -> Iterator[None]:
    """What is drawn here goes through a paint, if there is one."""
    if paint is None:
        yield
        return
    canvas.saveLayer(None, paint)
    yield
    canvas.restore()


def _look(canvas: skia.Canvas, view: CameraPose, depth: float, size: tuple[int, int]) -> None:
    """Put the canvas into the units of a layer."""
    one = unit(size)
    scale, right, down = view.on(depth)
    canvas.translate(size[0] / 2, size[1] / 2)
    canvas.rotate(view.roll)
    canvas.scale(one, one)
    canvas.translate(right, down)
    canvas.scale(scale, scale)


def _camera(lens: list[CameraPose], size: tuple[int, int]) -> NDArray[np.float32]:
    one = unit(size)
    seen = [view.on(0.0) for view in lens]
    return np.array([(scale, right * one, down * one) for scale, right, down in seen], np.float32).reshape(len(lens), 3)
