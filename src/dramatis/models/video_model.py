"""The native generator: the transformer and the text encoder that is trained with it, in one checkpoint."""

from dataclasses import dataclass, replace
from pathlib import Path

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dramatis.models import checkpoints
from dramatis.models.dit import DiT, DiTConfig
from dramatis.models.headers import WEIGHTS
from dramatis.models.pose_maps import CHANNELS as MAPS
from dramatis.models.pose_maps import WIDTH, pose_maps
from dramatis.models.pose_sequence import LAYERS, NUMBERS
from dramatis.models.state import Segment, State
from dramatis.models.text_encoder import BagOfWords, TextConfig, TextEncoder
from dramatis.story import Attributes

_FAINTER = 0.75  # power of its spread with which a channel is seen: detail is faint, or it would drown what matters
_WAVES, _LOUD = (1.5, 3.0, 6.0, 12.0), 6.0  # radians a second or a picture's height; amplitude
_LIT = 3.0  # how loud pose maps are beside the latents
_LEAST = 1e-2  # noise that even a given latent has
SHIPPED = WEIGHTS / "transformer.safetensors"


@dataclass(frozen=True)
class VideoModelConfig:
    """Architecture, and what it was taught: `cues` are the actions and camera moves that its training showed it, `draws` the
    looks and places, `size` the usual canvas and `fps` its rate, `window` how many latent frames it sees at once. `progress` is
    how many numbers say how far a clause has come.
    """

    dit: DiTConfig
    text: TextConfig
    progress: int
    cues: tuple[str, ...] = ()
    draws: Attributes | None = None
    size: tuple[int, int] = (144, 144)
    fps: int = 12
    window: int = 9


