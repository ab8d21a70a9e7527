"""Channels as processes in time: what stays and what fades is found again."""

import torch
from torch import Tensor

from dramatis.training.channel_statistics import correlations, fitted

STEP = 1 / 3


def film(seed: int, stays: float, fades: float) -> Tensor:
    """`1 17 6 6`: a first frame that is nothing, and a process of known memory."""
    chance = torch.Generator().manual_seed(seed)
    kept = float(torch.exp(torch.tensor(-STEP / fades)))
    still, moving = torch.randn(6, 6, generator=chance), [torch.randn(6, 6, generator=chance)]
    for _ in range(15):
        moving.append(kept * moving[-1] + (1 - kept**2) ** 0.5 * torch.randn(6, 6, generator=chance))
    frames = [stays**0.5 * still + (1 - stays) ** 0.5 * one for one in moving]
    return torch.stack([torch.zeros(6, 6), *frames])[None]


def test_what_stays_and_what_fades_is_found_again() -> None:
    for stays, fades in ((0.6, 0.4), (0.1, 0.2)):
        found = correlations([film(seed, stays, fades) for seed in range(300)])
        share, seconds = fitted(found, STEP)
        assert abs(float(share) - stays) < 0.05
        assert float(seconds) == torch.tensor(fades)
