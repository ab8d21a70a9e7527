"""Acting before filming: the performer turns a take's words and voice into a performance, window after window.

What pictures show that the take is given is read first, and held; later windows go on from the last frames of the ones before.
"""

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from dramatis.conditioning.assemble import Assembled, window
from dramatis.conditioning.batch import batched
from dramatis.conditioning.windows import STEP, stretches
from dramatis.models.performance import NUMBERS
from dramatis.models.performer import Cue, Performer
from dramatis.sampling.noise import film_noise
from dramatis.sampling.path import Velocity
from dramatis.sampling.schedules import shifted
from dramatis.sampling.solvers import euler


@dataclass(frozen=True)
class Acting:
    """How a performance is solved: in `steps` calls of the performer, from noise of `noise` times its usual size; `kept` latent
    frames of a window lead the next.
    """

    steps: int = 1
    shift: float = 3.0
    noise: float = 1.0
    kept: int = 3


def performed(whole: Assembled, performer: Performer, how: Acting, seed: int, first_frame: int = 0) -> Assembled:
    """The same take with its performance; noise depends on the `seed` and on the instant, as in films."""
    known, is_known = _seen(whole, performer)
    for first, fresh, last in stretches(len(whole.times), performer.config.window, how.kept):
        is_known[first:fresh] = True
        part = window(whole, first, last)
        cue = Cue(batched([part]).script, known[None, first:last], is_known[None, first:last])
        starts = [first_frame + STEP * number for number in range(first, last)]
        noise = film_noise(~seed, starts, (1, STEP, len(NUMBERS)))  # not the film's own
        known[fresh:last] = euler(_velocity(performer, cue), how.noise * noise, shifted(how.steps, how.shift))[0, fresh - first :]
    return replace(whole, performance=performer.natural(known))


def _velocity(performer: Performer, cue: Cue) -> Velocity:
    def velocity(x: Tensor, sigma: float) -> Tensor:
        return performer.velocity(x, x.new_full((len(x),), sigma), cue)

    return velocity


def _seen(whole: Assembled, performer: Performer) -> tuple[Tensor, Tensor]:
    """What given pictures show, `T 4 N` in standard deviations, and of which frames it is known, `T 4`."""
    known = torch.zeros(len(whole.times), STEP, len(NUMBERS))
    is_known = (whole.level < 1)[:, None].repeat(1, STEP)
    places = torch.nonzero(whole.level < 1)[:, 0]
    if len(places):
        known[places] = performer.eye(whole.latents[:, places].transpose(0, 1), places > 0)
    for time, still in zip(whole.keyframe_times.tolist(), whole.keyframes.transpose(0, 1), strict=True):
        frame = round(STEP * time / float(whole.times[1]))
        place, within = -(-frame // STEP), (frame - 1) % STEP
        if not is_known[place, within]:
            known[place, within] = performer.eye(still[None], torch.tensor([False]))[0, -1]
            is_known[place, within] = True
    return known, is_known
