"""What each emotion does to face and posture, and transitions between emotions."""

import numpy as np
from numpy.typing import NDArray

from dramatis.stage.play.script import Mood

Times = NDArray[np.float64]
Channels = dict[str, Times]
"""Tracks by name, each `T`; a name that is not there is zero."""

BLEND = 0.4
"""s; how long one emotion takes to give way to the next."""

_FACES: dict[str, dict[str, float]] = {
    "calm": {"smile": 0.30, "lids": -0.06},
    "excitement": {
        "smile": 1.0,
        "inner": 0.45,
        "outer": 0.55,
        "lids": 0.14,
        "squint": 0.35,
        "flush": 0.3,
        "lean_y": -0.04,
        "shrug": 0.45,
        "pitch": -5.0,
        "bounce": 1.8,
    },
    "confusion": {
        "one_brow": 1.0,
        "roll": 15.0,
        "smile": -0.40,
        "squint": 0.35,
        "lids": -0.05,
        "gaze_x": 0.45,
        "gaze_y": -0.45,
        "yaw": 12.0,
        "shrug": 0.20,
    },
    "sadness": {
        "inner": 1.0,
        "outer": -0.9,
        "smile": -0.85,
        "lids": -0.36,
        "pitch": 18.0,
        "shrug": -0.9,
        "lean_y": 0.10,
        "gaze_y": 0.60,
        "roll": -4.0,
        "tears": 1.0,
    },
    "surprise": {
        "inner": 1.15,
        "outer": 1.15,
        "lids": 0.50,
        "purse": 1.0,
        "shrug": 0.60,
        "lean_y": -0.09,
        "pitch": -12.0,
        "smile": 0.05,
    },
    "anger": {
        "inner": -1.15,
        "outer": 0.60,
        "lids": -0.20,
        "squint": 0.50,
        "smile": -0.70,
        "purse": 0.2,
        "pitch": 10.0,
        "shrug": 0.80,
        "flush": 1.0,
        "lean_y": 0.03,
    },
}


def ease(values: Times) -> Times:
    """Smoothstep, 0..1."""
    clipped = np.clip(values, 0, 1)
    return clipped * clipped * (3 - 2 * clipped)


def added(*tracks: Channels) -> Channels:
    """The sum, channel by channel."""
    total: Channels = {}
    for track in tracks:
        for name, values in track.items():
            total[name] = total[name] + values if name in total else values
    return total


def emotion(moods: tuple[Mood, ...], times: Times) -> Channels:
    """The channels of all moods: each is blended in from its start, until the next one."""
    channels: Channels = {}
    for mood in sorted(moods, key=lambda mood: mood.span.start):
        share = ease((times - mood.span.start) / BLEND) if mood.span.start > 0 else np.ones(len(times))
        channels = {name: value * (1 - share) for name, value in channels.items()}
        for name, full in _FACES[mood.what].items():
            amount = full * _strength(name, mood.intensity)
            channels[name] = channels.get(name, np.zeros(len(times))) + amount * share
    return channels


def _strength(name: str, intensity: float) -> float:
    """Slightly is still seen; tears come only with strong sadness."""
    return max(0.0, 3 * intensity - 2) if name == "tears" else 0.5 + 0.5 * intensity
