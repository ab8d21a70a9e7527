"""Text: clauses, each read by the latent frames in which it holds, and how far each has come by then."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from dramatis.clock import Rate, Span
from dramatis.conditioning.grid import latent_times
from dramatis.conditioning.words import CaptionClause
from dramatis.models.compression import TIME
from dramatis.models.state import State

PROGRESS = 9
"""Numbers that say how far a clause has come."""
_RISE = 0.35  # s that most of what is done takes to begin, and to end
_LEAST = 0.25  # of a latent frame's time that a clause must cover to be read by it


def apply(state: State, clauses: Sequence[CaptionClause], tokens: Callable[[str], Sequence[int]], rate: Rate) -> State:
    """A video that reads these clauses, whose spans are on its own clock; `tokens` turns the words of one into numbers."""
    ids = [list(tokens(clause.words)) for clause in clauses]
    spans, lengths = [clause.span for clause in clauses], [len(one) for one in ids]
    count = state.video.times.shape[1]
    mask, passed = (np.repeat(told(spans, count, rate), lengths, axis=1)[None] for told in (readers, progress))
    return replace(
        state,
        tokens=torch.tensor([[token for one in ids for token in one]], dtype=torch.long),
        text_mask=torch.from_numpy(mask),
        progress=torch.from_numpy(passed),
    )


def drop_text(state: State) -> State:
    """The same videos with nothing said."""
    return replace(state, tokens=state.tokens[:, :0], text_mask=state.text_mask[..., :0], progress=state.progress[:, :, :0])


def progress(spans: Sequence[Span | None], count: int, rate: Rate) -> NDArray[np.float32]:
    """How far each clause has come at each latent frame, `count clauses PROGRESS`; zeros for one without a span.

    How far it has begun and how far it still is from its end (0..1, over `_RISE`), three waves over its span, its length in
    seconds: without these, all frames inside a span read the same, and none of them would know when a hand is up.
    """
    found = np.zeros((count, len(spans), PROGRESS), np.float32)
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
    starts = ends - TIME * frame
    starts[0] = ends[0] - frame
    reads = np.ones((count, len(spans)), np.bool_)
    for column, span in enumerate(spans):
        if span is not None:
            covered = np.minimum(ends, span.end) - np.maximum(starts, span.start)
            reads[:, column] = covered >= _LEAST * (ends - starts)
            if not reads[:, column].any() and starts[0] <= span.middle <= ends[-1]:
                reads[np.searchsorted(ends, span.middle), column] = True
    return reads
