"""The velocity of a clip under its conditions, guided by words, voices and given pictures."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from dramatis.engines.wan.sampler_settings import SamplerSettings
from dramatis.models.published.transformer import PublishedTransformer
from dramatis.sampling.guidance import Negative, Together, by_level, one_by_one, stepwise
from dramatis.sampling.path import Velocity, scaled

Network = Callable[[], PublishedTransformer]
"""Makes a transformer ready for use."""


@dataclass(frozen=True, eq=False)
class ClipConditions:
    """What a transformer is given beside the noise. `text`, and `avoid` in its place for guidance, `1 512 d`. `picture`: CLIP's
    tokens, `beside`: channels behind the latents (which frames are given, and they themselves). `lead`: latents that the clip
    begins with; with `level_zero` the network is told so by their noise level, else they lie where noise would be. `audio` and
    `masks`: of speakers.
    """

    text: Tensor
    avoid: Tensor
    picture: Tensor | None = None
    beside: Tensor | None = None
    lead: Tensor | None = None
    level_zero: bool = False
    audio: Tensor | None = None
    masks: Tensor | None = None

    def without_words(self) -> "ClipConditions":
        """The same with what is to be avoided."""
        return replace(self, text=self.avoid)

    def without_voice(self) -> "ClipConditions":
        """The same in silence: features of zero, which nobody's region is bound to."""
        return self if self.audio is None else replace(self, audio=torch.zeros_like(self.audio[:, -1:]), masks=None)

    def without_reference(self) -> "ClipConditions":
        """The same without given pictures."""
        nothing = [None if one is None else torch.zeros_like(one) for one in (self.picture, self.beside)]
        return replace(self, picture=nothing[0], beside=nothing[1])


def guided_velocity(
    networks: tuple[Network, ...], conditions: ClipConditions, how: SamplerSettings, together: Together = one_by_one
) -> Velocity:
    """Of one transformer, or of two experts, each with its own guidance by words; given frames stay as they are. `together`
    calculates the passes of a step.
    """
    steered = [_guided(network, conditions, how, words, together) for network, words in zip(networks, how.words, strict=True)]
    chosen = steered[0] if len(steered) == 1 else by_level(steered[0], steered[1], how.boundary)
    return _in_whole_steps(chosen) if how.levels == "wan" else chosen


def _guided(network: Network, conditions: ClipConditions, how: SamplerSettings, words: float, together: Together) -> Velocity:
    negatives, less = [], conditions
    if words != 1:
        less = less.without_words()
        negatives.append(Negative(_velocity(network, less), words))
    if how.voice != 1 and conditions.audio is not None:
        less = less.without_voice()
        negatives.append(Negative(_velocity(network, less), how.voice))
    if how.reference != 1:
        negatives.append(Negative(_velocity(network, less.without_reference()), how.reference))
    return stepwise(_velocity(network, conditions), negatives, together)


def _velocity(network: Network, given: ClipConditions) -> Velocity:
    """Of a network, without guidance."""

    def found(x: Tensor, level: Tensor) -> Tensor:
        calculates = given.text.dtype
        latents = x if given.beside is None else torch.cat((x, given.beside.to(x)), 1)
        parts = (given.text, given.picture, given.audio, given.masks)
        text, picture, audio, masks = (None if part is None else part.to(x.device, calculates) for part in parts)
        return network()(latents.to(calculates), level, text, picture, audio, masks).to(x)

    if given.level_zero and given.lead is not None:
        return _with_level_zero(found, given.lead.shape[2])

    def laid_over(x: Tensor, sigma: float) -> Tensor:
        level = torch.full((len(x),), sigma, dtype=torch.float64, device=x.device)
        return found(x if given.lead is None else with_lead(x, given.lead), level)

    return laid_over


def _with_level_zero(found: Callable[[Tensor, Tensor], Tensor], led: int) -> Velocity:
    def along(x: Tensor, sigma: float) -> Tensor:
        level = torch.ones(len(x), x.shape[2], dtype=x.dtype, device=x.device)
        level[:, :led] = 0
        return scaled(lambda one, levels: found(one, levels.double()), level)(x, sigma)

    return along


def with_lead(x: Tensor, lead: Tensor) -> Tensor:
    """Latents `B C T H W` of which the first are replaced."""
    return torch.cat((lead.to(x), x[:, :, lead.shape[2] :]), 2)


def _in_whole_steps(velocity: Velocity) -> Velocity:
    """Networks are told time steps of 1000 that are cut to whole numbers, as Wan's own sampler does."""
    return lambda x, sigma: velocity(x, int(1000 * sigma) / 1000)
