"""Cycle spinning (Coifman and Donoho 1995): a video is made twice, on latent grids half a latent frame apart, and averaged.

A latent frame holds four frames, and a small network lets heads jump from each to the next. The boundaries
of one grid lie in the middle of the other's latent frames, so a frame is taken mostly from the grid where it lies further inside.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from torch import Tensor

from dramatis.clock import Span
from dramatis.media.footage import Footage
from dramatis.media.still import Pixels, Still
from dramatis.models.compression import TIME
from dramatis.take import Anchor, Take

SHIFT = TIME // 2
"""Frames by which the second grid begins later, and ends earlier."""
_SHARES = (0.25, 0.75, 0.75, 0.25)  # of the first grid, in each frame of its latent frames
SHORTEST = 2 * SHIFT + TIME + 1
"""Frames of the shortest video that has room for a second grid."""


def spun(frames: Iterable[Tensor], again: Callable[[Tensor], Iterator[Tensor]], count: int, given: int) -> Iterator[Tensor]:
    """The average of both videos, of which the first is `frames`, `count` of them.

    `again` makes the second from the first one's frame `SHIFT` on, which it is given as its own first; the first `given` frames
    stay as they are.
    """
    first = iter(frames)
    lead = [next(first) for _ in range(SHIFT + 1)]
    second = again(lead[-1])
    for number, frame in enumerate(chain(lead, first)):
        if not SHIFT <= number < count - SHIFT:
            yield frame
            continue
        other = next(second)
        share = 1.0 if number < max(given, SHIFT + 1) else _SHARES[(number - 1) % TIME]
        yield share * frame + (1 - share) * other


def shifted(take: Take, lead: Pixels) -> Take:
    """A take on the second grid, which begins with `lead`; what is given after that is given still."""
    rate, first, count = take.canvas.rate, take.first + SHIFT, take.frames - 2 * SHIFT
    span = Span(rate.time(first), rate.time(first + count - 1))
    later = tuple(anchor for anchor in take.anchors if rate.nearest(anchor.at) > first)
    prior = take.prior
    if prior is not None:
        prior = Footage(prior.canvas, span, list(islice(prior.frames, SHIFT, SHIFT + count)))
    return replace(take, span=span, anchors=(Anchor(Still(lead), span.start), *later), prior=prior)
