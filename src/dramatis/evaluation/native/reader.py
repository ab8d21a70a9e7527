"""The reader of stage films: what a judge sees in generated pictures. It is trained on drawn truth and never on generated films.

Two small convolutional networks read a frame: one finds the head and the hands in the whole picture and names what is around
them, the other reads the face in a cut around the head. A third goes over the tracks of both in time and names what is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import affine_grid, grid_sample, interpolate, pixel_unshuffle

from dramatis.models import checkpoints
from dramatis.models.headers import WEIGHTS

SHIPPED = WEIGHTS / "reader.safetensors"
PICTURE, CUT = 72, 64
"""Pixels on a side of what the two networks see."""
AROUND = 1.5
"""Side of the cut around a head, in heads' heights."""
FACE_POINTS = ("left_eye", "right_eye", "nose", "mouth_left", "mouth_right", "mouth_top", "mouth_bottom", "chin")
"""Keypoints that the second network finds, as the stage names them."""
HANDS = ("left_wrist", "right_wrist")
PLACES = 9
"""Head (x, y, height) and both hands (x, y, seen) in the first network's answer."""
TRACK = PLACES + 2 * len(FACE_POINTS)
"""Numbers of a frame that the third network sees."""
UNIT = 0.1
"""What a network's answer of 1 means: a tenth of a picture, of a head's height; half as much of an opening."""
_FOLD, _NARROW = 4, 32

Aspects = tuple[tuple[str, tuple[str, ...]], ...]
"""Names of aspects, each with the words that it may be."""


@dataclass(frozen=True)
class ReaderConfig:
    """The words that it knows: of whole pictures, of faces, of what is done (the first: nothing) and of what the camera does."""

    picture: Aspects
    face: Aspects
    actions: tuple[str, ...]
    cameras: tuple[str, ...]
    widths: tuple[int, int] = (48, 80)


@dataclass(frozen=True, eq=False)
class ReaderOutput:
    """A frame's answers.

    `places` `N PLACES`: fractions of the picture's width and height, the head's height as one of the picture's, and logits of
    hands being seen; `points` `N 8 2` in heads' heights from the head's middle; `opening` `N` in heads' heights; `words` logits
    by aspect, `N words`.
    """

    places: Tensor
    points: Tensor
    opening: Tensor
    words: dict[str, Tensor]


class Block(nn.Module):
    """Two convolutions with batch norm, and around them."""

    def __init__(self, width: int) -> None:
        super().__init__()
        pairs = [[nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU()] for _ in range(2)]
        self.inner = nn.Sequential(*pairs[0], *pairs[1][:2])

    def forward(self, x: Tensor) -> Tensor:
        """`N C H W`."""
        return torch.relu(x + self.inner(x))


