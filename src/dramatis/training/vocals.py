"""The training of the network that hears the voice in a mix: stage voices over the stage's orchestra, both parts known.

Examples are made while it trains, from pools of lines and of music that come again, mixed in another way each time.
"""

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from dramatis.speech.vocals import BANDS, DILATIONS, HOP, SAMPLE_RATE, WIDTH, WINDOW, energies, filters, powers
from dramatis.stage.sound import orchestra, singing, speech_to_song, voices
from dramatis.stage.sound.augmentation import in_room, narrowed
from dramatis.training.loop import Figures, Trainer, warmed

SECONDS, BATCH = 4.0, 16
STEPS = 2700
"""For which the rate is planned."""
_PEAK_RATE, _WARM = 2e-3, 60
_LINES, _VOICES, _TRACKS = 5000, 500, 500  # lines that are spoken; pools of tracks that come again, mixed in another way
_NOBODY, _SINGS, _HUMS = 0.25, 0.35, 0.08  # shares of examples: without a voice; of lines: sung by a voice, by formants
_TALKS = 0.2  # share of music behind a filter that moves as a mouth does (wah-wah, talk box)
_BELOW = 32.0  # dB below the voice's loud frames that still are voice
_SILENT = -90.0  # dB

Sound = NDArray[np.float32]
Draw = np.random.Generator


@dataclass(frozen=True, eq=False)
class Example:
    """`T BANDS`: `given` as `speech.vocals.energies`, `share`, and how audible each is, `matters`; `active` is `T`."""

    given: Sound
    active: Sound
    share: Sound
    matters: Sound


class Network(nn.Module):
    """As `speech.vocals`, where it is evaluated in numpy: `B T BANDS` -> logits `B T 1 + BANDS`."""

    def __init__(self) -> None:
        super().__init__()
        self.begin, self.norm, self.end = nn.Linear(BANDS, WIDTH), nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 1 + BANDS)
        self.blocks = nn.ModuleList([Block(dilation) for dilation in DILATIONS])

    def forward(self, given: Tensor) -> Tensor:
        """Activity first, then the shares."""
        hidden = self.begin(given)
        for block in self.blocks:
            hidden = block(hidden)
        return self.end(self.norm(hidden))


