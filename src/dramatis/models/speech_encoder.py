"""The speech encoder: what a voice says, as the 24 features of `mouthshapes`, 50 times a second.

Log-mel energies, two convolutions that halve their rate, and dilated residual convolutions (after WaveNet, van den Oord et
al. 2016), written as matrix products, which a CPU does best. Nothing is padded inside: beyond the ends of a sound there is
silence, a feature hears 0.38 s on both sides of its instant, and pieces agree with the whole.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float
from numpy.typing import NDArray
from torch import Tensor, nn

from dramatis.speech.mouthshapes import FEATURES, MOUTH, RATE, SAMPLE_RATE, SHAPES, Features, loudness_of

_HOP, _WINDOW, _TRANSFORM = SAMPLE_RATE // 100, SAMPLE_RATE // 40, 512
_FLOOR, _MIDDLE, _SPREAD = 1e-6, -4.5, 1.3  # of the log energies
_PIECE = 30 * RATE  # features that are heard at once


@dataclass(frozen=True)
class SpeechConfig:
    """Architecture: mel bands, width of the residual stream, dilation of each block's convolution at 50 Hz."""

    mels: int = 64
    width: int = 192
    dilations: tuple[int, ...] = (1, 2, 4, 1, 2, 4, 1, 2)


class LogMel(nn.Module):
    """`B N` sound at 16 kHz to `B T mels` log energies at 100 Hz, windows of 25 ms, nothing padded."""

    window: Tensor
    bands: Tensor

    def __init__(self, mels: int) -> None:
        super().__init__()
        self.register_buffer("window", torch.hann_window(_WINDOW), persistent=False)
        self.register_buffer("bands", torch.from_numpy(_bands(mels)), persistent=False)

    def forward(self, samples: Float[Tensor, "b n"]) -> Float[Tensor, "b t mels"]:
        """Standardised by constants."""
        frames = samples.unfold(1, _WINDOW, _HOP) * self.window
        power = torch.fft.rfft(frames, _TRANSFORM).abs().square() / _WINDOW
        return ((power @ self.bands + _FLOOR).log10() - _MIDDLE) / _SPREAD


class Taps(nn.Module):
    """A convolution over time, `B T C`, as one matrix product: `taps` instants, `dilation` apart, every `stride`-th."""

    def __init__(self, inward: int, outward: int, taps: int, dilation: int = 1, stride: int = 1) -> None:
        super().__init__()
        self.taps, self.dilation, self.stride = taps, dilation, stride
        self.mix = nn.Linear(taps * inward, outward)

    def forward(self, hidden: Float[Tensor, "b t c"]) -> Float[Tensor, "b t2 c2"]:
        """`B T - (taps - 1) * dilation C`, then every `stride`-th."""
        count = hidden.shape[1] - (self.taps - 1) * self.dilation
        near = [hidden[:, tap * self.dilation :][:, : count : self.stride] for tap in range(self.taps)]
        return self.mix(torch.cat(near, -1))


class Block(nn.Module):
    """A residual block on `B T C`: normed, three taps, a mixing of channels; `T` shrinks by twice the dilation."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.dilation = dilation
        self.norm = nn.LayerNorm(width)
        self.near = Taps(width, width, 3, dilation)
        self.mix = nn.Linear(width, width)

    def forward(self, hidden: Float[Tensor, "b t c"]) -> Float[Tensor, "b t-2*{self.dilation} c"]:
        """One step."""
        inner = hidden[:, self.dilation : hidden.shape[1] - self.dilation]
        return inner + self.mix(nn.functional.gelu(self.near(self.norm(hidden))))


class SpeechEncoder(nn.Module):
    """Sound to features; `forward` gives them, `logits` what they are made of."""

    def __init__(self, config: SpeechConfig) -> None:
        super().__init__()
        self.config = config
        self.mel = LogMel(config.mels)
        self.stem = Taps(config.mels, config.width, 3)
        self.halve = Taps(config.width, config.width, 5, stride=2)
        self.blocks = nn.Sequential(*[Block(config.width, dilation) for dilation in config.dilations])
        self.out = nn.Sequential(nn.LayerNorm(config.width), nn.Linear(config.width, len(FEATURES) - 1))

    @property
    def reach(self) -> int:
        """Samples that a feature hears before and after its instant."""
        return (3 + 2 * sum(self.config.dilations)) * _HOP + _WINDOW // 2

    def logits(self, samples: Float[Tensor, "b n"]) -> Float[Tensor, "b n//320+1 23"]:
        """`B T 23`: of the mouth channels, of the shapes (for a softmax), of speech; `B N` samples, T = N // 320 + 1."""
        count = samples.shape[1] // (2 * _HOP) + 1
        needed = 2 * self.reach + 2 * _HOP * (count - 1)
        padded = nn.functional.pad(samples, (self.reach, max(0, needed - self.reach - samples.shape[1])))[:, :needed]
        return self._inner(padded)

    def _inner(self, padded: Tensor) -> Tensor:
        """Logits of every instant that has its whole reach inside the sound."""
        hidden = self.halve(nn.functional.gelu(self.stem(self.mel(padded))))
        return self.out(self.blocks(hidden))

    def forward(self, samples: Float[Tensor, "b n"]) -> Float[Tensor, "b n//320+1 23"]:
        """`B T 23`, 0..1: all features but the loudness, which is not learned."""
        return features_of(self.logits(samples))

    @torch.no_grad()
    def features(self, samples: NDArray[np.float32]) -> Features:
        """`T 24`: the features of mono sound at 16 kHz of any length, T = N // 320 + 1; the whole voice be `levelled` before."""
        count = len(samples) // (2 * _HOP) + 1
        padded = np.pad(samples.astype(np.float32), (self.reach, self.reach + 2 * _HOP))
        rows = []
        for first in range(0, count, _PIECE):
            last = min(count, first + _PIECE)
            piece = padded[2 * _HOP * first : 2 * _HOP * (last - 1) + 2 * self.reach]
            rows.append(features_of(self._inner(torch.from_numpy(piece)[None]))[0].numpy())
        return np.concatenate([np.concatenate(rows), loudness_of(samples)[:, None]], axis=1)


def features_of(logits: Float[Tensor, "*batch 23"]) -> Float[Tensor, "*batch 23"]:
    """`... 23` logits as features, 0..1."""
    mouth, shapes, speech = torch.split(logits, [len(MOUTH), len(SHAPES), 1], -1)
    return torch.cat([mouth.sigmoid(), shapes.softmax(-1), speech.sigmoid()], -1)


def _bands(mels: int) -> NDArray[np.float32]:
    """`257 mels`: triangles, evenly spaced in mel (2595 log10(1 + f / 700)) from 60 Hz to 7.8 kHz, each of area one."""
    low, high = (2595 * math.log10(1 + at / 700) for at in (60, 7800))
    edges = np.linspace(low, high, mels + 2)
    hertz = 700 * (10 ** (edges / 2595) - 1)
    frequencies = np.fft.rfftfreq(_TRANSFORM, 1 / SAMPLE_RATE)[:, None]
    rise = (frequencies - hertz[:-2]) / (hertz[1:-1] - hertz[:-2])
    fall = (hertz[2:] - frequencies) / (hertz[2:] - hertz[1:-1])
    triangles = np.clip(np.minimum(rise, fall), 0, None)
    return (triangles / np.maximum(triangles.sum(0), 1e-3)).astype(np.float32)
