"""As it begins it is a cross-fade; frames are warped where flows point."""

import pytest
import torch

from dramatis.models.interpolator import Interpolator, InterpolatorConfig, warp

TINY = InterpolatorConfig((4, 2), (8, 8), (1, 1))


@pytest.mark.parametrize("at", [0.25, 0.5])
def test_it_begins_as_a_cross_fade(at: float) -> None:
    first, second = torch.rand(2, 1, 3, 18, 22, generator=torch.Generator().manual_seed(1)).unbind(0)
    flows, share = Interpolator(TINY).requires_grad_(False)(first, second, torch.full((1, 1, 18, 22), at))
    assert flows.shape == (1, 4, 18, 22)
    assert float(flows.abs().max()) == 0
    torch.testing.assert_close(share, torch.full_like(share, 1 - at))


def test_a_pixel_comes_from_where_the_flow_points() -> None:
    frame = torch.rand(1, 3, 9, 12, generator=torch.Generator().manual_seed(2))
    flow = torch.zeros(1, 2, 9, 12)
    flow[:, 0], flow[:, 1] = 2.0, -1.0
    torch.testing.assert_close(warp(frame, flow)[..., 1:, :-2], frame[..., :-1, 2:], atol=1e-5, rtol=0.0)