class Block(nn.Module):
    """Normed, three taps, a mixing of channels; beyond the ends there is nothing."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.dilation = dilation
        self.norm, self.near, self.mix = nn.LayerNorm(WIDTH), nn.Linear(3 * WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)

    def forward(self, hidden: Tensor) -> Tensor:
        """One step on `B T C`."""
        normed = functional.pad(self.norm(hidden), (0, 0, self.dilation, self.dilation))
        taps = [normed[:, k * self.dilation : k * self.dilation + hidden.shape[1]] for k in range(3)]
        return hidden + self.mix(functional.relu(self.near(torch.cat(taps, -1))))


def example(number: int, split: voices.Split = "train", seed: int = 0) -> Example:
    """The example of a number: a voice, or nobody, over music and noise, each as another microphone hears it."""
    draw = np.random.default_rng([seed, voices.SPLITS.index(split), number, 37])
    silent = np.full((round(SECONDS * SAMPLE_RATE) // HOP + 1, BANDS), 1e-8, np.float32)
    somebody = draw.random() >= _NOBODY
    voice = _coloured(spoken(int(draw.integers(_VOICES)), split), draw) if somebody else silent
    level, rest = _loud(voice) if somebody else 1.0, silent
    for share, kind, low, high in ((0.75, "music", -6, 22), (0.4, "noise", 3, 40)):
        if draw.random() < share:
            part = np.roll(played(kind, int(draw.integers(_TRACKS)), split), int(draw.integers(len(silent))), axis=0)
            part = _coloured(part, draw)
            scale = _playing(len(silent), draw) ** 2 * level / max(1e-12, _loud(part)) * 10 ** (-draw.uniform(low, high) / 10)
            rest = rest + (scale[:, None] * part).astype(np.float32)
    return _known(voice if somebody else 0 * silent, rest, draw)


def _known(voice: Sound, rest: Sound, draw: Draw) -> Example:
    """The truth of a mix from the powers of both parts; their waves add up at phases that nobody knows."""
    met = np.clip(draw.normal(size=voice.shape) / np.sqrt(2 * _bins()), -1, 1)
    mix = np.maximum(voice + rest + 2 * np.sqrt(voice * rest) * met, 1e-12).astype(np.float32)
    level = 10 * np.log10(voice.sum(1) + 1e-12)
    active = level > max(float(np.percentile(level, 95)) - _BELOW, _SILENT)
    share, given = voice / (voice + rest + 1e-12), energies(mix)
    return Example(given, active.astype(np.float32), share, np.clip(0.5 + given / 2, 0.05, 1).astype(np.float32))


@functools.cache
def _bins() -> Sound:
    """How many bins each band has, `BANDS`."""
    return 1 / (filters() ** 2).sum(0)


def _loud(power: Sound) -> float:
    """The power of the loud frames."""
    return float(np.percentile(power.sum(1), 85))


def _coloured(power: Sound, draw: Draw) -> Sound:
    """As a microphone and a distance colour it: each octave some decibels up or down."""
    curve = np.interp(np.log2(_middles() / 60), np.arange(8), np.cumsum(draw.normal(0, 3.0, 8)))
    return power * (10 ** ((curve - curve.mean()) / 10)).astype(np.float32)


def _talking(power: Sound, draw: Draw) -> Sound:
    """Behind one to three resonances that wander or swing between the frequencies of vowels."""
    times, gain = np.arange(len(power)) * HOP / SAMPLE_RATE, np.zeros_like(power)
    swing = np.sin(2 * np.pi * draw.uniform(0.3, 6.0) * times + draw.uniform(0, 2 * np.pi))
    for low, high in ((250, 1200), (700, 2600), (2000, 3800))[: int(draw.integers(1, 4))]:
        knots = draw.uniform(low, high, max(2, round(SECONDS * draw.uniform(0.7, 8.0))))
        path = np.interp(times, np.linspace(0, SECONDS, len(knots)), knots)
        if draw.random() < 0.5:
            path = low + (high - low) * (0.5 + 0.5 * swing)
        away = (_middles() - path[:, None]) / draw.uniform(80, 400)
        gain += (draw.uniform(0.3, 1) / (1 + away**2) ** 2).astype(np.float32)
    return power * gain


@functools.cache
def _middles() -> NDArray[np.float64]:
    """The middle frequency of each band, Hz, `BANDS`."""
    return np.asarray(np.fft.rfftfreq(WINDOW, 1 / SAMPLE_RATE) @ filters(), np.float64)


def _playing(count: int, draw: Draw) -> NDArray[np.float64]:
    """Music that begins or ends in the middle, now and then."""
    if draw.random() < 0.7:
        return np.ones(count)
    away = (np.arange(count) / count - draw.uniform(0.2, 0.8)) * draw.choice([-1, 1])
    return np.clip(0.5 + away * draw.uniform(2, 80), 0, 1)


@functools.lru_cache(maxsize=2 * _VOICES)
def spoken(number: int, split: voices.Split) -> Sound:
    """`T BANDS`, power: one or several lines with silence around them, some in a room."""
    draw = np.random.default_rng([voices.SPLITS.index(split), number, 43])
    count = round(SECONDS * SAMPLE_RATE)
    track, at = np.zeros(count, np.float32), round(draw.uniform(-2.5, 1.2) * SAMPLE_RATE)
    while at < count:
        line = _line(split, draw)
        said = np.interp(np.arange(0, len(line) - 1, draw.uniform(0.84, 1.2)), np.arange(len(line)), line)
        first, last = max(0, at), min(count, at + len(said))
        track[first : max(first, last)] += said[first - at : max(first, last) - at].astype(np.float32)
        at += len(said) + round(draw.exponential(0.5) * SAMPLE_RATE)
    for share, spoil in ((0.35, in_room), (0.15, narrowed)):
        track = spoil(track, draw) if draw.random() < share else track
    return powers(track)


@functools.lru_cache(maxsize=4 * _TRACKS)
def played(kind: str, number: int, split: voices.Split) -> Sound:
    """`T BANDS`, power: the orchestra's music or noise of a number, some in a room."""
    draw = np.random.default_rng([voices.SPLITS.index(split), number, 41])
    sound = orchestra.music(SECONDS, draw) if kind == "music" else orchestra.noise(SECONDS, draw)
    power = powers(in_room(sound, draw) if draw.random() < 0.3 else sound)
    return _talking(power, draw) if kind == "music" and draw.random() < _TALKS else power


def _line(split: voices.Split, draw: Draw) -> Sound:
    kind, index = draw.random(), int(draw.integers(_LINES))
    if kind < _HUMS:
        return singing.line(index, split).sound.mono
    if kind < _HUMS + _SINGS:
        return speech_to_song.line(index, split).sound.mono
    return voices.line(index, split).sound.mono


def batch(number: int) -> tuple[Tensor, ...]:
    """`given`, `active`, `share` and `matters` of a step."""
    examples = [example(number * BATCH + k) for k in range(BATCH)]
    names = ("given", "active", "share", "matters")
    return tuple(torch.from_numpy(np.stack([getattr(one, name) for one in examples])) for name in names)


def objective(model: Network, number: int) -> tuple[Tensor, Figures]:
    """Cross-entropies of activity and shares, against what is true."""
    given, active, share, matters = batch(number)
    told = model(given)
    heard = functional.binary_cross_entropy_with_logits(told[..., 0], active)
    parts = (functional.binary_cross_entropy_with_logits(told[..., 1:], share, reduction="none") * matters).sum() / matters.sum()
    right = ((told[..., 0] > 0) == (active > 0.5)).float().mean()
    return heard + parts, {"active": float(heard.detach()), "shares": float(parts.detach()), "right": float(right)}


def build_trainer(steps: int = STEPS) -> Trainer[Network]:
    """A fresh network with its optimiser."""
    torch.manual_seed(1)
    trainer = Trainer(Network(), Network(), objective, warmed(_PEAK_RATE, _WARM, steps))
    trainer.decay = 0.995
    return trainer


def ship(trainer: Trainer[Network], path: Path) -> None:
    """Write the averaged weights in half precision."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: weight.half().contiguous() for name, weight in trainer.average.state_dict().items()}, path)
