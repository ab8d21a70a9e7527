"""Faults that come and go are left out, motion is not; chunks agree with the whole."""

import torch

from dramatis.models.temporal_denoise import FAULT, temporal_denoise


def test_a_wall_stands_still() -> None:
    wall = 0.3 + 0.2 * FAULT * torch.randn(1, 40, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    shown = temporal_denoise(wall)
    assert shown.diff(dim=1).abs().mean() < 0.1 * wall.diff(dim=1).abs().mean()
    assert (shown - 0.3).square().mean() < wall[:, :1].sub(0.3).square().mean() * 1.1


def test_motion_is_shown_at_once() -> None:
    film = torch.full((1, 3, 3, 4, 4), -0.8)
    film[:, 1:, :, :2] = 0.8
    shown = temporal_denoise(film)
    assert (shown - film).abs().max() < 0.01


def test_a_slow_change_is_followed() -> None:
    dusk = torch.linspace(0.8, -0.8, 200)[None, :, None, None, None].expand(1, 200, 3, 2, 2)
    assert (temporal_denoise(dusk) - dusk).abs().max() < 2 * FAULT


def test_a_chunk_goes_on_from_the_frame_before() -> None:
    film = torch.rand(2, 9, 3, 8, 8, generator=torch.Generator().manual_seed(0)) * 2 - 1
    first = temporal_denoise(film[:, :4])
    assert torch.equal(torch.cat([first, temporal_denoise(film[:, 4:], first[:, -1])], 1), temporal_denoise(film))
    assert torch.equal(temporal_denoise(film[:, :1]), film[:, :1])
