"""Where a codec begins: the principal components of what the stage draws, as the linear path of encoder and decoder.

A latent sees 16x16 pixels of four frames: 3,072 numbers. Their leading components, heads and mouths counted more, are the best
linear codec there is; the blocks then learn what is not linear. A codec that began without them stood still below it.
"""

from collections.abc import Iterable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import pixel_unshuffle

from dramatis.models.codec import SPACE, TIME, Codec

Drawn = tuple[NDArray[np.uint8], NDArray[np.float32]]
"""Frames `T H W 3`, and boxes `T 2 4` of a mouth and a head, in pixels."""

_MOUTH, _HEAD = 30.0, 6.0  # how much more a patch with a mouth or a head counts
_SPARE, _ROUNDS = 16, 12
_NOISE = 0.0144  # of the posterior, in squared pixel values over a patch: well below what the components leave out


@torch.no_grad()
def with_components(codec: Codec, clips: Iterable[Drawn]) -> Codec:
    """The codec, beginning as the principal components of these clips; its blocks add nothing yet."""
    mean, variances, vectors = components(clips, codec.config.channels)
    sizes = variances.sqrt()
    encoder, decoder = codec.encoder, codec.decoder
    encoder.linear.weight.copy_((vectors / sizes).T[:, :, None, None])
    decoder.linear.weight.copy_((vectors * sizes)[:, :, None, None])
    biases = {"encoder.linear.bias": -(mean @ (vectors / sizes)), "decoder.linear.bias": mean}
    if encoder.change is not None:
        encoder.change.out.weight.zero_()
        biases["encoder.change.out.bias"] = torch.cat([torch.zeros_like(variances), torch.log(_NOISE / variances)])
    for name, bias in biases.items():
        codec.get_parameter(name).copy_(bias)
    if decoder.change is not None:
        for quiet in decoder.change.pixels.parameters():
            quiet.zero_()
    return codec


def components(clips: Iterable[Drawn], count: int) -> tuple[Tensor, Tensor, Tensor]:
    """Mean [3072], the largest variances [count] and their directions [3072, count] of weighted patches."""
    size = 3 * TIME * SPACE**2
    total, mean, square = 0.0, torch.zeros(size), torch.zeros(size, size)
    for frames, boxes in clips:
        patches, weights = _patches(frames, boxes)
        total += float(weights.sum())
        mean += weights @ patches
        square += patches.T @ (patches * weights[:, None])
    mean /= total
    return mean, *_leading(square / total - torch.outer(mean, mean), count)


def _leading(covariance: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """The largest eigenvalues and their vectors, by subspace iteration (Halko et al. 2011)."""
    start = torch.randn(len(covariance), count + _SPARE, generator=torch.Generator().manual_seed(0))
    basis = torch.linalg.qr(start)[0]
    for _ in range(_ROUNDS):
        basis = torch.linalg.qr(covariance @ basis)[0]
    values, vectors = torch.linalg.eigh(basis.T @ covariance @ basis)
    return values.flip(0)[:count].clamp_min(1e-6), (basis @ vectors.flip(1))[:, :count]


def _patches(frames: NDArray[np.uint8], boxes: NDArray[np.float32]) -> tuple[Tensor, Tensor]:
    """What the encoder's linear path is given, `N 3072`: the first frame held still, then groups of four; and weights `N`."""
    film = torch.from_numpy(frames).movedim(-1, 1).float() / 127.5 - 1
    planes = pixel_unshuffle(film, SPACE)
    planes = torch.cat([planes[:1].expand(TIME - 1, -1, -1, -1), planes])
    groups = planes.reshape(-1, TIME * planes.shape[1], *planes.shape[2:])
    weights = torch.ones(len(groups), *groups.shape[2:])
    for group, weight in enumerate(weights):
        mouth, head = (boxes[min(len(boxes) - 1, max(0, TIME * group - 2))] / SPACE).astype(int)
        for box, more in ((head, _HEAD), (mouth, _MOUTH)):
            weight[max(0, box[1]) : max(0, box[3] + 1), max(0, box[0]) : max(0, box[2] + 1)] += more
    return groups.flatten(2).transpose(1, 2).flatten(0, 1), weights.flatten()
