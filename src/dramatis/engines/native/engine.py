"""From a take to footage: poses are sampled, then latents window after window, and decoded and refined as they come.

A take that is longer than what the network sees at once is filmed in windows of latent frames; each goes on from the last few
of the one before, as latents, so nothing is decoded and encoded again on the way. Noise depends on the seed and on the instant.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor

from dramatis.conditioning import anchors, pose
from dramatis.conditioning.assemble import Encoders, assemble
from dramatis.conditioning.grid import stretches
from dramatis.engines.facts import check_facts
from dramatis.engines.native.detail import coarse
from dramatis.engines.native.motion import sample_pose
from dramatis.engines.native.sample import Sampling, decode, sample
from dramatis.errors import EngineError
from dramatis.media.footage import Footage
from dramatis.media.still import Picture, Pixels
from dramatis.models.codec import TIME, Codec
from dramatis.models.motion_model import MotionModel
from dramatis.models.refiner import Cache, Refiner
from dramatis.models.state import State, window
from dramatis.models.video_model import VideoModel
from dramatis.sampling.noise import frame_noise
from dramatis.take import Limits, Take

_EVEN = 0.3  # of 255: a Laplacian of paint, not of texture


@dataclass(frozen=True, eq=False)
class Models:
    """The networks of the engine. `flattest` is the least flatness of a picture of somebody that they know."""

    motion_model: MotionModel
    video_model: VideoModel
    codec: Codec
    refiner: Refiner
    encoders: Encoders
    flattest: float


@dataclass(frozen=True, eq=False)
class NativeEngine:
    """Films with `models`. `otherwise` is what to do with pictures of a kind that they do not know."""

    models: Models
    limits: Limits
    sampling: Sampling
    otherwise: str

    def render(self, take: Take) -> Footage:
        """Footage of a take whose pictures are of the canvas's size and of the kind that the models know."""
        check_facts(take, self.limits)
        return Footage(take.canvas, take.span, self._frames(take))

    @torch.inference_mode()
    def _frames(self, take: Take) -> Iterator[Pixels]:
        self._check_pictures(take)
        models, size = self.models, (take.canvas.width, take.canvas.height)
        whole = assemble(take, models.encoders, models.codec)
        seen = coarse(whole, models.video_model.channels)
        poses = sample_pose(seen, models.motion_model, self.sampling.motion, take.seed, take.first)
        cache: Cache = ()
        for number, frames in enumerate(decode(self._latents(seen, poses, take), whole, models.codec)):
            better, cache = models.refiner(frames, pose.draw_lines(poses[0, number : number + 1], not number, size)[None], cache)
            yield from _pixels(frames[0] if whole.video.sigma[0, number] == 0 else better[0])  # what is given stays as it is

    def _latents(self, state: State, poses: Tensor, take: Take) -> Iterator[Tensor]:
        """The film's latents `1 C t H W`, in order, as they are solved."""
        models, how, done = self.models, self.sampling, None
        for first, fresh, last in stretches(poses.shape[1], models.video_model.config.window, how.kept):
            part = pose.apply(window(state, first, last), poses[:, first:last], models.codec.encode_lines)
            part = anchors.apply(part, None if done is None else done[:, :, first - fresh :])
            starts = [take.first + TIME * number for number in range(first, last)]
            _, channels, _, rows, columns = part.video.latents.shape
            noise = frame_noise(take.seed, starts, (channels, rows, columns))[None]
            done = sample(models.video_model, part, noise, how, how.sigmas)
            yield done[:, :, fresh - first :]

    def _check_pictures(self, take: Take) -> None:
        """Refuse pictures of another size, and photos; raises `EngineError`."""
        looks = [(f"the picture of {role.name}", role.look.picture) for role in take.cast if role.look is not None]
        for name, picture in [*looks, *((f"the frame at {anchor.at:.2f} s", anchor.picture) for anchor in take.anchors)]:
            if (picture.width, picture.height) != (take.canvas.width, take.canvas.height):
                raise EngineError(
                    f'The engine "{self.limits.name}" takes pictures of the canvas\'s size, {take.canvas.width}x'
                    f"{take.canvas.height}; {name} is {picture.width}x{picture.height}."
                )
            if flatness(picture) < self.models.flattest:
                raise EngineError(
                    f'The engine "{self.limits.name}" films drawn characters of its own stage; {name} looks like '
                    f"a photo: {self.otherwise}."
                )


def flatness(picture: Picture) -> float:
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
