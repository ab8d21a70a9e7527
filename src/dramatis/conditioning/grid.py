"""The latent grid of a video: where and when its latents are, in seconds and in picture heights from the middle.

A latent frame stands for the codec's `TIME` frames, the first one for one frame alone; its time is that of its last frame.
"""

from collections.abc import Iterator

import numpy as np
import torch
from jaxtyping import Float
from numpy.typing import NDArray
from torch import Tensor

from dramatis.clock import Rate
from dramatis.models.compression import TIME
from dramatis.models.pose_sequence import LAYERS, NUMBERS
from dramatis.models.state import Segment, State


def blank(frames: int, rate: Rate, size: tuple[int, int, int]) -> State:
    """A free video of so many frames, of which nothing is known; `size` is (channels, rows, columns) of its latents."""
    count = latent_frames(frames)
    times = torch.from_numpy(latent_times(count, rate)).float()[None]
    return State(
        video=placed(torch.zeros(1, size[0], count, *size[1:]), torch.ones(1, count), times),
        tokens=torch.zeros(1, 0, dtype=torch.long),
        text_mask=torch.zeros(1, count, 0, dtype=torch.bool),
        progress=torch.zeros(1, count, 0, 0),
        speech=torch.zeros(1, count, 0, 0),
        speech_mask=torch.zeros(1, count, dtype=torch.bool),
        pose=torch.zeros(1, count, TIME, len(NUMBERS)),
        sketch=torch.zeros(1).expand(1, len(LAYERS), size[0], count, *size[1:]),
    )


def placed(
    latents: Float[Tensor, "b c t h w"], sigma: Float[Tensor, "b t"], times: Float[Tensor, "b t"], role: str = "video"
) -> Segment:
    """A segment of latents that cover the picture."""
    height, width = latents.shape[-2:]
    rows, columns = torch.arange(height, device=latents.device), torch.arange(width, device=latents.device)
    return Segment(latents, sigma, times, (rows + 0.5) / height - 0.5, (columns + 0.5 - width / 2) / height, role)


def latent_frames(frames: int) -> int:
    """How many latent frames `TIME * k + 1` frames become."""
    if (frames - 1) % TIME:
        raise ValueError(f"{frames} frames are not {TIME} k + 1")
    return (frames - 1) // TIME + 1


def latent_times(count: int, rate: Rate) -> NDArray[np.float64]:
    """Seconds from the take's start at which each latent frame's last frame is shown, `[count]`."""
    return np.arange(count) * (TIME * rate.per / rate.frames)


def stretches(count: int, seen: int, kept: int) -> Iterator[tuple[int, int, int]]:
    """Windows over `count` latent frames, of at most `seen` each: the first frame of each, its first new one, and its end. Each
    goes on from the last `kept` of the one before, or from more where it would reach beyond the end.
    """
    last = 0
    while last < count:
        first = max(0, min(last - kept, count - seen))
        fresh, last = last, min(count, first + seen)
        yield first, fresh, last


def by_frames(sequence: Float[Tensor, "1 t 4 n"]) -> Float[Tensor, "frames n"]:
    """A number of every frame, from `by_latents`' form."""
    return sequence[0].flatten(0, 1)[TIME - 1 :]


def by_latents(track: NDArray[np.float32]) -> NDArray[np.float32]:
    """A number of every frame, `frames N`, as latent frames stand for them, `T TIME N`; all of the first are its one frame."""
    ends = TIME * np.arange(latent_frames(len(track)))
    return track[np.maximum(0, ends[:, None] + np.arange(1 - TIME, 1))]
