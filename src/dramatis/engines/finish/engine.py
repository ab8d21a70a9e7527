"""The finish: each frame of a small clip is enlarged once, and frames between two of them are warped from both.

The clip is the take's prior and performs the take's words already; the voice says what a mouth does between two of its frames. A
frame depends on the few frames of the clip around it, so a clip streams through, and a take may be any part of its prior. A take
of one frame is a still.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dramatis.conditioning.speech import BEYOND, Hear, features_at, heard_in, silence
from dramatis.engines.facts import check_facts
from dramatis.engines.finish.between import Between
from dramatis.engines.finish.corrections import Correction, correction
from dramatis.engines.finish.limits import FinishWeights, limits_of
from dramatis.engines.finish.mouth_motion import mouth_motion
from dramatis.engines.voice_features import voice_features
from dramatis.errors import EngineError
from dramatis.media.footage import Footage
from dramatis.media.still import Pixels
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.models import interpolator, mouth_finder, upscaler
from dramatis.models.upscaler import Upscaler
from dramatis.take import Limits, Take

_MOST_PRIOR = 480 * 270  # pixels
_SAME = 1e-3  # of the prior's frames: an instant that is not between two of them
_CARRIED = 4  # frames of the prior over which a given frame is carried


@dataclass(frozen=True, eq=False)
class FinishEngine:
    """Films with an upscaler, and with what makes frames between two; `hear` makes speech features of a voice."""

    upscaler: Upscaler
    between: Between
    hear: Hear
    limits: Limits

    def render(self, take: Take) -> Footage:
        """Footage of a take with a prior that covers it; raises `EngineError` for others."""
        check_facts(take, self.limits)
        self._check_prior(take)
        return Footage(take.canvas, take.span, self._frames(take))

    @torch.inference_mode()
    def _frames(self, take: Take) -> Iterator[Pixels]:
        places, voice = _places(take), heard_in(take, self.hear, silence())
        frames = self._enlarged(take, int(places[0]), int(np.ceil(places[-1] - _SAME)))
        number, (small, large) = int(places[0]), next(frames)
        following = next(frames, None)
        for place in places:
            while place >= number + 1 - _SAME and following is not None:
                number, (small, large), following = number + 1, following, next(frames, None)
            share = float(place - number)
            if share < _SAME or following is None:
                yield large.copy()
            else:
                heard = features_at(voice, BEYOND + _seconds(take, np.array([place, number, number + 1])))
                yield self.between((small, large), following, share, mouth_motion(heard, share))

    def _enlarged(self, take: Take, first: int, last: int) -> Iterator[tuple[Pixels, Pixels]]:
        """Frames `first` to `last` of the prior, small and of the canvas's size, held to the frames that are given."""
        size = (take.canvas.width, take.canvas.height)
        reach = max(self.upscaler.config.reach, _CARRIED if take.anchors else 0)
        ends = {int(place): picture for place, picture in _given(take)}
        corrections: dict[int, Correction] = {}
        for number, window in _windows(_prior(take).frames, reach, last):
            if number < first:
                continue
            small = window[reach]
            large = self._enlarge(window, reach, size)
            for place in ends.keys() - corrections.keys():
                if abs(place - number) <= _CARRIED:
                    at = reach + place - number
                    around = [window[min(max(k, 0), len(window) - 1)] for k in range(at - reach, at + reach + 1)]
                    made = large if place == number else self._enlarge(around, reach, size)
                    corrections[place] = correction(ends[place], made, window[at])
            for place, change in corrections.items():
                large = change.applied(large, small, max(0.0, 1 - abs(place - number) / (_CARRIED + 1)))
            yield small, large

    def _enlarge(self, window: list[Pixels], middle: int, size: tuple[int, int]) -> Pixels:
        """The frame in the middle of a window at a size (width, height)."""
        reach = self.upscaler.config.reach
        seen = _signal(window[middle - reach : middle + reach + 1])[None]
        with torch.autocast("cpu", torch.bfloat16):
            made = self.upscaler(seen)[0]
        pixels = ((made + 1) * 127.5).round_().clamp_(0, 255).to(torch.uint8).permute(1, 2, 0).contiguous().numpy()
        means = cv2.INTER_AREA if size[1] <= pixels.shape[0] else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(pixels, size, interpolation=means), np.uint8)

    def _check_prior(self, take: Take) -> None:
        """Raises `EngineError` without a prior, and for one that is too large or does not last as long as the take."""
        name, prior = f'The engine "{self.limits.name}"', take.prior
        if prior is None:
            raise EngineError(f"{name} enlarges a small clip; give it one as the take's prior.")
        if prior.canvas.width * prior.canvas.height > _MOST_PRIOR:
            raise EngineError(
                f"{name} takes a prior of at most {_MOST_PRIOR} pixels; this one is {prior.canvas.width}x{prior.canvas.height}."
            )
        start, end = (float(take.times[place]) for place in (0, -1))
        if start < prior.span.start - 0.5 / take.canvas.rate.fps or end > prior.span.end + 0.5 / take.canvas.rate.fps:
            raise EngineError(
                f"{name} takes a prior that covers the take; it lasts from {prior.span.start:.2f} to {prior.span.end:.2f} s, "
                f"the take from {start:.2f} to {end:.2f} s."
            )


def load(weights: FinishWeights, cache: ValueCache = NOWHERE) -> FinishEngine:
    """The engine with these weights; raises `EngineError` if there are none."""
    between = Between(interpolator.load(weights.interpolator), mouth_finder.load(weights.mouth_finder))
    return FinishEngine(upscaler.load(weights.upscaler), between, voice_features(weights.speech, cache), limits_of(weights))


def _prior(take: Take) -> Footage:
    if take.prior is None:
        raise ValueError("a take without prior")
    return take.prior


def _places(take: Take) -> NDArray[np.float64]:
    """Where a take's frames lie in its prior, in frames of the prior from its first one, `[frames]`."""
    prior = _prior(take)
    rate = prior.canvas.rate
    first, last = rate.nearest(prior.span.start), rate.nearest(prior.span.end)
    return (take.times * rate.fps - first).clip(0, last - first)


def _seconds(take: Take, places: NDArray[np.float64]) -> NDArray[np.float64]:
    """When places of a take's prior are, on the film's clock."""
    prior = _prior(take)
    return (prior.canvas.rate.nearest(prior.span.start) + places) / prior.canvas.rate.fps


def _given(take: Take) -> Iterator[tuple[float, Pixels]]:
    """The take's given frames, by their place in the prior."""
    places = _places(take)
    for anchor in take.anchors:
        place = places[take.canvas.rate.nearest(anchor.at) - take.first]
        if abs(place - round(place)) < _SAME:
            yield round(place), anchor.picture.pixels


def _windows(frames: Iterable[Pixels], reach: int, last: int) -> Iterator[tuple[int, list[Pixels]]]:
    """Frames 0 to `last` of a clip by number, each in the middle of `2 * reach + 1`; beyond the clip, its ends go on."""
    coming = iter(frames)
    window: deque[Pixels] = deque(maxlen=2 * reach + 1)
    for frame in islice(coming, reach + 1):
        window.extend([frame] * (reach + 1 if not window else 1))
    while len(window) < 2 * reach + 1:
        window.append(window[-1])
    for number in range(last + 1):
        yield number, list(window)
        window.append(next(coming, window[-1]))


def _signal(frames: list[Pixels]) -> Tensor:
    """`n 3 H W` in -1..1."""
    return torch.from_numpy(np.stack(frames)).permute(0, 3, 1, 2).float() / 127.5 - 1
