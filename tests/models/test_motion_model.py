"""The motion model, untrained: what it is told counts, what is known is held, and its pose reader takes pictures of any size."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from dramatis.clock import Rate
from dramatis.conditioning.grid import blank
from dramatis.conditioning.text import PROGRESS
from dramatis.models import checkpoints, motion_model
from dramatis.models.motion_model import MotionModel, MotionModelConfig
from dramatis.models.pose_sequence import BODY, NUMBERS
from dramatis.models.state import State, stack

FRAMES, WORDS, FEATURES = 5, 3, 6
CONFIG = MotionModelConfig(WORDS, PROGRESS, 4 * FEATURES, channels=8, dim=16, num_heads=2, num_layers=1)


@pytest.fixture(scope="module")
def model() -> MotionModel:
    torch.manual_seed(0)
    return MotionModel(CONFIG).eval()


def told(batch: int = 1) -> State:
    """Films with one word, read by all frames, and a voice."""
    torch.manual_seed(1)
    film = blank(4 * FRAMES - 3, Rate(12), (0, 1, 1))
    return replace(
        stack([film] * batch),
        tokens=torch.full((batch, 1), 2),
        text_mask=torch.ones(batch, FRAMES, 1, dtype=torch.bool),
        progress=torch.zeros(batch, FRAMES, 1, PROGRESS),
        speech=torch.rand(batch, FRAMES, 4, FEATURES),
        speech_mask=torch.ones(batch, FRAMES, dtype=torch.bool),
    )


def nothing(batch: int = 1) -> tuple[Tensor, Tensor]:
    """What is known."""
    return torch.zeros(batch, FRAMES, 4, len(NUMBERS)), torch.zeros(batch, FRAMES, 4, dtype=torch.bool)


def made(model: MotionModel, state: State, known: Tensor | None = None, is_known: Tensor | None = None) -> Tensor:
    batch = len(state.tokens)
    numbers, mask = nothing(batch)
    with torch.inference_mode():
        return model(
            torch.ones_like(numbers),
            torch.full((batch,), 0.7),
            state,
            numbers if known is None else known,
            mask if is_known is None else is_known,
        )


def test_words_voice_and_what_is_known_count(model: MotionModel) -> None:
    state, (known, is_known) = told(), nothing()
    first = made(model, state)
    others = (
        replace(state, tokens=state.tokens + 1),
        replace(state, speech=state.speech + 1),
        replace(state, speech_mask=~state.speech_mask),
    )
    assert all(float((made(model, other) - first).abs().max()) > 1e-4 for other in others)
    is_known[:, 0] = True
    assert float((made(model, state, known + 1, is_known) - first).abs().max()) > 1e-4
    torch.testing.assert_close(made(model, state, known + 1), first)


def test_what_is_known_is_held_but_the_camera_is_not(model: MotionModel) -> None:
    noisy = torch.randn(1, FRAMES, 4, len(NUMBERS))
    known, is_known = torch.randn_like(noisy), torch.zeros(1, FRAMES, 4, dtype=torch.bool)
    is_known[:, 1] = True
    with torch.inference_mode():
        velocity = model.velocity(noisy, torch.tensor([0.5]), told(), known, is_known)
    data = noisy - 0.5 * velocity
    torch.testing.assert_close(data[:, 1, :, :BODY], known[:, 1, :, :BODY], atol=1e-5, rtol=1e-5)
    assert float((data[:, 1, :, BODY:] - known[:, 1, :, BODY:]).abs().max()) > 0.01
    assert float((data[:, 2] - known[:, 2]).abs().max()) > 0.01


def test_takes_do_not_hear_each_other(model: MotionModel) -> None:
    both = told(2)
    alone = replace(told(1), speech=both.speech[:1])
    torch.testing.assert_close(made(model, both)[:1], made(model, alone), atol=1e-5, rtol=1e-5)


def test_its_pose_reader_takes_pictures_of_any_size_and_tells_stills_from_films(model: MotionModel) -> None:
    for size in ((9, 9), (9, 16), (16, 9)):
        latents = torch.randn(1, CONFIG.channels, *size).expand(2, -1, -1, -1)
        with torch.inference_mode():
            seen = model.pose_reader(latents, torch.tensor([False, False]))
        assert seen.shape == (2, 4, len(NUMBERS))
        torch.testing.assert_close(seen[0], seen[1])
    model.pose_reader.moving.data.fill_(1.0)
    with torch.inference_mode():
        assert float(model.pose_reader(latents, torch.tensor([False, True])).diff(dim=0).abs().max()) > 1e-4


def test_a_checkpoint_is_the_same_model(model: MotionModel, tmp_path: Path) -> None:
    model.mean.fill_(0.5)
    checkpoints.save(tmp_path / "motion.safetensors", model)
    again = motion_model.load(tmp_path / "motion.safetensors")
    assert again.config == CONFIG
    torch.testing.assert_close(made(again, told()), made(model, told()), atol=5e-3, rtol=5e-3)
    torch.testing.assert_close(again.standard(again.natural(torch.ones(len(NUMBERS)))), torch.ones(len(NUMBERS)))
