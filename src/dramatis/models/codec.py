"""The codec: a causal linear video autoencoder, the principal components of what the stage draws.

Frames become latents 16x16 times smaller in space and 4 times in time; the first frame stands alone, so 4k + 1 frames are k + 1
latent frames and a picture is a video of one frame. Each latent sees its own 16x16 pixels of four frames and nothing else, so
pieces of a video and of a picture agree with the whole. What chunks of a decoded video know of one another, the last frame shown,
is a value that is passed and returned.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import conv2d, pixel_shuffle, pixel_unshuffle

from dramatis.models import checkpoints
from dramatis.models.compression import SPACE, TIME
from dramatis.models.headers import WEIGHTS
from dramatis.models.temporal_denoise import temporal_denoise

SHIPPED = WEIGHTS / "codec.safetensors"


@dataclass(frozen=True)
class CodecConfig:
    """Channels from the largest to the finest; a transformer may make only the first of them."""

    channels: int = 1024


class Codec(nn.Module):
    """Encoder, decoder, and the statistics that make latents of mean 0 and variance 1 in every channel."""

    mean: Tensor
    std: Tensor

    def __init__(self, config: CodecConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = nn.Conv2d(TIME * 3 * SPACE**2, config.channels, 1)
        self.decoder = nn.Conv2d(config.channels, TIME * 3 * SPACE**2, 1)
        self.register_buffer("mean", torch.zeros(config.channels))
        self.register_buffer("std", torch.ones(config.channels))
        for half in (self.encoder, self.decoder):
            half.weight.data = half.weight.data.contiguous(memory_format=torch.channels_last)

    def encode(self, frames: Float[Tensor, "b n 3 height width"]) -> Float[Tensor, "b c (n-1)//4+1 height//16 width//16"]:
        """A whole video: [B, 4k + 1, 3, H, W] in [-1, 1], H and W multiples of 16 -> latents [B, C, k + 1, H/16, W/16]."""
        return (self.components(frames) - _channels(self.mean)) / _channels(self.std)

    def components(self, frames: Float[Tensor, "b n 3 height width"]) -> Float[Tensor, "b c (n-1)//4+1 height//16 width//16"]:
        """As `encode`, before the statistics; the first frame is a group of four that stands still."""
        length, height, width = frames.shape[1], frames.shape[-2], frames.shape[-1]
        if length % TIME != 1 or height % SPACE or width % SPACE:
            raise ValueError(f"{length} frames of {width}x{height}: videos have 4k + 1 frames, and sides are multiples of 16")
        patches = torch.unflatten(pixel_unshuffle(frames.flatten(0, 1), SPACE), 0, (-1, length))
        patches = torch.cat([patches[:, :1].expand(-1, TIME - 1, -1, -1, -1), patches], 1)
        groups = patches.reshape(-1, TIME * patches.shape[2], *patches.shape[3:])
        return torch.unflatten(self.encoder(groups).float(), 0, (len(frames), -1)).transpose(1, 2)

    def decode(self, latents: Float[Tensor, "b c t h w"]) -> Float[Tensor, "b 4*t-3 3 16*h 16*w"]:
        """A whole video: latents [B, C, k + 1, h, w] -> frames [B, 4k + 1, 3, 16h, 16w] in [-1, 1]."""
        return self.decode_chunk(latents)[0]

    def decode_chunk(
        self, latents: Float[Tensor, "b c t h w"], cache: Float[Tensor, "b 3 16*h 16*w"] | None = None
    ) -> tuple[Float[Tensor, "b n 3 16*h 16*w"], Float[Tensor, "b 3 16*h 16*w"]]:
        """The next latent frames of a video, any number of them, with the `cache` that the chunk before gave back (None: it
        begins): frames, and the last of them [B, 3, 16h, 16w].
        """
        frames = self.pixels(latents)
        shown = temporal_denoise((frames if cache is not None else frames[:, TIME - 1 :]).clamp(-1, 1), cache)
        return shown, shown[:, -1]

    def pixels(self, latents: Float[Tensor, "b c t h w"]) -> Float[Tensor, "b 4*t 3 16*h 16*w"]:
        """The decoder's own frames [B, 4T, 3, 16h, 16w] of latent frames, not held within [-1, 1] and with their flicker."""
        latents = latents * _channels(self.std) + _channels(self.mean)
        planes = latents.transpose(1, 2).flatten(0, 1).contiguous(memory_format=torch.channels_last)
        frames = self.decoder(planes).unflatten(1, (TIME, -1)).flatten(0, 1)
        return torch.unflatten(pixel_shuffle(frames.float(), SPACE), 0, (len(latents), -1))

    def encode_lines(
        self, drawings: Float[Tensor, "n 4 height width"], channels: int
    ) -> Float[Tensor, "n {channels} height//16 width//16"]:
        """How grey drawings change latents: [N, 4, H, W], added to a latent frame's pictures -> the first `channels` of
        [N, C, H/16, W/16].
        """
        weight = self.encoder.weight[:channels].view(channels, TIME, 3, SPACE**2, 1, 1).sum(2).flatten(1, 2)
        return conv2d(pixel_unshuffle(drawings, SPACE), weight) / self.std[:channels, None, None]


def load(path: Path = SHIPPED) -> Codec:
    """The codec of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, CodecConfig, Codec)


def _channels(values: Tensor) -> Tensor:
    return values[:, None, None, None]
