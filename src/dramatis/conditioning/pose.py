"""Poses: what the character and the camera do in each frame, as numbers, and as the lines that they leave in latents."""

from collections.abc import Callable
from dataclasses import replace

import torch
from jaxtyping import Float
from torch import Tensor

from dramatis.conditioning.mannequin import draw
from dramatis.models.compression import SPACE, TIME
from dramatis.models.pose_sequence import LAYERS
from dramatis.models.state import State


@torch.no_grad()
def apply(state: State, pose: Float[Tensor, "b t 4 n"], encode: Callable[[Tensor, int], Tensor]) -> State:
    """Videos with a pose sequence, `B T 4 N` (`models/pose_sequence.py`), whose lines are drawn at the size of the video."""
    batch, channels, frames, rows, columns = state.video.latents.shape
    size = (SPACE * columns, SPACE * rows)
    traced = torch.stack([encode(_lines(frame, size), channels) for frame in pose.flatten(0, 1)])
    sketch = traced.view(batch, frames, len(LAYERS), channels, rows, columns).permute(0, 2, 3, 1, 4, 5)
    return replace(state, pose=pose, sketch=sketch)


def draw_lines(
    pose: Float[Tensor, "t 4 n"], begins: bool, size: tuple[int, int]
) -> Float[Tensor, "frames layers {size[1]} {size[0]}"]:
    """The lines of every frame of `T 4 N`, of the video's first latent frame one alone if it `begins` with that: `frames L H W`
    in -1..1, at a `size` of (width, height).
    """
    frames = pose.flatten(0, 1)[TIME - 1 if begins else 0 :]
    return torch.from_numpy(draw(frames.numpy(), size))


def _lines(frame: Tensor, size: tuple[int, int]) -> Tensor:
    """Drawings of one latent frame's pose `4 N`: `L 4 H W`."""
    stands = bool((frame == frame[:1]).all())
    pictures = draw(frame[:1].numpy() if stands else frame.numpy(), size)
    return torch.from_numpy(pictures).transpose(0, 1).expand(-1, len(frame), -1, -1)
