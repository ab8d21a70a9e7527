"""Given frames in the channels beside the latents (Wan's image-to-video): which are given, and the video with the others grey."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from dramatis.models.compression import TIME


def given_frames(
    encode: Callable[[Tensor], Tensor], count: int, first: Float[Tensor, "3 h w"], last: Float[Tensor, "3 h w"] | None = None
) -> Float[Tensor, "1 channels k y x"]:
    """For a clip of `count` frames (`4 k + 1`), of which the first and perhaps the last are given, in [-1, 1]; `encode` makes
    latents of a video.
    """
    video = first.new_zeros(1, 3, count, *first.shape[-2:])
    shown = first.new_zeros(count)
    for place, picture in ((0, first), (count - 1, last)):
        if picture is not None:
            video[0, :, place], shown[place] = picture, 1
    latents = encode(video)
    groups = torch.cat((shown[:1].repeat(TIME), shown[1:])).view(-1, TIME).T.to(latents)  # the first frame is held
    return torch.cat((groups[None, :, :, None, None].expand(-1, -1, -1, *latents.shape[-2:]), latents), 1)
