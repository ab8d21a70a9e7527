"""The codec's training: where it begins, what a step sees, and that a run which was stopped goes on as if it had not been."""

import copy
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from dramatis.models.codec import Codec, CodecConfig
from dramatis.training.codec import Learner, objective
from dramatis.training.components import with_components
from dramatis.training.loop import Student, run
from dramatis.training.reservoir import Reservoir, Stock

TINY = CodecConfig(8, 16, 16, 16, (1, 0, 0), (0, 0, 1))
STOCK = Stock((9, 32, 32), kept=12, first=4, fresh=1.0)


def draw(number: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A square of one of a few colours that stands still, with a mouth in its middle."""
    rng = np.random.default_rng(number)
    frames = np.full((9, 32, 32, 3), rng.integers(0, 255, 3), np.uint8)
    frames[:, :16, :16] = rng.integers(0, 255, 3)
    box = np.array([[4, 4, 12, 12], [0, 0, 16, 16]], np.float32)
    return frames, np.broadcast_to(box, (9, 2, 4)).copy()


@pytest.fixture(scope="module")
def reservoir() -> Iterator[Reservoir]:
    with Reservoir(STOCK, draw) as made:
        yield made


def begun() -> Codec:
    torch.manual_seed(0)
    return with_components(Codec(TINY), map(draw, range(12)))


def test_a_codec_begins_as_the_best_linear_one() -> None:
    """Flat patches have three components: eight channels show them all."""
    codec = begun().requires_grad_(False)
    frames = torch.from_numpy(np.stack([draw(number)[0] for number in range(12)])).movedim(-1, 2).float() / 127.5 - 1
    latents = codec.encode(frames)
    assert (codec.decode(latents) - frames).abs().max() < 0.02
    assert 0.3 < latents[:, :3].std() < 3


def test_what_a_step_sees_depends_on_its_number_alone(reservoir: Reservoir) -> None:
    for step in (0, 3, 20):
        window = STOCK.window(step)
        numbers = np.array([window.start, window.stop - 1])
        for number, (frames, boxes) in zip(numbers, reservoir.clips(step, numbers), strict=True):
            drawn, marked = draw(int(number))
            assert np.array_equal(frames, drawn)
            assert np.array_equal(boxes, marked)
    assert len(STOCK.window(20)) == STOCK.kept


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    def student() -> Student:
        codec = begun()
        return Student(Learner(codec, False), Learner(copy.deepcopy(codec), False), objective(fresh), lambda _: 1e-3)

    with Reservoir(STOCK, draw) as fresh:
        whole, begin, finish = student(), student(), student()
        run(whole, tmp_path / "whole", 1.0, lambda _: None, most_steps=3)
        run(begin, tmp_path / "parts", 1.0, lambda _: None, most_steps=2)
        run(finish, tmp_path / "parts", 1.0, lambda _: None, most_steps=3)
    for name, weight in whole.model.state_dict().items():
        assert torch.equal(weight, finish.model.state_dict()[name]), name


def test_a_frozen_encoder_stays_as_it_is(reservoir: Reservoir) -> None:
    codec = begun()
    before = copy.deepcopy(codec.state_dict())
    learner = Learner(codec, frozen=True)
    student = Student(learner, Learner(copy.deepcopy(codec), True), objective(reservoir), lambda _: 1e-3)
    student.step(20)
    moved = {name for name, weight in codec.state_dict().items() if not torch.equal(weight, before[name])}
    assert moved
    assert all(name.startswith("decoder.") for name in moved)
