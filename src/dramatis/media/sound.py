"""A waveform."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.media.digests import digest_of

_CANCELLED = 0.02  # of the louder channel's power; a voice in one channel only keeps a quarter


@dataclass(frozen=True, eq=False)
class Waveform:
    """Mono or stereo sound: `N C` float32 in [-1, 1] at `rate` Hz. Its first sample is at 0 s of the film's clock."""

    samples: NDArray[np.float32]
    rate: int

    @cached_property
    def digest(self) -> str:
        """Content digest."""
        return digest_of(self.samples, self.rate)

    @property
    def seconds(self) -> float:
        """Length."""
        return len(self.samples) / self.rate

    def part(self, span: Span | None) -> "Waveform":
        """What is heard in a span of seconds; None: all."""
        if span is None:
            return self
        return Waveform(self.samples[round(span.start * self.rate) : round(span.end * self.rate)], self.rate)

    @property
    def mono(self) -> NDArray[np.float32]:
        """`N` float32, the mean of the channels; only the louder one if they cancel each other out (opposite phases)."""
        mean = self.samples.mean(axis=1, dtype=np.float32)
        powers = np.einsum("nc,nc->c", self.samples, self.samples)
        if powers.size > 1 and float(mean @ mean) < _CANCELLED * float(powers.max()):
            return np.ascontiguousarray(self.samples[:, int(powers.argmax())])
        return mean
