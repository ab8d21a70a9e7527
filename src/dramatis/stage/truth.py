"""What is true about every frame of the stage: where everybody is, what they do and say, and what the camera does.

It is read from the same geometry and the same numbers as the drawing, so it is exact.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.models.pose_sequence import POINTS
from dramatis.stage.people.figure import Landmarks
from dramatis.stage.people.pose import Pose
from dramatis.stage.play.script import ACTIONS, EMOTIONS, Part, Script

Floats = NDArray[np.float32]
Numbers = NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Truth:
    """`T` frames, `P` characters in the script's order. Positions are pixels (right, down); boxes left, top, right, bottom."""

    times: NDArray[np.float64]
    """`T` seconds."""
    heads: Floats
    """`T P 4`."""
    mouths: Floats
    """`T P 4`."""
    bodies: Floats
    """`T P 4`; they may reach beyond the picture."""
    points: Floats
    """`T P 15 2` in the order of `POINTS`."""
    shapes: Floats
    """`T P 8`: the mouth's channels, as in `speech.visemes.MOUTH`."""
    opening: Floats
    """`T P`: height of the drawn mouth's opening in heads' heights."""
    phones: tuple[tuple[str, ...], ...]
    """`P` of `T` IPA labels; "" is silence."""
    speaking: NDArray[np.bool_]
    """`T P`."""
    emotion: Numbers
    """`T P`: number in `script.EMOTIONS`."""
    intensity: Floats
    """`T P`: of the emotion, 0..1."""
    action: Numbers
    """`T P`: number in `script.ACTIONS`, -1 for none."""
    camera: Floats
    """`T 3`: how much larger the people's plane is than at the start, and how far its middle has moved (right, down; pixels)."""
    order: tuple[int, ...]
    """The characters from far to near."""
    poses: tuple[tuple[Pose, ...], ...]
    """`P` of `T`."""
    masks: NDArray[np.uint8] | None = None
    """`T P H W`, 255 where the character is seen; None unless they were asked for."""


def truth_of(
    script: Script, times: NDArray[np.float64], poses: list[list[Pose]], marks: list[list[Landmarks]], camera: Floats
) -> Truth:
    """The truth about frames at `times`; `poses` and `marks` by character, then frame."""
    count, cast = len(times), len(script.parts)

    def gathered(values: list[object], *shape: int) -> Floats:
        return np.asarray(values, np.float32).reshape(cast, count, *shape).swapaxes(0, 1)

    flat = [mark for row in marks for mark in row]
    heights = np.array([max(1e-6, mark.head[3] - mark.head[1]) for mark in flat], np.float32)
    phones = tuple(_phones(part, times) for part in script.parts)
    moods = [_moods(part, times) for part in script.parts]
    return Truth(
        times=np.asarray(times, np.float64),
        heads=gathered([mark.head for mark in flat], 4),
        mouths=gathered([mark.mouth for mark in flat], 4),
        bodies=gathered([mark.body for mark in flat], 4),
        points=gathered([[mark.points[name] for name in POINTS] for mark in flat], len(POINTS), 2),
        shapes=gathered([pose.mouth for row in poses for pose in row], 8),
        opening=gathered(list(np.array([mark.opening for mark in flat], np.float32) / heights)),
        phones=phones,
        speaking=np.array([[phone != "" for phone in row] for row in phones], np.bool_).reshape(cast, count).T,
        emotion=np.array([row[0] for row in moods], np.int16).reshape(cast, count).T,
        intensity=gathered([row[1] for row in moods]),
        action=np.array([_actions(part, times) for part in script.parts], np.int16).reshape(cast, count).T,
        camera=camera,
        order=depth_order(script),
        poses=tuple(tuple(row) for row in poses),
    )


def depth_order(script: Script) -> tuple[int, ...]:
    """The characters from far to near: who is larger is nearer."""
    return tuple(sorted(range(len(script.parts)), key=lambda number: (script.parts[number].scale, number)))


def _phones(part: Part, times: NDArray[np.float64]) -> tuple[str, ...]:
    spoken = sorted((phone for speech in part.speech for phone in speech.phones), key=lambda phone: phone[1])
    if not spoken:
        return ("",) * len(times)
    starts = np.array([start for _, start, _ in spoken])
    found = np.searchsorted(starts, times, side="right") - 1
    return tuple(spoken[k][0] if k >= 0 and time < spoken[k][2] else "" for k, time in zip(found, times, strict=True))


def _moods(part: Part, times: NDArray[np.float64]) -> tuple[Numbers, Floats]:
    emotion, intensity = np.zeros(len(times), np.int16), np.zeros(len(times), np.float32)
    for mood in sorted(part.moods, key=lambda mood: mood.span.start):
        begun = times >= mood.span.start
        emotion[begun], intensity[begun] = EMOTIONS.index(mood.what), mood.intensity
    return emotion, intensity


def _actions(part: Part, times: NDArray[np.float64]) -> Numbers:
    action = np.full(len(times), -1, np.int16)
    for doing in part.doings:
        if doing.what in ACTIONS:
            action[(times >= doing.span.start) & (times < doing.span.end)] = ACTIONS.index(doing.what)
    return action
