"""What a clip of the stage knows of its own pictures: where mouths, eyes and hands are."""

from dataclasses import replace

import numpy as np
import pytest

from dramatis.clock import Span
from dramatis.stage.play.script import NATIVE, Doing
from dramatis.stage.play.script_writer import write
from dramatis.stage.truth import Truth
from dramatis.training.filming import mouths, shares, signs

pytest.importorskip("skia", exc_type=ImportError)

from dramatis.stage.theatre import Theatre

SIDE = 144


def truth(what: str) -> Truth:
    """A film of a second in which one thing is done."""
    script = write(NATIVE, 4, "train", 1.2)
    part = replace(script.parts[0], doings=(Doing(what, Span(0.0, 1.2), 1.0),))
    return Theatre(replace(script, parts=(part,))).film((SIDE, SIDE), np.arange(13) / 12)[1]


def test_a_latent_is_covered_by_as_much_as_lies_in_the_box() -> None:
    boxes = np.zeros((5, 1, 4), np.float32)
    boxes[0, 0] = 16, 8, 40, 16
    boxes[3, 0] = 0, 0, 16, 16
    found = shares(boxes, (2, 3))
    np.testing.assert_allclose(found[0], [[0, 0.5, 0.25], [0, 0, 0]])
    np.testing.assert_allclose(found[1], [[1, 0, 0], [0, 0, 0]])  # frames 1 to 4 are one latent frame


def test_mouths_and_eyes_are_where_they_are_drawn() -> None:
    seen = truth("nod")
    middle = seen.mouths[:, 0].reshape(-1, 2, 2).mean(1)
    boxes = mouths(seen)[:, 0]
    np.testing.assert_allclose((boxes[:, :2] + boxes[:, 2:]) / 2, middle, atol=0.01)
    eyes = signs(seen)[:, :2]
    assert (eyes[..., 3] < middle[:, None, 1]).all()
    assert (eyes[..., 1] > seen.heads[..., 1]).all()


def test_hands_count_where_they_are_seen() -> None:
    def beside(what: str) -> float:
        """How much of the picture's sides is hands in the middle of the action."""
        return float(shares(signs(truth(what))[:, 2:], (9, 9))[2].sum())

    assert beside("raise both hands") > 3
    assert beside("nod") < 1
