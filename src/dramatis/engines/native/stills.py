"""Stills: single frames of a film, each made on its own from the film's pose sequence, its words and a portrait.

Nothing is handed from one to the next, so nothing drifts, however long the film is. Three a second are a film's blueprint.
The portrait is the picture of the one who is filmed; without one, the film's first frame is made, and is that of all others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from dramatis.clock import Rate, Span
from dramatis.conditioning import pose, reference
from dramatis.conditioning.assemble import instructed
from dramatis.conditioning.grid import blank
from dramatis.engines.facts import check_facts
from dramatis.engines.native.cycle_spinning import SHIFT
from dramatis.engines.native.film_pose import film_pose
from dramatis.engines.native.networks import Networks
from dramatis.engines.native.pictures import check_pictures
from dramatis.engines.native.sample import Sampling, decode, sample
from dramatis.engines.tensor_frames import to_frame, to_pixels
from dramatis.media.footage import Footage
from dramatis.media.still import Pixels
from dramatis.models.compression import SPACE, TIME
from dramatis.models.state import stack, window
from dramatis.sampling.noise import frame_noise
from dramatis.take import Limits, Take


@dataclass(frozen=True, eq=False)
class StillEngine:
    """Films at as many frames a second as there are latent frames, each of them a still."""

    networks: Networks
    limits: Limits
    sampling: Sampling

    def render(self, take: Take) -> Footage:
        """Footage of a take; raises `EngineError` for pictures that the model does not know."""
        check_facts(take, self.limits)
        return Footage(take.canvas, take.span, self._frames(take))

    @torch.inference_mode()
    def _frames(self, take: Take) -> Iterator[Pixels]:
        check_pictures(take, self.networks, self.limits)
        rate = Rate(TIME * take.canvas.rate.frames, take.canvas.rate.per)
        clip = replace(take, canvas=replace(take.canvas, rate=rate))
        portrait = portrait_of(clip, self.networks, self.sampling)
        places = range(take.frames)
        if take.first == 0:
            yield portrait
            places = places[1:]
        yield from stills(clip, places, portrait, self.networks, self.sampling)


def portrait_of(take: Take, networks: Networks, how: Sampling) -> Pixels:
    """The picture of the first of the cast who has one, else the film's first frame, made from the words alone."""
    pictures = [role.look.picture.pixels for role in take.cast if role.look is not None]
    if pictures:
        return pictures[0]
    opening = replace(take, span=Span(0.0, 0.0), anchors=(), prior=None, shot_seed=None)
    return next(stills(opening, range(1), None, networks, how))


def stills(take: Take, places: Sequence[int], portrait: Pixels | None, networks: Networks, how: Sampling) -> Iterator[Pixels]:
    """The last frames of the latent frames at these places of a take at the model's rate."""
    if not places:
        return
    canvas, channels = take.canvas, networks.video_model.channels
    poses = film_pose(take, networks, how.motion)[:, :, -1:].expand(-1, -1, TIME, -1)
    size = (channels, canvas.height // SPACE, canvas.width // SPACE)
    state = instructed(blank(take.frames, canvas.rate, size), take, networks.encoders)
    shown = _reference(portrait, networks)
    for place in places:
        told = reference.apply(window(state, place, place + 1), shown)
        acted = pose.apply(told, poses[:, place : place + 1], networks.codec.encode_lines)
        at = take.first + TIME * place
        noise = torch.stack([frame_noise(take.motion_seed, [one], size) for one in (at, at + SHIFT)])  # as clips: two, averaged
        made = sample(networks.video_model, stack([acted, acted]), noise, how, how.sigmas)
        yield _finished(made.mean(0, keepdim=True), poses[0, place : place + 1], networks)


def _finished(latents: Tensor, poses: Tensor, networks: Networks) -> Pixels:
    """Latents `1 C 1 h w` decoded, and refined with their pose, `1 4 N`."""
    _, _, _, rows, columns = latents.shape
    state = blank(1, Rate(1), (networks.codec.config.channels, rows, columns))
    (frames,) = decode([latents], state, networks.codec)
    lines = pose.draw_lines(poses, True, (SPACE * columns, SPACE * rows))
    refined, _ = networks.refiner(frames, lines[None])
    return next(to_pixels(refined[0]))


def _reference(portrait: Pixels | None, networks: Networks) -> Tensor:
    """`1 C R h w`, none or one."""
    channels = networks.video_model.channels
    if portrait is None:
        return torch.zeros(1, channels, 0, 1, 1)
    return networks.codec.encode(to_frame(portrait)[None, None])[:, :channels]
