"""What the generator knows of a film before any training: each channel as a process of which a part stays and the rest fades."""

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from dramatis.clock import Rate
from dramatis.conditioning.grid import blank
from dramatis.conditioning.text import PROGRESS
from dramatis.models.dit import DiTConfig
from dramatis.models.pose_sequence import LAYERS
from dramatis.models.text_encoder import TextConfig
from dramatis.models.video_model import VideoModel, VideoModelConfig, inputs, outputs

CHANNELS, FRAMES, SIDE = 3, 5, 2
TEXT = TextConfig(("red", "blue"), dim=16, num_heads=1, num_layers=1)
DIT = DiTConfig(
    dim=24, ffn_dim=32, num_heads=2, num_layers=1, in_dim=inputs(CHANNELS), out_dim=outputs(CHANNELS), text_dim=16,
    patch_size=(1, 1, 1), null_text=True, pooled_dim=8, speech_dim=3, speech_window=5, speech_tokens=2,
)  # fmt: skip
BLANK = torch.zeros(1, len(LAYERS), CHANNELS, FRAMES, SIDE, SIDE)


def untrained(std: float, share: float, decay: float) -> VideoModel:
    torch.manual_seed(0)
    video_model = VideoModel(VideoModelConfig(DIT, TEXT, PROGRESS)).eval()
    for name, value in (("std", std), ("static_share", share), ("decay_time", decay)):
        video_model.get_buffer(name).fill_(value)
    return video_model


def predicted(video_model: VideoModel, noisy: Tensor, sigma: Tensor, sketch: Tensor = BLANK, sketch_scale: float = 1.0) -> Tensor:
    """The data that it sees in noisy latents `C T H W`."""
    film = blank(4 * FRAMES - 3, Rate(12), (CHANNELS, SIDE, SIDE))
    state = replace(
        film.at(noisy[None], sigma[None]),
        tokens=torch.zeros(1, 1, dtype=torch.long),
        text_mask=torch.zeros(1, FRAMES, 1, dtype=torch.bool),
        progress=torch.zeros(1, FRAMES, 1, PROGRESS),
        speech=torch.zeros(1, FRAMES, 5, 3),
        speech_mask=torch.ones(1, FRAMES, dtype=torch.bool),
        sketch=sketch,
    )
    with torch.no_grad():
        velocity = video_model(state, sketch_scale)[0]
    return noisy - sigma[:, None, None].clamp_min(1e-2) * velocity


def test_a_channel_in_which_nothing_lasts_is_shrunk_frame_by_frame() -> None:
    spread, sigma = 0.7, torch.full((FRAMES,), 0.6)
    noisy = torch.randn(CHANNELS, FRAMES, SIDE, SIDE)
    shrunk = noisy * 0.4 * spread**2 / (0.4**2 * spread**2 + 0.6**2)
    torch.testing.assert_close(predicted(untrained(spread, 0.0, 1e-3), noisy, sigma), shrunk, atol=2e-3, rtol=1e-3)


@pytest.mark.parametrize("sigma", [0.5, 0.95])
def test_what_does_not_move_is_guessed_from_the_given_frame(sigma: float) -> None:
    still = torch.randn(CHANNELS, 1, SIDE, SIDE)
    levels = torch.tensor([0.0, *[sigma] * (FRAMES - 1)])
    noisy = (1 - levels[:, None, None]) * still + levels[:, None, None] * torch.randn(CHANNELS, FRAMES, SIDE, SIDE)
    kept = predicted(untrained(1.0, 0.999, 0.3), noisy, levels)
    assert float((kept - still).abs().max()) < 0.1


def test_both_guesses_together_are_the_best_guess() -> None:
    """Gaussian conditioning, written out: the mean of (film) given (noisy film)."""
    video_model, times = untrained(1.3, 0.4, 0.5), torch.arange(FRAMES) / 3
    apart = (times[:, None] - times).abs()
    prior = 1.3**2 * (0.4 + 0.6 * torch.exp(-apart / 0.5))
    levels = torch.tensor([0.2, 0.4, 0.6, 0.8, 0.9])
    clean, noise = torch.diag(1 - levels), torch.diag(levels**2)
    gain = prior @ clean @ torch.linalg.inv(clean @ prior @ clean + noise)
    noisy = torch.randn(CHANNELS, FRAMES, SIDE, SIDE)
    exact = torch.einsum("ts,cshw->cthw", gain, noisy)
    torch.testing.assert_close(predicted(video_model, noisy, levels), exact, atol=5e-3, rtol=1e-2)


def test_a_sketch_is_drawn_into_the_film_as_far_as_it_is_trusted() -> None:
    video_model, sigma = untrained(1.0, 0.5, 0.5), torch.full((FRAMES,), 0.8)
    noisy, sketch = torch.randn(CHANNELS, FRAMES, SIDE, SIDE), torch.randn_like(BLANK)
    blank = predicted(video_model, noisy, sigma)
    torch.testing.assert_close(predicted(video_model, noisy, sigma, sketch), blank, atol=1e-5, rtol=1e-5)
    video_model.dit.head.head.bias.data[-CHANNELS:] = 0.25  # of the last layer
    for sketch_scale in (1.0, 2.0):
        drawn = predicted(video_model, noisy, sigma, sketch, sketch_scale)
        torch.testing.assert_close(drawn, blank + sketch_scale * 0.25 * sketch[0, -1], atol=1e-4, rtol=1e-4)