class VideoModel(nn.Module):
    """Velocity of a video's latents.

    What is known of a video from each channel alone is computed, not learned: the preconditioning of Karras et al. 2022 (arXiv
    2206.00364), with all frames of a channel together. A channel is taken for a Gaussian process in time, of which a part stays
    and the rest fades; the transformer sees the noisy video and this process's best guess of it, and says by how many standard
    deviations the video differs from the guess. Given frames are exact observations, so what does not move is guessed from them.
    It sees, too, where and when each latent is: rotary positions tell neighbours apart, but not the sky from the ground.

    It is conditioned on poses: as a vector of each frame, as maps of where its numbers apply, and as a sketch, the lines of a
    mannequin in latents, of which the transformer says how far to trust it, channel by channel.

    `std` `C` are standard deviations of the data, `static_share` `C` the share of the variance that is the same all through a
    video, `decay_time` `C` the seconds in which the rest does; `pose_mean` and `pose_std` `N` are those of a pose's numbers.
    """

    std: Tensor
    static_share: Tensor
    decay_time: Tensor
    pose_mean: Tensor
    pose_std: Tensor

    def __init__(self, config: VideoModelConfig) -> None:
        super().__init__()
        self.config = config
        self.text = TextEncoder(config.text)
        self.bag_of_words = BagOfWords(len(config.text.vocabulary), config.dit.pooled_dim, config.progress)
        pooled = config.dit.pooled_dim
        self.pose_embedding = nn.Sequential(nn.Linear(WIDTH, pooled), nn.SiLU(), nn.Linear(pooled, pooled))
        for parameter in self.pose_embedding[2].parameters():
            nn.init.zeros_(parameter)
        self.dit = DiT(config.dit)
        self.channels = channels = config.dit.out_dim // (3 + len(LAYERS))
        self.register_buffer("std", torch.ones(channels))
        self.register_buffer("static_share", torch.full((channels,), 0.5))
        self.register_buffer("decay_time", torch.ones(channels))
        self.register_buffer("pose_mean", torch.zeros(len(NUMBERS)))
        self.register_buffer("pose_std", torch.ones(len(NUMBERS)))

    def forward(self, state: State, sketch_scale: float = 1.0) -> Float[Tensor, "b c t h w"]:
        """`B C T H W`; the velocity is `(x - data) / sigma`. The sketch counts `sketch_scale` times what the network says."""
        pose = (state.pose - self.pose_mean) / self.pose_std
        pooled = self.bag_of_words(state.tokens, state.text_mask, state.progress) + self.pose_embedding(pose.flatten(2))
        video = state.video
        with torch.autocast(video.latents.device.type, enabled=False):
            static, fading, deviation = self._guess(video)
            maps = _LIT * pose_maps(pose, state.pose, video.rows, video.columns)
        level, std = video.sigma[:, None, :, None, None], self.std[:, None, None, None]
        weight = self.std**_FAINTER
        weight = (weight / weight.square().mean().sqrt())[:, None, None, None]
        size = torch.hypot((1 - level) * std, level)
        guesses = (static / std * weight, fading / std * weight)
        lines = (state.sketch / std * weight).flatten(1, 2)
        seen = torch.cat((video.latents / size * weight, *guesses, _places(video), maps, lines), 1)
        seen_state = replace(
            state, video=replace(video, latents=seen), context=tuple(self._given(one, weight) for one in state.context)
        )
        residual, static_gain, fading_gain, *sketch_gains = (
            self.dit(seen_state, self.text(state.tokens), pooled).float().chunk(3 + len(LAYERS), 1)
        )
        data = static * (1 + static_gain) + fading * (1 + fading_gain) + deviation * residual
        data = data + sketch_scale * sum(gain * layer for gain, layer in zip(sketch_gains, state.sketch.unbind(1), strict=True))
        velocity: Tensor = (video.latents - data) / level.clamp_min(_LEAST)
        return velocity

    def _given(self, one: Segment, weight: Tensor) -> Segment:
        """A segment without noise as the transformer sees it: its own best guess, with no pose."""
        given = one.latents / self.std[:, None, None, None] * weight
        unseen = given.new_zeros(len(given), MAPS + len(LAYERS) * self.channels, *given.shape[2:])
        return replace(one, latents=torch.cat((given, given, torch.zeros_like(given), _places(one), unseen), 1))

    def _guess(self, video: Segment) -> tuple[Tensor, Tensor, Tensor]:
        """Given the noisy video, the mean of what is static and of what fades of the data, each `B C T H W`, and the standard
        deviation of both together, `B C T 1 1`, channel by channel.
        """
        apart = (video.times[:, :, None] - video.times[:, None]).abs()[:, None]
        power, share, decay = (one[:, None, None] for one in (self.std**2, self.static_share, self.decay_time))
        parts = (power * share * torch.ones_like(apart), power * (1 - share) * torch.exp(-apart / decay))
        clean, noise = (1 - video.sigma)[:, None], torch.diag_embed(video.sigma**2 + _LEAST**2)[:, None]
        prior = parts[0] + parts[1]
        crossed = [clean[..., None] * part for part in parts]
        gains = torch.linalg.solve((crossed[0] + crossed[1]) * clean[:, :, None] + noise, torch.cat(crossed, -1))
        static, fading = (gain.transpose(-1, -2) for gain in gains.chunk(2, -1))
        variance = (prior - (static + fading) @ (crossed[0] + crossed[1])).diagonal(dim1=-2, dim2=-1)
        means = (torch.einsum("bcts,bcshw->bcthw", gain, video.latents) for gain in (static, fading))
        return (*means, variance.clamp_min(_LEAST**2).sqrt()[..., None, None])


def inputs(channels: int) -> int:
    """How many channels the transformer of latents of so many sees: noisy latents, both guesses, places, and the pose."""
    return (3 + len(LAYERS)) * channels + 3 * 2 * len(_WAVES) + MAPS


def outputs(channels: int) -> int:
    """How many it says: the residual, and gains of both guesses and in each layer of the sketch."""
    return (3 + len(LAYERS)) * channels


def _places(segment: Segment) -> Tensor:
    """Waves of time, row and column, `B P T H W`, as loud as the latents beside them."""
    batch, _, frames, rows, columns = segment.latents.shape
    axes = (segment.times[:, :, None, None], segment.rows[:, None], segment.columns)
    grid = torch.stack([axis.to(segment.latents).expand(batch, frames, rows, columns) for axis in axes], 1)
    angles = grid[:, :, None] * grid.new_tensor(_WAVES)[:, None, None, None]
    return _LOUD * torch.cat((angles.sin(), angles.cos()), 2).flatten(1, 2)


def load(path: Path = SHIPPED) -> VideoModel:
    """The generator of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, VideoModelConfig, VideoModel)
