"""From a take to what the network is given: the one function for films and for training.

`encoded` turns pictures into latents and voices into features; `arranged` lays them out on the latent grid. A training example
is a take whose answer is known: its parts were encoded once and kept, and `arranged` is the same.

"Given" is a noise level of zero. Leading frames are given in the film itself; single frames further on, which a latent
frame of four frames cannot hold, are given beside it as keyframes at their own time, and pictures of characters as references.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dramatis.clock import Rate
from dramatis.conditioning.windows import STEP, latent_frames, latent_times, phases, readers, speech_windows, spoken
from dramatis.conditioning.words import SPEAKS, Clause, clauses_of, moved
from dramatis.media.sound import Waveform
from dramatis.media.still import Pixels
from dramatis.models.codec import SPACE, CodecConfig
from dramatis.models.performance import NUMBERS
from dramatis.speech.analysis import alone
from dramatis.speech.mouthshapes import levelled
from dramatis.speech.spectrum import SAMPLE_RATE
from dramatis.take import Anchor, Take

PRIOR_LEVEL = 0.6
"""The noise level from which a prior is refined."""
REFERENCE_TIME = -1.0
"""Where references lie on the take's clock, in seconds."""
_BEYOND = 0.5  # seconds of voice that are encoded on both sides of a take


class Codec(Protocol):
    """What turns pictures into latents (`models.codec.Codec`)."""

    config: CodecConfig

    def encode(self, frames: Tensor) -> Tensor:
        """`B T 3 H W` in -1..1 -> `B C t H/16 W/16`, of mean 0 and variance 1."""
        ...


@dataclass(frozen=True, eq=False)
class Encoders:
    """What reads and hears. `tokens` turns a clause's words into numbers; `hear` a 16 kHz voice into features, `N F` at 50 Hz;
    `silence` is the feature of silence, `F`; `cannot` names cues that the network never learnt, which are left unsaid; `activity`
    is the feature that tells speech, which the words say too (None: they do not).
    """

    tokens: Callable[[str], Sequence[int]]
    hear: Callable[[Waveform], NDArray[np.float32]]
    silence: NDArray[np.float32]
    cannot: tuple[str, ...] = ()
    activity: int | None = None


@dataclass(frozen=True, eq=False)
class Parts:
    """A take, encoded. Times and spans are in seconds from its first frame; latents are `C t H W`.

    `voice` is `N F` at 50 Hz from `voice_start` on, None: silence. `lead` are the film's first latent frames; `keyframes` are
    (time, `C 1 H W`); `references` `C 1 H W`; `prior` is as long as the film.
    """

    frames: int
    rate: Rate
    grid: tuple[int, int, int]
    """Channels, rows and columns of the latents."""
    clauses: tuple[Clause, ...] = ()
    voice: NDArray[np.float32] | None = None
    voice_start: float = 0.0
    lead: Tensor | None = None
    keyframes: tuple[tuple[float, Tensor], ...] = ()
    references: tuple[Tensor, ...] = ()
    prior: Tensor | None = None
    performance: NDArray[np.float32] | None = None
    """Of every latent frame, `T STEP N`, where it is known before a performer acts."""


@dataclass(frozen=True, eq=False)
class Assembled:
    """What one take gives the network.

    `latents` `C T H W` holds what is given (zeros elsewhere), `level` `T` the highest noise level of each frame: 0 given, below 1
    begun from a prior, 1 free. `times` `T` in seconds. `keyframes` `C K H W` lie at `keyframe_times` `K`; `references` are
    `C R H W`. `tokens` `L` are read by the frames that `reads` says, `T L`; `phases` `T L P` is how far the clause of each has
    come (`windows.phases`). `speech` is `T A F`; `performance` `T STEP N` (`models/performance.py`): zeros until
    somebody has acted.
    """

    latents: Tensor
    level: Tensor
    times: Tensor
    keyframes: Tensor
    keyframe_times: Tensor
    references: Tensor
    tokens: Tensor
    reads: Tensor
    phases: Tensor
    speech: Tensor
    performance: Tensor


def assemble(take: Take, encoders: Encoders, codec: Codec) -> Assembled:
    """What a take gives the network; at most one of the cast is heard."""
    return arranged(encoded(take, encoders, codec), encoders)


def window(whole: Assembled, first: int, last: int, done: Tensor | None = None) -> Assembled:
    """The latent frames `first` to `last` of an assembled take, of which those in `done` `C t H W`, the first ones, are given.

    Keyframes outside the window are left out: they are met by windows of their own.
    """
    latents, level = whole.latents[:, first:last].clone(), whole.level[first:last].clone()
    if done is not None:
        latents[:, : done.shape[1]], level[: done.shape[1]] = done, 0
    times = whole.times[first:last]
    near = (whole.keyframe_times > times[0]) & (whole.keyframe_times <= times[-1] + 1e-4)
    read = whole.reads[first:last].any(0)
    return replace(
        whole,
        latents=latents,
        level=level,
        times=times - times[0],
        keyframes=whole.keyframes[:, near],
        keyframe_times=whole.keyframe_times[near] - times[0],
        tokens=whole.tokens[read],
        reads=whole.reads[first:last][:, read],
        phases=whole.phases[first:last][:, read],
        speech=whole.speech[first:last],
        performance=whole.performance[first:last],
    )


