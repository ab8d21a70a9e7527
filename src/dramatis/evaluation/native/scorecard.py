"""Output of `dramatis evaluate native`: a table with goals, ceilings and floors, the same as JSON, and contact sheets."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dramatis.evaluation.native.cases import CANVAS, StageCase, case
from dramatis.evaluation.native.metrics import Metrics, lag
from dramatis.evaluation.native.reader import Reader
from dramatis.evaluation.native.reading import read
from dramatis.evaluation.native.suite import FILMS, WAYS, Outcome
from dramatis.evaluation.panels import FACES, FAINT, INK, PAPER, Curve, PanelData, font, panel, tile

Pixels = NDArray[np.uint8]
_SHOWN, _TILE, _PANEL = 8, 132, 96


@dataclass(frozen=True)
class Row:
    """A figure of the table; `goal` is the least that is wanted, or the most if `most`."""

    what: str
    figure: Callable[[Metrics], float | None]
    goal: float
    form: str = "{:.0%}"
    most: bool = False

    def cell(self, metrics: Metrics) -> str:
        """The figure in its form, or a dash."""
        value = self.figure(metrics)
        return "-" if value is None else self.form.format(value)

    def met(self, metrics: Metrics) -> bool | None:
        """Whether the goal is met; None if there is no figure."""
        value = self.figure(metrics)
        return None if value is None else value <= self.goal if self.most else value >= self.goal


def of(name: str) -> Callable[[Metrics], float | None]:
    """The mean of a mark."""
    return lambda metrics: metrics[name].value if name in metrics else None


def _frames_late(metrics: Metrics) -> float | None:
    late = lag(metrics)
    return None if late is None else abs(late) * CANVAS.rate.fps


def _in_silence(metrics: Metrics) -> float | None:
    silent, spoken = of("silent motion")(metrics), of("spoken motion")(metrics)
    return silent / spoken if silent is not None and spoken else None


ROWS = (
    Row("mouth opening against the truth: correlation", of("mouth"), 0.8, "{:.2f}"),
    Row("the same: lag, frames", _frames_late, 1, "{:.0f}", most=True),
    Row("mouth motion in silence, of that in speech", _in_silence, 0.05, most=True),
    Row("appearance words obeyed", of("looks"), 0.9),
    Row("emotion words obeyed", of("emotion"), 0.85),
    Row("action words obeyed", of("action"), 0.8),
    Row("camera words obeyed", of("camera"), 0.9),
    Row("identity kept from the portrait", of("identity"), 0.97),
    Row("first and last frame met, dB", of("ends"), 28, "{:.1f}"),
    Row("real voice, English: correlation with syllables", of("english"), 0.6, "{:.2f}"),
    Row("real voice, Mandarin: correlation with syllables", of("mandarin"), 0.6, "{:.2f}"),
    Row("network calls a take", of("calls"), 12, "{:.0f}", most=True),
    Row("seconds of work a second of film", of("seconds"), 6, "{:.1f}", most=True),
)


def as_table(outcome: Outcome) -> str:
    """Markdown: each figure beside its goal, its ceiling, its floor, and what the reader reads from the drawings
    themselves, and what 50 calls of the network make of some of the cases.
    """
    lines = ["| what | native | goal | ceiling | floor | drawings | 50 calls |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for row in ROWS:
        cells = [row.cell(getattr(outcome, way)) for way in WAYS]
        sign = {True: " ✓", False: " ✗", None: ""}[row.met(outcome.film)]
        goal = ("<= " if row.most else ">= ") + row.form.format(row.goal)
        lines.append(f"| {row.what} | {cells[0]}{sign} | {goal} | {' | '.join(cells[1:])} |")
    return "\n".join(lines) + "\n"


def to_json(outcome: Outcome) -> str:
    """The same as JSON: for every figure its goal and its value by way, and over how many it was taken."""
    rows = [
        {"what": row.what, "goal": row.goal, "met": row.met(outcome.film)}
        | {way: row.figure(getattr(outcome, way)) for way in WAYS}
        for row in ROWS
    ]
    counts = {name: metric.count for name, metric in outcome.film.items()}
    return json.dumps({"rows": rows, "counts": counts}, indent=2, ensure_ascii=False) + "\n"


def sheet(folder: Path, reader: Reader, numbers: Sequence[int]) -> Pixels:
    """Cases that were filmed into `folder`: what was asked, the film, the truth, and both mouths over the voice."""
    from PIL import Image

    parts = [np.asarray(part) for number in numbers for part in _shown(case(number), folder, reader)]
    width = max(part.shape[1] for part in parts)
    whole = Image.new("RGB", (width, sum(part.shape[0] for part in parts)), PAPER)
    at = 0
    for part in parts:
        whole.paste(Image.fromarray(part), (0, at))
        at += part.shape[0]
    return np.asarray(whole)


def _shown(shot: StageCase, folder: Path, reader: Reader) -> Iterator[Pixels]:
    with np.load(folder / FILMS / f"{shot.number:04d}.npz") as kept:
        film = list(kept["film"])
    yield _said(shot)
    for frames in (film, shot.frames):
        given = [shot.take.cast[0].look.picture.pixels] if shot.take.cast[0].look else []
        places = np.linspace(0, len(frames) - 1, _SHOWN + 1 - len(given)).round().astype(int)
        row = [*given, *(frames[place] for place in places)]
        yield np.concatenate([np.asarray(tile(frame, _TILE, _TILE, 6)) for frame in row], 1)
    yield _mouths(shot, read(reader, film).opening)


def _said(shot: StageCase) -> Pixels:
    """The prompt, in a line or two."""
    from PIL import Image, ImageDraw

    direction = shot.take.direction
    cues = [f"{cue.what} ({cue.span.start:.1f}-{min(cue.span.end, shot.take.span.end):.1f} s)" for cue in direction.cues]
    out = Image.new("RGB", ((_SHOWN + 1) * _TILE, 50), PAPER)
    draw = ImageDraw.Draw(out)
    draw.text(
        (6, 20), f"{shot.number} {shot.kind}: {', '.join(direction.words.splitlines())}", font=font(13), fill=INK, anchor="ls"
    )
    draw.text((6, 40), ", ".join(cues), font=font(13), fill=FAINT, anchor="ls")
    return np.asarray(out)


def _mouths(shot: StageCase, seen: NDArray[np.float64]) -> Pixels:
    """The voice, the truth's mouth (faint) and the film's."""
    times, true = np.arange(len(seen)) / CANVAS.rate.fps, shot.truth.opening[:, 0].astype(np.float64)
    voice, seconds = shot.take.cast[0].voice, shot.take.span.seconds
    samples = np.abs(voice.mono[: round(seconds * voice.rate)]) if voice else np.zeros(1)
    hop = (voice.rate if voice else 100) // 100
    peaks = samples[: len(samples) // hop * hop].reshape(-1, hop).max(1) if len(samples) >= hop else np.zeros(1)
    top = max(0.05, float(true.max()), float(seen.max()))
    curves = (Curve(times, true / top, FAINT), Curve(times, seen / top, FACES[0]))
    score = PanelData(seconds, (peaks / max(1e-3, float(peaks.max()))).astype(np.float64), (), curves, ())
    return np.asarray(panel(score, 0.0, seconds, (_SHOWN + 1) * _TILE, _PANEL))
