"""Finer channels than a transformer makes: given frames keep theirs, and so does what looks as it did there."""

import numpy as np
import torch

from dramatis.clock import Rate
from dramatis.conditioning.assemble import Assembled, Encoders, Parts, arranged
from dramatis.engines.detail import coarse, detailed

CHANNELS, MADE = 6, 4
ENCODERS = Encoders(tokens=lambda words: [], hear=lambda voice: np.zeros((1, 2), np.float32), silence=np.zeros(2, np.float32))


def take(given: bool = True) -> Assembled:
    lead = torch.randn(CHANNELS, 1, 2, 2, generator=torch.Generator().manual_seed(0)) if given else None
    keyframes = ((8 / 12, torch.ones(CHANNELS, 1, 2, 2)),) if given else ()
    return arranged(Parts(frames=9, rate=Rate(12), grid=(CHANNELS, 2, 2), lead=lead, keyframes=keyframes), ENCODERS)


def test_a_transformer_sees_the_first_channels_of_everything() -> None:
    seen = coarse(take(), MADE)
    assert seen.latents.shape[0] == seen.keyframes.shape[0] == seen.references.shape[0] == MADE
    assert torch.equal(seen.latents[:, 0], take().latents[:MADE, 0])


def test_given_frames_keep_their_detail_and_still_places_take_it_over() -> None:
    whole = take()
    made = whole.latents[:MADE, :1].repeat(1, 3, 1, 1)
    made[:, 1, 0, 0] += 5.0  # something comes by
    made[:, 2] = 1.0  # as in the keyframe
    full = detailed(made, 0, whole)
    assert torch.equal(full[:MADE], made)
    assert torch.equal(full[:, 0], whole.latents[:, 0])
    torch.testing.assert_close(full[MADE:, 1, 1, 1], whole.latents[MADE:, 0, 1, 1], atol=0.06, rtol=0.06)
    assert float(full[MADE:, 1, 0, 0].abs().max()) < 0.1
    torch.testing.assert_close(full[MADE:, 2, 1, 1], torch.ones(2), atol=0.1, rtol=0.1)


def test_without_given_frames_there_is_none() -> None:
    full = detailed(torch.randn(MADE, 2, 2, 2), 1, take(given=False))
    assert full.shape == (CHANNELS, 2, 2, 2)
    assert not full[MADE:].any()
