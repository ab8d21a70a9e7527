"""A phase of a film as a value: with what engine and on what canvas it films, and which takes.

What it films is passed on as clips in the vault: a later phase names frames of them (`media/videos/stored.py`), as a take's prior
or as its given frames.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dramatis.clock import Rate, Span
from dramatis.media.footage import Footage
from dramatis.media.videos.stored import Splice, StoredFrames, StoredStill
from dramatis.production.stock import Stock
from dramatis.runtime.dispatch import RenderedClip
from dramatis.story import Canvas, Direction, Storyline
from dramatis.take import Anchor, Engine, Limits, Take

TakesByPassage = tuple[tuple[Take, ...], ...]
"""The takes of each passage of a film, in order: shots that go on without a cut."""
Earlier = Mapping[str, tuple[tuple[RenderedClip, ...], ...]]
"""By a phase's name: the clips of each passage, in the order of its takes."""
Planner = Callable[[Storyline, Stock, Limits, Earlier], TakesByPassage]
"""From a film on the phase's canvas, the engine's limits and what was filmed before to takes. Raises `DramatisError`."""


def frame_count(storyline: Storyline) -> int:
    """How many frames the film has."""
    return max(1, storyline.canvas.rate.nearest(storyline.seconds))


@dataclass(frozen=True)
class Format:
    """The canvas of a phase: its shorter side in pixels and its rate; what is None is as in the film."""

    short_side: int | None = None
    rate: Rate | None = None

    def canvas(self, film: Canvas, limits: Limits) -> Canvas:
        """The canvas for a film, in its shape as nearly as the engine's size step allows."""
        rate = self.rate or film.rate
        if self.short_side is None:
            return replace(film, rate=rate)
        scale, step = self.short_side / min(film.width, film.height), limits.size_step
        width, height = (max(step, round(side * scale / step) * step) for side in (film.width, film.height))
        return Canvas(width, height, rate)


@dataclass(frozen=True)
class Phase:
    """One phase. `engine` is a picklable function that makes the engine; neighbouring phases that have the same one share its
    workers. `share` is roughly how much of the film's work it is, on any scale that all phases have: for the time that is left.
    """

    name: str
    engine: Callable[[], Engine]
    takes: Planner
    format: Format = field(default_factory=Format)
    share: float = 1.0


def footage(clip: RenderedClip) -> Footage:
    """All of a clip, as a prior."""
    return _part(clip, 0, clip.take.frames)


def spliced(canvas: Canvas, first: int, parts: tuple[StoredFrames, ...]) -> Footage:
    """Parts of clips of one canvas, one after the other from the film's frame `first` on, as a prior."""
    frames = Splice(parts)
    last = first + sum(part.count for part in parts) - 1
    return Footage(canvas, Span(canvas.rate.time(first), canvas.rate.time(last)), frames, frames.digest)


def frame_at(clips: tuple[RenderedClip, ...], at: float) -> Footage:
    """The one frame of a passage's clips that is on the screen at an instant of the film's clock, as a prior.

    Raises `ValueError` if none of them was filmed then.
    """
    for clip in clips:
        place = clip.take.canvas.rate.frame_at(at) - clip.take.first
        if 0 <= place < clip.take.frames:
            return _part(clip, place, 1)
    raise ValueError(f"nothing was filmed at {at:.3f} s")


def made_of(prior: Footage, take: Take) -> Take:
    """A take that is its prior on another canvas: without direction, since its prior has performed it."""
    return replace(take, prior=prior, direction=Direction())


def silent(take: Take) -> Take:
    """The same without voices: a still is filmed again only if its prior is."""
    return replace(take, cast=tuple(replace(role, voice=None) for role in take.cast))


def between(keyframes: tuple[RenderedClip, RenderedClip], take: Take, limits: Limits) -> Take:
    """A take with two clips of one frame as its given frames, at their own instants, as far as the engine takes them there."""
    return with_given(take, [(clip, 0) for clip in keyframes], limits)


def with_given(take: Take, places: Sequence[tuple[RenderedClip, int]], limits: Limits) -> Take:
    """A take with frames of clips (a clip, and a frame's place in it) as its given frames, as far as the engine takes them."""
    anchors = tuple(_given(clip, place, take.canvas) for clip, place in places)
    return replace(take, anchors=tuple(anchor for anchor in anchors if limits.allow(anchor, take)))


def _given(clip: RenderedClip, place: int, canvas: Canvas) -> Anchor:
    at = clip.take.canvas.rate.time(clip.take.first + place)
    return Anchor(StoredStill(stored(clip, place, 1), canvas.width, canvas.height), at)


def _part(clip: RenderedClip, first: int, count: int) -> Footage:
    frames, times = stored(clip, first, count), clip.take.times
    return Footage(clip.take.canvas, Span(float(times[first]), float(times[first + count - 1])), frames, frames.digest)


def stored(clip: RenderedClip, first: int, count: int) -> StoredFrames:
    """`count` frames of a clip, from its frame `first` on."""
    return StoredFrames(str(clip.path), clip.name, first, count)
