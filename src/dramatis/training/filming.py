"""Filming the stage for training: a script becomes a clip, drawn, encoded, and degraded where generated pictures would be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dramatis.clock import Rate
from dramatis.conditioning.speech import Hear
from dramatis.conditioning.words import CaptionClause, Language, moved
from dramatis.media.sound import Waveform
from dramatis.models.codec import Codec
from dramatis.models.compression import SPACE, TIME
from dramatis.models.pose_sequence import POINTS
from dramatis.speech.mouthshapes import SAMPLE_RATE, Phone, levelled, loudness_of, truth_features
from dramatis.stage.people.mouths import mouth_track
from dramatis.stage.play.captions import caption
from dramatis.stage.play.script import Repertoire, Script, Shooting
from dramatis.stage.play.script_writer import write
from dramatis.stage.sound.voices import Kind, Split, VoiceLine, line
from dramatis.stage.theatre import Theatre
from dramatis.stage.truth import Truth
from dramatis.training.clips import Clip
from dramatis.training.pose_truth import true_pose

Pixels = NDArray[np.uint8]
Random = np.random.Generator
FRAME_RATE = Rate(12)
_TAIL = 0.4  # s of voice after a scene's end
_AROUND = 0.35  # of a mouth's size: what belongs to it around its box
_EYE = (0.17, 0.24, 0.17, 0.13)  # heads' heights to the left, up, right and down of an eye: it and its brow
_HAND = (0.20, 0.20, 0.20, 0.20)  # the same of a wrist


@dataclass(frozen=True, eq=False)
class Scene:
    """What is filmed: a script, its caption, and the features of its voice (`N F` at 50 Hz from 0 s on)."""

    script: Script
    clauses: tuple[CaptionClause, ...]
    voice: NDArray[np.float32]


@dataclass(frozen=True)
class Shape:
    """How a scene is filmed: `size` (width, height), so many frames, from which second on."""

    size: tuple[int, int]
    frames: int
    start: float = 0.0
    rate: Rate = FRAME_RATE


def scene(repertoire: Repertoire, number: int, seconds: float, hear: Hear | None, split: Split = "train") -> Scene:
    """The scene of a number and a split, in canonical words or others, in English or Chinese.

    What its voice says is told by the truth, of every second scene by `hear`, if that is given.
    """
    bank = _Bank()
    script = write(repertoire, number, split, seconds, bank)
    language: Language = "zh" if number % 4 == 0 else "en"
    clauses = caption(script, language, number if number % 5 < 2 else None)
    sound = np.zeros(round((seconds + _TAIL) * SAMPLE_RATE), np.float32)
    phones: list[Phone] = []
    for speech in (speech for part in script.parts for speech in part.speech):
        place_sound(sound, bank.lines[speech.sound].sound.mono, speech.start)
        phones += speech.phones
    if hear is not None and phones and number % 2:
        return Scene(script, clauses, hear(Waveform(levelled(sound)[:, None], SAMPLE_RATE)))
    loudness = loudness_of(sound)
    return Scene(script, clauses, truth_features(phones, mouth_track(phones, seconds + _TAIL, loudness), loudness))


class _Bank:
    """The voice bank, which remembers the lines that it gave."""

    def __init__(self) -> None:
        self.lines: dict[str, VoiceLine] = {}

    def __call__(self, number: int, split: Split, kind: Kind | None) -> VoiceLine:
        said = line(number, split, kind)
        self.lines[said.name] = said
        return said


def place_sound(track: NDArray[np.float32], samples: NDArray[np.float32], start: float) -> None:
    """Add a sound to a track, from a second on; what lies outside is left out."""
    first = round(start * SAMPLE_RATE)
    inside = samples[max(0, -first) : max(0, len(track) - first)]
    track[max(0, first) : max(0, first) + len(inside)] += inside


def filmed(what: Scene, shape: Shape, codec: Codec, channels: int, random: Random) -> Clip:
    """A scene, drawn and encoded; only the first channels of its latents are kept."""
    times = shape.start + np.arange(shape.frames) * (shape.rate.per / shape.rate.frames)
    film, truth = Theatre(what.script).film(shape.size, times)
    portrait, _ = Theatre(_at_rest(what.script)).film(shape.size, random.uniform(0, what.script.seconds, 1))
    pictures = [degrade(film[0], random), film[-1], degrade(film[-1], random), portrait[0], degrade(portrait[0], random)]
    with torch.inference_mode():
        latents = codec.encode(_tensor(film)[None])[0, :channels]
        stills = codec.encode(_tensor(np.stack(pictures))[:, None])[:, :channels, 0]
    return Clip(
        latents=latents.contiguous(),
        stills=stills.contiguous(),
        voice=torch.from_numpy(what.voice),
        mouth=torch.from_numpy(shares(mouths(truth), (latents.shape[2], latents.shape[3]))),
        signs=torch.from_numpy(shares(signs(truth), (latents.shape[2], latents.shape[3]))),
        pose=torch.from_numpy(true_pose(truth, shape.size)),
        clauses=tuple(moved(clause, -shape.start) for clause in what.clauses),
        rate=shape.rate,
        voice_start=-shape.start,
    )


def degrade(picture: Pixels, random: Random) -> Pixels:
    """A picture as a drifting generator would give it: blurred, shifted in colour and contrast, noisy."""
    value = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), random.uniform(0.4, 1.4))
    value = (value - 128) * random.uniform(0.88, 1.12) + 128 + random.normal(0, 6, 3)
    value += random.normal(0, random.uniform(0, 6), value.shape)
    return np.clip(value, 0, 255).astype(np.uint8)


def mouths(truth: Truth) -> NDArray[np.float32]:
    """Boxes of mouths with a little around them, `frames P 4` in pixels."""
    boxes = truth.mouths
    around = _AROUND * (boxes[..., 2:] - boxes[..., :2])
    return np.concatenate((boxes[..., :2] - around, boxes[..., 2:] + around), -1)


def signs(truth: Truth) -> NDArray[np.float32]:
    """Boxes of what else shows feelings and actions, eyes with their brows and hands, `frames N 4` in pixels."""
    unit = (truth.heads[..., 3] - truth.heads[..., 1])[..., None]
    boxes = []
    for name, reach in (("left_eye", _EYE), ("right_eye", _EYE), ("left_wrist", _HAND), ("right_wrist", _HAND)):
        at = np.tile(truth.points[:, :, POINTS.index(name)], 2)
        boxes.append(at + np.array([-reach[0], -reach[1], reach[2], reach[3]], np.float32) * unit)
    return np.concatenate(boxes, 1)


def shares(boxes: NDArray[np.float32], grid: tuple[int, int]) -> NDArray[np.float32]:
    """How much of each latent the boxes cover, `T rows columns` in 0..1, from boxes `frames N 4` in pixels."""
    found = np.zeros(((len(boxes) - 1) // TIME + 1, *grid), np.float32)
    for number, seen in enumerate(boxes):
        for left, top, right, bottom in seen / SPACE:
            row, column = _covered(top, bottom, grid[0]), _covered(left, right, grid[1])
            place = -(-number // TIME)
            found[place] = np.maximum(found[place], row[:, None] * column[None])
    return found


def _covered(low: float, high: float, count: int) -> NDArray[np.float32]:
    """How much of each unit interval from 0 to `count` lies between `low` and `high`."""
    edges = np.arange(count)
    return np.clip(np.minimum(edges + 1, high) - np.maximum(edges, low), 0, 1).astype(np.float32)


def _at_rest(script: Script) -> Script:
    """The same people in the same place, calm, silent, seen by a camera that stands."""
    parts = tuple(replace(part, moods=(), doings=(), speech=()) for part in script.parts)
    return replace(script, parts=parts, camera=Shooting())


def _tensor(frames: Pixels | Sequence[Pixels]) -> Tensor:
    """`T 3 H W` in -1..1."""
    return torch.from_numpy(np.ascontiguousarray(frames)).permute(0, 3, 1, 2).float() / 127.5 - 1
