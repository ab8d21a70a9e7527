"""Motion before pictures: the motion model turns a video's words and voice into a pose sequence, window after window.

What pictures show that the video is given is read first, and held; later windows go on from the last frames of the ones before.
"""

from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor

from dramatis.conditioning.grid import stretches
from dramatis.models.compression import TIME
from dramatis.models.motion_model import MotionModel
from dramatis.models.pose_sequence import NUMBERS
from dramatis.models.state import State, window
from dramatis.sampling.noise import frame_noise
from dramatis.sampling.schedules import shifted
from dramatis.sampling.solvers import euler


@dataclass(frozen=True)
class MotionSampling:
    """How poses are solved: in `steps` calls of the motion model, from noise of `noise` times its usual size; `kept` latent
    frames of a window lead the next.
    """

    steps: int = 1
    shift: float = 3.0
    noise: float = 1.0
    kept: int = 3


@dataclass(frozen=True)
class Clock:
    """What noise is drawn from: a seed, and the film's frame with which a video begins."""

    seed: int
    first_frame: int = 0


def sample_pose(state: State, model: MotionModel, how: MotionSampling, seed: int, first_frame: int = 0) -> Tensor:
    """The pose sequence of one video, `1 T 4 N`, that goes through what given pictures show."""
    return model.natural(solve(state, *shown_poses(state, model), model, how, Clock(seed, first_frame)))


def plan(state: State, portrait: Tensor | None, model: MotionModel, how: MotionSampling, clock: Clock) -> Tensor:
    """The pose sequence of a whole film as its words and voice ask for it, `1 T 4 N`; it begins as a `portrait` `1 C h w` shows.

    What comes later changes nothing before: every take of a film can make it anew, up to its own end.
    """
    count = state.video.times.shape[1]
    known = torch.zeros(1, count, TIME, len(NUMBERS))
    is_known = torch.zeros(1, count, TIME, dtype=torch.bool)
    if portrait is not None:
        known[:, 0], is_known[:, 0] = model.pose_reader(portrait, torch.tensor([False])), True
    return model.natural(solve(state, known, is_known, model, how, clock))


def whole_windows(count: int, seen: int, kept: int) -> int:
    """The least number of latent frames, `count` or more, that windows of `seen` each cover without moving the last one."""
    fresh = seen - kept
    return seen + max(0, -(-(count - seen) // fresh)) * fresh


def solve(state: State, known: Tensor, is_known: Tensor, model: MotionModel, how: MotionSampling, clock: Clock) -> Tensor:
    """Poses `1 T 4 N` in standard deviations; noise depends on the seed and on the instant, as in videos."""
    for first, fresh, last in stretches(known.shape[1], model.config.window, how.kept):
        is_known[:, first:fresh] = True
        told = (window(state, first, last), known[:, first:last], is_known[:, first:last])
        starts = [clock.first_frame + TIME * number for number in range(first, last)]
        noise = frame_noise(~clock.seed, starts, (1, TIME, len(NUMBERS)))  # not the video's own
        made = euler(partial(_velocity, model, told), how.noise * noise, shifted(how.steps, how.shift))
        known[:, fresh:last] = made[:, fresh - first :]
    return known


def _velocity(model: MotionModel, told: tuple[State, Tensor, Tensor], x: Tensor, sigma: float) -> Tensor:
    return model.velocity(x, x.new_full((len(x),), sigma), *told)


def shown_poses(state: State, model: MotionModel) -> tuple[Tensor, Tensor]:
    """What given pictures show, `1 T 4 N` in standard deviations, and of which frames it is known, `1 T 4`."""
    video = state.video
    known = torch.zeros(1, video.times.shape[1], TIME, len(NUMBERS))
    is_known = (video.sigma < 1)[..., None].repeat(1, 1, TIME)
    places = torch.nonzero(video.sigma[0] < 1)[:, 0]
    if len(places):
        known[0, places] = model.pose_reader(video.latents[0, :, places].transpose(0, 1), places > 0)
    for part in (part for part in state.context if part.role == "keyframe"):
        for time, still in zip(part.times[0].tolist(), part.latents[0].transpose(0, 1), strict=True):
            frame = round(TIME * time / float(video.times[0, 1]))
            place, within = -(-frame // TIME), (frame - 1) % TIME
            if not is_known[0, place, within]:
                known[0, place, within] = model.pose_reader(still[None], torch.tensor([False]))[0, -1]
                is_known[0, place, within] = True
    return known, is_known