def encoded(take: Take, encoders: Encoders, codec: Codec) -> Parts:
    """A take's pictures as latents, its voice as features, its direction as clauses on the take's own clock.

    A film of one person begins with that person's picture, unless another frame is given for its start.
    """
    start = take.times[0]
    pictures = [role.look.picture.pixels for role in take.cast if role.look is not None]
    lead, later = _given(take)
    if not lead and take.prior is None and take.first == 0 and len(pictures) == 1:
        begins = pictures
    else:
        begins = [anchor.picture.pixels for anchor in lead]
    voices = [role.voice for role in take.cast if role.voice is not None]
    rows, columns = take.canvas.height // SPACE, take.canvas.width // SPACE
    voice = _heard(voices[0], take, encoders) if voices else None
    said = clauses_of(take.direction, [role.name for role in take.cast], encoders.cannot)
    clauses = [*(moved(clause, -start) for clause in said), *_speaking(voice, encoders)]
    return Parts(
        frames=take.frames,
        rate=take.canvas.rate,
        grid=(codec.config.channels, rows, columns),
        clauses=tuple(clauses),
        voice=voice,
        voice_start=-_BEYOND,
        lead=_film(begins, codec) if begins else None,
        keyframes=tuple(
            (anchor.at - start, still)
            for anchor, still in zip(later, _stills([anchor.picture.pixels for anchor in later], codec), strict=True)
        ),
        references=tuple(_stills(pictures, codec)),
        prior=None if take.prior is None else _film(_fitted(take.prior.frames, take), codec),
    )


def arranged(parts: Parts, encoders: Encoders) -> Assembled:
    """Encoded parts on the latent grid."""
    channels, rows, columns = parts.grid
    count = latent_frames(parts.frames)
    latents, level = torch.zeros(channels, count, rows, columns), torch.ones(count)
    if parts.prior is not None:
        latents, level = parts.prior.clone(), torch.full((count,), PRIOR_LEVEL)
    if parts.lead is not None:
        latents[:, : parts.lead.shape[1]] = parts.lead
        level[: parts.lead.shape[1]] = 0
    none = torch.zeros(channels, 0, rows, columns)
    tokens, reads, passed = _words(parts.clauses, count, parts.rate, encoders)
    voice = encoders.silence[None] if parts.voice is None else parts.voice
    acted = np.zeros((count, STEP, len(NUMBERS)), np.float32) if parts.performance is None else parts.performance
    return Assembled(
        latents=latents,
        level=level,
        times=torch.from_numpy(latent_times(count, parts.rate)).float(),
        keyframes=torch.cat([still for _, still in parts.keyframes] or [none], 1),
        keyframe_times=torch.tensor([time for time, _ in parts.keyframes], dtype=torch.float32),
        references=torch.cat(list(parts.references) or [none], 1),
        tokens=tokens,
        reads=reads,
        phases=passed,
        speech=torch.from_numpy(speech_windows(voice, parts.voice_start, count, parts.rate)),
        performance=torch.from_numpy(acted),
    )


def _words(clauses: Sequence[Clause], count: int, rate: Rate, encoders: Encoders) -> tuple[Tensor, Tensor, Tensor]:
    """Tokens `L`, which latent frame reads which, `count L`, and how far each one's clause has come then, `count L P`."""
    ids = [list(encoders.tokens(clause.words)) for clause in clauses]
    spans, lengths = [clause.span for clause in clauses], [len(one) for one in ids]
    wide = [np.repeat(told(spans, count, rate), lengths, axis=1) for told in (readers, phases)]
    tokens = torch.tensor([token for one in ids for token in one], dtype=torch.long)
    return tokens, torch.from_numpy(wide[0]), torch.from_numpy(wide[1])


def _speaking(voice: NDArray[np.float32] | None, encoders: Encoders) -> list[Clause]:
    """What the words say of a voice: when it speaks."""
    if voice is None or encoders.activity is None:
        return []
    return [Clause(SPEAKS, span) for span in spoken(voice[:, encoders.activity], -_BEYOND)]


def _given(take: Take) -> tuple[list[Anchor], list[Anchor]]:
    """Anchors that lead the take without a gap (as many as whole latent frames hold), and the others."""
    placed = {take.canvas.rate.nearest(anchor.at) - take.first: anchor for anchor in take.anchors}
    run = len(list(takewhile(lambda number: number in placed, range(take.frames))))
    run = (run - 1) // STEP * STEP + 1 if run else 0
    return [placed[number] for number in range(run)], [placed[number] for number in sorted(placed) if number >= run]


def _heard(voice: Waveform, take: Take, encoders: Encoders) -> NDArray[np.float32]:
    """Features of the take's piece of the voice and a little around it; silence beyond the voice's ends."""
    first = round((take.times[0] - _BEYOND) * SAMPLE_RATE)
    last = round((take.times[-1] + _BEYOND) * SAMPLE_RATE)
    piece = np.zeros((last - first, 1), np.float32)
    inside = levelled(alone(voice))[max(0, first) : max(0, last)]
    piece[max(0, -first) : max(0, -first) + len(inside), 0] = inside
    return encoders.hear(Waveform(piece, SAMPLE_RATE))


def _fitted(frames: Iterable[Pixels], take: Take) -> list[Pixels]:
    """A prior's frames at the canvas's size."""
    import cv2

    size = (take.canvas.width, take.canvas.height)
    return [np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_CUBIC), np.uint8) for frame in frames]


def _film(frames: Sequence[Pixels], codec: Codec) -> Tensor:
    """`C t H W`."""
    return codec.encode(_tensor(frames)[None])[0]


def _stills(pictures: Sequence[Pixels], codec: Codec) -> list[Tensor]:
    """`C 1 H W` each."""
    return [codec.encode(_tensor([picture])[None])[0] for picture in pictures]


def _tensor(frames: Sequence[Pixels]) -> Tensor:
    """`T 3 H W` in -1..1."""
    return torch.from_numpy(np.stack(frames)).permute(0, 3, 1, 2).float() / 127.5 - 1


__all__ = ["Assembled", "Codec", "Encoders", "Parts", "arranged", "assemble", "encoded", "window"]
