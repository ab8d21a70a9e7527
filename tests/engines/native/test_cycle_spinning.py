"""Two videos on grids half a latent frame apart: their average has no steps where latent frames of either meet."""

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from dramatis.clock import Rate, Span
from dramatis.engines.native.cycle_spinning import SHIFT, shifted, spun
from dramatis.media.footage import Footage
from dramatis.media.still import Still
from dramatis.models.compression import TIME
from dramatis.story import Canvas
from dramatis.take import Anchor, Take

CANVAS = Canvas(32, 16, Rate(12))
COUNT = 33


def jumping(first: int, count: int) -> Iterator[Tensor]:
    """Something that moves by one a frame, as a video shows it whose latent frames stand still: the mean of each."""
    for number in range(count):
        group = -(-number // TIME)
        yield torch.tensor(float(first + (TIME * group - 1.5 if group else 0)))


def largest_step(frames: Iterator[Tensor]) -> float:
    shown = [float(frame) for frame in frames]
    assert len(shown) == COUNT
    return max(np.abs(np.diff(shown[TIME:-TIME])))


def test_steps_between_latent_frames_are_halved() -> None:
    again = spun(jumping(0, COUNT), lambda _lead: jumping(SHIFT, COUNT - 2 * SHIFT), COUNT, 0)
    assert largest_step(jumping(0, COUNT)) == TIME
    assert largest_step(again) <= TIME / 2


def test_the_second_video_begins_with_a_frame_of_the_first_and_given_frames_stay() -> None:
    leads: list[Tensor] = []

    def zeros(lead: Tensor) -> Iterator[Tensor]:
        leads.append(lead)
        yield from torch.zeros(COUNT - 2 * SHIFT)

    shown = list(spun(iter(torch.ones(COUNT)), zeros, COUNT, 5))
    assert leads == [1.0]
    assert shown[:5] == [1.0] * 5
    assert shown[5] < 1


def test_a_take_on_the_second_grid_keeps_what_is_given_later() -> None:
    still = Still(np.zeros((16, 32, 3), np.uint8))
    ends = tuple(Anchor(still, CANVAS.rate.time(place)) for place in (24, 24 + COUNT - 1))
    rough = Footage(
        CANVAS, Span(2.0, CANVAS.rate.time(24 + COUNT - 1)), [np.full((16, 32, 3), n, np.uint8) for n in range(COUNT)], "p"
    )
    second = shifted(Take(CANVAS, Span(2.0, CANVAS.rate.time(24 + COUNT - 1)), (), ends, rough), still.pixels)
    assert (second.first, second.frames) == (24 + SHIFT, COUNT - 2 * SHIFT)
    assert [anchor.at for anchor in second.anchors] == [second.span.start, ends[1].at]
    assert second.prior is not None
    assert [int(frame[0, 0, 0]) for frame in second.prior.frames] == list(range(SHIFT, COUNT - SHIFT))
