"""An engine that films with a diffusion model: begun from noise, solved window after window, and decoded as it comes.

A take that is longer than what the network sees at once is filmed in windows of latent frames; each goes on from the last few
of the one before, as latents, so nothing is decoded and encoded again on the way. What is decoded is finished. Noise depends on
the seed and on the instant.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import torch
from torch import Tensor

from dramatis.conditioning.assemble import Assembled, Encoders, assemble, window
from dramatis.conditioning.batch import Batch, batched
from dramatis.conditioning.sketch import lined, sketched
from dramatis.conditioning.windows import STEP, stretches
from dramatis.engines.acting import Acting, performed
from dramatis.engines.detail import coarse, detailed
from dramatis.engines.facts import check_facts
from dramatis.engines.seams import mended
from dramatis.errors import EngineError
from dramatis.media.footage import Footage
from dramatis.media.still import Pixels, Still
from dramatis.models.codec import Codec
from dramatis.models.finisher import Cache, Finisher
from dramatis.models.generator import Generator
from dramatis.models.performer import Performer
from dramatis.sampling.guidance import Negative, guided
from dramatis.sampling.noise import film_noise
from dramatis.sampling.path import FrameVelocity, scaled
from dramatis.sampling.schedules import shifted
from dramatis.sampling.solvers import euler
from dramatis.take import Limits, Take

_EVEN = 0.3  # of 255: a Laplacian of paint, not of texture


@dataclass(frozen=True)
class Guidance:
    """How much a condition is exaggerated (1: not at all), and at which noise levels; each such step costs one more call."""

    scale: float = 1.0
    levels: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True)
class Sampling:
    """How a window is solved: in `steps` calls of the transformer, those of guidance, and those of the performer before them
    (`acting`), 12 as it stands. Most are at high noise; the last step takes the expected film as it is: further ones would add
    detail that a small network gets wrong (docs/log.md). It begins from noise of `noise` times its usual size: less variety,
    fewer faults. A sketch is trusted `bold` times as far as the transformer says, which learnt from squared errors to be timid.
    `kept` latent frames of a window lead the next.
    """

    steps: int = 11
    shift: float = 24.0
    noise: float = 0.8
    words: Guidance = Guidance()
    voice: Guidance = Guidance()
    reference: Guidance = Guidance()
    bold: float = 1.8
    kept: int = 3
    acting: Acting = field(default_factory=Acting)


@dataclass(frozen=True, eq=False)
class Models:
    """The networks of a diffusion engine. `flattest` is the least flatness of a picture of somebody that they know."""

    performer: Performer
    generator: Generator
    codec: Codec
    finisher: Finisher
    encoders: Encoders
    flattest: float


class DiffusionEngine:
    """Films with `models`. `otherwise` is what to do with pictures of a kind that they do not know."""

    def __init__(self, models: Models, limits: Limits, sampling: Sampling, otherwise: str) -> None:
        self._models, self._limits, self._sampling, self._otherwise = models, limits, sampling, otherwise

    @property
    def limits(self) -> Limits:
        """What it can do."""
        return self._limits

    def render(self, take: Take) -> Footage:
        """Footage of a take whose pictures are of the canvas's size and of the kind that the models know."""
        check_facts(take, self._limits)
        return Footage(take.canvas, take.span, self._frames(take))

    @torch.inference_mode()
    def _frames(self, take: Take) -> Iterator[Pixels]:
        self._check_pictures(take)
        models = self._models
        whole = assemble(take, models.encoders, models.codec)
        seen = performed(coarse(whole, models.generator.channels), models.performer, self._sampling.acting, take.seed, take.first)
        size = (take.canvas.width, take.canvas.height)
        shown: Tensor | None = None
        finished: Cache = ()
        done = 0
        for latents in self._latents(seen, take):
            for one in torch.split(detailed(latents, done, whole), 1, 1):
                frames, shown = models.codec.decode_chunk(one[None], shown)
                frames, acted = mended(frames), seen.performance[done : done + 1]
                better, finished = models.finisher(frames, lined(acted, not done, size)[None], finished)
                yield from _pixels(frames[0] if whole.level[done] == 0 else better[0])  # what is given stays as it is
                done += 1

    def _latents(self, whole: Assembled, take: Take) -> Iterator[Tensor]:
        """The film's latents `C t H W`, in order, as they are solved."""
        done = None
        for first, fresh, last in stretches(len(whole.times), self._models.generator.config.window, self._sampling.kept):
            lead = None if done is None else done[:, first - fresh :]
            done = self._solved(window(whole, first, last, lead), take, first)
            yield done[:, fresh - first :]

    def _solved(self, part: Assembled, take: Take, first: int) -> Tensor:
        """One window, `C t H W`; its first latent frame is number `first` of the take."""
        batch = batched([part])
        size = (part.latents.shape[0], part.latents.shape[2], part.latents.shape[3])
        batch = replace(batch, sketch=sketched(batch.performance, self._models.codec, size))
        starts = [take.first + STEP * (first + number) for number in range(part.latents.shape[1])]
        level = batch.level[:, None, :, None, None]
        begun = (1 - level) * batch.latents + level * self._sampling.noise * film_noise(take.seed, starts, size)
        how = self._sampling
        without = ((how.words, batch.wordless()), (how.voice, batch.deaf()), (how.reference, batch.smeared()))
        negatives = [Negative(scaled(self._velocity(less), batch.level), by.scale, by.levels) for by, less in without]
        velocity = guided(scaled(self._velocity(batch), batch.level), negatives)
        return euler(velocity, begun, shifted(how.steps, how.shift))[0]

    def _velocity(self, batch: Batch) -> FrameVelocity:
        def velocity(x: Tensor, sigma: Tensor) -> Tensor:
            return self._models.generator(batch.segments(x, sigma), batch.script, self._sampling.bold)

        return velocity

    def _check_pictures(self, take: Take) -> None:
        """Refuse pictures of another size, and photos; raises `EngineError`."""
        looks = [(f"the picture of {role.name}", role.look.picture) for role in take.cast if role.look is not None]
        for name, picture in [*looks, *((f"the frame at {anchor.at:.2f} s", anchor.picture) for anchor in take.anchors)]:
            if (picture.width, picture.height) != (take.canvas.width, take.canvas.height):
                raise EngineError(
                    f'The engine "{self._limits.name}" takes pictures of the canvas\'s size, {take.canvas.width}x'
                    f"{take.canvas.height}; {name} is {picture.width}x{picture.height}."
                )
            if flatness(picture) < self._models.flattest:
                raise EngineError(
                    f'The engine "{self._limits.name}" films drawn characters of its own stage; {name} looks like '
                    f"a photo: {self._otherwise}."
                )


def flatness(picture: Still) -> float:
    """The share of a picture that is filled evenly: 0.36 and more of what the stage draws, 0.21 and more of frames of our films,
    0.13 and less of photos that we tried.

    Where the Laplacian of its slightly smoothed grey is below 0.3 of 255.
    """
    grey = cv2.GaussianBlur(cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), 1.0)
    return float((np.abs(cv2.Laplacian(grey, cv2.CV_32F)) < _EVEN).mean())


def _pixels(frames: Tensor) -> Iterator[Pixels]:
    """`T 3 H W` in -1..1 as pictures."""
    for frame in ((frames + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1):
        yield np.ascontiguousarray(frame.numpy())
