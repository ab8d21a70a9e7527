"""Finer channels than a transformer makes: given frames keep theirs, and so does what looks as it did there."""

import torch

from dramatis.clock import Rate
from dramatis.conditioning import anchors, reference
from dramatis.conditioning.grid import blank
from dramatis.engines.native.detail import coarse, detailed
from dramatis.models.state import State

CHANNELS, MADE = 6, 4


def film(given: bool = True) -> State:
    lead = torch.randn(1, CHANNELS, 1, 2, 2, generator=torch.Generator().manual_seed(0)) if given else None
    keyframes = ((8 / 12, torch.ones(1, CHANNELS, 1, 2, 2)),) if given else ()
    return anchors.apply(blank(9, Rate(12), (CHANNELS, 2, 2)), lead, keyframes)


def test_a_transformer_sees_the_first_channels_of_everything() -> None:
    seen = coarse(reference.apply(film(), torch.ones(1, CHANNELS, 1, 2, 2)), MADE)
    assert [part.latents.shape[1] for part in (seen.video, *seen.context)] == [MADE] * 3
    assert torch.equal(seen.video.latents, film().video.latents[:, :MADE])


def test_given_frames_keep_their_detail_and_still_places_take_it_over() -> None:
    given = film().video.latents[0]
    made = given[:MADE, :1].repeat(1, 3, 1, 1)
    made[:, 1, 0, 0] += 5.0  # something comes by
    made[:, 2] = 1.0  # as in the keyframe
    full = detailed(made[None], 0, film())[0]
    assert torch.equal(full[:MADE], made)
    assert torch.equal(full[:, 0], given[:, 0])
    torch.testing.assert_close(full[MADE:, 1, 1, 1], given[MADE:, 0, 1, 1], atol=0.06, rtol=0.06)
    assert float(full[MADE:, 1, 0, 0].abs().max()) < 0.1
    torch.testing.assert_close(full[MADE:, 2, 1, 1], torch.ones(2), atol=0.1, rtol=0.1)


def test_without_given_frames_there_is_none() -> None:
    full = detailed(torch.randn(1, MADE, 2, 2, 2), 1, film(given=False))
    assert full.shape == (1, CHANNELS, 2, 2, 2)
    assert not full[:, MADE:].any()
