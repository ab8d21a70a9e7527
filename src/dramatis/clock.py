"""Seconds, frames and samples: the only arithmetic between them.

A film has one clock, in seconds from its first frame. A `Rate` turns seconds into frames and back without drift
(it is a fraction, so 29.97 is 30000/1001); a `Span` is a stretch of that clock.
"""

from dataclasses import dataclass
from fractions import Fraction

_EPSILON = 1e-6  # seconds; far below one sample at 192 kHz, far above float error in a ten-hour film


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of the film's clock, in seconds, `start <= end`."""

    start: float
    end: float

    def __post_init__(self) -> None:
        if not self.start <= self.end:
            raise ValueError(f"a span must not end before it starts: {self.start} .. {self.end}")

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.end - self.start

    @property
    def middle(self) -> float:
        """The instant half-way, in seconds."""
        return (self.start + self.end) / 2

    def holds(self, seconds: float) -> bool:
        """Whether the instant lies in `[start, end)`."""
        return self.start <= seconds < self.end

    def overlap(self, other: "Span") -> float:
        """Seconds that both spans cover."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True)
class Rate:
    """Frames a second, as an exact fraction `frames / per` (both positive)."""

    frames: int
    per: int = 1

    def __post_init__(self) -> None:
        if self.frames <= 0 or self.per <= 0:
            raise ValueError(f"a rate must be positive: {self.frames}/{self.per}")

    @classmethod
    def of(cls, fps: float) -> "Rate":
        """The rate nearest to `fps`, with the television rates (23.976, 29.97, 59.94) made exact."""
        for whole in (24, 30, 48, 60):
            if abs(fps - whole * 1000 / 1001) < 0.005:
                return cls(whole * 1000, 1001)
        exact = Fraction(fps).limit_denominator(1001)
        return cls(exact.numerator, exact.denominator)

    @property
    def fps(self) -> float:
        """Frames a second."""
        return self.frames / self.per

    def time(self, frame: int) -> float:
        """When a frame is shown, in seconds."""
        return frame * self.per / self.frames

    def frame_at(self, seconds: float) -> int:
        """The frame that is on the screen at an instant."""
        return int((seconds + _EPSILON) * self.frames // self.per)

    def nearest(self, seconds: float) -> int:
        """The frame whose time is nearest to an instant."""
        return round(seconds * self.frames / self.per)

    def per_frame_of(self, slower: "Rate") -> int:
        """How many frames of this rate one frame of a slower one lasts; raises `ValueError` if that is no whole number."""
        frames, rest = divmod(self.frames * slower.per, self.per * slower.frames)
        if rest or not frames:
            raise ValueError(f"{slower.fps:g} frames a second do not divide {self.fps:g}")
        return frames


def step_before(frame: int, step: int) -> int:
    """The last multiple of `step` that is not after a frame."""
    return frame // step * step


def step_after(frame: int, step: int) -> int:
    """The first multiple of `step` that is not before a frame."""
    return -(-frame // step) * step
