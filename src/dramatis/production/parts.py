"""A part of a film on the film's clock: all of it, or one shot."""

from dataclasses import dataclass

from dramatis.clock import Rate
from dramatis.errors import BriefError
from dramatis.media.sound import Waveform
from dramatis.production.phases.phase import frame_count
from dramatis.story import Storyline
from dramatis.take import Take


@dataclass(frozen=True)
class FrameRange:
    """Frames `first` to `last` of a film with so many frames a second. Takes share the frame on their boundary."""

    first: int
    last: int
    rate: Rate

    @property
    def frames(self) -> int:
        """How many there are."""
        return self.last - self.first + 1

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.rate.time(self.frames)

    def holds(self, take: Take) -> bool:
        """Whether a take shows some of it."""
        ends_in_it = self.first == 0 or take.first + take.frames - 1 > self.first
        return ends_in_it and take.first < max(self.last, self.first + 1)

    def of(self, sound: Waveform) -> Waveform:
        """What is heard in it."""
        first, end = (round(self.rate.time(frame) * sound.rate) for frame in (self.first, self.last + 1))
        return Waveform(sound.samples[first:end], sound.rate)


def part_of(storyline: Storyline, shot: int | None) -> FrameRange:
    """The part of the film that a shot is, by its place in the storyline from 0 on (None: the whole film). Raises `BriefError`.

    A shot begins with the frame before its first one, which its takes show, too.
    """
    rate, count = storyline.canvas.rate, frame_count(storyline)
    if shot is None:
        return FrameRange(0, count - 1, rate)
    if not 0 <= shot < len(storyline.shots):
        raise BriefError(f"There is no shot {shot + 1}: the storyline has {len(storyline.shots)}.")
    span = storyline.shots[shot].span
    first = max(0, rate.nearest(span.start) - 1)
    return FrameRange(first, max(first, min(rate.nearest(span.end), count) - 1), rate)
