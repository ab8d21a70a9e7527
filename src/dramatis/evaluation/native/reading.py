"""Reads mouth, looks, emotions, actions and camera from a film of the stage, with the trained classifier."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from dramatis.evaluation.native.reader import Reader, track

Pixels = NDArray[np.uint8]
_AT_ONCE = 32


@dataclass(frozen=True, eq=False)
class Reading:
    """A film, read. `opening` `T` in heads' heights; `looks` a word for each lasting aspect; `emotions` and `actions` a word of
    each frame ("none": no action); `camera` one of the whole film; `heads` `T 3` (x, y, height; fractions of the picture).
    """

    opening: NDArray[np.float64]
    looks: dict[str, str]
    emotions: tuple[str, ...]
    actions: tuple[str, ...]
    camera: str
    heads: NDArray[np.float64]


@torch.inference_mode()
def read(reader: Reader, frames: Sequence[Pixels]) -> Reading:
    """Read a film's frames, `H W 3`. Of looks counts what is seen in most frames."""
    pictures = torch.from_numpy(np.stack(frames)).permute(0, 3, 1, 2).float() / 127.5 - 1
    parts = [reader(part) for part in torch.split(pictures, _AT_ONCE)]
    words = {
        name: torch.cat([part.words[name] for part in parts]).log_softmax(1).clamp_min(-4.0)
        for name, _ in (*reader.config.picture, *reader.config.face)
    }
    vocabulary = dict((*reader.config.picture, *reader.config.face))
    acted, filmed = reader.motion(torch.cat([track(part) for part in parts], 1)[None])
    feelings = words.pop("emotion").argmax(1)
    return Reading(
        opening=torch.cat([part.opening for part in parts]).clamp_min(0).double().numpy(),
        looks={name: vocabulary[name][int(logits.sum(0).argmax())] for name, logits in words.items()},
        emotions=tuple(vocabulary["emotion"][int(number)] for number in feelings),
        actions=tuple(reader.config.actions[int(number)] for number in acted[0].argmax(0)),
        camera=reader.config.cameras[int(filmed[0].argmax())],
        heads=torch.cat([part.places[:, :3] for part in parts]).double().numpy(),
    )
