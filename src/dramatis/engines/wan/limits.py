"""What published weights can do here, by family: a table of facts (arXiv 2503.20314, 2508.14033), known from headers alone."""

from dataclasses import dataclass
from typing import Literal

from dramatis.engines.wan.memory import MemoryPlan
from dramatis.engines.wan.weight_files import EncoderFiles
from dramatis.media.digests import code_digest, digest_of
from dramatis.models.published.identify import FLF2V, I2V, I2V_A14B, INFINITETALK, T2V, TI2V, PublishedWeights
from dramatis.take import Limits, Places

NAME = "wan"
_CODE = "dramatis.engines.wan.reading_weights"
_CHAIN = 60  # seconds of a take that is filmed window after window


@dataclass(frozen=True)
class FamilyFacts:
    """`window`: the most frames that a network films at once. `motion`: how many of them a later window is given of the one
    before it; 0: it cannot go on. `voices`: how many it hears at once. `picture`: whether it films from one.
    """

    fps: float
    window: int = 81
    motion: int = 1
    voices: int = 0
    picture: Literal["none", "possible", "needed"] = "needed"
    anchors: Places = "first"
    size_step: int = 16
    short_side: int = 480
    most_pixels: int = 1280 * 720

    @property
    def most_frames(self) -> int:
        """Of one take."""
        return round(_CHAIN * self.fps) // 4 * 4 + 1 if self.motion else self.window


FACTS = {
    T2V: FamilyFacts(16, motion=0, picture="none", anchors="none"),
    I2V: FamilyFacts(16),
    FLF2V: FamilyFacts(16, anchors="ends"),
    I2V_A14B: FamilyFacts(16, anchors="ends"),
    TI2V: FamilyFacts(24, window=121, picture="possible", size_step=32, short_side=704),
    INFINITETALK: FamilyFacts(25, motion=9, voices=2),
}


def limits_of(weights: PublishedWeights, files: EncoderFiles, plan: MemoryPlan) -> Limits:
    """The limits of an engine with these weights and encoders. How matrices are held is part of the version: it shows."""
    facts = FACTS[weights.family]
    encoders = [f"{path.name} {path.stat().st_size}" for path in vars(files).values() if path is not None]
    return Limits(
        name=NAME,
        version=digest_of(code_digest(_CODE), weights.fingerprint(), *encoders, plan.stored),
        frame_step=4,
        size_step=facts.size_step,
        most_frames=facts.most_frames,
        most_pixels=facts.most_pixels,
        anchors=facts.anchors,
        needs_last=weights.family == FLF2V,
        most_speakers=facts.voices,
        needs_face=facts.voices > 1,
        short_side=facts.short_side,
        aspect=16 / 9,
        unheard=(facts.window - 1) / facts.fps,
        fps=facts.fps,
        only_fps=True,
        seamless=False,
        generative=True,
        at_once=1,
    )
