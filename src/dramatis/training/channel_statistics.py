"""What a transformer need not learn: each channel of the latents as a Gaussian process in time (`models/video_model.py`)."""

import torch
from torch import Tensor

from dramatis.models.compression import TIME
from dramatis.training.clips import Buckets

_VIDEOS = 400
_STEADY = 0.004  # the least deviation that is told apart
_FADES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)  # s


def channel_statistics(clips: Buckets) -> dict[str, Tensor]:
    """The buffers of a `VideoModel`: the `std` of each channel over all clips, and the process whose correlations are nearest
    to those of clips of more than two latent frames. Without such clips, half of it stays.
    """
    kept = [clip.latents for bucket in clips.values() for clip in bucket]
    sums = torch.stack([latents.float().square().sum((1, 2, 3)) for latents in kept]).sum(0)
    std = (sums / sum(latents[0].numel() for latents in kept)).sqrt()
    videos = [clip for (frames, _, _), bucket in clips.items() if frames > 2 for clip in bucket][:_VIDEOS]
    if not videos:
        return {"std": std, "static_share": torch.full_like(std, 0.5), "decay_time": torch.ones_like(std)}
    share, decay = fitted(correlations([video.latents for video in videos]), TIME * videos[0].rate.per / videos[0].rate.frames)
    return {"std": std, "static_share": share, "decay_time": decay}


def pose_statistics(clips: Buckets) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation of each number of a pose over all frames of clips."""
    frames = torch.cat([clip.pose for bucket in clips.values() for clip in bucket])
    return frames.mean(0), frames.std(0, correction=0).clamp_min(_STEADY)


def correlations(videos: list[Tensor]) -> Tensor:
    """Of each channel with itself 1, 2, ... latent frames later, `lags C`. The first frame, which stands alone, is left out."""
    lags = min(video.shape[1] for video in videos) - 1
    products = torch.zeros(lags, len(videos[0]))
    for video in videos:
        moving = video[:, 1 : lags + 1].float()
        products += torch.stack([(moving[:, : lags - lag] * moving[:, lag:]).mean((1, 2, 3)) for lag in range(lags)])
    return products[1:] / products[0].clamp_min(1e-9)


def fitted(found: Tensor, step: float) -> tuple[Tensor, Tensor]:
    """The share that stays and the seconds in which the rest fades, each `C`, for correlations `lags C` of `step` seconds each.

    `stays + (1 - stays) exp(-t / fades)`: the best share for every candidate of `fades` has a closed form.
    """
    fades = torch.tensor(_FADES)
    fading = torch.exp(-step * torch.arange(1, len(found) + 1)[:, None, None] / fades)
    rest = 1 - fading
    stays = (((found[..., None] - fading) * rest).sum(0) / rest.square().sum(0)).clamp(0, 0.99)
    best = (stays + (1 - stays) * fading - found[..., None]).square().sum(0).argmin(1, keepdim=True)
    return stays.gather(1, best)[:, 0], fades[best[:, 0]]
