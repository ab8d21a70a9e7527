"""Speech: each latent frame hears the features of its own time of a voice and a small margin, and nothing else."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from dramatis.clock import Rate, Span
from dramatis.conditioning.grid import latent_times
from dramatis.media.sound import Waveform
from dramatis.models.compression import TIME
from dramatis.models.state import State
from dramatis.speech.mouthshapes import FEATURES
from dramatis.speech.mouthshapes import RATE as FEATURE_RATE
from dramatis.take import Take

Hear = Callable[[Waveform], NDArray[np.float32]]
"""What makes features of a voice, `N F` at 50 Hz."""

WINDOW = 24
"""Features that a latent frame hears: 0.48 s, at 12 frames a second its own third of a second and 73 ms on both sides."""
BEYOND = 0.5
"""Seconds of silence that are heard before a voice begins and after its end."""
_PAUSE, _SYLLABLE = 0.3, 0.08  # s: a shorter silence is part of the speech around it; a shorter sound is none


def apply(state: State, features: NDArray[np.float32], start: float, rate: Rate) -> State:
    """A video that hears features, `N F` at 50 Hz, the first of them at `start` seconds on its clock."""
    count = state.video.times.shape[1]
    heard = torch.from_numpy(speech_windows(features, start, count, rate))[None]
    return replace(state, speech=heard, speech_mask=torch.ones(heard.shape[:2], dtype=torch.bool))


def drop_audio(state: State) -> State:
    """The same videos that hear the null."""
    return replace(state, speech_mask=torch.zeros_like(state.speech_mask))


def silence() -> NDArray[np.float32]:
    """The feature of silence, `F`: the mouth at rest and closed."""
    feature = np.zeros(len(FEATURES), np.float32)
    feature[FEATURES.index("shape silence")] = 1
    return feature


def speech_windows(features: NDArray[np.float32], start: float, count: int, rate: Rate) -> NDArray[np.float32]:
    """What each latent frame hears, `count WINDOW F`; beyond the ends of the features the nearest one is heard."""
    middles = latent_times(count, rate) - (TIME - 1) / 2 * rate.per / rate.frames
    offsets = (np.arange(WINDOW) - (WINDOW - 1) / 2) / FEATURE_RATE
    return features_at(features, middles[:, None] + offsets - start)


def features_at(features: NDArray[np.float32], times: NDArray[np.float64]) -> NDArray[np.float32]:
    """Features, `N F` at 50 Hz, at some instants in seconds from the first one on, `... F`: between two, each by its share."""
    places = np.clip(times * FEATURE_RATE, 0, len(features) - 1)
    low = np.floor(places).astype(int)
    high = np.minimum(low + 1, len(features) - 1)
    share = (places - low).astype(np.float32)[..., None]
    return (1 - share) * features[low] + share * features[high]


def heard_in(take: Take, hear: Hear, quiet: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features of the one of a take's cast that is heard, `N F` at 50 Hz from -`BEYOND` seconds on, with silence, the feature
    `quiet`, around the voice; silence alone if nobody speaks.
    """
    voices = [role.voice for role in take.cast if role.voice is not None]
    silent = np.repeat(quiet[None], round(BEYOND * FEATURE_RATE), 0)
    return np.concatenate([silent, *(hear(voice) for voice in voices[:1]), silent])


def spoken(active: NDArray[np.float32], start: float) -> list[Span]:
    """When somebody speaks: stretches in which a track at the rate of features, the first at `start` seconds, is above a half."""
    edges = np.flatnonzero(np.diff((active > 0.5).astype(np.int8), prepend=0, append=0)) / FEATURE_RATE + start
    spans: list[Span] = []
    for begin, end in edges.reshape(-1, 2):
        if spans and begin - spans[-1].end < _PAUSE:
            spans[-1] = Span(spans[-1].start, float(end))
        else:
            spans.append(Span(float(begin), float(end)))
    return [span for span in spans if span.seconds >= _SYLLABLE]
