"""The motion model: from words and a voice to a pose sequence (`models/pose_sequence.py`), before any picture is made.

It is a diffusion model as the video transformer is, of the same path and for the same solvers, but what it makes is a few dozen
numbers a frame, so it costs next to nothing, and what a sentence or a syllable asks for is decided where it is easy to decide:
when a hand is up, how far a mouth opens. Pictures that a video is given are read first, and the pose sequence goes on from them.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn

from dramatis.models import checkpoints
from dramatis.models.compression import TIME
from dramatis.models.headers import WEIGHTS
from dramatis.models.pose_maps import WIDTH
from dramatis.models.pose_sequence import BODY, NUMBERS
from dramatis.models.state import State
from dramatis.models.text_encoder import BagOfWords

_LEAST = 0.02  # noise level below which a velocity is not divided further
_FREQUENCIES = 32
SHIPPED = WEIGHTS / "motion.safetensors"
_MAPS, _SEEN = 48, 16  # of the pose reader


@dataclass(frozen=True)
class MotionModelConfig:
    """Architecture; `window` is how many latent frames it sees at once, `vocabulary` the number of words."""

    vocabulary: int
    progress: int
    speech: int
    """Numbers of a latent frame's window of the voice."""
    channels: int
    """Of the latents of pictures."""
    dim: int = 192
    num_heads: int = 4
    num_layers: int = 4
    window: int = 9


class MotionModel(nn.Module):
    """The expected pose sequence in standard deviations, each number's own, from a noisy one; `velocity` is what solvers see.

    `mean` and `std` `N` are those of the stage.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, config: MotionModelConfig) -> None:
        super().__init__()
        self.config = config
        dim = config.dim
        self.register_buffer("mean", torch.zeros(len(NUMBERS)))
        self.register_buffer("std", torch.ones(len(NUMBERS)))
        self.bag_of_words = BagOfWords(config.vocabulary, dim, config.progress)
        self.proj_in = nn.Linear(2 * WIDTH + TIME, dim)
        self.position = nn.Parameter(torch.randn(config.window, dim) * 0.1)
        self.speech_proj = nn.Sequential(nn.Linear(config.speech, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim))
        self.null_speech = nn.Parameter(torch.zeros(dim))
        self.time_embedding = nn.Sequential(nn.Linear(2 * _FREQUENCIES, dim), nn.SiLU(), nn.Linear(dim, dim))
        layer = nn.TransformerEncoderLayer(
            dim, config.num_heads, 4 * dim, dropout=0.1, activation="gelu", batch_first=True, norm_first=True
        )
        self.layers = nn.TransformerEncoder(layer, config.num_layers, nn.LayerNorm(dim), enable_nested_tensor=False)
        self.proj_out = nn.Linear(dim, WIDTH)
        self.pose_reader = PoseReader(config.channels, dim)

    def forward(
        self,
        noisy: Float[Tensor, "b t 4 n"],
        sigma: Float[Tensor, " b"],
        state: State,
        known: Float[Tensor, "b t 4 n"],
        is_known: Bool[Tensor, "b t 4"],
    ) -> Float[Tensor, "b t 4 n"]:
        """The pose sequence itself, as it is expected: `B T 4 N` at noise levels `B` -> `B T 4 N`.

        `known` `B T 4 N`, in standard deviations, counts where `is_known` `B T 4` is true. The state's pose is not looked at.
        """
        known = torch.where(held(is_known), known, 0)
        x = self.proj_in(torch.cat((noisy.flatten(2), known.flatten(2), is_known.to(noisy)), -1))
        x = x + self.position[: x.shape[1]] + self.bag_of_words(state.tokens, state.text_mask, state.progress)
        x = x + torch.where(state.speech_mask[..., None], self.speech_proj(state.speech.flatten(2)), self.null_speech)
        x = x + self.time_embedding(_waves(sigma))[:, None]
        return self.proj_out(self.layers(x)).view_as(noisy)

    def velocity(
        self,
        noisy: Float[Tensor, "b t 4 n"],
        sigma: Float[Tensor, " b"],
        state: State,
        known: Float[Tensor, "b t 4 n"],
        is_known: Bool[Tensor, "b t 4"],
    ) -> Float[Tensor, "b t 4 n"]:
        """`(x - data) / sigma`, `B T 4 N`; what is known is held."""
        level = sigma[:, None, None, None]
        data = torch.where(held(is_known), known, self(noisy, sigma, state, known, is_known))
        return (noisy - data) / level.clamp_min(_LEAST)

    def natural(self, pose: Float[Tensor, "*frames n"]) -> Float[Tensor, "*frames n"]:
        """Standard deviations -> the units of `NUMBERS`."""
        return pose * self.std + self.mean

    def standard(self, pose: Float[Tensor, "*frames n"]) -> Float[Tensor, "*frames n"]:
        """The units of `NUMBERS` -> standard deviations."""
        return (pose - self.mean) / self.std


class PoseReader(nn.Module):
    """Reads a pose sequence from latents, as far as they show it: maps whose middles are places, and what is there."""

    def __init__(self, channels: int, dim: int) -> None:
        super().__init__()
        self.proj_in = nn.Conv2d(channels, dim, 1)
        self.moving = nn.Parameter(torch.zeros(dim))
        self.body = nn.Sequential(
            nn.GELU(), nn.Conv2d(dim, dim, 3, padding=1), nn.GELU(), nn.Conv2d(dim, dim, 3, padding=1), nn.GELU()
        )
        self.maps = nn.Conv2d(dim, _MAPS, 1)
        self.proj_out = nn.Sequential(nn.Linear(_MAPS * (2 + _SEEN), 3 * dim), nn.GELU(), nn.Linear(3 * dim, WIDTH))
        self.look = nn.Linear(dim, _SEEN)

    def forward(self, latents: Float[Tensor, "b c h w"], moving: Bool[Tensor, " b"]) -> Float[Tensor, "b 4 n"]:
        """`N C H W`, and `N`: whether each is of four frames, not of one -> `N 4 numbers`, in standard deviations."""
        rows, columns = latents.shape[-2:]
        x = self.body(self.proj_in(latents) + (moving[:, None] * self.moving)[:, :, None, None]).flatten(2)
        weights = self.maps(x.unflatten(2, (rows, columns))).flatten(2).softmax(-1)
        down = ((torch.arange(rows, device=x.device) + 0.5) / rows - 0.5).repeat_interleave(columns)
        right = ((torch.arange(columns, device=x.device) + 0.5 - columns / 2) / rows).repeat(rows)
        places = torch.stack((weights @ right, weights @ down), -1)
        seen = weights @ self.look(x.transpose(1, 2))
        return self.proj_out(torch.cat((4 * places, seen), -1).flatten(1)).unflatten(1, (TIME, len(NUMBERS)))


def held(is_known: Bool[Tensor, "*frames"]) -> Bool[Tensor, "*frames n"]:
    """Which numbers are known, `... N`, of frames `...` that are: all but the camera's."""
    return is_known[..., None] & (torch.arange(len(NUMBERS), device=is_known.device) < BODY)


def _waves(sigma: Tensor) -> Tensor:
    angles = sigma[:, None] * 2.0 ** torch.linspace(0, 8, _FREQUENCIES, device=sigma.device)
    return torch.cat((angles.sin(), angles.cos()), -1)


def load(path: Path = SHIPPED) -> MotionModel:
    """The motion model of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, MotionModelConfig, MotionModel)
