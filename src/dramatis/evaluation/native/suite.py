"""Evaluation of the native engine on held-out stage cases: every figure with its ceiling and its floor.

The ceiling is the truth, drawn and sent through the codec; the floor is the same engine without what the figure is about: the
words, the voice, the portrait or the frames. Both are read as the films are, and so are the drawings themselves, which judges
the reader. A case is filmed once and kept, so a run that was stopped goes on.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dramatis.clock import Span
from dramatis.evaluation.film import measures, voice_curves
from dramatis.evaluation.native.cases import CANVAS, COUNT, FRAMES, KINDS, SOUND_RATE, StageCase, case
from dramatis.evaluation.native.metrics import Metric, Metrics, added, condition_of, metrics_of
from dramatis.evaluation.native.reader import Reader
from dramatis.evaluation.native.reading import read
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import resample
from dramatis.models.codec import Codec
from dramatis.take import Engine, Event, OnEvent, Role, Take

Pixels = NDArray[np.uint8]
WAYS = ("film", "ceiling", "floor", "drawn", "patient")
FILMS = "films"
_PATIENCE = 32  # the first cases of every so many, one of each kind, are filmed patiently, too
_HZ = 100  # values a second of a voice that is heard


@dataclass(frozen=True, eq=False)
class EvaluationSetup:
    """Engines and classifier. `patient` is `engine` with about 50 calls a take; `voices` are real recordings, by language; the
    calls of `networks` are counted.
    """

    engine: Engine
    codec: Codec
    reader: Reader
    patient: Engine | None = None
    voices: Mapping[str, Waveform] = field(default_factory=dict)
    networks: tuple[nn.Module, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Marks of the film, of the truth through the codec, of films without the condition that a mark is about, of the truth as
    it was drawn, and of the patient film.
    """

    film: Metrics
    ceiling: Metrics
    floor: Metrics
    drawn: Metrics
    patient: Metrics


def evaluate(
    setup: EvaluationSetup, folder: Path, numbers: Sequence[int] = range(COUNT), on_event: OnEvent = lambda _: None
) -> Outcome:
    """Film and score the cases of these numbers; results are kept in `folder` and reused."""
    (folder / FILMS).mkdir(parents=True, exist_ok=True)
    outcomes = []
    for done, number in enumerate(numbers):
        path = folder / f"case-{number:04d}.json"
        if not path.exists():
            path.write_text(_packed(judged(setup, case(number), folder)))
        outcomes.append(_unpacked(path.read_text()))
        on_event(Event("evaluation", done + 1, len(numbers), f"case {number}"))
    for language, voice in setup.voices.items():
        outcomes.append(Outcome({language: real_voice(setup, voice, case(numbers[0]))}, {}, {}, {}, {}))
    return Outcome(**{way: added(getattr(one, way) for one in outcomes) for way in WAYS})


def judged(setup: EvaluationSetup, shot: StageCase, folder: Path) -> Outcome:
    """One case, filmed with everything and without one condition at a time."""
    begun = time.perf_counter()
    with counted(setup.networks) as calls:
        film = list(setup.engine.render(shot.take).frames)
    cost = {
        "seconds": Metric(time.perf_counter() - begun, FRAMES / CANVAS.rate.fps),
        "calls": Metric(float(len(calls)), 1),
    }
    np.savez_compressed(folder / FILMS / f"{shot.number:04d}.npz", film=np.stack(film))
    floor: Metrics = {}
    for condition, take in shot.lacking.items():
        metrics = _read(setup, shot, list(setup.engine.render(take).frames))
        floor |= {name: metric for name, metric in metrics.items() if condition_of(name) == condition}
    patient: Metrics = {}
    if setup.patient is not None and shot.number % _PATIENCE < len(KINDS):
        patient = _read(setup, shot, list(setup.patient.render(shot.take).frames))
    ceiling = _read(setup, shot, through(setup.codec, shot.frames))
    return Outcome(_read(setup, shot, film) | cost, ceiling, floor, _read(setup, shot, shot.frames), patient)


def _read(setup: EvaluationSetup, shot: StageCase, frames: list[Pixels]) -> Metrics:
    """Marks of a film of a case, and how near its ends are to those that it was given."""
    metrics = metrics_of(shot, read(setup.reader, frames))
    if shot.kind == "frames":
        apart = [psnr(frames[place], through(setup.codec, [shot.frames[place]])[0]) for place in (0, -1)]
        metrics["ends"] = Metric(sum(apart) / 2, 1)
    return metrics


@torch.inference_mode()
def through(codec: Codec, frames: Sequence[Pixels]) -> list[Pixels]:
    """Pictures encoded and decoded."""
    film = torch.from_numpy(np.stack(frames)).permute(0, 3, 1, 2).float() / 127.5 - 1
    kept = codec.decode(codec.encode(film[None]))[0]
    return list(((kept + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1).numpy())


def psnr(one: Pixels, other: Pixels) -> float:
    """Peak signal-to-noise ratio of two pictures, dB, at most 60."""
    apart = float(((one.astype(np.float64) - other) ** 2).mean())
    return min(60.0, 10 * float(np.log10(255**2 / max(apart, 1e-9))))


@contextmanager
def counted(networks: Sequence[nn.Module]) -> Iterator[list[int]]:
    """A list that grows by the batch size with each call of one of the networks."""
    calls: list[int] = []

    def count(_module: nn.Module, _: object, output: Tensor) -> None:
        calls.extend([1] * len(output))

    handles = [network.register_forward_hook(count) for network in networks]
    try:
        yield calls
    finally:
        for handle in handles:
            handle.remove()


def real_voice(setup: EvaluationSetup, voice: Waveform, shot: StageCase, most: int = 4) -> Metric:
    """A real voice, spoken by the character of a case: correlation of its mouth with the loudness of syllables, by pieces."""
    heard, voice = voice_curves.hear(voice), resample(voice, SOUND_RATE, mono=True)
    length = shot.take.span.seconds
    total = Metric()
    for piece in range(min(most, int(len(voice.mono) / voice.rate / length))):
        span = Span(
            CANVAS.rate.time(CANVAS.rate.nearest(piece * length)),
            CANVAS.rate.time(CANVAS.rate.nearest(piece * length) + FRAMES - 1),
        )
        take = replace(shot.take, span=span, cast=(Role(shot.take.cast[0].name, None, voice),), anchors=())
        seen = read(setup.reader, list(setup.engine.render(_still(take)).frames)).opening
        loud = heard.loudness[round(span.start * _HZ) :]
        value = measures.correlation(seen, loud, CANVAS.rate.fps)
        total += Metric(value or 0.0, 0 if value is None else 1)
    return total


def _still(take: Take) -> Take:
    """The take's words without its cues, which are on another clock."""
    return replace(take, direction=replace(take.direction, cues=()))


def _packed(outcome: Outcome) -> str:
    return json.dumps(
        {way: {name: [metric.total, metric.count] for name, metric in getattr(outcome, way).items()} for way in WAYS}
    )


def _unpacked(text: str) -> Outcome:
    read_back = json.loads(text)
    return Outcome(**{way: {name: Metric(*pair) for name, pair in read_back[way].items()} for way in WAYS})
