"""What each latent frame hears and reads: windows on the take's clock.

A latent frame stands for the codec's `STEP` frames, the first one for one frame alone. All have a window of the same length and
place relative to their last frame, so that a frame hears its own time and a small margin, and nothing else.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Rate, Span
from dramatis.speech.mouthshapes import FEATURES
from dramatis.speech.mouthshapes import RATE as FEATURE_RATE

STEP = 4
"""Frames of a latent frame."""
WINDOW = 24
"""Features that a latent frame hears: 0.48 s, at 12 frames a second its own third of a second and 73 ms on both sides."""
_PAUSE, _SYLLABLE = 0.3, 0.08  # s: a shorter silence is part of the speech around it; a shorter sound is none
PHASES = 9
"""Numbers that say how far a clause has come."""
_RISE = 0.35  # s that most of what is done takes to begin, and to end
_LEAST = 0.25  # of a latent frame's time that a clause must cover to be read by it


def silence() -> NDArray[np.float32]:
    """The feature of silence, `F`: the mouth at rest and closed."""
    feature = np.zeros(len(FEATURES), np.float32)
    feature[FEATURES.index("shape silence")] = 1
    return feature


def latent_frames(frames: int) -> int:
    """How many latent frames `STEP * k + 1` frames become."""
    if (frames - 1) % STEP:
        raise ValueError(f"{frames} frames are not {STEP} k + 1")
    return (frames - 1) // STEP + 1


def latent_times(count: int, rate: Rate) -> NDArray[np.float64]:
    """Seconds from the take's start at which each latent frame's last frame is shown, `[count]`."""
    return np.arange(count) * (STEP * rate.per / rate.frames)


def stretches(count: int, seen: int, kept: int) -> Iterator[tuple[int, int, int]]:
    """Windows over `count` latent frames, of at most `seen` each: the first frame of each, its first new one, and its end. Each
    goes on from the last `kept` of the one before, or from more where it would reach beyond the end.
    """
    last = 0
    while last < count:
        first = max(0, min(last - kept, count - seen))
        fresh, last = last, min(count, first + seen)
        yield first, fresh, last


def by_latents(track: NDArray[np.float32]) -> NDArray[np.float32]:
    """A number of every frame, `frames N`, as latent frames stand for them, `T STEP N`; all of the first are its one frame."""
    ends = STEP * np.arange(latent_frames(len(track)))
    return track[np.maximum(0, ends[:, None] + np.arange(1 - STEP, 1))]


def speech_windows(features: NDArray[np.float32], start: float, count: int, rate: Rate) -> NDArray[np.float32]:
    """What each latent frame hears, `count WINDOW F`.

    `features` is `N F`, the first one at `start` seconds on the take's clock; beyond its ends the nearest one is heard.
    """
    middles = latent_times(count, rate) - (STEP - 1) / 2 * rate.per / rate.frames
    offsets = (np.arange(WINDOW) - (WINDOW - 1) / 2) / FEATURE_RATE
    places = np.clip((middles[:, None] + offsets - start) * FEATURE_RATE, 0, len(features) - 1)
    low = np.floor(places).astype(int)
    high = np.minimum(low + 1, len(features) - 1)
    share = (places - low)[..., None]
    return ((1 - share) * features[low] + share * features[high]).astype(np.float32)


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


def phases(spans: Sequence[Span | None], count: int, rate: Rate) -> NDArray[np.float32]:
    """How far each clause has come at each latent frame, `count clauses PHASES`; zeros for one without a span.

    How far it has begun and how far it still is from its end (0..1, over `_RISE`), three waves over its span, its length in
    seconds: without these, all frames inside a span read the same, and none of them would know when a hand is up.
    """
    found = np.zeros((count, len(spans), PHASES), np.float32)
    times = latent_times(count, rate)
    for column, span in enumerate(spans):
        if span is not None:
            turn = 2 * np.pi * np.clip((times - span.start) / max(1e-3, span.seconds), 0, 1)
            waves = [wave(number * turn) for number in (1, 2, 3) for wave in (np.sin, np.cos)]
            edges = [np.clip(away / _RISE, 0, 1) for away in (times - span.start, span.end - times)]
            found[:, column] = np.stack([*edges, *waves, np.full(count, span.seconds)], 1)
    return found


def readers(spans: Sequence[Span | None], count: int, rate: Rate) -> NDArray[np.bool_]:
    """Which latent frames read which clause, `count clauses`; a clause without a span is read by all.

    A span that is too short for any frame is read by the frame at its middle.
    """
    frame = rate.per / rate.frames
    ends = latent_times(count, rate) + frame / 2
    starts = ends - STEP * frame
    starts[0] = ends[0] - frame
    reads = np.ones((count, len(spans)), np.bool_)
    for column, span in enumerate(spans):
        if span is not None:
            covered = np.minimum(ends, span.end) - np.maximum(starts, span.start)
            reads[:, column] = covered >= _LEAST * (ends - starts)
            if not reads[:, column].any() and starts[0] <= span.middle <= ends[-1]:
                reads[np.searchsorted(ends, span.middle), column] = True
    return reads
