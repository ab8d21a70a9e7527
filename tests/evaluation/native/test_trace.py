"""A film is read in one pass, frame by frame, at any size."""

import numpy as np
import pytest
import torch

from dramatis.clock import Rate
from dramatis.evaluation.native.reader import Reader, ReaderConfig
from dramatis.evaluation.native.trace import same, trace
from dramatis.media.still import Pixels

CONFIG = ReaderConfig(
    picture=(("set", ("park", "beach")),),
    face=(("hair", ("short", "long")), ("emotion", ("calm", "anger"))),
    actions=("none", "wave"),
    cameras=("static", "pan left"),
    widths=(8, 8),
)


def frames(count: int) -> list[Pixels]:
    """Frames that each differ from the one before by one shade, but for the 40th, which differs by ten."""
    return [np.full((150, 150, 3), number + (9 if number >= 40 else 0), np.uint8) for number in range(count)]


def test_every_frame_is_read_once_and_in_order() -> None:
    torch.manual_seed(0)
    reader = Reader(CONFIG).eval()
    seen = trace(reader, iter(frames(70)), 66, Rate(12))
    assert len(seen.opening) == 66
    assert np.flatnonzero(seen.changes != 1).tolist() == [39]
    assert seen.changes[39] == 10
    assert len(seen.changes) == 65
    assert seen.first.colours[..., 0].mean() < seen.last.colours[..., 0].mean()  # brighter at the end
    assert set(seen.looks[0]) == {"set", "hair"}


def test_a_film_that_is_too_short_is_refused() -> None:
    reader = Reader(CONFIG).eval()
    with pytest.raises(ValueError, match="has only 5"):
        trace(reader, frames(5), 6, Rate(12))


def test_attributes_are_compared_where_both_have_them() -> None:
    one, other = {"hair": "long", "set": "park", "beard": "none"}, {"hair": "long", "set": "beach"}
    assert same(one, other, ("hair", "set", "beard", "glasses")) == 0.5
    assert same(one, one, ("hair", "set", "beard")) == 1
