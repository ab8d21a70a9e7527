"""Sampling: from noise to the latents of a video, and from those to frames. The engine and training call the same functions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import torch
from torch import Tensor

from dramatis.conditioning.reference import corrupt_reference
from dramatis.conditioning.speech import drop_audio
from dramatis.conditioning.text import drop_text
from dramatis.engines.native.deblock import deblock
from dramatis.engines.native.detail import detailed
from dramatis.engines.native.motion import MotionSampling
from dramatis.models.codec import Codec
from dramatis.models.state import State
from dramatis.models.video_model import VideoModel
from dramatis.sampling.guidance import Negative, guided
from dramatis.sampling.path import Velocity, of_frames, scaled
from dramatis.sampling.schedules import shifted
from dramatis.sampling.solvers import euler


@dataclass(frozen=True)
class Guidance:
    """How much a condition is exaggerated (1: not at all), and at which noise levels; each such step costs one more call."""

    scale: float = 1.0
    levels: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True)
class Sampling:
    """How a window is solved: in `steps` calls of the transformer on each of two grids (`cycle_spinning.py`), those of guidance,
    and those of the motion model before them (`motion`), 11 as it stands. Most are at high noise; the last step takes the
    expected video as it is: further ones would add detail that a small network gets wrong (docs/log.md). It begins from noise
    of `noise` times its usual size: less variety, fewer faults. The sketch counts `sketch_scale` times as much as the
    transformer says, which learnt from squared errors to be timid. `kept` latent frames of a window lead the next.
    """

    steps: int = 5
    shift: float = 24.0
    noise: float = 0.8
    text: Guidance = Guidance()
    speech: Guidance = Guidance()
    reference: Guidance = Guidance()
    sketch_scale: float = 1.8
    kept: int = 3
    motion: MotionSampling = field(default_factory=MotionSampling)

    @property
    def sigmas(self) -> Tensor:
        """The noise levels of a window."""
        return shifted(self.steps, self.shift)


def sample(video_model: VideoModel, state: State, noise: Tensor, how: Sampling, sigmas: Tensor) -> Tensor:
    """The latents `B C T H W` of a state with its poses: its video, noised to the first of the levels, solved to the last."""
    level = of_frames(state.video.sigma) * float(sigmas[0])
    start = (1 - level) * state.video.latents + level * how.noise * noise
    without = (
        (how.text, drop_text(state)),
        (how.speech, drop_audio(state)),
        (how.reference, corrupt_reference(state)),
    )
    negatives = [Negative(_velocity(video_model, less, how), by.scale, by.levels) for by, less in without]
    return euler(guided(_velocity(video_model, state, how), negatives), start, sigmas)


def decode(latents: Iterable[Tensor], state: State, codec: Codec) -> Iterator[Tensor]:
    """The frames `B 4 3 H W` of each latent frame (of the first: one), of latents `B C t H W` that come in order.

    `state` holds what is given, with all of the codec's channels.
    """
    cache, done = None, 0
    for chunk in latents:
        for one in torch.split(detailed(chunk, done, state), 1, 2):
            frames, cache = codec.decode_chunk(one, cache)
            yield deblock(frames)
        done += chunk.shape[2]


def _velocity(video_model: VideoModel, state: State, how: Sampling) -> Velocity:
    return scaled(lambda x, sigma: video_model(state.at(x, sigma), how.sketch_scale), state.video.sigma)
