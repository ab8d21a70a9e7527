"""The native generator: the transformer and the text encoder that is trained with it, in one checkpoint."""

from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from dramatis.models import checkpoints
from dramatis.models.dit import DiT, DiTConfig
from dramatis.models.performance import LAYERS, NUMBERS
from dramatis.models.poses import SHOWN, WIDTH, shown
from dramatis.models.state import Segment, State
from dramatis.models.text import Phrases, TextConfig, TextEncoder

_FAINTER = 0.75  # power of its spread with which a channel is seen: detail is faint, or it would drown what matters
_WAVES, _LOUD = (1.5, 3.0, 6.0, 12.0), 6.0  # radians a second or a picture's height; amplitude
_LIT = 3.0  # how loud a performance's pictures are beside the latents
_LEAST = 1e-2  # noise that even a given latent has
SHIPPED = checkpoints.WEIGHTS / "transformer.safetensors"


@dataclass(frozen=True)
class GeneratorConfig:
    """Architecture, and what it was taught: `performs` are the actions and camera moves that its training showed it, `size` the
    usual canvas and `fps` its rate, `window` how many latent frames it sees at once. `phases` is how many numbers tell how far a
    clause has come.
    """

    dit: DiTConfig
    text: TextConfig
    phases: int
    performs: tuple[str, ...] = ()
    size: tuple[int, int] = (144, 144)
    fps: int = 12
    window: int = 9


