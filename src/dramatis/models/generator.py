"""The native generator: the transformer and the text encoder that is trained with it, in one checkpoint."""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from dramatis.models import checkpoints
from dramatis.models.dit import Conditions, DiT, DiTConfig, Segment
from dramatis.models.text import TextConfig, TextEncoder

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
    """Velocity of a film's latents, from segments and a script."""

    def __init__(self, config: GeneratorConfig) -> None:
        super().__init__()
        self.config = config
        self.text = TextEncoder(config.text)
        self.dit = DiT(config.dit)

    def forward(self, segments: list[Segment], script: Script) -> Tensor:
        """`B C T H W`."""
        mask = script.hears[:, None].expand(-1, script.speech.shape[1])
        conditions = Conditions(self.text(script.tokens), script.reads, script.speech, mask)
        velocity: Tensor = self.dit(segments, conditions)
        return velocity


def load(path: Path = SHIPPED) -> Generator:
    """The generator of a checkpoint; raises `EngineError` if there is none or it does not fit."""
    return checkpoints.load(path, GeneratorConfig, Generator).module


def save(path: Path, generator: Generator, dtype: torch.dtype | None = torch.float16) -> None:
    """Write a generator as a checkpoint that `load` reads."""
    checkpoints.save(path, generator, generator.config, dtype=dtype)
