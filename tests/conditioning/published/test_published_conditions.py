"""Voices, speakers and given frames as published models see them."""

import numpy as np
import pytest
import torch
from torch import Tensor

from dramatis.clock import Rate, Span
from dramatis.conditioning.plain_take import areas
from dramatis.conditioning.published.given_frames import given_frames
from dramatis.conditioning.published.speaker_masks import speaker_masks
from dramatis.conditioning.published.voice_windows import voice_windows
from dramatis.media.still import Matte, Still
from dramatis.story import Canvas
from dramatis.take import Look, Role, Take
from tests.models.published.golden import golden


def shrunk(frames: Tensor) -> Tensor:
    """Latents that are means."""
    held = torch.cat([frames[:, :, :1].expand(-1, -1, 3, -1, -1), frames], 2)
    return torch.nn.functional.avg_pool3d(held, (4, 8, 8))


def test_voice_windows_are_those_of_the_original() -> None:
    kept = golden("audio_windows")
    hidden, starts = kept.inputs("hidden"), kept.output("starts").tolist()
    for number, start in enumerate(starts):
        if start == starts[-1]:  # the original lengthens voices for its last clip
            hidden = torch.cat((hidden, hidden[:, -(start + 13 - hidden.shape[1] + 3) :].flip(1)), 1)
        assert torch.equal(voice_windows(hidden, start, 13), kept.output(f"clip_{number}.windows"))


@pytest.mark.parametrize("kind", ["boxes", "halves"])
def test_speaker_masks_are_those_of_the_original(kind: str) -> None:
    kept = golden("speaker_masks")
    whole = kept.output(f"{kind}.masks_target").numpy().astype(bool)
    assert torch.equal(speaker_masks(whole[:2], 8)[0], kept.output(f"{kind}.masks_latent")[:2].float())


def test_people_are_where_their_mattes_are() -> None:
    small = np.zeros((4, 8), np.uint8)
    small[1:3, 5:7] = 255
    look = Look(Still(np.zeros((16, 32, 3), np.uint8)))
    cast = (Role("Ada", Look(look.picture, matte=Matte(small))), Role("Ben", look))
    take = Take(Canvas(32, 16, Rate(25)), Span(0.0, 1.0), cast)
    ada, ben = areas(take)
    assert ada[4:12, 20:28].all()
    assert ada.sum() == 8 * 8
    assert ben[:, 16:].all()
    assert not ben[:, :16].any()
    assert areas(Take(take.canvas, take.span, cast[:1])).all()  # alone


def test_given_frames_are_marked_where_they_lie() -> None:
    first, last = torch.full((3, 16, 24), 0.5), torch.full((3, 16, 24), -0.5)
    found = given_frames(shrunk, 9, first, last)[0]
    assert found.shape == (4 + 3, 3, 2, 3)
    assert found[:4, :, 0, 0].tolist() == [[1, 0, 0], [1, 0, 0], [1, 0, 0], [1, 0, 1]]
    assert found[4:, :, 0, 0].tolist() == [[0.5, 0, -0.125]] * 3
    alone = given_frames(shrunk, 1, first)[0]
    assert alone[:4, 0, 0, 0].tolist() == [1] * 4
    assert given_frames(shrunk, 5, first)[0, :4, :, 0, 0].tolist() == [[1, 0]] * 4