class Generator(nn.Module):
    """Velocity of a film's latents.

    What is known of a film from each channel alone is computed, not learned: the preconditioning of Karras et al. 2022 (arXiv
    2206.00364), with all frames of a channel together. A channel is taken for a Gaussian process in time, of which a part stays
    and the rest fades; the transformer sees the noisy film and this process's best guess of it, and says by how many standard
    deviations the film differs from the guess. Given frames are exact observations, so what does not move is guessed from them.
    It sees, too, where and when each latent is: rotary positions tell neighbours apart, but not the sky from the ground.

    What actors and the camera do is told, too: as a vector of each frame, as pictures of where it is done, and as a sketch that a
    mannequin left in the latents, of which the transformer says how far to trust it, channel by channel.

    `spread` `C` are standard deviations of the data, `stays` `C` the share of the variance that does not change within a film,
    `fades` `C` the seconds in which the rest does; `mean` and `deviation` `N` are those of a performance's numbers.
    """

    spread: Tensor
    stays: Tensor
    fades: Tensor
    mean: Tensor
    deviation: Tensor

    def __init__(self, config: GeneratorConfig) -> None:
        super().__init__()
        self.config = config
        self.text = TextEncoder(config.text)
        self.phrases = Phrases(len(config.text.vocabulary), config.dit.pooled_dim, config.phases)
        pooled = config.dit.pooled_dim
        self.acts = nn.Sequential(nn.Linear(WIDTH, pooled), nn.SiLU(), nn.Linear(pooled, pooled))
        for parameter in self.acts[2].parameters():
            nn.init.zeros_(parameter)
        self.dit = DiT(config.dit)
        self.channels = channels = config.dit.out_dim // (3 + len(LAYERS))
        self.register_buffer("spread", torch.ones(channels))
        self.register_buffer("stays", torch.full((channels,), 0.5))
        self.register_buffer("fades", torch.ones(channels))
        self.register_buffer("mean", torch.zeros(len(NUMBERS)))
        self.register_buffer("deviation", torch.ones(len(NUMBERS)))

    def forward(self, state: State, bold: float = 1.0) -> Tensor:
        """`B C T H W`; the velocity is `(x - data) / sigma`. `bold` times as far as it says the lines of a sketch are trusted."""
        acted = (state.pose - self.mean) / self.deviation
        pooled = self.phrases(state.tokens, state.text_mask, state.progress) + self.acts(acted.flatten(2))
        film = state.video
        with torch.autocast(film.latents.device.type, enabled=False):
            staying, fading, deviation = self._guess(film)
            pictures = _LIT * shown(acted, state.pose, film.rows, film.columns)
        level, spread = film.sigma[:, None, :, None, None], self.spread[:, None, None, None]
        weight = self.spread**_FAINTER
        weight = (weight / weight.square().mean().sqrt())[:, None, None, None]
        size = torch.hypot((1 - level) * spread, level)
        guesses = (staying / spread * weight, fading / spread * weight)
        lines = (state.sketch / spread * weight).flatten(1, 2)
        seen = torch.cat((film.latents / size * weight, *guesses, _places(film), pictures, lines), 1)
        seen_state = replace(
            state, video=replace(film, latents=seen), context=tuple(self._given(one, weight) for one in state.context)
        )
        residual, stays, fades, *drawn = self.dit(seen_state, self.text(state.tokens), pooled).float().chunk(3 + len(LAYERS), 1)
        data = staying * (1 + stays) + fading * (1 + fades) + deviation * residual
        data = data + bold * sum(trust * layer for trust, layer in zip(drawn, state.sketch.unbind(1), strict=True))
        velocity: Tensor = (film.latents - data) / level.clamp_min(_LEAST)
        return velocity

    def _given(self, one: Segment, weight: Tensor) -> Segment:
        """A segment without noise as the transformer sees it: its own best guess, with no pose."""
        given = one.latents / self.spread[:, None, None, None] * weight
        unseen = given.new_zeros(len(given), SHOWN + len(LAYERS) * self.channels, *given.shape[2:])
        return replace(one, latents=torch.cat((given, given, torch.zeros_like(given), _places(one), unseen), 1))

    def _guess(self, film: Segment) -> tuple[Tensor, Tensor, Tensor]:
        """Given the noisy film, the mean of what stays and of what fades of the data, each `B C T H W`, and the standard
        deviation of both together, `B C T 1 1`, channel by channel.
        """
        apart = (film.times[:, :, None] - film.times[:, None]).abs()[:, None]
        power, stays, fades = self.spread[:, None, None] ** 2, self.stays[:, None, None], self.fades[:, None, None]
        parts = (power * stays * torch.ones_like(apart), power * (1 - stays) * torch.exp(-apart / fades))
        clean, noise = (1 - film.sigma)[:, None], torch.diag_embed(film.sigma**2 + _LEAST**2)[:, None]
        prior = parts[0] + parts[1]
        crossed = [clean[..., None] * part for part in parts]
        gains = torch.linalg.solve((crossed[0] + crossed[1]) * clean[:, :, None] + noise, torch.cat(crossed, -1))
        staying, fading = (gain.transpose(-1, -2) for gain in gains.chunk(2, -1))
        deviation = (
            (prior - (staying + fading) @ (crossed[0] + crossed[1])).diagonal(dim1=-2, dim2=-1).clamp_min(_LEAST**2).sqrt()
        )
        means = (torch.einsum("bcts,bcshw->bcthw", gain, film.latents) for gain in (staying, fading))
        return (*means, deviation[..., None, None])


def inputs(channels: int) -> int:
    """How many channels the transformer of latents of so many sees: noisy latents, guesses of what stays and fades, places, and
    what is done.
    """
    return (3 + len(LAYERS)) * channels + 3 * 2 * len(_WAVES) + SHOWN


def outputs(channels: int) -> int:
    """How many it says: the residual, and trust in both guesses and in each layer of the sketch."""
    return (3 + len(LAYERS)) * channels


def _places(segment: Segment) -> Tensor:
    """Waves of time, row and column, `B P T H W`, as loud as the latents beside them."""
    batch, _, frames, rows, columns = segment.latents.shape
    axes = (segment.times[:, :, None, None], segment.rows[:, None], segment.columns)
    grid = torch.stack([axis.to(segment.latents).expand(batch, frames, rows, columns) for axis in axes], 1)
    angles = grid[:, :, None] * grid.new_tensor(_WAVES)[:, None, None, None]
    return _LOUD * torch.cat((angles.sin(), angles.cos()), 2).flatten(1, 2)


def load(path: Path = SHIPPED) -> Generator:
    """The generator of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, GeneratorConfig, Generator)
