"""Given frames at the ends of a take are shown as they are, and what was made goes over into them without a step."""

from itertools import pairwise

import torch
from torch import Tensor

from dramatis.engines.given_ends import met


def grey(level: float) -> Tensor:
    return torch.full((3, 4, 4), level)


def film(*levels: float) -> list[Tensor]:
    return [grey(level) for level in levels]


def levels(frames: list[Tensor]) -> list[float]:
    return [round(float(frame.mean()), 3) for frame in frames]


def test_a_step_after_the_lead_is_spread() -> None:
    shown = levels(list(met(film(0.04, *[0.0] * 12), 1)))
    assert shown[0] == 0.04
    assert max(abs(after - before) for before, after in pairwise(shown)) < 0.006
    assert shown[9:] == [0.0] * 4


def test_the_last_frame_is_the_given_one_and_what_is_before_rises_to_it() -> None:
    shown = levels(list(met(film(*[0.0] * 13), 0, grey(0.04))))
    assert len(shown) == 13
    assert shown[-1] == 0.04
    assert shown[:4] == [0.0] * 4
    assert max(abs(after - before) for before, after in pairwise(shown)) < 0.006


def test_motion_is_not_spread() -> None:
    assert levels(list(met(film(1.0, *[-1.0] * 5), 1)))[1:] == [-1.0] * 5


def test_without_given_frames_all_stays() -> None:
    made = film(0.1, 0.3, 0.2)
    assert levels(list(met(made, 0))) == [0.1, 0.3, 0.2]
