"""The pose sequence of a film, as every take of it makes it anew: what happens is decided once for the whole film.

It depends on words, voice, seed and the portrait alone, and on nothing that comes later. So takes that are filmed apart, a
blueprint's and the clips between its keyframes, show the same motion and meet where they are cut.
"""

from dataclasses import replace

import torch
from torch import Tensor

from dramatis.clock import Span
from dramatis.conditioning.assemble import instructed
from dramatis.conditioning.grid import blank, latent_frames
from dramatis.engines.native.motion import Clock, MotionSampling, plan, sample_pose, shown_poses, whole_windows
from dramatis.engines.native.networks import Networks
from dramatis.engines.native.temporal_deblock import deblock_poses
from dramatis.engines.tensor_frames import to_frame
from dramatis.models.compression import TIME
from dramatis.models.pose_sequence import POINTS, SUMS
from dramatis.models.state import State
from dramatis.take import Take

_NEAR = {"elbow": 0.05, "wrist": 0.05, "mouth": 1.0}
_REACH = torch.tensor([next((far for word, far in _NEAR.items() if word in point), 0.02) for point in POINTS])
"""How far from the film's pose a given frame may show each keypoint, in picture heights; mouths follow the voice anyway."""


def film_pose(take: Take, networks: Networks, how: MotionSampling) -> Tensor:
    """The film's pose sequence in a take at the model's rate, `1 T 4 N`."""
    model, rate = networks.motion_model, take.canvas.rate
    begins, count = take.first // TIME, latent_frames(take.frames)
    whole = whole_windows(begins + count + 1, model.config.window, how.kept)  # the step into the one after it is spread
    first = take.first % TIME
    span = Span(rate.time(first), rate.time(first + TIME * (whole - 1)))
    film = replace(take, span=span, anchors=(), prior=None)
    state = instructed(blank(film.frames, rate, (networks.video_model.channels, 1, 1)), film, networks.encoders)
    poses = plan(state, _portrait(take, networks), model, how, Clock(take.motion_seed, first))
    return deblock_poses(poses)[:, begins : begins + count]


def take_pose(take: Take, state: State, networks: Networks, how: MotionSampling) -> Tensor:
    """The pose sequence of a take with its given frames, `1 T 4 N`: the film's, unless those show another pose."""
    planned, model = film_pose(take, networks, how), networks.motion_model
    shown, is_shown = shown_poses(state, model)
    apart = _places(model.natural(shown)[is_shown]) - _places(planned[is_shown])
    if bool((apart.norm(dim=-1) > _REACH).any()):
        return deblock_poses(sample_pose(state, model, how, take.motion_seed, take.first), is_shown)
    return planned


def _places(poses: Tensor) -> Tensor:
    """Where the keypoints of poses `K N` are, `K P 2` in picture heights from the middle."""
    return torch.einsum("pq,kqx->kpx", torch.from_numpy(SUMS), torch.unflatten(poses[:, : 2 * len(POINTS)], 1, (-1, 2)))


def _portrait(take: Take, networks: Networks) -> Tensor | None:
    """The latents of the one picture of the cast, `1 C h w`."""
    pictures = [role.look.picture.pixels for role in take.cast if role.look is not None]
    if len(pictures) != 1:
        return None
    frame = to_frame(pictures[0])[None, None]
    return networks.codec.encode(frame)[:, : networks.video_model.channels, 0]
