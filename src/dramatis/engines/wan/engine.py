"""Films takes with published weights: window after window, each sampled, decoded chunk by chunk, and led by the one before.

Given frames are shown as they are. Where voices are heard, a window is given the last nine frames of the one before; else its
last frame; a given last frame belongs to the last window.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import torch
from torch import Tensor

from dramatis.engines.chaining import ClipWindow, windows
from dramatis.engines.facts import check_facts
from dramatis.engines.given_ends import met
from dramatis.engines.tensor_frames import to_pixels
from dramatis.engines.wan.attention_kernels import attending
from dramatis.engines.wan.colour_hold import colours_of
from dramatis.engines.wan.limits import FamilyFacts
from dramatis.engines.wan.residency import TRANSFORMERS, Residency
from dramatis.engines.wan.sampler_settings import SamplerSettings
from dramatis.engines.wan.take_conditions import CODEC, TakeConditions, of_take, of_window
from dramatis.engines.wan.velocity import guided_velocity, with_lead
from dramatis.errors import EngineError
from dramatis.media.footage import Footage
from dramatis.media.still import Pixels
from dramatis.models.compression import TIME
from dramatis.models.published.autoencoder import VideoCodec
from dramatis.models.published.identify import INFINITETALK, PublishedWeights
from dramatis.models.published.transformer import PublishedTransformer
from dramatis.sampling.guidance import Together, one_by_one
from dramatis.sampling.noise import frame_noise
from dramatis.sampling.schedules import of_infinitetalk, of_wan, shifted
from dramatis.sampling.solvers import euler, unipc
from dramatis.take import Limits, Take

_LEVELS = {"wan": of_wan, "infinitetalk": of_infinitetalk, "few": shifted}
_TOO_LITTLE = "The graphics card's memory is not enough: set DRAMATIS_MEMORY to fewer GB, or give a smaller --size."
_SOLVERS = {"wan": unipc, "infinitetalk": euler, "few": euler}


@dataclass(frozen=True, eq=False)
class WanEngine:
    """Published weights, the networks that they are read into, what is known of their family; `together` calculates passes."""

    weights: PublishedWeights
    networks: Residency
    limits: Limits
    settings: SamplerSettings
    facts: FamilyFacts
    together: Together = one_by_one

    def render(self, take: Take) -> Footage:
        """Footage of a take; raises `EngineError` for one that these weights cannot film, or if memory is not enough."""
        check_facts(take, self.limits)
        return Footage(take.canvas, take.span, self._within_memory(take))

    def _within_memory(self, take: Take) -> Iterator[Pixels]:
        try:
            yield from self._frames(take)
        except torch.OutOfMemoryError:
            raise EngineError(_TOO_LITTLE) from None

    @torch.inference_mode()
    def _frames(self, take: Take) -> Iterator[Pixels]:
        shared = of_take(take, self.weights, self.networks)
        made: Iterator[Tensor] = self._made(take, shared)
        if shared.first is not None:
            made = self._beginning_with(shared.first, made, take.frames)
        for frame in met(made, 0 if shared.first is None else 1, shared.last):
            yield from to_pixels(frame[None])

    def _beginning_with(self, first: Tensor, made: Iterator[Tensor], count: int) -> Iterator[Tensor]:
        """The given frame in place of what was made of it; a take of one frame needs no more."""
        yield first
        if count > 1:
            next(made)
            yield from made

    def _made(self, take: Take, shared: TakeConditions) -> Iterator[Tensor]:
        """Frames `3 H W` of all windows, each once."""
        facts = self.facts
        colours = colours_of(shared.first) if self.weights.family == INFINITETALK and shared.first is not None else None
        parts = windows(take.frames, facts.window, facts.motion or 1)
        shown: deque[Tensor] = deque(maxlen=facts.motion or 1)
        for window in parts:
            latents = self._sampled(take, window, self._ahead(window, shared, shown, window is parts[-1]), shown)
            codec = self.networks.use(CODEC, VideoCodec)
            frames = (frame for chunk in codec.decode(latents) for frame in chunk[0].cpu().unbind(1))
            for number, frame in enumerate(frames):
                if number >= window.motion:
                    shown.append(frame if colours is None else colours.held(frame))
                    yield shown[-1]

    def _ahead(self, window: ClipWindow, shared: TakeConditions, shown: "deque[Tensor]", final: bool) -> TakeConditions:
        """What one window is given: InfiniteTalk sees the take's picture in each, others begin with the last frame."""
        goes_on = window.motion > 0 and self.weights.family != INFINITETALK
        return shared.ahead(shown[-1] if goes_on else shared.first, shared.last if final else None)

    def _sampled(self, take: Take, window: ClipWindow, given: TakeConditions, shown: "deque[Tensor]") -> Tensor:
        """Latents of a window, `1 C T H W`."""
        conditions, how = of_window(window, given, self.weights), self.settings
        codec = self.networks.use(CODEC, VideoCodec)
        if given.first is not None and (conditions.level_zero or self.weights.family == INFINITETALK):
            led = torch.stack(list(shown), 1) if window.motion else given.first[:, None]
            conditions = replace(conditions, lead=codec.encode(led[None]))
        first, canvas = take.first + window.start, take.canvas
        size = (codec.channels, canvas.height // codec.space, canvas.width // codec.space)
        noise = frame_noise(take.motion_seed, range(first, first + window.count, TIME), size)[None]
        x = noise.to(self.networks.device)
        x = x if conditions.lead is None else with_lead(x, conditions.lead)
        experts = TRANSFORMERS[: len(self.weights.experts)]
        networks = tuple(partial(self.networks.use, name, PublishedTransformer) for name in experts)
        sigmas = _LEVELS[how.levels](how.steps, how.shift_for(canvas.width, canvas.height))
        with attending(self.networks.plan.attention):
            made = _SOLVERS[how.levels](guided_velocity(networks, conditions, how, self.together), x, sigmas)
        return made if conditions.lead is None else with_lead(made, conditions.lead)
