"""How large each channel of the latents is: as large as what it changes in the picture, not all alike.

A codec that begins from principal components has a few channels that carry the picture and many that carry faint detail. With
unit variance for all, most of what a diffusion model is asked for is that detail, and little of it can be foretold from its
neighbours. What is left to learn when everything linear within a frame is known, in parts of the loss of a network that knows
nothing: 55 % with unit variances, 44 % with the square root of the picture's spectrum, 22 % with the spectrum itself
(docs/log.md). A power of 1 keeps it, 0 whitens.
"""

import torch
from torch import Tensor

from dramatis.models.codec import Codec

_STIR = 0.5  # standard deviations by which a channel is stirred


@torch.no_grad()
def responses(codec: Codec, latents: Tensor) -> Tensor:
    """How much the picture changes with each channel, `C`: the root mean square of pixels for one unit of a latent.

    `latents` are `B C T H W` as the codec gives them.
    """
    noise = torch.randn(latents[:, 0].shape, generator=torch.Generator().manual_seed(0))
    plain, found = codec.redrawn(latents)[0], []
    for channel in range(latents.shape[1]):
        stirred = latents.clone()
        stirred[:, channel] += _STIR * noise
        found.append((codec.redrawn(stirred)[0] - plain).square().mean().sqrt() / _STIR)
    return torch.stack(found)


@torch.no_grad()
def with_spectrum(codec: Codec, latents: Tensor, made: int, power: float = 1.0) -> Codec:
    """The codec, with latents whose channels vary as that power of their response, and the first `made` of them by 1 in the mean:
    the transformer's latents are of the same size however many finer channels there are.
    """
    gains = responses(codec, latents) ** power
    codec.std.div_(gains / gains[:made].square().mean().sqrt())
    return codec
