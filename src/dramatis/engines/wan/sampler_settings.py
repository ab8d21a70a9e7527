"""How the clips of each family are sampled: a table of what their authors recommend, and of what step distillation changes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dramatis.models.published.identify import FLF2V, I2V, I2V_A14B, INFINITETALK, T2V, TI2V, PublishedWeights

_DISTILLED = re.compile(r"distill|lightning|lightx2v|fusionx|causvid|accvid|dmd|turbo|\d+[-_ ]?steps?")
_STEPS = re.compile(r"(\d+)[-_ ]?steps?")
_KNOWN_STEPS = {"fusionx": 8}
_DRAFT, _LEAST = 4, 8
_SMALL = 640 * 640
"""Pixels below which a picture is one of 480 lines."""


@dataclass(frozen=True)
class SamplerSettings:
    """`shift`: of noise levels, for 480 lines and for 720. `words`: guidance by words of each expert, those of high noise first;
    `voice` and `reference`: guidance by voices and by given pictures; 1: none. `boundary`: the noise level from which on the
    first of two experts is used.
    """

    steps: int
    shift: tuple[float, float]
    words: tuple[float, ...]
    voice: float = 1.0
    reference: float = 1.0
    levels: Literal["wan", "infinitetalk", "few"] = "wan"
    boundary: float = 0.0

    def shift_for(self, width: int, height: int) -> float:
        """The shift for a size."""
        return self.shift[width * height > _SMALL]

    @property
    def passes(self) -> int:
        """Passes of the network in a step, at most."""
        return 1 + (max(self.words) != 1) + (self.voice != 1) + (self.reference != 1)

    def drafted(self) -> "SamplerSettings":
        """The same in a quarter of the steps, where that leaves enough; few steps stay as they are."""
        fewer = -(-self.steps // _DRAFT)
        return self if self.levels == "few" or fewer < _LEAST else replace(self, steps=fewer)


_SETTINGS = {
    T2V: SamplerSettings(50, (5.0, 5.0), (5.0,)),
    I2V: SamplerSettings(40, (3.0, 5.0), (5.0,)),
    FLF2V: SamplerSettings(50, (16.0, 16.0), (5.5,)),
    I2V_A14B: SamplerSettings(40, (5.0, 5.0), (3.5, 3.5), boundary=0.9),
    TI2V: SamplerSettings(50, (5.0, 5.0), (5.0,)),
    INFINITETALK: SamplerSettings(40, (7.0, 11.0), (5.0,), voice=4.0, levels="infinitetalk"),
}
_T2V_A14B = SamplerSettings(40, (12.0, 12.0), (4.0, 3.0), boundary=0.875)
_FEW = {INFINITETALK: SamplerSettings(4, (2.0, 2.0), (1.0,), voice=2.0, levels="infinitetalk")}


def settings_of(weights: PublishedWeights) -> SamplerSettings:
    """What is recommended for these weights; few steps without guidance by words if a file's name says that it was distilled."""
    two = len(weights.experts) > 1
    usual = _T2V_A14B if weights.family == T2V and two else _SETTINGS[weights.family]
    steps = _few_steps([path.name for files in (*weights.experts, weights.loras) for path in files])
    if steps is None:
        return usual
    few = _FEW.get(weights.family, replace(usual, shift=(5.0, 5.0), words=(1.0,) * len(usual.words), levels="few"))
    return replace(few, steps=steps)


def _few_steps(names: Sequence[str]) -> int | None:
    """How many steps files of these names were distilled to; None: they were not."""
    for name in (name.lower() for name in names):
        if _DISTILLED.search(name):
            said = _STEPS.search(name)
            known = next((steps for word, steps in _KNOWN_STEPS.items() if word in name), 4)
            return int(said[1]) if said else known
    return None