class ImageEncoder(nn.Module):
    """A square picture -> numbers. What is where counts, so nothing is pooled."""

    def __init__(self, side: int, widths: tuple[int, int], outputs: int) -> None:
        super().__init__()
        fine, coarse = widths
        self.look = nn.Sequential(
            nn.Conv2d(3 * _FOLD**2, fine, 3, padding=1), nn.BatchNorm2d(fine), nn.ReLU(), Block(fine),
            nn.Conv2d(fine, coarse, 3, 2, 1), nn.BatchNorm2d(coarse), nn.ReLU(), Block(coarse), Block(coarse),
            nn.Conv2d(coarse, _NARROW, 1), nn.Flatten(),
            nn.Linear(_NARROW * ((side // _FOLD + 1) // 2) ** 2, 256), nn.ReLU(),
        )  # fmt: skip
        self.tell = nn.Linear(256, outputs)
        nn.init.zeros_(self.tell.weight)

    def forward(self, pictures: Tensor) -> Tensor:
        """`N 3 side side` in -1..1."""
        answer: Tensor = self.tell(self.look(pixel_unshuffle(pictures, _FOLD)))
        return answer


class Motion(nn.Module):
    """Tracks `B TRACK T` -> logits of the action of each frame `B actions T` and of the camera `B cameras`."""

    def __init__(self, config: ReaderConfig, width: int = 64) -> None:
        super().__init__()
        self.actions = len(config.actions)
        self.inner = nn.Sequential(
            nn.Conv1d(2 * TRACK, width, 5, padding=2), nn.ReLU(),
            nn.Conv1d(width, width, 5, padding=4, dilation=2), nn.ReLU(),
            nn.Conv1d(width, width, 5, padding=8, dilation=4), nn.ReLU(),
        )  # fmt: skip
        self.act = nn.Conv1d(width, self.actions, 1)
        self.camera = nn.Linear(2 * width, len(config.cameras))

    def forward(self, tracks: Tensor) -> tuple[Tensor, Tensor]:
        """The tracks' means are taken away, and their changes from the first frame on are seen beside them."""
        level = tracks - tracks.mean(-1, keepdim=True)
        kept: Tensor = self.inner(torch.cat((tracks, 4 * level), 1))
        return self.act(kept), self.camera(torch.cat((kept.mean(-1), kept.amax(-1)), 1))


class Reader(nn.Module):
    """What a judge sees; all three networks."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.config = config
        self.picture = ImageEncoder(PICTURE, config.widths, PLACES + _count(config.picture))
        self.face = ImageEncoder(CUT, config.widths, 1 + 2 * len(FACE_POINTS) + _count(config.face))
        self.motion = Motion(config)

    def forward(self, frames: Tensor, heads: Tensor | None = None) -> ReaderOutput:
        """`N 3 H W` in -1..1; `heads` `N 3` (x, y, height) says where to cut, None: where it finds them itself."""
        small = interpolate(frames, (PICTURE, PICTURE), mode="bilinear", antialias=True, align_corners=False)
        found, words = self._split(self.picture(small), PLACES, self.config.picture)
        places = torch.where(_is_logit(found), found, 0.5 + UNIT * found)
        cuts = cut(frames, (places if heads is None else heads)[:, :3].detach())
        shapes, more = self._split(self.face(cuts), 1 + 2 * len(FACE_POINTS), self.config.face)
        points = UNIT * shapes[:, 1:].reshape(-1, len(FACE_POINTS), 2)
        return ReaderOutput(places, points, UNIT / 2 * shapes[:, 0], words | more)

    def _split(self, answer: Tensor, numbers: int, aspects: Aspects) -> tuple[Tensor, dict[str, Tensor]]:
        parts = torch.split(answer.float(), [numbers, *(len(words) for _, words in aspects)], 1)
        return parts[0], {name: part for (name, _), part in zip(aspects, parts[1:], strict=True)}


def cut(frames: Tensor, heads: Tensor) -> Tensor:
    """Squares around heads (x, y, height), `N 3 CUT CUT`."""
    tall = frames.shape[2] / frames.shape[3]
    size = (AROUND * heads[:, 2]).clamp(0.05, 2.0)
    zero = torch.zeros_like(size)
    rows = [torch.stack((size * tall, zero, 2 * heads[:, 0] - 1), 1), torch.stack((zero, size, 2 * heads[:, 1] - 1), 1)]
    grid = affine_grid(torch.stack(rows, 1), [len(frames), 3, CUT, CUT], align_corners=False)
    return grid_sample(frames, grid, padding_mode="border", align_corners=False)


def track(seen: ReaderOutput) -> Tensor:
    """What the third network sees of a film's frames: `TRACK T`."""
    places = seen.places.clone()
    places[:, 2] = torch.log(places[:, 2].clamp_min(0.02))
    for hand in (3, 6):
        shown = torch.sigmoid(4 * places[:, hand + 2])
        places[:, hand : hand + 2] = (places[:, hand : hand + 2] - places[:, :2]) * shown[:, None]
        places[:, hand + 2] = shown
    return torch.cat((places, seen.points.flatten(1)), 1).T


def _is_logit(places: Tensor) -> Tensor:
    """Which of the places say whether a hand is seen."""
    number = torch.arange(PLACES, device=places.device)
    return (number == 5) | (number == 8)


def _count(aspects: Sequence[tuple[str, tuple[str, ...]]]) -> int:
    return sum(len(words) for _, words in aspects)


def load(path: Path = SHIPPED) -> Reader:
    """The reader of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, ReaderConfig, Reader)
