"""From a take to footage: poses are planned, then latents sampled window after window, and decoded and refined as they come.

A take that is longer than what the network sees at once is filmed in windows of latent frames; each goes on from the last few
of the one before, as latents, so nothing is decoded and encoded again on the way. Noise depends on the seed and on the instant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

import torch
from torch import Tensor

from dramatis.conditioning import anchors, pose
from dramatis.conditioning.assemble import assemble, placed
from dramatis.conditioning.grid import by_frames, by_latents, stretches
from dramatis.conditioning.mannequin import draw
from dramatis.engines.facts import check_facts
from dramatis.engines.given_ends import met
from dramatis.engines.native.cycle_spinning import SHIFT, SHORTEST, shifted, spun
from dramatis.engines.native.detail import coarse
from dramatis.engines.native.film_pose import take_pose
from dramatis.engines.native.networks import Networks
from dramatis.engines.native.pictures import check_pictures
from dramatis.engines.native.sample import Sampling, decode, sample
from dramatis.engines.native.stills import portrait_of
from dramatis.engines.tensor_frames import to_frame, to_pixels
from dramatis.media.footage import Footage
from dramatis.media.still import Pixels
from dramatis.models.compression import TIME
from dramatis.models.state import State, window
from dramatis.sampling.noise import frame_noise
from dramatis.take import Limits, Take


@dataclass(frozen=True, eq=False)
class NativeEngine:
    """Films with `networks` at the rate of their training."""

    networks: Networks
    limits: Limits
    sampling: Sampling

    def render(self, take: Take) -> Footage:
        """Footage of a take whose pictures are of the canvas's size and of the kind that the models know."""
        check_facts(take, self.limits)
        return Footage(take.canvas, take.span, self._frames(take))

    @torch.inference_mode()
    def _frames(self, take: Take) -> Iterator[Pixels]:
        check_pictures(take, self.networks, self.limits)
        portrait = self._portrait(take)
        state = assemble(take, self.networks.encoders, self.networks.codec, portrait)
        given = {place: to_frame(anchor.picture.pixels) for place, anchor in placed(take).items()}
        lead = len(list(takewhile(given.__contains__, range(take.frames))))
        shown = (given[place] if place < lead else frame for place, frame in enumerate(self._made(take, state, portrait)))
        begins = int(state.video.sigma[0, 0] == 0)  # with a portrait, at the least
        for frame in met(shown, max(lead, begins), given.get(take.frames - 1)):
            yield from to_pixels(frame[None])

    def _made(self, take: Take, whole: State, portrait: Pixels | None) -> Iterator[Tensor]:
        """Frames `3 H W` in -1..1; given ones lead as the codec shows them."""
        networks, size = self.networks, (take.canvas.width, take.canvas.height)
        track = by_frames(take_pose(take, coarse(whole, networks.video_model.channels), networks, self.sampling.motion))
        led = int((whole.video.sigma[0] == 0).sum())
        given = TIME * (led - 1) + 1 if led else 0
        frames, cache = self._decoded(take, whole, track), ()
        if take.frames >= SHORTEST:
            frames = spun(frames, partial(self._again, take, track, portrait), take.frames, given)
        for number, frame in enumerate(frames):
            lines = torch.from_numpy(draw(track[number : number + 1].numpy(), size))
            better, cache = networks.refiner(frame[None, None], lines[None], cache)
            yield frame if number < given else better[0, 0]

    def _again(self, take: Take, track: Tensor, portrait: Pixels | None, lead: Tensor) -> Iterator[Tensor]:
        """The frames of a take on the second grid, which begins with a frame of the first."""
        second = shifted(take, next(to_pixels(lead[None])))
        state = assemble(second, self.networks.encoders, self.networks.codec, portrait)
        return self._decoded(second, state, track[SHIFT : SHIFT + second.frames])

    def _decoded(self, take: Take, whole: State, track: Tensor) -> Iterator[Tensor]:
        """Frames `3 H W` in -1..1 that show a pose sequence `T N`."""
        poses = torch.from_numpy(by_latents(track.numpy()))[None]
        seen = coarse(whole, self.networks.video_model.channels)
        for frames in decode(self._latents(seen, poses, take), whole, self.networks.codec):
            yield from frames[0]

    def _latents(self, state: State, poses: Tensor, take: Take) -> Iterator[Tensor]:
        """The film's latents `1 C t H W`, in order, as they are solved."""
        networks, how, done = self.networks, self.sampling, None
        for first, fresh, last in stretches(poses.shape[1], networks.video_model.config.window, how.kept):
            part = pose.apply(window(state, first, last), poses[:, first:last], networks.codec.encode_lines)
            part = anchors.apply(part, None if done is None else done[:, :, first - fresh :])
            starts = [take.first + TIME * number for number in range(first, last)]
            _, channels, _, rows, columns = part.video.latents.shape
            noise = frame_noise(take.motion_seed, starts, (channels, rows, columns))[None]
            done = sample(networks.video_model, part, noise, how, how.sigmas)
            yield done[:, :, fresh - first :]

    def _portrait(self, take: Take) -> Pixels | None:
        """The reference of a take whose cast has no pictures: the film's first frame, given or made."""
        if take.first > 0:
            return portrait_of(take, self.networks, self.sampling)
        lead = placed(take).get(0)
        return None if lead is None else lead.picture.pixels
