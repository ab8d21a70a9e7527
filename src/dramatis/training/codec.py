"""The codec's training: principal components of what the stage draws, statistics of their latents, and how large each may be.

A latent sees 16x16 pixels of four frames: 3,072 numbers. Their leading components, heads and mouths counted more, are the best
linear codec there is. A few channels then carry the picture and many carry faint detail. With unit variance for all, most of what
a diffusion model is asked for is that detail, and little of it can be foretold from its neighbours. What is left to learn when
everything linear within a frame is known, in parts of the loss of a network that knows nothing: 55 % with unit variances, 22 % if
each channel varies as much as it changes the picture (docs/log.md).
"""

from collections.abc import Iterable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import pixel_unshuffle

from dramatis.models.codec import Codec
from dramatis.models.compression import SPACE, TIME
from dramatis.stage.play.script import NATIVE
from dramatis.stage.play.script_writer import write
from dramatis.stage.theatre import Theatre
from dramatis.take import Event, OnEvent

Drawn = tuple[NDArray[np.uint8], NDArray[np.float32]]
"""Frames `T H W 3`, and boxes `T 2 4` of a mouth and a head, in pixels."""
CLIPS = 400
"""Drawn for the components."""
_SHAPE, _LENGTH = (9, 144, 256), 2.75  # frames, height and width; seconds of the scripts
_MOUTH, _HEAD = 30.0, 6.0  # how much more a patch with a mouth or a head counts
_SPARE, _ROUNDS = 16, 12
_TOLD = 20  # clips


def drawn(count: int, on_event: OnEvent) -> Iterator[Drawn]:
    """Clips of the native repertoire, with boxes of a mouth and a head in every frame."""
    for number in range(count):
        rng = np.random.default_rng((11, number))
        script = write(NATIVE, number, "train", _LENGTH)
        times = rng.uniform(0, _LENGTH - _SHAPE[0] / 12) + np.arange(_SHAPE[0]) / rng.choice((12, 12, 16, 24))
        frames, truth = Theatre(script).film((_SHAPE[2], _SHAPE[1]), times)
        yield frames, np.stack([truth.mouths[:, 0], truth.heads[:, 0]], 1)
        if (number + 1) % _TOLD == 0:
            on_event(Event("drawing", number + 1, count, f"{number + 1} of {count} clips for the principal components"))


@torch.no_grad()
def with_components(codec: Codec, clips: Iterable[Drawn]) -> Codec:
    """The codec, as the principal components of these clips."""
    mean, variances, vectors = components(clips, codec.config.channels)
    sizes = variances.sqrt()
    codec.encoder.weight.copy_((vectors / sizes).T[:, :, None, None])
    codec.decoder.weight.copy_((vectors * sizes)[:, :, None, None])
    codec.get_parameter("encoder.bias").copy_(-(mean @ (vectors / sizes)))
    codec.get_parameter("decoder.bias").copy_(mean)
    return codec


@torch.no_grad()
def with_statistics(codec: Codec, clips: Iterable[Tensor], made: int) -> Codec:
    """The codec, with latents of mean 0 over these clips [B, 4k + 1, 3, H, W], whose channels vary as much as they change the
    picture, and the first `made` of them by 1 in the mean: the transformer's latents are of the same size however many finer
    channels there are.
    """
    latents = torch.cat([codec.components(clip).transpose(0, 1).flatten(1) for clip in clips], 1)
    deviation, response = latents.std(1), codec.decoder.weight.square().mean((0, 2, 3)).sqrt()
    codec.mean.copy_(latents.mean(1))
    codec.std.copy_((deviation * response)[:made].square().mean().sqrt() / response)
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
    """What the encoder is given, `N 3072`: the first frame held still, then groups of four; and weights `N`."""
    video = torch.from_numpy(frames).movedim(-1, 1).float() / 127.5 - 1
    planes = pixel_unshuffle(video, SPACE)
    planes = torch.cat([planes[:1].expand(TIME - 1, -1, -1, -1), planes])
    groups = planes.reshape(-1, TIME * planes.shape[1], *planes.shape[2:])
    weights = torch.ones(len(groups), *groups.shape[2:])
    for group, weight in enumerate(weights):
        mouth, head = (boxes[min(len(boxes) - 1, max(0, TIME * group - 2))] / SPACE).astype(int)
        for box, more in ((head, _HEAD), (mouth, _MOUTH)):
            weight[max(0, box[1]) : max(0, box[3] + 1), max(0, box[0]) : max(0, box[2] + 1)] += more
    return groups.flatten(2).transpose(1, 2).flatten(0, 1), weights.flatten()
