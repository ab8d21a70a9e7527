"""The native generator: the transformer and the text encoder that is trained with it, in one checkpoint."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from dramatis.models import checkpoints
from dramatis.models.dit import Conditions, DiT, DiTConfig, Segment
from dramatis.models.text import TextConfig, TextEncoder

_FAINTER = 0.75  # power of its spread with which a channel is seen: detail is faint, or it would drown what matters
SHIPPED = checkpoints.WEIGHTS / "transformer.safetensors"


@dataclass(frozen=True)
class GeneratorConfig:
    """Architecture, and what it was taught: `performs` are the actions and camera moves that its training showed it, `size` the
    usual canvas and `fps` its rate, `window` how many latent frames it sees at once.
    """

    dit: DiTConfig
    text: TextConfig
    performs: tuple[str, ...] = ()
    size: tuple[int, int] = (144, 144)
    fps: int = 12
    window: int = 9


@dataclass(frozen=True, eq=False)
class Script:
    """What is read and heard, before any network: `tokens` `B L`, `reads` `B T L` (which latent frame reads which token; padding
    is read by none), `speech` `B T A F`, `hears` `B` (False: the learned null).
    """

    tokens: Tensor
    reads: Tensor
    speech: Tensor
    hears: Tensor


class Generator(nn.Module):
    """Velocity of a film's latents, from segments and a script.

    What is known of a latent from its own channel alone is computed, not learned (the preconditioning of Karras et al. 2022,
    arXiv 2206.00364, on the straight path and channel by channel): the transformer sees every channel at the same variance,
    whatever its noise, and says by how many standard deviations the data differ from their best linear guess.
    """

    spread: Tensor

    def __init__(self, config: GeneratorConfig) -> None:
        super().__init__()
        self.config = config
        self.text = TextEncoder(config.text)
        self.dit = DiT(config.dit)
        self.register_buffer("spread", torch.ones(config.dit.in_dim))

    def forward(self, segments: Sequence[Segment], script: Script) -> Tensor:
        """`B C T H W`.

        With `s` the spread of the data and `size^2 = ((1 - sigma) s)^2 + sigma^2`, the data's best linear guess from
        `x` is `(1 - sigma) s^2 / size^2 x`, wrong by `s sigma / size`; the velocity is `(x - data) / sigma`.
        """
        mask = script.hears[:, None].expand(-1, script.speech.shape[1])
        conditions = Conditions(self.text(script.tokens), script.reads, script.speech, mask)
        weight = self._spread() ** _FAINTER
        weight = weight / weight.square().mean().sqrt()
        seen = [replace(one, latents=one.latents / self._size(one.sigma) * weight) for one in segments]
        surprise = self.dit(seen, conditions).float()
        film = segments[0]
        spread, sigma, size = self._spread(), film.sigma[:, None, :, None, None], self._size(film.sigma)
        velocity: Tensor = (sigma - (1 - sigma) * spread**2) / size**2 * film.latents - spread / size * surprise
        return velocity

    def _size(self, sigma: Tensor) -> Tensor:
        """Standard deviations of noisy latents, `B C T 1 1`."""
        level = sigma[:, None, :, None, None]
        return torch.hypot((1 - level) * self._spread(), level)

    def _spread(self) -> Tensor:
        return self.spread[:, None, None, None]


def load(path: Path = SHIPPED) -> Generator:
    """The generator of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, GeneratorConfig, Generator).module


def save(path: Path, generator: Generator, dtype: torch.dtype | None = torch.float16) -> None:
    """Write a generator as a checkpoint that `load` reads."""
    checkpoints.save(path, generator, generator.config, dtype=dtype)
