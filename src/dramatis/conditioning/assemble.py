"""From a take to the state that the networks are given: one way for films and for training.

Pictures become latents, voices features, words tokens; then each condition is applied in turn. A training example is a take whose
answer is known: its parts were encoded once and kept, and the same functions apply them (`training/examples.py`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Protocol, runtime_checkable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dramatis.conditioning import anchors, prior, reference, speech, text
from dramatis.conditioning.grid import blank
from dramatis.conditioning.words import SPEAKS, CaptionClause, clauses_of, moved
from dramatis.media.still import Pixels
from dramatis.models.codec import CodecConfig
from dramatis.models.compression import SPACE, TIME
from dramatis.models.state import State
from dramatis.take import Anchor, Take


@runtime_checkable
class LatentEncoder(Protocol):
    """What turns pictures into latents (`models.codec.Codec`)."""

    config: CodecConfig

    def encode(self, frames: Tensor) -> Tensor:
        """`B T 3 H W` in -1..1 -> `B C t H/16 W/16`, of mean 0 and variance 1."""
        ...


@dataclass(frozen=True, eq=False)
class Encoders:
    """What turns words and voices into numbers: `tokenize` those of a clause, `speech_features` a voice, `N F` at 50 Hz from
    the film's start on.

    `silence` is the feature of silence, `F`; `cannot` names cues that the network never learnt, which are left unsaid; `activity`
    is the feature that tells speech, which the words say too (None: they do not).
    """

    tokenize: Callable[[str], Sequence[int]]
    speech_features: speech.Hear
    silence: NDArray[np.float32]
    cannot: tuple[str, ...] = ()
    activity: int | None = None


def assemble(take: Take, encoders: Encoders, codec: LatentEncoder, portrait: Pixels | None = None) -> State:
    """What a take gives the networks; at most one of the cast is heard. `portrait` is a reference for a cast without pictures.

    A video of one person begins with that person's picture, unless another frame is given for its start.
    """
    pictures = [role.look.picture.pixels for role in take.cast if role.look is not None]
    leading, later = _given(take)
    begins = [anchor.picture.pixels for anchor in leading]
    if not begins and take.prior is None and take.first == 0 and len(pictures) == 1:
        begins = pictures
    size = (codec.config.channels, take.canvas.height // SPACE, take.canvas.width // SPACE)
    state = instructed(blank(take.frames, take.canvas.rate, size), take, encoders)
    if take.prior is not None:
        state = prior.apply(state, _encoded(_fitted(take.prior.frames, take), codec))
    keyframes = [(anchor.at - take.times[0], _encoded([anchor.picture.pixels], codec)) for anchor in later]
    state = anchors.apply(state, _encoded(begins, codec) if begins else None, keyframes)
    references = pictures or ([] if portrait is None else [portrait])
    return reference.apply(state, torch.cat([state.video.latents[:, :, :0], *(_encoded([one], codec) for one in references)], 2))


def instructed(state: State, take: Take, encoders: Encoders) -> State:
    """A blank video of a take that reads its words and hears its voice."""
    start, rate = float(take.times[0]), take.canvas.rate
    features = speech.heard_in(take, encoders.speech_features, encoders.silence)
    said = clauses_of(take.direction, [role.name for role in take.cast], encoders.cannot)
    clauses = [moved(clause, -start) for clause in (*said, *_speaking(features, encoders))]
    return speech.apply(text.apply(state, clauses, encoders.tokenize, rate), features, -speech.BEYOND - start, rate)


def _speaking(voice: NDArray[np.float32], encoders: Encoders) -> list[CaptionClause]:
    """What the words say of a voice: when it speaks."""
    if encoders.activity is None:
        return []
    return [CaptionClause(SPEAKS, span) for span in speech.spoken(voice[:, encoders.activity], -speech.BEYOND)]


def placed(take: Take) -> dict[int, Anchor]:
    """Given frames by their places in a take, in order."""
    rate = take.canvas.rate
    return {rate.nearest(anchor.at) - take.first: anchor for anchor in sorted(take.anchors, key=lambda anchor: anchor.at)}


def _given(take: Take) -> tuple[list[Anchor], list[Anchor]]:
    """Anchors that lead the take without a gap (as many as whole latent frames hold), and the others."""
    given = placed(take)
    run = len(list(takewhile(given.__contains__, range(take.frames))))
    run = (run - 1) // TIME * TIME + 1 if run else 0
    return [given[number] for number in range(run)], [given[number] for number in given if number >= run]


def _fitted(frames: Iterable[Pixels], take: Take) -> list[Pixels]:
    """A prior's frames at the canvas's size."""
    import cv2

    size = (take.canvas.width, take.canvas.height)
    return [np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_CUBIC), np.uint8) for frame in frames]


def _encoded(frames: Sequence[Pixels], codec: LatentEncoder) -> Tensor:
    """`1 C t H W`."""
    video = torch.from_numpy(np.stack(frames)).permute(0, 3, 1, 2).float() / 127.5 - 1
    return codec.encode(video[None])
